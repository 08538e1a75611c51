import { describe, expect, it } from 'vitest'
import { findFloorFaults, findStopFaults } from '#shared/domain/waves/routing/check-floor.ts'
import { buildRectangle } from '#shared/domain/waves/routing/floor.ts'
import { createRouter } from '#shared/domain/waves/routing/router.ts'
import { createTours } from '#shared/domain/waves/routing/tour.ts'
import { createSeeded as seeded } from '#shared/support/seeded.ts'
import { bruteLength, randomCase, walkLength, type RandomFloor } from '#test/support/floors.ts'

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
  'one-way aisles, five cross aisles': [
    100,
    { ...plain, aisles: [5, 6], blocks: [4, 4], stops: [0, 7], oneWay: 0.3, uneven: true },
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

  it('depends on nothing but the list: one router answers many lists', () => {
    const random = seeded(11)
    for (let i = 0; i < 40; i += 1) {
      const { floor, depots, stops } = randomCase(random, { ...plain, blocks: [1, 3], stops: [1, 30] })
      const router = createRouter(floor, depots)
      for (let list = 0; list < 20; list += 1) {
        const some = stops.filter(() => random() < 0.5)
        expect(router.length(some)).toBe(createRouter(floor, depots).length(some))
      }
    }
  })

  it('does not look at the order of the list, nor twice at one place', () => {
    const random = seeded(12)
    for (let i = 0; i < 100; i += 1) {
      const { floor, depots, stops } = randomCase(random, {
        ...plain,
        blocks: [1, 3],
        stops: [1, 60],
        oneWay: 0.1,
      })
      const router = createRouter(floor, depots)
      expect(router.length([...stops.toReversed(), ...stops])).toBe(router.length(stops))
    }
  })

  it('takes a list of 10,000 stops', () => {
    const floor = buildRectangle(20, [30, 30], 4)
    const bench = { aisle: 0, cross: 0, access: 1 }
    const random = seeded(13)
    const stops = Array.from({ length: 10_000 }, () => ({
      aisle: Math.floor(random() * 20),
      block: Math.floor(random() * 2),
      offset: Math.floor(random() * 31),
    }))
    const router = createRouter(floor, { start: bench, drop: bench })
    // Every aisle through, and along the front and the back.
    expect(router.length(stops)).toBe(2 + 20 * 60 + 2 * 19 * 4)
    expect(router.route(stops)?.order).toHaveLength(10_000)
  })

  it('comes back as often as it must, where only one aisle leads back', () => {
    const back = { length: 10, direction: 'backward' } as const
    const there = { length: 10, direction: 'forward' } as const
    const wide = buildRectangle(40, [10], 1)
    const floor = { ...wide, aisles: [[back], ...wide.aisles.slice(1).map(() => [there])] }
    const bench = { aisle: 0, cross: 0, access: 0 }
    const router = createRouter(floor, { start: bench, drop: bench })
    const stops = Array.from({ length: 39 }, (_, i) => ({ aisle: i + 1, block: 0, offset: 5 }))
    // Each aisle is a round of its own: out by one cross aisle, home by the other.
    const rounds = (count: number) => count * (count + 1) + count * 20
    expect(router.length(stops.slice(0, 12))).toBe(rounds(12))
    expect(router.length(stops)).toBe(rounds(39))
    expect(walkLength(floor, router.route(stops)?.path ?? [])).toBe(rounds(39))
  })

  it('is a number, or Infinity where no walk leads', () => {
    const floor = buildRectangle(2, [10], 4)
    const bench = { aisle: 0, cross: 0, access: 1 }
    const router = createRouter(floor, { start: bench, drop: bench })
    expect(router.length([])).toBe(2)
    for (const stop of [
      { aisle: 2, block: 0, offset: 0 },
      { aisle: 0, block: 1, offset: 0 },
      { aisle: -1, block: 0, offset: 0 },
      { aisle: 0.5, block: 0, offset: 0 },
      { aisle: 0, block: 0, offset: 11 },
      { aisle: 0, block: 0, offset: Number.NaN },
    ]) {
      expect(router.length([stop])).toBe(Infinity)
      expect(router.route([stop])).toBeNull()
    }
    expect(router.length([{ aisle: 1, block: 0, offset: 10 }])).toBe(2 + 2 * 14)
  })
})

describe('a tour, where the floor has too many cross aisles', () => {
  it('is within 1 % of the shortest walk where that can be worked out', () => {
    const random = seeded(17)
    for (let i = 0; i < 40; i += 1) {
      const kind = {
        ...plain,
        aisles: [7, 8],
        blocks: [7, 8],
        stops: [1, 8],
        oneWay: i % 2 === 0 ? 0 : 0.2,
      } as const
      const { floor, depots, stops } = randomCase(random, { ...kind, uneven: true, twoDepots: i % 3 === 0 })
      if (findFloorFaults(floor, depots).length > 0) continue
      const router = createRouter(floor, depots)
      const expected = bruteLength(floor, depots, stops)
      expect(router.isExact(stops.length)).toBe(false)
      if (expected === Infinity) expect(router.route(stops)).toBeNull()
      else {
        const route = router.route(stops)
        expect(route?.length ?? Infinity).toBeLessThanOrEqual(expected * 1.01)
        expect(route?.length).toBe(router.length(stops))
        const access = depots.start.access + depots.drop.access
        expect(walkLength(floor, route?.path ?? []) + access).toBeCloseTo(route?.length ?? 0, 9)
        expect(route?.order.toSorted((a, b) => a - b)).toEqual(stops.map((_, index) => index))
      }
    }
  })

  it('is within 1 % of the sweep on lists too long for trying everything', () => {
    const random = seeded(19)
    const floor = buildRectangle(12, [12, 12, 12], 4)
    const bench = { aisle: 3, cross: 0, access: 0 }
    const depots = { start: bench, drop: bench }
    const [router, tours] = [createRouter(floor, depots), createTours(floor, depots)]
    for (let i = 0; i < 10; i += 1) {
      const stops = Array.from({ length: 40 }, () => ({
        aisle: Math.floor(random() * 12),
        block: Math.floor(random() * 3),
        offset: Math.floor(random() * 13),
      }))
      const [shortest, tour] = [router.length(stops), tours.measure(stops)]
      expect(tour).toBeGreaterThanOrEqual(shortest - 1e-9)
      expect(tour).toBeLessThanOrEqual(shortest * 1.01)
    }
  })
})
