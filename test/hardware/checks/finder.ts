/** What is plugged in is found by name, under an address that stays. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { findInputs } from '#electron/devices/find/inputs.ts'
import { createOpenScanner } from '#electron/devices/open-scanner.ts'
import { createPrinterFinder } from '#electron/devices/print/find/printer-finder.ts'
import { nodeFor } from '#test/hardware/devices/nodes.ts'
import { honeywell } from '#test/hardware/devices/pos-reports.ts'
import { createUsbPrinter } from '#test/hardware/devices/usb-printer.ts'
import { createUsbScale } from '#test/hardware/devices/usb-scale.ts'
import { createUsbScanner } from '#test/hardware/devices/usb-scanner.ts'
import { createUsbSerial } from '#test/hardware/devices/usb-serial.ts'
import { eventually } from '#test/hardware/devices/wait.ts'
import { createUinputWedge, createUsbWedge } from '#test/hardware/devices/wedge.ts'
import { openStation } from '#test/support/station.ts'

const usb = (vendorId: number, productId: number, serial: string, product: string) => ({
  vendorId,
  productId,
  maker: 'Packbench',
  product,
  serial,
})

describe('what is plugged in', () => {
  const scanner = createUsbScanner(honeywell, usb(0x0c2e, 0x0b61, 'FINDPOS', 'Area imager'))
  const com = createUsbSerial(usb(0x0c2e, 0x0b6a, 'FINDCOM', 'Imager on COM'))
  const scale = createUsbScale(usb(0x0922, 0x8003, 'FINDSCALE', 'Parcel scale'))
  const wedge = createUsbWedge(usb(0x05f9, 0x2214, 'FINDWEDGE', 'Barcode Scanner'))
  const keyboard = createUinputWedge({ name: 'Office keyboard', vendorId: 0x1d6b, productId: 0x0001 })
  const id = 'MFG:Zebra;CMD:ZPL;MDL:ZD421;CLS:PRINTER;'
  const printer = createUsbPrinter(usb(0x0a5f, 0x0164, 'FINDPRN', 'Label printer'), id)
  before(async () => {
    for (const device of [scanner, com, scale, wedge, keyboard]) device.plug()
    await printer.plug()
    await nodeFor('hidraw', 'serial', 'FINDPOS')
    await nodeFor('hidraw', 'serial', 'FINDSCALE')
    await nodeFor('tty', 'serial', 'FINDCOM')
    await nodeFor('input', 'serial', 'FINDWEDGE')
    await nodeFor('input', 'name', 'Office keyboard')
    await nodeFor('usbmisc', 'serial', 'FINDPRN')
  })
  after(() => {
    for (const device of [scanner, com, scale, wedge, keyboard, printer]) device.unplug()
  })

  it('is listed by name under what it is known by, and nobody’s keyboard among it', async () => {
    const station = await openStation()
    const { found } = await station.desk.call('devices.find', {})
    await station.close()
    const ours = found.filter(({ address }) => address.startsWith('usb:'))
    assert.deepEqual(ours.map(({ kind, way, address }) => [kind, way, address]).sort(), [
      ['printer', 'usbLp', 'usb:0a5f:0164:FINDPRN'],
      ['scale', 'hidScale', 'usb:0922:8003:FINDSCALE'],
      ['scanner', 'hidPos', 'usb:0c2e:0b61:FINDPOS'],
      ['scanner', 'keyboard', 'usb:05f9:2214:FINDWEDGE'],
      ['scanner', 'serial', 'usb:0c2e:0b6a:FINDCOM'],
    ])
    const named = (way: string, name: string) => {
      const entry = ours.find((one) => one.way === way)
      assert.ok(entry?.name.includes(name), `${way}: ${entry?.name}`)
    }
    named('hidPos', 'Area imager')
    named('hidScale', 'Parcel scale')
    named('keyboard', 'Barcode Scanner')
    named('usbLp', 'Label printer')
    assert.ok(!JSON.stringify(found).includes('Office keyboard'))
  })

  it('is told apart by its socket where two of a kind have no number', async () => {
    const twins = [1, 2].map((nth) => createUsbScanner(honeywell, usb(0x0c2e, 0x0b62, '', `Twin ${nth}`)))
    const heard: string[][] = [[], []]
    // The kernel has room for four HID gadgets.
    for (const other of [scale, wedge]) other.unplug()
    for (const twin of twins) twin.plug()
    const found = await eventually('both twins', async () => {
      const all = (await findInputs()).filter(({ address }) => address.startsWith('usb:0c2e:0b62'))
      return all.length === 2 ? all : undefined
    })
    const inOrder = found.toSorted((one, other) => one.name.localeCompare(other.name))
    for (const { address } of inOrder) assert.match(address, /^usb:0c2e:0b62@\d+-\d+$/)
    const open = createOpenScanner()
    let isOpen = 0
    const links = inOrder.map(({ address }, nth) =>
      open(
        { way: 'hidPos', address },
        {
          scan: ({ text }) => heard[nth]?.push(text),
          link: ({ kind }) => {
            if (kind === 'open') isOpen += 1
          },
        },
      ),
    )
    await eventually('both to be open', () => isOpen === 2 || undefined)
    await twins[0]?.scan('LEFT')
    await twins[1]?.scan('RIGHT')
    await eventually('both scans', () => heard.flat().length === 2 || undefined)
    assert.deepEqual(heard, [['LEFT'], ['RIGHT']])
    for (const link of links) await link.close()
    for (const twin of twins) twin.unplug()
    for (const other of [scale, wedge]) other.plug()
  })

  it('is one printer under one address by both ways, also where two of a kind have no number', async () => {
    const twins = [1, 2].map((nth) => createUsbPrinter(usb(0x0a5f, 0x0165, '', `Twin printer ${nth}`), id))
    for (const twin of twins) await twin.plug()
    const ways = await eventually('both twins by both ways', async () => {
      const found = await createPrinterFinder().find()
      const ours = found.filter(({ address }) => address.startsWith('usb:0a5f:0165'))
      const by = (transport: string) =>
        ours
          .flatMap((one) => (one.kind === 'printer' && one.transport === transport ? one.address : []))
          .sort()
      return ours.length === 4 ? { usbLp: by('usbLp'), usb: by('usb') } : undefined
    })
    for (const twin of twins) await twin.unplug()
    assert.equal(new Set(ways.usbLp).size, 2)
    for (const address of ways.usbLp) assert.match(address, /^usb:0a5f:0165@\d+-\d+$/)
    assert.deepEqual(ways.usb, ways.usbLp)
  })

  it('says of a printer what the printer says of itself', async () => {
    const found = await createPrinterFinder().find()
    const printers = found.filter((one) => one.kind === 'printer')
    assert.equal(printers.find(({ transport }) => transport === 'usbLp')?.deviceId, id)
  })

  it('is told of when it is plugged in and when it goes', async (t) => {
    // What a page does that is told: it lists anew. News may come twice, and the second then says nothing of this act.
    const finder = createPrinterFinder()
    let isListed: boolean | undefined
    const stop = finder.watch(() => {
      void finder.find().then((found) => {
        isListed = found.some(({ address }) => address === 'usb:0a5f:0164:FINDPRN')
      })
    })
    try {
      await sleep(5000) // its first look is what later ones are compared with
      for (const act of ['unplug', 'plug', 'unplug'] as const) {
        const began = performance.now()
        await printer[act]()
        await eventually(`the ${act} to be told`, () => isListed === (act === 'plug') || undefined)
        t.diagnostic(`${act} told after ${(performance.now() - began).toFixed(0)} ms`)
      }
    } finally {
      stop()
    }
  })
})
