import { sql } from 'kysely'
import { first, many, type Reader, type Writer, write, writeOne } from '#electron/db/query.ts'
import type { Rejected } from '#electron/ports/order-reader.ts'
import { type MasterKey, openText, sealText } from './receiver.ts'

/** A row that was not taken, as it is kept for a second try. */
export interface KeptRow {
  readonly id: number
  readonly importId: string
  readonly file: string
  readonly row: number
  readonly column: string
  readonly order: string
  readonly reason: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> }
  /** Empty where the row itself was not kept: nothing can be tried again with it. */
  readonly cells: readonly string[]
}

/** The headers of a file of an import: what its kept rows mean. */
export interface FileHeaders {
  readonly file: string
  readonly headers: readonly string[]
}

const insertFile = write((db, p: { import: string; file: string; headers: string }) =>
  db
    .insertInto('import_file')
    .values({ import_id: p.import, file: p.file, headers: p.headers })
    .onConflict((conflict) => conflict.columns(['import_id', 'file']).doNothing()),
)
const insertReject = writeOne(
  (
    db,
    p: {
      import: string
      file: string
      row: number
      column: string
      order: string
      reason: string
      sealed: Uint8Array
    },
  ) =>
    db.insertInto('import_reject').values({
      import_id: p.import,
      file: p.file,
      row: p.row,
      column: p.column,
      order_number: p.order,
      reason: p.reason,
      cells: '[]',
      sealed: p.sealed,
    }),
)
const deleteReject = write((db, p: { id: number }) => db.deleteFrom('import_reject').where('id', '=', p.id))

const rejects = (db: Parameters<Parameters<typeof first>[0]>[0]) =>
  db
    .selectFrom('import_reject')
    .select(['import_reject.id', 'import_reject.import_id', 'import_reject.file', 'import_reject.row'])
    .select(['import_reject.column', 'import_reject.reason', 'import_reject.cells', 'import_reject.sealed'])
    .select('import_reject.order_number')
    .orderBy('import_reject.id')
const rejectsOf = many((db, p: { import: string; limit: number }) =>
  rejects(db).where('import_id', '=', p.import).limit(p.limit),
)
/** Rows of an order of which one of two files is still to come. */
const halfCodes = ['linesMissing', 'headMissing'] as const
export const isHalf = (code: string): boolean => halfCodes.some((one) => one === code)
const half = sql<boolean>`json_extract(import_reject.reason, '$.code') IN (${sql.join(halfCodes.map((code) => sql.lit(code)))})`

/** Of a shop's orders that are not here yet, those of which both halves are kept. */
const halvesOf = many((db, p: { shop: string }) =>
  rejects(db)
    .innerJoin('import', 'import.id', 'import_reject.import_id')
    .innerJoin('shop', 'shop.id', 'import.shop_id')
    .select('import.at')
    .where('shop.name', '=', p.shop)
    // Rows of before the number was kept say nothing of whose half they are.
    .where('import_reject.order_number', '<>', '')
    .where(half)
    .where(
      sql<boolean>`import_reject.order_number IN (SELECT r.order_number FROM import_reject r
        JOIN import i ON i.id = r.import_id JOIN shop s ON s.id = i.shop_id WHERE s.name = ${p.shop}
        GROUP BY r.order_number HAVING sum(json_extract(r.reason, '$.code') = 'linesMissing') > 0
          AND sum(json_extract(r.reason, '$.code') = 'headMissing') > 0)`,
    )
    .where(
      sql<boolean>`NOT EXISTS (SELECT 1 FROM "order" o
        WHERE o.shop_id = shop.id AND o.number = import_reject.order_number)`,
    ),
)
/** Which halves of a shop's orders are kept, and how old they are. */
const keptHalvesOf = many((db, p: { shop: string }) =>
  db
    .selectFrom('import_reject')
    .innerJoin('import', 'import.id', 'import_reject.import_id')
    .select(['import_reject.id', 'import_reject.order_number as order', 'import.at'])
    .select(sql<string>`json_extract(import_reject.reason, '$.code')`.as('code'))
    .where('import.shop_id', '=', p.shop)
    .where(half),
)
const deleteKnownHalves = write((db, p: { shop: string }) =>
  db
    .deleteFrom('import_reject')
    .where(half)
    .where(sql<boolean>`import_id IN (SELECT id FROM import WHERE shop_id = ${p.shop})`)
    .where(
      sql<boolean>`EXISTS (SELECT 1 FROM "order" o WHERE o.shop_id = ${p.shop} AND o.number = order_number)`,
    ),
)
const rowsBefore = many((db, p: { shop: string; at: string }) =>
  db
    .selectFrom('import_reject')
    .innerJoin('import', 'import.id', 'import_reject.import_id')
    .select(['import_reject.id', 'import_reject.order_number as order'])
    .where('import.shop_id', '=', p.shop)
    .where('import.at', '<', p.at)
    .where('import_reject.order_number', '<>', ''),
)
const filesOf = many((db, p: { import: string }) =>
  db.selectFrom('import_file').select(['file', 'headers']).where('import_id', '=', p.import),
)

/** What a person can look through of one import. All rejected rows are kept, and are tried again together. */
const mostShown = 20_000
const all = -1

/** An import whose rows are kept; `at` is how old what they say is. */
export interface KeepingImport {
  readonly id: string
  readonly shop: string | null
  readonly at: string
}

export function keepRows(
  tx: Writer,
  master: MasterKey,
  from: KeepingImport,
  files: readonly FileHeaders[],
  rejected: readonly Rejected[],
): void {
  const rows = dropOlderHalves(tx, from, rejected)
  if (rows.length === 0) return
  for (const { file, headers } of files)
    insertFile(tx, { import: from.id, file, headers: JSON.stringify(headers) })
  for (const { file, row, column, order, reason, cells } of rows) {
    insertReject(tx, {
      import: from.id,
      file,
      row,
      column,
      order: order ?? '',
      reason: JSON.stringify(withoutText(reason)),
      sealed: sealText(master, JSON.stringify(cells)),
    })
  }
}

/** What stood in the cell may be a name or an address in the wrong column: it is kept sealed, with the cells. */
const withoutText = ({ code, params }: Rejected['reason']): Rejected['reason'] =>
  params?.text === undefined ? { code, ...(params && { params }) } : { code, params: { ...params, text: '' } }

/** Of one half of an order the newest rows are kept: exports overlap, and what an older one said is over. */
function dropOlderHalves(
  tx: Writer,
  { shop, at }: KeepingImport,
  rows: readonly Rejected[],
): readonly Rejected[] {
  const key = (code: string, order: string | null | undefined) => `${code} ${order ?? ''}`
  const own = new Set(
    rows.flatMap(({ reason, order }) => (isHalf(reason.code) ? [key(reason.code, order)] : [])),
  )
  if (shop === null || own.size === 0) return rows
  const newer = new Set<string>()
  for (const before of keptHalvesOf(tx, { shop })) {
    const it = key(before.code, before.order)
    if (!own.has(it)) continue
    if (before.at > at) newer.add(it)
    else deleteReject(tx, { id: before.id })
  }
  return rows.filter(({ reason, order }) => !newer.has(key(reason.code, order)))
}

/** Halves wait for an order to come to be; those of an order that is here are over. */
export function dropKnownHalves(tx: Writer, shop: string): void {
  deleteKnownHalves(tx, { shop })
}

/** The rows of a shop's orders that were kept before `at`, by the number of the order: nearly always none. */
export function keptBefore(db: Reader, shop: string, at: string): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  for (const { id, order } of rowsBefore(db, { shop, at })) {
    const ids = found.get(order)
    if (ids === undefined) found.set(order, [id])
    else ids.push(id)
  }
  return found
}

/** The rows of an import for a person to look through. */
export const shownRows = (db: Reader, master: MasterKey, importId: string): KeptRow[] =>
  rejectsOf(db, { import: importId, limit: mostShown }).map((row) => kept(master, row))

/** All rows of an import: no limit may cut an order in two. */
export const keptRows = (db: Reader, master: MasterKey, importId: string): KeptRow[] =>
  rejectsOf(db, { import: importId, limit: all }).map((row) => kept(master, row))

export const keptHalves = (db: Reader, master: MasterKey, shop: string): (KeptRow & { at: string })[] =>
  halvesOf(db, { shop }).map((row) => ({ ...kept(master, row), at: row.at }))

export const headersOf = (db: Reader, importId: string): FileHeaders[] =>
  filesOf(db, { import: importId }).map(({ file, headers }) => ({
    file,
    headers: JSON.parse(headers) as string[],
  }))

export function dropRows(tx: Writer, rows: readonly Pick<KeptRow, 'id'>[]): void {
  for (const { id } of rows) deleteReject(tx, { id })
}

function kept(master: MasterKey, row: ReturnType<typeof rejectsOf>[number]): KeptRow {
  // Rows of before they were sealed still have their cells beside them.
  const cells = row.sealed === null ? row.cells : openText(master, row.sealed)
  return {
    id: row.id,
    importId: row.import_id,
    file: row.file,
    row: row.row,
    column: row.column,
    order: row.order_number,
    reason: JSON.parse(row.reason) as KeptRow['reason'],
    cells: JSON.parse(cells) as string[],
  }
}
