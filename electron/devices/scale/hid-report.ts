import { fieldValue, type HidField, parseReportDescriptor } from '#electron/devices/hid/report-descriptor.ts'
import type { ScaleReading } from '#electron/ports/scale.ts'
import { gramsOf } from './grams.ts'
import { weight } from './reader.ts'

/** Scale page, HID POS usage tables 1.02 §7. */
export const scalePage = 0x8d
const usage = { scaling: 0x8d_0041, weight: 0x8d_0040, status: 0x8d_0070, unit: 0x8d_0050 } as const

/** Where a weighing report keeps what it says. */
export interface WeighingReport {
  readonly id: number
  readonly status: HidField
  readonly unit: HidField
  readonly scaling: HidField
  readonly weight: HidField
}

/** Lists of the usage tables: the units that grams are known of, and the states, by their distance from the list's head. */
const units: Readonly<Record<number, string>> = { 1: 'mg', 2: 'g', 3: 'kg', 8: 't', 11: 'oz', 12: 'lb' }
const state = { fault: 1, zero: 2, moving: 3, stable: 4, under: 5, over: 6, calibrate: 7, rezero: 8 } as const

/** The layout that postal scales have: report 3, status, unit, exponent, weight of two bytes. */
export const usualReport: WeighingReport = {
  id: 3,
  status: byteAt(1, listed(usage.status, 8)),
  unit: byteAt(2, listed(usage.unit, 12)),
  scaling: { ...byteAt(3, [usage.scaling]), isArray: false, least: -128 },
  weight: { ...byteAt(4, [usage.weight]), isArray: false, least: 0, bits: 16 },
}

/** The layout by the device's own descriptor; undefined where that names no weight. */
export function reportFromDescriptor(bytes: Uint8Array): WeighingReport | undefined {
  const { fields } = parseReportDescriptor(bytes)
  const inputs = fields.filter((field) => field.kind === 'input')
  const found = inputs.find((field) => field.usages[0] === usage.weight)
  if (found === undefined) return undefined
  const same = (is: (one: number) => boolean) =>
    inputs.find((field) => field.reportId === found.reportId && field.usages.some((one) => is(one)))
  const status = same((one) => one > usage.status && one <= usage.status + 8)
  const unit = same((one) => one > usage.unit && one <= usage.unit + 12)
  const scaling = same((one) => one === usage.scaling)
  if (status === undefined || unit === undefined || scaling === undefined) return undefined
  return { id: found.reportId, status, unit, scaling, weight: found }
}

/** Undefined for a report of another kind, or one that is cut. */
export function readWeighing(bytes: Uint8Array, report: WeighingReport): ScaleReading | undefined {
  const { status, unit, scaling, weight: amount } = report
  if (report.id !== 0 && bytes[0] !== report.id) return undefined
  const end = Math.max(...[status, unit, scaling, amount].map((field) => field.bit + field.bits))
  if (bytes.length * 8 < end) return undefined
  const said = listedValue(bytes, status) - usage.status
  if (said === state.over) return { kind: 'overload' }
  if (said === state.under) return { kind: 'underload' }
  if (said === state.calibrate) return { kind: 'fault', reason: 'wants to be calibrated' }
  if (said === state.rezero) return { kind: 'fault', reason: 'wants to be set to zero' }
  if (said !== state.zero && said !== state.moving && said !== state.stable) {
    return { kind: 'fault', reason: 'reports a fault of its own' }
  }
  if (said === state.zero) return weight(0, true)
  const value = fieldValue(bytes, amount) * 10 ** fieldValue(bytes, scaling)
  const grams = gramsOf(value, units[listedValue(bytes, unit) - usage.unit] ?? '')
  return grams === undefined
    ? { kind: 'fault', reason: 'weighs in an unknown unit' }
    : weight(grams, said === state.stable)
}

/** The usage that an array's value stands for. */
function listedValue(bytes: Uint8Array, field: HidField): number {
  return field.usages[fieldValue(bytes, field) - field.least] ?? 0
}

function byteAt(at: number, usages: readonly number[]): HidField {
  return { kind: 'input', reportId: 3, bit: at * 8, bits: 8, count: 1, usages, isArray: true, least: 1 }
}

function listed(head: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => head + 1 + at)
}
