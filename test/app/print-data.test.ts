import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  codes,
  csv,
  importOrders,
  importText,
  openStation,
  scanAll,
  type Station,
  stockWarehouse,
} from '#test/support/station.ts'

let station: Station
beforeEach(async () => {
  station = await openStation()
})
afterEach(() => station.close())

const sealed = (signature: string) =>
  JSON.stringify({ encryptedData: 'AES:"x",\\n', signature, templateURL: 'https://t/1' })
/** Sealed data is of one order; a plain number is of none. */
const bring = (rows: readonly (readonly string[])[]) =>
  importText(
    station,
    'waybills',
    csv([
      ['运单号', '电子面单数据', '平台', '订单号'],
      ...rows.map((row) => [...row, row[1] === '' ? '' : 'O-1']),
    ]),
    { courier: '圆通' },
  )
const kept = () => station.sql('SELECT number, state, print_data, platform FROM waybill ORDER BY id')

it('print data is kept with its number as it came, and newer data takes its place', async () => {
  expect(
    await bring([
      ['YT1', sealed('a'), '菜鸟'],
      ['YT2', '', ''],
    ]),
  ).toMatchObject({ created: 2 })
  expect(kept()).toEqual([
    { number: 'YT1', state: 'free', print_data: sealed('a'), platform: 'cainiao' },
    { number: 'YT2', state: 'free', print_data: null, platform: null },
  ])
  expect(
    await bring([
      ['YT1', sealed('b'), ''],
      ['YT2', '', ''],
      ['YT3', sealed('c'), 'pdd'],
    ]),
  ).toMatchObject({ created: 1, updated: 1, unchanged: 1 })
  // A file without the columns takes nothing away.
  await importText(station, 'waybills', csv([['waybill'], ['YT1']]), { courier: '圆通' })
  expect(kept()).toEqual([
    { number: 'YT1', state: 'free', print_data: sealed('b'), platform: 'cainiao' },
    { number: 'YT2', state: 'free', print_data: null, platform: null },
    { number: 'YT3', state: 'free', print_data: sealed('c'), platform: 'pinduoduo' },
  ])
})

it('print data that is cut, of an unknown platform, or given in two ways, is refused with its row', async () => {
  const result = await bring([
    ['YT1', sealed('a').slice(0, -2), '菜鸟'],
    ['YT2', '["x"]', '菜鸟'],
    ['YT3', sealed('a'), '某平台'],
    ['YT4', sealed('a'), '京东'],
    ['YT4', sealed('b'), '京东'],
    ['YT5', `{"x":"${'x'.repeat(30_000)}"}`, ''],
    ['YT6', sealed('a'), '快手'],
  ])
  expect(result.rejected.map(({ row, reason }) => [row, reason.code])).toEqual([
    [2, 'jsonUnreadable'],
    [3, 'jsonUnreadable'],
    [4, 'wordUnknown'],
    [7, 'tooLong'],
    [5, 'waybillConflict'],
  ])
  expect(kept()).toEqual([{ number: 'YT6', state: 'free', print_data: sealed('a'), platform: 'kuaishou' }])
})

it('print data that does not say whose it is is refused, and a number of two orders is taken for neither', async () => {
  const result = await importText(
    station,
    'waybills',
    csv([
      ['运单号', '电子面单数据', '订单号'],
      ['YT1', sealed('a'), ''],
      ['YT2', '', 'O-1'],
      ['YT2', '', 'O-2'],
      ['YT3', sealed('c'), 'O-3'],
    ]),
    { courier: '圆通' },
  )
  expect(result.rejected.map(({ row, reason }) => [row, reason.code])).toEqual([
    [2, 'sealedForNobody'],
    [3, 'waybillConflict'],
  ])
  expect(station.sql('SELECT number, order_number FROM waybill')).toEqual([
    { number: 'YT3', order_number: 'O-3' },
  ])
})

it('a number of one order is given to no other, and of several the order has the newest', async () => {
  await stockWarehouse(station, 0)
  const rows = [
    ['运单号', '订单号'],
    ['YT1', 'O-2'],
    ['YT2', 'O-1'],
    ['YT3', 'O-1'],
  ]
  await importText(station, 'waybills', csv(rows), { courier: '圆通' })
  const tea = (number: string) => ({ number, courier: '圆通', lines: [['TEA', 1]] as const })
  await importOrders(station, ['O-1', 'O-2', 'O-3'].map(tea))
  await scanAll(station, ['O-3', codes.tea, 'O-1', codes.tea])
  // The newest: the address may have changed between the two.
  expect(station.sql('SELECT waybill FROM label')).toEqual([{ waybill: 'YT3' }])
  expect(station.sql(`SELECT number FROM waybill WHERE state = 'free'`)).toEqual([
    { number: 'YT1' },
    { number: 'YT2' },
  ])
})
