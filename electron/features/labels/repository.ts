import { sql } from 'kysely'
import { heldKinds, heldReasons } from '#shared/domain/labels/held.ts'
import { first, many, write, writeOne } from '#electron/db/query.ts'

/** The courier of an order: its own promise, else the shop's, else the one whose numbers were brought first. */
export const courierForOrder = first((db, p: { order: string }) =>
  db
    .selectFrom('order')
    .innerJoin('shop', 'shop.id', 'order.shop_id')
    .leftJoin('courier', (join) =>
      join.on(
        'courier.id',
        '=',
        sql<string>`coalesce("order".courier_id, shop.courier_id,
          (SELECT courier_id FROM waybill ORDER BY id LIMIT 1))`,
      ),
    )
    .select(['courier.id', 'courier.name'])
    .where('order.id', '=', p.order),
)

/**
 * The number that was brought for just this order, of the courier that it promises; the newest, since the address may have
 * changed between two. Where two shops gave orders one number nobody can say whose it is.
 */
export const waybillOfOrder = first((db, p: { order: string }) =>
  db
    .selectFrom('order')
    .innerJoin('waybill', 'waybill.order_number', 'order.number')
    .innerJoin('courier', 'courier.id', 'waybill.courier_id')
    .select(['waybill.id', 'waybill.number', 'courier.id as courier_id', 'courier.name as courier'])
    .where('order.id', '=', p.order)
    .where('waybill.state', '=', 'free')
    .where(sql<boolean>`waybill.courier_id = coalesce("order".courier_id, waybill.courier_id)`)
    .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM "order" AS other
      WHERE other.number = "order".number AND other.id <> "order".id)`)
    .orderBy('waybill.id', 'desc')
    .limit(1),
)

/** The address of an order changed: what was sealed about the one before is of no order until it is brought again. */
export const forgetSealed = write((db, p: { order: string }) =>
  db
    .updateTable('waybill')
    .set({ order_number: null })
    .where('order_number', '=', (eb) => eb.selectFrom('order').select('number').where('id', '=', p.order))
    .where('print_data', 'is not', null),
)

/** A number that any order may have: what a marketplace sealed is about one receiver. */
export const nextFreeWaybill = first((db, p: { courier: string }) =>
  db
    .selectFrom('waybill')
    .select(['id', 'number'])
    .where('courier_id', '=', p.courier)
    .where(sql<boolean>`state = 'free' AND order_number IS NULL AND print_data IS NULL`)
    .orderBy('id')
    .limit(1),
)

export const spendWaybill = writeOne((db, p: { id: number }) =>
  db.updateTable('waybill').set({ state: 'used' }).where('id', '=', p.id).where('state', '=', 'free'),
)

export const voidWaybill = write((db, p: { courier: string; number: string }) =>
  db
    .updateTable('waybill')
    .set({ state: 'void' })
    .where('courier_id', '=', p.courier)
    .where('number', '=', p.number),
)

export const insertLabel = writeOne(
  (
    db,
    p: { id: string; parcel: string; courier: string; waybill: string; printer: string | null; at: string },
  ) =>
    db.insertInto('label').values({
      id: p.id,
      parcel_id: p.parcel,
      courier_id: p.courier,
      waybill: p.waybill,
      printer_id: p.printer,
      state: 'requested',
      requested_at: p.at,
    }),
)

export const insertLabelEvent = writeOne(
  (db, p: { label: string; at: string; state: string; reason: string; operator: string | null }) =>
    db
      .insertInto('label_event')
      .values({ label_id: p.label, at: p.at, state: p.state, reason: p.reason, operator_id: p.operator }),
)

type State =
  | 'requested'
  | 'rendered'
  | 'sending'
  | 'notSent'
  | 'sent'
  | 'unknown'
  | 'printed'
  | 'checked'
  | 'handedOver'
  | 'void'

/** Moves a label on only from the state that it was seen in: what a scan has proved in the meantime stays. */
export const moveLabel = write((db, p: { id: string; from: State; to: State }) =>
  db.updateTable('label').set({ state: p.to }).where('id', '=', p.id).where('state', '=', p.from),
)

export const setLabel = writeOne((db, p: { id: string; to: State }) =>
  db.updateTable('label').set({ state: p.to }).where('id', '=', p.id).where('state', '<>', 'void'),
)

export const countPrint = writeOne((db, p: { id: string }) =>
  db
    .updateTable('label')
    .set({ prints: sql<number>`prints + 1` })
    .where('id', '=', p.id),
)

export const labelById = first((db, p: { id: string }) =>
  db
    .selectFrom('label')
    .innerJoin('parcel', 'parcel.id', 'label.parcel_id')
    .innerJoin('bench', 'bench.id', 'parcel.bench_id')
    .innerJoin('order', 'order.id', 'parcel.order_id')
    .innerJoin('shop', 'shop.id', 'order.shop_id')
    .innerJoin('courier', 'courier.id', 'label.courier_id')
    .leftJoin('wave_order', 'wave_order.order_id', 'order.id')
    .leftJoin('wave', 'wave.id', 'wave_order.wave_id')
    .select([
      'label.id',
      'label.parcel_id',
      'label.courier_id',
      'label.waybill',
      'label.state',
      'label.printer_id',
      'label.prints',
      'bench.name as bench',
      'bench.printer_id as bench_printer_id',
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
    .where('label.id', '=', p.id),
)
export type LabelRow = NonNullable<ReturnType<typeof labelById>>

/** A part of a kit has no title of the shop's own: the catalogue's name says more than its SKU twice. */
const lineTitle = sql<string>`CASE WHEN order_line.title = order_line.sku
  THEN coalesce(product.name, order_line.title) ELSE order_line.title END`.as('title')

export const parcelContents = many((db, p: { parcel: string }) =>
  db
    .selectFrom('parcel_line')
    .innerJoin('order_line', 'order_line.id', 'parcel_line.line_id')
    .leftJoin('product', 'product.sku', 'order_line.sku')
    .select(['order_line.sku', lineTitle, 'order_line.spec', 'parcel_line.quantity'])
    .where('parcel_line.parcel_id', '=', p.parcel)
    .where('parcel_line.quantity', '>', 0)
    .orderBy('order_line.position'),
)

/** Benches that wait for exactly this label to be scanned wait for nothing any more. */
export const stopWaiting = write((db, p: { label: string }) =>
  db
    .updateTable('bench')
    .set({ pending: null })
    .where(sql<boolean>`json_extract(pending, '$.labelId') = ${p.label}`),
)

/** What the stop gate asks of a label's order. */
export const gateFacts = first((db, p: { order: string }) =>
  db
    .selectFrom('order')
    .innerJoin('shop', 'shop.id', 'order.shop_id')
    .select(['order.state', 'order.stop', 'order.stop_note as stopNote', 'order.hold'])
    .select(['order.known_at as knownAt', 'shop.stale_policy as stalePolicy'])
    .select('shop.fresh_minutes as freshMinutes')
    .where('order.id', '=', p.order),
)

/** What the box will hold: for labels that are printed before the box is packed. */
export const orderContents = many((db, p: { order: string }) =>
  db
    .selectFrom('order_line')
    .leftJoin('product', 'product.sku', 'order_line.sku')
    .select(['order_line.sku', lineTitle, 'order_line.spec', 'order_line.quantity'])
    .where('order_line.order_id', '=', p.order)
    .where('order_line.dropped', '=', 0)
    .orderBy('order_line.position'),
)

export const simulatedPrinters = many((db) =>
  db
    .selectFrom('printer')
    .select(['name', 'address', 'language'])
    .where('transport', '=', 'simulated')
    .where('retired_at', 'is', null)
    .orderBy('name'),
)

/** Said as the index says it (label_unfinished), which no parameter does: there are more labels than these by far. */
const unfinished = sql<boolean>`label.state IN ('requested', 'rendered', 'sending', 'notSent')`

/** Asked for, and no byte of them can have left. */
export const begunLabels = many((db) =>
  db
    .selectFrom('label')
    .select('id')
    .where(unfinished)
    .where('state', 'in', ['requested', 'rendered'])
    .orderBy('id'),
)

/** Bytes of them may have left. */
export const sendingLabels = many((db) =>
  db.selectFrom('label').select('id').where(unfinished).where('state', '=', 'sending').orderBy('id'),
)

const lastReason = sql<string>`(SELECT reason FROM label_event
  WHERE label_id = label.id ORDER BY id DESC LIMIT 1)`

/** Of labels: their last reason is one that no waiting mends (`isHeld`). */
const heldByReason = sql<boolean>`(
  ${lastReason} IN (${sql.join(heldReasons.map((reason) => sql.lit(reason)))})
  OR ${sql.join(
    heldKinds.map((kind) => sql`${lastReason} LIKE ${sql.lit(`${kind}: %`)}`),
    sql` OR `,
  )})`

/** Of labels: whatever their printer said last, it was removed and their bench has no other. */
const printerless = sql<boolean>`NOT EXISTS (SELECT 1 FROM parcel
  JOIN bench ON bench.id = parcel.bench_id
  JOIN printer ON printer.id = coalesce(bench.printer_id, label.printer_id)
  WHERE parcel.id = label.parcel_id AND printer.retired_at IS NULL)`

/** What the newest drawing of a label does not show whole (`LabelJob`); empty where nothing is missing. */
const notWhole = sql<string>`coalesce((SELECT reason FROM label_event
  WHERE label_id = label.id AND label_event.state = 'rendered' ORDER BY id DESC LIMIT 1), '')`

/** Why a label is where it is: what the ledger said last of it, or that there is no printer for it any more; and what its paper lacks. */
export const reasonOfLabel = first((db, p: { label: string }) =>
  db
    .selectFrom('label')
    .select([
      sql<string>`CASE WHEN label.state = 'notSent' AND NOT ${heldByReason} AND ${printerless}
        THEN 'noPrinter' ELSE ${lastReason} END`.as('reason'),
      notWhole.as('notWhole'),
    ])
    .where('id', '=', p.label),
)

/**
 * Of labels: what was not sent and waits for a person. Every bench asks after every scan: the list of states is the
 * condition of the index `label_unfinished`, without which years are read.
 */
const held = sql<boolean>`label.state IN ('requested', 'rendered', 'sending', 'notSent')
  AND label.state = 'notSent' AND (${heldByReason} OR ${printerless})`

/** Of orders: the label of a box that is here waits for a person. */
export const ordersOfHeldLabels = sql<string>`(
  SELECT parcel.order_id FROM label JOIN parcel ON parcel.id = label.parcel_id
  WHERE parcel.state IN ('open', 'packed') AND ${held})`

export const heldLabels = first((db) =>
  db
    .selectFrom('label')
    .innerJoin('parcel', 'parcel.id', 'label.parcel_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('parcel.state', 'in', ['open', 'packed'])
    .where(held),
)

/** Labels that surely never reached their printer and wait for it; one that waits for a person is not tried again and again. */
export const waitingLabels = many((db) =>
  db
    .selectFrom('label')
    .select('id')
    .where(unfinished)
    .where('state', '=', 'notSent')
    .where((eb) =>
      eb.or([
        eb.and([eb('prints', '>', 0), sql<boolean>`NOT ${heldByReason}`]),
        eb(lastReason, 'like', 'waits:%'),
        eb(lastReason, '=', 'noPrinter'),
      ]),
    )
    .orderBy('id'),
)

/** Labels that went to printers which say when one is out, and of which nothing more was heard. */
export const unconfirmedLabels = many((db) =>
  db
    .selectFrom('label')
    .innerJoin('printer', 'printer.id', 'label.printer_id')
    .select('label.id')
    .where(sql<boolean>`label.state = 'sent'`)
    .where('printer.confirms', '=', 1)
    // What was sent before the printer ever said so was told as it was then.
    .where(
      sql<boolean>`EXISTS (SELECT 1 FROM label AS other JOIN label_event AS said ON said.label_id = other.id
        WHERE other.printer_id = label.printer_id AND said.state = 'printed'
          AND said.id < (SELECT max(id) FROM label_event WHERE label_id = label.id AND state = 'sent'))`,
    )
    .orderBy('label.id'),
)

/** What the marketplace gave with the number. */
export const printDataOf = first((db, p: { courier: string; number: string }) =>
  db
    .selectFrom('waybill')
    .select(['print_data as printData', 'platform', 'order_number as order'])
    .where('courier_id', '=', p.courier)
    .where('number', '=', p.number),
)

/** The spare prints it. */
export const movePrinter = writeOne((db, p: { id: string; printer: string }) =>
  db.updateTable('label').set({ printer_id: p.printer }).where('id', '=', p.id),
)

export const labelEvents = many((db, p: { label: string }) =>
  db
    .selectFrom('label_event')
    .select(['at', 'state', 'reason'])
    .where('label_id', '=', p.label)
    .orderBy('id'),
)

export const waybillPool = many((db) =>
  db
    .selectFrom('waybill')
    .innerJoin('courier', 'courier.id', 'waybill.courier_id')
    .select((eb) => [
      'courier.name as courier',
      // Sealed data whose order was not said goes on no box.
      eb.fn
        .sum<number>(
          sql<number>`waybill.state = 'free' AND (waybill.print_data IS NULL OR waybill.order_number IS NOT NULL)`,
        )
        .as('free'),
      eb.fn.sum<number>(sql<number>`waybill.state = 'used'`).as('used'),
      eb.fn.sum<number>(sql<number>`waybill.state = 'void'`).as('void'),
    ])
    .groupBy('courier.id')
    .orderBy('courier.name'),
)
