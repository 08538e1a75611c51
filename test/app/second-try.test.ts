import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportKind, ImportResult } from '#shared/contract/orders.ts'
import {
  codes,
  csv,
  faults,
  importKits,
  importText,
  openStation,
  orderByNumber,
  scanAll,
  type Station,
  stockWarehouse,
} from '#test/support/station.ts'

let station: Station
beforeEach(async () => {
  station = await openStation()
  await stockWarehouse(station)
})
afterEach(async () => {
  const found = faults(station)
  await station.close()
  expect(found).toEqual([])
})

const header = ['order number', 'sku', 'quantity', 'receiver', 'phone', 'address']
const person = ['Wang Xiaoming', '13912345678', 'Secret Street 7']
const file = (rows: readonly (readonly string[])[], kind: ImportKind = 'orders') =>
  importText(station, kind, csv(rows))
const rejectsOf = async ({ importId }: ImportResult) =>
  (await station.desk.call('imports.rejects', { importId })).rows
const retry = (of: ImportResult, mended: readonly { id: number; value: string }[] = []) =>
  station.desk.call('imports.retry', { importId: of.importId, job: randomUUID(), mended: [...mended] })

describe('a second try', () => {
  it('takes an order whole once its one bad cell is mended, and keeps nothing of it', async () => {
    const first = await file([
      header,
      ['M-1', 'RED', '2', ...person],
      ['M-1', 'TEA', 'one', ...person],
      ['M-2', 'TEA', '1', ...person],
    ])
    expect(first).toMatchObject({ created: 1, rejectedCount: 2 })
    const rows = await rejectsOf(first)
    expect(rows.map(({ row, column, value, again }) => ({ row, column, value, again }))).toEqual([
      { row: 3, column: 'quantity', value: 'one', again: true },
      { row: 2, column: '', value: null, again: true },
    ])
    expect(await retry(first, [{ id: rows[0]?.id ?? 0, value: '1' }])).toMatchObject({
      created: 1,
      rejectedCount: 0,
    })
    expect(await orderByNumber(station, 'M-1')).toMatchObject({ units: 3, lines: 2 })
    expect(await rejectsOf(first)).toEqual([])
    expect((await scanAll(station, ['M-1', codes.red, codes.red, codes.tea])).at(-1)?.verdict).toBe(
      'complete',
    )
  })

  it('keeps the rows that fail once more, under the try that they failed in', async () => {
    const first = await file([header, ['M-1', 'RED', 'x', ...person], ['M-2', 'RED', 'y', ...person]])
    const rows = await rejectsOf(first)
    const second = await retry(first, [{ id: rows[1]?.id ?? 0, value: '4' }])
    expect(second).toMatchObject({ created: 1, rejectedCount: 1 })
    const left = await rejectsOf(second)
    expect(left).toMatchObject([{ column: 'quantity', value: 'x', again: true }])
    expect(await retry(second, [{ id: left[0]?.id ?? 0, value: '1' }])).toMatchObject({
      created: 1,
      rejectedCount: 0,
    })
    expect(
      await station.desk.ask('imports.retry', { importId: first.importId, job: randomUUID(), mended: [] }),
    ).toMatchObject({ ok: false, error: { code: 'nothingKept' } })
  })

  it('does not take back what was heard of an order since', async () => {
    const first = await file([header, ['M-1', 'RED', 'x', ...person]])
    const state = [...header, 'status']
    await file([state, ['M-1', 'RED', '1', ...person, 'paid']])
    await file([state, ['M-1', 'RED', '1', ...person, 'refunding']])
    const rows = await rejectsOf(first)
    const again = await retry(first, [{ id: rows[0]?.id ?? 0, value: '9' }])
    expect(again).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 0,
      rejected: [{ row: 2, reason: { code: 'orderKnown', params: { order: 'M-1' } } }],
    })
    expect(await orderByNumber(station, 'M-1')).toMatchObject({ stop: 'refund', units: 1 })
    expect(await rejectsOf(again)).toEqual([])
    expect(await rejectsOf(first)).toEqual([])
  })

  it('changes nothing of an order that is here, however old what is known of it is', async () => {
    const first = await file([header, ['M-1', 'RED', '2', ...person], ['M-2', 'TEA', 'x', ...person]])
    const [row] = await rejectsOf(first)
    const again = await retry(first, [{ id: row?.id ?? 0, value: '1' }])
    expect(again).toMatchObject({ created: 1 })
    // The other order's row, mended into an order that the same file brought.
    const next = await file([header, ['M-3', 'TEA', 'x', ...person]])
    const made = await file([header, ['M-3', 'RED', '7', ...person]])
    expect(made).toMatchObject({ created: 1 })
    const [old] = await rejectsOf(next)
    expect(
      (await retry(next, [{ id: old?.id ?? 0, value: '1' }])).rejected.map((one) => one.reason.code),
    ).toEqual(['orderKnown'])
    expect(await orderByNumber(station, 'M-3')).toMatchObject({ units: 7 })
  })

  it('claims no fresher knowledge than the first try had', async () => {
    const first = await file([header, ['M-1', 'RED', 'x', ...person]])
    station.clock.forward(600)
    const rows = await rejectsOf(first)
    await retry(first, [{ id: rows[0]?.id ?? 0, value: '1' }])
    const age = Date.parse(station.clock.now()) - Date.parse((await orderByNumber(station, 'M-1')).knownAt)
    expect(age).toBeGreaterThan(599 * 60_000)
  })

  it('brings an order in merged cells whole: a row without a number is of the order above', async () => {
    const first = await file([
      header,
      ['M-1', 'RED', '2', ...person],
      ['', 'TEA', '1', '', '', ''],
      ['', '', '', '', '', ''],
      ['M-2', 'RED', '1', ...person],
      ['M-1', 'BLUE', '1', ...person],
    ])
    expect(first).toMatchObject({ created: 1, rejectedCount: 3 })
    expect(first.rejected.map(({ row, reason }) => [row, reason.code])).toEqual([
      [3, 'missing'],
      [2, 'rowRejected'],
      [6, 'rowRejected'],
    ])
    expect(station.sql('SELECT DISTINCT order_number FROM import_reject')).toEqual([{ order_number: 'M-1' }])
    // Not mended, it stays with its order.
    const second = await retry(first)
    expect(second).toMatchObject({ created: 0, rejectedCount: 3 })
    const merged = (await rejectsOf(second)).find(({ reason }) => reason.code === 'missing')
    expect(await retry(second, [{ id: merged?.id ?? 0, value: 'M-1' }])).toMatchObject({
      created: 1,
      rejectedCount: 0,
    })
    expect(await orderByNumber(station, 'M-1')).toMatchObject({ units: 4, lines: 3 })
  })

  it.each(['cancelled', 'shipped', 'closed'])('brings no order back that was %s meanwhile', async (word) => {
    const state = [...header, 'status']
    const first = await file([
      state,
      ['M-1', 'RED', 'x', ...person, 'paid'],
      ['M-2', 'RED', 'y', ...person, 'paid'],
    ])
    expect(await file([state, ['M-1', 'RED', '1', ...person, word]])).toMatchObject({ created: 0 })
    const left = await rejectsOf(first)
    expect(left.map(({ value }) => value)).toEqual(['y'])
    expect(await retry(first, [{ id: left[0]?.id ?? 0, value: '1' }])).toMatchObject({ created: 1 })
    expect(station.sql('SELECT number FROM "order"')).toEqual([{ number: 'M-2' }])
  })

  it('cuts no order in two, however many rows are kept', async () => {
    const bad = Array.from({ length: 20_010 }, (_, index) => [`L-${index}`, 'RED', 'x', ...person])
    const first = await file([
      header,
      ...bad,
      ['CUT', 'RED', '1', ...person],
      ['CUT', 'BLUE', 'x', ...person],
      ['CUT', 'TEA', '1', ...person],
    ])
    expect(first).toMatchObject({ created: 0, rejectedCount: 20_013 })
    expect(await retry(first)).toMatchObject({ created: 0, rejectedCount: 20_013 })
  })

  it('runs once at a time', async () => {
    const first = await file([header, ['M-1', 'RED', 'x', ...person], ['M-2', 'RED', 'y', ...person]])
    const again = { importId: first.importId, job: randomUUID(), mended: [] }
    const tries = await Promise.all([1, 2, 3].map(() => station.desk.ask('imports.retry', again)))
    expect(tries.map((one) => (one.ok ? one.value.rejectedCount : one.error.code))).toEqual([
      2,
      'retryRunning',
      'retryRunning',
    ])
    expect(station.sql('SELECT count(*) AS n FROM import_reject')).toEqual([{ n: 2 }])
  })

  it('of an import that is not there is refused, and so is the look at its rows', async () => {
    const importId = randomUUID()
    const unknown = { ok: false, error: { code: 'importUnknown' } }
    expect(await station.desk.ask('imports.rejects', { importId })).toMatchObject(unknown)
    expect(
      await station.desk.ask('imports.retry', { importId, job: randomUUID(), mended: [] }),
    ).toMatchObject(unknown)
  })

  it('keeps files of one name apart, each with its own headers', async () => {
    const write = (folder: string, name: string, rows: readonly (readonly string[])[]) => {
      mkdirSync(join(station.dataDir, folder), { recursive: true })
      const path = join(station.dataDir, folder, name)
      writeFileSync(path, csv(rows))
      return { path }
    }
    const files = [
      write('a', 'export.csv', [header, ['A-1', 'RED', 'x', ...person]]),
      write('b', 'export.csv', [header.toReversed(), ['B street', '222', 'Bob', 'y', 'TEA', 'B-1']]),
      write('c', 'export.txt', [header, ['C-1', 'BLUE', 'z', ...person]]),
    ]
    const source = { job: randomUUID(), kind: 'orders' as const, shop: 'Shop', files }
    const first = await station.desk.call('imports.run', source)
    expect(first.rejected.map((row) => row.file)).toEqual(['export.csv', 'export.csv (2)', 'export.txt'])
    const second = await retry(first)
    const rows = await rejectsOf(second)
    expect(rows.map(({ value }) => value)).toEqual(['x', 'y', 'z'])
    const mended = rows.map(({ id }) => ({ id, value: '1' }))
    expect(await retry(second, mended)).toMatchObject({ created: 3, rejectedCount: 0 })
    expect(await orderByNumber(station, 'B-1')).toMatchObject({ units: 1 })
  })

  it('of stock works when the goods have come to be known', async () => {
    const first = await file(
      [
        ['sku', 'location', 'quantity'],
        ['NEW', 'A-01-01', '4'],
      ],
      'stock',
    )
    expect(first).toMatchObject({ created: 0, rejectedCount: 1 })
    await importText(
      station,
      'catalog',
      csv([
        ['sku', 'name'],
        ['NEW', 'News'],
      ]),
    )
    expect(await retry(first)).toMatchObject({ created: 1, rejectedCount: 0 })
  })

  it('of stock is as old as the first, and overwrites no later count', async () => {
    const columns = ['sku', 'location', 'quantity']
    const first = await file(
      [columns, ['RED', 'A-01-01', '1O0'], ['RED', 'B-07', 'x'], ['BLUE', 'B-08', 'y']],
      'stock',
    )
    const countedAt = station.clock.now()
    station.clock.forward(600)
    await file([columns, ['RED', 'A-01-01', '3']], 'stock')
    const mended = (await rejectsOf(first)).map(({ id }) => ({ id, value: '100' }))
    expect(await retry(first, mended)).toMatchObject({ created: 2, updated: 0, unchanged: 1 })
    const stock = station.sql<{ code: string; quantity: number; at: string }>(
      `SELECT location.code, stock.quantity, stock.counted_at AS at FROM stock
       JOIN location ON location.id = stock.location_id JOIN product ON product.id = stock.product_id
       WHERE product.sku = 'RED' AND location.code IN ('A-01-01', 'B-07') ORDER BY location.code`,
    )
    expect(stock.map(({ code, quantity }) => [code, quantity])).toEqual([
      ['A-01-01', 3],
      ['B-07', 100],
    ])
    expect(Date.parse(stock[1]?.at ?? '')).toBeLessThanOrEqual(Date.parse(countedAt))
  })

  it('of a floor is refused: it is taken whole or not at all', async () => {
    const first = await file(
      [
        ['what', 'name', 'zone', 'x_m', 'y_m', 'from', 'to', 'way'],
        ['cross aisle', 'front', '', '', '0', '', '', ''],
        ['cross aisle', 'back', '', '', '25m', '', '', ''],
        ['aisle', '1', 'A', '1.5', '', '', '', ''],
      ],
      'layout',
    )
    expect(first.rejectedCount).toBe(1)
    expect((await rejectsOf(first)).some((row) => row.again)).toBe(false)
    const again = { importId: first.importId, job: randomUUID(), mended: [] }
    expect(await station.desk.ask('imports.retry', again)).toMatchObject({
      ok: false,
      error: { code: 'importWhole' },
    })
  })

  it('of kits and goods is refused: their other rows would be lost', async () => {
    const first = await importKits(station, [
      ['SET', 'RED', '1'],
      ['SET', 'TEA', 'x'],
    ])
    expect(first.rejectedCount).toBeGreaterThan(0)
    const refused = await station.desk.ask('imports.retry', {
      importId: first.importId,
      job: randomUUID(),
      mended: [],
    })
    expect(refused).toMatchObject({ ok: false, error: { code: 'importWhole' } })
    expect((await rejectsOf(first)).some((row) => row.again)).toBe(false)
  })

  it('starts from a workbook as well: the rows under their own headers, digits whole, an audit row for the look', async () => {
    const first = await file([header, ['202611250000000001', '=RED', 'x', ...person]])
    const made = await station.desk.call('imports.rejectsFile', {
      importId: first.importId,
      file: (await rejectsOf(first))[0]?.file ?? '',
    })
    const preview = await station.desk.call('imports.preview', {
      job: randomUUID(),
      kind: 'orders',
      shop: 'Shop',
      files: [{ upload: made.id }],
    })
    expect(preview.files[0]).toMatchObject({
      headers: header,
      sample: [['202611250000000001', '=RED', 'x', ...person]],
    })
    expect(station.sql("SELECT count(*) AS n FROM audit WHERE act = 'imports.rejectsFile'")).toEqual([
      { n: 1 },
    ])
  })

  it('leaves no name, phone or address in the database meanwhile', async () => {
    // In the wrong columns too: a reason must not repeat them in clear.
    const first = await file([header, ['M-1', 'RED', ...person, 'x'], ['M-2', 'RED', 'y', ...person]])
    const [name = ''] = person
    const shifted = (rows: Awaited<ReturnType<typeof rejectsOf>>) =>
      rows.map(({ value, reason }) => [value, reason.params?.text])
    const texts = [
      [name, name],
      ['y', 'y'],
    ]
    expect(shifted(await rejectsOf(first))).toEqual(texts)
    const second = await retry(first)
    expect(shifted(await rejectsOf(second))).toEqual(texts)
    // The workbook of the second try is gone with it.
    expect(readdirSync(join(station.dataDir, 'files'))).toEqual([])
    await station.restart()
    const bytes = readFileSync(join(station.dataDir, 'packbench.sqlite'))
    for (const word of person) expect(bytes.includes(word), word).toBe(false)
  })
})

describe('Taobao’s two files in two imports', () => {
  const kept = () =>
    station.sql(`SELECT order_number AS number, json_extract(reason, '$.code') AS code FROM import_reject`)

  const heads = [
    [
      '订单编号',
      '买家会员名',
      '买家应付货款',
      '总金额',
      '订单状态',
      '收货人姓名',
      '收货地址 ',
      '联系手机',
      '订单创建时间',
      '订单付款时间 ',
      '宝贝种类',
      '宝贝总数量',
    ],
    [
      '351531314732',
      '买家',
      '20.00',
      '20.00',
      '买家已付款,等待卖家发货',
      '林**',
      '浙江省 杭州市 示例路1号',
      '13000000001',
      '2026-11-21 09:00:00',
      '2026-11-21 09:01:00',
      '2',
      '3',
    ],
  ]
  const lines = [
    ['订单编号', '标题', '价格', '购买数量', '外部系统编号', '商品属性', '订单状态'],
    ['351531314732', '红杯', '5.00', '2', 'RED', '', '买家已付款,等待卖家发货'],
    ['351531314732', '绿茶', '10.00', '1', 'TEA', '', '买家已付款,等待卖家发货'],
  ]

  it.each([
    ['the orders first', heads, lines],
    ['the details first', lines, heads],
  ])('are joined: %s', async (_, one, other) => {
    const first = await file(one)
    expect(first).toMatchObject({ created: 0 })
    expect(first.rejectedCount).toBe(one.length - 1)
    expect(await file(other)).toMatchObject({ created: 1, rejectedCount: 0, rejected: [] })
    expect(await orderByNumber(station, '351531314732')).toMatchObject({ lines: 2, units: 3 })
    const { imports } = await station.desk.call('imports.list', {})
    expect(imports.every(({ rejected }) => rejected === 0)).toBe(true)
  })

  it('keeps a half once, and the newer of two', async () => {
    const old = heads.map((row) => row.map((cell) => cell.replace('示例路1号', '旧路1号')))
    const monday = await file(old)
    station.clock.forward(600)
    await file(heads)
    await file(heads)
    expect(kept()).toEqual([{ number: '351531314732', code: 'linesMissing' }])
    expect(await rejectsOf(monday)).toEqual([])
    expect(await file(lines)).toMatchObject({ created: 1 })
    expect(
      (await station.desk.call('imports.list', {})).imports.every(({ rejected }) => rejected === 0),
    ).toBe(true)
    expect(kept()).toEqual([])
  })

  const writeBoth = (one: readonly (readonly string[])[], other: readonly (readonly string[])[]) => ({
    job: randomUUID(),
    kind: 'orders' as const,
    shop: 'Shop',
    files: [one, other].map((rows, index) => {
      const path = join(station.dataDir, `both-${index}.csv`)
      writeFileSync(path, csv(rows))
      return { path }
    }),
  })
  const both = () => station.desk.call('imports.run', writeBoth(heads, lines))
  const words = (rows: readonly (readonly string[])[], from: string, to: string) =>
    rows.map((row) => row.map((cell) => cell.replace(from, to)))
  const preview = (rows: readonly (readonly string[])[]) => {
    const { files, ...source } = writeBoth(rows, [])
    return station.desk.call('imports.preview', { ...source, files: files.slice(0, 1) })
  }
  const toPack = ['351531314732', codes.red, codes.red, codes.tea]

  it('the order file alone stops an order that is here, and touches no line of it', async () => {
    await both()
    const same = { created: 0, updated: 0, unchanged: 1, held: 0, rejectedCount: 0 }
    expect(await preview(heads)).toMatchObject(same)
    expect(await file(heads)).toMatchObject(same)
    const refunded = words(heads, '买家已付款,等待卖家发货', '退款中')
    const news = { created: 0, updated: 1, unchanged: 0, rejectedCount: 0 }
    expect(await preview(refunded)).toMatchObject(news)
    expect(await file(refunded)).toMatchObject(news)
    expect(await orderByNumber(station, '351531314732')).toMatchObject({
      stop: 'refund',
      lines: 2,
      units: 3,
    })
    expect((await scanAll(station, toPack.slice(0, 1))).at(-1)?.verdict).toBe('stopped')
    expect(kept()).toEqual([])
    // One of the two files that says nothing of a refund frees nothing; both do.
    expect(await file(heads)).toMatchObject({ updated: 1 })
    expect(await orderByNumber(station, '351531314732')).toMatchObject({ stop: 'refund' })
    expect(await both()).toMatchObject({ updated: 1 })
    expect(await orderByNumber(station, '351531314732')).toMatchObject({ stop: null, units: 3 })
    expect((await scanAll(station, toPack)).at(-1)?.verdict).toBe('complete')
  })

  it('the order file alone brings the new address, and holds what is in a box', async () => {
    await both()
    await scanAll(station, toPack)
    const moved = words(heads, '示例路1号', '新路99号')
    expect(await file(moved)).toMatchObject({ held: 1, rejectedCount: 0 })
    expect(await orderByNumber(station, '351531314732')).toMatchObject({ stop: 'addressChange', units: 3 })
  })

  it('the detail file alone brings new lines and refunds, and touches nothing of the head', async () => {
    await both()
    const before = station.sql('SELECT receiver_masked, amount_minor, paid_at, platform_status FROM "order"')
    expect(await preview(lines)).toMatchObject({ unchanged: 1, rejectedCount: 0 })
    expect(await file(lines)).toMatchObject({ unchanged: 1, rejectedCount: 0 })
    expect(await file(lines.slice(0, 2))).toMatchObject({ updated: 1, rejectedCount: 0 })
    expect(await orderByNumber(station, '351531314732')).toMatchObject({ stop: null, lines: 1, units: 2 })
    const [head = [], ...rows] = lines
    const refund = rows.map((row) => [...row, '退款中'])
    expect(await file([[...head, '退款状态'], ...refund])).toMatchObject({ updated: 1, rejectedCount: 0 })
    expect(await orderByNumber(station, '351531314732')).toMatchObject({ stop: 'refund', units: 3 })
    expect(
      station.sql('SELECT receiver_masked, amount_minor, paid_at, platform_status FROM "order"'),
    ).toEqual(before)
    expect(kept()).toEqual([])
  })

  it('are joined by a second try too', async () => {
    await file(heads)
    const [head = [], red = [], tea = []] = lines
    const details = await file([head, red.map((cell) => (cell === '2' ? '2 件' : cell)), tea])
    const bad = (await rejectsOf(details)).find(({ value }) => value === '2 件')
    expect(await retry(details, [{ id: bad?.id ?? 0, value: '2' }])).toMatchObject({
      created: 1,
      rejectedCount: 0,
      rejected: [],
    })
    expect(await orderByNumber(station, '351531314732')).toMatchObject({ lines: 2, units: 3 })
    expect(kept()).toEqual([])
  })

  it('waits no longer for an order that came whole meanwhile', async () => {
    await file(heads)
    expect(await both()).toMatchObject({ created: 1 })
    expect(kept()).toEqual([])
  })

  it('joins nothing to an order that was closed meanwhile', async () => {
    await file(heads)
    await file(heads.map((row) => row.map((cell) => cell.replace('买家已付款,等待卖家发货', '交易关闭'))))
    expect(kept()).toEqual([])
    expect(await file(lines)).toMatchObject({ created: 0, rejectedCount: 2 })
  })

  it('takes the newer of two detail files, and waits for orders that are still to come', async () => {
    await file([lines[0] ?? [], ['351531314732', '红杯', '5.00', '9', 'RED', '', '买家已付款,等待卖家发货']])
    await file([...lines, ['999', '绿茶', '10.00', '1', 'TEA', '', '买家已付款,等待卖家发货']])
    expect(await file(heads)).toMatchObject({ created: 1 })
    expect(await orderByNumber(station, '351531314732')).toMatchObject({ units: 3 })
    const waiting = station.sql('SELECT order_number FROM import_reject')
    expect(waiting).toEqual([{ order_number: '999' }])
  })
})
