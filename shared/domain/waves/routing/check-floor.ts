import { measureDistances, type Distances, type Place } from './distances.ts'
import type { Depots, Floor, Passage, Stop } from './floor.ts'

/** What is wrong with a floor or with a stop. Indices count from 0. */
export type FloorFault =
  | { readonly code: 'noAisles' | 'fewerThanTwoCrossAisles' }
  /** The aisle (cross aisle) has not one entry for each block (gap between aisles). */
  | {
      readonly code: 'aisleUneven'
      readonly aisle: number
      readonly passages: number
      readonly expected: number
    }
  | {
      readonly code: 'crossAisleUneven'
      readonly cross: number
      readonly passages: number
      readonly expected: number
    }
  /** A length that is negative or no finite number. */
  | {
      readonly code: 'aisleLengthBad'
      readonly aisle: number
      readonly block: number
      readonly length: number
    }
  | {
      readonly code: 'crossAisleLengthBad'
      readonly cross: number
      readonly aisle: number
      readonly length: number
    }
  | {
      readonly code: 'depotOutside'
      readonly depot: 'start' | 'drop'
      readonly aisle: number
      readonly cross: number
    }
  | { readonly code: 'accessBad'; readonly depot: 'start' | 'drop'; readonly access: number }
  | { readonly code: 'dropUnreachable' }

export type StopFault =
  /** There is no such aisle or block. */
  | { readonly code: 'stopOutside'; readonly stop: number; readonly aisle: number; readonly block: number }
  /** Nobody can pass there. */
  | { readonly code: 'stopInHole'; readonly stop: number; readonly aisle: number; readonly block: number }
  | {
      readonly code: 'offsetOutside'
      readonly stop: number
      readonly offset: number
      readonly length: number
    }
  /** No way leads there from the start. */
  | { readonly code: 'stopUnreachable'; readonly stop: number }
  /** No way leads on from there to the drop. */
  | { readonly code: 'noWayBack'; readonly stop: number }
  /** One-way passages let a walk come to either of the two but not to both. */
  | { readonly code: 'noCommonWalk'; readonly stop: number; readonly other: number }

/** Everything that keeps a floor from being walked; empty when it is sound. */
export function findFloorFaults(floor: Floor, depots: Depots): FloorFault[] {
  const aisles = floor.aisles.length
  const crosses = floor.crossAisles.length
  const faults: FloorFault[] = []
  if (aisles === 0) faults.push({ code: 'noAisles' })
  if (crosses < 2) faults.push({ code: 'fewerThanTwoCrossAisles' })
  for (const [aisle, passages] of floor.aisles.entries()) {
    const expected = Math.max(0, crosses - 1)
    if (passages.length !== expected)
      faults.push({ code: 'aisleUneven', aisle, passages: passages.length, expected })
    for (const [block, passage] of passages.entries()) {
      if (isBad(passage)) faults.push({ code: 'aisleLengthBad', aisle, block, length: passage.length })
    }
  }
  for (const [cross, passages] of floor.crossAisles.entries()) {
    const expected = Math.max(0, aisles - 1)
    if (passages.length !== expected)
      faults.push({ code: 'crossAisleUneven', cross, passages: passages.length, expected })
    for (const [aisle, passage] of passages.entries()) {
      if (isBad(passage)) faults.push({ code: 'crossAisleLengthBad', cross, aisle, length: passage.length })
    }
  }
  for (const depot of ['start', 'drop'] as const) {
    const { aisle, cross, access } = depots[depot]
    if (!isIndex(aisle, aisles) || !isIndex(cross, crosses))
      faults.push({ code: 'depotOutside', depot, aisle, cross })
    if (!isLength(access)) faults.push({ code: 'accessBad', depot, access })
  }
  if (faults.length === 0 && measureDistances(floor).between(depots.start, depots.drop) === Infinity)
    faults.push({ code: 'dropUnreachable' })
  return faults
}

/** Why no walk from the start to the drop goes over these stops; empty when one does. The floor itself must be sound. */
export function findStopFaults(floor: Floor, depots: Depots, stops: readonly Stop[]): StopFault[] {
  const faults: StopFault[] = []
  const distances = measureDistances(floor)
  const leads = (from: Place, to: Place) => distances.between(from, to) < Infinity
  const blocks = floor.crossAisles.length - 1
  const reached: number[] = []
  for (const [index, stop] of stops.entries()) {
    const { aisle, block, offset } = stop
    const length = floor.aisles[aisle]?.[block]?.length
    if (!isIndex(aisle, floor.aisles.length) || !isIndex(block, blocks))
      faults.push({ code: 'stopOutside', stop: index, aisle, block })
    else if (length === undefined) faults.push({ code: 'stopInHole', stop: index, aisle, block })
    else if (!isLength(offset) || offset > length)
      faults.push({ code: 'offsetOutside', stop: index, offset, length })
    else if (!leads(depots.start, stop)) faults.push({ code: 'stopUnreachable', stop: index })
    else if (!leads(stop, depots.drop)) faults.push({ code: 'noWayBack', stop: index })
    else reached.push(index)
  }
  // From where a walk comes back to its start every stop leads to every other.
  if (leads(depots.drop, depots.start)) return faults
  return [...faults, ...findSeparated(distances, stops, reached)]
}

/** Neighbours in the only order in which a walk could take the stops, when there is no way between them. */
function findSeparated(distances: Distances, stops: readonly Stop[], among: readonly number[]): StopFault[] {
  const leads = (from: number, to: number): boolean => {
    const [a, b] = [stops[from], stops[to]]
    return a !== undefined && b !== undefined && distances.between(a, b) < Infinity
  }
  const onward = new Map(among.map((from) => [from, among.filter((to) => leads(from, to)).length]))
  // A stop that leads to another leads to all that the other leads to, so it comes first.
  const order = among.toSorted((a, b) => (onward.get(b) ?? 0) - (onward.get(a) ?? 0))
  return order.slice(1).flatMap((other, at): StopFault[] => {
    const stop = order[at] ?? other
    return leads(stop, other) ? [] : [{ code: 'noCommonWalk', stop, other }]
  })
}

const isIndex = (value: number, count: number): boolean =>
  Number.isInteger(value) && value >= 0 && value < count
const isLength = (value: number): boolean => Number.isFinite(value) && value >= 0
const isBad = (passage: Passage): passage is NonNullable<Passage> =>
  passage !== null && !isLength(passage.length)
