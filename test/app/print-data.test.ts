import { afterEach, beforeEach, expect, it } from 'vitest'
import { csv, importText, openStation, type Station } from '#test/support/station.ts'

let station: Station
beforeEach(async () => {
  station = await openStation()
})
afterEach(() => station.close())

const sealed = (signature: string) =>
  JSON.stringify({ encryptedData: 'AES:"x",\\n', signature, templateURL: 'https://t/1' })
const bring = (rows: readonly (readonly string[])[]) =>
  importText(station, 'waybills', csv([['运单号', '电子面单数据', '平台'], ...rows]), { courier: '圆通' })
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
