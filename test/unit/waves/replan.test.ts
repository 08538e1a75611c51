import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type RunningOrder,
  type RunningPick,
  replanWave,
  type Shortage,
} from '#shared/domain/waves/replan.ts'

const due = (minute: number) => new Date(Date.UTC(2026, 10, 25, 8, minute)).toISOString()
const pick = (id: number, orderId: string, of: Partial<RunningPick> = {}): RunningPick => ({
  id,
  orderId,
  productId: 1,
  shelf: 1,
  quantity: 2,
  picked: 0,
  ...of,
})
const order = (id: string, minute: number, over = false): RunningOrder => ({ id, due: due(minute), over })
const nowhere = new Map<number, { shelf: number; quantity: number }[]>()

describe('the rest of a wave', () => {
  it('stays as it is when nothing happened', () => {
    const picks = [pick(1, 'a'), pick(2, 'b', { picked: 2 })]
    expect(replanWave(picks, [order('a', 1), order('b', 2)], [], nowhere)).toEqual({
      picks,
      moved: 0,
      short: [],
    })
  })

  it('asks for nothing more of an order that was taken back, and keeps what is on the cart', () => {
    const picks = [pick(1, 'a'), pick(2, 'a', { productId: 2, picked: 2 }), pick(3, 'b')]
    const after = replanWave(picks, [order('a', 1, true), order('b', 2)], [], nowhere)
    expect(after.picks.map(({ id, quantity, picked }) => [id, quantity, picked])).toEqual([
      [2, 2, 2],
      [3, 2, 0],
    ])
  })

  it('takes what a shelf did not have from another one', () => {
    const after = replanWave(
      [pick(1, 'a', { quantity: 5 })],
      [order('a', 1)],
      [{ shelf: 1, productId: 1, found: 2 }],
      new Map([[1, [{ shelf: 7, quantity: 9 }]]]),
    )
    expect(after).toEqual({
      picks: [
        { id: 1, orderId: 'a', productId: 1, shelf: 1, quantity: 2, picked: 2 },
        { id: null, orderId: 'a', productId: 1, shelf: 7, quantity: 3, picked: 0 },
      ],
      moved: 1,
      short: [],
    })
  })

  it('gives what was found to those that are due first; the others go without, and nothing more is picked for them', () => {
    const picks = [pick(1, 'late'), pick(2, 'soon'), pick(3, 'late', { productId: 9, shelf: 3 })]
    const after = replanWave(
      picks,
      [order('late', 50), order('soon', 5)],
      [{ shelf: 1, productId: 1, found: 2 }],
      nowhere,
    )
    expect(after.picks).toEqual([{ id: 2, orderId: 'soon', productId: 1, shelf: 1, quantity: 2, picked: 2 }])
    expect(after.short).toEqual([{ orderId: 'late', productId: 1, missing: 2 }])
  })

  it('picks nothing twice and forgets nothing, whatever happened', () => {
    const picks = fc.array(
      fc.record({
        orderId: fc.constantFrom('a', 'b', 'c', 'd'),
        productId: fc.integer({ min: 1, max: 3 }),
        shelf: fc.integer({ min: 1, max: 3 }),
        quantity: fc.integer({ min: 1, max: 5 }),
        part: fc.integer({ min: 0, max: 5 }),
      }),
      { maxLength: 14 },
    )
    const overs = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 })
    const shortages = fc.uniqueArray(
      fc.record({
        shelf: fc.integer({ min: 1, max: 3 }),
        productId: fc.integer({ min: 1, max: 3 }),
        found: fc.integer({ min: 0, max: 4 }),
      }),
      { selector: ({ shelf, productId }) => `${shelf} ${productId}`, maxLength: 4 },
    )
    const spare = fc.array(
      fc.record({
        productId: fc.integer({ min: 1, max: 3 }),
        shelf: fc.integer({ min: 4, max: 6 }),
        quantity: fc.integer({ min: 0, max: 6 }),
      }),
      { maxLength: 4 },
    )
    let short = 0
    let moved = 0
    fc.assert(
      fc.property(picks, overs, shortages, spare, (made, over, missing: readonly Shortage[], other) => {
        const all = made.map(({ part, ...one }, id): RunningPick => ({
          ...one,
          id,
          picked: Math.min(part, one.quantity),
        }))
        const orders = ['a', 'b', 'c', 'd'].map((id, at) => order(id, at, over[at] ?? false))
        const elsewhere = new Map<number, { shelf: number; quantity: number }[]>()
        for (const { productId, shelf, quantity } of other)
          elsewhere.set(productId, [...(elsewhere.get(productId) ?? []), { shelf, quantity }])
        const after = replanWave(all, orders, missing, elsewhere)
        short += after.short.length
        moved += after.moved
        const lacking = new Set(after.short.map(({ orderId }) => orderId))
        const units = (
          list: readonly { orderId: string; productId: number }[],
          id: string,
          product: number,
          of: string,
        ) =>
          list
            .filter((one) => one.orderId === id && one.productId === product)
            .reduce((sum, one) => sum + Number((one as unknown as Record<string, number>)[of]), 0)
        for (const { id, over: isOver } of orders) {
          for (const product of [1, 2, 3]) {
            const asked = units(all, id, product, 'quantity')
            const before = units(all, id, product, 'picked')
            const now = units(after.picks, id, product, 'quantity')
            const onCart = units(after.picks, id, product, 'picked')
            // What was on the cart is on it still, and never more than the order asks for.
            expect(onCart).toBeGreaterThanOrEqual(before)
            expect(now).toBeLessThanOrEqual(asked)
            if (isOver) expect([now, onCart]).toEqual([before, before])
            else if (lacking.has(id)) expect(now).toBe(onCart)
            else expect(now).toBe(asked)
          }
        }
        for (const one of after.picks) expect(one.picked).toBeLessThanOrEqual(one.quantity)
        // No shelf gives more than it has.
        for (const { productId, shelf, quantity } of other) {
          const holds = other
            .filter((one) => one.productId === productId && one.shelf === shelf)
            .reduce((sum, one) => sum + one.quantity, 0)
          const taken = after.picks
            .filter((one) => one.productId === productId && one.shelf === shelf)
            .reduce((sum, one) => sum + one.quantity, 0)
          expect(taken).toBeLessThanOrEqual(holds)
          expect(quantity).toBeLessThanOrEqual(holds)
        }
      }),
      { numRuns: 5_000 },
    )
    console.log(
      `replan: 5,000 random waves, ${moved} lines moved, ${short} lines short, none picked twice or forgotten`,
    )
    expect(short).toBeGreaterThan(100)
    expect(moved).toBeGreaterThan(100)
  })
})
