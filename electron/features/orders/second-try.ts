import type { HeldFile } from '#shared/contract/entry.ts'
import { importKind, type ImportKind, type ImportResult } from '#shared/contract/orders.ts'
import { shown } from '#shared/domain/orders/import/cells.ts'
import { fail, ok, type Result } from '#shared/support/result.ts'
import { first } from '#electron/db/query.ts'
import type { AreaContext, CallContext } from '#electron/features/area.ts'
import { auditAct } from '#electron/features/backup/index.ts'
import { isFloor } from '#electron/features/catalog/index.ts'
import type { ImportSource } from './import-source.ts'
import {
  dropRows,
  type FileHeaders,
  headersOf,
  isHalf,
  keptHalves,
  type KeptRow,
  keptRows,
  shownRows,
} from './kept-rows.ts'
import { openMasterKey } from './receiver.ts'
import { runImport } from './run-import.ts'

/**
 * Rows of these mean something alone, or together with the other kept rows of their order. Goods, kits and a floor stand
 * on several rows of which only the bad ones were kept: a second try with those would take the others away.
 */
const kindsTriedAgain: ReadonlySet<ImportKind> = new Set(['orders', 'layout', 'stock', 'waybills'])

const areTriedAgain = (kind: ImportKind, files: readonly FileHeaders[]): boolean =>
  kindsTriedAgain.has(kind) && !(kind === 'layout' && files.some(({ headers }) => isFloor(headers)))

/** What a person changed in a kept row: the cell that was at fault. */
interface Mended {
  readonly id: number
  readonly value: string
}

const importById = first((db, p: { id: string }) =>
  db
    .selectFrom('import')
    .leftJoin('shop', 'shop.id', 'import.shop_id')
    .select(['import.kind', 'import.preset', 'import.courier', 'import.at', 'shop.name as shop'])
    .where('import.id', '=', p.id),
)

const masterKey = (core: AreaContext) => openMasterKey(core.secrets.masterKey())

/** The rows of an import that were not taken, with the cell at fault and nothing else of them: the rest is people's data. */
export function rejectedRows(core: AreaContext, importId: string) {
  const before = importById(core.db, { id: importId })
  if (before === undefined) return importUnknown
  const files = headersOf(core.db, importId)
  const headers = new Map(files.map((one) => [one.file, one.headers]))
  const tried = areTriedAgain(importKind.parse(before.kind), files)
  return ok({
    rows: shownRows(core.db, masterKey(core), importId).map(({ id, file, row, column, reason, cells }) => {
      const at = headers.get(file)?.indexOf(column) ?? -1
      const value = at < 0 || cells.length === 0 ? null : (cells[at] ?? '')
      return {
        id,
        file,
        row,
        column,
        reason: told(reason, value),
        value,
        again: tried && cells.length > 0 && headers.has(file),
      }
    }),
  })
}

/** A reason in full: what stood in the cell is kept sealed, with the cells. */
function told({ code, params }: KeptRow['reason'], value: string | null) {
  if (params === undefined) return { code }
  return {
    code,
    params: params.text === undefined || value === null ? params : { ...params, text: shown(value) },
  }
}

/** The rejected rows of a file under its own headers, to be mended in a spreadsheet and imported like any other file. */
export async function rejectedTable(
  core: AreaContext,
  call: CallContext,
  importId: string,
  file: string,
): Promise<Result<HeldFile>> {
  const headers = headersOf(core.db, importId).find((one) => one.file === file)
  const rows = keptRows(core.db, masterKey(core), importId).filter(
    (row) => row.file === file && row.cells.length > 0,
  )
  if (headers === undefined || rows.length === 0) return nothingKept
  core.db.transaction((tx) =>
    auditAct(tx, core, call.caller, {
      act: 'imports.rejectsFile',
      subject: importId,
      reason: '',
      detail: { file, rows: rows.length },
    }),
  )
  return ok(await hold(core, headers, rows))
}

/** Imports the kept rows of an import once more, with what a person mended in them. Those that fail again are kept again. */
export async function tryAgain(
  core: AreaContext,
  call: CallContext,
  importId: string,
  mended: readonly Mended[],
): Promise<Result<ImportResult>> {
  const before = importById(core.db, { id: importId })
  if (before === undefined) return importUnknown
  const kind = importKind.parse(before.kind)
  const headers = headersOf(core.db, importId)
  if (!areTriedAgain(kind, headers))
    return fail('importWhole', 'These stand on several rows: mend the file and import it whole')
  const known = new Map(headers.map((one) => [one.file, one.headers]))
  const values = new Map(mended.map((one) => [one.id, one.value]))
  const rows = keptRows(core.db, masterKey(core), importId)
    .filter((row) => row.cells.length > 0 && known.has(row.file))
    .map((row) => mend(row, known.get(row.file) ?? [], values.get(row.id)))
  if (rows.length === 0) return nothingKept
  const files = await Promise.all(headers.map((one) => holdRows(core, one, rows)))
  const source = {
    kind,
    files: files.flat(),
    ...(before.shop !== null && { shop: before.shop }),
    ...(before.courier !== null && { courier: before.courier }),
    // One file was read by what a person chose; several by their headers, and a mapping is remembered by them too.
    ...(headers.length === 1 &&
      before.preset !== null &&
      before.preset !== 'generic' && { preset: before.preset }),
  }
  const done = await runHeld(core, call, source, before.at)
  if (done.ok) {
    core.db.transaction((tx) => dropRows(tx, rows))
    core.announce('imports')
  }
  // A row that was mended may be the half that another waits for.
  return done.ok ? joinHalves(core, call, source, done.value) : done
}

/**
 * Orders of which one file was imported before and the other one now: both halves are kept rows by then, and are read
 * together. What is known of such an order is as old as the older half.
 */
export async function joinHalves(
  core: AreaContext,
  call: CallContext,
  source: ImportSource,
  done: ImportResult,
): Promise<Result<ImportResult>> {
  const { shop } = source
  if (shop === undefined || !done.rejected.some(({ reason }) => isHalf(reason.code))) return ok(done)
  const pairs = pairsOf(keptHalves(core.db, masterKey(core), shop))
  if (pairs.newest.length === 0) return ok(done)
  const imports = [...new Set(pairs.newest.map((row) => row.importId))]
  const files = await Promise.all(
    imports.flatMap((id) =>
      headersOf(core.db, id).map((one) =>
        holdRows(
          core,
          one,
          pairs.newest.filter((row) => row.importId === id),
        ),
      ),
    ),
  )
  const ages = imports.flatMap((id) => importById(core.db, { id })?.at ?? [])
  const joined = await runHeld(core, call, { kind: 'orders', shop, files: files.flat() }, ages.sort()[0])
  // The file itself is imported; its halves stay kept for the next one.
  if (!joined.ok) return ok(done)
  core.db.transaction((tx) => dropRows(tx, pairs.all))
  core.announce('imports')
  const over = new Set(pairs.newest.map((row) => row.order))
  const left = done.rejected.filter(
    ({ reason }) => !isHalf(reason.code) || !over.has(String(reason.params?.order)),
  )
  const rejected = [...left, ...joined.value.rejected]
  return ok({
    ...done,
    created: done.created + joined.value.created,
    updated: done.updated + joined.value.updated,
    unchanged: done.unchanged + joined.value.unchanged,
    held: done.held + joined.value.held,
    rejected,
    rejectedCount: rejected.length,
  })
}

/** Imports workbooks that were made for this alone: they hold people's data in clear, and go when it has ended. */
async function runHeld(
  core: AreaContext,
  call: CallContext,
  source: Omit<ImportSource, 'files'> & { readonly files: readonly { readonly upload: string }[] },
  firstTryAt: string | undefined,
): Promise<Result<ImportResult>> {
  try {
    return await runImport(core, call, source, firstTryAt)
  } finally {
    for (const { upload } of source.files) core.heldFiles.drop(upload)
  }
}

/** Of each half of an order the rows of the newest import, where older ones are still kept, and all that are then over. */
function pairsOf(rows: readonly (KeptRow & { readonly at: string })[]): {
  newest: KeptRow[]
  all: readonly KeptRow[]
} {
  const newestOf = new Map<string, string>()
  const key = (row: KeptRow) => `${row.reason.code} ${row.order}`
  const age = (row: KeptRow & { readonly at: string }) => `${row.at} ${row.importId}`
  for (const row of rows) {
    if (age(row) > (newestOf.get(key(row)) ?? '')) newestOf.set(key(row), age(row))
  }
  return {
    all: rows,
    newest: rows.filter((row) => row.cells.length > 0 && newestOf.get(key(row)) === age(row)),
  }
}

function mend(row: KeptRow, headers: readonly string[], value: string | undefined): KeptRow {
  const at = headers.indexOf(row.column)
  if (value === undefined || at < 0) return row
  return { ...row, cells: headers.map((_, index) => (index === at ? value : (row.cells[index] ?? ''))) }
}

/** A workbook of the rows of one file; nothing when it has none. Texts of a workbook come back as they went in. */
async function holdRows(
  core: AreaContext,
  headers: FileHeaders,
  rows: readonly KeptRow[],
): Promise<{ upload: string }[]> {
  const own = rows.filter((row) => row.file === headers.file)
  return own.length === 0 ? [] : [{ upload: (await hold(core, headers, own)).id }]
}

async function hold(
  core: AreaContext,
  { file, headers }: FileHeaders,
  rows: readonly KeptRow[],
): Promise<HeldFile> {
  // In their order in the file: in merged cells a row says by its place which order it is of.
  const cells = rows.toSorted((one, other) => one.row - other.row).map((row) => row.cells)
  const bytes = await core.tables.write({ sheet: 'rows', headers, rows: cells }, { kind: 'xlsx' })
  const name = `${file.replace(/(?: ↻)?(?:\.xlsx|\.csv|\.tsv|\.txt)?(?: \(\d+\))?$/i, '')} ↻.xlsx`
  return core.heldFiles.hold(name, workbook, bytes)
}

const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const importUnknown = fail('importUnknown', 'This import is not there')
const nothingKept = fail('nothingKept', 'No rows of this import are kept for a second try')
