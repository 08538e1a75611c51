import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { heldKinds, heldReasons } from '#shared/domain/labels/held.ts'
import { commandCode } from '#shared/domain/packing/codes.ts'
import { eventually, labelStates, oneCupEach, savePrinter } from '#test/support/label-ledger.ts'
import {
  codes,
  csv,
  importOrders,
  importText,
  openStation,
  plainPress,
  plan,
  scanAll,
  type Station,
  stockWarehouse,
} from '#test/support/station.ts'

/** Labels that no waiting mends are shown with their reason, and counted where a person looks. */
let station: Station
beforeEach(async () => {
  station = await openStation()
  await stockWarehouse(station)
  await station.desk.call('packing.setBench', { bench: 'Bench 1', countdownMs: 0, checkLabel: true })
})
afterEach(() => station.close())

const benchNow = () => station.desk.call('packing.bench', { bench: 'Bench 1' })
const choose = (printer: string | null) =>
  station.desk.call('packing.setBench', { bench: 'Bench 1', printer })
const counted = async () => {
  const [bench, today] = [await benchNow(), await station.desk.call('orders.today', {})]
  const list = await station.desk.call('orders.list', { only: 'unprinted', offset: 0, limit: 10 })
  expect([today.unprinted, list.total]).toEqual([bench.unprinted, bench.unprinted])
  return list.rows.map(({ number }) => number)
}

it('a wave is not printed at a bench without a printer: nothing is asked for, and it prints once there is one', async () => {
  await importOrders(
    station,
    ['P-1', 'P-2'].map((number) => ({
      number,
      lines: [
        ['RED', 1],
        ['TEA', 1],
      ] as const,
    })),
  )
  const [wave] = (await plan(station)).waves
  const print = () =>
    station.desk.ask('packing.printWave', {
      bench: 'Bench 1',
      wave: wave?.id ?? '',
      reversed: false,
      job: randomUUID(),
    })
  await choose(null)
  expect(await print()).toMatchObject({
    ok: false,
    error: { code: 'benchNoPrinter', params: { bench: 'Bench 1' } },
  })
  expect(labelStates(station)).toEqual([])
  expect(station.sql('SELECT id FROM parcel')).toEqual([])
  await choose('P1')
  expect(await print()).toMatchObject({ ok: true, value: { printed: 2, left: [] } })
})

it('a label for which no printer is chosen says so at the bench, and stands among those that wait for a person', async () => {
  await oneCupEach(station, ['P-1', 'P-2'])
  await choose(null)
  await scanAll(station, ['P-1', codes.red])
  const bench = await benchNow()
  expect(bench.label).toMatchObject({ state: 'notSent', reason: 'noPrinter' })
  expect(await counted()).toEqual(['P-1'])
})

it('a label that only a print component prints waits for a person too', async () => {
  const data = JSON.stringify({ encryptedData: 'x', templateURL: 'https://t.example/1' })
  await importText(
    station,
    'waybills',
    csv([
      ['waybill', 'print_data', 'platform', 'order_number'],
      ['YT1', data, 'cainiao', 'P-1'],
    ]),
    { courier: 'YT' },
  )
  await importOrders(station, [{ number: 'P-1', lines: [['RED', 1]], courier: 'YT' }])
  await scanAll(station, ['P-1', codes.red])
  expect((await benchNow()).label).toMatchObject({ state: 'notSent', reason: 'needsComponent' })
  expect(await counted()).toEqual(['P-1'])
})

it('a label that waits for its printer is not among them', async () => {
  await oneCupEach(station, ['P-1'])
  station.printer.next.push({ kind: 'notSent', reason: 'off' })
  await scanAll(station, ['P-1', codes.red])
  expect((await benchNow()).label).toMatchObject({ state: 'notSent', reason: 'off' })
  expect(await counted()).toEqual([])
})

it('a label that was tried once and cannot be drawn since is not drawn again at every change of a printer', async () => {
  let drawings = 0
  await station.close()
  station = await openStation({
    outside: { watchPaces: { idle: 10, trouble: [10] } },
    labelPress: {
      ...plainPress,
      render: (label, media) => {
        drawings += 1
        const fits = plainPress.render(label, media)
        return media.widthMm < 50 ? { ...fits, refused: 'mediaTooSmall' } : fits
      },
    },
  })
  await stockWarehouse(station)
  await oneCupEach(station, ['P-1'])
  const own = await savePrinter(station, 'P1', '192.0.2.8:9100')
  await savePrinter(station, 'P2', '192.0.2.9:9100')
  station.printerAt(own.address).next.push({ kind: 'notSent', reason: 'off' })
  await scanAll(station, ['P-1', codes.red])
  await station.desk.call('devices.savePrinter', { ...own, widthMm: 40 })
  station.page()
  const refusals = () => station.sql(`SELECT id FROM label_event WHERE reason = 'mediaTooSmall'`).length
  await eventually(refusals, 1)
  const before = drawings
  const other = station.printerAt('192.0.2.9:9100')
  for (let time = 0; time < 20; time += 1) {
    other.status = { kind: time % 2 === 0 ? 'busy' : 'ready' }
    await new Promise((done) => setTimeout(done, 20))
  }
  expect(drawings).toBe(before)
  expect(refusals()).toBe(1)
})

it('a label whose printer was removed waits for another, whatever the old one said last', async () => {
  await oneCupEach(station, ['P-1'])
  station.printer.next.push({ kind: 'notSent', reason: 'off' })
  await scanAll(station, ['P-1', codes.red])
  const [printer] = (await station.desk.call('devices.printers', {})).printers
  await station.desk.call('devices.removePrinter', { id: printer?.id ?? '' })
  expect((await benchNow()).label).toMatchObject({ state: 'notSent', reason: 'noPrinter' })
  expect(await counted()).toEqual(['P-1'])
  await savePrinter(station, 'P2', '192.0.2.9:9100')
  await choose('P2')
  await eventually(() => labelStates(station), ['sent'])
  expect(await counted()).toEqual([])
})

it('the count knows every reason that waits for a person', async () => {
  await oneCupEach(station, ['P-1'])
  await scanAll(station, ['P-1'])
  // The fake's reason stands in the ledger as it is.
  const ends = async (reason: string, code: string) => {
    station.printer.next.push({ kind: 'notSent', reason })
    await scanAll(station, [code])
    expect((await benchNow()).label).toMatchObject({ state: 'notSent', reason })
    return counted()
  }
  expect(await ends('waits: paperOut', codes.red)).toEqual([])
  for (const reason of [...heldReasons, ...heldKinds.map((kind) => `${kind}: this`)]) {
    expect([reason, await ends(reason, commandCode('REPRINT'))]).toEqual([reason, ['P-1']])
    expect(await ends('192.0.2.8:9100: does not answer', commandCode('REPRINT'))).toEqual([])
  }
})
