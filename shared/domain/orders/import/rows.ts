import {
  cellFault,
  cleanCell,
  headerKey,
  readIdentifier,
  readQuantity,
  readWhole,
  shown,
  wordKey,
  type CellFault,
} from '#shared/domain/orders/import/cells.ts'
import { minorDigits, readMoney } from '#shared/domain/orders/import/money.ts'
import type {
  ImportedLine,
  ImportedReceiver,
  OrderStatus,
  OrderStop,
} from '#shared/domain/orders/import/order.ts'
import {
  noRefundWords,
  noRiskWords,
  orderFields,
  type OrderField,
  type OrderPreset,
  type WordMeaning,
} from '#shared/domain/orders/import/presets.ts'
import { parseOwnCode } from '#shared/domain/packing/codes.ts'
import { createTimeReader, type TimeReader } from '#shared/domain/orders/import/times.ts'

/** Which header stands for a field, as a person chose it; overrides the preset's own names. */
export type ColumnMapping = Readonly<Partial<Record<OrderField, string>>>

/** A preset laid over a file's headers: per field the columns to look at, in order. */
export interface ColumnPlan {
  readonly preset: OrderPreset
  readonly headers: readonly string[]
  readonly columns: Readonly<Record<OrderField, readonly number[]>>
  /** Required fields without a column; rows can be read only when this is empty. */
  readonly missing: readonly OrderField[]
  /** Headers that mean nothing to the preset, for the preview. */
  readonly unused: readonly string[]
}

export function planColumns(
  preset: OrderPreset,
  headers: readonly string[],
  mapping: ColumnMapping = {},
): ColumnPlan {
  const places = new Map<string, number>()
  headers.forEach((header, at) => {
    const key = headerKey(header)
    // Of two columns with one name the first counts, as spreadsheets' lookups do.
    if (key !== '' && !places.has(key)) places.set(key, at)
  })
  const used = new Set<number>()
  const find = (names: readonly string[]) => {
    const found = names.map((name) => places.get(headerKey(name))).filter((at) => at !== undefined)
    for (const at of found) used.add(at)
    return [...new Set(found)]
  }
  const columns = Object.fromEntries(
    orderFields.map((field) => {
      const chosen = mapping[field]
      return [field, find(chosen === undefined ? (preset.columns[field] ?? []) : [chosen])]
    }),
  ) as Record<OrderField, number[]>
  return {
    preset,
    headers: headers.map(cleanCell),
    columns,
    missing: preset.required
      .filter((group) => group.every((field) => columns[field].length === 0))
      .flatMap((group) => group.slice(0, 1)),
    unused: headers.filter((header, at) => header.trim() !== '' && !used.has(at)),
  }
}

export interface RowOptions {
  /** IANA zone of the shop, for times without an offset. */
  readonly zone: string
  /** ISO 4217, for files that name none; the preset's own if undefined. */
  readonly currency?: string
}

/** The part of an order that repeats on its rows; null is "not said here". */
export interface OrderHead {
  readonly status: OrderStatus | null
  readonly statusText: string | null
  readonly stop: OrderStop | null
  readonly createdAt: string | null
  readonly paidAt: string | null
  readonly shipBy: string | null
  readonly buyerNote: string | null
  readonly sellerNote: string | null
  readonly courier: string | null
  readonly waybill: string | null
  readonly currency: string | null
  readonly receiver: ImportedReceiver | null
}

/** One row, read. */
export interface OrderRow {
  /** 1-based, as in a spreadsheet. */
  readonly row: number
  readonly number: string
  readonly preset: OrderPreset
  /** The row takes the order back instead of adding to it. */
  readonly cancels: boolean
  readonly head: OrderHead
  /** Null on rows that carry only a head. */
  readonly line: ImportedLine | null
  /** Nothing has to be shipped for the line (a service, a download). */
  readonly immaterial: boolean
  /** Minor units of the currency that the row names, else of `defaultCurrency`. */
  readonly amountMinor: number | null
  /** ISO 4217, where the row names one. */
  readonly currency: string | null
  readonly defaultCurrency: string
}

/** A row that could not be read, kept whole for a second try. */
export interface RowRejection {
  readonly row: number
  /** The header of the column at fault; null where the whole row is. */
  readonly column: string | null
  /** The order that the row belongs to, where that much could be read; it must not be packed without the row. */
  readonly number: string | null
  readonly reason: CellFault
  readonly cells: readonly string[]
}

export type RowResult =
  /** `row` is null for what a file has around its data: blank rows, trailers. */
  | { readonly ok: true; readonly row: OrderRow | null }
  | { readonly ok: false; readonly rejection: RowRejection }

const nothing: RowResult = { ok: true, row: null }

const identifierMax = 100
const textMax = 10_000

const headFields: readonly OrderField[] = [
  'status',
  'payment',
  'refundAmount',
  'risk',
  'createdAt',
  'paidAt',
  'shipBy',
  'shippedAt',
  'cancelledAt',
  'buyerNote',
  'sellerNote',
  'courier',
  'upgrade',
  'waybill',
  'parcels',
  'currency',
  'name',
  'phone',
  'wholeAddress',
  'address',
  'address2',
  'address3',
  'company',
  'street',
  'district',
  'city',
  'province',
  'zip',
  'country',
]

/** Signals the first fault of a row; caught in `read`. No Error, whose stack costs more than reading a row. */
class Fault {
  readonly field: OrderField
  readonly fault: CellFault
  constructor(field: OrderField, fault: CellFault) {
    this.field = field
    this.fault = fault
  }
}

/** Where a field stands: nearly always in one column or in none (-1). */
interface Place {
  readonly field: OrderField
  readonly first: number
  readonly others: readonly number[]
}

/** The same place, looked for in some columns only: parts of two addresses never make one. */
function within(columns: ReadonlySet<number> | null, place: Place): Place {
  if (columns === null) return place
  const [first = -1, ...others] = [place.first, ...place.others].filter((at) => columns.has(at))
  return { field: place.field, first, others }
}

function cellAt(cells: readonly string[], place: Place): string {
  if (place.first < 0) return ''
  const text = cleanCell(cells[place.first])
  if (text !== '') return text
  for (const at of place.others) {
    const other = cleanCell(cells[at])
    if (other !== '') return other
  }
  return ''
}

/** Reads the rows of one file. Keeps the last row's head, since rows of an order mostly stand together. */
export class OrderRowReader {
  readonly #plan: ColumnPlan
  readonly #at: Readonly<Record<OrderField, Place>>
  readonly #lineStatusAt: Place
  readonly #preset: OrderPreset
  readonly #times: TimeReader
  readonly #currency: string
  readonly #statuses: Words<WordMeaning>
  readonly #payments: Words<WordMeaning>
  readonly #noRefund: Words<true>
  readonly #noRisk: Words<true>
  readonly #headColumns: readonly number[]
  readonly #statusOfLine: boolean
  readonly #trailer: boolean
  readonly #headRows: boolean
  readonly #cancelPrefix: boolean
  #lastCells: readonly string[] | null = null
  #lastHead: OrderHead | null = null
  /** The order of the row above; none where that could not be read. */
  #above: string | null = null
  /** The same for `numbersOf`, which sees rows before they are read. */
  #aboveAtMost: readonly string[] = []

  /** Throws `RangeError` for an unknown zone. */
  constructor(plan: ColumnPlan, options: RowOptions) {
    const { preset } = plan
    this.#plan = plan
    this.#preset = preset
    this.#times = createTimeReader(options.zone)
    this.#currency = options.currency ?? preset.currency
    this.#statuses = new Words(Object.entries(preset.statuses))
    this.#payments = new Words(Object.entries(preset.payments ?? {}))
    this.#noRefund = new Words(noRefundWords.map((word) => [word, true]))
    this.#noRisk = new Words(noRiskWords.map((word) => [word, true]))
    this.#headColumns = headFields.flatMap((field) => plan.columns[field])
    this.#at = Object.fromEntries(
      orderFields.map((field): [OrderField, Place] => {
        const [first = -1, ...others] = plan.columns[field]
        return [field, { field, first, others }]
      }),
    ) as Record<OrderField, Place>
    this.#statusOfLine = preset.quirks.includes('statusOfLine')
    this.#lineStatusAt = this.#statusOfLine ? this.#at.status : this.#at.lineStatus
    this.#trailer = preset.quirks.includes('trailer')
    this.#headRows = preset.quirks.includes('headRows')
    this.#cancelPrefix = preset.quirks.includes('cancelPrefix')
  }

  /**
   * Reads one row; `row` is its number in the file, whose rows come in their order. Never throws for what the cells
   * hold. In merged cells only the first row says which order: a row that does not belongs to the order above, which
   * would ship short without it.
   */
  read(cells: readonly string[], row: number): RowResult {
    const result = this.#read(cells, row)
    if (!result.ok) this.#above = result.rejection.number
    else if (result.row !== null) this.#above = result.row.number
    return result
  }

  #read(cells: readonly string[], row: number): RowResult {
    let number: string | null = null
    try {
      number = this.#identifier(cells, this.#at.number)
      if (number === null) {
        if (this.#isAround(cells)) return nothing
        number = this.#above
        throw new Fault('number', cellFault('missing').fault)
      }
      if (parseOwnCode(number) !== null)
        throw new Fault('number', cellFault('ownCode', { text: shown(number) }).fault)
      if (this.#trailer && isTrailer(cells)) return nothing
      return { ok: true, row: this.#row(cells, row, number) }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      const column = this.#plan.columns[error.field][0]
      return {
        ok: false,
        rejection: {
          row,
          column: column === undefined ? null : (this.#plan.headers[column] ?? null),
          number,
          reason: error.fault,
          cells,
        },
      }
    }
  }

  /**
   * The orders that a row may belong to, from its number alone: for counting rows before they are read, in their
   * order. Names one too many rather than one too few.
   */
  numbersOf(cells: readonly string[]): readonly string[] {
    const number = cellAt(cells, this.#at.number)
    if (this.#isAround(cells)) return []
    if (number === '') return this.#aboveAtMost
    this.#aboveAtMost = this.#cancelPrefix && /^C\d/i.test(number) ? [number, number.slice(1)] : [number]
    return this.#aboveAtMost
  }

  /** What a file has around its data. */
  #isAround(cells: readonly string[]): boolean {
    return isBlank(cells) || (this.#trailer && isTrailer(cells))
  }

  #row(cells: readonly string[], row: number, number: string): OrderRow {
    const { part } = this.#preset
    const head = this.#head(cells)
    if (part === 'heads')
      return this.#made(row, number, false, head, null, false, this.#amount(cells, head.currency))

    const sku = this.#identifier(cells, this.#at.sku)
    const productId = this.#identifier(cells, this.#at.productId)
    const title = this.#text(cells, this.#at.title)
    const written = cellAt(cells, this.#at.quantity)
    if (this.#headRows && sku === null && productId === null && title === null) {
      return this.#made(row, number, false, head, null, false, this.#amount(cells, head.currency))
    }
    if (this.#cancelPrefix && written.startsWith('-') && /^C\d/i.test(number)) {
      const quantity = readWhole(written)
      if (quantity !== null && quantity < 0) {
        return this.#made(row, number.slice(1), true, head, null, false, null)
      }
    }
    if (written === '') throw new Fault('quantity', cellFault('missing').fault)
    // A platform's 0 to ship is a line that is done; in a file of somebody's own it is a slip.
    const done = this.#preset.id !== 'generic' && readWhole(written) === 0
    const quantity = done ? { ok: true as const, value: 0 } : readQuantity(written)
    if (!quantity.ok) throw new Fault('quantity', quantity.fault)
    if (sku === null && productId === null && title === null)
      throw new Fault('sku', cellFault('missing').fault)

    const line: ImportedLine = {
      externalId: this.#identifier(cells, this.#at.lineId),
      productId,
      sku,
      title,
      spec: this.#text(cells, this.#at.spec),
      quantity: quantity.value,
      status: this.#lineStatus(cells),
      refundStatus: this.#refund(cells),
      shipBy: head.shipBy,
    }
    const shippable = cellAt(cells, this.#at.needsShipping)
    const immaterial = done || (shippable !== '' && wordKey(shippable) === 'false')
    const amount = this.#amount(cells, head.currency, quantity.value)
    return this.#made(row, number, false, head, line, immaterial, amount)
  }

  #made(
    row: number,
    number: string,
    cancels: boolean,
    head: OrderHead,
    line: ImportedLine | null,
    immaterial: boolean,
    amount: { minor: number; currency: string | null } | null,
  ): OrderRow {
    return {
      row,
      number,
      preset: this.#preset,
      cancels,
      head,
      line,
      immaterial,
      amountMinor: amount === null ? null : amount.minor,
      currency: head.currency ?? amount?.currency ?? null,
      defaultCurrency: this.#currency,
    }
  }

  #head(cells: readonly string[]): OrderHead {
    const last = this.#lastCells
    if (last !== null && this.#lastHead !== null) {
      let same = true
      for (const at of this.#headColumns) {
        if (cells[at] !== last[at]) {
          same = false
          break
        }
      }
      if (same) return this.#lastHead
    }
    const head = this.#readHead(cells)
    this.#lastCells = cells
    this.#lastHead = head
    return head
  }

  #readHead(cells: readonly string[]): OrderHead {
    const currency = this.#text(cells, this.#at.currency)?.toUpperCase() ?? null
    const statusText = this.#text(cells, this.#at.status) ?? this.#text(cells, this.#at.payment)
    const paidAt = this.#time(cells, this.#at.paidAt, false)
    const meaning = this.#status(cells, paidAt)
    const upgraded = cellAt(cells, this.#at.upgrade)
    const parcels = cellAt(cells, this.#at.parcels)
    return {
      status: meaning.status,
      statusText,
      stop: meaning.stop,
      createdAt: this.#time(cells, this.#at.createdAt, false),
      paidAt,
      shipBy: this.#time(cells, this.#at.shipBy, true),
      buyerNote: this.#text(cells, this.#at.buyerNote),
      sellerNote: this.#text(cells, this.#at.sellerNote),
      courier: this.#text(cells, this.#at.courier) ?? (upgraded === '是' ? '顺丰' : null),
      waybill: this.#identifier(cells, this.#at.waybill) ?? waybillOfParcels(parcels),
      currency: currency !== null && /^[A-Z]{3}$/.test(currency) ? currency : null,
      receiver: this.#receiver(cells),
    }
  }

  #status(
    cells: readonly string[],
    paidAt: string | null,
  ): { status: OrderStatus | null; stop: OrderStop | null } {
    const { columns } = this.#plan
    const word = cellAt(cells, this.#at.status)
    const payWord = cellAt(cells, this.#at.payment)
    let status: OrderStatus | null = null
    let stop: OrderStop | null = null
    if (word !== '' && !this.#statusOfLine) {
      const [meant, kind] = spread(this.#statuses.get(word) ?? 'other')
      status = meant
      if (kind !== null) stop = { kind, words: word }
    }
    if (payWord !== '') {
      const [meant, kind] = spread(this.#payments.get(payWord) ?? 'other')
      if (status === null || status === 'toShip') status = meant
      if (kind !== null) stop ??= { kind, words: payWord }
    }
    if (this.#time(cells, this.#at.cancelledAt, false) !== null) status = 'cancelled'
    else if (status === null && this.#time(cells, this.#at.shippedAt, false) !== null) status = 'shipped'
    else if (
      status === null &&
      columns.paidAt.length > 0 &&
      paidAt === null &&
      this.#preset.quirks.includes('unpaidWithoutTime')
    ) {
      status = 'unpaid'
    }
    const refunded = cellAt(cells, this.#at.refundAmount)
    if (refunded !== '' && refunded !== '-') {
      const money = readMoney(refunded, 4)
      if (!money.ok) throw new Fault('refundAmount', money.fault)
      if (money.value.units !== 0)
        stop ??= { kind: 'refund', words: `${this.#header('refundAmount')} ${refunded}` }
    }
    const risk = cellAt(cells, this.#at.risk)
    if (risk !== '' && this.#noRisk.get(risk) === undefined) {
      stop ??= { kind: 'risk', words: risk === '是' ? this.#header('risk') : risk }
    }
    return { status, stop }
  }

  #lineStatus(cells: readonly string[]): OrderStatus | null {
    const word = cellAt(cells, this.#lineStatusAt)
    return word === '' ? null : spread(this.#statuses.get(word) ?? 'other')[0]
  }

  #refund(cells: readonly string[]): string | null {
    const word = this.#text(cells, this.#at.refund)
    if (word !== null) return this.#noRefund.get(word) === undefined ? word : null
    // A line's own status may be the only place that says so ("closed after refund").
    const status = cellAt(cells, this.#lineStatusAt)
    return status !== '' && spread(this.#statuses.get(status) ?? 'other')[1] === 'refund' ? status : null
  }

  #receiver(cells: readonly string[]): ImportedReceiver | null {
    const name = this.#text(cells, this.#at.name)
    const phone = this.#identifier(cells, this.#at.phone)
    const address = this.#address(cells)
    if (name === null && phone === null && address === null) return null
    const masked = [name, phone, address].some((part) => part?.includes('*') === true)
    return { name, phone, address, masked }
  }

  /** The columns of the one address that counts here, or null where the file has one only. */
  #addressBlock(cells: readonly string[]): ReadonlySet<number> | null {
    if (!this.#preset.quirks.includes('addressBlocks')) return null
    const { first, others } = this.#at.address
    const filled = [first, ...others].find((at) => at >= 0 && cleanCell(cells[at]) !== '')
    if (filled === undefined) return null
    const word = (at: number) => this.#plan.headers[at]?.trim().split(/\s/)[0]?.toLowerCase()
    return new Set([...this.#plan.headers.keys()].filter((at) => word(at) === word(filled)))
  }

  #address(cells: readonly string[]): string | null {
    const block = this.#addressBlock(cells)
    const part = (field: OrderField) => this.#text(cells, within(block, this.#at[field])) ?? ''
    const detail = part('wholeAddress') || part('address')
    const more = [part('address2'), part('address3'), part('company')]
    const region = [part('province'), part('city'), part('district'), part('street')]
    const western =
      this.#preset.address === 'western' || !/[\u3400-\u9fff]/.test(`${detail}${region.join('')}`)
    const [street, district, city, province] = region.toReversed()
    const parts = western
      ? [detail, ...more, street, district, city, province, part('zip'), part('country')]
      : [...region.filter((name) => !detail.includes(name)), detail, ...more]
    const filled = parts.filter((name) => name !== undefined && name !== '')
    return filled.length === 0 ? null : filled.join(western ? ', ' : '')
  }

  #amount(
    cells: readonly string[],
    stated: string | null,
    quantity = 1,
  ): { minor: number; currency: string | null } | null {
    const byPrice = this.#preset.amountOf === 'price' && this.#plan.columns.price.length > 0
    const { field } = byPrice ? this.#at.price : this.#at.amount
    const text = cellAt(cells, this.#at[field])
    if (text === '' || text === '-') return null
    // Prices may be finer than the minor unit; rounding comes after multiplying.
    const finer = byPrice ? 3 : 0
    const digits = minorDigits(stated ?? this.#currency)
    let money = readMoney(text, digits + finer)
    if (!money.ok) throw new Fault(field, money.fault)
    const { currency } = money.value
    if (stated === null && currency !== null && minorDigits(currency) !== digits) {
      money = readMoney(text, minorDigits(currency) + finer)
      if (!money.ok) throw new Fault(field, money.fault)
    }
    const minor = byPrice ? Math.round((money.value.units * quantity) / 10 ** finer) : money.value.units
    if (!Number.isSafeInteger(minor))
      throw new Fault(field, cellFault('moneyUnreadable', { text: shown(text) }).fault)
    return { minor, currency }
  }

  #time(cells: readonly string[], place: Place, endOfDay: boolean): string | null {
    const text = cellAt(cells, place)
    if (text === '' || text === '-') return null
    const time = this.#times.read(text, endOfDay)
    if (time === null) throw new Fault(place.field, cellFault('timeUnreadable', { text: shown(text) }).fault)
    return time
  }

  #identifier(cells: readonly string[], place: Place): string | null {
    const text = cellAt(cells, place)
    if (text === '') return null
    const read = readIdentifier(text, identifierMax)
    if (!read.ok) throw new Fault(place.field, read.fault)
    return read.value
  }

  #text(cells: readonly string[], place: Place): string | null {
    const text = cellAt(cells, place)
    if (text.length > textMax) {
      throw new Fault(place.field, cellFault('tooLong', { max: textMax, length: text.length }).fault)
    }
    return text === '' ? null : text
  }

  #header(field: OrderField): string {
    return this.#plan.headers[this.#plan.columns[field][0] ?? -1] ?? field
  }
}

/** A closed list of words, looked up by `wordKey`, which is worked out once per spelling. */
class Words<T> {
  readonly #byKey: ReadonlyMap<string, T>
  readonly #bySpelling = new Map<string, T | undefined>()

  constructor(entries: readonly (readonly [string, T])[]) {
    this.#byKey = new Map(entries.map(([word, value]) => [wordKey(word), value]))
  }

  get(word: string): T | undefined {
    if (this.#bySpelling.has(word)) return this.#bySpelling.get(word)
    const value = this.#byKey.get(wordKey(word))
    if (this.#bySpelling.size < 1000) this.#bySpelling.set(word, value)
    return value
  }
}

const spread = (meaning: WordMeaning): readonly [OrderStatus, OrderStop['kind'] | null] =>
  typeof meaning === 'string' ? [meaning, null] : meaning

const isBlank = (cells: readonly string[]) => cells.every((cell) => cleanCell(cell) === '')

/** eBay's lines after the data: `12,record(s) downloaded,` and `Seller ID : someone`. */
const isTrailer = (cells: readonly string[]) =>
  /record\(s\) downloaded/i.test(cells[1] ?? '') || /^\s*seller id\s*:/i.test(cells[0] ?? '')

/** Douyin's `SF123-顺丰速运,商品…`: the number before the courier. */
function waybillOfParcels(text: string): string | null {
  return /^([A-Z0-9]{8,40})-/i.exec(text)?.[1] ?? null
}
