import { sql } from 'kysely'
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
import type { AreaContext, CallContext } from '#electron/features/area.ts'
import { anyKit, partsOfKit } from '#electron/features/catalog/index.ts'
import { breathe } from './read-source.ts'

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
      'order_kit.parts as kit_parts',
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
    .where('parcel.order_id', '=', p.order)
    .where('parcel.state', '=', 'handedOver')
    .where('parcel_line.quantity', '>', 0)
    .groupBy('order_line.id')
    .orderBy('order_line.id'),
)
const dropLines = write((db, p: { order: string }) =>
  db.updateTable('order_line').set({ dropped: 1 }).where('order_id', '=', p.order).where('dropped', '=', 0),
)
/** On nobody's list and in nobody's box. A cancelled order may come back. */
const nobodyHasIt = sql<boolean>`"order".state IN ('open', 'cancelled')
  AND NOT EXISTS (SELECT 1 FROM wave_order WHERE wave_order.order_id = "order".id)
  AND NOT EXISTS (SELECT 1 FROM parcel WHERE parcel.order_id = "order".id AND parcel.state IN ('open', 'packed'))`

const waits = first((db, p: { order: string }) =>
  db.selectFrom('order').select('id').where('id', '=', p.order).where(nobodyHasIt),
)
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
    .where(nobodyHasIt),
)

export type PartsOf = (sku: string) => readonly KitPart[]

const noParts: readonly KitPart[] = []

/** What kits are made of, for orders saved before anybody else gets a turn. Most warehouses have none to look up. */
export const knownKits = (tx: Reader): PartsOf =>
  anyKit(tx, {}) === undefined ? () => noParts : (sku) => partsOfKit(tx, { kit: sku })

/** Whether units of this order have left in a parcel. */
export const hasShipped = (tx: Reader, order: string): boolean => shippedLines(tx, { order }).length > 0

/** Whether what has left of this order is exactly what the shop asks for with these lines. */
export function haveAllLeft(tx: Reader, order: string, lines: readonly ShopLine[]): boolean {
  const shipped = shippedLines(tx, { order })
  return shipped.length > 0 && hasAllLeft(explodeKits(lines, knownKits(tx), goneWhole(shipped)), shipped)
}

/** The lines of a new order, its kits exploded to their parts. */
export function insertLines(tx: Writer, order: string, lines: readonly ShopLine[], partsOf: PartsOf): void {
  place(tx, order, explodeKits(lines, partsOf))
}

/**
 * The order has other lines now. The old ones stay, marked: a box or a scan may speak of them, and to find out for each
 * that none does takes longer than the row is worth.
 */
export function replaceLines(tx: Writer, order: string, lines: readonly ShopLine[]): void {
  const shipped = shippedLines(tx, { order })
  dropLines(tx, { order })
  place(tx, order, explodeKits(lines, knownKits(tx), goneWhole(shipped)), shipped)
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
  if (standsForOthers(linesOf(tx, { order }))) return false
  const sold = shopLines(tx, order)
  const wanted = explodeKits(sold, knownKits(tx), goneWhole(shippedLines(tx, { order })))
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

/** How many orders wait with these kits. */
export const countWaiting = (tx: Reader, kits: readonly string[]): number => waitingWith(tx, kits).length

/**
 * Explodes these kits in every order that waits, in pieces of some milliseconds: somebody may be scanning. What is in a
 * wave or in a box by then stays as it is on its list.
 *
 * @returns how many orders changed.
 */
export async function explodeWaiting(
  { db, logRoom }: Pick<AreaContext, 'db' | 'logRoom'>,
  call: Pick<CallContext, 'signal' | 'progress'>,
  kits: readonly string[],
): Promise<number> {
  const orders = waitingWith(db, kits)
  let changed = 0
  for (let at = 0; at < orders.length && !call.signal.aborted; at += ordersAtATime) {
    const piece = orders.slice(at, at + ordersAtATime)
    changed += db.transaction(
      (tx) => piece.filter((order) => waits(tx, { order }) !== undefined && explodeOrder(tx, order)).length,
    )
    call.progress('saving', at + piece.length, orders.length)
    await logRoom()
    await breathe()
  }
  return changed
}

const ordersAtATime = 20

const waitingWith = (db: Reader, kits: readonly string[]): string[] => [
  ...new Set(kits.flatMap((sku) => waitingFor(db, { sku }).map((row) => row.id))),
]

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

/**
 * Whether units that left for one line stand for a part of a kit, or a part's for another line: then the lines no
 * longer say what the shop sold, and exploding them anew would pack those units twice. Only the shop's next word can.
 */
function standsForOthers(lines: ReturnType<typeof linesOf>): boolean {
  const ofKits = lines.filter((line) => line.kit_id !== null)
  const packed = sums(ofKits.map((line) => [`${line.kit_id} ${line.sku}`, line.quantity]))
  return ofKits.some(
    (line) =>
      packed.get(`${line.kit_id} ${line.sku}`) !== (line.kit_quantity ?? 0) * (line.kit_units ?? 0) ||
      new Set(ofKits.filter((one) => one.kit_id === line.kit_id).map((one) => one.sku)).size !==
        line.kit_parts,
  )
}

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
