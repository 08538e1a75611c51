import {
  explodeKits,
  hasAllLeft,
  type KitPart,
  type PackLine,
  placeLines,
  type ShopLine,
  type SoldKit,
} from '#shared/domain/orders/kits.ts'
import { first, many, type Reader, type Writer, write, writeOne } from '#electron/db/query.ts'
import { partsOfKit } from '#electron/features/catalog/index.ts'

const insertLine = writeOne(
  (
    db,
    p: {
      order: string
      position: number
      external: string
      sku: string
      title: string
      spec: string
      quantity: number
      kit: number | null
      units: number | null
    },
  ) =>
    db.insertInto('order_line').values({
      order_id: p.order,
      position: p.position,
      external_id: p.external,
      sku: p.sku,
      title: p.title,
      spec: p.spec,
      quantity: p.quantity,
      kit_id: p.kit,
      kit_units: p.units,
    }),
)
const keepLine = writeOne(
  (
    db,
    p: {
      id: number
      position: number
      external: string
      title: string
      spec: string
      quantity: number
      kit: number | null
      units: number | null
    },
  ) =>
    db
      .updateTable('order_line')
      .set({
        position: p.position,
        external_id: p.external,
        title: p.title,
        spec: p.spec,
        quantity: p.quantity,
        kit_id: p.kit,
        kit_units: p.units,
        dropped: 0,
      })
      .where('id', '=', p.id),
)
const insertKit = writeOne(
  (db, p: { order: string; sku: string; title: string; spec: string; quantity: number; parts: number }) =>
    db.insertInto('order_kit').values({
      order_id: p.order,
      sku: p.sku,
      title: p.title,
      spec: p.spec,
      quantity: p.quantity,
      parts: p.parts,
    }),
)
const linesOf = many((db, p: { order: string }) =>
  db
    .selectFrom('order_line')
    .leftJoin('order_kit', 'order_kit.id', 'order_line.kit_id')
    .select([
      'order_line.external_id',
      'order_line.sku',
      'order_line.title',
      'order_line.spec',
      'order_line.quantity',
      'order_line.kit_units',
      'order_kit.id as kit_id',
      'order_kit.sku as kit_sku',
      'order_kit.title as kit_title',
      'order_kit.spec as kit_spec',
      'order_kit.quantity as kit_quantity',
    ])
    .where('order_line.order_id', '=', p.order)
    .where('order_line.dropped', '=', 0)
    .orderBy('order_line.position'),
)
/** Lines of which units have left in a parcel, dropped or not. */
const shippedLines = many((db, p: { order: string }) =>
  db
    .selectFrom('order_line')
    .innerJoin('parcel_line', 'parcel_line.line_id', 'order_line.id')
    .innerJoin('parcel', 'parcel.id', 'parcel_line.parcel_id')
    .leftJoin('order_kit', 'order_kit.id', 'order_line.kit_id')
    .select((eb) => [
      'order_line.id',
      'order_line.sku',
      'order_kit.sku as kit',
      eb.fn.sum<number>('parcel_line.quantity').as('units'),
    ])
    .where('order_line.order_id', '=', p.order)
    .where('parcel.state', '=', 'handedOver')
    .where('parcel_line.quantity', '>', 0)
    .groupBy('order_line.id')
    .orderBy('order_line.id'),
)
const anyParcel = first((db, p: { order: string }) =>
  db.selectFrom('parcel').select('id').where('order_id', '=', p.order).limit(1),
)
const dropLines = write((db, p: { order: string }) =>
  db.updateTable('order_line').set({ dropped: 1 }).where('order_id', '=', p.order),
)
const deleteLines = write((db, p: { order: string }) =>
  db.deleteFrom('order_line').where('order_id', '=', p.order),
)
const deleteKits = write((db, p: { order: string }) =>
  db
    .deleteFrom('order_kit')
    .where('order_id', '=', p.order)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('order_line').select('order_line.id').whereRef('order_line.kit_id', '=', 'order_kit.id'),
        ),
      ),
    ),
)
/** Orders that hold a kit's SKU and that nobody has on a list or in a box. */
const waitingFor = many((db, p: { sku: string }) =>
  db
    .selectFrom('order')
    .select('id')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('order_line')
        .select('order_id')
        .where('sku', '=', p.sku)
        .where('dropped', '=', 0)
        .union(eb.selectFrom('order_kit').select('order_id').where('sku', '=', p.sku)),
    )
    // A cancelled one may come back.
    .where('state', 'in', ['open', 'cancelled'])
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(selectFrom('wave_order').select('wave_id').whereRef('wave_order.order_id', '=', 'order.id')),
      ),
    )
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('parcel')
            .select('parcel.id')
            .whereRef('parcel.order_id', '=', 'order.id')
            .where('parcel.state', 'in', ['open', 'packed']),
        ),
      ),
    ),
)

/** Whether units of this order have left in a parcel. */
export const hasShipped = (tx: Reader, order: string): boolean => shippedLines(tx, { order }).length > 0

/** Whether what has left of this order is exactly what the shop asks for with these lines. */
export function haveAllLeft(tx: Reader, order: string, lines: readonly ShopLine[]): boolean {
  const shipped = shippedLines(tx, { order })
  return shipped.length > 0 && hasAllLeft(explodeKits(lines, partsIn(tx), goneWhole(shipped)), shipped)
}

/** The lines of a new order, its kits exploded to their parts. */
export function insertLines(tx: Writer, order: string, lines: readonly ShopLine[]): void {
  place(tx, order, explodeKits(lines, partsIn(tx)))
}

/** The shop has other lines now. Lines that a box or a scan speaks of stay, marked; the others go. */
export function replaceLines(tx: Writer, order: string, lines: readonly ShopLine[]): void {
  const shipped = shippedLines(tx, { order })
  if (anyParcel(tx, { order }) === undefined) deleteLines(tx, { order })
  else dropLines(tx, { order })
  place(tx, order, explodeKits(lines, partsIn(tx), goneWhole(shipped)), shipped)
  deleteKits(tx, { order })
}

/** Whether the shop still sells in this order what it did, whatever its kits were made of then. */
export function sameLines(tx: Reader, order: string, lines: readonly ShopLine[]): boolean {
  return compared(shopLines(tx, order)) === compared(lines)
}

/**
 * Brings an order that waits to what its kits are made of now.
 *
 * @returns whether its lines changed.
 */
export function explodeOrder(tx: Writer, order: string): boolean {
  const sold = shopLines(tx, order)
  const wanted = explodeKits(sold, partsIn(tx), goneWhole(shippedLines(tx, { order })))
  const before = linesOf(tx, { order }).map((line) =>
    toPack(line.sku, line.quantity, line.kit_sku, line.kit_units),
  )
  const after = wanted.map(({ sku, quantity, kit }) =>
    toPack(sku, quantity, kit?.sold.sku ?? null, kit?.units ?? null),
  )
  if (summed(before) === summed(after)) return false
  replaceLines(tx, order, sold)
  return true
}

/**
 * Explodes these kits in every order that waits. What is in a wave or in a box stays as it is on its list.
 *
 * @returns how many orders changed.
 */
export function explodeWaiting(tx: Writer, kits: readonly string[]): number {
  const orders = new Set(kits.flatMap((sku) => waitingFor(tx, { sku }).map((row) => row.id)))
  return [...orders].filter((order) => explodeOrder(tx, order)).length
}

function place(
  tx: Writer,
  order: string,
  lines: readonly PackLine[],
  shipped: ReturnType<typeof shippedLines> = [],
): void {
  const kits = new Map<SoldKit, number>()
  for (const [position, { id, line, quantity }] of placeLines(lines, shipped).entries()) {
    const { externalId: external, sku, title, spec, kit } = line
    const part = {
      kit: kit === null ? null : (kits.get(kit.sold) ?? newKit(tx, order, kit.sold)),
      units: kit?.units ?? null,
    }
    if (kit !== null && part.kit !== null) kits.set(kit.sold, part.kit)
    if (id === null) insertLine(tx, { order, position, external, sku, title, spec, quantity, ...part })
    else keepLine(tx, { id, position, external, title, spec, quantity, ...part })
  }
}

function newKit(tx: Writer, order: string, kit: SoldKit): number {
  insertKit(tx, { order, ...kit })
  return (tx.connection.prepare('SELECT last_insert_rowid() AS id').get() as { id: number }).id
}

const partsIn =
  (tx: Reader) =>
  (sku: string): readonly KitPart[] =>
    partsOfKit(tx, { kit: sku })

/** The lines as the shop sold them: the parts of a kit are one. */
function shopLines(tx: Reader, order: string): ShopLine[] {
  const kits = new Set<number>()
  return linesOf(tx, { order }).flatMap((line): ShopLine[] => {
    const { external_id: externalId, sku, title, spec, quantity } = line
    if (line.kit_id === null) return [{ externalId, sku, title, spec, quantity }]
    if (kits.has(line.kit_id)) return []
    kits.add(line.kit_id)
    return [
      {
        externalId,
        sku: line.kit_sku ?? '',
        title: line.kit_title ?? '',
        spec: line.kit_spec ?? '',
        quantity: line.kit_quantity ?? 0,
      },
    ]
  })
}

/** Units that left as a SKU of no kit, which may be known as a kit since. */
const goneWhole = (shipped: ReturnType<typeof shippedLines>): Map<string, number> =>
  sums(shipped.filter((one) => one.kit === null).map((one) => [one.sku, one.units]))

/** A line of the shop may lie in two here, the one that left and the rest: neighbours of one kind are one. */
function compared(lines: readonly ShopLine[]): string {
  const merged: [string, string, string, number][] = []
  for (const { externalId, sku, spec, quantity } of lines) {
    const last = merged.at(-1)
    if (last !== undefined && last[0] === externalId && last[1] === sku && last[2] === spec)
      last[3] += quantity
    else merged.push([externalId, sku, spec, quantity])
  }
  return JSON.stringify(merged)
}

const toPack = (sku: string, quantity: number, kit: string | null, units: number | null) =>
  [JSON.stringify([sku, kit, units]), quantity] as const

const summed = (lines: readonly (readonly [string, number])[]): string =>
  JSON.stringify([...sums(lines)].sort(([a], [b]) => (a < b ? -1 : 1)))

function sums(of: readonly (readonly [string, number])[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const [key, count] of of) found.set(key, (found.get(key) ?? 0) + count)
  return found
}
