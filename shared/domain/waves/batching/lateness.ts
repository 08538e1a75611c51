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
  clear(): void
}

export function createLateness(problem: UnitsToBatch): Lateness {
  const { units, pace, dues } = problem
  const isAsked = dues.some((due) => due < Infinity)
  const minutesOf = createMinutes(problem)
  const placed = new Map<
    number,
    { due: number; minutes: number; first: number; members: readonly number[] }
  >()
  /** Batches with something due, first to leave first. */
  const queue: number[] = []
  const free = new Float64Array(pace.pickers)

  const isBefore = (a: number, b: number): boolean => {
    const one = placed.get(a)
    const other = placed.get(b)
    if (one === undefined || other === undefined) return false
    if (one.due !== other.due) return one.due < other.due
    if (one.minutes !== other.minutes) return one.minutes < other.minutes
    return one.first < other.first
  }
  const lateIn = (members: readonly number[], end: number): number => {
    let late = 0
    for (const member of members)
      for (const order of units[member]?.orders ?? []) late += Math.max(0, end - (dues[order] ?? 0))
    return late
  }

  return {
    isAsked,
    place(batch, members, metres) {
      const at = queue.indexOf(batch)
      if (at >= 0) queue.splice(at, 1)
      let due = Infinity
      let first = Infinity
      for (const member of members) {
        due = Math.min(due, units[member]?.due ?? Infinity)
        first = Math.min(first, member)
      }
      if (due === Infinity) return
      placed.set(batch, { due, minutes: minutesOf(members, metres), first, members })
      let low = 0
      let high = queue.length
      while (low < high) {
        const middle = (low + high) >> 1
        if (isBefore(queue[middle] ?? 0, batch)) low = middle + 1
        else high = middle
      }
      queue.splice(low, 0, batch)
    },
    total() {
      free.fill(0)
      let late = 0
      for (const batch of queue) {
        const one = placed.get(batch)
        if (one === undefined) continue
        const picker = firstFree(free)
        const end = (free[picker] ?? 0) + one.minutes
        free[picker] = end
        if (end > one.due) late += lateIn(one.members, end)
      }
      return late
    },
    clear() {
      queue.length = 0
      placed.clear()
    },
  }
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
