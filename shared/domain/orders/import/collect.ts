import {
  canonicalLine,
  type ImportedLine,
  type ImportedOrder,
  type OrderStatus,
  type OrderStop,
  type SourceRow,
} from '#shared/domain/orders/import/order.ts'
import type { OrderHead, OrderRow, RowRejection } from '#shared/domain/orders/import/rows.ts'

/** Something about an order as a whole that a person must know. */
export interface OrderProblem {
  readonly code: OrderProblemCode
  readonly number: string
  /** Whether the order was left out because of it. */
  readonly blocking: boolean
  readonly rows: readonly SourceRow[]
  readonly params: Readonly<Record<string, string | number>>
}

export type OrderProblemCode =
  /** The order file names it, but no detail file gave its lines: it cannot be packed yet. */
  | 'linesMissing'
  /** A detail file names it, but no order file said who gets it. */
  | 'headMissing'
  /** A row of it was rejected, so packing it would be short. */
  | 'rowRejected'
  /** Its rows disagree; `field` says about what. Blocking where it matters to whom or whether to ship. */
  | 'headConflict'
  /** One line id with two contents, or two rows where the file has one row per order. */
  | 'lineConflict'
  /** Two files hold it with different lines. */
  | 'filesDiffer'
  /** The same row again; taken once. */
  | 'duplicate'
  /** Takes back an order that is not in the files. */
  | 'cancellationUnmatched'

export interface CollectedOrders {
  readonly orders: readonly ImportedOrder[]
  /** Orders of which one of two files is still to come; each has a problem that says so. */
  readonly incomplete: readonly ImportedOrder[]
  readonly problems: readonly OrderProblem[]
}

export interface CollectOptions {
  /**
   * How many rows each order has in all files (`OrderCensus`). With it an order is handed out with its last row
   * and memory stays flat; without it orders come at the end. Both are right however the rows are mixed.
   */
  readonly rowsOf?: ReadonlyMap<string, number>
}

/** Counts rows per order in a first pass (the preview), so that the second can hand out orders early. */
export class OrderCensus {
  readonly #counts = new Map<string, number>()

  add(number: string | null): void {
    if (number === null) return
    const count = this.#counts.get(number)
    // The number is cut out of the file's text and would keep all of that in memory: a copy of its own does not.
    if (count === undefined) this.#counts.set(JSON.parse(JSON.stringify(number)) as string, 1)
    else this.#counts.set(number, count + 1)
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts
  }
}

/**
 * Puts rows together into orders. Takes the rows of one file, or of the files that belong together (order and
 * detail file, in either order; overlapping exports of one shop). Rows of an order may stand anywhere.
 */
export class OrderCollector {
  readonly #pending = new Map<string, Pending>()
  readonly #rowsOf: ReadonlyMap<string, number> | undefined
  readonly #incomplete: ImportedOrder[] = []
  readonly #problems: OrderProblem[] = []
  #last: Pending | null = null

  constructor(options: CollectOptions = {}) {
    this.#rowsOf = options.rowsOf
  }

  /** Adds a row of the caller's file number `file`; returns the order when this was its last row (`rowsOf`). */
  add(row: OrderRow, file = 0): ImportedOrder | null {
    const pending = this.#of(row.number)
    pending.add(row, file)
    return this.#handOut(pending)
  }

  /** Notes a rejected row, so that its order is not packed without it. */
  reject(rejection: RowRejection, file = 0): void {
    if (rejection.number === null) return
    const pending = this.#of(rejection.number)
    pending.reject({ file, row: rejection.row })
    this.#handOut(pending)
  }

  /** Ends the input: the orders not handed out yet, in the order of their first rows, and all problems. */
  finish(): CollectedOrders {
    const orders: ImportedOrder[] = []
    for (const pending of this.#pending.values()) {
      const order = this.#close(pending)
      if (order !== null) orders.push(order)
    }
    this.#pending.clear()
    this.#last = null
    return { orders, incomplete: this.#incomplete, problems: this.#problems }
  }

  #of(number: string): Pending {
    if (this.#last?.number === number) return this.#last
    let pending = this.#pending.get(number)
    if (pending === undefined) {
      pending = new Pending(number)
      this.#pending.set(number, pending)
    }
    this.#last = pending
    return pending
  }

  #handOut(pending: Pending): ImportedOrder | null {
    if (this.#rowsOf === undefined || this.#rowsOf.get(pending.number) !== pending.rows.length) return null
    this.#pending.delete(pending.number)
    if (this.#last === pending) this.#last = null
    return this.#close(pending)
  }

  #close(pending: Pending): ImportedOrder | null {
    const { order, complete, problems } = pending.close()
    this.#problems.push(...problems)
    if (order === null) return null
    if (complete) return order
    this.#incomplete.push(order)
    return null
  }
}

/** Lines of an order that came from one file. */
interface Group {
  readonly file: number
  readonly lines: ImportedLine[]
  readonly settled: ImportedLine[]
  amount: Amount
}

interface Amount {
  readonly sum: number
  readonly first: number
  readonly same: boolean
}

class Pending {
  readonly number: string
  readonly rows: SourceRow[] = []
  #head: OrderHead | null = null
  #hasHeads = false
  #needsHeads = false
  #needsLines = false
  #groups: Group[] = []
  #headAmount: number | null = null
  #amountOf: 'order' | 'row' | 'price' = 'order'
  #currency: string | null = null
  #defaultCurrency = ''
  #headRowText: string | null = null
  #cancels: SourceRow[] = []
  #rejected: SourceRow[] = []
  #problems: OrderProblem[] = []

  constructor(number: string) {
    this.number = number
  }

  reject(row: SourceRow): void {
    this.rows.push(row)
    this.#rejected.push(row)
  }

  add(row: OrderRow, file: number): void {
    const source = { file, row: row.row }
    this.rows.push(source)
    if (row.cancels) {
      this.#cancels.push(source)
      return
    }
    const { part, grain, amountOf } = row.preset
    this.#amountOf = amountOf
    if (part !== 'lines') {
      if (part === 'heads' && this.#repeatsHead(row, source)) return
      this.#hasHeads = true
    }
    if (part === 'heads') this.#needsLines = true
    if (part === 'lines') this.#needsHeads = true
    this.#currency ??= row.currency
    this.#defaultCurrency = row.defaultCurrency
    if (this.#head === null) this.#head = row.head
    else if (this.#head !== row.head) this.#merge(row.head, source)
    if (row.line === null) {
      if (row.amountMinor !== null) this.#headAmount = row.amountMinor
      return
    }
    this.#addLine(row, row.line, file, source, grain === 'order')
  }

  close(): { order: ImportedOrder | null; complete: boolean; problems: readonly OrderProblem[] } {
    if (this.#rejected.length > 0) {
      const good = this.rows.filter((row) => !this.#rejected.includes(row))
      this.#problem('rowRejected', true, good, { rows: this.#rejected.length })
    }
    const head = this.#head
    if (head === null && this.#cancels.length > 0)
      this.#problem('cancellationUnmatched', true, this.#cancels, {})
    if (this.#groups.length > 1 && this.#groups.some((group) => !sameLines(group, this.#groups[0]))) {
      this.#problem('filesDiffer', true, this.rows, { files: this.#groups.length })
    }
    if (head === null || this.#problems.some((problem) => problem.blocking)) {
      return { order: null, complete: false, problems: this.#problems.map((problem) => this.#whole(problem)) }
    }
    const order = this.#order(head)
    let complete = true
    if (this.#needsLines && this.#groups.length === 0 && order.status === 'toShip') {
      complete = false
      this.#problem('linesMissing', false, this.rows, {})
    } else if (this.#needsHeads && !this.#hasHeads) {
      complete = false
      this.#problem('headMissing', false, this.rows, {})
    }
    return { order, complete, problems: this.#problems }
  }

  #order(head: OrderHead): ImportedOrder {
    const group = this.#groups[0]
    const cancelled = this.#cancels.length > 0
    const status = cancelled ? 'cancelled' : statusOf(head.status, group)
    const open = status === 'toShip'
    const lines: ImportedLine[] = []
    const settled: ImportedLine[] = [...(group?.settled ?? [])]
    for (const line of group?.lines ?? []) {
      if (open && line.status !== null && line.status !== 'toShip') settled.push(line)
      else lines.push(line)
    }
    const refunded = lines.find((line) => line.refundStatus !== null)?.refundStatus
    const stop: OrderStop | null = cancelled
      ? { kind: 'cancel', words: `C${this.number}` }
      : (head.stop ??
        (refunded === undefined || refunded === null ? null : { kind: 'refund', words: refunded }))
    return {
      number: this.number,
      status: open && lines.length === 0 && settled.length > 0 ? 'shipped' : status,
      statusText: head.statusText,
      stop,
      createdAt: head.createdAt,
      paidAt: head.paidAt,
      shipBy: earliest(head.shipBy, lines),
      buyerNote: head.buyerNote,
      sellerNote: head.sellerNote,
      courier: head.courier,
      waybill: head.waybill,
      currency: this.#currency ?? this.#defaultCurrency,
      amountMinor: this.#amount(group),
      receiver: head.receiver,
      lines,
      settledLines: settled,
      sourceRows: this.rows,
    }
  }

  #amount(group: Group | undefined): number | null {
    if (this.#headAmount !== null) return this.#headAmount
    if (group === undefined || Number.isNaN(group.amount.first)) return null
    const { sum, first, same } = group.amount
    // An order's amount stands on each of its rows or on the first; where rows differ, they are shares of it.
    return this.#amountOf === 'order' && same ? first : sum
  }

  #addLine(row: OrderRow, line: ImportedLine, file: number, source: SourceRow, single: boolean): void {
    let group = this.#groups.find((one) => one.file === file)
    if (group === undefined) {
      group = { file, lines: [], settled: [], amount: { sum: 0, first: Number.NaN, same: true } }
      this.#groups.push(group)
    }
    const earlier = single
      ? group.lines[0]
      : line.externalId === null
        ? undefined
        : group.lines.find((one) => one.externalId === line.externalId)
    if (earlier !== undefined) {
      const same = JSON.stringify(canonicalLine(earlier)) === JSON.stringify(canonicalLine(line))
      this.#problem(same ? 'duplicate' : 'lineConflict', !same, [source], {})
      return
    }
    if (row.immaterial) group.settled.push(line)
    else group.lines.push(line)
    if (row.amountMinor !== null) {
      const { sum, first, same } = group.amount
      const unset = Number.isNaN(first)
      group.amount = {
        sum: sum + row.amountMinor,
        first: unset ? row.amountMinor : first,
        same: same && (unset || first === row.amountMinor),
      }
    }
  }

  #repeatsHead(row: OrderRow, source: SourceRow): boolean {
    const text = JSON.stringify([row.head, row.amountMinor])
    if (this.#headRowText === null) {
      this.#headRowText = text
      return false
    }
    if (text === this.#headRowText) this.#problem('duplicate', false, [source], {})
    else this.#merge(row.head, source, true)
    return true
  }

  /** Takes over what an earlier row left open; reports where both speak and disagree. */
  #merge(head: OrderHead, source: SourceRow, strict = false): void {
    const before = this.#head
    if (before === null) return
    const merged: Record<string, unknown> = { ...before }
    const conflicts: string[] = []
    for (const key of headKeys) {
      const value = head[key]
      if (value === null) continue
      if (merged[key] === null) merged[key] = value
      else if (!sameValue(merged[key], value)) {
        if (key === 'shipBy') merged[key] = min(before.shipBy, head.shipBy)
        else if (key !== 'statusText' || before.status !== head.status) conflicts.push(key)
      }
    }
    this.#head = merged as unknown as OrderHead
    if (conflicts.length === 0 && !strict) return
    const grave = conflicts.find((key) => graveFields.has(key))
    this.#problem('headConflict', strict || grave !== undefined, [source], {
      field: grave ?? conflicts[0] ?? 'amount',
    })
  }

  /** An order that is left out is left out with all its rows, the telling ones first: a second try needs each of them. */
  #whole(problem: OrderProblem): OrderProblem {
    if (!problem.blocking || this.#rejected.length > 0) return problem
    const others = this.rows.filter(
      (row) => !problem.rows.some((one) => one.file === row.file && one.row === row.row),
    )
    return { ...problem, rows: [...problem.rows, ...others] }
  }

  #problem(
    code: OrderProblemCode,
    blocking: boolean,
    rows: readonly SourceRow[],
    params: Readonly<Record<string, string | number>>,
  ): void {
    this.#problems.push({ code, number: this.number, blocking, rows, params })
  }
}

/** Where rows disagree about these, nobody can say what to ship or to whom; of the others the first row's word counts. */
const graveFields: ReadonlySet<string> = new Set(['status', 'currency', 'receiver'])

const headKeys: readonly (keyof OrderHead)[] = [
  'status',
  'statusText',
  'stop',
  'createdAt',
  'paidAt',
  'shipBy',
  'buyerNote',
  'sellerNote',
  'courier',
  'waybill',
  'currency',
  'receiver',
]

const sameValue = (a: unknown, b: unknown) =>
  a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))

const sameLines = (group: Group, other: Group | undefined) =>
  other === undefined ||
  JSON.stringify([group.lines.map(canonicalLine), group.settled.map(canonicalLine)]) ===
    JSON.stringify([other.lines.map(canonicalLine), other.settled.map(canonicalLine)])

const min = (a: string | null, b: string | null) => (a === null ? b : b === null ? a : a < b ? a : b)

function earliest(first: string | null, lines: readonly ImportedLine[]): string | null {
  let found = lines.length === 0 ? first : null
  for (const line of lines) found = min(found, line.shipBy)
  return found ?? first
}

/** An order ships while any line does; without lines' words, a file of nothing but orders to ship is believed. */
function statusOf(head: OrderStatus | null, group: Group | undefined): OrderStatus {
  if (head !== null) return head
  const statuses = new Set((group?.lines ?? []).map((line) => line.status))
  for (const status of ['toShip', null, 'other', 'unpaid', 'shipped', 'closed', 'cancelled'] as const) {
    if (statuses.has(status)) return status ?? 'toShip'
  }
  return 'toShip'
}
