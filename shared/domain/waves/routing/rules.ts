import type { Distances, Place } from './distances.ts'
import type { Depots, Floor, Stop } from './floor.ts'

/** The simple rules that pickers and other programs follow; to compare a shortest walk with. */

/** From which end of an aisle its positions are numbered: that of cross aisle 0, or the other one. */
export type Numbering = 'fromFirst' | 'fromLast'

/** Positions numbered from the end where the walk starts. */
export const numberedFromStart = (floor: Floor, { start }: Depots): Numbering =>
  start.cross === floor.crossAisles.length - 1 ? 'fromLast' : 'fromFirst'

/** Indices of the stops as a list sorted by location code has them: by aisle, then by position. */
export function sortByLocation(stops: readonly Stop[], numbering: Numbering): number[] {
  return sortAisles(stops, numbering, () => 1)
}

/** The same with every second visited aisle walked back. */
export function sortSerpentine(stops: readonly Stop[], numbering: Numbering): number[] {
  const visited = [...new Set(stops.map(({ aisle }) => aisle))].sort((a, b) => a - b)
  const turns = new Map(visited.map((aisle, at) => [aisle, at % 2 === 0 ? 1 : -1]))
  return sortAisles(stops, numbering, (aisle) => turns.get(aisle) ?? 1)
}

function sortAisles(stops: readonly Stop[], numbering: Numbering, turn: (aisle: number) => number): number[] {
  const sign = numbering === 'fromFirst' ? 1 : -1
  return [...stops.entries()]
    .sort(
      ([, a], [, b]) =>
        a.aisle - b.aisle || sign * turn(a.aisle) * (a.block - b.block || a.offset - b.offset),
    )
    .map(([index]) => index)
}

/** Length of a walk from the start over the stops in this order to the drop, each piece by the shortest way. */
export function followedLength(
  distances: Distances,
  { start, drop }: Depots,
  stops: readonly Stop[],
  order: readonly number[],
): number {
  let length = start.access + drop.access
  let at: Place = start
  for (const index of order) {
    const stop = stops[index]
    if (stop === undefined) continue
    length += distances.between(at, stop)
    at = stop
  }
  return length + distances.between(at, drop)
}

/**
 * S-shape on a floor of one block: every aisle with stops is walked through, from the lowest to the highest; the last
 * of an odd number is left where it was entered.
 */
export function sShapeLength(floor: Floor, depots: Depots, stops: readonly Stop[]): number {
  return ruleLength(floor, depots, stops, (aisles) => {
    const through = aisles.reduce((sum, { length }) => sum + length, 0)
    const last = aisles.at(-1)
    return last === undefined || aisles.length % 2 === 0 ? through : through - last.length + last.return
  })
}

/** Largest gap on a floor of one block: the first and the last aisle are walked through, the others entered from both ends. */
export function largestGapLength(floor: Floor, depots: Depots, stops: readonly Stop[]): number {
  return ruleLength(floor, depots, stops, (aisles) =>
    aisles.length === 1
      ? (aisles[0]?.return ?? 0)
      : aisles.reduce(
          (sum, { length, gap }, at) =>
            sum + (at === 0 || at === aisles.length - 1 ? length : 2 * (length - gap)),
          0,
        ),
  )
}

interface VisitedAisle {
  readonly length: number
  /** To the farthest stop and back, from the depot's end. */
  readonly return: number
  /** Largest stretch without a stop, ends of the aisle included. */
  readonly gap: number
}

/** Throws where these rules are not defined: more than one block, holes, or a drop that is not the start. */
function ruleLength(
  floor: Floor,
  { start, drop }: Depots,
  stops: readonly Stop[],
  alongAisles: (aisles: readonly VisitedAisle[]) => number,
): number {
  if (floor.crossAisles.length !== 2 || start.aisle !== drop.aisle || start.cross !== drop.cross)
    throw new Error('this rule is for one block with one depot')
  const access = start.access + drop.access
  const visited = [...new Set(stops.map(({ aisle }) => aisle))].sort((a, b) => a - b)
  const [first] = visited
  const last = visited.at(-1)
  if (first === undefined || last === undefined) return access
  const aisles = visited.map((aisle): VisitedAisle => {
    const length = floor.aisles[aisle]?.[0]?.length ?? Infinity
    const offsets = stops.filter((stop) => stop.aisle === aisle).map(({ offset }) => offset)
    const marks = [0, ...offsets.sort((a, b) => a - b), length]
    const gap = Math.max(...marks.slice(1).map((mark, at) => mark - (marks[at] ?? 0)))
    const farthest = start.cross === 0 ? (marks.at(-2) ?? 0) : length - (marks[1] ?? 0)
    return { length, return: 2 * farthest, gap }
  })
  const along = (from: number, to: number) =>
    (floor.crossAisles[start.cross] ?? [])
      .slice(Math.min(from, to), Math.max(from, to))
      .reduce((sum, passage) => sum + (passage?.length ?? Infinity), 0)
  const across = along(start.aisle, first) + along(first, last) + along(last, start.aisle)
  return access + across + alongAisles(aisles)
}
