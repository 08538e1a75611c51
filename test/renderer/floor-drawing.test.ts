import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterStops, numbersText, overlap } from '#renderer/features/waves/walk/cluster.ts'
import {
  draw,
  type DrawingAct,
  edit,
  type Edit,
  nudge,
  wayOfCross,
} from '#renderer/features/waves/floor/floor-editing.ts'
import { byHour } from '#renderer/features/waves/board/by-hour.ts'
import { boxOf, passagesOf, viewOf } from '#renderer/features/waves/floor/floor-view.ts'
import { along, beside, lengthOf } from '#renderer/features/waves/walk/route-line.ts'
import { pickedFromTop } from '#renderer/features/waves/wave/rework.ts'
import { bestOf, bestPlan, waysOf } from '#renderer/features/waves/planner/ways.ts'
import { floorPlan } from '#shared/contract/floor.ts'
import type { PlanSummary } from '#shared/contract/waves.ts'
import { checkPlan } from '#shared/domain/waves/floor/check.ts'
import type { FloorPlan } from '#shared/domain/waves/floor/plan.ts'
import { plainStrategy } from '#shared/domain/waves/strategy.ts'
import { beginHistory } from '#renderer/ui/history.ts'

const plan: FloorPlan = {
  crossAisles: [
    { name: 'front', yMm: 0 },
    { name: 'middle', yMm: 10_000 },
    { name: 'back', yMm: 20_000 },
  ],
  aisles: [
    { names: ['A/1'], xMm: 0, ways: ['both', 'closed'] },
    { names: ['A/2'], xMm: 3_000, ways: ['forward', 'both'] },
    { names: ['A/3'], xMm: 6_000, ways: ['both', 'both'] },
  ],
  crossWays: [
    { cross: 1, aisle: 0, way: 'closed' },
    { cross: 2, aisle: 1, way: 'forward' },
  ],
  depots: [{ name: 'bench', xMm: 0, yMm: 0, role: 'both' }],
  liftMmPerLevel: 0,
}

describe('the numbers of a map', () => {
  it('are short ranges', () => {
    expect(numbersText([4])).toBe('4')
    expect(numbersText([3, 4, 5, 9])).toBe('3–5,9')
    expect(numbersText([3, 4])).toBe('3,4')
    expect(numbersText([1, 3, 5, 7, 9, 11])).toBe('1+5')
  })

  it('never lie on each other, and none is lost', () => {
    const stop = fc.record({
      x: fc.double({ min: 0, max: 400, noNaN: true }),
      y: fc.double({ min: 0, max: 300, noNaN: true }),
      done: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(stop, { maxLength: 120 }), (places) => {
        const stops = places.map((place, at) => ({ ...place, number: at + 1 }))
        const marks = clusterStops(stops)
        for (const [at, one] of marks.entries())
          for (const other of marks.slice(at + 1)) expect(overlap(one, other)).toBe(false)
        expect(marks.flatMap(({ numbers }) => numbers).sort((a, b) => a - b)).toEqual(
          stops.map(({ number }) => number),
        )
        for (const mark of marks) {
          const done = stops.filter((one) => mark.numbers.includes(one.number) && one.done).length
          expect(mark.done).toBe(done === 0 ? 'none' : done === mark.numbers.length ? 'all' : 'some')
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('the picture of a floor', () => {
  it('is to scale, y upwards, and finds its way back to millimetres', () => {
    const view = viewOf(boxOf(plan), 800, 600, 40)
    expect(view.x(3_000) - view.x(0)).toBeCloseTo(view.y(0) - view.y(3_000))
    expect(view.y(20_000)).toBeLessThan(view.y(0))
    expect(view.xMm(view.x(1_234))).toBeCloseTo(1_234)
    expect(view.yMm(view.y(5_678))).toBeCloseTo(5_678)
    expect(view.height).toBeLessThanOrEqual(600)
    const passages = passagesOf(plan, view)
    expect(passages).toHaveLength(3 * 2 + 3 * 2)
    expect(passages.find((one) => one.kind === 'aisle' && one.aisle === 1 && one.across === 0)?.way).toBe(
      'forward',
    )
    expect(passages.find((one) => one.kind === 'cross' && one.aisle === 1 && one.across === 2)?.way).toBe(
      'forward',
    )
  })

  it('draws the way out and the way back beside each other', () => {
    const line = beside(
      [
        { x: 0, y: 100 },
        { x: 0, y: 0 },
        { x: 0, y: 100 },
      ],
      3,
    )
    expect(line.map(({ x }) => x)).toEqual([3, 3, -3, -3])
    expect(
      beside(
        [
          { x: 0, y: 0 },
          { x: 10, y: 0 },
          { x: 10, y: 10 },
        ],
        2,
      ),
    ).toEqual([
      { x: 0, y: 2 },
      { x: 8, y: 2 },
      { x: 8, y: 10 },
    ])
    expect(along(line, lengthOf(line))?.x).toBeCloseTo(-3)
    expect(along([], 4)).toBeNull()
  })
})

describe('drawing a floor', () => {
  it('snaps nothing but keeps the order of aisles', () => {
    expect(edit(plan, { do: 'moveAisle', at: 1, xMm: 9_999 }).aisles[1]?.xMm).toBe(5_900)
    expect(edit(plan, { do: 'moveCross', at: 1, yMm: -50 }).crossAisles[1]?.yMm).toBe(100)
  })

  it('a new cross aisle cuts a block in two halves with the way of the whole', () => {
    const cut = edit(plan, { do: 'addCross', after: 0 })
    expect(cut.crossAisles.map(({ yMm }) => yMm)).toEqual([0, 5_000, 10_000, 20_000])
    expect(cut.aisles.map(({ ways }) => ways)).toEqual([
      ['both', 'both', 'closed'],
      ['forward', 'forward', 'both'],
      ['both', 'both', 'both'],
    ])
    expect(wayOfCross(cut, 2, 0)).toBe('closed')
    const back = edit(cut, { do: 'removeCross', at: 1 })
    expect(back.crossAisles).toEqual(plan.crossAisles)
    expect(back.aisles).toEqual(plan.aisles)
    expect(back.crossWays).toEqual(plan.crossWays)
  })

  it('a new aisle leaves closed passages closed on both sides of it', () => {
    const more = edit(plan, { do: 'addAisle', after: 0 })
    expect(more.aisles.map(({ xMm }) => xMm)).toEqual([0, 1_500, 3_000, 6_000])
    expect([0, 1, 2].map((aisle) => wayOfCross(more, 1, aisle))).toEqual(['closed', 'closed', 'both'])
    expect(wayOfCross(more, 2, 2)).toBe('forward')
    const back = edit(more, { do: 'removeAisle', at: 1 })
    expect(back.aisles).toEqual(plan.aisles)
    expect([...back.crossWays].sort((a, b) => a.cross - b.cross)).toEqual(plan.crossWays)
  })

  it('a passage turns through its ways and back', () => {
    let now = plan
    for (const way of ['closed', 'both', 'forward', 'backward'] as const) {
      now = edit(now, { do: 'turnCross', at: 1, aisle: 0, way })
      expect(wayOfCross(now, 1, 0)).toBe(way)
    }
    const seen = [0, 1, 2, 3].map(() => {
      now = edit(now, { do: 'turnAisle', at: 2, block: 0 })
      return now.aisles[2]?.ways[0]
    })
    expect(seen).toEqual(['forward', 'backward', 'closed', 'both'])
  })

  it('one drag is one step back; what is undone can be done again', () => {
    const drag = [1_000, 2_000, 2_500].map((xMm): DrawingAct => ({
      act: 'edit',
      gesture: 'drag 1',
      step: { do: 'moveAisle', at: 1, xMm },
    }))
    const moved = drag.reduce(draw, beginHistory(plan))
    expect(moved.past).toHaveLength(1)
    const undone = draw(moved, { act: 'undo' })
    expect(undone.now).toBe(plan)
    expect(draw(undone, { act: 'redo' }).now).toBe(moved.now)
    const again = drag.reduce(draw, undone)
    expect(again.past).toHaveLength(1)
    expect(again.future).toHaveLength(0)
  })

  it('whatever is drawn stays a plan of the contract with one way for each block', () => {
    const small = fc.integer({ min: -1, max: 6 })
    const place = fc.integer({ min: -30_000, max: 30_000 })
    const step: fc.Arbitrary<Edit> = fc.oneof(
      fc.record({ do: fc.constant('moveAisle' as const), at: small, xMm: place }),
      fc.record({ do: fc.constant('moveCross' as const), at: small, yMm: place }),
      fc.record({
        do: fc.constant('addAisle' as const),
        after: fc.option(fc.integer({ min: 0, max: 3 })),
      }),
      fc.record({
        do: fc.constant('addCross' as const),
        after: fc.option(fc.integer({ min: 0, max: 3 })),
      }),
      fc.record({ do: fc.constant('removeAisle' as const), at: small }),
      fc.record({ do: fc.constant('removeCross' as const), at: small }),
      fc.record({
        do: fc.constant('turnAisle' as const),
        at: small,
        block: fc.integer({ min: 0, max: 3 }),
      }),
      fc.constant({ do: 'addDepot' as const }),
      fc.record({ do: fc.constant('lift' as const), mm: place }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const now = steps.reduce(edit, plan)
        expect(floorPlan.safeParse(now).success).toBe(true)
        for (const { ways } of now.aisles) expect(ways).toHaveLength(now.crossAisles.length - 1)
        for (const { cross, aisle } of now.crossWays) {
          expect(cross).toBeLessThan(now.crossAisles.length)
          expect(aisle).toBeLessThan(now.aisles.length - 1)
        }
        expect(checkPlan(now).filter(({ code }) => code.endsWith('OnOneSpot'))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('the arrow keys move a part only the way it can go', () => {
    expect(nudge(plan, { kind: 'aisle', at: 1 }, 0, 100)).toBeNull()
    expect(nudge(plan, { kind: 'aisle', at: 1 }, 100, 0)).toEqual({ do: 'moveAisle', at: 1, xMm: 3_100 })
    expect(nudge(plan, { kind: 'cross', at: 2 }, 0, -100)).toEqual({ do: 'moveCross', at: 2, yMm: 19_900 })
    expect(nudge(plan, { kind: 'depot', at: 0 }, 100, 100)).toEqual({
      do: 'changeDepot',
      at: 0,
      depot: { xMm: 100, yMm: 100 },
    })
  })
})

describe('comparing plans', () => {
  const summary = (strategy: string, more: Partial<PlanSummary>): PlanSummary => ({
    plan: strategy,
    strategy,
    walkedBy: 'floor',
    orders: 10,
    units: 20,
    stops: 15,
    distanceMm: 1_000_000,
    workSeconds: 600,
    doneSeconds: 300,
    late: 0,
    lateMinutes: 0,
    cut: false,
    waves: [],
    leftOut: [],
    leftOutCount: 0,
    ...more,
  })

  it('nobody late comes before a short walk', () => {
    const plans = [
      summary('short', { distanceMm: 500_000, late: 2, lateMinutes: 30 }),
      summary('punctual', { distanceMm: 900_000 }),
    ]
    expect(bestPlan(plans)?.strategy).toBe('punctual')
    expect(bestOf(plans, 'distance')).toBe(500_000)
    expect(bestOf(plans, 'leftOut')).toBeNull()
    expect(bestPlan([])).toBeNull()
  })

  it('an unsaved strategy stands in for the saved one of its name, or comes last', () => {
    const ways = waysOf(
      [{ name: 'shortest', strategy: plainStrategy, builtIn: true }],
      new Map([
        ['shortest', { ...plainStrategy, slots: 6 }],
        ['mine', plainStrategy],
      ]),
    )
    expect(ways.map(({ name, saved, strategy }) => [name, saved, strategy.slots])).toEqual([
      ['shortest', false, 6],
      ['mine', false, 12],
    ])
  })

  it('what leaves within an hour is one thing to do, and nothing is lost', () => {
    const hours = byHour([
      { at: '2026-03-05T08:10:00.000Z', orders: 3 },
      { at: '2026-03-05T08:55:12.000Z', orders: 4 },
      { at: '2026-03-05T09:00:00.000Z', orders: 5 },
    ])
    expect(hours).toEqual([
      { at: '2026-03-05T08:10:00.000Z', last: '2026-03-05T08:55:12.000Z', orders: 7 },
      { at: '2026-03-05T09:00:00.000Z', last: '2026-03-05T09:00:00.000Z', orders: 5 },
    ])
  })
})

describe('the numbers of a list', () => {
  it('a list is picked as far as it has no gap', () => {
    expect(pickedFromTop([{ picked: true }, { picked: false }, { picked: true }])).toBe(1)
    expect(pickedFromTop([{ picked: true }])).toBe(1)
    expect(pickedFromTop([])).toBe(0)
  })
})
