import { sql } from 'kysely'
import { queueLimit } from '#shared/domain/packing/queue.ts'
import { specBeside } from '#shared/domain/orders/spec.ts'
import type {
  KitFacts,
  LabelFacts,
  LineFacts,
  OrderFacts,
  ParcelFacts,
  ScannedProduct,
  WaveFacts,
} from '#shared/domain/packing/situation.ts'
import { first, many, type Reader, write, writeOne } from '#electron/db/query.ts'

// --- the bench -----------------------------------------------------------------------------------------------

const benchColumns = [
  'bench.id',
  'bench.name',
  'bench.printer_id',
  'bench.print_mode',
  'bench.countdown_ms',
  'bench.errors_wait',
  'bench.check_label',
  'bench.weigh',
  'bench.wave_id',
  'bench.handover_wave_id',
  'bench.parcel_id',
  'bench.pending',
  'bench.operator_id',
  'bench.last_scan',
] as const

export const benchByName = first((db, p: { name: string }) =>
  db.selectFrom('bench').select(benchColumns).where('bench.name', '=', p.name),
)
export type BenchRow = NonNullable<ReturnType<typeof benchByName>>

export const benchNames = many((db) => db.selectFrom('bench').select(['id', 'name']).orderBy('name'))

/** Benches that go on by themselves: after a countdown, or when the scale stands still. */
export const benchesGoingOn = many((db) =>
  db
    .selectFrom('bench')
    .select('name')
    .where(sql<string>`json_extract(pending, '$.kind')`, 'in', ['countdown', 'weight']),
)

export const insertBench = writeOne(
  (
    db,
    p: { id: string; name: string; printer: string | null; countdown: number; errors: number; check: number },
  ) =>
    db.insertInto('bench').values({
      id: p.id,
      countdown_ms: p.countdown,
      errors_wait: p.errors,
      check_label: p.check,
      name: p.name,
      printer_id: p.printer,
      wave_id: null,
      handover_wave_id: null,
      parcel_id: null,
      pending: null,
      operator_id: null,
      last_scan: null,
    }),
)

export const saveBench = writeOne(
  (
    db,
    p: {
      id: string
      wave: string | null
      parcel: string | null
      pending: string | null
      scan: number | null
    },
  ) =>
    db
      .updateTable('bench')
      .set({ wave_id: p.wave, parcel_id: p.parcel, pending: p.pending, last_scan: p.scan })
      .where('id', '=', p.id),
)

/** After a scan at hand-over: what stands on the bench to be packed is not touched. */
export const saveHandOver = writeOne((db, p: { id: string; wave: string | null; scan: number }) =>
  db.updateTable('bench').set({ handover_wave_id: p.wave, last_scan: p.scan }).where('id', '=', p.id),
)

export const saveBenchRules = writeOne(
  (
    db,
    p: {
      id: string
      printer: string | null
      mode: 'first' | 'last'
      countdown: number
      errors: number
      check: number
      weigh: 'off' | 'check'
    },
  ) =>
    db
      .updateTable('bench')
      .set({
        printer_id: p.printer,
        print_mode: p.mode,
        countdown_ms: p.countdown,
        errors_wait: p.errors,
        check_label: p.check,
        weigh: p.weigh,
      })
      .where('id', '=', p.id),
)

export const signInAtBench = writeOne((db, p: { id: string; operator: string }) =>
  db.updateTable('bench').set({ operator_id: p.operator }).where('id', '=', p.id),
)

export const operatorByBadge = first((db, p: { badge: string }) =>
  db
    .selectFrom('operator')
    .select(['id', 'name', 'role'])
    .where('badge', '=', p.badge)
    .where('active', '=', 1),
)

export const operatorById = first((db, p: { id: string }) =>
  db.selectFrom('operator').select(['id', 'name', 'role']).where('id', '=', p.id),
)

// --- what a code means ---------------------------------------------------------------------------------------

export const productsByBarcode = many((db, p: { code: string }) =>
  db
    .selectFrom('barcode')
    .innerJoin('product', 'product.id', 'barcode.product_id')
    .select(['product.id', 'product.sku', 'product.name', 'product.picture', 'barcode.units'])
    .where('barcode.code', '=', p.code)
    .orderBy('product.sku'),
)

export const productBySku = many((db, p: { sku: string }) =>
  db
    .selectFrom('product')
    .select(['product.id', 'product.sku', 'product.name', 'product.picture', sql<number>`1`.as('units')])
    .where('product.sku', '=', p.sku),
)

/** The shelf that holds most of a product. */
export const shelfOf = first((db, p: { product: number }) =>
  db
    .selectFrom('stock')
    .innerJoin('location', 'location.id', 'stock.location_id')
    .select('location.code')
    .where('stock.product_id', '=', p.product)
    .orderBy('stock.quantity', 'desc')
    .limit(1),
)

export const ordersByNumber = many((db, p: { number: string }) =>
  db.selectFrom('order').select('id').where('number', '=', p.number),
)

export const labelsByWaybill = many((db, p: { waybill: string }) =>
  db
    .selectFrom('label')
    .innerJoin('parcel', 'parcel.id', 'label.parcel_id')
    .innerJoin('courier', 'courier.id', 'label.courier_id')
    .select([
      'label.id',
      'label.waybill',
      'label.state',
      'courier.name as courier',
      'parcel.order_id',
      'parcel.id as parcel_id',
      'parcel.state as parcel_state',
    ])
    .where('label.waybill', '=', p.waybill),
)

/** The label of a parcel: the live one, else the last that was voided. */
export const labelOfParcel = first((db, p: { parcel: string }) =>
  db
    .selectFrom('label')
    .innerJoin('courier', 'courier.id', 'label.courier_id')
    .select(['label.id', 'label.waybill', 'label.state', 'courier.name as courier'])
    .where('label.parcel_id', '=', p.parcel)
    .orderBy(sql`label.state = 'void'`)
    .orderBy('label.id', 'desc')
    .limit(1),
)

/** Labels that may or may not have come out, of boxes that this bench has or had open, the oldest first. */
export const labelsInDoubt = many((db, p: { bench: string }) =>
  db
    .selectFrom('label')
    .innerJoin('parcel', 'parcel.id', 'label.parcel_id')
    .innerJoin('order', 'order.id', 'parcel.order_id')
    .leftJoin('wave_order', 'wave_order.order_id', 'order.id')
    .select(['label.waybill', 'order.id as orderId', 'order.number as order', 'wave_order.slot'])
    // As the index says it (label_doubt): there are more labels than these by far.
    .where(sql<boolean>`label.state = 'unknown'`)
    .where('parcel.bench_id', '=', p.bench)
    .where('parcel.state', 'in', ['open', 'packed'])
    .orderBy('label.id')
    .limit(20),
)

export const waveById = first((db, p: { id: string }) =>
  db.selectFrom('wave').select(['id', 'number', 'kind', 'ship_by', 'state']).where('id', '=', p.id),
)
export const waveByNumber = first((db, p: { number: number }) =>
  db.selectFrom('wave').select(['id', 'number', 'kind', 'ship_by', 'state']).where('number', '=', p.number),
)

export const ordersLeftInWave = first((db, p: { wave: string }) =>
  db
    .selectFrom('wave_order')
    .innerJoin('order', 'order.id', 'wave_order.order_id')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('wave_order.wave_id', '=', p.wave)
    .where('order.state', '=', 'open'),
)

export const orderInSlot = first((db, p: { wave: string; slot: number }) =>
  db.selectFrom('wave_order').select('order_id').where('wave_id', '=', p.wave).where('slot', '=', p.slot),
)

/** The next order of a wave, in slot order, that may be packed and is neither packed nor on a bench. */
export const nextInWave = first((db, p: { wave: string }) =>
  db
    .selectFrom('wave_order')
    .innerJoin('order', 'order.id', 'wave_order.order_id')
    .select('wave_order.order_id')
    .where('wave_order.wave_id', '=', p.wave)
    .where('order.state', '=', 'open')
    .where('order.stop', 'is', null)
    .where('order.hold', 'is', null)
    .where(onNoBench)
    .orderBy('wave_order.position')
    .limit(1),
)

/** Units of a line that are in no box yet. */
const unpacked = sql<number>`order_line.quantity - coalesce((
  SELECT sum(parcel_line.quantity) FROM parcel JOIN parcel_line
    ON parcel_line.parcel_id = parcel.id AND parcel_line.line_id = order_line.id
  WHERE parcel.order_id = "order".id AND parcel.state IN ('open', 'packed', 'handedOver')
), 0)`

/**
 * The most urgent order of the open single-item waves (or of one of them) with a line that still needs so many units.
 * Found by the picks of those waves: lines of one SKU lie all over the orders of years.
 */
const neediest = (wave: boolean) =>
  first((db, p: { product: number; sku: string; wave: string; units: number }) => {
    const query = db
      .selectFrom('wave')
      .innerJoin('pick', 'pick.wave_id', 'wave.id')
      .innerJoin('order', 'order.id', 'pick.order_id')
      .innerJoin('order_line', 'order_line.order_id', 'order.id')
      .select('order.id as order_id')
      .where('wave.state', 'in', ['open', 'picking', 'packing'])
      .where('pick.product_id', '=', p.product)
      .where('order_line.sku', '=', p.sku)
      .where('order_line.dropped', '=', 0)
      .where('order.state', '=', 'open')
      .where('order.stop', 'is', null)
      .where('order.hold', 'is', null)
      .where('wave.kind', '=', 'single')
      .where(onNoBench)
      .where(sql<boolean>`${unpacked} >= ${p.units}`)
      .orderBy('order.ship_by')
      .orderBy('order.id')
      .limit(1)
    return wave ? query.where('wave.id', '=', p.wave) : query.where(sql<string>`${p.wave}`, '=', p.wave)
  })
export const neediestInWave = neediest(true)
export const neediestInSingleWaves = neediest(false)

/** The most urgent order of the open single-item waves (or of one of them) that needs so many whole kits. */
const neediestOfKit = (wave: boolean) =>
  first((db, p: { sku: string; wave: string; units: number }) => {
    const query = db
      .selectFrom('wave')
      .innerJoin('wave_order', 'wave_order.wave_id', 'wave.id')
      .innerJoin('order', 'order.id', 'wave_order.order_id')
      // By the order: kits of one SKU lie all over the orders of years.
      .innerJoin('order_kit', (join) =>
        join.onRef('order_kit.order_id', '=', 'order.id').on(sql`+order_kit.sku`, '=', p.sku),
      )
      .select('order.id as order_id')
      .where('wave.state', 'in', ['open', 'picking', 'packing'])
      .where('order.state', '=', 'open')
      .where('order.stop', 'is', null)
      .where('order.hold', 'is', null)
      .where('wave.kind', '=', 'single')
      .where(onNoBench)
      // In a single-item wave a kit has one part: its lines need what the kits need.
      .where(
        sql<boolean>`(
          SELECT sum(${unpacked}) - max(order_line.kit_units) * ${p.units}
          FROM order_line WHERE order_line.kit_id = order_kit.id AND order_line.dropped = 0
        ) >= 0`,
      )
      .orderBy('order.ship_by')
      .orderBy('order.id')
      .limit(1)
    return wave ? query.where('wave.id', '=', p.wave) : query.where(sql<string>`${p.wave}`, '=', p.wave)
  })
export const neediestOfKitInWave = neediestOfKit(true)
export const neediestOfKitInSingleWaves = neediestOfKit(false)

function onNoBench() {
  return sql<boolean>`NOT EXISTS (
    SELECT 1 FROM parcel JOIN bench ON bench.parcel_id = parcel.id WHERE parcel.order_id = "order".id
  )`
}

// --- the facts of an order -----------------------------------------------------------------------------------

const orderHead = first((db, p: { id: string }) =>
  db
    .selectFrom('order')
    .innerJoin('shop', 'shop.id', 'order.shop_id')
    .leftJoin('wave_order', 'wave_order.order_id', 'order.id')
    .leftJoin('wave', 'wave.id', 'wave_order.wave_id')
    .select([
      'order.id',
      'order.number',
      'order.state',
      'order.stop',
      'order.stop_note',
      'order.hold',
      'order.known_at',
      'shop.name as shop',
      'shop.stale_policy',
      'shop.fresh_minutes',
      'wave_order.slot',
      'wave.id as wave_id',
      'wave.number as wave_number',
      'wave.kind as wave_kind',
    ])
    .where('order.id', '=', p.id),
)

const linesOf = many((db, p: { id: string }) =>
  db
    .selectFrom('order_line')
    .leftJoin('product', 'product.sku', 'order_line.sku')
    .leftJoin('order_kit', 'order_kit.id', 'order_line.kit_id')
    .leftJoin('product as kit_product', 'kit_product.sku', 'order_kit.sku')
    .select([
      'order_kit.id as kit_id',
      'order_kit.sku as kit_sku',
      'order_kit.title as kit_title',
      'order_kit.quantity as kit_quantity',
      'order_kit.parts as kit_parts',
      'order_line.kit_units',
      'kit_product.name as kit_name',
      'order_line.id',
      'order_line.sku',
      'order_line.title',
      'order_line.spec',
      'order_line.quantity',
      'product.id as product_id',
      'product.name',
      'product.picture',
    ])
    .where('order_line.order_id', '=', p.id)
    .where('order_line.dropped', '=', 0)
    .orderBy('order_line.position'),
)

/** Units in boxes, by line: in the live one, and in those that have left. */
const unitsIn = many((db, p: { id: string }) =>
  db
    .selectFrom('parcel')
    .innerJoin('parcel_line', 'parcel_line.parcel_id', 'parcel.id')
    .select(['parcel.state', 'parcel_line.line_id', 'parcel_line.quantity'])
    .where('parcel.order_id', '=', p.id)
    .where('parcel.state', 'in', ['open', 'packed', 'handedOver']),
)

const liveParcel = first((db, p: { id: string }) =>
  db
    .selectFrom('parcel')
    .leftJoin('bench', 'bench.parcel_id', 'parcel.id')
    .leftJoin('label', (join) =>
      join.onRef('label.parcel_id', '=', 'parcel.id').on('label.state', '<>', 'void'),
    )
    .leftJoin('courier', 'courier.id', 'label.courier_id')
    .select([
      'parcel.id',
      'parcel.state',
      'bench.id as bench_id',
      'bench.name as bench_name',
      'label.id as label_id',
      'label.waybill',
      'label.state as label_state',
      'courier.name as courier',
    ])
    .where('parcel.order_id', '=', p.id)
    .where('parcel.state', 'in', ['open', 'packed']),
)

const lastPut = first((db, p: { parcel: string }) =>
  db
    .selectFrom('scan')
    .select(['seq', 'puts'])
    .where('parcel_id', '=', p.parcel)
    .where('units', '>', 0)
    .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM scan AS undo WHERE undo.undoes = scan.seq)`)
    .orderBy('seq', 'desc')
    .limit(1),
)

export const orderOfParcel = first((db, p: { parcel: string }) =>
  db.selectFrom('parcel').select('order_id').where('id', '=', p.parcel),
)

/** Everything that a decision may know of an order; `undo` also looks up what UNDO would take out. */
export function orderFacts(db: Reader, id: string, undo = false): OrderFacts | null {
  const head = orderHead(db, { id })
  if (head === undefined) return null
  const parcel = liveParcel(db, { id })
  const packed = new Map<number, number>()
  const shipped = new Map<number, number>()
  for (const row of unitsIn(db, { id })) {
    const sums = row.state === 'handedOver' ? shipped : packed
    sums.set(row.line_id, (sums.get(row.line_id) ?? 0) + row.quantity)
  }
  const lines: LineFacts[] = linesOf(db, { id }).map((line) => ({
    id: line.id,
    sku: line.sku,
    title: line.name ?? line.title,
    spec: specBeside(line.name ?? line.title, line.spec),
    picture: line.picture,
    productId: line.product_id,
    quantity: line.quantity,
    packed: packed.get(line.id) ?? 0,
    shipped: shipped.get(line.id) ?? 0,
    kit: line.kit_id === null ? null : kitFacts(line, line.kit_id),
  }))
  return {
    id: head.id,
    number: head.number,
    shop: head.shop,
    state: head.state,
    stop: head.stop,
    stopNote: head.stop_note,
    hold: head.hold,
    knownAt: head.known_at,
    stalePolicy: head.stale_policy,
    freshMinutes: head.fresh_minutes,
    slot: head.slot,
    wave: waveFacts(head.wave_id, head.wave_number, head.wave_kind),
    lines,
    parcel: parcel === undefined ? null : parcelFacts(db, parcel, undo),
  }
}

function kitFacts(line: ReturnType<typeof linesOf>[number], id: number): KitFacts {
  const sku = line.kit_sku ?? ''
  return {
    id,
    sku,
    title: line.kit_name ?? (line.kit_title || sku),
    quantity: line.kit_quantity ?? 0,
    parts: line.kit_parts ?? 0,
    units: line.kit_units ?? 0,
  }
}

function waveFacts(
  id: string | null,
  number: number | null,
  kind: 'single' | 'multi' | null,
): WaveFacts | null {
  return id === null || number === null || kind === null ? null : { id, number, kind }
}

function parcelFacts(
  db: Reader,
  row: NonNullable<ReturnType<typeof liveParcel>>,
  undo: boolean,
): ParcelFacts {
  const put = undo ? lastPut(db, { parcel: row.id }) : undefined
  const label: LabelFacts | null =
    row.label_id === null || row.waybill === null || row.label_state === null || row.courier === null
      ? null
      : { id: row.label_id, waybill: row.waybill, state: row.label_state, courier: row.courier }
  return {
    id: row.id,
    state: row.state === 'packed' ? 'packed' : 'open',
    bench:
      row.bench_id === null || row.bench_name === null ? null : { id: row.bench_id, name: row.bench_name },
    label,
    undoable:
      put === undefined
        ? null
        : {
            seq: put.seq,
            puts: (JSON.parse(put.puts) as [number, number][]).map(([lineId, units]) => ({ lineId, units })),
          },
  }
}

export const scannedProduct = (row: ReturnType<typeof productsByBarcode>[number]): ScannedProduct => ({
  sku: row.sku,
  title: row.name,
  spec: '',
  picture: row.picture,
  productId: row.id,
  units: row.units,
})

// --- saving --------------------------------------------------------------------------------------------------

export const scanByGesture = first((db, p: { gesture: string }) =>
  db
    .selectFrom('scan')
    .innerJoin('bench', 'bench.id', 'scan.bench_id')
    .select([
      'scan.seq',
      'scan.gesture',
      'scan.mode',
      'scan.code',
      'scan.at',
      'scan.order_id',
      'scan.parcel_id',
      'scan.answer',
      'bench.name as bench',
    ])
    .where('scan.gesture', '=', p.gesture),
)
export type ScanRow = NonNullable<ReturnType<typeof scanByGesture>>

/** The order that the newest scan of a bench was about. */
export const lastOrderAt = first((db, p: { bench: string }) =>
  db
    .selectFrom('scan')
    .select('order_id')
    .where('bench_id', '=', p.bench)
    .where('order_id', 'is not', null)
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(1),
)
export const scanBySeq = first((db, p: { seq: number }) =>
  db
    .selectFrom('scan')
    .select(['seq', 'gesture', 'mode', 'code', 'at', 'order_id', 'parcel_id', 'answer'])
    .where('seq', '=', p.seq),
)

export const insertScan = (
  db: Parameters<typeof insertScanRow>[0],
  row: Parameters<typeof insertScanRow>[1],
): number => {
  insertScanRow(db, row)
  return (db.connection.prepare('SELECT last_insert_rowid() AS seq').get() as { seq: number }).seq
}
const insertScanRow = writeOne(
  (
    db,
    p: {
      gesture: string
      bench: string
      mode: 'pack' | 'handover'
      code: string
      at: string
      operator: string | null
      verdict: string
      order: string | null
      parcel: string | null
      units: number
      puts: string
      undoes: number | null
      answer: string
    },
  ) =>
    db.insertInto('scan').values({
      gesture: p.gesture,
      bench_id: p.bench,
      mode: p.mode,
      code: p.code,
      at: p.at,
      operator_id: p.operator,
      verdict: p.verdict,
      order_id: p.order,
      parcel_id: p.parcel,
      units: p.units,
      puts: p.puts,
      undoes: p.undoes,
      answer: p.answer,
    }),
)

export const insertParcel = writeOne(
  (db, p: { id: string; order: string; bench: string; at: string; operator: string | null }) =>
    db.insertInto('parcel').values({
      id: p.id,
      order_id: p.order,
      bench_id: p.bench,
      state: 'open',
      opened_at: p.at,
      operator_id: p.operator,
      aside_reason: null,
      short_reason: null,
      packed_at: null,
      handed_over_at: null,
    }),
)

/** In the order of its list. */
export const ordersOfWave = many((db, p: { wave: string }) =>
  db.selectFrom('wave_order').select('order_id as id').where('wave_id', '=', p.wave).orderBy('position'),
)

export const putUnits = writeOne((db, p: { parcel: string; line: number; units: number }) =>
  db
    .insertInto('parcel_line')
    .values({ parcel_id: p.parcel, line_id: p.line, quantity: p.units })
    .onConflict((conflict) =>
      conflict.columns(['parcel_id', 'line_id']).doUpdateSet({
        quantity: sql<number>`parcel_line.quantity + excluded.quantity`,
      }),
    ),
)

export const takeOutUnits = writeOne((db, p: { parcel: string; line: number; units: number }) =>
  db
    .updateTable('parcel_line')
    .set({ quantity: sql<number>`quantity - ${p.units}` })
    .where('parcel_id', '=', p.parcel)
    .where('line_id', '=', p.line),
)

export const closeParcel = writeOne((db, p: { id: string; at: string; short: string | null }) =>
  db
    .updateTable('parcel')
    .set({ state: 'packed', packed_at: p.at, short_reason: p.short })
    .where('id', '=', p.id)
    .where('state', '=', 'open'),
)

export const markOrder = writeOne((db, p: { id: string; state: 'open' | 'packed' | 'handedOver' }) =>
  db.updateTable('order').set({ state: p.state }).where('id', '=', p.id),
)

export const holdOrder = writeOne((db, p: { id: string; reason: string; by: string }) =>
  db.updateTable('order').set({ hold: p.reason, hold_by: p.by }).where('id', '=', p.id),
)

export const handOverParcel = writeOne((db, p: { id: string; at: string }) =>
  db
    .updateTable('parcel')
    .set({ state: 'handedOver', handed_over_at: p.at })
    .where('id', '=', p.id)
    .where('state', '=', 'packed'),
)

/** A box goes on at this bench: here its label comes out, and here it is asked for. */
export const placeParcel = write((db, p: { id: string; bench: string }) =>
  db.updateTable('parcel').set({ bench_id: p.bench }).where('id', '=', p.id).where('bench_id', '<>', p.bench),
)

/** A box that has left or was given up stands on no bench, and no bench waits for its label. */
export const clearBenches = write((db, p: { parcel: string }) =>
  db.updateTable('bench').set({ parcel_id: null, pending: null }).where('parcel_id', '=', p.parcel),
)

/** The wave follows its orders: picking started, at the bench, done. */
export const advanceWave = write((db, p: { wave: string }) =>
  db
    .updateTable('wave')
    .set({
      state: sql<'packing' | 'done'>`CASE WHEN EXISTS (
        SELECT 1 FROM wave_order JOIN "order" ON "order".id = wave_order.order_id
        WHERE wave_order.wave_id = wave.id AND "order".state = 'open'
      ) THEN 'packing' ELSE 'done' END`,
    })
    .where('id', '=', p.wave),
)

// --- the board of one bench ----------------------------------------------------------------------------------

export const packedSince = first((db, p: { bench: string; at: string }) =>
  db
    .selectFrom('scan')
    .select((eb) => eb.fn.countAll<number>().as('packed'))
    .where('bench_id', '=', p.bench)
    .where('at', '>=', p.at)
    .where('verdict', '=', 'complete'),
)

/** Open orders, counted no further than a bench shows. */
export const queueHead = first((db) =>
  db
    .selectFrom(
      db
        .selectFrom('order')
        .select('ship_by')
        .where('state', '=', 'open')
        .orderBy('ship_by')
        .limit(queueLimit)
        .as('head'),
    )
    .select((eb) => [eb.fn.countAll<number>().as('waiting'), eb.fn.min('ship_by').as('ship_by')]),
)

export const waveProgress = first((db, p: { wave: string }) =>
  db
    .selectFrom('wave_order')
    .innerJoin('order', 'order.id', 'wave_order.order_id')
    .select((eb) => [
      eb.fn.countAll<number>().as('orders'),
      eb.fn.sum<number>(sql<number>`"order".state <> 'open'`).as('done'),
    ])
    .where('wave_order.wave_id', '=', p.wave),
)

export const orderNotes = first((db, p: { id: string }) =>
  db
    .selectFrom('order')
    .leftJoin('courier', 'courier.id', 'order.courier_id')
    .select(['order.ship_by', 'order.buyer_note', 'order.seller_note', 'courier.name as courier'])
    .where('order.id', '=', p.id),
)

/** Weight of what the order holds, or null when one product's weight is not known. */
export const orderWeight = first((db, p: { id: string }) =>
  db
    .selectFrom('order_line')
    .leftJoin('product', 'product.sku', 'order_line.sku')
    .select([
      sql<number | null>`sum(order_line.quantity * product.weight_g)`.as('grams'),
      sql<number>`sum(product.weight_g IS NULL)`.as('unknown'),
    ])
    .where('order_line.order_id', '=', p.id)
    .where('order_line.dropped', '=', 0),
)

export const printerByName = first((db, p: { name: string }) =>
  db.selectFrom('printer').select('id').where('name', '=', p.name).where('retired_at', 'is', null),
)
export const printerName = first((db, p: { id: string }) =>
  db.selectFrom('printer').select('name').where('id', '=', p.id),
)
export const firstPrinter = first((db) =>
  db.selectFrom('printer').select('id').where('retired_at', 'is', null).orderBy('id').limit(1),
)

/** Shelves of several products at once, for showing. */
const fullestShelf = first((db, p: { product: number }) =>
  db
    .selectFrom('stock')
    .innerJoin('location', 'location.id', 'stock.location_id')
    .select('location.code')
    .where('stock.product_id', '=', p.product)
    .orderBy('stock.quantity', 'desc')
    .limit(1),
)

export function shelvesOf(db: Reader, products: readonly number[]): Map<number, string> {
  const shelves = new Map<number, string>()
  for (const product of products) {
    const shelf = fullestShelf(db, { product })
    if (shelf !== undefined) shelves.set(product, shelf.code)
  }
  return shelves
}
