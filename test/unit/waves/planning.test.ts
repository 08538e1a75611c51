import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueOf } from '#shared/domain/waves/due.ts'
import { floorOf } from '#shared/domain/waves/floor/plan.ts'
import { createLayout, type Layout } from '#shared/domain/waves/planning/layout.ts'
import type { OrderToPlan } from '#shared/domain/waves/planning/order-to-plan.ts'
import { scheduleWaves } from '#shared/domain/waves/planning/schedule.ts'
import { planWaves, type WavePlan } from '#shared/domain/waves/plan-waves.ts'
import { splitList } from '#shared/domain/waves/split-list.ts'
import { plainStrategy, type Strategy } from '#shared/domain/waves/strategy.ts'
import { crossingName, placeName, surveyFloor } from '#test/support/floors.ts'
import { dice, someFloor, someOrders, someShelves } from '#test/support/warehouse-floor.ts'

const strategy = (of: Partial<Strategy> = {}): Strategy => ({ ...plainStrategy, slots: 4, ...of })

/** Every product on one shelf, some on a second one. */
function stockOf(seed: number, products: number, shelves: number, units: number) {
  const roll = dice(seed)
  return Array.from({ length: products }, (_, index) => {
    const first = 1 + roll(shelves)
    const second = 1 + roll(shelves)
    const rows = [{ productId: index + 1, shelf: first, quantity: 1 + roll(units) }]
    return second === first
      ? rows
      : [...rows, { productId: index + 1, shelf: second, quantity: 1 + roll(units) }]
  }).flat()
}

/** The walk of a wave's list, measured by another's shortest ways. */
function walkedAgain(
  layout: Layout,
  plan: ReturnType<typeof someFloor>,
  picks: WavePlan['waves'][number]['picks'],
) {
  const stops = picks.flatMap(({ shelf }) => {
    const stop = shelf === null ? null : layout.shelves.get(shelf)?.stop
    return stop === null || stop === undefined ? [] : [stop]
  })
  if (stops.length === 0 || layout.walkable === null) return 0
  const map = surveyFloor(floorOf(plan), stops)
  const { start, drop } = layout.walkable.depots
  const names = [
    crossingName(start.aisle, start.cross),
    ...stops.map(({ aisle, block, offset }) => placeName(aisle, block, offset)),
    crossingName(drop.aisle, drop.cross),
  ]
  const walked = names.slice(1).reduce((sum, name, at) => sum + map.between(names[at] ?? '', name), 0)
  return Math.round(walked + start.access + drop.access)
}

describe('a plan of waves', () => {
  it('picks every unit of every order once, keeps to every cart, and says how far each list really is', () => {
    let plans = 0
    let waves = 0
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.nat(1_000_000),
          aisles: fc.integer({ min: 1, max: 6 }),
          blocks: fc.integer({ min: 1, max: 3 }),
          oneWay: fc.boolean(),
          orders: fc.integer({ min: 0, max: 25 }),
          units: fc.constantFrom(3, 20, 500),
        }),
        fc.record({
          singles: fc.boolean(),
          identical: fc.constantFrom(0, 2),
          hotShare: fc.constantFrom(0, 40),
          zones: fc.boolean(),
          slots: fc.integer({ min: 1, max: 6 }),
          units: fc.constantFrom(0, 8, 30),
          weightG: fc.constantFrom(0, 3_000),
          volumeMl: fc.constantFrom(0, 1_500),
          stops: fc.constantFrom(0, 6),
          buyersTogether: fc.boolean(),
          heavyFirstG: fc.constantFrom(0, 900),
          fragileLast: fc.boolean(),
          walk: fc.constantFrom('shortest', 'serpentine', 'byCode'),
          needStock: fc.boolean(),
        }),
        (place, wish) => {
          const floor = someFloor(place.aisles, place.blocks, place.oneWay)
          const shelves = someShelves(floor, 4)
          const stock = stockOf(place.seed, 15, shelves.length, place.units)
          const layout = createLayout(floor, shelves, stock)
          const all = someOrders(place.seed, { orders: place.orders, products: 15, buyers: 8 })
          const chosen = strategy(wish as Partial<Strategy>)
          const plan = planWaves(all, layout, chosen)
          plans += 1
          waves += plan.waves.length
          checkPlan(all, plan, chosen)
          for (const wave of plan.waves) {
            expect(wave.distanceMm).toBe(walkedAgain(layout, floor, wave.picks))
            checkOrder(wave, all, chosen)
          }
          if (chosen.needStock) checkStock(plan, stock)
        },
      ),
      { numRuns: 300 },
    )
    console.log(`planning: ${plans} plans with ${waves} waves, each unit once, each walk measured again`)
  })

  it('walks shorter by the shortest way than by any rule, over the same waves', () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const floor = someFloor(5, 2)
      const shelves = someShelves(floor, 5)
      const layout = createLayout(floor, shelves, stockOf(seed, 30, shelves.length, 500))
      const orders = someOrders(seed, { orders: 20, products: 30 })
      const far = (walk: Strategy['walk']) =>
        planWaves(orders, layout, strategy({ walk, batching: 'firstCome' })).waves.reduce(
          (sum, { distanceMm }) => sum + (distanceMm ?? 0),
          0,
        )
      const shortest = far('shortest')
      expect(shortest).toBeLessThanOrEqual(far('serpentine'))
      expect(shortest).toBeLessThanOrEqual(far('byCode'))
    }
  })

  it('leaves an order out that is not wholly in stock, and gives the stock to those that are due first', () => {
    const shelves = someShelves(someFloor(1, 1), 2)
    const layout = createLayout(null, shelves, [{ productId: 1, shelf: 1, quantity: 5 }])
    const order = (id: string, quantity: number, due: string | null): OrderToPlan => ({
      ...(someOrders(1, { orders: 1, products: 1 })[0] as OrderToPlan),
      id,
      number: id,
      due,
      shipBy: due,
      lines: [{ sku: 'S-1', productId: 1, quantity, weightG: 0, volumeMl: 0, fragile: false }],
    })
    const orders = [
      order('late', 3, null),
      order('soon', 4, '2026-11-25T09:00:00.000Z'),
      order('one', 1, null),
    ]
    const plan = planWaves(orders, layout, strategy())
    expect(plan.leftOut).toEqual([
      { id: 'late', number: 'late', reason: { code: 'noStock', params: { sku: 'S-1', needed: 3, free: 1 } } },
    ])
    expect(plan.waves.flatMap(({ orders: its }) => its.map(({ id }) => id)).sort()).toEqual(['one', 'soon'])
    expect(planWaves(orders, layout, strategy({ needStock: false })).leftOut).toEqual([])
  })

  it('leaves out an order with more lines than any list holds, and says so', () => {
    const [order] = someOrders(1, { orders: 1, products: 3 })
    if (order === undefined) throw new Error('no order')
    const [line] = order.lines
    const huge = { ...order, lines: Array.from({ length: 10_000 }, () => line).flatMap((one) => one ?? []) }
    const plan = planWaves([huge], createLayout(null, [], []), strategy())
    expect(plan).toEqual({
      waves: [],
      leftOut: [
        {
          id: order.id,
          number: order.number,
          reason: { code: 'tooManyLines', params: { lines: 10_000, most: 5_000 } },
        },
      ],
    })
  })

  it('makes waves of identical orders, of hot goods and of zones where it is told to', () => {
    const shelves = someShelves(someFloor(2, 1), 3).map((shelf, at) => ({
      ...shelf,
      zone: at < 3 ? 'A' : 'B',
    }))
    const layout = createLayout(
      null,
      shelves,
      shelves.map(({ id }) => ({ productId: id, shelf: id, quantity: 1000 })),
    )
    const order = (id: string, products: readonly number[]): OrderToPlan => ({
      id,
      number: id,
      revision: 1,
      shipBy: null,
      due: null,
      buyer: '',
      lines: products.map((productId) => ({
        sku: `S-${productId}`,
        productId,
        quantity: 1,
        weightG: 0,
        volumeMl: 0,
        fragile: false,
      })),
    })
    const same = ['a', 'b', 'c'].map((id) => order(id, [1, 4]))
    const others = [order('d', [1, 2]), order('e', [4, 5]), order('f', [2, 5])]
    const themes = (of: Partial<Strategy>) =>
      planWaves([...same, ...others], layout, strategy(of))
        .waves.map(
          ({ kind, theme, orders }) =>
            `${kind} ${theme}: ${orders
              .map(({ id }) => id)
              .sort()
              .join('')}`,
        )
        .sort()
    expect(themes({ identical: 3 })).toEqual(['multi : def', 'single identical: abc'])
    expect(themes({ zones: true, slots: 10 })).toEqual(['multi : abcf', 'multi zone A: d', 'multi zone B: e'])
    expect(themes({ hotShare: 66, slots: 10 })).toEqual(['multi : def', 'multi hot: abc'])
  })

  it('keeps the orders of one buyer on one cart', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const layout = createLayout(null, [], [])
      const orders = someOrders(seed, { orders: 20, products: 6, lines: 3, buyers: 7 })
      const plan = planWaves(orders, layout, strategy({ singles: false, slots: 8, needStock: false }))
      const waveOf = new Map<string, Set<number>>()
      for (const [at, wave] of plan.waves.entries()) {
        for (const { id } of wave.orders) {
          const buyer = orders.find((one) => one.id === id)?.buyer ?? ''
          waveOf.set(buyer, (waveOf.get(buyer) ?? new Set()).add(at))
        }
      }
      for (const [buyer, at] of waveOf) {
        const own = orders.filter((one) => one.buyer === buyer).length
        if (own <= 8) expect(at.size, `${seed} ${buyer}`).toBe(1)
      }
    }
  })
})

function checkPlan(all: readonly OrderToPlan[], plan: WavePlan, chosen: Strategy): void {
  const planned = plan.waves.flatMap(({ orders }) => orders.map(({ id }) => id))
  expect([...planned, ...plan.leftOut.map(({ id }) => id)].sort()).toEqual(all.map(({ id }) => id).sort())
  for (const wave of plan.waves) {
    const own = all.filter((order) => wave.orders.some(({ id }) => id === order.id))
    const asked = new Map<string, number>()
    for (const order of own) {
      for (const { productId, quantity } of order.lines) {
        const key = `${order.id} ${productId}`
        asked.set(key, (asked.get(key) ?? 0) + quantity)
      }
    }
    const picked = new Map<string, number>()
    for (const { orderId, productId, quantity } of wave.picks) {
      expect(quantity).toBeGreaterThan(0)
      const key = `${orderId} ${productId}`
      picked.set(key, (picked.get(key) ?? 0) + quantity)
    }
    expect([...picked].sort()).toEqual([...asked].sort())
    if (own.length === 1) continue // an order that is more than a cart travels alone
    const sum = (of: (line: OrderToPlan['lines'][number]) => number) =>
      own.reduce(
        (total, { lines }) => total + lines.reduce((most, line) => most + of(line) * line.quantity, 0),
        0,
      )
    expect(own.length).toBeLessThanOrEqual(wave.kind === 'multi' ? chosen.slots : chosen.singleOrders)
    if (chosen.units > 0) expect(sum(() => 1)).toBeLessThanOrEqual(chosen.units)
    if (chosen.weightG > 0) expect(sum(({ weightG }) => weightG)).toBeLessThanOrEqual(chosen.weightG)
    if (chosen.volumeMl > 0) expect(sum(({ volumeMl }) => volumeMl)).toBeLessThanOrEqual(chosen.volumeMl)
  }
}

/** Slots in the order of the list; heavy goods before and fragile ones behind all others. */
function checkOrder(wave: WavePlan['waves'][number], all: readonly OrderToPlan[], chosen: Strategy): void {
  const first = [...new Set(wave.picks.map(({ orderId }) => orderId))]
  expect(wave.orders.map(({ id }) => id)).toEqual(first)
  expect(wave.orders.map(({ slot }) => slot)).toEqual(
    wave.kind === 'multi' ? first.map((_, at) => at + 1) : first.map(() => null),
  )
  const line = new Map(all.flatMap(({ lines }) => lines.map((one) => [one.productId, one] as const)))
  const rank = wave.picks.map(({ productId }) => {
    const goods = line.get(productId)
    if (chosen.fragileLast && goods?.fragile === true) return 2
    return chosen.heavyFirstG > 0 && (goods?.weightG ?? 0) >= chosen.heavyFirstG ? 0 : 1
  })
  expect(rank).toEqual([...rank].sort((a, b) => a - b))
}

/** No shelf is asked for more than it holds. */
function checkStock(
  plan: WavePlan,
  stock: readonly { productId: number; shelf: number; quantity: number }[],
): void {
  const asked = new Map<string, number>()
  for (const { productId, shelf, quantity } of plan.waves.flatMap(({ picks }) => picks)) {
    const key = `${productId} ${shelf}`
    asked.set(key, (asked.get(key) ?? 0) + quantity)
  }
  for (const [key, quantity] of asked) {
    const there = stock.find(({ productId, shelf }) => `${productId} ${shelf}` === key)?.quantity ?? 0
    expect(quantity, key).toBeLessThanOrEqual(there)
  }
}

describe('when a parcel is due', () => {
  const zone = 'Asia/Shanghai'
  const now = '2026-11-25T02:00:00.000Z' // 10:00 there
  it.each([
    ['whenever', null, '16:30', null],
    ['no hour', '2026-11-25T10:00:00.000Z', null, '2026-11-25T10:00:00.000Z'],
    ['today’s collection', '2026-11-25T15:00:00.000Z', '16:30', '2026-11-25T08:30:00.000Z'],
    [
      'the collection before, when today’s comes after',
      '2026-11-26T06:00:00.000Z',
      '16:30',
      '2026-11-25T08:30:00.000Z',
    ],
    [
      'the next one, when it is too late for any',
      '2026-11-25T01:00:00.000Z',
      '16:30',
      '2026-11-25T08:30:00.000Z',
    ],
    ['tomorrow’s, when today’s is over', '2026-11-25T01:59:00.000Z', '09:00', '2026-11-26T01:00:00.000Z'],
    ['a far day', '2026-12-02T15:59:59.000Z', '20:00', '2026-12-02T12:00:00.000Z'],
  ])('%s', (_, shipBy, time, due) => {
    expect(dueOf(shipBy, { time, zone }, now)).toBe(due)
  })

  it('keeps the hour of the wall across a change of summer time', () => {
    const berlin = { time: '17:00', zone: 'Europe/Berlin' }
    expect(dueOf('2026-10-25T20:00:00.000Z', berlin, '2026-10-20T00:00:00.000Z')).toBe(
      '2026-10-25T16:00:00.000Z',
    )
    expect(dueOf('2026-10-24T20:00:00.000Z', berlin, '2026-10-20T00:00:00.000Z')).toBe(
      '2026-10-24T15:00:00.000Z',
    )
    // The 29th of March has 23 hours: 24 hours before 00:30 on the 30th it was still the 28th.
    expect(dueOf('2026-03-29T22:30:00.000Z', berlin, '2026-03-20T00:00:00.000Z')).toBe(
      '2026-03-29T15:00:00.000Z',
    )
    // The 25th of October has 25: 24 hours after 00:30 it is still the 25th.
    expect(
      dueOf('2026-10-20T00:00:00.000Z', { time: '00:15', zone: 'Europe/Berlin' }, '2026-10-24T22:30:00.000Z'),
    ).toBe('2026-10-25T23:15:00.000Z')
  })
})

describe('waves in their turn', () => {
  const now = '2026-11-25T08:00:00.000Z'
  const wave = (minutes: number, due: number | null) => {
    const at = due === null ? null : new Date(Date.parse(now) + due * 60_000).toISOString()
    return {
      due: at,
      seconds: minutes * 60,
      orders: [{ id: 'x', number: 'x', slot: 1, due: at, revision: 1 }],
    }
  }
  it('takes what is due first, by whoever is free, and counts what comes too late', () => {
    const waves = [wave(30, null), wave(20, 25), wave(20, 15), wave(10, 40)]
    const two = scheduleWaves(waves, 2, now)
    expect(two.doneSeconds.map((one) => one / 60)).toEqual([50, 20, 20, 30])
    expect(two).toMatchObject({ late: [0, 0, 1, 0], lateMinutes: 5 })
    expect(scheduleWaves(waves, 1, now)).toMatchObject({ late: [0, 1, 1, 1], lateMinutes: 15 + 5 + 10 })
  })
})

describe('a list for several pickers', () => {
  it('is cut so that the longest walk is as short as can be, and nobody stands idle', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        (steps, parts) => {
          const lengthOf = ({ from, until }: { from: number; until: number }) =>
            steps.slice(from, until).reduce((sum, step) => sum + step, 0)
          const stretches = splitList(steps.length, parts, lengthOf)
          expect(stretches).toHaveLength(Math.min(parts, steps.length))
          expect(stretches[0]?.from).toBe(0)
          expect(stretches.at(-1)?.until).toBe(steps.length)
          stretches.slice(1).forEach(({ from }, at) => expect(from).toBe(stretches[at]?.until))
          const longest = Math.max(...stretches.map(lengthOf))
          expect(longest).toBe(shortestCut(steps, Math.min(parts, steps.length)))
        },
      ),
      { numRuns: 500 },
    )
  })
})

/** By trying every cut. */
function shortestCut(steps: readonly number[], parts: number): number {
  const sum = steps.reduce((total, step) => total + step, 0)
  if (parts === 1) return sum
  let best = Infinity
  for (let first = 1; first <= steps.length - parts + 1; first += 1) {
    const own = steps.slice(0, first).reduce((total, step) => total + step, 0)
    best = Math.min(best, Math.max(own, shortestCut(steps.slice(first), parts - 1)))
  }
  return best
}
