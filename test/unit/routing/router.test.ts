import { describe, expect, it } from 'vitest'
import { findFloorFaults, findStopFaults } from '#shared/domain/waves/routing/check-floor.ts'
import { createRouter } from '#shared/domain/waves/routing/router.ts'
import { bruteLength, randomCase, seeded, walkLength, type RandomFloor } from '#test/support/floors.ts'

const plain: RandomFloor = {
  aisles: [1, 5],
  blocks: [1, 1],
  stops: [0, 8],
  holes: 0,
  oneWay: 0,
  uneven: false,
  twoDepots: false,
}
const odd = { uneven: true, holes: 0.15, twoDepots: true }

const kinds: Readonly<Record<string, readonly [cases: number, kind: RandomFloor]>> = {
  'one block': [300, plain],
  'one block, a drop of its own': [200, { ...plain, twoDepots: true }],
  'two blocks': [300, { ...plain, blocks: [2, 2] }],
  'three blocks': [250, { ...plain, blocks: [3, 3] }],
  'more blocks than aisles': [150, { ...plain, aisles: [1, 3], blocks: [3, 5] }],
  'five cross aisles': [100, { ...plain, aisles: [5, 6], blocks: [4, 4] }],
  'uneven aisles': [300, { ...plain, blocks: [1, 3], uneven: true }],
  'holes and a drop of its own': [400, { ...plain, blocks: [1, 3], ...odd }],
  'one-way aisles, one block': [300, { ...plain, oneWay: 0.5, twoDepots: true }],
  'one-way aisles, two blocks': [300, { ...plain, blocks: [2, 2], oneWay: 0.3, holes: 0.05 }],
  'one-way aisles, three blocks': [
    200,
    { ...plain, blocks: [3, 3], stops: [0, 7], oneWay: 0.4, uneven: true },
  ],
  'everything at once': [300, { ...plain, blocks: [1, 3], stops: [0, 6], oneWay: 0.2, ...odd }],
}

describe('a shortest walk', () => {
  it.each(Object.keys(kinds))('%s: as long as trying everything, and walked as said', (name) => {
    const [cases, kind] = kinds[name] ?? [0, plain]
    const random = seeded(name.length * 7919)
    let walked = 0
    for (let i = 0; i < cases; i += 1) {
      const { floor, depots, stops } = randomCase(random, kind)
      if (findFloorFaults(floor, depots).length > 0) continue
      const expected = bruteLength(floor, depots, stops)
      const router = createRouter(floor, depots)
      const told = JSON.stringify({ floor, depots, stops })
      if (kind.oneWay === 0) expect(router.isExact(stops.length)).toBe(true)
      expect(router.length(stops), told).toBeCloseTo(expected, 9)
      expect(findStopFaults(floor, depots, stops).length === 0, told).toBe(expected < Infinity)
      const route = router.route(stops)
      if (expected === Infinity) {
        expect(route).toBeNull()
        continue
      }
      walked += 1
      expect(route?.length).toBe(router.length(stops))
      expect(
        route?.order.toSorted((a, b) => a - b),
        told,
      ).toEqual(stops.map((_, index) => index))
      const access = depots.start.access + depots.drop.access
      expect(walkLength(floor, route?.path ?? []) + access, told).toBeCloseTo(expected, 9)
      expect(route?.path[0]).toMatchObject({
        aisle: depots.start.aisle,
        cross: depots.start.cross,
        offset: 0,
      })
      expect(route?.path.at(-1)).toMatchObject({
        aisle: depots.drop.aisle,
        cross: depots.drop.cross,
        offset: 0,
      })
    }
    expect(walked).toBeGreaterThan(cases / 4)
  })
})
