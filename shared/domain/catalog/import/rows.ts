import type { CatalogField, CatalogKind, CatalogPlan } from '#shared/domain/catalog/import/formats.ts'
import {
  cellFault,
  cleanCell,
  maxQuantity,
  readIdentifier,
  readQuantity,
  readWhole,
  shown,
  type CellFault,
  type CellResult,
} from '#shared/domain/orders/import/cells.ts'
import { readMoney } from '#shared/domain/orders/import/money.ts'
import { type FloorRow, floorWays, floorWhats } from '#shared/domain/waves/floor/file.ts'
import type { ComponentPlatform } from '#shared/domain/devices/component-address.ts'
import { platformWords } from '#shared/domain/devices/platform-words.ts'
import { readGtins } from '#shared/domain/devices/codes/gtin.ts'
import { isOwnShape, parseOwnCode } from '#shared/domain/packing/codes.ts'

/** A row about one barcode of one product; null is "not said". */
export interface ProductRow {
  readonly row: number
  readonly sku: string
  readonly name: string | null
  readonly barcode: string | null
  /** Pieces that one scan of the barcode stands for. */
  readonly units: number
  readonly weightGrams: number | null
  /** Fen, or whichever minor unit of two digits the shop counts in. */
  readonly costMinor: number | null
  readonly picture: string | null
  readonly volumeMl: number | null
  readonly fragile: boolean | null
}

export interface KitRow {
  readonly row: number
  readonly kit: string
  readonly part: string
  /** Pieces of the part in one kit. */
  readonly quantity: number
}

export interface ShelfRow {
  readonly row: number
  readonly location: string
  readonly zone: string | null
  readonly aisle: string | null
  readonly bay: string | null
  readonly level: string | null
  /** Millimetres from the layout's origin; both or neither. */
  readonly xMm: number | null
  readonly yMm: number | null
}

export interface StockRow {
  readonly row: number
  readonly sku: string
  readonly location: string
  /** Pieces, 0 or more. */
  readonly quantity: number
}

export interface WaybillRow {
  readonly row: number
  readonly waybill: string
  /** What the marketplace gave with the number for its own print component: a JSON object, as it came. */
  readonly printData: string | null
  readonly platform: ComponentPlatform | null
  /** The number of the order that the marketplace made it for; null: any order may have it. Never null beside print data. */
  readonly order: string | null
}

export interface CatalogRows {
  readonly floor: FloorRow
  readonly products: ProductRow
  readonly kits: KitRow
  readonly shelves: ShelfRow
  readonly stock: StockRow
  readonly waybills: WaybillRow
}

/** A row that could not be taken, kept whole for a second try. */
export interface CatalogRejection {
  readonly row: number
  /** Header of the column at fault; null where the whole row is. */
  readonly column: string | null
  readonly reason: CellFault
  readonly cells: readonly string[]
}

export type CatalogResult<T> =
  /** `row` is null for a blank row. */
  { readonly ok: true; readonly row: T | null } | { readonly ok: false; readonly rejection: CatalogRejection }

/** Longest barcode, SKU, location or waybill number: what a Code 128 on a label can still hold and a scanner read. */
export const codeMax = 80
const nameMax = 500
const pictureMax = 2_000
/** Sealed data of a waybill is one or two thousand characters. */
const printDataMax = 30_000

/** Reads one row by its plan; `row` is its number in the file. Never throws for what the cells hold. */
export function readCatalogRow<K extends CatalogKind>(
  plan: CatalogPlan<K>,
  cells: readonly string[],
  row: number,
): CatalogResult<CatalogRows[K]> {
  if (cells.every((cell) => cleanCell(cell) === '')) return { ok: true, row: null }
  const reader = new CellReader(plan.columns, cells)
  try {
    return { ok: true, row: readers[plan.kind](reader, row) }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const column = plan.columns[error.field as CatalogField<K>]
    return {
      ok: false,
      rejection: { row, column: plan.headers[column] ?? null, reason: error.fault, cells },
    }
  }
}

/** The kit that a row belongs to, also where the rest of the row cannot be read; null when even that cannot. */
export function kitOfRow(
  plan: { readonly columns: Readonly<Record<string, number>> },
  cells: readonly string[],
): string | null {
  const kit = readIdentifier(cleanCell(cells[plan.columns['kit'] ?? -1]), codeMax)
  return kit.ok ? kit.value : null
}

const readers: { readonly [K in CatalogKind]: (cells: CellReader, row: number) => CatalogRows[K] } = {
  products: (cells, row) => {
    const barcode = cells.barcode('barcode')
    return {
      row,
      // What stands on goods that have no barcode is their SKU.
      sku: barcode === null ? cells.scannable('sku') : cells.code('sku'),
      name: cells.text('name', nameMax),
      barcode,
      units: cells.units('units'),
      weightGrams: cells.grams('weight'),
      costMinor: cells.decimal('cost', 2, 'moneyUnreadable', 0),
      picture: cells.text('picture', pictureMax),
      volumeMl: cells.decimal('volume', 0, 'numberUnreadable', 0),
      fragile: cells.yesOrNo('fragile'),
    }
  },
  kits: (cells, row) => {
    const kit = cells.code('kit')
    const part = cells.code('part')
    if (part === kit) throw new Fault('part', cellFault('kitOfItself').fault)
    return { row, kit, part, quantity: cells.quantity('quantity') }
  },
  shelves: (cells, row) => {
    const xMm = cells.decimal('x', 3, 'numberUnreadable', null)
    const yMm = cells.decimal('y', 3, 'numberUnreadable', null)
    if ((xMm === null) !== (yMm === null)) {
      throw new Fault(xMm === null ? 'x' : 'y', cellFault('pairIncomplete').fault)
    }
    return {
      row,
      location: cells.code('location'),
      zone: cells.codeOrNull('zone'),
      aisle: cells.codeOrNull('aisle'),
      bay: cells.codeOrNull('bay'),
      level: cells.codeOrNull('level'),
      xMm,
      yMm,
    }
  },
  floor: (cells, row) => ({
    row,
    what: cells.word('what', floorWhats) ?? cells.refuse('what', 'missing'),
    name: cells.codeOrNull('name'),
    zone: cells.codeOrNull('zone'),
    xMm: cells.decimal('x', 3, 'numberUnreadable', null),
    yMm: cells.decimal('y', 3, 'numberUnreadable', null),
    from: cells.codeOrNull('from'),
    to: cells.codeOrNull('to'),
    way: cells.word('way', floorWays),
  }),
  stock: (cells, row) => ({
    row,
    sku: cells.code('sku'),
    location: cells.code('location'),
    quantity: cells.count('quantity'),
  }),
  waybills: (cells, row) => {
    const printData = cells.jsonObject('printData', printDataMax)
    const order = cells.codeOrNull('order')
    // On any other order's box it would be somebody else's address.
    if (printData !== null && order === null) return cells.refuse('printData', 'sealedForNobody')
    return {
      row,
      waybill: cells.waybill('waybill'),
      printData,
      platform: cells.word('platform', platformWords),
      order,
    }
  },
}

/** Signals the first fault of a row; no Error, whose stack costs more than reading a row. */
class Fault {
  readonly field: string
  readonly fault: CellFault
  constructor(field: string, fault: CellFault) {
    this.field = field
    this.fault = fault
  }
}

const answers: ReadonlyMap<string, boolean> = new Map([
  ...['是', 'yes', 'y', '1', 'true', '易碎', 'x'].map((word) => [word, true] as const),
  ...['否', 'no', 'n', '0', 'false', '不', '-'].map((word) => [word, false] as const),
])

class CellReader {
  readonly #columns: Readonly<Record<string, number>>
  readonly #cells: readonly string[]

  constructor(columns: Readonly<Record<string, number>>, cells: readonly string[]) {
    this.#columns = columns
    this.#cells = cells
  }

  text(field: string, max: number): string | null {
    const text = this.#cell(field)
    if (text.length > max) throw new Fault(field, cellFault('tooLong', { max, length: text.length }).fault)
    return text === '' ? null : text
  }

  codeOrNull(field: string): string | null {
    return this.#value(field, readIdentifier(this.#cell(field), codeMax))
  }

  code(field: string): string {
    const code = this.codeOrNull(field)
    if (code === null) throw new Fault(field, cellFault('missing').fault)
    return code
  }

  /** Not what the bench would take for a command, a wave, a slot, a choice or a badge. */
  scannable(field: string): string {
    const code = this.code(field)
    if (parseOwnCode(code) !== null) throw new Fault(field, cellFault('ownCode', { text: shown(code) }).fault)
    return code
  }

  /** A number of GS1 without the hyphens and blanks that people write into it: a scanner sends none. */
  barcode(field: string): string | null {
    if (this.codeOrNull(field) === null) return null
    const code = this.scannable(field)
    const digits = code.replaceAll(/[- ]/g, '')
    return readGtins(digits).length > 0 ? digits : code
  }

  /**
   * A waybill number must survive Code 128 and a courier's system: printable ASCII without blanks. And it must be
   * somebody else's: the bench acts on a code that begins as ours do.
   */
  waybill(field: string): string {
    const code = this.code(field)
    if (!/^[!-~]+$/.test(code)) {
      throw new Fault(field, cellFault('characterNotAllowed', { text: shown(code) }).fault)
    }
    if (isOwnShape(code)) throw new Fault(field, cellFault('ownCode', { text: shown(code) }).fault)
    return code
  }

  units(field: string): number {
    const text = this.#cell(field)
    return text === '' ? 1 : this.#value(field, readQuantity(text))
  }

  quantity(field: string): number {
    const text = this.#cell(field)
    if (text === '') throw new Fault(field, cellFault('missing').fault)
    return this.#value(field, readQuantity(text))
  }

  count(field: string): number {
    const text = this.#cell(field)
    if (text === '') throw new Fault(field, cellFault('missing').fault)
    const value = readWhole(text)
    if (value === null) throw new Fault(field, cellFault('quantityNotInteger', { text: shown(text) }).fault)
    if (value < 0) throw new Fault(field, cellFault('numberNegative', { text: shown(text) }).fault)
    if (value > maxQuantity * 100) {
      throw new Fault(
        field,
        cellFault('quantityTooLarge', { text: shown(text), max: maxQuantity * 100 }).fault,
      )
    }
    return value
  }

  /** One of the words that a column knows; null where nothing stands there. */
  word<T>(field: string, words: ReadonlyMap<string, T>): T | null {
    const text = this.#cell(field)
    if (text === '') return null
    const found = words.get(text.toLowerCase())
    if (found === undefined) throw new Fault(field, cellFault('wordUnknown', { text: shown(text) }).fault)
    return found
  }

  jsonObject(field: string, max: number): string | null {
    const text = this.text(field, max)
    if (text !== null && !isJsonObject(text))
      throw new Fault(field, cellFault('jsonUnreadable', { text: shown(text) }).fault)
    return text
  }

  refuse(field: string, code: CellFault['code']): never {
    throw new Fault(field, cellFault(code).fault)
  }

  yesOrNo(field: string): boolean | null {
    const text = this.#cell(field)
    if (text === '') return null
    const answer = answers.get(text.toLowerCase())
    if (answer === undefined) throw new Fault(field, cellFault('yesOrNo', { text: shown(text) }).fault)
    return answer
  }

  /** Whole grams; half a gram more or less does not matter on a bench scale. */
  grams(field: string): number | null {
    return this.decimal(field, 0, 'numberUnreadable', 0)
  }

  /** A decimal as a whole number of 10^-`scale`, without floating point; at least `min` where that is given. */
  decimal(
    field: string,
    scale: number,
    code: 'moneyUnreadable' | 'numberUnreadable',
    min: number | null,
  ): number | null {
    const text = this.#cell(field)
    if (text === '') return null
    const read = readMoney(text, scale)
    if (!read.ok) throw new Fault(field, cellFault(code, { text: shown(text) }).fault)
    const { units } = read.value
    if (min !== null && units < min)
      throw new Fault(field, cellFault('numberNegative', { text: shown(text) }).fault)
    return units
  }

  #cell(field: string): string {
    const at = this.#columns[field] ?? -1
    return at < 0 ? '' : cleanCell(this.#cells[at])
  }

  #value<T>(field: string, read: CellResult<T>): T {
    if (!read.ok) throw new Fault(field, read.fault)
    return read.value
  }
}

function isJsonObject(text: string): boolean {
  if (!text.startsWith('{')) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
