import { describe, expect, it } from 'vitest'
import { isBetter } from '#shared/domain/waves/batching/anneal.ts'
import { describePlan } from '#shared/domain/waves/batching/describe-plan.ts'
import { type BatchingProblem, slack } from '#shared/domain/waves/batching/problem.ts'
import { createRoutes } from '#shared/domain/waves/batching/route-cost.ts'
import { runRound } from '#shared/domain/waves/batching/run-search.ts'
import { createSearch, measurePlan } from '#shared/domain/waves/batching/search.ts'
import { createRouter } from '#shared/domain/waves/routing/router.ts'
import { partitions, someProblem, unitsOf, type Wanted } from './problems.ts'

function solve(problem: BatchingProblem, seed = 1, moves = 40_000) {
  const units = unitsOf(problem)
  const routes = createRoutes(units)
  const search = createSearch(units, routes, seed)
  for (const warmth of [6, 1]) {
    search.restart(warmth)
    runRound(search, { moves: moves / 2 })
  }
  const best = search.best()
  return { units, routes, search, best, plan: describePlan(problem, units, routes, best.batches) }
}

const worlds: readonly Wanted[] = [
  { orders: 30 },
  { orders: 25, capacities: [15, 9, Infinity] },
  { orders: 25, dues: [30, 60, Infinity], pickers: 2 },
  { orders: 12, blocks: [10, 10] },
]

describe('a search', () => {
  it.each(worlds.flatMap((world) => [1, 2, 3, 4].map((seed) => [seed, world] as const)))(
    'plans each order once, within the capacities, and walks what it says (%i, %j)',
    (seed, world) => {
      const problem = someProblem(seed, world)
      const { best, plan, search } = solve(problem, seed)
      expect(plan.batches.flatMap(({ orders }) => orders).sort()).toEqual(
        problem.orders.map(({ id }) => id).sort(),
      )
      const router = createRouter(problem.floor, problem.depots)
      const orderOf = new Map(problem.orders.map((order) => [order.id, order]))
      const free = Array.from({ length: problem.pace.pickers }, () => 0)
      let metres = 0
      let late = 0
      for (const batch of plan.batches) {
        const its = batch.orders.flatMap((id) => orderOf.get(id) ?? [])
        for (const [resource, capacity] of problem.capacities.entries()) {
          const load = its.reduce((sum, { loads }) => sum + (loads[resource] ?? 0), 0)
          expect(load).toBeLessThanOrEqual(capacity + slack)
        }
        const stops = its.flatMap(({ stops }) => stops)
        const places = new Set(stops.map(({ aisle, block, offset }) => `${aisle} ${block} ${offset}`))
        const walk = router.length(stops)
        const minutes = 1 + walk / 30 + 0.2 * places.size + 0.1 * stops.length
        expect(batch.minutes).toBeCloseTo(minutes, 8)
        expect(batch.start).toBe(Math.min(...free))
        free[batch.picker] = batch.end
        metres += walk
        for (const { due = Infinity } of its) late += Math.max(0, batch.end - due)
      }
      expect(best.metres).toBeCloseTo(metres, 6)
      expect(plan.metres).toBeCloseTo(metres, 6)
      expect(best.late).toBeCloseTo(late, 6)
      expect(plan.late).toBeCloseTo(late, 6)
      const walked = search.pool.all()[0]
      expect(walked?.metres).toBeGreaterThan(0)
    },
  )

  it.each([
    [{ orders: 7 }, 12],
    [{ orders: 7, capacities: [10, 6] }, 8],
    [{ orders: 6, dues: [6, 10, 15, Infinity] }, 12],
    [{ orders: 6, dues: [5, 12], pickers: 2 }, 8],
    [{ orders: 6, blocks: [8, 8, 8] }, 3],
  ] as const)('finds what trying everything finds (%j)', (world, problems) => {
    for (let seed = 1; seed <= problems; seed += 1) {
      const problem = someProblem(seed, world)
      const { units, routes, best } = solve(problem, seed, 100_000)
      const fitting = [...partitions(problem.orders.length)].filter((batches) =>
        batches.every((batch) =>
          problem.capacities.every(
            (capacity, resource) =>
              batch.reduce((sum, unit) => sum + (units.units[unit]?.loads[resource] ?? 0), 0) <=
              capacity + slack,
          ),
        ),
      )
      const plans = fitting.map((batches) => measurePlan(units, routes, batches))
      const least = plans.reduce((one, other) => (isBetter(other, one) ? other : one))
      expect(best.late, `seed ${seed}`).toBeCloseTo(least.late, 6)
      expect(best.metres, `seed ${seed}`).toBeCloseTo(least.metres, 6)
    }
  })

  it('never makes an order late to walk less', () => {
    const problem = someProblem(3, { orders: 30, dues: [40, Infinity], pickers: 2 })
    const eased = { ...problem, orders: problem.orders.map((order) => ({ ...order, due: Infinity })) }
    expect(solve(problem).best.late).toBe(0)
    const hard = { ...problem, orders: problem.orders.map((order, at) => ({ ...order, due: 4 + at * 1.5 })) }
    const { best, units, routes } = solve(hard, 1, 100_000)
    const inOrder = problem.orders.map((_, at) => [at])
    expect(best.late).toBeLessThan(measurePlan(units, routes, inOrder).late)
    expect(best.metres).toBeGreaterThan(solve(eased).best.metres)
  })

  it('comes to the same with the same seed', () => {
    const problem = someProblem(9, { orders: 40 })
    expect(solve(problem, 5).best).toEqual(solve(problem, 5).best)
    const one = solve(problem, 5).search.pool.all()
    expect(solve(problem, 6).search.pool.all()).not.toEqual(one)
  })

  it('has an answer at once, and only gets better', () => {
    const problem = someProblem(4, { orders: 60 })
    const units = unitsOf(problem)
    const search = createSearch(units, createRoutes(units), 1)
    let before = search.best()
    expect(before.batches.flat().length).toBe(60)
    for (let step = 0; step < 50; step += 1) {
      search.step(step / 50, 500)
      const now = search.best()
      expect(isBetter(before, now)).toBe(false)
      before = now
    }
  })

  it('stops when it is told to', () => {
    const units = unitsOf(someProblem(4, { orders: 20 }))
    const search = createSearch(units, createRoutes(units), 1)
    let steps = 0
    runRound(search, { moves: 1e12, isStopped: () => steps >= 3, tell: () => (steps += 1) })
    expect(steps).toBe(3)
  })

  it('takes the best of what it is offered and what it has', () => {
    const units = unitsOf(someProblem(4, { orders: 10 }))
    const search = createSearch(units, createRoutes(units), 1)
    const { metres } = search.best()
    search.offer(units.units.map((_, unit) => [unit]))
    expect(search.best().metres).toBe(metres)
  })

  it('keeps a group together and lets what is too large travel alone', () => {
    const problem = someProblem(7, { orders: 20, capacities: [12] })
    const orders = problem.orders.map((order, at) => ({
      ...order,
      ...(at % 7 === 0 ? { group: 'one buyer', loads: [3] } : {}),
      ...(at === 4 ? { loads: [13] } : {}),
    }))
    const { plan } = solve({ ...problem, orders })
    const together = plan.batches.filter(({ orders }) =>
      orders.some((id) => ['o0', 'o7', 'o14'].includes(id)),
    )
    expect(together).toHaveLength(1)
    expect(plan.batches.filter(({ isTooLarge }) => isTooLarge).map(({ orders }) => orders)).toEqual([['o4']])
  })

  it('plans three thousand orders in about a second', () => {
    const units = unitsOf(
      someProblem(1, { orders: 3_000, aisles: 20, capacities: [40], dues: [60, 240, Infinity] }),
    )
    const began = performance.now()
    const search = createSearch(units, createRoutes(units), 1)
    expect(search.best().batches.flat().length).toBe(3_000)
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})
