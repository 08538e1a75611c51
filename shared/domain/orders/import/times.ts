/** Local times of a shop turned into UTC by the zone's own rules (IANA names, through Intl). */
export interface TimeReader {
  /**
   * A written time as ISO 8601 UTC with milliseconds, or null where it cannot be read for sure: `01/02/2026` could
   * be January or February. A time with an offset of its own keeps it. A bare date is its first moment, or its
   * last second where `endOfDay` is asked for, as deadlines are meant.
   */
  read(text: string, endOfDay?: boolean): string | null
}

/** Throws `RangeError` for a zone that does not exist. */
export function createTimeReader(zone: string): TimeReader {
  const offsets = new ZoneOffsets(zone)
  let lastText = ''
  let lastEnd = false
  let lastRead: string | null = null
  return {
    read(text, endOfDay = false) {
      if (text !== lastText || endOfDay !== lastEnd) {
        lastRead = readTime(text, endOfDay, offsets)
        lastText = text
        lastEnd = endOfDay
      }
      return lastRead
    },
  }
}

const clock = String.raw`(?:[ T]+(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?)?分?)?`
const offset = String.raw`(?: ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}))?`
const yearFirst = new RegExp(String.raw`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?${clock}${offset}$`, 'i')
/** `Sep-27-26` (eBay), `Sep 27, 2026`. */
const monthFirst = new RegExp(
  String.raw`^([a-z]{3,9})[- ](\d{1,2})(?:-|, ?| )(\d{4}|\d{2})${clock}${offset}$`,
  'i',
)
/** `27-Sep-26` (eBay in Britain). */
const dayFirst = new RegExp(String.raw`^(\d{1,2})[- ]([a-z]{3,9})[- ](\d{4}|\d{2})${clock}${offset}$`, 'i')
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function readTime(text: string, endOfDay: boolean, zone: ZoneOffsets): string | null {
  let match = yearFirst.exec(text)
  let [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])]
  if (match === null) {
    match = monthFirst.exec(text)
    if (match !== null) [month, day, year] = [monthOf(match[1]), Number(match[2]), yearOf(match[3])]
  }
  if (match === null) {
    match = dayFirst.exec(text)
    if (match !== null) [day, month, year] = [Number(match[1]), monthOf(match[2]), yearOf(match[3])]
  }
  if (match === null) return null
  const bare = match[4] === undefined
  const hour = bare ? (endOfDay ? 23 : 0) : Number(match[4])
  const minute = bare ? (endOfDay ? 59 : 0) : Number(match[5])
  const second = bare ? (endOfDay ? 59 : 0) : Number(match[6] ?? 0)
  if (hour > 23 || minute > 59 || second > 59) return null
  const local = Date.UTC(year, month - 1, day, hour, minute, second)
  const check = new Date(local)
  if (check.getUTCMonth() !== month - 1 || check.getUTCDate() !== day || check.getUTCFullYear() !== year)
    return null
  const own = match[7]
  return new Date(own === undefined ? zone.toUtc(local) : local - offsetOf(own)).toISOString()
}

const monthOf = (word: string | undefined) => months.indexOf((word ?? '').slice(0, 3).toLowerCase()) + 1

const yearOf = (digits: string | undefined) => Number(digits) + (digits?.length === 2 ? 2000 : 0)

function offsetOf(text: string): number {
  if (!/^[+-]/.test(text)) return 0
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))
  return (text.startsWith('-') ? -minutes : minutes) * 60_000
}

const quarterHour = 900_000

/** Asking Intl takes microseconds and a file holds few different hours, so answers are kept per quarter of an hour. */
class ZoneOffsets {
  readonly #format: Intl.DateTimeFormat
  readonly #known = new Map<number, number>()

  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  }

  /** An hour that the clocks skip is read with the offset before it, one that they repeat as its first time. */
  toUtc(local: number): number {
    const before = this.#at(local - 86_400_000)
    const after = this.#at(local + 86_400_000)
    if (before === after) return local - before
    if (this.#at(local - before) === before) return local - before
    return this.#at(local - after) === after ? local - after : local - before
  }

  #at(utc: number): number {
    const quarter = Math.floor(utc / quarterHour)
    const known = this.#known.get(quarter)
    if (known !== undefined) return known
    const start = quarter * quarterHour
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
    for (const { type, value } of this.#format.formatToParts(start)) parts[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    const found = Date.UTC(year, month - 1, day, hour, minute, second) - start
    if (this.#known.size > 100_000) this.#known.clear()
    this.#known.set(quarter, found)
    return found
  }
}
