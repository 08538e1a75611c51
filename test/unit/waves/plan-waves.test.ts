import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { naturalOrder } from '#shared/support/natural-order.ts'
import { createLayout } from '#shared/domain/waves/planning/layout.ts'
import type { OrderToPlan } from '#shared/domain/waves/planning/order-to-plan.ts'
import { planWaves } from '#shared/domain/waves/plan-waves.ts'
import { plainStrategy, type Strategy } from '#shared/domain/waves/strategy.ts'

const options: Strategy = { ...plainStrategy, singles: true, slots: 3, units: 0, singleOrders: 4 }
const line = (sku: string, quantity: number) => ({
  sku,
  productId: products.get(sku) ?? null,
  quantity,
  weightG: 0,
  volumeMl: 0,
  fragile: false,
})
const order = (
  id: string,
  lines: Record<string, number>,
  shipBy: string | null = '2026-11-23T10:00:00.000Z',
): OrderToPlan => ({
  id,
  number: id,
  revision: 1,
  shipBy,
  due: shipBy,
  buyer: '',
  lines: Object.entries(lines).map(([sku, quantity]) => line(sku, quantity)),
})
const products = new Map([...'ABCDEFGH'].map((sku, index) => [sku, index + 1]))
const codes = ['1-2', '1-10', '2-1', '2-2', '10-1', '10-2']
const layout = createLayout(
  null,
  codes.map((code, index) => ({
    id: index + 1,
    code,
    zone: 'Z',
    aisle: code.split('-')[0] ?? '',
    level: '1',
    xMm: null,
    yMm: null,
  })),
  codes.map((_, index) => ({ productId: index + 1, shelf: index + 1, quantity: 100_000 })),
)
const ids = (plan: ReturnType<typeof planWaves>) => plan.waves.map((wave) => wave.orders.map((one) => one.id))

describe('planWaves', () => {
  it('puts orders of one SKU together, the others into slots from 1', () => {
    const plan = planWaves(
      [order('a', { A: 1 }), order('b', { A: 2, B: 1 }), order('c', { B: 3 }), order('d', { C: 1, D: 1 })],
      layout,
      options,
    )
    const slots = plan.waves.map((wave) => [wave.kind, ...wave.orders.map(({ id, slot }) => [id, slot])])
    expect(slots).toEqual([
      ['single', ['a', null], ['c', null]],
      ['multi', ['b', 1], ['d', 2]],
    ])
  })

  it('counts two lines of one SKU as one SKU, and picks them once', () => {
    const twice: OrderToPlan = {
      ...order('a', {}),
      lines: [line('A', 2), line('A', 3)],
    }
    const [wave] = planWaves([twice], layout, options).waves
    expect(wave?.kind).toBe('single')
    expect(wave?.picks).toEqual([{ orderId: 'a', productId: 1, shelf: 1, quantity: 5 }])
  })

  it('takes the most urgent first, those without a deadline last, and equals by their age', () => {
    const plan = planWaves(
      [
        order('d', { A: 1, B: 1 }, null),
        order('c', { A: 1, B: 1 }, '2026-11-24T00:00:00.000Z'),
        order('b', { A: 1, B: 1 }, '2026-11-22T00:00:00.000Z'),
        order('a', { A: 1, B: 1 }, '2026-11-24T00:00:00.000Z'),
      ],
      layout,
      options,
    )
    expect(ids(plan)).toEqual([['b', 'a', 'c'], ['d']])
    expect(plan.waves.map((wave) => wave.shipBy)).toEqual(['2026-11-22T00:00:00.000Z', null])
  })

  it('keeps to slots, to orders in a single wave and to units; a larger order travels alone', () => {
    const multi = [...'abcd'].map((id) => order(id, { A: 1, B: 1 }))
    expect(ids(planWaves(multi, layout, options))).toEqual([['a', 'b', 'c'], ['d']])
    const single = [...'abcdef'].map((id) => order(id, { A: 1 }))
    expect(ids(planWaves(single, layout, options))).toEqual([
      ['a', 'b', 'c', 'd'],
      ['e', 'f'],
    ])
    const heavy = [
      order('a', { A: 2, B: 1 }),
      order('b', { A: 9, B: 9 }),
      order('c', { A: 1, B: 1 }),
      order('d', { A: 1, B: 1 }),
    ]
    expect(ids(planWaves(heavy, layout, { ...options, units: 4 }))).toEqual([['a'], ['b'], ['c', 'd']])
  })

  it('leaves out what cannot be picked, with its reason', () => {
    const plan = planWaves(
      [order('a', { A: 1, X: 1 }), order('b', {}), order('c', { A: 1 })],
      layout,
      options,
    )
    expect(plan.leftOut).toEqual([
      { id: 'a', number: 'a', reason: { code: 'unknownSku', params: { sku: 'X' } } },
      { id: 'b', number: 'b', reason: { code: 'noLines' } },
    ])
    expect(ids(plan)).toEqual([['c']])
    expect(planWaves([], layout, options)).toEqual({ waves: [], leftOut: [] })
  })

  it('walks aisles in natural order, every second one back, and goods without a shelf last', () => {
    const [wave] = planWaves(
      [order('a', { G: 1, F: 1, E: 1, D: 1, C: 1, B: 1, A: 1 })],
      layout,
      options,
    ).waves
    expect(wave?.picks.map((pick) => codes[(pick.shelf ?? 0) - 1] ?? null)).toEqual([
      '1-2',
      '1-10',
      '2-2',
      '2-1',
      '10-1',
      '10-2',
      null,
    ])
  })

  it('plans each order once, loses no unit and does not depend on the order of its input', () => {
    const orders = fc.uniqueArray(
      fc.record({
        id: fc.stringMatching(/^[a-z]{3}$/),
        lines: fc.dictionary(fc.constantFrom(...'ABCDEFGHX'), fc.integer({ min: 1, max: 9 }), { maxKeys: 4 }),
        shipBy: fc.constantFrom(null, '2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z'),
      }),
      { selector: (one) => one.id, maxLength: 30 },
    )
    const some = fc.record({
      singles: fc.boolean(),
      slots: fc.integer({ min: 1, max: 5 }),
      units: fc.integer({ min: 0, max: 12 }),
      singleOrders: fc.integer({ min: 1, max: 5 }),
    })
    fc.assert(
      fc.property(orders, some, fc.infiniteStream(fc.nat()), (made, chosen, dice) => {
        const all = made.map((one) => order(one.id, one.lines, one.shipBy))
        const strategy = { ...options, ...chosen }
        const plan = planWaves(all, layout, strategy)
        const planned = ids(plan).flat()
        expect([...planned, ...plan.leftOut.map((one) => one.id)].sort()).toEqual(
          all.map((one) => one.id).sort(),
        )
        for (const wave of plan.waves) {
          const lines = all
            .filter((one) => wave.orders.some((slot) => slot.id === one.id))
            .flatMap((one) => one.lines)
          const units = (list: readonly { quantity: number }[]) =>
            list.reduce((sum, one) => sum + one.quantity, 0)
          expect(units(wave.picks)).toBe(units(lines))
          expect(wave.orders.length).toBeLessThanOrEqual(
            wave.kind === 'multi' ? chosen.slots : chosen.singleOrders,
          )
          if (chosen.units > 0 && wave.orders.length > 1)
            expect(units(lines)).toBeLessThanOrEqual(chosen.units)
          const slots = wave.orders.map((one) => one.slot)
          expect(slots).toEqual(
            wave.kind === 'multi' ? slots.map((_, index) => index + 1) : slots.map(() => null),
          )
          if (!chosen.singles) expect(wave.kind).toBe('multi')
        }
        const shuffled = all
          .map((one) => [dice.next().value, one] as const)
          .sort((a, b) => Number(a[0]) - Number(b[0]))
          .map(([, one]) => one)
        const again = planWaves(shuffled, layout, strategy)
        expect(again.waves.map((wave) => wave.orders)).toEqual(plan.waves.map((wave) => wave.orders))
      }),
      { numRuns: 300 },
    )
  })
})

describe('naturalOrder', () => {
  it('reads numbers as numbers', () => {
    expect(['A-10', 'A-9', 'A-1', 'B-1', 'A-2'].sort(naturalOrder)).toEqual([
      'A-1',
      'A-2',
      'A-9',
      'A-10',
      'B-1',
    ])
    expect(naturalOrder('A-9', 'A-10')).toBeLessThan(0)
    expect(naturalOrder('A-10-2', 'A-10-11')).toBeLessThan(0)
    expect(naturalOrder('9', 'A')).toBeLessThan(0)
  })

  it('is an order: total, antisymmetric, transitive', () => {
    const code = fc.stringMatching(/^[A-C0-9-]{0,6}$/)
    fc.assert(
      fc.property(code, code, code, (a, b, c) => {
        expect(Math.sign(naturalOrder(a, b)) + Math.sign(naturalOrder(b, a))).toBe(0)
        if (naturalOrder(a, b) <= 0 && naturalOrder(b, c) <= 0)
          expect(naturalOrder(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })
})
