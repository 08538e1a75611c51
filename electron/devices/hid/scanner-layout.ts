import type { ReportPlaces } from '#electron/devices/scanner-makers.ts'
import { type HidDescriptor, type HidField, parseReportDescriptor } from './report-descriptor.ts'

/** What one report says: a piece of a scan. */
export interface ReportPiece {
  /** Empty where the report names none. */
  readonly aim: string
  readonly data: Uint8Array
  /** The scan goes on in the next report. */
  readonly more: boolean
}

/** Reads a report. `foreign`: a report of another kind; `damaged`: one of ours that cannot be what it says. */
export type ReadReport = (report: Uint8Array) => ReportPiece | 'foreign' | 'damaged'

/** Barcode scanner page and its usages, HID POS usage tables 1.02 §6. */
export const scannerPage = 0x8c
const usage = {
  aim: [0x8c_00fb, 0x8c_00fc, 0x8c_00fd],
  data: 0x8c_00fe,
  more: 0x8c_00ff,
  length: 0x01_003b,
} as const

/** How this device lays out its scans, by its own report descriptor; undefined where that names no scanned data. */
export function placesFromDescriptor(bytes: Uint8Array): ReportPlaces | undefined {
  const descriptor = parseReportDescriptor(bytes)
  const data = inputOf(descriptor, usage.data)
  if (data === undefined) return undefined
  const same = (wanted: number) => inputOf(descriptor, wanted, data.reportId)
  const length = same(usage.length)
  const more = same(usage.more)
  // Only layouts of whole bytes are known, and only those that say how long and how far a scan goes.
  if (length === undefined || more === undefined || data.bits !== 8) return undefined
  if ([data, length, more].some((field) => field.bit % 8 !== 0)) return undefined
  const [first, second, third] = usage.aim.map(same)
  const aim =
    first !== undefined && second?.bit === first.bit + 8 && third?.bit === first.bit + 16
      ? { aim: first.bit / 8 }
      : {}
  return {
    id: data.reportId,
    length: length.bit / 8,
    ...aim,
    data: data.bit / 8,
    capacity: data.count,
    more: more.bit / 8,
  }
}

const inputOf = ({ fields }: HidDescriptor, wanted: number, reportId?: number): HidField | undefined =>
  fields.find(
    (field) =>
      field.kind === 'input' &&
      field.usages[0] === wanted &&
      (reportId === undefined || field.reportId === reportId),
  )

export function readAt(places: ReportPlaces): ReadReport {
  return (report) => {
    if (places.id !== 0 && report[0] !== places.id) return 'foreign'
    const length = report[places.length]
    const end = report[places.more]
    if (length === undefined || end === undefined || length > places.capacity) return 'damaged'
    const named =
      places.aim === undefined ? '' : String.fromCharCode(...report.subarray(places.aim, places.aim + 3))
    return {
      aim: isAim(named) ? named : '',
      data: report.slice(places.data, places.data + length),
      more: (end & 1) === 1,
    }
  }
}

/**
 * For a device that nothing is known of: an identifier that begins at byte 2 or 3 has its data behind it, and a report
 * without one has it at byte 2 (devices.md §5.2: the layouts of all makers whose manuals were found). Data that only
 * looks like an identifier would be read past its end, into the zeros behind it.
 */
export const readByGuess: ReadReport = (report) => {
  const places = { id: 2, length: 1, capacity: 56, more: 63 }
  for (const aim of [2, 3]) {
    if (isAim(String.fromCharCode(...report.subarray(aim, aim + 3)))) {
      const read = readAt({ ...places, aim, data: aim + 3 })(report)
      if (typeof read === 'string' || read.data.at(-1) !== 0) return read
    }
  }
  return readAt({ ...places, data: 2 })(report)
}

const isAim = (text: string): boolean => /^\][A-Za-z][0-9A-Za-z]$/.test(text)
