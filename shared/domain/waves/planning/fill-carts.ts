import type { Strategy } from '#shared/domain/waves/strategy.ts'
import { needsOf, type OrderToPlan, unitsOf, volumeOf, weightOf } from './order-to-plan.ts'
import type { OrderGroup } from './sort-orders.ts'

/** What carts are measured by, in this order. */
export const resources = ['slots', 'units', 'weightG', 'volumeMl', 'stops'] as const

/** What an order takes of each resource. */
export const loadsOf = (order: OrderToPlan): number[] => [
  1,
  unitsOf(order),
  weightOf(order),
  volumeOf(order),
  needsOf(order).length,
]

/** What a cart takes of each; Infinity = no limit. */
export function capacitiesOf(strategy: Strategy, kind: OrderGroup['kind']): number[] {
  const limit = (value: number) => (value === 0 ? Infinity : value)
  return [
    kind === 'single' ? strategy.singleOrders : strategy.slots,
    limit(strategy.units),
    limit(strategy.weightG),
    limit(strategy.volumeMl),
    limit(strategy.stops),
  ]
}

/** Fills one cart after the other in the order of the group. An order that is more than a cart travels alone. */
export function fillInTurn(group: OrderGroup, strategy: Strategy): OrderToPlan[][] {
  const capacities = capacitiesOf(strategy, group.kind)
  const carts: OrderToPlan[][] = []
  let cart: OrderToPlan[] = []
  let full = capacities.map(() => 0)
  for (const together of withBuyers(group, strategy)) {
    const loads = together.map(loadsOf)
    const more = capacities.map((_, at) => loads.reduce((sum, load) => sum + (load[at] ?? 0), 0))
    const fits = capacities.every((capacity, at) => (full[at] ?? 0) + (more[at] ?? 0) <= capacity)
    if (cart.length > 0 && !fits) {
      carts.push(cart)
      cart = []
      full = capacities.map(() => 0)
    }
    // A buyer with more orders than a cart takes has them on several.
    const whole = capacities.every((capacity, at) => (more[at] ?? 0) <= capacity)
    if (!whole && together.length > 1) {
      carts.push(...fillInTurn({ ...group, orders: together }, { ...strategy, buyersTogether: false }))
      continue
    }
    cart.push(...together)
    full = full.map((load, at) => load + (more[at] ?? 0))
  }
  if (cart.length > 0) carts.push(cart)
  return carts
}

/** Orders of one buyer side by side, in the place of the most urgent of them. */
export function withBuyers({ kind, orders }: OrderGroup, { buyersTogether }: Strategy): OrderToPlan[][] {
  if (!buyersTogether || kind === 'single') return orders.map((order) => [order])
  const groups = new Map<string, OrderToPlan[]>()
  for (const order of orders) {
    const key = order.buyer === '' ? `order ${order.id}` : `buyer ${order.buyer}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [order])
    else group.push(order)
  }
  return [...groups.values()]
}
