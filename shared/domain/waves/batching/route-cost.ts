import { createRouter } from '#shared/domain/waves/routing/router.ts'
import { asOneBlock, oneBlockRoutes } from './one-block.ts'
import type { UnitsToBatch } from './problem.ts'

/** How far one walks for a batch. The search asks nothing else of a floor. */
export interface RouteCost {
  /**
   * Metres from the depot along every stop of the first `count` units named in `units` and back, by the shortest route.
   * Must not shrink when a unit is added.
   */
  metres(units: Int32Array, count: number): number
}

/**
 * A route cost that asks `walk` once for each set of units. `walk` is given distinct units in ascending order.
 * Forgets everything when it holds `most` sets, so that a long search does not fill the memory.
 */
export function rememberRoutes(walk: (units: readonly number[]) => number, most = 500_000): RouteCost {
  const known = new Map<string, number>()
  return {
    metres(units, count) {
      const members = Array.from(units.subarray(0, count)).sort((a, b) => a - b)
      const key = members.join()
      const metres = known.get(key)
      if (metres !== undefined) return metres
      if (known.size >= most) known.clear()
      const walked = walk(members)
      known.set(key, walked)
      return walked
    },
  }
}

/** The walk of batches on the problem's floor, by the fastest way that there is for it. */
export function createRoutes({ floor, depots, units }: UnitsToBatch): RouteCost {
  const block = asOneBlock(floor, depots)
  if (block !== null) return oneBlockRoutes(block, units)
  const router = createRouter(floor, depots)
  return rememberRoutes((members) => router.length(members.flatMap((unit) => units[unit]?.stops ?? [])))
}
