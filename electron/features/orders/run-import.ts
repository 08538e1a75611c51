import type { ImportResult } from '#shared/contract/orders.ts'
import { fail, ok, type Result } from '#shared/support/result.ts'
import { type Writer, writeOne } from '#electron/db/query.ts'
import type { AreaContext, CallContext } from '#electron/features/area.ts'
import { importCatalog } from '#electron/features/catalog/index.ts'
import { settleTakenBack } from '#electron/features/waves/index.ts'
import type { Cancellation, Rejected } from '#electron/ports/order-reader.ts'
import { allMappings, importContext, type ImportSource, readOptions, rememberFor } from './import-source.ts'
import { dropKnownHalves, dropRows, type FileHeaders, isHalf, keepRows } from './kept-rows.ts'
import { type Counts, OrderSaver } from './order-saver.ts'
import { locateSources, openSources } from './read-source.ts'
import { openMasterKey } from './receiver.ts'
import { cancelOrder, type ImportContext, isKnown } from './save-order.ts'

/** Rows shown in one answer; all are kept. */
export const shownRejects = 200

const insertImport = writeOne(
  (
    db,
    p: Counts & {
      id: string
      kind: string
      file: string
      preset: string | null
      shop: string | null
      courier: string | null
      at: string
    },
  ) =>
    db.insertInto('import').values({
      id: p.id,
      kind: p.kind,
      file: p.file,
      preset: p.preset,
      shop_id: p.shop,
      courier: p.courier,
      at: p.at,
      created: p.created,
      updated: p.updated,
      unchanged: p.unchanged,
      held: p.held,
    }),
)

/** An import that is done but for its own record. */
interface Ran extends Counts {
  readonly rejected: readonly Rejected[]
  readonly exploded: number
  readonly notes: readonly Rejected[]
  readonly file: string
  readonly files: readonly FileHeaders[]
  readonly preset: string | null
  readonly shop: string | null
  /** Kept rows of earlier imports that are over by this one. */
  readonly over: readonly { readonly id: number }[]
}

/** Imports files and records it with the rows that were not taken. `firstTryAt`: when these rows were first brought. */
export async function runImport(
  core: AreaContext,
  call: CallContext,
  source: ImportSource,
  firstTryAt?: string,
): Promise<Result<ImportResult>> {
  const ran =
    source.kind === 'orders'
      ? await runOrders(core, call, source, firstTryAt)
      : await runCatalog(core, call, source, source.kind, firstTryAt)
  if (!ran.ok) return ran
  const done = ran.value
  const importId = core.ids.next()
  const at = firstTryAt ?? core.clock.now()
  core.db.transaction((tx) => {
    insertImport(tx, {
      id: importId,
      kind: source.kind,
      file: done.file,
      preset: done.preset,
      shop: done.shop,
      courier: source.courier ?? null,
      at,
      created: done.created,
      updated: done.updated,
      unchanged: done.unchanged,
      held: done.held,
    })
    dropRows(tx, done.over)
    keepRows(
      tx,
      openMasterKey(core.secrets.masterKey()),
      { id: importId, shop: done.shop, at },
      done.files,
      done.rejected.filter(worthKeeping),
    )
    if (done.shop !== null) dropKnownHalves(tx, done.shop)
  })
  if (source.kind === 'orders') settleTakenBack(core, call.caller)
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

export const shown = ({ file, row, column, reason }: Rejected) => ({
  file,
  row,
  column,
  reason:
    reason.params === undefined ? { code: reason.code } : { code: reason.code, params: { ...reason.params } },
})

async function runCatalog(
  core: AreaContext,
  call: CallContext,
  source: ImportSource,
  kind: Exclude<ImportSource['kind'], 'orders'>,
  firstTryAt: string | undefined,
): Promise<Result<Ran>> {
  const opened = await openSources(core, call, source.files, source.encoding)
  if (!opened.ok) return opened
  const file = opened.value.map(({ name }) => name).join(' + ')
  const done = await importCatalog(core, call, kind, opened.value, source.courier, firstTryAt)
  return done.ok ? ok({ ...done.value, file, preset: null, shop: null, over: [] }) : done
}

async function runOrders(
  core: AreaContext,
  call: CallContext,
  source: ImportSource,
  firstTryAt: string | undefined,
): Promise<Result<Ran>> {
  const { shop } = source
  if (shop === undefined) return fail('shopNeeded', 'Say which shop these orders are of')
  const located = locateSources(core, call, source.files)
  if (!located.ok) return located
  const { remembered: _one, ...options } = readOptions(core, source)
  const job = {
    ...options,
    files: located.value,
    encoding: source.encoding,
    remembered: allMappings(core),
    masterKey: core.secrets.masterKey(),
    tellRows: firstTryAt !== undefined,
  }
  // The shop of a file that cannot be read is not made.
  let at: ImportContext | null = null
  const context = () =>
    (at ??= core.db.transaction((tx) => importContext(tx, core, call.caller, shop, firstTryAt)))
  const saver = new OrderSaver(core, call)
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
  rememberFor(core, source, read.value.files)
  const { counts } = saver
  const unmatched = core.db.transaction((tx) => takeBack(tx, context(), read.value.cancellations, counts))
  for (const { number } of read.value.cancellations) saver.noteOver(context(), number)
  return ok({
    ...counts,
    rejected: [
      ...read.value.rejected.filter((row) => !isHalfOf(saver.knownParts, row)),
      ...unmatched,
      ...knownAlready(saver, located.value),
    ],
    exploded: 0,
    notes: [],
    file: located.value.map(({ name }) => name).join(' + '),
    files: read.value.files,
    preset: read.value.preset,
    shop: context().shop.id,
    over: saver.overRows,
  })
}

/** Rows of a second try whose orders are here by now: told, since the person who tried them should know. */
const knownAlready = (saver: OrderSaver, files: readonly { readonly name: string }[]): Rejected[] =>
  saver.knownAlready.flatMap(({ number, rows }) =>
    rows.map(({ file, row }) => orderKnown({ file: files[file]?.name ?? '', row }, number)),
  )

const orderKnown = (at: { readonly file: string; readonly row: number }, number: string): Rejected => ({
  ...at,
  column: '',
  order: number,
  reason: { code: 'orderKnown', params: { order: number } },
  cells: [],
})

/** What is worth a second try; an order that is here is over for its old rows. */
const worthKeeping = ({ reason }: Rejected): boolean => reason.code !== 'orderKnown'

/** Half of an order that is here waits for nothing. */
export const isHalfOf = (numbers: ReadonlySet<string>, { reason, order }: Rejected): boolean =>
  isHalf(reason.code) && numbers.has(order ?? '')

/** Cancels what is here; a cancellation of an order that is not is told, since somebody should know. */
export function takeBack(
  tx: Writer,
  at: ImportContext,
  cancellations: readonly Cancellation[],
  counts: Counts,
): Rejected[] {
  return cancellations.flatMap(({ number, rows }) => {
    if (at.secondTry === true && isKnown(tx, at, number)) return rows.map((row) => orderKnown(row, number))
    const saved = cancelOrder(tx, at, number, `C${number}`)
    if (saved !== null) {
      counts[saved] += 1
      return []
    }
    const reason = { code: 'cancellationUnmatched', params: { order: number } }
    return rows.map((row) => ({ ...row, column: '', reason, cells: [] }))
  })
}
