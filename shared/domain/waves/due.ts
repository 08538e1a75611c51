import { zoneOffset } from '#shared/support/zoned-day.ts'

/** A courier that comes at 16:30 every day. */
export interface CutOff {
  /** `HH:MM` in `zone`; null for a courier without one. */
  readonly time: string | null
  readonly zone: string
}

/**
 * When a parcel must be with its courier, at the latest: the last collection that still keeps the ship-by time. Where
 * none of those is left it is the next collection, and where the courier has no hour it is the ship-by time itself.
 * Times are ISO-8601 UTC; null is "whenever".
 */
export function dueOf(shipBy: string | null, { time, zone }: CutOff, now: string): string | null {
  if (shipBy === null) return null
  const minutes = minutesOf(time)
  const by = Date.parse(shipBy)
  if (minutes === null || Number.isNaN(by)) return shipBy
  const last = collectionBefore(by, minutes, zone)
  const at = Date.parse(now)
  return new Date(last > at ? last : collectionAfter(at, minutes, zone)).toISOString()
}

const dayMs = 86_400_000

/** The last collection at `limit` or before. */
function collectionBefore(limit: number, minutes: number, zone: string): number {
  const at = collectionOn(limit, minutes, zone)
  return at <= limit ? at : collectionOn(noonOf(limit, zone) - dayMs, minutes, zone)
}

function collectionAfter(now: number, minutes: number, zone: string): number {
  const at = collectionOn(now, minutes, zone)
  return at > now ? at : collectionOn(noonOf(now, zone) + dayMs, minutes, zone)
}

/** From noon, a day of 23 or 25 hours still leads to the next one. */
const noonOf = (instant: number, zone: string): number => collectionOn(instant, 12 * 60, zone)

/** The collection on the day of the zone in which an instant lies. */
function collectionOn(instant: number, minutes: number, zone: string): number {
  const local = instant + offsetAt(instant, zone) * 60_000
  const wall = Math.floor(local / dayMs) * dayMs + minutes * 60_000
  // Right across a change of summer time: the offset of that hour, not of this one.
  return wall - offsetAt(wall - offsetAt(instant, zone) * 60_000, zone) * 60_000
}

/** Offsets change on the hour, and thousands of orders are due within a few days. */
const offsets = new Map<string, number>()
const mostOffsets = 10_000

function offsetAt(instant: number, zone: string): number {
  const hour = Math.floor(instant / 3_600_000)
  const key = `${hour} ${zone}`
  let offset = offsets.get(key)
  if (offset === undefined) {
    if (offsets.size >= mostOffsets) offsets.clear()
    offset = zoneOffset(hour * 3_600_000, zone)
    offsets.set(key, offset)
  }
  return offset
}

function minutesOf(time: string | null): number | null {
  const found = /^(\d{1,2}):(\d{2})$/.exec(time ?? '')
  return found === null ? null : Number(found[1]) * 60 + Number(found[2])
}

/** Orders dates; null comes last. */
export const compareTimes = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1

export const earliestOf = (times: readonly (string | null)[]): string | null =>
  times.reduce((first, time) => (compareTimes(time, first) < 0 ? time : first), null)
