import type {
  KitRow,
  ProductRow,
  ShelfRow,
  StockRow,
  WaybillRow,
} from '#shared/domain/catalog/import/rows.ts'

/** A product with all its barcodes. */
export interface ImportedProduct {
  readonly sku: string
  readonly name: string | null
  readonly barcodes: readonly { readonly code: string; readonly units: number }[]
  readonly weightGrams: number | null
  readonly costMinor: number | null
  readonly picture: string | null
  readonly volumeMl: number | null
  readonly fragile: boolean | null
  readonly sourceRows: readonly number[]
}

/** A kit with all its parts, in the order of the file. */
export interface ImportedKit {
  readonly sku: string
  readonly parts: readonly { readonly sku: string; readonly quantity: number; readonly row: number }[]
}

/** Rows that contradict each other; none of them was taken unless `blocking` is false. */
export interface CatalogProblem {
  readonly code:
    | 'duplicate'
    | 'productConflict'
    | 'barcodeConflict'
    | 'shelfConflict'
    | 'stockConflict'
    | 'waybillConflict'
    | 'kitIncomplete'
    | 'kitPartTwice'
    | 'kitInKit'
  /** SKU, kit, location, `sku @ location` or waybill number. */
  readonly key: string
  readonly blocking: boolean
  readonly rows: readonly number[]
  readonly params: Readonly<Record<string, string | number>>
}

export interface Collected<T> {
  readonly items: readonly T[]
  readonly problems: readonly CatalogProblem[]
}

const describing = ['name', 'weightGrams', 'costMinor', 'picture', 'volumeMl', 'fragile'] as const

/**
 * Products from their rows, in the order of first mention. A field may stand on any of a product's rows; where two
 * rows say different things, or give one barcode two unit counts, the product is left out and reported. One
 * barcode on several products is allowed: the bench asks by picture.
 */
export function collectProducts(rows: Iterable<ProductRow>): Collected<ImportedProduct> {
  const problems: CatalogProblem[] = []
  const items: ImportedProduct[] = []
  for (const [sku, group] of grouped(rows, (row) => row.sku)) {
    const found: { -readonly [K in (typeof describing)[number]]: ProductRow[K] } = {
      name: null,
      weightGrams: null,
      costMinor: null,
      picture: null,
      volumeMl: null,
      fragile: null,
    }
    const units = new Map<string, number>()
    const before = problems.length
    const numbers = group.map((row) => row.row)
    const conflict = (code: CatalogProblem['code'], row: number, params: CatalogProblem['params']) =>
      problems.push({ code, key: sku, blocking: true, rows: [row], params })
    for (const row of group) {
      for (const field of describing) {
        if (row[field] === null || row[field] === found[field]) continue
        if (found[field] === null) Object.assign(found, { [field]: row[field] })
        else conflict('productConflict', row.row, { field })
      }
      if (row.barcode === null) continue
      const known = units.get(row.barcode)
      if (known === undefined) units.set(row.barcode, row.units)
      else if (known !== row.units) conflict('barcodeConflict', row.row, { barcode: row.barcode })
    }
    if (problems.length > before) continue
    items.push({
      sku,
      ...found,
      barcodes: [...units].map(([code, count]) => ({ code, units: count })),
      sourceRows: numbers,
    })
  }
  return { items, problems }
}

/**
 * Kits from their rows, in the order of first mention. A kit is taken whole or not at all, since it would be packed
 * short: where one of its rows was rejected (`broken`), names a part a second time, or names a kit as a part.
 */
export function collectKits(rows: Iterable<KitRow>, broken: ReadonlySet<string>): Collected<ImportedKit> {
  const groups = grouped(rows, (row) => row.kit)
  const problems: CatalogProblem[] = []
  const items: ImportedKit[] = []
  for (const [sku, group] of groups) {
    const before = problems.length
    const problem = (code: CatalogProblem['code'], row: number, params: CatalogProblem['params']) =>
      problems.push({ code, key: sku, blocking: true, rows: [row], params })
    if (broken.has(sku)) problem('kitIncomplete', group[0]?.row ?? 0, {})
    const seen = new Set<string>()
    for (const { row, part } of group) {
      if (seen.has(part)) problem('kitPartTwice', row, { part })
      else if (groups.has(part) || broken.has(part)) problem('kitInKit', row, { part })
      seen.add(part)
    }
    if (problems.length > before) continue
    items.push({ sku, parts: group.map(({ part, quantity, row }) => ({ sku: part, quantity, row })) })
  }
  return { items, problems }
}

/** Shelves, each once; a location described in two ways is left out and reported. */
export const collectShelves = (rows: Iterable<ShelfRow>): Collected<ShelfRow> =>
  unique(rows, (row) => row.location, 'shelfConflict')

/** Stock per SKU and location; a pair with two counts is left out, since nobody knows whether they add up. */
export const collectStock = (rows: Iterable<StockRow>): Collected<StockRow> =>
  unique(rows, (row) => `${row.sku} @ ${row.location}`, 'stockConflict')

/** Waybill numbers, each once; one with two different print data is left out, since one of them prints a wrong label. */
export const collectWaybills = (rows: Iterable<WaybillRow>): Collected<WaybillRow> =>
  unique(rows, (row) => row.waybill, 'waybillConflict')

function unique<T extends { readonly row: number }>(
  rows: Iterable<T>,
  key: (row: T) => string,
  conflict: CatalogProblem['code'],
): Collected<T> {
  const items: T[] = []
  const problems: CatalogProblem[] = []
  for (const [name, group] of grouped(rows, key)) {
    const [first, ...others] = group
    if (first === undefined) continue
    const text = JSON.stringify({ ...first, row: 0 })
    const same = others.every((row) => JSON.stringify({ ...row, row: 0 }) === text)
    if (same) items.push(first)
    if (others.length > 0) {
      problems.push({
        code: same ? 'duplicate' : conflict,
        key: name,
        blocking: !same,
        rows: (same ? others : group).map((row) => row.row),
        params: {},
      })
    }
  }
  return { items, problems }
}

function grouped<T>(rows: Iterable<T>, key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const name = key(row)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [row])
    else group.push(row)
  }
  return groups
}
