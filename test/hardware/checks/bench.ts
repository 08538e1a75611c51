/** The whole core on real devices: what a packer does, and what the bench says when a cable is pulled meanwhile. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { honeywell } from '#test/hardware/devices/pos-reports.ts'
import { createUsbPrinter } from '#test/hardware/devices/usb-printer.ts'
import { createUsbScanner } from '#test/hardware/devices/usb-scanner.ts'
import { eventually } from '#test/hardware/devices/wait.ts'
import { giveVoice } from '#test/hardware/devices/zpl-voice.ts'
import {
  codes,
  faults,
  importOrders,
  openStation,
  plainPress,
  type Station,
  stockWarehouse,
} from '#test/support/station.ts'

const bench = 'Bench 1'
const maker = 'Packbench test'

/** As large as a label without compression, so that it can be caught half way; the waybill stands at its start. */
const press = {
  ...plainPress,
  encode: (bitmap: { readonly data: Uint8Array }) => Buffer.concat([bitmap.data, Buffer.alloc(200_000, '.')]),
}

describe('bench on real devices', () => {
  const scanner = createUsbScanner(honeywell, {
    vendorId: 0x0c2e,
    productId: 0x0b61,
    maker,
    product: 'Bench scanner',
    serial: 'BENCHSCAN',
  })
  const printer = createUsbPrinter(
    { vendorId: 0x0a5f, productId: 0x0164, maker, product: 'Bench printer', serial: 'BENCHPRN' },
    'MFG:Packbench;CMD:ZPL;MDL:Bench;CLS:PRINTER;',
  )
  let station: Station
  let silence = () => {}
  const speak = () => {
    silence()
    silence = giveVoice(printer)
  }

  before(async () => {
    await printer.plug()
    scanner.plug()
    station = await openStation({ realPrinters: true, labelPress: press })
    await stockWarehouse(station)
    const { desk } = station
    const [first] = (await desk.call('devices.printers', {})).printers
    await desk.call('devices.savePrinter', {
      id: first?.id,
      name: 'Bench printer',
      transport: 'usbLp',
      address: 'usb:0a5f:0164:BENCHPRN',
      language: 'zpl',
      widthMm: 100,
      heightMm: 150,
      dpi: 203,
    })
    await desk.call('packing.bench', { bench })
    await desk.call('devices.saveInput', {
      name: 'Bench scanner',
      kind: 'scanner',
      way: 'hidPos',
      address: 'usb:0c2e:0b61:BENCHSCAN',
      bench,
    })
    // What the bench's page does with a scan of a scanner that the core drives; printers are watched while there is one.
    station.page().session.subscribe((event) => {
      if (event.type !== 'scanned' || event.bench !== bench) return
      const { code, gesture } = event
      void desk.call('packing.scan', { bench, mode: 'pack', gesture, code, waitForLabel: false })
    })
    await scannerIs('open')
  })
  beforeEach(() => {
    printer.forget()
    speak()
  })
  after(async () => {
    silence()
    await station.close()
    scanner.unplug()
    printer.unplug()
  })

  const state = () => station.desk.call('packing.bench', { bench })
  const scannerIs = (kind: 'open' | 'gone') =>
    eventually(`the scanner to be ${kind}`, async () => {
      const { inputs } = await station.desk.call('devices.inputs', {})
      return inputs[0]?.link.kind === kind || undefined
    })
  /** Scans an order and the one cup that is in it; gives the number of its label. */
  async function pack(number: string): Promise<string> {
    await importOrders(station, [{ number, lines: [['RED', 1]] }])
    await scanner.scan(number)
    await eventually(
      'the order on the bench',
      async () => (await state()).order?.number === number || undefined,
    )
    await scanner.scan(codes.red)
    return await eventually('the label', async () => (await labelOf(number))?.waybill)
  }
  const labelOf = async (number: string) => {
    const { rows } = await station.desk.call('labels.list', { offset: 0, limit: 100 })
    return rows.find((row) => row.order === number)
  }
  const labelIs = (number: string, wanted: string) =>
    eventually(`the label of ${number} to be ${wanted}`, async () => {
      return (await labelOf(number))?.state === wanted || undefined
    })
  const copiesOf = (waybill: string) => printer.printed().toString('latin1').split(waybill).length - 1

  it('packs an order with nothing but the scanner, and its label comes out once', async (t) => {
    const began = performance.now()
    const waybill = await pack('P-1')
    await labelIs('P-1', 'printed')
    t.diagnostic(`order scanned, packed and printed in ${(performance.now() - began).toFixed(0)} ms`)
    assert.equal(copiesOf(waybill), 1)
  })

  it('says that nobody knows what became of a label whose printer was pulled out half way, and goes on', async () => {
    printer.takeUpTo(20_000)
    const waybill = await pack('P-2')
    await eventually('half of the label', () => printer.printed().length >= 20_000 || undefined)
    printer.unplug()
    await labelIs('P-2', 'unknown')
    await eventually('the bench to miss its printer', async () => {
      return (await state()).printerState?.kind === 'absent' || undefined
    })
    assert.deepEqual(
      (await state()).doubts.map((doubt) => doubt.waybill),
      [waybill],
    )

    printer.takeUpTo(undefined)
    printer.forget()
    await printer.plug()
    await eventually('the bench to have its printer back', async () => {
      return (await state()).printerState?.kind !== 'absent' || undefined
    })
    await sleep(2000)
    assert.equal(copiesOf(waybill), 0)
    const next = await pack('P-3')
    await labelIs('P-3', 'printed')
    assert.equal(copiesOf(next), 1)
    assert.equal((await labelOf('P-2'))?.state, 'unknown')
  })

  it('keeps a label back while the paper is out, says so, and prints it when there is paper', async () => {
    silence() // as Zebra's printers do while the paper is out
    printer.setPaperOut(true)
    await pack('P-4')
    await eventually('the bench to say that the paper is out', async () => {
      return (await state()).printerState?.troubles.includes('paperOut') || undefined
    })
    const kept = await pack('P-5')
    await labelIs('P-5', 'notSent')
    assert.equal(copiesOf(kept), 0)
    printer.setPaperOut(false)
    speak()
    await labelIs('P-5', 'printed')
    assert.equal(copiesOf(kept), 1)
  })

  it('says that its scanner is gone, and hears it when it is back', async () => {
    scanner.unplug()
    await scannerIs('gone')
    scanner.plug()
    await scannerIs('open')
    await pack('P-6')
    await labelIs('P-6', 'printed')
    assert.deepEqual(faults(station), [])
  })
})
