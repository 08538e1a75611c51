/** One field of a report: `count` values of `bits` each, side by side, with one usage or, in an array, several. */
export interface HidField {
  readonly kind: 'input' | 'output' | 'feature'
  /** 0 where the device numbers no reports. */
  readonly reportId: number
  /** Counted from the start of the report as it is read, its number included where there is one. */
  readonly bit: number
  readonly bits: number
  readonly count: number
  /** Page in the upper, usage in the lower 16 bits. A variable has one; an array lists what its values stand for. */
  readonly usages: readonly number[]
  readonly isArray: boolean
  readonly least: number
}

export interface HidDescriptor {
  readonly fields: readonly HidField[]
  /** Usages (page and usage) of the outermost collections: what the device is. */
  readonly tops: readonly number[]
}

interface Globals {
  readonly page: number
  readonly least: number
  readonly bits: number
  readonly count: number
  readonly reportId: number
}

const kinds = { 8: 'input', 9: 'output', 11: 'feature' } as const

/**
 * Reads a report descriptor (Device Class Definition for HID 1.11, §6.2.2): every field with its place. Padding is left
 * out. A descriptor that breaks off gives what stood before the break.
 */
export function parseReportDescriptor(bytes: Uint8Array): HidDescriptor {
  const fields: HidField[] = []
  const tops: number[] = []
  const ends = new Map<string, number>()
  const stack: Globals[] = []
  let globals: Globals = { page: 0, least: 0, bits: 0, count: 0, reportId: 0 }
  let usages: number[] = []
  let usageFrom = 0
  let depth = 0

  const addField = (kind: HidField['kind'], flags: number) => {
    const { reportId, bits, count, least } = globals
    const line = `${kind} ${reportId}`
    const start = ends.get(line) ?? (reportId === 0 ? 0 : 8)
    ends.set(line, start + bits * count)
    const isConstant = (flags & 1) === 1
    const isArray = (flags & 2) === 0
    if (isConstant || usages.length === 0 || bits === 0 || count === 0) return
    const field = { kind, reportId, bits, isArray, least }
    if (isArray) {
      fields.push({ ...field, bit: start, count, usages })
      return
    }
    // Usages are given one after the other; the last one takes all values that are left.
    const named = Math.min(usages.length, count)
    for (let at = 0; at < named; at += 1) {
      fields.push({
        ...field,
        bit: start + at * bits,
        count: at === named - 1 ? count - at : 1,
        usages: usages.slice(at, at + 1),
      })
    }
  }

  for (const { type, tag, value, signed, size } of items(bytes)) {
    if (type === 0) {
      const kind = kinds[tag as keyof typeof kinds]
      if (kind !== undefined) addField(kind, value)
      if (tag === 10) {
        if (depth === 0) tops.push(usages[0] ?? 0)
        depth += 1
      }
      if (tag === 12) depth = Math.max(0, depth - 1)
      usages = []
    } else if (type === 1) {
      if (tag === 0) globals = { ...globals, page: value }
      else if (tag === 1) globals = { ...globals, least: signed }
      else if (tag === 7) globals = { ...globals, bits: value }
      else if (tag === 8) globals = { ...globals, reportId: value }
      else if (tag === 9) globals = { ...globals, count: value }
      else if (tag === 10) stack.push(globals)
      else if (tag === 11) globals = stack.pop() ?? globals
    } else if (type === 2) {
      // A usage of four bytes brings its page along.
      const usage = size === 4 ? value : globals.page * 0x1_0000 + value
      if (tag === 0) usages.push(usage)
      else if (tag === 1) usageFrom = usage
      else if (tag === 2) {
        for (let one = usageFrom; one <= usage && one - usageFrom < 256; one += 1) usages.push(one)
      }
    }
  }
  return { fields, tops }
}

/** The values of a field in a report: unsigned, or signed where the field goes below zero. */
export function fieldValue(report: Uint8Array, field: HidField, index = 0): number {
  let value = 0
  const start = field.bit + index * field.bits
  for (let at = 0; at < field.bits; at += 1) {
    const bit = start + at
    if ((((report[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1) value += 2 ** at
  }
  return field.least < 0 && value >= 2 ** (field.bits - 1) ? value - 2 ** field.bits : value
}

function* items(bytes: Uint8Array) {
  let at = 0
  while (at < bytes.length) {
    const head = bytes[at] ?? 0
    if (head === 0xfe) {
      at += 3 + (bytes[at + 1] ?? 0) // a long item, which no device uses
      continue
    }
    const size = [0, 1, 2, 4][head & 3] ?? 0
    if (at + 1 + size > bytes.length) return
    let value = 0
    for (let byte = 0; byte < size; byte += 1) value += (bytes[at + 1 + byte] ?? 0) * 256 ** byte
    const signed = size > 0 && value >= 2 ** (size * 8 - 1) ? value - 2 ** (size * 8) : value
    yield { type: (head >> 2) & 3, tag: head >> 4, value, signed, size }
    at += 1 + size
  }
}
