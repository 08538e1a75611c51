import {
  type ColumnMapping,
  type ColumnPlan,
  detectFor,
  detectPreset,
  type ImportedOrder,
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
import type { CallContext } from '#electron/features/area.ts'
import { type OpenedFile, readRows } from './read-source.ts'

/** A row that was not taken, with its cells for a second try. */
export interface Rejected {
  readonly file: string
  readonly row: number
  readonly column: string
  readonly reason: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> }
  readonly cells: readonly string[]
}

export interface ReadFile {
  readonly name: string
  readonly plan: ColumnPlan
  readonly sample: readonly (readonly string[])[]
  readonly rows: number
}

export interface ReadOrders {
  readonly files: readonly ReadFile[]
  readonly orders: readonly ImportedOrder[]
  /** Orders that the files only take back, with the rows that say so. */
  readonly cancellations: readonly Cancellation[]
  readonly rejected: readonly Rejected[]
}

export interface Cancellation {
  readonly number: string
  readonly rows: readonly { readonly file: string; readonly row: number }[]
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
  call: CallContext,
): Promise<Result<ReadOrders>> {
  const forced = options.preset === undefined ? null : presetNamed(options.preset)
  if (forced === undefined) {
    return fail(
      'presetUnknown',
      `There is no preset ${options.preset ?? ''}; there are ${presetIds.join(', ')}`,
      {
        preset: options.preset ?? '',
      },
    )
  }
  const collector = new OrderCollector()
  const rejected: Rejected[] = []
  const read: ReadFile[] = []
  for (const [index, file] of files.entries()) {
    const one = new OneFile(file.name, index, options, forced, collector, rejected)
    const done = await readRows(file, call, (cells, row) => one.take(cells, row))
    if (!done.ok) return done
    const summary = one.finish()
    if (!summary.ok) return summary
    read.push(summary.value)
  }
  const collected = collector.finish()
  const cancellations: Cancellation[] = []
  const names = files.map((file) => file.name)
  for (const problem of collected.problems) {
    if (problem.code === 'cancellationUnmatched') {
      const rows = problem.rows.map(({ file, row }) => ({ file: names[file] ?? '', row }))
      cancellations.push({ number: problem.number, rows })
    }
    for (const row of problemRows(problem, names)) rejected.push(row)
  }
  return ok({ files: read, orders: collected.orders, cancellations, rejected })
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
  const [first] = problem.rows
  if (first === undefined) return
  yield {
    file: names[first.file] ?? '',
    row: first.row,
    column: '',
    reason: { code: problem.code, params: { order: problem.number, ...problem.params } },
    cells: [],
  }
}

/** The first rows of a file find its header; the rest are read by it. */
class OneFile {
  readonly #name: string
  readonly #index: number
  readonly #options: OrderReadOptions
  readonly #forced: OrderPreset | null
  readonly #collector: OrderCollector
  readonly #rejected: Rejected[]
  readonly #before: { cells: readonly string[]; row: number }[] = []
  readonly #sample: (readonly string[])[] = []
  #reader: OrderRowReader | null = null
  #plan: ColumnPlan | null = null
  #rows = 0

  constructor(
    name: string,
    index: number,
    options: OrderReadOptions,
    forced: OrderPreset | null,
    collector: OrderCollector,
    rejected: Rejected[],
  ) {
    this.#name = name
    this.#index = index
    this.#options = options
    this.#forced = forced
    this.#collector = collector
    this.#rejected = rejected
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
    const result = reader.read(cells, row)
    if (result.ok) {
      if (result.row !== null) this.#collector.add(result.row, this.#index)
      return
    }
    const { rejection } = result
    this.#collector.reject(rejection, this.#index)
    this.#rejected.push({
      file: this.#name,
      row: rejection.row,
      column: rejection.column ?? '',
      reason: rejection.reason,
      cells: rejection.cells,
    })
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
