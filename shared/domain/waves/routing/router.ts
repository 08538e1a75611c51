import { findFloorFaults } from './check-floor.ts'
import type { Depots, Floor, Stop } from './floor.ts'
import { createSweep } from './sweep.ts'
import { createTourSearch } from './tour.ts'
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
}

/** Throws on a floor or a depot that `findFloorFaults` would report. */
export function createRouter(floor: Floor, depots: Depots): Router {
  const [fault] = findFloorFaults(floor, depots)
  if (fault !== undefined) throw new Error(`no router for this floor: ${JSON.stringify(fault)}`)
  const access = depots.start.access + depots.drop.access
  const sweep = createSweep(floor, depots)
  if (sweep === null) return createTourSearch(floor, depots)
  return {
    length: (stops) => sweep.measure(stops) + access,
    route(stops) {
      const choices = sweep.trace(stops)
      if (choices === null) return null
      return {
        length: sweep.measure(stops) + access,
        ...joinWalk(floor, depots, stops, { choices, byAisle: sweep.byAisle, most: sweep.most }),
      }
    },
    isExact: sweep.isExact,
  }
}
