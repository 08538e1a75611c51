/** A bench that weighs, on real devices: a scanner on USB-COM and two scales, each pulled out in the middle of a box. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { commandCode } from '#shared/domain/packing/codes.ts'
import { createOpenScale } from '#electron/devices/open-scale.ts'
import { createUsbScale } from '#test/hardware/devices/usb-scale.ts'
import { createUsbSerial } from '#test/hardware/devices/usb-serial.ts'
import { eventually } from '#test/hardware/devices/wait.ts'
import { toledoLine } from '#test/support/toledo-line.ts'
import {
  codes,
  faults,
  importOrders,
  openStation,
  type Station,
  stockWarehouse,
} from '#test/support/station.ts'

const bench = 'Bench 1'
const maker = 'Packbench test'
/** Grams: an empty box, and what the catalogue says of a cup. */
const box = 120
const cup = 382

describe('weighing bench on real devices', () => {
  const scanner = createUsbSerial({
    vendorId: 0x0c2e,
    productId: 0x0b6a,
    maker,
    product: 'Serial scanner',
    serial: 'WEIGHSCAN',
  })
  const scaleOf = (serial: string) => ({ vendorId: 0x0922, maker, product: `Scale ${serial}`, serial })
  const hid = createUsbScale({ ...scaleOf('WEIGHHID'), productId: 0x8003 })
  const com = createUsbSerial({ ...scaleOf('WEIGHCOM'), productId: 0x8006 })
  let station: Station

  before(async () => {
    scanner.plug()
    hid.plug()
    com.plug()
    station = await openStation({ outside: { openScale: createOpenScale() } })
    await stockWarehouse(station)
    const { desk } = station
    await desk.call('packing.setBench', {
      bench,
      weigh: 'check',
      countdownMs: 0,
      errorsWait: false,
      checkLabel: false,
    })
    await desk.call('devices.saveInput', {
      name: 'Scanner',
      kind: 'scanner',
      way: 'serial',
      address: 'usb:0c2e:0b6a:WEIGHSCAN',
      bench,
    })
    station.page().session.subscribe((event) => {
      if (event.type !== 'scanned' || event.bench !== bench) return
      const { code, gesture } = event
      void desk.call('packing.scan', { bench, mode: 'pack', gesture, code, waitForLabel: false })
    })
    await linkIs('Scanner', 'open')
  })
  after(async () => {
    assert.deepEqual(faults(station), [])
    await station.close()
    for (const device of [scanner, hid, com]) device.unplug()
  })

  /** The bench's scale is this one, and no other. */
  async function useScale(name: string, way: 'hidScale' | 'serial', address: string) {
    const { desk } = station
    for (const { id, kind } of (await desk.call('devices.inputs', {})).inputs)
      if (kind === 'scale') await desk.call('devices.removeInput', { id })
    const settings = { protocol: way === 'serial' ? ('toledo' as const) : ('hid' as const) }
    await desk.call('devices.saveInput', { name, kind: 'scale', way, address, bench, settings })
    await linkIs(name, 'open')
  }
  const state = () => station.desk.call('packing.bench', { bench })
  const weight = () => station.desk.call('packing.weight', { bench })
  const linkIs = (name: string, kind: 'open' | 'gone') =>
    eventually(`${name} to be ${kind}`, async () => {
      const { inputs } = await station.desk.call('devices.inputs', {})
      return inputs.find((one) => one.name === name)?.link.kind === kind || undefined
    })
  async function scan(code: string, verdict: string) {
    const before = (await state()).last?.gesture
    scanner.say(`${code}\r\n`)
    const heard = await eventually(`an answer to ${code}`, async () => {
      const { last } = await state()
      return last === null || last.gesture === before ? undefined : last
    })
    assert.equal(heard.verdict, verdict)
  }
  const shown = (wanted: number) =>
    eventually(`${wanted} g on the bench`, async () => (await weight()).grams === wanted || undefined)
  const printed = (number: string) =>
    eventually(`the label of ${number}`, async () => {
      const { rows } = await station.desk.call('labels.list', { offset: 0, limit: 100 })
      return rows.find((row) => row.order === number)
    })
  const verdicts = () =>
    station.sql<{ verdict: string | null; net: number | null }>(
      'SELECT verdict, net_g AS net FROM parcel_weight ORDER BY parcel_id',
    )
  const scanned = () =>
    station.sql<{ code: string }>('SELECT code FROM scan ORDER BY seq').map(({ code }) => code)

  it('says that its USB-COM scanner is gone in the middle of a box, and hears it within two seconds of its return', async (t) => {
    await useScale('HID scale', 'hidScale', 'usb:0922:8003:WEIGHHID')
    await importOrders(station, [{ number: 'W-1', lines: [['RED', 2]] }])
    await hid.weigh('stable', box)
    await shown(box)
    await scan('W-1', 'opened')
    await hid.weigh('stable', box + cup)
    await scan(codes.red, 'right')
    scanner.unplug()
    await linkIs('Scanner', 'gone')
    scanner.plug()
    const back = performance.now()
    await linkIs('Scanner', 'open')
    const took = performance.now() - back
    t.diagnostic(`open again ${took.toFixed(0)} ms after it was plugged in`)
    assert.ok(took < 2000)
    await hid.weigh('stable', box + 2 * cup)
    await shown(box + 2 * cup)
    await scan(codes.red, 'complete')
    await printed('W-1')
    assert.deepEqual(scanned(), ['W-1', codes.red, codes.red])
    assert.deepEqual(verdicts(), [{ verdict: 'ok', net: 2 * cup }])
  })

  it('says that its HID scale is gone in the middle of a box, and weighs the box when it is back', async () => {
    await importOrders(station, [{ number: 'W-2', lines: [['RED', 2]] }])
    await hid.weigh('stable', box)
    await shown(box)
    await scan('W-2', 'opened')
    await hid.weigh('stable', box + cup)
    await scan(codes.red, 'right')
    hid.unplug()
    await linkIs('HID scale', 'gone')
    assert.equal((await weight()).kind, 'gone')
    hid.plug()
    await linkIs('HID scale', 'open')
    await hid.weigh('stable', box + 2 * cup)
    await shown(box + 2 * cup)
    await scan(codes.red, 'complete')
    await printed('W-2')
    assert.deepEqual(verdicts().at(-1), { verdict: 'ok', net: 2 * cup })
  })

  it('lets no box go that its USB-COM scale had stopped before it was pulled out', async () => {
    await useScale('COM scale', 'serial', 'usb:0922:8006:WEIGHCOM')
    await importOrders(station, [{ number: 'W-3', lines: [['RED', 1]] }])
    com.say(toledoLine(box))
    await shown(box)
    await scan('W-3', 'opened')
    await scan(codes.red, 'complete')
    com.say(toledoLine(box + 2 * cup))
    await eventually('the box to be stopped', async () => {
      const { pending } = await state()
      return (pending?.kind === 'weight' && pending.got === 2 * cup) || undefined
    })
    com.unplug()
    await linkIs('COM scale', 'gone')
    await scan(commandCode('WEIGH'), 'command')
    assert.equal((await state()).last?.reason?.code, 'weightStopped.gone')
    com.plug()
    await linkIs('COM scale', 'open')
    com.say(toledoLine(box + cup))
    await shown(box + cup)
    assert.equal(verdicts().at(-1)?.verdict, null)
    await scan(commandCode('WEIGH'), 'command')
    await printed('W-3')
    assert.deepEqual(verdicts().at(-1), { verdict: 'ok', net: cup })
  })
})
