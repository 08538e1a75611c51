import { sql } from 'kysely'
import { explodeOrder } from '#electron/features/orders/index.ts'
import { first, many, type Writer, write, writeOne } from '#electron/db/query.ts'

export const lastWaveNumber = first((db) =>
  db.selectFrom('wave').select((eb) => eb.fn.max('number').as('number')),
)

export const insertWave = writeOne(
  (
    db,
    p: {
      id: string
      number: number
      kind: 'single' | 'multi'
      theme: string
      at: string
      shipBy: string | null
      due: string | null
      strategy: string
      distance: number | null
      seconds: number
    },
  ) =>
    db.insertInto('wave').values({
      id: p.id,
      number: p.number,
      kind: p.kind,
      theme: p.theme,
      state: 'open',
      created_at: p.at,
      ship_by: p.shipBy,
      due_at: p.due,
      strategy: p.strategy,
      distance_mm: p.distance,
      seconds: p.seconds,
    }),
)
export const insertWaveOrder = writeOne(
  (db, p: { wave: string; order: string; slot: number | null; position: number }) =>
    db
      .insertInto('wave_order')
      .values({ wave_id: p.wave, order_id: p.order, slot: p.slot, position: p.position }),
)
export const insertPick = writeOne(
  (
    db,
    p: {
      wave: string
      position: number
      location: number | null
      product: number
      order: string
      quantity: number
      at: string
    },
  ) =>
    db.insertInto('pick').values({
      wave_id: p.wave,
      position: p.position,
      location_id: p.location,
      product_id: p.product,
      order_id: p.order,
      quantity: p.quantity,
      made_at: p.at,
    }),
)

const waveRows = (db: Parameters<Parameters<typeof first>[0]>[0]) =>
  db.selectFrom('wave').select([
    'wave.id',
    'wave.number',
    'wave.kind',
    'wave.state',
    'wave.created_at',
    'wave.ship_by',
    'wave.distance_mm',
    'wave.theme',
    'wave.strategy',
    'wave.due_at',
    'wave.picker',
    'wave.revision',
    'wave.seconds',
    sql<number>`(SELECT coalesce(sum(CASE WHEN "order".state IN ('packed', 'handedOver') THEN pick.quantity ELSE pick.picked END), 0)
        FROM pick JOIN "order" ON "order".id = pick.order_id WHERE pick.wave_id = wave.id)`.as('picked'),
    sql<number>`(SELECT count(*) FROM wave_order WHERE wave_order.wave_id = wave.id)`.as('orders'),
    sql<number>`(SELECT count(*) FROM wave_order JOIN "order" ON "order".id = wave_order.order_id
        WHERE wave_order.wave_id = wave.id AND "order".state IN ('packed', 'handedOver'))`.as('packed'),
    sql<number>`(SELECT count(*) FROM wave_order JOIN "order" ON "order".id = wave_order.order_id
        WHERE wave_order.wave_id = wave.id AND "order".state <> 'handedOver'
        AND ("order".stop IS NOT NULL OR "order".hold IS NOT NULL OR "order".state = 'cancelled'))`.as(
      'stopped',
    ),
    sql<number>`(SELECT count(DISTINCT product_id) FROM pick WHERE pick.wave_id = wave.id)`.as('lines'),
    sql<number>`(SELECT coalesce(sum(quantity), 0) FROM pick WHERE pick.wave_id = wave.id)`.as('units'),
    sql<string>`(SELECT json_group_object(name, orders) FROM (
        SELECT coalesce(own.name, shops.name, '') AS name, count(*) AS orders FROM wave_order
        JOIN "order" ON "order".id = wave_order.order_id JOIN shop ON shop.id = "order".shop_id
        LEFT JOIN courier own ON own.id = "order".courier_id LEFT JOIN courier shops ON shops.id = shop.courier_id
        WHERE wave_order.wave_id = wave.id GROUP BY 1))`.as('couriers'),
  ])

/** What is still to do by when it must leave, then what is done, newest first. */
export const wavesByState = many((db, p: { state: string }) =>
  waveRows(db)
    // A wave that was dissolved has nothing left to show.
    .where(sql<boolean>`EXISTS (SELECT 1 FROM wave_order WHERE wave_order.wave_id = wave.id)`)
    .where(sql<boolean>`(${p.state} = '' OR wave.state = ${p.state})`)
    .orderBy(sql`wave.state = 'done'`)
    .orderBy(sql`CASE WHEN wave.state = 'done' THEN NULL ELSE coalesce(wave.due_at, wave.ship_by, '9') END`)
    .orderBy('wave.number', 'desc')
    .limit(500),
)
export const waveRowById = first((db, p: { id: string }) => waveRows(db).where('wave.id', '=', p.id))
export const waveIdByNumber = first((db, p: { number: number }) =>
  db.selectFrom('wave').select('id').where('number', '=', p.number),
)

export const slotsOf = many((db, p: { wave: string }) =>
  db
    .selectFrom('wave_order')
    .innerJoin('order', 'order.id', 'wave_order.order_id')
    .innerJoin('shop', 'shop.id', 'order.shop_id')
    .leftJoin('courier as own', 'own.id', 'order.courier_id')
    .leftJoin('courier as shops', 'shops.id', 'shop.courier_id')
    .select([
      'wave_order.slot',
      'order.id',
      'order.number',
      'order.state',
      'order.stop',
      'order.hold',
      'order.ship_by',
      'own.name as own_courier',
      'shops.name as shop_courier',
      sql<number>`(SELECT sum(quantity) FROM order_line WHERE order_line.order_id = "order".id AND dropped = 0)`.as(
        'units',
      ),
      sql<number>`EXISTS (SELECT 1 FROM parcel WHERE parcel.order_id = "order".id AND parcel.state = 'open')`.as(
        'packing',
      ),
    ])
    .where('wave_order.wave_id', '=', p.wave)
    .orderBy('wave_order.position'),
)

export const picksOf = many((db, p: { wave: string }) =>
  db
    .selectFrom('pick')
    .innerJoin('product', 'product.id', 'pick.product_id')
    .leftJoin('location', 'location.id', 'pick.location_id')
    .leftJoin('wave_order', 'wave_order.order_id', 'pick.order_id')
    .innerJoin('order', 'order.id', 'pick.order_id')
    .select([
      'pick.id',
      'pick.position',
      'pick.quantity',
      'pick.picked',
      'pick.order_id',
      'pick.product_id',
      'pick.location_id',
      'product.weight_g',
      'product.fragile',
      'order.state',
      'order.stop',
      'location.code as location',
      'location.zone',
      'location.aisle',
      'product.sku',
      'product.name',
      'wave_order.slot',
      sql<
        string | null
      >`(SELECT code FROM barcode WHERE barcode.product_id = product.id AND units = 1 LIMIT 1)`.as('barcode'),
    ])
    .where('pick.wave_id', '=', p.wave)
    .orderBy('pick.position')
    .orderBy('pick.id'),
)

export const slipsOf = many((db, p: { wave: string }) =>
  db
    .selectFrom('wave_order')
    .innerJoin('order', 'order.id', 'wave_order.order_id')
    .innerJoin('shop', 'shop.id', 'order.shop_id')
    .select([
      'order.id',
      'order.number',
      'order.paid_at',
      'order.buyer_note',
      'order.receiver_masked',
      'shop.name as shop',
      'shop.returns_text',
      'wave_order.slot',
    ])
    .where('wave_order.wave_id', '=', p.wave)
    .orderBy('wave_order.position'),
)
export const slipLines = many((db, p: { order: string }) =>
  db
    .selectFrom('order_line')
    .leftJoin('product', 'product.sku', 'order_line.sku')
    .leftJoin('order_kit', 'order_kit.id', 'order_line.kit_id')
    .leftJoin('product as kit_product', 'kit_product.sku', 'order_kit.sku')
    .select([
      'order_line.sku',
      'order_line.title',
      'product.name',
      'order_line.spec',
      'order_line.quantity',
      'order_kit.sku as kit_sku',
      'order_kit.title as kit_title',
      'order_kit.quantity as kit_quantity',
      'kit_product.name as kit_name',
    ])
    .where('order_line.order_id', '=', p.order)
    .where('order_line.dropped', '=', 0)
    .orderBy('order_line.position'),
)

// --- a wave that is being picked -------------------------------------------------------------------------------

/** Waves with an order that was taken back and that nobody was told of. */
export const wavesToSettle = many((db) =>
  db
    .selectFrom('wave')
    .innerJoin('pick', 'pick.wave_id', 'wave.id')
    .innerJoin('order', 'order.id', 'pick.order_id')
    .select('wave.id')
    .distinct()
    .where('wave.state', 'in', ['open', 'picking', 'packing'])
    .whereRef('pick.picked', '<', 'pick.quantity')
    .where('order.state', 'in', ['open', 'cancelled'])
    .where(sql<boolean>`("order".state = 'cancelled' OR "order".stop IN ('cancel', 'refund'))`)
    .where(
      sql<boolean>`coalesce((SELECT kind FROM wave_event WHERE wave_event.wave_id = wave.id
        AND wave_event.about = "order".number AND kind IN ('left', 'joined')
        ORDER BY wave_event.id DESC LIMIT 1), '') <> 'left'`,
    ),
)
/** Waves that still run and that an order has left. */
export const wavesWithLeft = many((db) =>
  db
    .selectFrom('wave')
    .innerJoin('wave_event', 'wave_event.wave_id', 'wave.id')
    .select('wave.id')
    .distinct()
    .where('wave.state', '<>', 'done')
    .where('wave_event.kind', '=', 'left'),
)
/** A box of the order that somebody fills or that is packed. */
export const boxOf = first((db, p: { order: string }) =>
  db
    .selectFrom('parcel')
    .select('id')
    .where('order_id', '=', p.order)
    .where('state', 'in', ['open', 'packed']),
)
export const setPick = writeOne((db, p: { id: number; position: number; quantity: number; picked: number }) =>
  db
    .updateTable('pick')
    .set({ position: p.position, quantity: p.quantity, picked: p.picked })
    .where('id', '=', p.id),
)
export const deletePick = writeOne((db, p: { id: number }) => db.deleteFrom('pick').where('id', '=', p.id))
export const reviseWave = writeOne(
  (db, p: { wave: string; distance: number | null; seconds: number; due: string | null; revision: number }) =>
    db
      .updateTable('wave')
      .set({ distance_mm: p.distance, seconds: p.seconds, due_at: p.due, revision: p.revision })
      .where('id', '=', p.wave),
)
export const setPicker = writeOne((db, p: { wave: string; picker: string }) =>
  db.updateTable('wave').set({ picker: p.picker }).where('id', '=', p.wave),
)
export const insertEvent = writeOne(
  (
    db,
    p: {
      wave: string
      at: string
      kind: 'joined' | 'left' | 'short' | 'moved' | 'replanned' | 'picker'
      about: string
      reason: string
      who: string
    },
  ) =>
    db.insertInto('wave_event').values({
      wave_id: p.wave,
      at: p.at,
      kind: p.kind,
      about: p.about,
      reason: p.reason,
      who: p.who,
    }),
)
export const eventsOf = many((db, p: { wave: string }) =>
  db
    .selectFrom('wave_event')
    .select(['at', 'kind', 'about', 'reason', 'who'])
    .where('wave_id', '=', p.wave)
    .orderBy('id'),
)
export const holdShort = write((db, p: { order: string; reason: string; by: string }) =>
  db
    .updateTable('order')
    .set({ hold: p.reason, hold_by: p.by })
    .where('id', '=', p.order)
    .where('state', '=', 'open')
    .where('hold', 'is', null),
)
export const emptyShelf = write((db, p: { product: number; shelf: number; at: string }) =>
  db
    .updateTable('stock')
    .set({ quantity: 0, counted_at: p.at })
    .where('product_id', '=', p.product)
    .where('location_id', '=', p.shelf),
)
export const orderIdsByNumber = many((db, p: { number: string }) =>
  db.selectFrom('order').select('id').where('number', '=', p.number).where('state', '=', 'open'),
)
export const nextPosition = first((db, p: { wave: string }) =>
  db
    .selectFrom('wave_order')
    .select(sql<number>`coalesce(max(position), -1) + 1`.as('position'))
    .where('wave_id', '=', p.wave),
)

export const markPicking = write((db, p: { wave: string }) =>
  db.updateTable('wave').set({ state: 'picking' }).where('id', '=', p.wave).where('state', '=', 'open'),
)

/** Whether anything of a wave was touched at a bench. */
export const touched = first((db, p: { wave: string }) =>
  db
    .selectFrom('wave_order')
    .innerJoin('parcel', 'parcel.order_id', 'wave_order.order_id')
    .select('parcel.id')
    .where('wave_order.wave_id', '=', p.wave)
    .limit(1),
)
const deletePicks = write((db, p: { wave: string }) => db.deleteFrom('pick').where('wave_id', '=', p.wave))
const deleteWaveOrders = write((db, p: { wave: string }) =>
  db.deleteFrom('wave_order').where('wave_id', '=', p.wave),
)
const finishWave = writeOne((db, p: { wave: string }) =>
  db.updateTable('wave').set({ state: 'done' }).where('id', '=', p.wave),
)

export const waveOfOrder = first((db, p: { order: string }) =>
  db.selectFrom('wave_order').select('wave_id').where('order_id', '=', p.order),
)
const deletePicksOfOrder = write((db, p: { order: string }) =>
  db.deleteFrom('pick').where('order_id', '=', p.order),
)
const deleteOrderFromWave = write((db, p: { order: string }) =>
  db.deleteFrom('wave_order').where('order_id', '=', p.order),
)
const finishIfEmpty = write((db, p: { wave: string }) =>
  db
    .updateTable('wave')
    .set({ state: 'done' })
    .where('id', '=', p.wave)
    .where(
      sql<boolean>`NOT EXISTS (SELECT 1 FROM wave_order JOIN "order" ON "order".id = wave_order.order_id
        WHERE wave_order.wave_id = wave.id AND "order".state = 'open')`,
    ),
)

const ordersOf = many((db, p: { wave: string }) =>
  db.selectFrom('wave_order').select('order_id').where('wave_id', '=', p.wave),
)

/** Takes all orders out of a wave; gives how many. */
export function dissolveWave(tx: Writer, wave: string): number {
  const orders = ordersOf(tx, { wave })
  deletePicks(tx, { wave })
  deleteWaveOrders(tx, { wave })
  finishWave(tx, { wave })
  for (const { order_id: order } of orders) explodeOrder(tx, order)
  return orders.length
}

/**
 * Takes an order out of its wave, with its picks, so that it is planned anew. On a list and in a box it kept its lines;
 * now its kits are what they are made of today.
 */
export function leaveWave(tx: Writer, order: string): void {
  const wave = waveOfOrder(tx, { order })?.wave_id
  if (wave !== undefined) {
    deletePicksOfOrder(tx, { order })
    deleteOrderFromWave(tx, { order })
    finishIfEmpty(tx, { wave })
  }
  explodeOrder(tx, order)
}
