import { sql } from 'kysely'
import { ask, first, many, type Reader } from '#electron/db/query.ts'

interface Window {
  readonly from: string
  readonly until: string
  readonly courier: string | undefined
}

/** What a parcel was found to weigh, else its contents by the catalogue, or null when one product's weight is not known. */
const parcelWeight = sql<number | null>`coalesce((
  SELECT max(0, net_g) FROM parcel_weight WHERE parcel_id = shipment.parcel_id AND verdict IS NOT NULL), (
  SELECT CASE WHEN sum(product.weight_g IS NULL) > 0 THEN NULL ELSE sum(parcel_line.quantity * product.weight_g) END
  FROM parcel_line JOIN order_line ON order_line.id = parcel_line.line_id
  LEFT JOIN product ON product.sku = order_line.sku
  WHERE parcel_line.parcel_id = shipment.parcel_id AND parcel_line.quantity > 0))`

export function shipmentsBetween(db: Reader, window: Window) {
  return ask(db, (builder) => {
    let query = builder
      .selectFrom('shipment')
      .innerJoin('order', 'order.id', 'shipment.order_id')
      .innerJoin('shop', 'shop.id', 'order.shop_id')
      .innerJoin('courier', 'courier.id', 'shipment.courier_id')
      .innerJoin('parcel', 'parcel.id', 'shipment.parcel_id')
      .innerJoin('bench', 'bench.id', 'parcel.bench_id')
      .select([
        'shipment.id',
        'order.id as orderId',
        'order.number as order',
        'shop.name as shop',
        'courier.name as courier',
        'shipment.waybill',
        'shipment.handed_over_at as handedOverAt',
        'bench.name as bench',
        sql<number>`(SELECT coalesce(sum(quantity), 0) FROM parcel_line WHERE parcel_line.parcel_id = shipment.parcel_id)`.as(
          'units',
        ),
        parcelWeight.as('weightG'),
      ])
      .where('shipment.handed_over_at', '>=', window.from)
      .where('shipment.handed_over_at', '<', window.until)
      .orderBy('shipment.handed_over_at')
      .orderBy('shipment.id')
    if (window.courier !== undefined) query = query.where('courier.name', '=', window.courier)
    return query
  })
}

/** Each scan of the boxes handed over in a time that said more of its units than what goods they are; an undone one put nothing in. */
export function unitsHandedOver(db: Reader, window: Window) {
  return ask(db, (builder) => {
    let query = builder
      .selectFrom('shipment')
      .innerJoin('order', 'order.id', 'shipment.order_id')
      .innerJoin('shop', 'shop.id', 'order.shop_id')
      .innerJoin('courier', 'courier.id', 'shipment.courier_id')
      .innerJoin('scan', 'scan.parcel_id', 'shipment.parcel_id')
      .innerJoin('unit_mark', 'unit_mark.scan_seq', 'scan.seq')
      .leftJoin('order_line', (join) =>
        join.on(sql<boolean>`order_line.id = json_extract(scan.puts, '$[0][0]')`),
      )
      .select([
        'order.number as order',
        'shop.name as shop',
        'courier.name as courier',
        'shipment.waybill',
        'order_line.sku',
        'unit_mark.gtin',
        'unit_mark.lot',
        'unit_mark.expiry',
        'unit_mark.serial',
        'scan.units',
        'scan.at as scannedAt',
        'shipment.handed_over_at as handedOverAt',
      ])
      .where('shipment.handed_over_at', '>=', window.from)
      .where('shipment.handed_over_at', '<', window.until)
      .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM scan AS undo WHERE undo.undoes = scan.seq)`)
      .orderBy('shipment.handed_over_at')
      .orderBy('scan.seq')
    if (window.courier !== undefined) query = query.where('courier.name', '=', window.courier)
    return query
  })
}

/** Labels whose parcel was packed on this day and that are not void: what must have been handed over by the evening. */
export const labelsOfDay = first((db, p: { from: string; until: string }) =>
  db
    .selectFrom('label')
    .innerJoin('parcel', 'parcel.id', 'label.parcel_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('label.state', '<>', 'void')
    .where(sql<string>`coalesce(parcel.handed_over_at, parcel.packed_at)`, '>=', p.from)
    .where(sql<string>`coalesce(parcel.handed_over_at, parcel.packed_at)`, '<', p.until),
)

export const waitingParcels = many((db) =>
  db
    .selectFrom('parcel')
    .innerJoin('order', 'order.id', 'parcel.order_id')
    .innerJoin('shop', 'shop.id', 'order.shop_id')
    .leftJoin('label', (join) =>
      join.onRef('label.parcel_id', '=', 'parcel.id').on('label.state', '<>', 'void'),
    )
    .select([
      'order.id as orderId',
      'order.number as order',
      'shop.name as shop',
      'label.waybill',
      'parcel.packed_at',
      'order.stop',
      'order.hold',
    ])
    .where('parcel.state', '=', 'packed')
    .orderBy('parcel.packed_at'),
)
