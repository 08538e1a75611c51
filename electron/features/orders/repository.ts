import { type RawBuilder, sql } from 'kysely'
import type { OrderRow } from '#shared/contract/orders.ts'
import { asTyped } from '#shared/domain/devices/codes/aim.ts'
import { ask, type Builder, first, many, type Reader, write } from '#electron/db/query.ts'
import { ordersOfHeldLabels } from '#electron/features/labels/index.ts'

const rowColumns = (db: Builder) =>
  db
    .selectFrom('order')
    .innerJoin('shop', 'shop.id', 'order.shop_id')
    .leftJoin('courier', 'courier.id', 'order.courier_id')
    .leftJoin('wave_order', 'wave_order.order_id', 'order.id')
    .leftJoin('wave', 'wave.id', 'wave_order.wave_id')
    .select([
      'order.id',
      'order.number',
      'shop.name as shop',
      'shop.platform',
      'order.state',
      'order.stop',
      'order.hold',
      'order.known_at as knownAt',
      'order.paid_at as paidAt',
      'order.ship_by as shipBy',
      'courier.name as courier',
      'wave.number as wave',
      'wave_order.slot',
      sql<number>`(SELECT count(*) FROM order_line WHERE order_line.order_id = "order".id AND dropped = 0)`.as(
        'lines',
      ),
      sql<number>`(SELECT coalesce(sum(quantity), 0) FROM order_line WHERE order_line.order_id = "order".id AND dropped = 0)`.as(
        'units',
      ),
      sql<string>`coalesce((SELECT coalesce(order_kit.title, order_line.title) FROM order_line
        LEFT JOIN order_kit ON order_kit.id = order_line.kit_id
        WHERE order_line.order_id = "order".id AND dropped = 0 ORDER BY position LIMIT 1), '')`.as(
        'firstTitle',
      ),
      sql<string | null>`(SELECT label.waybill FROM label JOIN parcel ON parcel.id = label.parcel_id
        WHERE parcel.order_id = "order".id AND label.state <> 'void' ORDER BY label.id DESC LIMIT 1)`.as(
        'waybill',
      ),
    ])

export const rowById = first((db, p: { id: string }) => rowColumns(db).where('order.id', '=', p.id))

export interface Filter {
  readonly state?: OrderRow['state'] | undefined
  readonly only?:
    | 'stopped'
    | 'held'
    | 'late'
    | 'unplanned'
    | 'pullOut'
    | 'incomplete'
    | 'unprinted'
    | undefined
  readonly shop?: string | undefined
  readonly find?: string | undefined
}

/** How many orders a filter finds, whichever page of them is shown. */
export function countOrders(db: Reader, filter: Filter, now: string): number {
  const [row] = ask(db, (builder) =>
    builder
      .selectFrom('order')
      .innerJoin('shop', 'shop.id', 'order.shop_id')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .where(conditions(filter, now)),
  )
  return row?.total ?? 0
}

export function listOrders(
  db: Reader,
  filter: Filter,
  now: string,
  page: { readonly offset: number; readonly limit: number },
) {
  return ask(db, (builder) =>
    rowColumns(builder)
      .where(conditions(filter, now))
      .orderBy(sql`"order".ship_by IS NULL`)
      .orderBy('order.ship_by')
      .orderBy('order.id')
      .limit(page.limit)
      .offset(page.offset),
  )
}

function conditions(filter: Filter, now: string) {
  const parts = [sql<boolean>`1`]
  if (filter.state !== undefined) parts.push(sql<boolean>`"order".state = ${filter.state}`)
  if (filter.shop !== undefined) parts.push(sql<boolean>`shop.name = ${filter.shop}`)
  switch (filter.only) {
    case 'stopped':
      parts.push(sql<boolean>`"order".stop IS NOT NULL AND "order".state <> 'handedOver'`)
      break
    case 'held':
      parts.push(sql<boolean>`"order".hold IS NOT NULL AND "order".state <> 'handedOver'`)
      break
    case 'late':
      parts.push(sql<boolean>`"order".ship_by < ${now} AND "order".state IN ('open', 'packed')`)
      break
    case 'unplanned':
      parts.push(
        sql<boolean>`"order".state = 'open' AND NOT EXISTS (SELECT 1 FROM wave_order w WHERE w.order_id = "order".id)`,
      )
      break
    case 'pullOut':
      parts.push(
        sql<boolean>`"order".state = 'packed' AND ("order".stop IS NOT NULL OR "order".hold IS NOT NULL)`,
      )
      break
    case 'incomplete':
      parts.push(sql<boolean>`EXISTS (SELECT 1 FROM parcel WHERE parcel.order_id = "order".id AND parcel.state = 'packed'
        AND NOT EXISTS (SELECT 1 FROM label WHERE label.parcel_id = parcel.id AND label.state <> 'void'))`)
      break
    case 'unprinted':
      parts.push(sql<boolean>`"order".id IN ${ordersOfHeldLabels}`)
      break
    case undefined:
      break
  }
  const find = filter.find?.trim() ?? ''
  if (find !== '') {
    const found = asTyped(find)
    const exactly = sql.join(found)
    // What is gone is looked through for goods only where it is asked for: that is every line of years.
    const among =
      filter.state === 'handedOver' ? sql`` : sql`AND holder.state IN ('open', 'packed', 'cancelled')`
    parts.push(sql<boolean>`"order".id IN (
      SELECT id FROM "order" WHERE ${startsWith(sql`number`, found)}
      UNION SELECT holder.id FROM "order" AS holder JOIN order_line ON order_line.order_id = holder.id AND order_line.dropped = 0
        WHERE order_line.sku IN (${exactly}) ${among}
      UNION SELECT holder.id FROM order_kit JOIN "order" AS holder ON holder.id = order_kit.order_id
        JOIN order_line ON order_line.kit_id = order_kit.id AND order_line.dropped = 0
        WHERE order_kit.sku IN (${exactly}) ${among}
      UNION SELECT parcel.order_id FROM label JOIN parcel ON parcel.id = label.parcel_id WHERE ${startsWith(sql`label.waybill`, found)}
      UNION ${ordersOfUnit(found)})`)
  }
  return sql<boolean>`${sql.join(parts, sql` AND `)}`
}

/** The orders in whose boxes a unit whose lot or serial number starts with this is, or left. */
const ordersOfUnit = (starts: readonly string[]) => sql`
  SELECT parcel.order_id FROM unit_mark JOIN scan ON scan.seq = unit_mark.scan_seq JOIN parcel ON parcel.id = scan.parcel_id
  WHERE (${startsWith(sql`unit_mark.lot`, starts)} OR ${startsWith(sql`unit_mark.serial`, starts)})
    AND parcel.state <> 'abandoned' AND NOT EXISTS (SELECT 1 FROM scan AS undo WHERE undo.undoes = scan.seq)`

/** In ranges that an index serves, in the letters that were typed, in capitals and in small ones. */
function startsWith(column: RawBuilder<unknown>, texts: readonly string[]) {
  const starts = new Set(texts.flatMap((text) => [text, text.toUpperCase(), text.toLowerCase()]))
  const ranges = [...starts].map(
    (start) => sql`(${column} >= ${start} AND ${column} < ${`${start}\u{10ffff}`})`,
  )
  return sql`(${sql.join(ranges, sql` OR `)})`
}

export const setHold = write((db, p: { id: string; hold: string; by: string }) =>
  db
    .updateTable('order')
    .set({ hold: p.hold, hold_by: p.by })
    .where('id', '=', p.id)
    .where('state', 'in', ['open', 'packed']),
)

export const clearStops = write((db, p: { id: string }) =>
  db
    .updateTable('order')
    .set({ hold: null, hold_by: null, stop: null, stop_note: '' })
    .where('id', '=', p.id)
    .where('state', 'in', ['open', 'packed']),
)

// --- the story of one order ------------------------------------------------------------------------------------

export const storyHead = first((db, p: { id: string }) =>
  db
    .selectFrom('order')
    .select([
      'platform_status',
      'stop_note',
      'buyer_note',
      'seller_note',
      'receiver_masked',
      'currency',
      'amount_minor',
      'created_at',
    ])
    .where('id', '=', p.id),
)

export const storyLines = many((db, p: { id: string }) =>
  db
    .selectFrom('order_line')
    .leftJoin('product', 'product.sku', 'order_line.sku')
    .leftJoin('order_kit', 'order_kit.id', 'order_line.kit_id')
    .leftJoin('product as kit_product', 'kit_product.sku', 'order_kit.sku')
    .select([
      'order_line.sku',
      'order_kit.id as kit_id',
      'order_kit.sku as kit_sku',
      'order_kit.title as kit_title',
      'order_kit.quantity as kit_quantity',
      'kit_product.name as kit_name',
      'order_line.title',
      'product.name',
      'order_line.spec',
      'order_line.quantity',
      'product.picture',
      'product.id as product_id',
      sql<number>`coalesce((SELECT sum(parcel_line.quantity) FROM parcel_line JOIN parcel ON parcel.id = parcel_line.parcel_id
        WHERE parcel_line.line_id = order_line.id AND parcel.state IN ('open', 'packed', 'handedOver')), 0)`.as(
        'packed',
      ),
      sql<string | null>`(SELECT location.code FROM stock JOIN location ON location.id = stock.location_id
        WHERE stock.product_id = product.id ORDER BY stock.quantity DESC LIMIT 1)`.as('location'),
    ])
    .where('order_line.order_id', '=', p.id)
    .where('order_line.dropped', '=', 0)
    .orderBy('order_line.position'),
)

export const storyScans = many((db, p: { id: string }) =>
  db
    .selectFrom('scan')
    .innerJoin('bench', 'bench.id', 'scan.bench_id')
    .leftJoin('operator', 'operator.id', 'scan.operator_id')
    .leftJoin('scan_weight', 'scan_weight.scan_seq', 'scan.seq')
    .leftJoin('unit_mark', 'unit_mark.scan_seq', 'scan.seq')
    .select([
      'scan.at',
      'scan.verdict',
      'scan.code',
      'bench.name as bench',
      'operator.name as operator',
      'scan_weight.gain_g',
      'scan_weight.odd',
      'unit_mark.gtin',
      'unit_mark.lot',
      'unit_mark.expiry',
      'unit_mark.serial',
    ])
    .where('scan.order_id', '=', p.id)
    .orderBy('scan.seq', 'desc')
    .limit(500),
)

/** What the order's boxes weighed. */
export const storyWeights = many((db, p: { id: string }) =>
  db
    .selectFrom('parcel')
    .innerJoin('parcel_weight', 'parcel_weight.parcel_id', 'parcel.id')
    .select([
      'parcel_weight.at',
      'parcel_weight.verdict',
      'parcel_weight.net_g',
      'parcel_weight.expected_g',
      'parcel_weight.band_g',
      'parcel_weight.reason',
      'parcel_weight.released_by',
    ])
    .where('parcel.order_id', '=', p.id)
    .where('parcel_weight.verdict', 'is not', null),
)

export const storyLabels = many((db, p: { id: string }) =>
  db
    .selectFrom('label_event')
    .innerJoin('label', 'label.id', 'label_event.label_id')
    .innerJoin('parcel', 'parcel.id', 'label.parcel_id')
    .select(['label_event.at', 'label_event.state', 'label_event.reason', 'label.waybill'])
    .where('parcel.order_id', '=', p.id)
    .orderBy('label_event.id'),
)

export const storyLabel = first((db, p: { id: string }) =>
  db
    .selectFrom('label')
    .innerJoin('parcel', 'parcel.id', 'label.parcel_id')
    .select(['label.id', 'label.waybill', 'label.state', 'label.prints'])
    .where('parcel.order_id', '=', p.id)
    .where('parcel.state', 'in', ['open', 'packed'])
    .where('label.state', '<>', 'void'),
)
export const storyAudit = many((db, p: { id: string }) =>
  db.selectFrom('audit').select(['at', 'act', 'reason', 'actor']).where('subject', '=', p.id).orderBy('id'),
)

export const storyWave = first((db, p: { id: string }) =>
  db
    .selectFrom('wave_order')
    .innerJoin('wave', 'wave.id', 'wave_order.wave_id')
    .select(['wave.number', 'wave.created_at'])
    .where('wave_order.order_id', '=', p.id),
)

// --- today -----------------------------------------------------------------------------------------------------

/**
 * Every order that is not gone, and those that went today, each in one place: the places sum to the total. Starts from
 * what is open and from the day's shipments: all that ever left is a hundred times more.
 */
export const riverCounts = first((db, p: { from: string; until: string }) =>
  db
    .selectFrom(
      sql<{ place: string }>`(SELECT CASE
          WHEN "order".stop IS NOT NULL OR "order".hold IS NOT NULL THEN 'stopped'
          WHEN "order".state = 'packed' THEN 'packed'
          WHEN parcel.id IS NOT NULL THEN 'packing'
          WHEN wave_order.order_id IS NOT NULL THEN 'inWave'
          ELSE 'waiting' END AS place
        FROM "order"
        LEFT JOIN parcel ON parcel.order_id = "order".id AND parcel.state = 'open'
        LEFT JOIN wave_order ON wave_order.order_id = "order".id
        WHERE "order".state IN ('open', 'packed')
        UNION ALL
        SELECT 'handedOver' AS place
        FROM (SELECT DISTINCT order_id FROM shipment WHERE handed_over_at >= ${p.from} AND handed_over_at < ${p.until}) AS left_today
        JOIN "order" ON "order".id = left_today.order_id AND "order".state = 'handedOver')`.as('river'),
    )
    .select([
      sql<number>`count(*)`.as('total'),
      sql<number>`coalesce(sum(place = 'waiting'), 0)`.as('waiting'),
      sql<number>`coalesce(sum(place = 'inWave'), 0)`.as('inWave'),
      sql<number>`coalesce(sum(place = 'packing'), 0)`.as('packing'),
      sql<number>`coalesce(sum(place = 'packed'), 0)`.as('packed'),
      sql<number>`coalesce(sum(place = 'handedOver'), 0)`.as('handedOver'),
      sql<number>`coalesce(sum(place = 'stopped'), 0)`.as('stopped'),
    ]),
)

export const lateOrders = first((db, p: { now: string }) =>
  db
    .selectFrom('order')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', 'in', ['open', 'packed'])
    .where('ship_by', '<', p.now),
)

export const courierQueues = many((db) =>
  db
    .selectFrom('order')
    .innerJoin('shop', 'shop.id', 'order.shop_id')
    .leftJoin('courier', (join) =>
      join.on('courier.id', '=', sql<string>`coalesce("order".courier_id, shop.courier_id)`),
    )
    .select((eb) => [
      'courier.name as courier',
      'courier.cutoff',
      eb.fn.countAll<number>().as('left'),
      eb.fn.min('order.ship_by').as('shipBy'),
    ])
    .where('order.state', 'in', ['open', 'packed'])
    .groupBy('courier.id')
    .orderBy('courier.name'),
)

export const benchCards = many((db, p: { from: string }) =>
  db
    .selectFrom('bench')
    .leftJoin('operator', 'operator.id', 'bench.operator_id')
    .select([
      'bench.name',
      'operator.name as operator',
      sql<number>`(SELECT count(*) FROM scan WHERE scan.bench_id = bench.id AND scan.at >= ${p.from} AND verdict = 'complete')`.as(
        'packed',
      ),
      sql<number>`(SELECT count(*) FROM scan WHERE scan.bench_id = bench.id AND scan.at >= ${p.from}
        AND verdict IN ('wrongItem', 'tooMany', 'unknown', 'stopped', 'alreadyShipped', 'wrongParcel'))`.as(
        'errors',
      ),
      sql<string | null>`(SELECT max(at) FROM scan WHERE scan.bench_id = bench.id)`.as('lastAt'),
    ])
    .orderBy('bench.name'),
)
