import { compareTimes } from '#shared/domain/waves/due.ts'
import type { Strategy } from '#shared/domain/waves/strategy.ts'
import { naturalOrder } from '#shared/support/natural-order.ts'
import { type Layout, mainShelf } from './layout.ts'
import { type LeftOut, needsOf, type OrderToPlan, type Reason } from './order-to-plan.ts'

/** Orders that may share a wave. */
export interface OrderGroup {
  /** `single`: no slots, any item opens its order. */
  readonly kind: 'single' | 'multi'
  readonly theme: string
  /** Most urgent first. */
  readonly orders: readonly OrderToPlan[]
}

/** Lines of one order that a list can still hold; more is a mistake in a file. */
const mostLines = 5_000

/**
 * Says which orders cannot be picked and why, and which of the others may share a wave. Stock goes to the most urgent
 * orders first.
 */
export function sortOrders(
  orders: readonly OrderToPlan[],
  layout: Layout,
  strategy: Strategy,
): { readonly groups: readonly OrderGroup[]; readonly leftOut: readonly LeftOut[] } {
  const free = new Map<number, number>()
  for (const [product, holdings] of layout.stock)
    free.set(
      product,
      holdings.reduce((sum, { quantity }) => sum + quantity, 0),
    )
  const leftOut: LeftOut[] = []
  const planned: OrderToPlan[] = []
  for (const order of [...orders].sort(byUrgency)) {
    const reason = whyNot(order, free, strategy)
    if (reason !== null) leftOut.push({ id: order.id, number: order.number, reason })
    else {
      planned.push(order)
      // Goods that were never counted stay uncounted.
      for (const { productId, quantity } of needsOf(order)) {
        const left = free.get(productId)
        if (left !== undefined) free.set(productId, left - quantity)
      }
    }
  }
  return { groups: groupOrders(planned, layout, strategy), leftOut }
}

export const byUrgency = (a: OrderToPlan, b: OrderToPlan): number =>
  compareTimes(a.due, b.due) || compareTimes(a.shipBy, b.shipBy) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

function whyNot(order: OrderToPlan, free: ReadonlyMap<number, number>, strategy: Strategy): Reason | null {
  if (order.lines.length === 0) return { code: 'noLines' }
  if (order.lines.length > mostLines)
    return { code: 'tooManyLines', params: { lines: order.lines.length, most: mostLines } }
  const unknown = order.lines.find((line) => line.productId === null)
  if (unknown !== undefined) return { code: 'unknownSku', params: { sku: unknown.sku } }
  if (!strategy.needStock) return null
  // Goods that were never counted are looked for all the same: only a count says that there are too few.
  const short = needsOf(order).find(({ productId, quantity }) => (free.get(productId) ?? quantity) < quantity)
  if (short === undefined) return null
  const there = Math.max(0, free.get(short.productId) ?? 0)
  return { code: 'noStock', params: { sku: short.sku, needed: short.quantity, free: there } }
}

function groupOrders(orders: readonly OrderToPlan[], layout: Layout, strategy: Strategy): OrderGroup[] {
  const identical = identicalOf(orders, strategy.identical)
  const hot = hotOf(orders, strategy.hotShare)
  const together = buyersOfMore(orders, strategy)
  const groups = new Map<string, { kind: OrderGroup['kind']; theme: string; orders: OrderToPlan[] }>()
  const put = (kind: OrderGroup['kind'], theme: string, order: OrderToPlan) => {
    const key = `${kind} ${theme}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { kind, theme, orders: [order] })
    else group.orders.push(order)
  }
  for (const order of orders) {
    const isSingle = new Set(order.lines.map(({ sku }) => sku)).size === 1
    if (strategy.singles && isSingle && !together.has(order.buyer)) put('single', '', order)
    else if (identical.has(contentOf(order))) put('single', 'identical', order)
    else if (order.lines.every(({ productId }) => productId !== null && hot.has(productId)))
      put('multi', 'hot', order)
    else put('multi', strategy.zones ? zoneOf(order, layout) : '', order)
  }
  return [...groups.values()].map(({ kind, theme, orders: own }) => ({
    kind,
    theme,
    orders: kind === 'single' ? alongTheWay(own, layout) : own,
  }))
}

/** Buyers of whom an order has several goods: their orders of one travel along with it. */
function buyersOfMore(orders: readonly OrderToPlan[], { buyersTogether }: Strategy): ReadonlySet<string> {
  const several = orders.filter(
    ({ buyer, lines }) => buyer !== '' && new Set(lines.map(({ sku }) => sku)).size > 1,
  )
  return new Set(buyersTogether ? several.map(({ buyer }) => buyer) : [])
}

/** The same goods in the same numbers. */
const contentOf = (order: OrderToPlan): string =>
  needsOf(order)
    .map(({ productId, quantity }) => `${productId}×${quantity}`)
    .sort()
    .join(' ')

function identicalOf(orders: readonly OrderToPlan[], least: number): ReadonlySet<string> {
  if (least === 0) return new Set()
  const counts = new Map<string, number>()
  for (const order of orders) {
    const content = contentOf(order)
    counts.set(content, (counts.get(content) ?? 0) + 1)
  }
  return new Set([...counts].flatMap(([content, count]) => (count >= least ? [content] : [])))
}

/** The fewest goods that carry so many percent of all lines. */
function hotOf(orders: readonly OrderToPlan[], share: number): ReadonlySet<number> {
  if (share === 0) return new Set()
  const counts = new Map<number, number>()
  let lines = 0
  for (const order of orders) {
    for (const { productId } of needsOf(order)) {
      counts.set(productId, (counts.get(productId) ?? 0) + 1)
      lines += 1
    }
  }
  const hot = new Set<number>()
  let carried = 0
  for (const [product, count] of [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    if (carried >= (lines * share) / 100) break
    hot.add(product)
    carried += count
  }
  return hot
}

/** The zone that the whole order lies in, or nothing. */
function zoneOf(order: OrderToPlan, layout: Layout): string {
  const zones = new Set(
    order.lines.map(({ productId }) =>
      productId === null ? '' : (mainShelf(layout, productId)?.zone ?? ''),
    ),
  )
  const [zone = ''] = zones
  return zones.size === 1 && zone !== '' ? `zone ${zone}` : ''
}

/** Orders that are due at the same time, along the shelves: waves that are cut from them walk little. */
function alongTheWay(orders: readonly OrderToPlan[], layout: Layout): OrderToPlan[] {
  const code = new Map(
    orders.map((order) => {
      const product = order.lines[0]?.productId ?? null
      return [order.id, product === null ? '' : (mainShelf(layout, product)?.code ?? '')]
    }),
  )
  return [...orders].sort(
    (a, b) =>
      compareTimes(a.due, b.due) ||
      naturalOrder(code.get(a.id) ?? '', code.get(b.id) ?? '') ||
      byUrgency(a, b),
  )
}
