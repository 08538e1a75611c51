import { naturalOrder } from '#shared/support/natural-order.ts'

/** An order as the planner sees it. */
export interface OrderToPlan {
  readonly id: string
  readonly number: string
  /** ISO-8601 UTC; null is planned last. */
  readonly shipBy: string | null
  readonly lines: readonly {
    readonly sku: string
    readonly productId: number | null
    readonly quantity: number
  }[]
}

export interface Shelf {
  readonly id: number
  readonly code: string
  readonly zone: string
  readonly aisle: string
}

/** Where things are. Distances come with the optimal planner; without them the walk is a serpentine over shelf codes. */
export interface Layout {
  /** The shelf to pick a product from; a product without one comes last on the list. */
  readonly shelfOf: ReadonlyMap<number, Shelf>
}

export interface WaveOptions {
  /** Orders of one SKU go into waves of their own, where any item opens its order. */
  readonly singles: boolean
  /** Slots on a cart or a put wall: orders in a multi-item wave. */
  readonly slots: number
  /** Units that a cart takes; 0 = no limit. A single order above it travels alone. */
  readonly units: number
  /** Most orders in a single-item wave. */
  readonly singleOrders: number
}

export interface PlannedWave {
  readonly kind: 'single' | 'multi'
  readonly shipBy: string | null
  /** In slot order; the slot is null in single-item waves. */
  readonly orders: readonly { readonly id: string; readonly slot: number | null }[]
  /** In walking order. */
  readonly picks: readonly {
    readonly orderId: string
    readonly productId: number
    readonly shelf: Shelf | null
    readonly quantity: number
  }[]
}

export interface WavePlan {
  readonly waves: readonly PlannedWave[]
  readonly leftOut: readonly {
    readonly id: string
    readonly number: string
    readonly reason: { readonly code: string; readonly params?: Readonly<Record<string, string>> }
  }[]
}

/**
 * Plans waves: the most urgent orders first, single-item orders together, the others by the slots of a cart. Pure and
 * deterministic: the same orders give the same waves. Every order is planned once or left out with its reason.
 */
export function planWaves(orders: readonly OrderToPlan[], layout: Layout, options: WaveOptions): WavePlan {
  const leftOut: { id: string; number: string; reason: { code: string; params?: Record<string, string> } }[] =
    []
  const planned: OrderToPlan[] = []
  for (const order of orders) {
    const unknown = order.lines.find((line) => line.productId === null)
    if (order.lines.length === 0)
      leftOut.push({ id: order.id, number: order.number, reason: { code: 'noLines' } })
    else if (unknown !== undefined) {
      leftOut.push({
        id: order.id,
        number: order.number,
        reason: { code: 'unknownSku', params: { sku: unknown.sku } },
      })
    } else planned.push(order)
  }
  planned.sort(byUrgency)

  const isSingle = (order: OrderToPlan) =>
    options.singles && new Set(order.lines.map((line) => line.sku)).size === 1
  const singles = planned.filter(isSingle)
  const multis = planned.filter((order) => !isSingle(order))
  const waves = [
    ...chunk(singles, options.singleOrders, options.units).map((group) => wave('single', group, layout)),
    ...chunk(multis, options.slots, options.units).map((group) => wave('multi', group, layout)),
  ]
  return { waves: waves.sort((a, b) => compareTimes(a.shipBy, b.shipBy)), leftOut }
}

const compareTimes = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1

const byUrgency = (a: OrderToPlan, b: OrderToPlan): number =>
  compareTimes(a.shipBy, b.shipBy) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

const unitsOf = (order: OrderToPlan): number => order.lines.reduce((sum, line) => sum + line.quantity, 0)

function chunk(orders: readonly OrderToPlan[], most: number, mostUnits: number): OrderToPlan[][] {
  const groups: OrderToPlan[][] = []
  let group: OrderToPlan[] = []
  let units = 0
  for (const order of orders) {
    const more = unitsOf(order)
    const full = group.length >= most || (mostUnits > 0 && units + more > mostUnits)
    if (group.length > 0 && full) {
      groups.push(group)
      group = []
      units = 0
    }
    group.push(order)
    units += more
  }
  if (group.length > 0) groups.push(group)
  return groups
}

function wave(kind: 'single' | 'multi', orders: readonly OrderToPlan[], layout: Layout): PlannedWave {
  const slotted = orders.map((order, index) => ({ id: order.id, slot: kind === 'multi' ? index + 1 : null }))
  const slotOf = new Map(slotted.map((order) => [order.id, order.slot ?? 0]))
  const picks = orders.flatMap((order) => {
    const units = new Map<number, number>()
    for (const line of order.lines) {
      if (line.productId !== null) units.set(line.productId, (units.get(line.productId) ?? 0) + line.quantity)
    }
    return [...units].map(([productId, quantity]) => ({
      orderId: order.id,
      productId,
      shelf: layout.shelfOf.get(productId) ?? null,
      quantity,
    }))
  })
  return {
    kind,
    shipBy: orders.reduce<string | null>(
      (first, order) => (compareTimes(order.shipBy, first) < 0 ? order.shipBy : first),
      null,
    ),
    orders: slotted,
    picks: serpentine(picks, (orderId) => slotOf.get(orderId) ?? 0),
  }
}

type Pick = PlannedWave['picks'][number]

/** Aisle by aisle in natural order, every second visited aisle walked back. */
function serpentine(picks: readonly Pick[], slotOf: (orderId: string) => number): Pick[] {
  const aisles = new Map<string, Pick[]>()
  const shelfless: Pick[] = []
  for (const pick of picks) {
    if (pick.shelf === null) {
      shelfless.push(pick)
      continue
    }
    const key = `${pick.shelf.zone}\u0000${pick.shelf.aisle}`
    const aisle = aisles.get(key)
    if (aisle === undefined) aisles.set(key, [pick])
    else aisle.push(pick)
  }
  const walked = [...aisles.entries()]
    .sort(([a], [b]) => naturalOrder(a, b))
    .flatMap(([, aisle], index) => {
      const back = index % 2 === 1 ? -1 : 1
      return aisle.sort(
        (a, b) =>
          back * naturalOrder(a.shelf?.code ?? '', b.shelf?.code ?? '') ||
          a.productId - b.productId ||
          slotOf(a.orderId) - slotOf(b.orderId),
      )
    })
  shelfless.sort((a, b) => a.productId - b.productId || slotOf(a.orderId) - slotOf(b.orderId))
  return [...walked, ...shelfless]
}
