import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TableError } from '#electron/ports/table-files.ts'
import { createTableFiles } from '#electron/tabular/index.ts'
import {
  canonicalOrder,
  detectPreset,
  OrderCensus,
  OrderCollector,
  OrderRowReader,
  planColumns,
  presetOf,
  type ImportedOrder,
  type RowResult,
} from '#shared/domain/orders/import/index.ts'
import { fileWith, readOrders } from '#test/unit/orders-import/read.ts'

const root = join(import.meta.dirname, '../../..')
const own = '订单号,商家编码,商品名称,数量,单价,付款时间,收件人,手机,地址'
const line = { 订单号: '1', 商家编码: 'CUP', 商品名称: '杯', 数量: '1', 收件人: '林', 地址: '示例路1号' }

describe('the generic preset', () => {
  it('finds the columns of a file of any kind by names in both languages', () => {
    const { preset, missing } = detectPreset([
      'InvoiceNo',
      'StockCode',
      'Description',
      'Quantity',
      'InvoiceDate',
      'UnitPrice',
      'CustomerID',
      'Country',
    ])
    const plan = planColumns(preset, [
      'InvoiceNo',
      'StockCode',
      'Description',
      'Quantity',
      'InvoiceDate',
      'UnitPrice',
      'CustomerID',
      'Country',
    ])
    expect([preset.id, missing, plan.unused]).toEqual(['generic', [], []])
    expect(detectPreset([' Order_ID ', 'SKU', 'ＱＴＹ']).missing).toEqual([])
    expect(detectPreset(['foo', '数量'])).toMatchObject({ missing: ['number', 'sku'] })
  })

  it('takes a mapping that a person chose before its own names', () => {
    const read = readOrders(
      [fileWith('订单号,外部单号,品,数量', [{ 订单号: 'a', 外部单号: 'b', 品: 'CUP', 数量: '1' }])],
      {
        mapping: { number: '外部单号', sku: '品' },
      },
    )
    expect(read.orders).toMatchObject([{ number: 'b', lines: [{ sku: 'CUP' }] }])
  })

  it('multiplies prices without losing cents', () => {
    const read = readOrders([
      fileWith(own, [
        { ...line, 数量: '3', 单价: '0.335' },
        { ...line, 数量: '1', 单价: '1,000.10' },
      ]),
    ])
    // 3 x 0.335 is 1.005, which rounds half up once, not three times.
    expect(read.orders[0]?.amountMinor).toBe(101 + 100_010)
  })

  it('counts in the minor unit of the currency that the money names', () => {
    const price = (text: string) => readOrders([fileWith(own, [{ ...line, 单价: text }])]).orders[0]
    expect(price('JPY 1500')).toMatchObject({ currency: 'JPY', amountMinor: 1500 })
    expect(price('KWD 1.5')).toMatchObject({ currency: 'KWD', amountMinor: 1500 })
    expect(price('1.5')).toMatchObject({ currency: 'CNY', amountMinor: 150 })
  })

  it('puts rows of an order together wherever they stand', () => {
    const rows = [line, { ...line, 订单号: '2' }, { ...line, 商家编码: 'TEA' }]
    const read = readOrders([fileWith(own, rows)])
    expect(read.orders.map(({ number, lines }) => [number, lines.map(({ sku }) => sku)])).toEqual([
      ['1', ['CUP', 'TEA']],
      ['2', ['CUP']],
    ])
  })

  it.each([
    [{ 数量: '0' }, '数量', 'quantityNotPositive'],
    [{ 数量: '-2' }, '数量', 'quantityNotPositive'],
    [{ 数量: '1.5' }, '数量', 'quantityNotInteger'],
    [{ 数量: '两' }, '数量', 'quantityNotInteger'],
    [{ 数量: '2000000' }, '数量', 'quantityTooLarge'],
    [{ 数量: '' }, '数量', 'missing'],
    [{ 单价: '12,5' }, '单价', 'moneyUnreadable'],
    [{ 付款时间: '01/02/2026' }, '付款时间', 'timeUnreadable'],
    [{ 付款时间: '2026-02-30 10:00' }, '付款时间', 'timeUnreadable'],
    [{ 订单号: '' }, '订单号', 'missing'],
    [{ 订单号: '1.23457E+17' }, '订单号', 'digitsLost'],
    [{ 商家编码: 'a\u0001b' }, '商家编码', 'controlCharacter'],
    [{ 商家编码: '', 商品名称: '' }, '商家编码', 'missing'],
    [{ 商家编码: 'x'.repeat(101) }, '商家编码', 'tooLong'],
  ])('rejects %j in column %s: %s', (change, column, code) => {
    const read = readOrders([fileWith(own, [line, { ...line, ...change }])])
    expect(read.rejections).toMatchObject([{ row: 3, column, reason: { code } }])
    expect(read.rejections[0]?.cells).toContain('杯'.repeat('商品名称' in change ? 0 : 1))
  })

  it('does not let an order go short of a rejected row', () => {
    const read = readOrders([fileWith(own, [line, { ...line, 数量: 'x' }, { ...line, 订单号: '2' }])])
    expect(read.orders.map(({ number }) => number)).toEqual(['2'])
    expect(read.problems).toMatchObject([
      { code: 'rowRejected', number: '1', blocking: true, rows: [{ row: 2 }] },
    ])
  })

  it('reports rows that send one order to two people', () => {
    const read = readOrders([fileWith(own, [line, { ...line, 收件人: '何' }])])
    expect(read.orders).toEqual([])
    expect(read.problems).toMatchObject([
      { code: 'headConflict', blocking: true, params: { field: 'receiver' } },
    ])
  })

  it('does not add up the same order from two files', () => {
    const file = fileWith(own, [line, { ...line, 商家编码: 'TEA' }])
    expect(readOrders([file, file]).orders).toMatchObject([{ lines: [{ sku: 'CUP' }, { sku: 'TEA' }] }])
    expect(readOrders([file, fileWith(own, [line])])).toMatchObject({
      orders: [],
      problems: [{ code: 'filesDiffer' }],
    })
  })

  it('reads a cancellation of an order in the file, and reports one of another', () => {
    const read = readOrders([
      fileWith(own, [line, { ...line, 订单号: 'C1', 数量: '-1' }, { ...line, 订单号: 'C9', 数量: '-1' }]),
    ])
    expect(read.orders).toMatchObject([
      { number: '1', status: 'cancelled', stop: { kind: 'cancel', words: 'C1' } },
    ])
    expect(read.problems).toMatchObject([{ code: 'cancellationUnmatched', number: '9', rows: [{ row: 4 }] }])
  })

  it('hands out each order with its last row when the rows were counted before, and the same orders', () => {
    const numbers = fc.array(
      fc.record({ number: fc.constantFrom('1', '2', '3', 'C2'), quantity: fc.constantFrom('1', '2', 'x') }),
    )
    const plan = planColumns(presetOf('generic'), ['订单号', 'sku', '数量'])
    fc.assert(
      fc.property(numbers, (made) => {
        const reader = new OrderRowReader(plan, { zone: 'Asia/Shanghai' })
        const results = made.map(({ number, quantity }, at): RowResult =>
          reader.read([number, `S${at}`, number === 'C2' && quantity !== 'x' ? '-1' : quantity], at + 2),
        )
        const census = new OrderCensus()
        for (const result of results)
          census.add(result.ok ? (result.row?.number ?? null) : result.rejection.number)
        const run = (collector: OrderCollector): { orders: ImportedOrder[]; early: number } => {
          const early: ImportedOrder[] = []
          for (const result of results) {
            if (!result.ok) collector.reject(result.rejection)
            else if (result.row !== null) {
              const order = collector.add(result.row)
              if (order !== null) early.push(order)
            }
          }
          return { orders: [...early, ...collector.finish().orders], early: early.length }
        }
        const whole = run(new OrderCollector())
        const streamed = run(new OrderCollector({ rowsOf: census.counts }))
        expect(streamed.early).toBe(streamed.orders.length)
        expect(streamed.orders.map(canonicalOrder).sort()).toEqual(whole.orders.map(canonicalOrder).sort())
      }),
    )
  })
})

describe('a row without a number', () => {
  const header = ['order number', 'sku', 'quantity', 'address']
  const rows = [
    ['M-1', 'RED', '1', 'Road 1'],
    ['', 'TEA', '1', ''],
    ['', '', '', ''],
    ['', 'BLUE', '2', ''],
    ['1.23457E+17', 'RED', '1', 'Road 3'],
    ['', 'TEA', '1', ''],
    ['M-2', 'RED', '1', 'Road 2'],
  ]

  it('is of the order above, which is left out whole; under a number that is lost, of none', () => {
    const read = readOrders([[header, ...rows]])
    expect(read.orders.map(({ number }) => number)).toEqual(['M-2'])
    expect(read.rejections.map(({ row, number }) => [row, number])).toEqual([
      [3, 'M-1'],
      [5, 'M-1'],
      [6, null],
      [7, null],
    ])
  })

  it('is counted for the order above, so that this is not handed out before', () => {
    const reader = new OrderRowReader(planColumns(presetOf('generic'), header), { zone: 'UTC' })
    expect(
      rows.flatMap((cells) => reader.numbersOf(cells)).filter((number) => number === 'M-1'),
    ).toHaveLength(3)
  })
})

describe('a real day', () => {
  const path = join(root, '..', 'shared', 'data', 'online-retail-uci', '2011-11-14.csv')

  it.skipIf(!existsSync(path))('of a shop: every line is in an order or rejected with a reason', async () => {
    const opened = await createTableFiles().open(path)
    if (!opened.ok) throw new TableError(opened.fault)
    const rows: (readonly string[])[] = []
    for await (const row of opened.table.rows()) rows.push(row.cells)
    expect(rows).toHaveLength(3598)
    const read = readOrders([rows], { zone: 'Europe/London', currency: 'GBP' })
    expect(read.presets).toEqual(['generic'])
    const inOrders = read.orders.reduce((sum, { lines }) => sum + lines.length, 0)
    const blocked = new Set(
      read.problems.filter(({ blocking }) => blocking).flatMap((one) => one.rows.map(({ row }) => row)),
    )
    const rejected = new Set(read.rejections.map(({ row }) => row))
    expect(inOrders + new Set([...blocked, ...rejected]).size).toBe(3597)
    const numbers = new Set(rows.slice(1).map(([number]) => number))
    expect(numbers.size).toBe(152)
    expect(read.orders.length + new Set(read.problems.map(({ number }) => number)).size).toBe(152)
    const units = readFileSync(path, 'utf8').trim().split('\n').length - 1
    expect(units).toBe(3597)
    console.info(
      `real day: ${read.orders.length} orders with ${inOrders} lines, ${rejected.size} rows rejected, ${blocked.size} in orders left out`,
    )
  })

  if (!existsSync(path)) console.info('skipped: the shared data folder with online-retail-uci is not here')
})
