import { type Annealing, createAnnealing, isBetter, type Plan } from './anneal.ts'
import { createLateness } from './lateness.ts'
import { type BatchPool, createPool } from './pool.ts'
import type { UnitsToBatch } from './problem.ts'
import { createRandom } from './random.ts'
import type { RouteCost } from './route-cost.ts'
import { startingPlans } from './start.ts'

/** A search that can be stopped after any step and always has an answer. The same seed and steps give the same. */
export interface Search {
  /** Tries `moves` moves at the temperature that belongs to `share` (0..1, rising) of this round. */
  step(share: number, moves: number): void
  /** Begins another round, from the best plan or from `plan`; `warmth` is how far it may stray: 1 is
   * right for a long round over some tens of units, less for a short one or one that is to stay near. */
  restart(warmth: number, plan?: readonly (readonly number[])[]): void
  /** Takes a plan found elsewhere, if it is better. Each unit must be in it once. */
  offer(batches: readonly (readonly number[])[]): void
  best(): Plan
  /** Batches met near the best plans. */
  readonly pool: BatchPool
}

/** How warm it is to begin and to end, as shares of what a batch of the first plan walks. */
const heat = { first: 0.03, last: 0.004 }

/** Begins with the best of the starting plans, so that `best()` answers at once. */
export function createSearch(problem: UnitsToBatch, routes: RouteCost, seed: number): Search {
  const random = createRandom(seed)
  const pool = createPool(problem.units.length, random)
  const plans = startingPlans(problem, routes).map((batches) => measurePlan(problem, routes, batches))
  let best = plans.reduce((one, other) => (isBetter(other, one) ? other : one))
  const typical = best.metres / Math.max(1, best.batches.length)
  const anneal = (warmth: number, start: Plan['batches']): Annealing =>
    createAnnealing(
      problem,
      routes,
      random,
      pool,
      { first: Math.max(heat.first * warmth, heat.last) * typical, last: heat.last * typical },
      start,
    )
  let annealing = anneal(1, best.batches)
  for (const batch of best.batches) pool.add(batch, walkOf(routes, batch))

  return {
    step: (share, moves) => annealing.run(share, moves),
    restart(warmth, plan) {
      best = this.best()
      annealing = anneal(warmth, plan ?? best.batches)
    },
    offer(batches) {
      const offered = measurePlan(problem, routes, batches)
      if (isBetter(offered, this.best())) best = offered
    },
    best() {
      const found = annealing.best()
      return isBetter(found, best) ? found : best
    },
    pool,
  }
}

const walkOf = (routes: RouteCost, batch: readonly number[]) =>
  routes.metres(Int32Array.from(batch), batch.length)

/** What a plan costs, computed from nothing but its batches. */
export function measurePlan(problem: UnitsToBatch, routes: RouteCost, batches: Plan['batches']): Plan {
  const lateness = createLateness(problem)
  let metres = 0
  for (const [index, batch] of batches.entries()) {
    const walked = walkOf(routes, batch)
    metres += walked
    lateness.place(index, batch, walked)
  }
  return { batches, metres, late: lateness.total() }
}
