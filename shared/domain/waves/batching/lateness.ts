import type { UnitsToBatch } from './problem.ts'

/**
 * How late a plan's orders are: batches leave in the order of the earliest due time in them (then the shorter, then the
 * one with the lowest unit), each with the picker who is free first. Batches that nothing is due in go last.
 */
export interface Lateness {
  /** False where nothing is due: then all of this costs nothing. */
  readonly isAsked: boolean
  /** Tells what is in a batch now. */
  place(batch: number, members: readonly number[], metres: number): void
  /** Minutes late, summed over orders. */
  total(): number
}

export function createLateness(problem: UnitsToBatch): Lateness {
  const { units, pace, dues } = problem
  const isAsked = dues.some((due) => due < Infinity)
  const minutesOf = createMinutes(problem)
  const duesOf = units.map(({ orders }) =>
    orders.map((order) => dues[order] ?? Infinity).filter((due) => due < Infinity),
  )
  const placed: Placed[] = []
  /** Batches with something due, first to leave first. */
  const queue: Placed[] = []
  const free = new Float64Array(pace.pickers)

  const lateIn = ({ members, last, count, sum }: Placed, end: number): number => {
    if (end >= last) return count * end - sum
    let late = 0
    for (const member of members) for (const due of duesOf[member] ?? []) late += Math.max(0, end - due)
    return late
  }

  return {
    isAsked,
    place(batch, members, metres) {
      const before = placed[batch]
      if (before !== undefined && before.count > 0) queue.splice(queue.indexOf(before), 1)
      const now = { due: Infinity, last: -Infinity, count: 0, sum: 0, minutes: 0, first: Infinity, members }
      for (const member of members) {
        now.first = Math.min(now.first, member)
        for (const due of duesOf[member] ?? []) {
          now.due = Math.min(now.due, due)
          now.last = Math.max(now.last, due)
          now.count += 1
          now.sum += due
        }
      }
      placed[batch] = now
      if (now.count === 0) return
      now.minutes = minutesOf(members, metres)
      let low = 0
      let high = queue.length
      while (low < high) {
        const middle = (low + high) >> 1
        const other = queue[middle]
        if (other !== undefined && isBefore(other, now)) low = middle + 1
        else high = middle
      }
      queue.splice(low, 0, now)
    },
    total() {
      free.fill(0)
      let late = 0
      for (const batch of queue) {
        const picker = firstFree(free)
        const end = (free[picker] ?? 0) + batch.minutes
        free[picker] = end
        if (end > batch.due) late += lateIn(batch, end)
      }
      return late
    },
  }
}

/** What lateness needs to know of a batch; `due`, `last`, `count` and `sum` are of its finite due times. */
interface Placed {
  due: number
  last: number
  count: number
  sum: number
  minutes: number
  first: number
  readonly members: readonly number[]
}

const isBefore = (a: Placed, b: Placed): boolean => {
  if (a.due !== b.due) return a.due < b.due
  if (a.minutes !== b.minutes) return a.minutes < b.minutes
  return a.first < b.first
}

/** The picker with the least to do so far, the first of several. */
export function firstFree(free: Float64Array): number {
  let first = 0
  for (let picker = 1; picker < free.length; picker += 1)
    if ((free[picker] ?? 0) < (free[first] ?? 0)) first = picker
  return first
}

/** Minutes that a batch takes: set-up, walk, each place once, and what its orders cost by themselves. */
export function createMinutes({ units, pace }: UnitsToBatch) {
  const places = new Map<string, number>()
  const placesOf = units.map(({ stops }) =>
    stops.map(({ aisle, block, offset }) => {
      const place = `${aisle} ${block} ${offset}`
      const known = places.get(place) ?? places.size
      places.set(place, known)
      return known
    }),
  )
  const seen = new Int32Array(places.size)
  let round = 0
  return (members: readonly number[], metres: number): number => {
    round += 1
    let stops = 0
    let minutes = pace.minutesPerBatch + metres / pace.metresPerMinute
    for (const member of members) {
      minutes += units[member]?.minutes ?? 0
      for (const place of placesOf[member] ?? []) {
        if (seen[place] === round) continue
        seen[place] = round
        stops += 1
      }
    }
    return minutes + stops * pace.minutesPerStop
  }
}
