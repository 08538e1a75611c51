import { sql } from 'kysely'
import { first, many, write, writeOne } from '#electron/db/query.ts'

export const ownLayouts = many((db) => db.selectFrom('label_layout').selectAll().orderBy('name'))

export const layoutById = first((db, p: { id: string }) =>
  db.selectFrom('label_layout').selectAll().where('id', '=', p.id),
)

export const layoutByName = first((db, p: { name: string }) =>
  db.selectFrom('label_layout').selectAll().where('name', '=', p.name),
)

export const putLayout = writeOne(
  (db, p: { id: string; name: string; layout: string; at: string; who: string }) =>
    db
      .insertInto('label_layout')
      .values({ id: p.id, name: p.name, layout: p.layout, at: p.at, who: p.who })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ name: p.name, layout: p.layout, at: p.at, who: p.who }),
      ),
)

export const deleteLayout = writeOne((db, p: { id: string }) =>
  db.deleteFrom('label_layout').where('id', '=', p.id),
)

export const layoutUsers = many((db) =>
  db
    .selectFrom('printer')
    .select(['name', 'layout'])
    .where('layout', 'is not', null)
    .where('retired_at', 'is', null)
    .orderBy('name'),
)

/** Printers know their layout by its name. */
export const renameInPrinters = write((db, p: { from: string; to: string }) =>
  db.updateTable('printer').set({ layout: p.to }).where('layout', '=', p.from),
)

export const setPrinterLayout = write((db, p: { printer: string; layout: string | null }) =>
  db.updateTable('printer').set({ layout: p.layout }).where('id', '=', p.printer),
)

export const productLabelOf = first((db, p: { code: string }) =>
  db
    .selectFrom('product')
    .select([
      'product.name',
      'product.sku',
      // One piece's barcode before a pack's.
      sql<string | null>`coalesce(
        (SELECT code FROM barcode WHERE code = ${p.code} AND product_id = product.id),
        (SELECT code FROM barcode WHERE product_id = product.id ORDER BY units, code LIMIT 1))`.as('barcode'),
      sql<string | null>`(SELECT spec FROM order_line WHERE sku = product.sku AND dropped = 0 AND spec <> ''
        ORDER BY order_id DESC LIMIT 1)`.as('spec'),
    ])
    .where((eb) =>
      eb.or([
        eb('product.sku', '=', p.code),
        eb(
          'product.id',
          '=',
          eb.selectFrom('barcode').select('product_id').where('code', '=', p.code).limit(1),
        ),
      ]),
    )
    .limit(1),
)

export const locationLabelOf = first((db, p: { code: string }) =>
  db.selectFrom('location').select(['code', 'zone', 'aisle', 'bay', 'level']).where('code', '=', p.code),
)

/** The label that is live for an order's number or a waybill. */
export const liveLabelOf = first((db, p: { code: string }) =>
  db
    .selectFrom('label')
    .innerJoin('parcel', 'parcel.id', 'label.parcel_id')
    .innerJoin('order', 'order.id', 'parcel.order_id')
    .select('label.id')
    .where('label.state', '<>', 'void')
    .where((eb) => eb.or([eb('label.waybill', '=', p.code), eb('order.number', '=', p.code)]))
    .orderBy('label.id', 'desc')
    .limit(1),
)

/** What a label would say of an order that has none yet. */
export const orderLabelFacts = first((db, p: { number: string }) =>
  db
    .selectFrom('order')
    .innerJoin('shop', 'shop.id', 'order.shop_id')
    .leftJoin('courier', (join) =>
      join.on('courier.id', '=', sql<string>`coalesce("order".courier_id, shop.courier_id)`),
    )
    .leftJoin('wave_order', 'wave_order.order_id', 'order.id')
    .leftJoin('wave', 'wave.id', 'wave_order.wave_id')
    .select([
      'courier.name as courier',
      'order.id as order_id',
      'order.number',
      'order.buyer_note',
      'order.receiver_masked',
      'shop.name as shop',
      'shop.sender',
      'wave.number as wave',
      'wave_order.slot',
    ])
    .where('order.number', '=', p.number)
    .limit(1),
)
