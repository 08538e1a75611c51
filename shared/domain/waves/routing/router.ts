import { findFloorFaults } from './check-floor.ts'
import type { Depots, Floor, Stop } from './floor.ts'
import { passesOf } from './frontier.ts'
import { createSweep, type Search } from './sweep.ts'
import { createTours } from './tour.ts'
import { joinWalk, type Walk } from './walk.ts'

export interface Route extends Walk {
  /** With the access of both depots. */
  readonly length: number
}

/**
 * Finds shortest walks over one floor from a start over all stops to a drop. It keeps memory of its own from call to
 * call: one router must not be called from within itself.
 */
export interface Router {
  /** Length of the walk that `route` gives; Infinity where the stops lie on no walk (`findStopFaults` says why). */
  readonly length: (stops: readonly Stop[]) => number
  /** The walk itself; null where there is none. */
  readonly route: (stops: readonly Stop[]) => Route | null
  /**
   * Whether a walk over so many stops is proven to be a shortest one. It is on every floor without one-way passages
   * and with up to six aisles or six cross aisles (five where start and drop differ).
   */
  readonly isExact: (stops: number) => boolean
  /** About how many steps a `length` takes at most; hundreds of millions of them are a second. */
  readonly effort: number
}

/**
 * A sweep that considers few passes of a one-way passage may miss the odd shortest walk over a few stops, for which a
 * tour is found in no time and hardly ever misses it.
 */
const fewPasses = 4
const fewStops = 10

/** Throws on a floor or a depot that `findFloorFaults` would report. */
export function createRouter(floor: Floor, depots: Depots): Router {
  const [fault] = findFloorFaults(floor, depots)
  if (fault !== undefined) throw new Error(`no router for this floor: ${JSON.stringify(fault)}`)
  const access = depots.start.access + depots.drop.access
  const sweep = createSweep(floor, depots)
  const tours = createTours(floor, depots)
  const strained = sweep !== null && isStrained(floor, sweep)
  const choose = (stops: readonly Stop[]): Search => {
    if (sweep === null) return tours
    const isDoubtful = strained || (sweep.most <= fewPasses && stops.length <= fewStops)
    if (sweep.isExact(stops.length) || !isDoubtful) return sweep
    return sweep.measure(stops) <= tours.measure(stops) ? sweep : tours
  }
  return {
    length: (stops) => choose(stops).measure(stops) + access,
    route(stops) {
      const search = choose(stops)
      const choices = search.trace(stops)
      if (choices === null) return null
      const { byAisle, most } = search
      const walk = joinWalk(floor, depots, stops, { choices, byAisle, most })
      return { length: search.measure(stops) + access, ...walk }
    },
    isExact: (stops) => sweep?.isExact(stops) ?? false,
    effort: (sweep ?? tours).effort,
  }
}

/**
 * Whether a walk through all passages would use one of them as often as the sweep considers, or more: many aisles in one
 * direction and few back. Then longer lists get a tour as well, and the shorter of the two counts.
 */
function isStrained(floor: Floor, sweep: Search): boolean {
  if (sweep.most === 0) return false
  const stops = floor.aisles.flatMap((passages, aisle) =>
    passages.flatMap((passage, block) =>
      passage === null ? [] : [{ aisle, block, offset: passage.length / 2 }],
    ),
  )
  const reached = stops.filter((stop) => sweep.measure([stop]) < Infinity)
  const choices = sweep.trace(reached)
  return choices?.some(({ option }) => Math.abs(passesOf(option, sweep.most)) >= sweep.most) ?? true
}
