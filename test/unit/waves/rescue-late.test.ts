import { describe, expect, it } from 'vitest'
import type { OrderToPlan } from '#shared/domain/waves/planning/order-to-plan.ts'
import { rescueLate } from '#shared/domain/waves/planning/rescue-late.ts'
import type { PlannedWave } from '#shared/domain/waves/planning/walk-wave.ts'
import { plainStrategy, type Strategy } from '#shared/domain/waves/strategy.ts'

const now = '2026-11-22T08:00:00.000Z'
const order = (id: string, due: string | null): OrderToPlan => ({
  id,
  number: id,
  revision: 1,
  shipBy: due,
  due,
  buyer: '',
  lines: [{ sku: id, productId: 1, quantity: 1, weightG: 0, volumeMl: 0, fragile: false }],
})
const strategy: Strategy = { ...plainStrategy, slots: 8, units: 0, pickers: 1 }
const waveOf = (orders: readonly OrderToPlan[]): PlannedWave => ({
  kind: 'multi',
  theme: '',
  orders: orders.map((one, at) => ({ ...one, slot: at + 1 })),
  picks: [],
  shipBy: null,
  due: orders.flatMap(({ due }) => due ?? []).sort()[0] ?? null,
  units: orders.length,
  stops: orders.length,
  distanceMm: 0,
  seconds: 600 * orders.length,
})
const plan = (batches: OrderToPlan[][]) => {
  let walks = 0
  const waves = rescueLate(
    [{ group: { kind: 'multi', theme: '', orders: batches.flat() }, batches }],
    (batched) => {
      walks++
      return batched.flatMap(({ batches: own }) => own.map(waveOf))
    },
    strategy,
    now,
  )
  return { walks, waves: waves.map(({ orders }) => orders.map(({ id }) => id)) }
}

describe('orders that would be late', () => {
  it('get a cart of their own where that is in time', () => {
    // Six orders take an hour; the first alone takes ten minutes, and is due after twenty.
    const soon = order('soon', '2026-11-22T08:20:00.000Z')
    const rest = [1, 2, 3, 4, 5].map((at) => order(`later-${at}`, '2026-11-22T20:00:00.000Z'))
    expect(plan([[soon, ...rest]]).waves).toEqual([rest.map(({ id }) => id), ['soon']])
  })

  it('travel with the others where nothing is late, and where nothing would help', () => {
    const day = order('a', '2026-11-22T20:00:00.000Z')
    expect(plan([[day, order('b', null)]])).toEqual({ walks: 1, waves: [['a', 'b']] })
    const over = order('over', '2026-11-22T07:00:00.000Z')
    expect(plan([[over], [order('b', null)]]).waves).toEqual([['over'], ['b']])
  })
})
