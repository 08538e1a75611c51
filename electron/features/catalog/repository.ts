import type {
  ImportedKit,
  ImportedProduct,
  ShelfRow,
  StockRow,
  WaybillRow,
} from '#shared/domain/catalog/import/index.ts'
import { first, many, type Reader, type Writer, write, writeOne } from '#electron/db/query.ts'

type Saved = 'created' | 'updated' | 'unchanged'

// --- products --------------------------------------------------------------------------------------------------

const product = first((db, p: { sku: string }) =>
  db.selectFrom('product').selectAll().where('sku', '=', p.sku),
)
const barcodesOf = many((db, p: { product: number }) =>
  db.selectFrom('barcode').select(['code', 'units']).where('product_id', '=', p.product).orderBy('code'),
)
export const barcodesOfSku = many((db, p: { sku: string }) =>
  db
    .selectFrom('barcode')
    .innerJoin('product', 'product.id', 'barcode.product_id')
    .select(['barcode.code', 'barcode.units'])
    .where('product.sku', '=', p.sku)
    .orderBy('barcode.code'),
)
/** What describes a product beside its SKU and barcodes. */
type Described = {
  name: string
  weight: number | null
  cost: number | null
  picture: string | null
  volume: number | null
  fragile: number
}
const described = (p: Described) => ({
  name: p.name,
  weight_g: p.weight,
  cost_fen: p.cost,
  picture: p.picture,
  volume_ml: p.volume,
  fragile: p.fragile,
})
const insertProduct = writeOne((db, p: Described & { sku: string }) =>
  db.insertInto('product').values({ sku: p.sku, ...described(p) }),
)
const updateProduct = writeOne((db, p: Described & { id: number }) =>
  db.updateTable('product').set(described(p)).where('id', '=', p.id),
)
const deleteBarcodes = write((db, p: { product: number }) =>
  db.deleteFrom('barcode').where('product_id', '=', p.product),
)
const insertBarcode = writeOne((db, p: { code: string; product: number; units: number }) =>
  db.insertInto('barcode').values({ code: p.code, product_id: p.product, units: p.units }),
)

/** A product of a file; what the file does not say of it stays as it was. */
export function saveProduct(tx: Writer, item: ImportedProduct): Saved {
  const before = product(tx, { sku: item.sku })
  const after = {
    name: item.name ?? before?.name ?? item.sku,
    weight: item.weightGrams ?? before?.weight_g ?? null,
    cost: item.costMinor ?? before?.cost_fen ?? null,
    picture: item.picture ?? before?.picture ?? null,
    volume: item.volumeMl ?? before?.volume_ml ?? null,
    fragile: item.fragile === null ? (before?.fragile ?? 0) : Number(item.fragile),
  }
  if (before === undefined) {
    insertProduct(tx, { sku: item.sku, ...after })
    const made = product(tx, { sku: item.sku })
    if (made === undefined) throw new Error('product was not saved')
    for (const barcode of item.barcodes) insertBarcode(tx, { ...barcode, product: made.id })
    return 'created'
  }
  const old = barcodesOf(tx, { product: before.id })
  const barcodes =
    item.barcodes.length === 0 ? old : [...item.barcodes].sort((a, b) => (a.code < b.code ? -1 : 1))
  const same =
    JSON.stringify([
      before.name,
      before.weight_g,
      before.cost_fen,
      before.picture,
      before.volume_ml,
      before.fragile,
    ]) +
      JSON.stringify(old.map(pair)) ===
    JSON.stringify([after.name, after.weight, after.cost, after.picture, after.volume, after.fragile]) +
      JSON.stringify(barcodes.map(pair))
  if (same) return 'unchanged'
  updateProduct(tx, { id: before.id, ...after })
  deleteBarcodes(tx, { product: before.id })
  for (const barcode of barcodes) insertBarcode(tx, { ...barcode, product: before.id })
  return 'updated'
}

const pair = (barcode: { readonly code: string; readonly units: number }) => [barcode.code, barcode.units]

// --- kits ------------------------------------------------------------------------------------------------------

/** What a kit is made of; nothing for a SKU that is no kit. */
export const anyKit = first((db) => db.selectFrom('kit').select('sku').limit(1))
export const partsOfKit = many((db, p: { kit: string }) =>
  db.selectFrom('kit').select(['part as sku', 'quantity']).where('sku', '=', p.kit).orderBy('position'),
)
const kitsWith = many((db, p: { part: string }) =>
  db.selectFrom('kit').select('sku').where('part', '=', p.part),
)
const deleteKit = write((db, p: { sku: string }) => db.deleteFrom('kit').where('sku', '=', p.sku))
const insertPart = writeOne((db, p: { sku: string; part: string; quantity: number; position: number }) =>
  db.insertInto('kit').values({ sku: p.sku, part: p.part, quantity: p.quantity, position: p.position }),
)

/**
 * Why a kit of a file cannot stand beside the kits that are known, or null. `file` are the file's own kits: they
 * replace those of their SKU, and have been compared with each other.
 */
export function kitConflict(
  db: Reader,
  { sku, parts }: ImportedKit,
  file: ReadonlySet<string>,
): {
  readonly row: number
  readonly code: 'kitInKit' | 'kitIsPart'
  readonly params: Record<string, string>
} | null {
  const inner = parts.find((part) => !file.has(part.sku) && partsOfKit(db, { kit: part.sku }).length > 0)
  if (inner !== undefined) return { row: inner.row, code: 'kitInKit', params: { part: inner.sku } }
  const outer = kitsWith(db, { part: sku }).find((kit) => !file.has(kit.sku))
  return outer === undefined
    ? null
    : { row: parts[0]?.row ?? 0, code: 'kitIsPart', params: { kit: outer.sku } }
}

/** A kit of a file, with all its parts: what it was made of before does not stay. */
export function saveKit(tx: Writer, { sku, parts }: ImportedKit): Saved {
  const before = partsOfKit(tx, { kit: sku })
  const after = parts.map((part) => ({ sku: part.sku, quantity: part.quantity }))
  if (JSON.stringify(before) === JSON.stringify(after)) return 'unchanged'
  deleteKit(tx, { sku })
  for (const [position, part] of after.entries())
    insertPart(tx, { sku, part: part.sku, quantity: part.quantity, position })
  return before.length === 0 ? 'created' : 'updated'
}

export const isProduct = (db: Reader, sku: string): boolean => product(db, { sku }) !== undefined

// --- shelves and stock -----------------------------------------------------------------------------------------

const location = first((db, p: { code: string }) =>
  db.selectFrom('location').selectAll().where('code', '=', p.code),
)
const insertLocation = writeOne(
  (
    db,
    p: {
      code: string
      zone: string
      aisle: string
      bay: string
      level: string
      x: number | null
      y: number | null
    },
  ) =>
    db.insertInto('location').values({
      code: p.code,
      zone: p.zone,
      aisle: p.aisle,
      bay: p.bay,
      level: p.level,
      x_mm: p.x,
      y_mm: p.y,
    }),
)
const updateLocation = writeOne(
  (
    db,
    p: {
      id: number
      zone: string
      aisle: string
      bay: string
      level: string
      x: number | null
      y: number | null
    },
  ) =>
    db
      .updateTable('location')
      .set({ zone: p.zone, aisle: p.aisle, bay: p.bay, level: p.level, x_mm: p.x, y_mm: p.y })
      .where('id', '=', p.id),
)

export function saveShelf(tx: Writer, shelf: ShelfRow): Saved {
  const guessed = partsOf(shelf.location)
  const after = {
    zone: shelf.zone ?? guessed.zone,
    aisle: shelf.aisle ?? guessed.aisle,
    bay: shelf.bay ?? guessed.bay,
    level: shelf.level ?? guessed.level,
    x: shelf.xMm,
    y: shelf.yMm,
  }
  const before = location(tx, { code: shelf.location })
  if (before === undefined) {
    insertLocation(tx, { code: shelf.location, ...after })
    return 'created'
  }
  const { id, zone, aisle, bay, level, x_mm: x, y_mm: y } = before
  if (JSON.stringify({ zone, aisle, bay, level, x, y }) === JSON.stringify(after)) return 'unchanged'
  updateLocation(tx, { id, ...after })
  return 'updated'
}

/** What a shelf code itself says, by the usual form zone-aisle-bay-level: `A-2-15` is aisle A-2, bay 15. */
function partsOf(code: string): { zone: string; aisle: string; bay: string; level: string } {
  const parts = code.split(/[-_./\s]+/).filter((part) => part !== '')
  switch (parts.length) {
    case 0:
    case 1:
      return { zone: '', aisle: '', bay: code, level: '' }
    case 2:
      return { zone: '', aisle: parts[0] ?? '', bay: parts[1] ?? '', level: '' }
    case 3:
      return { zone: parts[0] ?? '', aisle: parts[1] ?? '', bay: parts[2] ?? '', level: '' }
    default:
      return {
        zone: parts[0] ?? '',
        aisle: parts[1] ?? '',
        bay: parts[2] ?? '',
        level: parts.slice(3).join('-'),
      }
  }
}

const stockOf = first((db, p: { product: number; location: number }) =>
  db
    .selectFrom('stock')
    .select(['quantity', 'counted_at'])
    .where('product_id', '=', p.product)
    .where('location_id', '=', p.location),
)
const upsertStock = writeOne((db, p: { product: number; location: number; quantity: number; at: string }) =>
  db
    .insertInto('stock')
    .values({ product_id: p.product, location_id: p.location, quantity: p.quantity, counted_at: p.at })
    .onConflict((conflict) =>
      conflict.columns(['product_id', 'location_id']).doUpdateSet({ quantity: p.quantity, counted_at: p.at }),
    ),
)

/** A count of a second try: one that was made since then stands. */
export const saveOldStock = (tx: Writer, row: StockRow, at: string): Saved | 'unknownSku' =>
  (countOf(tx, row)?.counted_at ?? '') > at ? 'unchanged' : saveStock(tx, row, at)

function countOf(tx: Writer, row: StockRow) {
  const item = product(tx, { sku: row.sku })
  const shelf = location(tx, { code: row.location })
  return item === undefined || shelf === undefined
    ? undefined
    : stockOf(tx, { product: item.id, location: shelf.id })
}

/** Stock of a SKU on a shelf, as counted at `at`: what lists took before that is in the count. A shelf that no layout named is made from its code; an unknown SKU is refused. */
export function saveStock(tx: Writer, row: StockRow, at: string): Saved | 'unknownSku' {
  const item = product(tx, { sku: row.sku })
  if (item === undefined) return 'unknownSku'
  if (location(tx, { code: row.location }) === undefined) {
    insertLocation(tx, { code: row.location, ...partsOf(row.location), x: null, y: null })
  }
  const shelf = location(tx, { code: row.location })
  if (shelf === undefined) throw new Error('shelf was not saved')
  const before = stockOf(tx, { product: item.id, location: shelf.id })
  upsertStock(tx, { product: item.id, location: shelf.id, quantity: row.quantity, at })
  if (before?.quantity === row.quantity) return 'unchanged'
  return before === undefined ? 'created' : 'updated'
}

// --- waybill numbers -------------------------------------------------------------------------------------------

const waybill = first((db, p: { courier: string; number: string }) =>
  db
    .selectFrom('waybill')
    .select(['id', 'state', 'print_data', 'platform', 'order_number'])
    .where('courier_id', '=', p.courier)
    .where('number', '=', p.number),
)
const insertWaybill = writeOne(
  (
    db,
    p: {
      courier: string
      number: string
      data: string | null
      platform: string | null
      order: string | null
    },
  ) =>
    db.insertInto('waybill').values({
      courier_id: p.courier,
      number: p.number,
      print_data: p.data,
      platform: p.platform,
      order_number: p.order,
    }),
)
const changeWaybill = writeOne(
  (db, p: { id: number; data: string | null; platform: string | null; order: string | null }) =>
    db
      .updateTable('waybill')
      .set({ print_data: p.data, platform: p.platform, order_number: p.order })
      .where('id', '=', p.id),
)

/**
 * A number of a courier's pool, or of one order. One that is there already keeps its state, free or spent; newer print
 * data takes the place of what was there, since that of a marketplace ages. It is kept as it came: whoever it is about was
 * sealed by the marketplace, and only its own component can open it. With it comes its order, which is checked again
 * before a label is printed with it.
 */
export function saveWaybill(
  tx: Writer,
  courier: string,
  { waybill: number, printData, platform, order }: Omit<WaybillRow, 'row'>,
): Saved {
  const before = waybill(tx, { courier, number })
  if (before === undefined) {
    insertWaybill(tx, { courier, number, data: printData, platform, order })
    return 'created'
  }
  const after = {
    data: printData ?? before.print_data,
    platform: printData === null ? before.platform : (platform ?? before.platform),
    order: order ?? before.order_number,
  }
  const isSame =
    after.data === before.print_data &&
    after.platform === before.platform &&
    after.order === before.order_number
  if (isSame) return 'unchanged'
  changeWaybill(tx, { id: before.id, ...after })
  return 'updated'
}
