import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commandCode } from '#shared/domain/packing/codes.ts'
import {
  csv,
  faults,
  importOrders,
  importText,
  openStation,
  orderByNumber,
  scan as scanAt,
  type Station,
  stockWarehouse,
  told,
} from '#test/support/station.ts'

/** Codes that name the single unit: its lot, its date and its serial number. The bench's clock stands at 2026-11-22. */
let station: Station
beforeEach(async () => {
  station = await openStation()
  await stockWarehouse(station)
  await importText(
    station,
    'catalog',
    csv([
      ['sku', 'name', 'barcode'],
      ['RED', 'Red cup', gtin.slice(1)],
    ]),
  )
  await station.desk.call('packing.setBench', {
    bench: 'Bench 1',
    countdownMs: 0,
    errorsWait: false,
    checkLabel: false,
  })
})
afterEach(async () => {
  const found = faults(station)
  await station.close()
  expect(found).toEqual([])
})

const scan = (code: string) => scanAt(station, code)
/** Of RED, with a check digit that is right. */
const gtin = '06900000000014'
/** GS1 element string as a scanner sends it: FNC1 between values of free length is a group separator. */
const unit = (serial: string, expiry = '271231') => `01${gtin}17${expiry}10A-7\u001D21${serial}`
const link = (serial: string) => `https://id.gs1.org/01/${gtin}/21/${serial}`

it('keeps lot, date and serial number of what went in, and tells them in the story', async () => {
  await importOrders(station, [{ number: 'M-1', lines: [['RED', 1]] }])
  await scan('M-1')
  expect(told(await scan(unit('S1')))).toBe('complete')
  expect(station.sql('SELECT gtin, lot, expiry, serial FROM unit_mark')).toEqual([
    { gtin: gtin, lot: 'A-7', expiry: '2027-12-31', serial: 'S1' },
  ])
  const { id } = await orderByNumber(station, 'M-1')
  const story = await station.desk.call('orders.story', { id })
  expect(story?.events.map(({ text }) => text)).toContain(`${gtin} · LOT A-7 · EXP 2027-12-31 · SN S1`)
})

it('takes no unit past its date, to the day in the warehouse', async () => {
  await importOrders(station, [{ number: 'M-1', lines: [['RED', 3]] }])
  await scan('M-1')
  const old = await scan(unit('S1', '261121'))
  expect([told(old), old.reason?.params]).toEqual(['wrongItem expired', { expiry: '2026-11-21' }])
  // 2026-11-22 09:00 in the warehouse: today may still be used.
  expect(told(await scan(unit('S1', '261122')))).toBe('right')
  station.clock.forward(14 * 60 + 59)
  expect(told(await scan(unit('S2', '261122')))).toBe('right')
  station.clock.forward(2)
  expect(told(await scan(unit('S3', '261122')))).toBe('wrongItem expired')
  expect(station.sql('SELECT serial FROM unit_mark')).toEqual([{ serial: 'S1' }, { serial: 'S2' }])
})

it('takes a unit whose date is no day, and says at once that somebody must read it', async () => {
  await importOrders(station, [{ number: 'M-1', lines: [['RED', 3]] }])
  await scan('M-1')
  const answers = [
    await scan(unit('S1', '991399')),
    // Nothing else is said of the unit; and with an hour behind it.
    await scan(`01${gtin}17260230`),
    await scan(`01${gtin}70032613311200\u001D21S3`),
  ]
  expect(answers.map(told)).toEqual(['right', 'right', 'complete'])
  expect(answers.map(({ warning }) => warning)).toEqual(
    ['991399', '260230', '2613311200'].map((digits) => ({ code: 'unreadExpiry', params: { digits } })),
  )
  expect(station.sql('SELECT lot, expiry, serial FROM unit_mark ORDER BY scan_seq')).toEqual([
    { lot: 'A-7', expiry: null, serial: 'S1' },
    { lot: null, expiry: null, serial: null },
    { lot: null, expiry: null, serial: 'S3' },
  ])
})

it('counts one unit once, whatever its code looks like, until it is taken out', async () => {
  await importOrders(station, [
    { number: 'M-1', lines: [['RED', 2]] },
    { number: 'M-2', lines: [['RED', 1]] },
  ])
  await scan('M-1')
  expect(told(await scan(unit('S1')))).toBe('right')
  const again = await scan(link('S1'))
  expect([told(again), again.reason?.params]).toEqual(['wrongItem unitTwice', { serial: 'S1', order: 'M-1' }])
  await scan(commandCode('UNDO'))
  expect(told(await scan(link('S1')))).toBe('right')
  expect(told(await scan(unit('S2')))).toBe('complete')
  await scan('M-2')
  expect(told(await scan(unit('S2')))).toBe('wrongItem unitTwice')
  // The same serial number on other goods, or no serial number at all, says nothing.
  expect(told(await scan(gtin.slice(1)))).toBe('complete')
})

it('lets a unit go again that came back, and one of an order that does not ship', async () => {
  const order = (number: string, status = '') => ({ number, lines: [['RED', 1] as const], status })
  await importOrders(station, [order('M-1'), order('M-2'), order('M-3')])
  await scan('M-1')
  const first = await scan(unit('S1'))
  await station.desk.call('packing.scan', {
    bench: 'Bench 1',
    mode: 'handover',
    gesture: 'out',
    code: first.label?.waybill ?? '',
  })
  await scan('M-2')
  expect(told(await scan(unit('S1')))).toBe('complete')
  await importOrders(station, [order('M-2', 'cancelled')])
  await scan('M-3')
  expect(told(await scan(unit('S1')))).toBe('complete')
})

describe('where a lot or a serial number went', () => {
  const handOver = (code: string) =>
    station.desk.call('packing.scan', { bench: 'Bench 1', mode: 'handover', gesture: code, code })
  const found = async (find: string) =>
    (await station.desk.call('orders.list', { find, offset: 0, limit: 10 })).rows.map(({ number }) => number)
  /** One shipped box of two units in two lots, one box that is still here, and one unit that was taken out again. */
  const packed = async () => {
    await importOrders(station, [
      { number: 'M-1', lines: [['RED', 3]] },
      { number: 'M-2', lines: [['RED', 1]] },
    ])
    await scan('M-1')
    await scan(unit('S1'))
    await scan(unit('OUT'))
    await scan(commandCode('UNDO'))
    await scan(`01${gtin}10B-8`)
    const done = await scan(gtin.slice(1))
    await scan('M-2')
    await scan(unit('S2'))
    await handOver(done.label?.waybill ?? '')
    return done.label?.waybill ?? ''
  }

  it('is found among the orders, also when they are gone', async () => {
    await packed()
    expect(await found('A-7')).toEqual(['M-1', 'M-2'])
    expect(await found('B-8')).toEqual(['M-1'])
    expect(await found('s2')).toEqual(['M-2'])
    expect(await found('A-')).toEqual(['M-1', 'M-2'])
    expect(await found('OUT')).toEqual([])
  })

  it('is exported by day, a row for each such scan', async () => {
    const waybill = await packed()
    const exported = async (language: 'zh-CN' | 'en') => {
      const { id, size, name } = await station.desk.call('shipments.exportUnits', {
        day: '2026-11-22',
        format: 'csv',
        language,
      })
      const { base64 } = await station.desk.call('files.read', { id, offset: 0, length: size })
      return { name, lines: Buffer.from(base64, 'base64').toString().trim().split('\r\n') }
    }
    const { name, lines } = await exported('en')
    expect(name).toBe('units-2026-11-22.csv')
    const time = '2026-11-22 09:00:00'
    const kept = `"${gtin}\t"` // else a spreadsheet takes the leading zero off
    expect(lines.map((line) => line.replace('\uFEFF', '').split(','))).toEqual([
      'order shop courier waybill sku gtin lot expiry serial units scanned_at handed_over_at'.split(' '),
      ['M-1', 'Shop', 'SF', waybill, 'RED', kept, 'A-7', '2027-12-31', 'S1', '1', time, time],
      ['M-1', 'Shop', 'SF', waybill, 'RED', kept, 'B-8', '', '', '1', time, time],
    ])
    expect((await exported('zh-CN')).lines[0]).toContain('批号,有效期至,序列号')
    expect(station.sql('SELECT act, subject FROM audit')).toContainEqual({
      act: 'shipments.exportUnits',
      subject: '2026-11-22',
    })
  })

  it('says so where no code of the day said any', async () => {
    expect(
      await station.desk.ask('shipments.exportUnits', { day: '2026-11-22', format: 'xlsx' }),
    ).toMatchObject({ ok: false, error: { code: 'noUnitMarks', params: { day: '2026-11-22' } } })
  })
})
