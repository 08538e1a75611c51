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
/** Rows of orders of which a shop's other file is still to come. */
const halvesOf = many((db, p: { shop: string }) =>
  rejects(db)
    .innerJoin('import', 'import.id', 'import_reject.import_id')
    .innerJoin('shop', 'shop.id', 'import.shop_id')
    .where('shop.name', '=', p.shop)
    .where(sql<boolean>`json_extract(reason, '$.code') IN ('linesMissing', 'headMissing')`)
    .limit(20_000),
)
const filesOf = many((db, p: { import: string }) =>
  db.selectFrom('import_file').select(['file', 'headers']).where('import_id', '=', p.import),
)

/** Rows kept of one import: what a person can look through. All rejected rows are kept, and tried again in pieces. */
const mostKept = 20_000

export function keepRows(
  tx: Writer,
  master: MasterKey,
  importId: string,
  files: readonly FileHeaders[],
  rows: readonly Rejected[],
): void {
  if (rows.length === 0) return
  for (const { file, headers } of files)
    insertFile(tx, { import: importId, file, headers: JSON.stringify(headers) })
  for (const { file, row, column, order, reason, cells } of rows) {
    insertReject(tx, {
      import: importId,
      file,
      row,
      column,
      order: order ?? '',
      reason: JSON.stringify(reason),
      sealed: sealText(master, JSON.stringify(cells)),
    })
  }
}

export const keptRows = (db: Reader, master: MasterKey, importId: string): KeptRow[] =>
  rejectsOf(db, { import: importId, limit: mostKept }).map((row) => kept(master, row))

export const keptHalves = (db: Reader, master: MasterKey, shop: string): KeptRow[] =>
  halvesOf(db, { shop }).map((row) => kept(master, row))

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
