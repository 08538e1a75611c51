import type { ImportPreview } from '#shared/contract/orders.ts'
import { importKind } from '#shared/contract/orders.ts'
import { fail, ok } from '#shared/support/result.ts'
import { many } from '#electron/db/query.ts'
import type { AreaContext, Caller, Handlers } from '#electron/features/area.ts'
import { previewCatalog } from '#electron/features/catalog/index.ts'
import type { Rejected } from '#electron/ports/order-reader.ts'
import { mappingOf, type ReadOrders, readOrders } from './import-orders.ts'
import { importContext, type ImportSource, readOptions } from './import-source.ts'
import { type Counts, noCounts } from './order-saver.ts'
import { openSources } from './read-source.ts'
import { readyPart } from './ready-order.ts'
import { isHalfOf, runImport, shown, shownRejects, takeBack } from './run-import.ts'
import { saveOrder, savePart } from './save-order.ts'
import { joinHalves, rejectedRows, rejectedTable, tryAgain } from './second-try.ts'

type Calls =
  | 'imports.preview'
  | 'imports.run'
  | 'imports.list'
  | 'imports.rejects'
  | 'imports.rejectsFile'
  | 'imports.retry'

const imports = many((db) =>
  db
    .selectFrom('import')
    .leftJoin('shop', 'shop.id', 'import.shop_id')
    .select((eb) => [
      'import.id',
      'import.kind',
      'import.file',
      'import.preset',
      'shop.name as shop',
      'import.at',
      'import.created',
      'import.updated',
      'import.unchanged',
      'import.held',
      eb
        .selectFrom('import_reject')
        .select((count) => count.fn.countAll<number>().as('n'))
        .whereRef('import_reject.import_id', '=', 'import.id')
        .as('rejected'),
    ])
    .orderBy('import.id', 'desc')
    .limit(100),
)

export function importHandlers(core: AreaContext): Handlers<Calls> {
  const retrying = new Set<string>()
  return {
    'imports.preview': async (source, call) => {
      const opened = await openSources(core, call, source.files, source.encoding)
      if (!opened.ok) return opened
      if (source.kind !== 'orders')
        return previewCatalog(core, call, source.kind, opened.value, source.courier)
      const read = await readOrders(opened.value, readOptions(core, source), call)
      if (!read.ok) return read
      const counts = dryRun(core, call.caller, source, read.value)
      return ok(preview(read.value, opened.value, counts))
    },

    'imports.run': async (source, call) => {
      const done = await runImport(core, call, source)
      return done.ok ? joinHalves(core, call, source, done.value) : done
    },

    'imports.list': () =>
      ok({
        imports: imports(core.db, {}).map((row) => ({
          ...row,
          kind: importKind.parse(row.kind),
          rejected: row.rejected ?? 0,
        })),
      }),

    'imports.rejects': ({ importId }) => rejectedRows(core, importId),
    'imports.rejectsFile': ({ importId, file }, call) => rejectedTable(core, call, importId, file),
    'imports.retry': async ({ importId, mended }, call) => {
      // Two at a time would try the same rows, and keep those that fail twice.
      if (retrying.has(importId))
        return fail('retryRunning', 'The rows of this import are being tried again already')
      retrying.add(importId)
      try {
        return await tryAgain(core, call, importId, mended)
      } finally {
        retrying.delete(importId)
      }
    },
  }
}

/** What an import would do: done for real in a transaction that is rolled back. */
function dryRun(
  core: AreaContext,
  caller: Caller,
  source: ImportSource,
  read: ReadOrders,
): Counts & { rejected: readonly Rejected[] } {
  const counts = noCounts()
  const knownParts = new Set<string>()
  let rejected: readonly Rejected[] = read.rejected
  try {
    core.db.transaction((tx) => {
      const at = importContext(tx, core, caller, source.shop ?? '\u0000preview')
      for (const order of read.orders) counts[saveOrder(tx, at, order)] += 1
      for (const order of read.incomplete) {
        const saved = savePart(tx, at, readyPart(at.masterKey, order))
        if (saved === null) continue
        counts[saved] += 1
        knownParts.add(order.number)
      }
      rejected = rejected.filter((row) => !isHalfOf(knownParts, row))
      rejected = [...rejected, ...takeBack(tx, at, read.cancellations, counts)]
      throw new RollBack()
    })
  } catch (error) {
    if (!(error instanceof RollBack)) throw error
  }
  return { ...counts, rejected }
}
class RollBack extends Error {}

function preview(
  read: ReadOrders,
  opened: readonly { readonly table: { readonly kind: 'csv' | 'xlsx'; readonly encoding: string | null } }[],
  counts: Counts & { rejected: readonly Rejected[] },
): ImportPreview {
  const { rejected, ...sums } = counts
  return {
    files: read.files.map((file, index) => ({
      name: file.name,
      kind: opened[index]?.table.kind ?? 'csv',
      encoding: opened[index]?.table.encoding ?? null,
      preset: file.plan.preset.id,
      headers: [...file.plan.headers],
      mapping: mappingOf(file.plan),
      missing: [...file.plan.missing],
      sample: file.sample.map((row) => row.map((cell) => cell.slice(0, 200))),
    })),
    rows: read.files.reduce((sum, file) => sum + file.rows, 0),
    things: read.orders.length,
    ...sums,
    rejected: rejected.slice(0, shownRejects).map(shown),
    rejectedCount: rejected.length,
    exploded: 0,
    notes: [],
  }
}
