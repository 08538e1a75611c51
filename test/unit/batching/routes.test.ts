import { describe, expect, it } from 'vitest'
import { asOneBlock, oneBlockRoutes } from '#shared/domain/waves/batching/one-block.ts'
import { createRandom } from '#shared/domain/waves/batching/random.ts'
import { createRoutes, rememberRoutes } from '#shared/domain/waves/batching/route-cost.ts'
import { buildRectangle, type Depot, type Floor } from '#shared/domain/waves/routing/floor.ts'
import { createRouter } from '#shared/domain/waves/routing/router.ts'
import { someProblem, someStops, unitsOf } from './problems.ts'

describe('the fast routes of one block', () => {
  it('are as long as those of the router, whatever the block', () => {
    for (let seed = 1; seed <= 3_000; seed += 1) {
      const random = createRandom(seed)
      const aisles = 1 + random.below(9)
      const length = 1 + random.below(60)
      const spaces = Array.from({ length: aisles - 1 }, () => 1 + random.below(12))
      const both = (metres: number) => ({ length: metres, direction: 'both' as const })
      const floor: Floor = {
        aisles: Array.from({ length: aisles }, () => [both(length)]),
        crossAisles: [spaces.map(both), spaces.map(both)],
      }
      const bench: Depot = { aisle: random.below(aisles), cross: random.below(2), access: random.below(3) }
      const depots = { start: bench, drop: bench }
      const units = Array.from({ length: 4 }, () => ({
        stops: someStops(random, random.below(12), aisles, [length]),
      }))
      const block = asOneBlock(floor, depots)
      if (block === null) throw new Error('this floor is one block')
      const fast = oneBlockRoutes(block, units)
      const router = createRouter(floor, depots)
      for (const members of [[0], [1, 2], [3, 0, 2], [0, 1, 2, 3]]) {
        const stops = members.flatMap((unit) => units[unit]?.stops ?? [])
        expect(fast.metres(Int32Array.from(members), members.length), `seed ${seed}`).toBeCloseTo(
          router.length(stops),
          8,
        )
      }
    }
  })

  it('are for one block only', () => {
    const bench: Depot = { aisle: 0, cross: 0, access: 0 }
    const depots = { start: bench, drop: bench }
    expect(asOneBlock(buildRectangle(4, [10], 3), depots)).not.toBeNull()
    expect(asOneBlock(buildRectangle(4, [10, 10], 3), depots)).toBeNull()
    expect(asOneBlock(buildRectangle(4, [10], 0), depots)).toBeNull()
    expect(asOneBlock(buildRectangle(4, [10], 3), { ...depots, drop: { ...bench, aisle: 1 } })).toBeNull()
    const { aisles, crossAisles } = buildRectangle(4, [10], 3)
    expect(asOneBlock({ aisles: [...aisles.slice(1), [null]], crossAisles }, depots)).toBeNull()
    const oneWay = { length: 10, direction: 'forward' as const }
    expect(asOneBlock({ aisles: [...aisles.slice(1), [oneWay]], crossAisles }, depots)).toBeNull()
    expect(
      asOneBlock({ aisles: [...aisles.slice(1), [{ ...oneWay, length: 9 }]], crossAisles }, depots),
    ).toBeNull()
  })
})

describe('routes on another floor', () => {
  it('are those of the router', () => {
    const problem = unitsOf(someProblem(5, { orders: 6, blocks: [10, 8, 6] }))
    const router = createRouter(problem.floor, problem.depots)
    const stops = [4, 1].flatMap((unit) => problem.units[unit]?.stops ?? [])
    expect(createRoutes(problem).metres(Int32Array.of(4, 1, 3), 2)).toBe(router.length(stops))
  })

  it('are asked for once, in whatever order the units come', () => {
    const asked: string[] = []
    const routes = rememberRoutes((units) => asked.push(units.join()), 2)
    for (const units of [
      [2, 10, 1],
      [10, 1, 2],
      [1, 2],
      [2, 1],
    ])
      routes.metres(Int32Array.from(units), units.length)
    expect(asked).toEqual(['1,2,10', '1,2'])
    for (const units of [[3], [1, 2]]) routes.metres(Int32Array.from(units), units.length)
    expect(asked).toEqual(['1,2,10', '1,2', '3', '1,2'])
  })
})
