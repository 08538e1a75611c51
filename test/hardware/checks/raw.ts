/**
 * The devices by themselves, seen with nothing but files: when one of these fails, it is the fixture or the kernel, and
 * what the adapters say proves nothing.
 */
import assert from 'node:assert/strict'
import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { watchAside } from '#test/hardware/devices/bystanders.ts'
import { ioctlWith } from '#test/hardware/devices/ioctl.ts'
import { keyOf } from '#test/hardware/devices/keys.ts'
import { nodeFor, nodeGone } from '#test/hardware/devices/nodes.ts'
import { honeywell, newland } from '#test/hardware/devices/pos-reports.ts'
import { createUhidScanner, type ScannerDevice } from '#test/hardware/devices/uhid-scanner.ts'
import { createUsbPrinter } from '#test/hardware/devices/usb-printer.ts'
import { createUsbScanner } from '#test/hardware/devices/usb-scanner.ts'
import { createUsbSerial, makeRaw } from '#test/hardware/devices/usb-serial.ts'
import { codeOf, eventually, readNow, textOf, writeNow } from '#test/hardware/devices/wait.ts'
import { createUinputWedge, createUsbWedge, type WedgeDevice } from '#test/hardware/devices/wedge.ts'

const openFile = (file: string) =>
  openSync(file, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY)

/** Reads until `count` bytes have come. */
async function read(fd: number, count: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  await eventually(`${count} bytes`, () => {
    const piece = readNow(fd) ?? Buffer.alloc(0)
    pieces.push(piece)
    size += piece.length
    return size >= count ? true : undefined
  })
  return Buffer.concat(pieces)
}

const codeWhenGone = (fd: number) => eventually('the open file to fail', () => codeOf(() => readNow(fd)))

const usb = (serial: string) => ({
  vendorId: 0x1d6b,
  productId: 0x0104,
  maker: 'Packbench test',
  product: `Device ${serial}`,
  serial,
})

describe('raw hidraw', () => {
  const made: readonly { how: string; scanner: ScannerDevice; node: Parameters<typeof nodeFor> }[] = [
    {
      how: 'uhid',
      scanner: createUhidScanner(honeywell, { ...usb('RAWUHID'), name: 'Raw scanner' }),
      node: ['hidraw', 'uevent', 'HID_UNIQ=RAWUHID'],
    },
    { how: 'usb', scanner: createUsbScanner(newland, usb('RAWHID')), node: ['hidraw', 'serial', 'RAWHID'] },
  ]

  for (const { how, scanner, node } of made)
    it(`gives the reports of a ${how} scanner, and ENODEV or EIO when it is pulled out`, async (t) => {
      const plugged = performance.now()
      scanner.plug()
      const fd = openFile(await nodeFor(...node))
      t.diagnostic(`there after ${(performance.now() - plugged).toFixed(0)} ms`)
      await scanner.scan('SF1234567890123')
      const report = await read(fd, 64)
      assert.equal(report.length, 64)
      assert.equal(report[1], 15)
      assert.ok(report.includes('SF1234567890123'))
      scanner.unplug()
      assert.match(await codeWhenGone(fd), /^(ENODEV|EIO)$/)
      closeSync(fd)
      await nodeGone(...node)
    })
})

describe('raw ttyACM', () => {
  const device = createUsbSerial(usb('RAWACM'))
  after(device.unplug)

  it('carries bytes both ways, and comes back after a replug', async (t) => {
    for (const round of [1, 2]) {
      const plugged = performance.now()
      device.plug()
      const file = await nodeFor('tty', 'serial', 'RAWACM')
      const fd = await eventually(`${file} to open`, () => {
        let opened: number | undefined
        return codeOf(() => (opened = openFile(file))) === undefined ? opened : undefined
      })
      t.diagnostic(`round ${round}: open after ${(performance.now() - plugged).toFixed(0)} ms`)
      makeRaw(file)
      device.say('6901234567892\r\n')
      assert.equal((await read(fd, 15)).toString(), '6901234567892\r\n')
      writeSync(fd, 'W\r\n')
      let heard = ''
      await eventually(
        'the device to hear it',
        () => (heard += device.heard().toString()) === 'W\r\n' || undefined,
      )
      device.unplug()
      // A terminal that was hung up reads as an ended file.
      await eventually('the port to end', () =>
        codeOf(() => assert.notEqual(readNow(fd)?.length, 0)) === undefined ? undefined : true,
      )
      closeSync(fd)
      await nodeGone('tty', 'serial', 'RAWACM')
    }
  })
})

describe('raw lp', () => {
  const id = 'MFG:Packbench;MDL:Raw;CMD:ZPL;CLS:PRINTER;'
  const printer = createUsbPrinter(usb('RAWLP'), id)
  let file: string
  before(async () => {
    await printer.plug()
    file = await nodeFor('usbmisc', 'serial', 'RAWLP')
  })
  after(printer.unplug)

  it('takes 60 KB as they are, tells its name and answers', async (t) => {
    const job = Buffer.from(Uint8Array.from({ length: 60_000 }, (_, index) => (index * 31) % 256))
    const fd = openFile(file)
    const began = performance.now()
    for (let at = 0; at < job.length;)
      at += await eventually('the printer to take more', () => writeNow(fd, job.subarray(at)))
    await eventually('the whole job', () => printer.printed().length >= job.length || undefined)
    t.diagnostic(`60 KB in ${(performance.now() - began).toFixed(0)} ms`)
    assert.ok(printer.printed().equals(job))
    const answer = '\u0002030,0,0\u0003\r\n'
    printer.answer(Buffer.from(answer))
    assert.equal((await read(fd, answer.length)).toString(), answer)
    closeSync(fd)
    assert.equal(textOf(`/sys/class/usbmisc/${file.slice('/dev/usb/'.length)}/device/ieee1284_id`), id)
  })

  it('tells that its paper is out', () => {
    const lpGetStatus = 0x060b // LPGETSTATUS of include/uapi/linux/lp.h: the printer class's port status
    const fd = openFile(file)
    const status = () => {
      const answer = Buffer.alloc(4)
      ioctlWith(fd, lpGetStatus, answer)
      return answer.readInt32LE(0)
    }
    const ready = status()
    printer.setPaperOut(true)
    const out = status()
    printer.setPaperOut(false)
    assert.deepEqual([ready, out, status()], [0x18, 0x30, 0x18])
    closeSync(fd)
  })

  it('refuses a second session, and says ENODEV or EIO when it is pulled out', async () => {
    const fd = openFile(file)
    assert.equal(
      codeOf(() => openFile(file)),
      'EBUSY',
    )
    printer.unplug()
    // EIO where the read that the driver had begun is what fails.
    assert.match(await codeWhenGone(fd), /^(ENODEV|EIO)$/)
    closeSync(fd)
    await nodeGone('usbmisc', 'serial', 'RAWLP')
    await printer.plug()
    closeSync(openFile(await nodeFor('usbmisc', 'serial', 'RAWLP')))
  })
})

describe('raw evdev', () => {
  const made: readonly { how: string; wedge: WedgeDevice; node: Parameters<typeof nodeFor> }[] = [
    {
      how: 'uinput',
      wedge: createUinputWedge({ ...usb(''), name: 'Raw wedge' }),
      node: ['input', 'name', 'Raw wedge'],
    },
    { how: 'usb', wedge: createUsbWedge(usb('RAWWEDGE')), node: ['input', 'serial', 'RAWWEDGE'] },
  ]
  for (const { how, wedge, node } of made)
    it(`gives the keys of a ${how} wedge`, async () => {
      wedge.plug()
      const fd = openFile(await nodeFor(...node))
      await wedge.type('A1\n', 5)
      const codes: number[] = []
      await eventually('three keys', async () => {
        const events = await read(fd, 24)
        for (let at = 0; at < events.length; at += 24)
          if (events.readUInt16LE(at + 16) === 1 && events.readInt32LE(at + 20) === 1)
            codes.push(events.readUInt16LE(at + 18))
        return codes.includes(keyOf('\n').evdev) || undefined
      })
      assert.deepEqual(codes, [42, 30, 2, 28])
      wedge.unplug()
      assert.equal(await codeWhenGone(fd), 'ENODEV')
      closeSync(fd)
    })

  it('lets the keys of a wedge that nobody holds reach the screen and any other reader', async () => {
    const wedge = createUinputWedge({ ...usb(''), name: 'Free wedge' })
    wedge.plug()
    const bystanders = watchAside(await nodeFor('input', 'name', 'Free wedge'))
    await wedge.type('sf12\n', 5)
    let screen = ''
    let events = 0
    await eventually('the keys to arrive', () => {
      const saw = bystanders.saw()
      screen += saw.screen
      events += saw.events
      return screen.length >= 5 || undefined
    })
    assert.equal(screen, 'sf12\r')
    assert.equal(events, 20) // press, report, release, report
    bystanders.close()
    wedge.unplug()
  })
})
