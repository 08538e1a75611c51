import { first, type Writer, writeOne } from '#electron/db/query.ts'
import type { Clock } from '#electron/ports/clock.ts'
import type { Ids } from '#electron/ports/ids.ts'

const labelForShipment = first((db, p: { label: string }) =>
  db
    .selectFrom('label')
    .innerJoin('parcel', 'parcel.id', 'label.parcel_id')
    .innerJoin('order', 'order.id', 'parcel.order_id')
    .innerJoin('courier', 'courier.id', 'label.courier_id')
    .select(['label.courier_id', 'label.waybill', 'courier.name as courier', 'order.shop_id', 'order.number'])
    .where('label.id', '=', p.label),
)

const insertShipment = writeOne(
  (db, p: { id: string; parcel: string; order: string; courier: string; waybill: string; at: string }) =>
    db.insertInto('shipment').values({
      id: p.id,
      parcel_id: p.parcel,
      order_id: p.order,
      courier_id: p.courier,
      waybill: p.waybill,
      handed_over_at: p.at,
    }),
)

const insertOutbox = writeOne(
  (db, p: { id: string; shop: string; order: string; parcel: string; payload: string; at: string }) =>
    db.insertInto('outbox').values({
      id: p.id,
      shop_id: p.shop,
      order_id: p.order,
      parcel_id: p.parcel,
      action: 'ship',
      payload: p.payload,
      created_at: p.at,
    }),
)

/** The shipment and the word to the marketplace, in the transaction of the hand-over: both or neither. */
export function recordShipment(
  tx: Writer,
  { ids }: { readonly ids: Ids; readonly clock: Clock },
  of: {
    readonly orderId: string
    readonly parcelId: string
    readonly labelId: string
    readonly at: string
    readonly partial: boolean
  },
): void {
  const label = labelForShipment(tx, { label: of.labelId })
  if (label === undefined) throw new Error(`label ${of.labelId} is not there`)
  insertShipment(tx, {
    id: ids.next(),
    parcel: of.parcelId,
    order: of.orderId,
    courier: label.courier_id,
    waybill: label.waybill,
    at: of.at,
  })
  insertOutbox(tx, {
    id: ids.next(),
    shop: label.shop_id,
    order: of.orderId,
    parcel: of.parcelId,
    payload: JSON.stringify({
      order: label.number,
      courier: label.courier,
      waybill: label.waybill,
      shippedAt: of.at,
      partial: of.partial,
    }),
    at: of.at,
  })
}
