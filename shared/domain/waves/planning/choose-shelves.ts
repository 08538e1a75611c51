import { choosePlaces, type ScatteredItem } from '#shared/domain/waves/routing/scattered.ts'
import type { Stop } from '#shared/domain/waves/routing/floor.ts'
import type { Strategy } from '#shared/domain/waves/strategy.ts'
import type { Holding, Layout, Shelf } from './layout.ts'
import { needsOf, type OrderToPlan } from './order-to-plan.ts'
import type { PlannedPick } from './walk-wave.ts'

/** Units on each shelf that no wave of this plan has taken yet; by product. */
export type StockLeft = Map<number, Holding[]>

export const stockLeft = (layout: Layout): StockLeft =>
  new Map([...layout.stock].map(([product, holdings]) => [product, [...holdings]]))

/** Walks measured in the search for the best shelves of one wave: some milliseconds. */
const mostWalks = 400

interface Demand {
  readonly productId: number
  readonly quantity: number
  readonly orders: readonly { readonly id: string; readonly quantity: number }[]
}

/** What each order takes from which shelf; `left` loses it. */
export function takeFromShelves(
  orders: readonly OrderToPlan[],
  layout: Layout,
  strategy: Strategy,
  left: StockLeft,
): PlannedPick[] {
  const demands = demandsOf(orders)
  const scattered = strategy.walk === 'shortest' ? chooseByWalk(demands, layout, left) : null
  return demands.flatMap((demand, at) => {
    const takes = scattered?.[at] ?? fullestFirst(demand, left.get(demand.productId) ?? [])
    take(left, demand.productId, takes)
    return shareOut(demand, takes)
  })
}

function demandsOf(orders: readonly OrderToPlan[]): Demand[] {
  const demands = new Map<
    number,
    { productId: number; quantity: number; orders: { id: string; quantity: number }[] }
  >()
  for (const order of orders) {
    for (const { productId, quantity } of needsOf(order)) {
      const demand = demands.get(productId)
      if (demand === undefined)
        demands.set(productId, { productId, quantity, orders: [{ id: order.id, quantity }] })
      else {
        demand.quantity += quantity
        demand.orders.push({ id: order.id, quantity })
      }
    }
  }
  return [...demands.values()]
}

/** Where a product lies at several places, those that are least out of the way; null where there is nothing to choose. */
function chooseByWalk(
  demands: readonly Demand[],
  layout: Layout,
  left: StockLeft,
): (Holding[] | null)[] | null {
  const { walkable, shelves } = layout
  if (walkable === null) return null
  const items: { at: number; holdings: Holding[]; item: ScatteredItem }[] = []
  let choices = false
  for (const [at, { productId, quantity }] of demands.entries()) {
    const holdings = (left.get(productId) ?? []).filter(
      (one) => one.quantity > 0 && hasStop(shelves.get(one.shelf)),
    )
    // More than the shelves are known to hold is looked for at the fullest of them.
    if (holdings.reduce((sum, one) => sum + one.quantity, 0) < quantity) continue
    if (holdings.length > 1) choices = true
    const places = holdings.flatMap((one) => {
      const shelf = shelves.get(one.shelf)
      return !hasStop(shelf) ? [] : [{ stop: shelf.stop, available: one.quantity, access: shelf.liftMm }]
    })
    items.push({ at, holdings, item: { quantity, places } })
  }
  if (!choices) return null
  const choice = choosePlaces(
    walkable.router,
    items.map(({ item }) => item),
    { walks: mostWalks },
  )
  if (!choice.ok) return null
  const chosen: (Holding[] | null)[] = demands.map(() => null)
  for (const { item, place, quantity } of choice.takes) {
    const found = items[item]
    const shelf = found?.holdings[place]?.shelf
    if (found === undefined || shelf === undefined) continue
    chosen[found.at] = [...(chosen[found.at] ?? []), { shelf, quantity }]
  }
  return chosen
}

const hasStop = (shelf: Shelf | undefined): shelf is Shelf & { stop: Stop } =>
  shelf !== undefined && shelf.stop !== null

/** All from one shelf where one has enough, else from the fullest down; what is counted nowhere is looked for at the first. */
function fullestFirst({ quantity }: Demand, holdings: readonly Holding[]): Holding[] {
  const whole = holdings.find((one) => one.quantity >= quantity)
  if (whole !== undefined) return [{ shelf: whole.shelf, quantity }]
  const takes: { shelf: number; quantity: number }[] = []
  let open = quantity
  for (const one of holdings) {
    const some = Math.min(open, Math.max(0, one.quantity))
    if (some > 0) takes.push({ shelf: one.shelf, quantity: some })
    open -= some
  }
  const [first] = holdings
  if (open > 0 && first !== undefined) {
    const there = takes.find(({ shelf }) => shelf === first.shelf)
    if (there === undefined) takes.push({ shelf: first.shelf, quantity: open })
    else there.quantity += open
  }
  return takes
}

function take(left: StockLeft, productId: number, takes: readonly Holding[]): void {
  const holdings = left.get(productId)
  if (holdings === undefined) return
  left.set(
    productId,
    holdings.map((one) => ({
      ...one,
      quantity: one.quantity - (takes.find(({ shelf }) => shelf === one.shelf)?.quantity ?? 0),
    })),
  )
}

/** Gives the orders what was taken, in turn; what came from no shelf is picked from none. */
function shareOut({ productId, orders }: Demand, takes: readonly Holding[]): PlannedPick[] {
  const picks: PlannedPick[] = []
  const open = takes.map((one) => ({ ...one }))
  for (const order of orders) {
    let needed = order.quantity
    for (const one of open) {
      const some = Math.min(needed, one.quantity)
      if (some === 0) continue
      picks.push({ orderId: order.id, productId, shelf: one.shelf, quantity: some })
      one.quantity -= some
      needed -= some
    }
    if (needed > 0) picks.push({ orderId: order.id, productId, shelf: null, quantity: needed })
  }
  return picks
}
