import type { ImportKind, ImportPreview, ImportResult } from '#shared/contract/orders.ts'
import { importKind } from '#shared/contract/orders.ts'
import type { ColumnMapping } from '#shared/domain/orders/import/index.ts'
import { fail, ok, type Result } from '#shared/support/result.ts'
import { first, many, type Writer, write, writeOne } from '#electron/db/query.ts'
import type { LongWork } from '#electron/db/open.ts'
import type { AreaContext, CallContext, Caller, Handlers } from '#electron/features/area.ts'
import { importCatalog, previewCatalog } from '#electron/features/catalog/index.ts'
import { ensureShop, general } from '#electron/features/settings/index.ts'
import type { Cancellation, OrderBatch, OrdersRead, Rejected } from '#electron/ports/order-reader.ts'
import { mappingOf, type ReadOrders, readOrders } from './import-orders.ts'
import { signature } from './read-ready.ts'
import { knownKits } from './order-lines.ts'
import { breathe, locateSources, openSources, type SourceFile } from './read-source.ts'
import { unpackOrders } from './ready-order.ts'
import { openMasterKey } from './receiver.ts'
import { cancelOrder, type ImportContext, saveOrder, saveReadyOrder, type Saved } from './save-order.ts'
import type { TextEncodingName } from '#electron/ports/table-files.ts'

type Calls = 'imports.preview' | 'imports.run' | 'imports.list' | 'imports.rejects'

interface Source {
  readonly kind: ImportKind
  readonly files: readonly SourceFile[]
  readonly shop?: string | undefined
  readonly courier?: string | undefined
  readonly preset?: string | undefined
  readonly mapping?: Readonly<Record<string, string>> | undefined
  readonly encoding?: TextEncodingName | undefined
}

/** Rows shown in one answer; all are kept and listed by `imports.rejects`. */
const shownRejects = 200

const shopByName = first((db, p: { name: string }) =>
  db.selectFrom('shop').select(['id', 'zone', 'promise_hours']).where('name', '=', p.name),
)
const rememberedMapping = first((db, p: { signature: string }) =>
  db.selectFrom('column_mapping').select('mapping').where('signature', '=', p.signature),
)
const rememberedMappings = many((db) => db.selectFrom('column_mapping').select(['signature', 'mapping']))
const rememberMapping = write((db, p: { signature: string; mapping: string; at: string }) =>
  db
    .insertInto('column_mapping')
    .values({ signature: p.signature, kind: 'orders', mapping: p.mapping, at: p.at })
    .onConflict((conflict) => conflict.column('signature').doUpdateSet({ mapping: p.mapping, at: p.at })),
)
const insertImport = writeOne(
  (
    db,
    p: {
      id: string
      kind: string
      file: string
      preset: string | null
      shop: string | null
      at: string
      created: number
      updated: number
      unchanged: number
      held: number
    },
  ) =>
    db.insertInto('import').values({
      id: p.id,
      kind: p.kind,
      file: p.file,
      preset: p.preset,
      shop_id: p.shop,
      at: p.at,
      created: p.created,
      updated: p.updated,
      unchanged: p.unchanged,
      held: p.held,
    }),
)
const insertReject = writeOne(
  (db, p: { import: string; file: string; row: number; column: string; reason: string; cells: string }) =>
    db.insertInto('import_reject').values({
      import_id: p.import,
      file: p.file,
      row: p.row,
      column: p.column,
      reason: p.reason,
      cells: p.cells,
    }),
)
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
const rejectsOf = many((db, p: { import: string }) =>
  db
    .selectFrom('import_reject')
    .select(['file', 'row', 'column', 'reason', 'cells'])
    .where('import_id', '=', p.import)
    .orderBy('id')
    .limit(5000),
)

export function importHandlers(core: AreaContext): Handlers<Calls> {
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
      if (source.kind === 'orders') return runOrders(core, call, source)
      const opened = await openSources(core, call, source.files, source.encoding)
      if (!opened.ok) return opened
      const file = opened.value.map(({ name }) => name).join(' + ')
      const done = await importCatalog(core, call, source.kind, opened.value, source.courier)
      if (!done.ok) return done
      return finish(core, { ...done.value, kind: source.kind, file, preset: null, shop: null })
    },

    'imports.list': () =>
      ok({
        imports: imports(core.db, {}).map((row) => ({
          ...row,
          kind: importKind.parse(row.kind),
          rejected: row.rejected ?? 0,
        })),
      }),

    'imports.rejects': ({ importId }) =>
      ok({
        rows: rejectsOf(core.db, { import: importId }).map((row) => ({
          ...row,
          reason: JSON.parse(row.reason) as Rejected['reason'] & { params?: Record<string, string | number> },
          cells: JSON.parse(row.cells) as string[],
        })),
      }),
  }
}

// --- orders ----------------------------------------------------------------------------------------------------

function readOptions(core: AreaContext, source: Source) {
  const shop = source.shop === undefined ? undefined : shopByName(core.db, { name: source.shop })
  return {
    zone: shop?.zone ?? general(core.db).zone,
    preset: source.preset,
    mapping: source.mapping as ColumnMapping | undefined,
    remembered: (headers: readonly string[]): ColumnMapping | undefined => {
      const row = rememberedMapping(core.db, { signature: signature(headers) })
      return row === undefined ? undefined : (JSON.parse(row.mapping) as ColumnMapping)
    },
  }
}

function rememberFor(core: AreaContext, source: Source, headers: OrdersRead['headers']): void {
  if (source.mapping === undefined) return
  core.db.transaction((tx) => {
    for (const of of headers) {
      rememberMapping(tx, {
        signature: signature(of),
        mapping: JSON.stringify(source.mapping),
        at: core.clock.now(),
      })
    }
  })
}

function importContext(tx: Writer, core: AreaContext, caller: Caller, name: string): ImportContext {
  ensureShop(tx, core, name)
  const shop = shopByName(tx, { name })
  if (shop === undefined) throw new Error('shop was not made')
  return {
    ids: core.ids,
    masterKey: openMasterKey(core.secrets.masterKey()),
    shop,
    now: core.clock.now(),
    caller,
  }
}

interface Counts {
  created: number
  updated: number
  unchanged: number
  held: number
}

async function runOrders(
  core: AreaContext,
  call: CallContext,
  source: Source,
): Promise<Result<ImportResult>> {
  const { shop } = source
  if (shop === undefined) return fail('shopNeeded', 'Say which shop these orders are of')
  const located = locateSources(core, call, source.files)
  if (!located.ok) return located
  const { remembered: _one, ...options } = readOptions(core, source)
  const job = {
    ...options,
    files: located.value,
    encoding: source.encoding,
    remembered: Object.fromEntries(
      rememberedMappings(core.db, {}).map((row) => [row.signature, JSON.parse(row.mapping) as ColumnMapping]),
    ),
    masterKey: core.secrets.masterKey(),
  }
  // The shop of a file that cannot be read is not made.
  let at: ImportContext | null = null
  const context = () => (at ??= core.db.transaction((tx) => importContext(tx, core, call.caller, shop)))
  const saver = new Saver(core, call)
  const read = await core.orderReader.read(job, {
    signal: call.signal,
    progress: (done, total) => call.progress('reading', done, total),
    take: (batch) => saver.save(context(), batch),
  })
  saver.finish()
  if (!read.ok) {
    if (at !== null) core.announce('orders', 'packing', 'imports', 'waves')
    return read
  }
  rememberFor(core, source, read.value.headers)
  const counts = saver.counts
  const unmatched = core.db.transaction((tx) => takeBack(tx, context(), read.value.cancellations, counts))
  return finish(core, {
    ...counts,
    rejected: [...read.value.rejected, ...unmatched],
    exploded: 0,
    notes: [],
    kind: 'orders',
    file: located.value.map(({ name }) => name).join(' + '),
    preset: read.value.preset,
    shop: context().shop.id,
  })
}

/** How long the core may be busy with an import before it looks whether somebody scanned; less while they do. */
const pieceMs = 4
const politePieceMs = 2
/**
 * After somebody else wrote, every piece is committed at once for so long. Commits write whole pages, and the lines of
 * an order lie all over the index of SKUs: few large commits write a tenth of what many small ones do.
 */
const politeMs = 10_000
/** How long a commit may take while nobody scans. */
const commitMs = 30

/** Saves orders in pieces of some milliseconds, and commits as seldom as nobody minds. */
class Saver {
  readonly counts: Counts = { created: 0, updated: 0, unchanged: 0, held: 0 }
  readonly #core: AreaContext
  readonly #call: CallContext
  readonly #work: LongWork
  #saved = 0
  #unsettled = 0
  #perCommit = 1000
  #interruptions = 0
  #politeUntil = 0

  constructor(core: AreaContext, call: CallContext) {
    this.#core = core
    this.#call = call
    this.#work = core.db.longWork()
  }

  async save(at: ImportContext, batch: OrderBatch): Promise<void> {
    // Making the shop was our own.
    if (this.#saved === 0) this.#interruptions = this.#work.interruptions
    const orders = unpackOrders(batch)
    let left = batch.orders
    while (left > 0 && !this.#call.signal.aborted) {
      const start = performance.now()
      const until = start + (start < this.#politeUntil ? politePieceMs : pieceMs)
      const saved = this.#work.piece((tx): Saved[] => {
        const done: Saved[] = []
        const kits = knownKits(tx)
        while (done.length < left && performance.now() < until) {
          const { value } = orders.next()
          if (value === undefined) throw new Error('a batch holds fewer orders than it says')
          done.push(saveReadyOrder(tx, at, value, kits))
        }
        return done
      })
      left -= saved.length
      for (const one of saved) this.counts[one] += 1
      this.#saved += saved.length
      this.#unsettled += saved.length
      this.#settle()
      this.#call.progress('saving', this.#saved, Math.max(this.#saved, batch.total))
      await breathe()
      await this.#core.logRoom()
    }
  }

  finish(): void {
    this.#work.commit()
    // Reading and saving ran side by side; this is the last word.
    this.#call.progress('saving', this.#saved, this.#saved)
  }

  #settle(): void {
    const now = performance.now()
    if (this.#work.interruptions > this.#interruptions) {
      this.#interruptions = this.#work.interruptions
      this.#politeUntil = now + politeMs
    }
    if (now >= this.#politeUntil && this.#unsettled < this.#perCommit) return
    const orders = this.#unsettled
    this.#unsettled = 0
    this.#work.commit()
    if (now < this.#politeUntil || orders < this.#perCommit) return
    // As many orders as this disk commits in the time.
    const factor = commitMs / Math.max(1, performance.now() - now)
    this.#perCommit = Math.round(this.#perCommit * Math.min(1.5, Math.max(0.5, factor)))
  }
}

/** Cancels what is here; a cancellation of an order that is not is told, since somebody should know. */
function takeBack(
  tx: Writer,
  at: ImportContext,
  cancellations: readonly Cancellation[],
  counts: Counts,
): Rejected[] {
  return cancellations.flatMap(({ number, rows }) => {
    const saved = cancelOrder(tx, at, number, `C${number}`)
    if (saved !== null) {
      counts[saved] += 1
      return []
    }
    const reason = { code: 'cancellationUnmatched', params: { order: number } }
    return rows.map((row) => ({ ...row, column: '', reason, cells: [] }))
  })
}

/** What an import would do: done for real in a transaction that is rolled back. */
function dryRun(
  core: AreaContext,
  caller: Caller,
  source: Source,
  read: ReadOrders,
): Counts & { rejected: readonly Rejected[] } {
  const counts: Counts = { created: 0, updated: 0, unchanged: 0, held: 0 }
  let rejected: readonly Rejected[] = read.rejected
  try {
    core.db.transaction((tx) => {
      const at = importContext(tx, core, caller, source.shop ?? '\u0000preview')
      for (const order of read.orders) counts[saveOrder(tx, at, order)] += 1
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

const shown = ({ file, row, column, reason }: Rejected) => ({
  file,
  row,
  column,
  reason:
    reason.params === undefined ? { code: reason.code } : { code: reason.code, params: { ...reason.params } },
})

// --- the end of every import -----------------------------------------------------------------------------------

function finish(
  core: AreaContext,
  done: Counts & {
    readonly rejected: readonly Rejected[]
    readonly exploded: number
    readonly notes: readonly Rejected[]
    readonly kind: Source['kind']
    readonly file: string
    readonly preset: string | null
    readonly shop: string | null
  },
): Result<ImportResult> {
  const importId = core.ids.next()
  core.db.transaction((tx) => {
    insertImport(tx, {
      id: importId,
      kind: done.kind,
      file: done.file,
      preset: done.preset,
      shop: done.shop,
      at: core.clock.now(),
      created: done.created,
      updated: done.updated,
      unchanged: done.unchanged,
      held: done.held,
    })
    for (const reject of done.rejected) {
      insertReject(tx, {
        import: importId,
        file: reject.file,
        row: reject.row,
        column: reject.column,
        reason: JSON.stringify(reject.reason),
        cells: JSON.stringify(reject.cells),
      })
    }
  })
  core.announce('orders', 'packing', 'imports', 'waves', 'catalog', 'labels', 'settings')
  return ok({
    importId,
    created: done.created,
    updated: done.updated,
    unchanged: done.unchanged,
    held: done.held,
    rejected: done.rejected.map(shown),
    rejectedCount: done.rejected.length,
    exploded: done.exploded,
    notes: done.notes.slice(0, shownRejects).map(shown),
  })
}
