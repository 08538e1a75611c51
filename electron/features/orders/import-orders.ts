import {
  type ColumnMapping,
  type ColumnPlan,
  detectFor,
  detectPreset,
  type ImportedOrder,
  OrderCensus,
  OrderCollector,
  type OrderField,
  type OrderProblem,
  OrderRowReader,
  orderFields,
  type OrderPreset,
  planColumns,
  presetIds,
  presetOf,
} from '#shared/domain/orders/import/index.ts'
import { fail, ok, type Result } from '#shared/support/result.ts'
import type { Cancellation, Rejected } from '#electron/ports/order-reader.ts'
import { type OpenedFile, type ReadCall, readRows } from './read-source.ts'

export interface ReadFile {
  readonly name: string
  readonly plan: ColumnPlan
  readonly sample: readonly (readonly string[])[]
  readonly rows: number
}

export interface ReadOrders {
  readonly files: readonly ReadFile[]
  readonly orders: readonly ImportedOrder[]
  /** Orders of which one of two files is missing: news of those that are here already. */
  readonly incomplete: readonly ImportedOrder[]
  /** Orders that the files only take back, with the rows that say so. */
  readonly cancellations: readonly Cancellation[]
  readonly rejected: readonly Rejected[]
}

export interface OrderReadOptions {
  readonly zone: string
  readonly preset: string | undefined
  readonly mapping: ColumnMapping | undefined
  /** The mapping that a person once made for these headers. */
  readonly remembered: (headers: readonly string[]) => ColumnMapping | undefined
}

const sampleRows = 5
/** A header stands within the first rows: platforms write titles and blank lines before it. */
const headerWithin = 10

/** Reads files of one shop into orders. Nothing is written; everything that was not taken is in `rejected`. */
export async function readOrders(
  files: readonly OpenedFile[],
  options: OrderReadOptions,
  call: ReadCall,
): Promise<Result<ReadOrders>> {
  const forced = forcedPreset(options)
  if (!forced.ok) return forced
  const collector = new OrderCollector()
  const read = await collectFiles(files, options, forced.value, call, { collector })
  if (!read.ok) return read
  const end = endOf(collector, files)
  return ok({ ...end, files: read.value.files, rejected: [...read.value.rejected, ...end.rejected] })
}

/**
 * The same, handing out every order as soon as its last row was read. Needs a pass over the files to count the rows,
 * which also shows that they are sound to the end before the first order is handed out.
 */
export async function streamOrders(
  files: readonly OpenedFile[],
  options: OrderReadOptions,
  call: ReadCall,
  take: (orders: readonly ImportedOrder[], total: number, whole: boolean) => Promise<void>,
): Promise<Result<Omit<ReadOrders, 'orders' | 'incomplete'>>> {
  const forced = forcedPreset(options)
  if (!forced.ok) return forced
  const census = new OrderCensus()
  for (const file of files) {
    const one = new OneFile(file.name, options, forced.value, (reader, cells) => {
      for (const number of reader.numbersOf(cells)) census.add(number)
    })
    const half = { signal: call.signal, progress: halfOf(call, 0) }
    const done = await readRows(file, half, (cells, row) => one.take(cells, row), nothingWaits)
    if (!done.ok) return done
    const sound = one.finish()
    if (!sound.ok) return sound
  }
  const total = census.counts.size
  const collector = new OrderCollector({ rowsOf: census.counts })
  let ready: ImportedOrder[] = []
  const inPieces = async (orders: readonly ImportedOrder[], whole: boolean) => {
    for (let start = 0; start < orders.length; start += ordersAtATime) {
      await take(orders.slice(start, start + ordersAtATime), total, whole)
    }
  }
  const handOut = async () => {
    const orders = ready
    ready = []
    await inPieces(orders, true)
  }
  const half = { signal: call.signal, progress: halfOf(call, 1) }
  const read = await collectFiles(files, options, forced.value, half, {
    collector,
    complete: (order) => ready.push(order),
    between: handOut,
  })
  if (!read.ok) return read
  const { orders, incomplete, ...end } = endOf(collector, files)
  await handOut()
  await inPieces(orders, true)
  await inPieces(incomplete, false)
  return ok({ ...end, files: read.value.files, rejected: [...read.value.rejected, ...end.rejected] })
}

/** Orders in one batch: some milliseconds of saving. */
const ordersAtATime = 250

const nothingWaits = () => Promise.resolve()

/** Two passes over a file are one way from nothing to all of it. */
const halfOf =
  (call: ReadCall, half: 0 | 1): ReadCall['progress'] =>
  (phase, done, total) =>
    call.progress(phase, Math.round((done + total * half) / 2), total)

interface Collecting {
  readonly collector: OrderCollector
  /** Called for an order whose last row was read, where rows were counted before. */
  readonly complete?: (order: ImportedOrder) => void
  readonly between?: () => Promise<void>
}

async function collectFiles(
  files: readonly OpenedFile[],
  options: OrderReadOptions,
  forced: OrderPreset | null,
  call: ReadCall,
  { collector, complete, between }: Collecting,
): Promise<Result<{ files: ReadFile[]; rejected: Rejected[] }>> {
  const rejected: Rejected[] = []
  const read: ReadFile[] = []
  for (const [index, file] of files.entries()) {
    const one = new OneFile(file.name, options, forced, (reader, cells, row) => {
      const result = reader.read(cells, row)
      if (result.ok) {
        const order = result.row === null ? null : collector.add(result.row, index)
        if (order !== null) complete?.(order)
        return
      }
      const { rejection } = result
      collector.reject(rejection, index)
      rejected.push({
        file: file.name,
        row: rejection.row,
        column: rejection.column ?? '',
        order: rejection.number,
        reason: rejection.reason,
        cells: rejection.cells,
      })
    })
    const done = await readRows(file, call, (cells, row) => one.take(cells, row), between)
    if (!done.ok) return done
    const summary = one.finish()
    if (!summary.ok) return summary
    read.push(summary.value)
  }
  return ok({ files: read, rejected })
}

/** What can be said only with all rows read: the orders left, what is wrong with whole orders, what is taken back. */
function endOf(collector: OrderCollector, files: readonly OpenedFile[]) {
  const { orders, incomplete, problems } = collector.finish()
  const names = files.map((file) => file.name)
  const cancellations = problems
    .filter((problem) => problem.code === 'cancellationUnmatched')
    .map(({ number, rows }) => ({
      number,
      rows: rows.map(({ file, row }) => ({ file: names[file] ?? '', row })),
    }))
  // A row is listed once, for the first thing that is wrong with it.
  const told = new Map<string, Rejected>()
  for (const problem of problems) {
    for (const one of problemRows(problem, names)) {
      const key = `${one.row} ${one.file}`
      if (!told.has(key)) told.set(key, one)
    }
  }
  const rejected = [...told.values()]
  return { orders, incomplete, cancellations, rejected }
}

function forcedPreset(options: OrderReadOptions): Result<OrderPreset | null> {
  if (options.preset === undefined) return ok(null)
  const preset = presetNamed(options.preset)
  if (preset !== undefined) return ok(preset)
  const known = presetIds.join(', ')
  return fail('presetUnknown', `There is no preset ${options.preset}; there are ${known}`, {
    preset: options.preset,
  })
}

const presetNamed = (id: string): OrderPreset | undefined => {
  const known = presetIds.find((one) => one === id)
  return known === undefined ? undefined : presetOf(known)
}

/** What a person must know of an order as a whole; a repeated row is nothing to act on. */
function* problemRows(problem: OrderProblem, names: readonly string[]): Generator<Rejected> {
  // Rows that were rejected one by one are listed already; an unmatched cancellation is decided with the database.
  const silent = problem.code === 'duplicate' || problem.code === 'cancellationUnmatched'
  if (silent || (!problem.blocking && problem.code === 'headConflict')) return
  for (const { file, row } of problem.rows) {
    yield {
      file: names[file] ?? '',
      row,
      column: '',
      order: problem.number,
      reason: { code: problem.code, params: { order: problem.number, ...problem.params } },
      cells: [],
    }
  }
}

type TakeRow = (reader: OrderRowReader, cells: readonly string[], row: number) => void

/** The first rows of a file find its header; the rest are read by it. */
class OneFile {
  readonly #name: string
  readonly #options: OrderReadOptions
  readonly #forced: OrderPreset | null
  readonly #takeRow: TakeRow
  readonly #before: { cells: readonly string[]; row: number }[] = []
  readonly #sample: (readonly string[])[] = []
  #reader: OrderRowReader | null = null
  #plan: ColumnPlan | null = null
  #rows = 0

  constructor(name: string, options: OrderReadOptions, forced: OrderPreset | null, takeRow: TakeRow) {
    this.#name = name
    this.#options = options
    this.#forced = forced
    this.#takeRow = takeRow
  }

  take(cells: readonly string[], row: number): void {
    if (this.#reader !== null) return this.#read(this.#reader, cells, row)
    this.#before.push({ cells, row })
    if (this.#before.length >= headerWithin) this.#settleHeader()
  }

  finish(): Result<ReadFile> {
    if (this.#reader === null) this.#settleHeader()
    const plan = this.#plan
    if (plan === null) return fail('fileEmpty', `${this.#name}: the file holds no rows`, { file: this.#name })
    if (plan.missing.length > 0) {
      return fail(
        'columnsMissing',
        `${this.#name}: no column for ${plan.missing.join(', ')}; the file has ${plan.headers.join(', ').slice(0, 300)}`,
        { file: this.#name, columns: plan.missing.join(', ') },
      )
    }
    return ok({ name: this.#name, plan, sample: this.#sample, rows: this.#rows })
  }

  #settleHeader(): void {
    const found = this.#findPlan()
    if (found === null) return
    this.#plan = found.plan
    const reader = new OrderRowReader(found.plan, { zone: this.#options.zone })
    this.#reader = reader
    for (const { cells, row } of this.#before.slice(found.index + 1)) this.#read(reader, cells, row)
    this.#before.length = 0
  }

  /** The row that serves best as a header: with no required field missing, and the surest preset. */
  #findPlan(): { plan: ColumnPlan; index: number } | null {
    let best: { plan: ColumnPlan; index: number; rank: number } | null = null
    for (const [index, { cells }] of this.#before.entries()) {
      if (cells.every((cell) => cell.trim() === '')) continue
      const detection = this.#forced === null ? detectPreset(cells) : detectFor(this.#forced, cells)
      const remembered = this.#forced === null ? this.#options.remembered(cells) : undefined
      // A mapping is a person's word on a file that no preset knows.
      const mapping = this.#options.mapping ?? remembered ?? {}
      const preset =
        this.#forced === null && Object.keys(mapping).length > 0 ? presetOf('generic') : detection.preset
      const plan = planColumns(preset, cells, mapping)
      const rank = (plan.missing.length === 0 ? 10 : -plan.missing.length) + detection.confidence
      if (best === null || rank > best.rank) best = { plan, index, rank }
    }
    return best
  }

  #read(reader: OrderRowReader, cells: readonly string[], row: number): void {
    this.#rows += 1
    if (this.#sample.length < sampleRows) this.#sample.push(cells)
    if ((this.#plan?.missing.length ?? 1) > 0) return
    this.#takeRow(reader, cells, row)
  }
}

/** field -> header, as the plan has it: what the preview shows and the mapping dialog starts from. */
export function mappingOf(plan: ColumnPlan): Record<string, string> {
  return Object.fromEntries(
    orderFields.flatMap((field: OrderField) => {
      const column = plan.columns[field][0]
      const header = column === undefined ? undefined : plan.headers[column]
      return header === undefined ? [] : [[field, header]]
    }),
  )
}
