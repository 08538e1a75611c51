import { afterAll, describe, expect, it } from 'vitest'
import { createPlanner } from '#electron/planning/planner.ts'
import { type Column, loadPartitioner } from '#electron/planning/set-partitioning.ts'
import { createRandom } from '#shared/domain/waves/batching/random.ts'
import { partitions, someProblem } from './problems.ts'

const planner = createPlanner()
afterAll(() => planner.close())

describe('the planner', () => {
  it('plans with two threads in the time it has, and says how far it is', async () => {
    const problem = someProblem(2, { orders: 60, capacities: [15, 8] })
    const heard: { share: number; metres: number }[] = []
    const began = performance.now()
    const plan = await planner.plan(problem, { seconds: 2, progress: (news) => heard.push(news) })
    expect(performance.now() - began).toBeLessThan(6_000)
    if (!plan.ok) throw new Error(plan.error.message)
    expect(plan.value.batches.flatMap(({ orders }) => orders).sort()).toEqual(
      problem.orders.map(({ id }) => id).sort(),
    )
    expect(heard.length).toBeGreaterThan(5)
    expect(heard.at(-1)?.metres).toBeCloseTo(plan.value.metres, 6)
    for (const [at, { share, metres }] of heard.entries()) {
      expect(share).toBeGreaterThanOrEqual(heard[at - 1]?.share ?? 0)
      expect(metres).toBeLessThanOrEqual((heard[at - 1]?.metres ?? Infinity) + 1e-6)
    }
  })

  it('ends early with an answer when it is told to', async () => {
    const cancel = new AbortController()
    const began = performance.now()
    const plan = await planner.plan(someProblem(3, { orders: 50 }), {
      seconds: 60,
      signal: cancel.signal,
      progress: () => cancel.abort(),
    })
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(plan.ok && plan.value.batches.flatMap(({ orders }) => orders).length).toBe(50)
  })

  it('plans nothing for no orders, and refuses what cannot be planned', async () => {
    const problem = someProblem(3, { orders: 5 })
    const none = await planner.plan({ ...problem, orders: [] }, { seconds: 1 })
    expect(none.ok && none.value.batches).toEqual([])
    const refused = await planner.plan({ ...problem, capacities: [0] }, { seconds: 1 })
    expect(refused.ok ? null : refused.error.code).toBe('batching.capacity')
  })

  it('plans several problems at a time', async () => {
    const plans = await Promise.all(
      [1, 2, 3].map((seed) => planner.plan(someProblem(seed, { orders: 20 }), { seconds: 0.3 })),
    )
    expect(plans.map((plan) => plan.ok)).toEqual([true, true, true])
  })
})

describe('set partitioning', () => {
  it('chooses what trying everything chooses', async () => {
    const { choose } = await loadPartitioner()
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = createRandom(seed)
      const units = 6
      const costs = new Map<string, number>()
      const columns: Column[] = []
      for (let set = 1; set < 2 ** units; set += 1) {
        const members = Array.from({ length: units }, (_, unit) => unit).filter((unit) => (set >> unit) & 1)
        if (members.length > 3 || (members.length > 1 && random.next() < 0.4)) continue
        const metres = 10 + random.below(40) * Math.sqrt(members.length)
        costs.set(members.join(), metres)
        columns.push({ members, metres })
      }
      const totals = [...partitions(units)].map((batches) =>
        batches.reduce((sum, batch) => sum + (costs.get(batch.join()) ?? Infinity), 0),
      )
      const wish = { units, columns, fewest: 2, seconds: 5 }
      const chosen = choose({ ...wish, below: 1e6 }) ?? []
      const total = chosen.reduce((sum, { metres }) => sum + metres, 0)
      expect(total, `seed ${seed}`).toBeCloseTo(Math.min(...totals), 6)
      expect(chosen.flatMap(({ members }) => members).sort()).toEqual([0, 1, 2, 3, 4, 5])
      expect(choose({ ...wish, below: total })).toBeNull()
    }
  })

  it('says so when the columns make no plan', async () => {
    const { choose } = await loadPartitioner()
    const columns = [{ members: [0], metres: 1 }]
    expect(choose({ units: 2, columns, fewest: 1, below: 1e6, seconds: 1 })).toBeNull()
  })
})
