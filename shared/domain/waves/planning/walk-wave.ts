import { earliestOf } from '#shared/domain/waves/due.ts'
import { followedLength, numberedFromStart, sortSerpentine } from '#shared/domain/waves/routing/rules.ts'
import type { Stop } from '#shared/domain/waves/routing/floor.ts'
import type { Strategy } from '#shared/domain/waves/strategy.ts'
import { naturalOrder } from '#shared/support/natural-order.ts'
import { type StockLeft, takeFromShelves } from './choose-shelves.ts'
import type { Layout, Shelf, Walkable } from './layout.ts'
import { type LineToPlan, type OrderToPlan, unitsOf } from './order-to-plan.ts'
import type { OrderGroup } from './sort-orders.ts'

export interface PlannedPick {
  readonly orderId: string
  readonly productId: number
  /** Id of the shelf; null where the product has none. */
  readonly shelf: number | null
  readonly quantity: number
}

export interface PlannedWave {
  readonly kind: 'single' | 'multi'
  readonly theme: string
  readonly shipBy: string | null
  /** When the first of its orders must be with its courier. */
  readonly due: string | null
  /** In slot order; the slot is null in waves where any item opens its order. */
  readonly orders: readonly {
    readonly id: string
    readonly number: string
    readonly slot: number | null
    readonly due: string | null
    readonly revision: number
  }[]
  /** In walking order. */
  readonly picks: readonly PlannedPick[]
  readonly units: number
  /** Lines of the list: a product at a shelf. */
  readonly stops: number
  /** Walk of the list from the start to the drop, in whole millimetres; null where no floor is known. */
  readonly distanceMm: number | null
  /** Estimated work of one picker. */
  readonly seconds: number
}

/** What goes to one place of the list: picks of one product at one shelf. */
interface Line<P extends PlannedPick = PlannedPick> {
  readonly shelf: Shelf | null
  readonly productId: number
  /** Heavy goods 0, fragile ones 2, all others 1. */
  readonly rank: number
  readonly picks: readonly P[]
}

/** Chooses shelves, walk and slots of orders that share a wave. `left` loses what the wave takes. */
export function walkWave(
  { kind, theme }: Pick<OrderGroup, 'kind' | 'theme'>,
  orders: readonly OrderToPlan[],
  layout: Layout,
  strategy: Strategy,
  left: StockLeft,
): PlannedWave {
  const goods = orders.flatMap((order) => order.lines)
  const picks = takeFromShelves(orders, layout, strategy, left)
  const { lines, distanceMm } = walkLines(linesOf(picks, goods, strategy, layout), layout, strategy)
  const place = new Map<string, number>()
  for (const line of lines) {
    for (const { orderId } of line.picks) if (!place.has(orderId)) place.set(orderId, place.size + 1)
  }
  const at = (id: string) => place.get(id) ?? 0
  const inSlots = [...orders].sort((a, b) => at(a.id) - at(b.id))
  const units = orders.reduce((sum, order) => sum + unitsOf(order), 0)
  return {
    kind,
    theme,
    shipBy: earliestOf(orders.map(({ shipBy }) => shipBy)),
    due: earliestOf(orders.map(({ due }) => due)),
    orders: inSlots.map(({ id, number, due, revision }, index) => ({
      id,
      number,
      slot: kind === 'multi' ? index + 1 : null,
      due,
      revision,
    })),
    picks: lines.flatMap((line) => [...line.picks].sort((a, b) => at(a.orderId) - at(b.orderId))),
    units,
    stops: lines.length,
    distanceMm,
    seconds: workOf({ distanceMm, stops: lines.length, units }, strategy),
  }
}

/** Puts picks that are there already into walking order: the rest of a wave that is being picked. */
export function walkPicks<P extends PlannedPick>(
  picks: readonly P[],
  goods: readonly Goods[],
  layout: Layout,
  strategy: Strategy,
): { readonly picks: readonly P[]; readonly stops: number; readonly distanceMm: number | null } {
  const { lines, distanceMm } = walkLines(linesOf(picks, goods, strategy, layout), layout, strategy)
  return { picks: lines.flatMap((line) => line.picks), stops: lines.length, distanceMm }
}

/** What decides whether a product comes first or last on a list. */
export type Goods = Pick<LineToPlan, 'productId' | 'weightG' | 'fragile'>

/** Seconds that one picker needs for a list. */
export const workOf = (
  {
    distanceMm,
    stops,
    units,
  }: { readonly distanceMm: number | null; readonly stops: number; readonly units: number },
  strategy: Strategy,
): number =>
  Math.round(
    strategy.secondsPerWave +
      (distanceMm ?? 0) / strategy.speedMmPerS +
      stops * strategy.secondsPerStop +
      units * strategy.secondsPerUnit,
  )

function linesOf<P extends PlannedPick>(
  picks: readonly P[],
  goods: readonly Goods[],
  strategy: Strategy,
  layout: Layout,
): Line<P>[] {
  const rank = new Map<number, number>()
  for (const { productId, weightG, fragile } of goods) {
    if (productId === null) continue
    if (strategy.fragileLast && fragile) rank.set(productId, 2)
    else if (strategy.heavyFirstG > 0 && weightG >= strategy.heavyFirstG) rank.set(productId, 0)
  }
  const lines = new Map<string, { shelf: Shelf | null; productId: number; rank: number; picks: P[] }>()
  for (const pick of picks) {
    const key = `${pick.shelf ?? ''} ${pick.productId}`
    const line = lines.get(key)
    if (line !== undefined) line.picks.push(pick)
    else {
      lines.set(key, {
        shelf: pick.shelf === null ? null : (layout.shelves.get(pick.shelf) ?? null),
        productId: pick.productId,
        rank: rank.get(pick.productId) ?? 1,
        picks: [pick],
      })
    }
  }
  return [...lines.values()]
}

/** The lines in the order in which they are walked, and how far that is. */
function walkLines<P extends PlannedPick>(
  lines: readonly Line<P>[],
  layout: Layout,
  strategy: Strategy,
): { lines: Line<P>[]; distanceMm: number | null } {
  const { walkable } = layout
  const placed = lines.filter(({ shelf }) => walkable === null || (shelf !== null && shelf.stop !== null))
  const others = lines.filter((line) => !placed.includes(line)).sort(byCode)
  if (walkable === null) {
    const sorted = strategy.walk === 'byCode' ? [...placed].sort(byCode) : serpentine(placed)
    return { lines: [...byRank(sorted), ...others], distanceMm: null }
  }
  const shelves = [
    ...new Map(placed.flatMap(({ shelf }) => (shelf === null ? [] : [[shelf.id, shelf]]))).values(),
  ]
  const order = shelfOrder(shelves, walkable, strategy)
  const position = new Map(order.map((shelf, at) => [shelf.id, at]))
  const where = (line: Line<P>) => position.get(line.shelf?.id ?? -1) ?? 0
  const walked = byRank([...placed].sort((a, b) => where(a) - where(b) || a.productId - b.productId))
  return { lines: [...walked, ...others], distanceMm: lengthOf(walked, walkable) }
}

/** Heavy goods first and fragile ones last, each in the order in which they came. */
const byRank = <P extends PlannedPick>(lines: readonly Line<P>[]): Line<P>[] =>
  [0, 1, 2].flatMap((rank) => lines.filter((line) => line.rank === rank))

const byCode = (a: Line, b: Line): number =>
  Number(a.shelf === null) - Number(b.shelf === null) ||
  naturalOrder(a.shelf?.code ?? '', b.shelf?.code ?? '') ||
  a.productId - b.productId

function shelfOrder(shelves: readonly Shelf[], walkable: Walkable, strategy: Strategy): Shelf[] {
  if (strategy.walk === 'byCode') return [...shelves].sort((a, b) => naturalOrder(a.code, b.code))
  const stops = stopsOf(shelves)
  const order =
    strategy.walk === 'serpentine'
      ? sortSerpentine(stops, numberedFromStart(walkable.floor, walkable.depots))
      : walkable.router.route(stops)?.order
  // One-way passages can keep two stops from lying on one walk; then the codes must do.
  if (order === undefined) return [...shelves].sort((a, b) => naturalOrder(a.code, b.code))
  return order.flatMap((at) => shelves[at] ?? [])
}

const stopsOf = (shelves: readonly Shelf[]): Stop[] => shelves.flatMap(({ stop }) => stop ?? [])

/** Every list is measured as it will be walked, by the shortest way from line to line; null where no walk leads over it. */
function lengthOf(lines: readonly Line[], { distances, depots }: Walkable): number | null {
  const stops = lines.flatMap(({ shelf }) => shelf?.stop ?? [])
  if (stops.length === 0) return 0
  const length = followedLength(distances, depots, stops, [...stops.keys()])
  return Number.isFinite(length) ? Math.round(length) : null
}

/** Without a floor: aisle by aisle in natural order, every second visited aisle back, and goods without a shelf last. */
function serpentine<P extends PlannedPick>(lines: readonly Line<P>[]): Line<P>[] {
  const aisles = new Map<string, Line<P>[]>()
  for (const line of lines) {
    if (line.shelf === null) continue
    const key = `${line.shelf.zone}\u0000${line.shelf.aisle}`
    const aisle = aisles.get(key)
    if (aisle === undefined) aisles.set(key, [line])
    else aisle.push(line)
  }
  const walked = [...aisles.entries()]
    .sort(([a], [b]) => naturalOrder(a, b))
    .flatMap(([, aisle], index) => {
      const back = index % 2 === 1 ? -1 : 1
      return aisle.sort(
        (a, b) => back * naturalOrder(a.shelf?.code ?? '', b.shelf?.code ?? '') || a.productId - b.productId,
      )
    })
  return [...walked, ...lines.filter(({ shelf }) => shelf === null).sort(byCode)]
}
