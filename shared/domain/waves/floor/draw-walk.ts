import type { Distances, Place } from '#shared/domain/waves/routing/distances.ts'
import type { Depots, Stop } from '#shared/domain/waves/routing/floor.ts'
import { type FloorPlan, inOrder } from './plan.ts'

/** A walk on the plan, in its millimetres. */
export interface DrawnWalk {
  /** Corners from the start to the drop; straight lines between neighbours. */
  readonly path: readonly (readonly [number, number])[]
  /** Where the picker stops, in the order of the list: what is picked from one spot of the aisle is one stop. */
  readonly stops: readonly { readonly xMm: number; readonly yMm: number }[]
  /** For each place given, the index of its stop. */
  readonly stopOf: readonly number[]
  /** How each stop is come to from the one before, seen on the plan with y upwards. */
  readonly turns: readonly Turn[]
}

export interface Turn {
  readonly across: 'left' | 'right' | 'none'
  readonly along: 'up' | 'down' | 'none'
}

type Point = readonly [number, number]

/** Draws the walk over `places` in their order, each piece by the shortest way. `distances` are of this plan's floor. */
export function drawWalk(
  given: FloorPlan,
  depots: Depots,
  distances: Distances,
  places: readonly Stop[],
): DrawnWalk {
  const plan = inOrder(given)
  const crosses = plan.crossAisles.length
  const crossing = (number: number): Point => [
    plan.aisles[Math.floor(number / crosses)]?.xMm ?? 0,
    plan.crossAisles[number % crosses]?.yMm ?? 0,
  ]
  const pointOf = (place: Place): Point => {
    const x = plan.aisles[place.aisle]?.xMm ?? 0
    return 'cross' in place
      ? [x, plan.crossAisles[place.cross]?.yMm ?? 0]
      : [x, (plan.crossAisles[place.block]?.yMm ?? 0) + place.offset]
  }
  const path: Point[] = []
  const stops: { xMm: number; yMm: number }[] = []
  const stopOf: number[] = []
  const turns: Turn[] = []
  const go = (point: Point) => {
    const last = path.at(-1)
    if (last === undefined || last[0] !== point[0] || last[1] !== point[1]) path.push(point)
  }
  let at: Place = depots.start
  go(pointOf(at))
  for (const place of places) {
    const from = pointOf(at)
    for (const number of distances.wayBetween(at, place).crossings) go(crossing(number))
    const to = pointOf(place)
    const before = path.at(-1) ?? from
    go(to)
    const last = stops.at(-1)
    if (last === undefined || last.xMm !== to[0] || last.yMm !== to[1]) {
      stops.push({ xMm: to[0], yMm: to[1] })
      turns.push({
        across: to[0] === from[0] ? 'none' : to[0] > from[0] ? 'right' : 'left',
        along: to[1] === before[1] ? 'none' : to[1] > before[1] ? 'up' : 'down',
      })
    }
    stopOf.push(stops.length - 1)
    at = place
  }
  for (const number of distances.wayBetween(at, depots.drop).crossings) go(crossing(number))
  go(pointOf(depots.drop))
  return { path, stops, stopOf, turns }
}
