import { sql } from 'kysely'
import { dueOf } from '#shared/domain/waves/due.ts'
import type { LineToPlan, OrderToPlan } from '#shared/domain/waves/planning/order-to-plan.ts'
import { ask, first, many, type Reader } from '#electron/db/query.ts'

/** Which of the orders that wait are planned. */
export interface PlanFilter {
  readonly shop: string | undefined
  /** Only orders that are due by then; ISO-8601 UTC. */
  readonly before: string | undefined
}

/** Units of a line that did not leave in an earlier parcel. */
const unshipped = sql<number>`(order_line.quantity - coalesce((
  SELECT sum(parcel_line.quantity) FROM parcel JOIN parcel_line
    ON parcel_line.parcel_id = parcel.id AND parcel_line.line_id = order_line.id
  WHERE parcel.order_id = "order".id AND parcel.state = 'handedOver'
), 0))`

/** Nobody stopped it, no wave has it, and no box of it is filled at a bench already. */
const waits = sql<boolean>`"order".state = 'open' AND "order".stop IS NULL AND "order".hold IS NULL
  AND NOT EXISTS (SELECT 1 FROM wave_order w WHERE w.order_id = "order".id)
  AND NOT EXISTS (SELECT 1 FROM parcel WHERE parcel.order_id = "order".id AND parcel.state IN ('open', 'packed'))`

const cutOff = sql<string | null>`coalesce(
  (SELECT cutoff FROM courier WHERE courier.id = "order".courier_id),
  (SELECT cutoff FROM courier WHERE courier.id = shop.courier_id))`

/** A collection is at most a day before the ship-by time that it keeps. */
const dayMs = 86_400_000

function waitingLines(db: Reader, filter: PlanFilter, id?: string, asIs = false) {
  return ask(db, (builder) => {
    let query = builder
      .selectFrom('order')
      .innerJoin('shop', 'shop.id', 'order.shop_id')
      .innerJoin('order_line', 'order_line.order_id', 'order.id')
      .leftJoin('product', 'product.sku', 'order_line.sku')
      .select([
        'order.id',
        'order.number',
        'order.revision',
        'order.ship_by',
        'order.receiver_hash',
        'order.receiver_masked',
        'shop.id as shop',
        'shop.zone',
        cutOff.as('cutoff'),
        'order_line.sku',
        unshipped.as('quantity'),
        'product.id as product_id',
        'product.weight_g',
        'product.volume_ml',
        'product.fragile',
      ])
      .where('order_line.dropped', '=', 0)
      .where(sql<boolean>`${unshipped} > 0`)
      .orderBy('order.ship_by')
      .orderBy('order.id')
      .orderBy('order_line.position')
    if (!asIs) query = query.where(waits)
    if (id !== undefined) query = query.where('order.id', '=', id)
    if (filter.shop !== undefined) query = query.where('shop.name', '=', filter.shop)
    if (filter.before !== undefined) {
      const latest = new Date(Date.parse(filter.before) + dayMs).toISOString()
      query = query.where('order.ship_by', '<=', latest)
    }
    return query
  })
}

/** Orders that no wave has and nothing stops, with their lines and the hour by which they are due. */
export function ordersToPlan(db: Reader, filter: PlanFilter, now: string): OrderToPlan[] {
  return gatherOrders(waitingLines(db, filter), now).filter(
    ({ due }) => filter.before === undefined || (due !== null && due <= filter.before),
  )
}

/** One of them, or null when it does not wait. */
export const orderToPlan = (db: Reader, id: string, now: string): OrderToPlan | null =>
  gatherOrders(waitingLines(db, { shop: undefined, before: undefined }, id), now)[0] ?? null

/** An order with what has not left of it, whether it waits or is in a wave; null where nothing is left. */
export const orderAsIs = (db: Reader, id: string, now: string): OrderToPlan | null =>
  gatherOrders(waitingLines(db, { shop: undefined, before: undefined }, id, true), now)[0] ?? null

function gatherOrders(rows: ReturnType<typeof waitingLines>, now: string): OrderToPlan[] {
  const orders: (OrderToPlan & { lines: LineToPlan[] })[] = []
  for (const row of rows) {
    let order = orders.at(-1)
    if (order?.id !== row.id) {
      order = {
        id: row.id,
        number: row.number,
        revision: row.revision,
        shipBy: row.ship_by,
        due: dueOf(row.ship_by, { time: row.cutoff, zone: row.zone }, now),
        // Without a receiver nobody can say whose order it is.
        buyer: row.receiver_masked === '' ? '' : `${row.shop} ${row.receiver_hash}`,
        lines: [],
      }
      orders.push(order)
    }
    order.lines.push({
      sku: row.sku,
      productId: row.product_id,
      quantity: row.quantity,
      weightG: row.weight_g ?? 0,
      volumeMl: row.volume_ml ?? 0,
      fragile: row.fragile === 1,
    })
  }
  return orders
}

const waitingTimes = many((db) =>
  db
    .selectFrom('order')
    .innerJoin('shop', 'shop.id', 'order.shop_id')
    .select(['order.ship_by', 'shop.zone', cutOff.as('cutoff'), sql<number>`count(*)`.as('orders')])
    .where(waits)
    .groupBy(['order.ship_by', 'shop.zone', sql`cutoff`]),
)

/** How many orders wait, and by which hours they are due, soonest first. */
export function waitingByDue(
  db: Reader,
  now: string,
): { waiting: number; cutoffs: { at: string; orders: number }[] } {
  const counts = new Map<string, number>()
  let waiting = 0
  for (const { ship_by: shipBy, zone, cutoff, orders } of waitingTimes(db, {})) {
    waiting += orders
    const due = dueOf(shipBy, { time: cutoff, zone }, now)
    if (due === null) continue
    // Shops promise by the second; without a courier's hour the end of that hour is what anybody plans for.
    const at = cutoff === null ? endOfHour(due) : due
    counts.set(at, (counts.get(at) ?? 0) + orders)
  }
  const cutoffs = [...counts].map(([at, orders]) => ({ at, orders })).sort((a, b) => (a.at < b.at ? -1 : 1))
  return { waiting, cutoffs }
}

const hourMs = 3_600_000
const endOfHour = (time: string): string =>
  new Date(Math.ceil(Date.parse(time) / hourMs) * hourMs).toISOString()

const waitingNumbers = many((db, p: { limit: number }) =>
  db
    .selectFrom('order')
    .innerJoin('shop', 'shop.id', 'order.shop_id')
    .select(['order.number', 'order.ship_by', 'shop.zone', cutOff.as('cutoff')])
    .where(waits)
    .where('order.ship_by', 'is not', null)
    .orderBy('order.ship_by')
    .limit(p.limit),
)

export const soonestOrders = (db: Reader, limit: number, now: string) =>
  waitingNumbers(db, { limit: limit * 4 })
    .map((row) => ({
      order: row.number,
      dueAt: dueOf(row.ship_by, { time: row.cutoff, zone: row.zone }, now),
    }))
    .sort((a, b) => ((a.dueAt ?? '') < (b.dueAt ?? '') ? -1 : 1))
    .slice(0, limit)

/** Still as it was planned: nobody stopped, took or changed it. */
export const stillWaits = first((db, p: { id: string; revision: number }) =>
  db
    .selectFrom('order')
    .select('order.id')
    .where('order.id', '=', p.id)
    .where('order.revision', '=', p.revision)
    .where(waits),
)

const shelfRows = (db: Parameters<Parameters<typeof many>[0]>[0]) =>
  db
    .selectFrom('location')
    .select(['id', 'code', 'zone', 'aisle', 'level', 'x_mm as xMm', 'y_mm as yMm'])
    .orderBy('id')
export const allShelves = many((db) => shelfRows(db))
const shelvesOf = many((db, p: { ids: string }) =>
  shelfRows(db).where(sql<boolean>`location.id IN (SELECT value FROM json_each(${p.ids}))`),
)

const countedRows = (db: Parameters<Parameters<typeof many>[0]>[0]) =>
  db
    .selectFrom('stock')
    .select(['product_id as productId', 'location_id as shelf', 'quantity', 'counted_at as at'])
    .orderBy('product_id')
const counted = many((db) => countedRows(db))
const countedOf = many((db, p: { products: string }) =>
  countedRows(db).where(sql<boolean>`stock.product_id IN (SELECT value FROM json_each(${p.products}))`),
)
const madeAt = sql<string>`(CASE pick.made_at WHEN '' THEN wave.created_at ELSE pick.made_at END)`
/** What lists took since `since`, by shelf, goods and the time of the list. */
const takenRows = (db: Parameters<Parameters<typeof many>[0]>[0], since: string) =>
  db
    .selectFrom('wave')
    .innerJoin('pick', 'pick.wave_id', 'wave.id')
    .innerJoin('order', 'order.id', 'pick.order_id')
    .select([
      'pick.product_id as productId',
      'pick.location_id as shelf',
      madeAt.as('at'),
      sql<number>`sum(CASE WHEN "order".state = 'cancelled' THEN pick.picked ELSE pick.quantity END)`.as(
        'quantity',
      ),
    ])
    // Nothing joins a wave that is done: of older waves only those that still run can hold younger picks.
    .where(sql<boolean>`(wave.created_at >= ${since} OR wave.state <> 'done')`)
    .where(sql<boolean>`${madeAt} >= ${since}`)
    .groupBy(['pick.product_id', 'pick.location_id', sql`at`])
const takenSince = many((db, p: { since: string }) => takenRows(db, p.since))
const takenOf = many((db, p: { since: string; products: string }) =>
  takenRows(db, p.since).where(sql<boolean>`pick.product_id IN (SELECT value FROM json_each(${p.products}))`),
)

interface FreeUnits {
  readonly productId: number
  readonly shelf: number
  readonly quantity: number
}

/** Units on each shelf that no list has taken since they were counted. */
export function freeStock(db: Reader): FreeUnits[] {
  const rows = counted(db, {})
  return untaken(rows, rows.length === 0 ? [] : takenSince(db, { since: firstCount(rows) }))
}

/** The same of some products, with their shelves and some others. */
export function stockAndShelves(db: Reader, productIds: readonly number[], shelfIds: readonly number[]) {
  const products = JSON.stringify([...new Set(productIds)])
  const rows = countedOf(db, { products })
  const stock = untaken(rows, rows.length === 0 ? [] : takenOf(db, { since: firstCount(rows), products }))
  const ids = JSON.stringify([...new Set([...shelfIds, ...rows.map(({ shelf }) => shelf)])])
  return { stock, shelves: shelvesOf(db, { ids }) }
}

const firstCount = (rows: ReturnType<typeof counted>): string =>
  rows.reduce((first, { at }) => (at < first ? at : first), '9')

function untaken(rows: ReturnType<typeof counted>, taken: ReturnType<typeof takenSince>): FreeUnits[] {
  const lists = new Map<string, { at: string; quantity: number }[]>()
  for (const { productId, shelf, at, quantity } of taken) {
    if (shelf === null) continue
    const key = `${productId} ${shelf}`
    const known = lists.get(key)
    if (known === undefined) lists.set(key, [{ at, quantity }])
    else known.push({ at, quantity })
  }
  return rows.map(({ productId, shelf, quantity, at }) => ({
    productId,
    shelf,
    quantity:
      quantity -
      (lists.get(`${productId} ${shelf}`) ?? []).reduce(
        (sum, one) => sum + (one.at >= at ? one.quantity : 0),
        0,
      ),
  }))
}
