/** The real scanner adapters on real hidraw, ttyACM and evdev devices. */
import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createOpenScanner } from '#electron/devices/open-scanner.ts'
import { watchAside } from '#test/hardware/devices/bystanders.ts'
import { nodeFor } from '#test/hardware/devices/nodes.ts'
import { honeywell, newland } from '#test/hardware/devices/pos-reports.ts'
import { createUhidScanner, type ScannerDevice } from '#test/hardware/devices/uhid-scanner.ts'
import { createUsbScanner } from '#test/hardware/devices/usb-scanner.ts'
import { createUsbSerial } from '#test/hardware/devices/usb-serial.ts'
import { eventually } from '#test/hardware/devices/wait.ts'
import { createUinputWedge, createUsbWedge, type WedgeDevice } from '#test/hardware/devices/wedge.ts'
import { type Listening, listenTo } from '#test/hardware/support/listening.ts'
import type { RawScan, ScannerSettings } from '#electron/ports/scanner.ts'

const open = createOpenScanner()

const usb = (vendorId: number, productId: number, serial: string) => ({
  vendorId,
  productId,
  maker: 'Packbench test',
  product: `Scanner ${serial}`,
  serial,
})
const binding = (vendorId: number, productId: number, serial: string) =>
  `usb:${[vendorId, productId].map((id) => id.toString(16).padStart(4, '0')).join(':')}:${serial}`

const listen = (way: ScannerSettings['way'], address: string, serial?: ScannerSettings['serial']) =>
  listenTo(open, { way, address, ...(serial === undefined ? {} : { serial }) })

/**
 * Pulls a device out and puts it back: the adapter says both, and reads again. A station has two seconds for that; the
 * guest gets `patience`, and the figure is printed.
 */
async function replug(
  t: TestContext,
  device: { plug(): void; unplug(): void },
  heard: Listening<RawScan>,
  scan: () => Promise<void> | void,
): Promise<RawScan> {
  const pulled = performance.now()
  device.unplug()
  await heard.linked('gone')
  t.diagnostic(`told that it is gone after ${(performance.now() - pulled).toFixed(0)} ms`)
  await sleep(300)
  const plugged = performance.now()
  device.plug()
  await heard.linked('open')
  await scan()
  const first = await heard.next()
  t.diagnostic(`replugged and read again after ${(performance.now() - plugged).toFixed(0)} ms`)
  return first
}

const long = Array.from({ length: 120 }, (_, index) => String.fromCodePoint(48 + (index % 75))).join('')

const posScanners: readonly {
  readonly name: string
  readonly device: ScannerDevice
  readonly address: string
  readonly aim: boolean
}[] = [
  {
    name: 'Honeywell reports through uhid',
    device: createUhidScanner(honeywell, { ...usb(0x0c2e, 0x0b61, 'HON1'), name: 'Scanner HON1' }),
    address: binding(0x0c2e, 0x0b61, 'HON1'),
    aim: true,
  },
  {
    name: 'Honeywell reports over USB',
    device: createUsbScanner(honeywell, usb(0x0c2e, 0x0b61, 'HON2')),
    address: binding(0x0c2e, 0x0b61, 'HON2'),
    aim: true,
  },
  {
    name: 'Newland reports over USB',
    device: createUsbScanner(newland, usb(0x1eab, 0x0010, 'NEW1')),
    address: binding(0x1eab, 0x0010, 'NEW1'),
    aim: false,
  },
]

for (const { name, device, address, aim } of posScanners)
  describe(`HID POS scanner, ${name}`, () => {
    let heard: Listening<RawScan>
    const scanOf = (text: string, mark: string) => (aim ? { text, aim: mark } : { text })
    before(async () => {
      device.plug()
      heard = listen('hidPos', address)
      await heard.linked('open')
    })
    after(async () => {
      await heard.close()
      device.unplug()
    })

    it('reads scans in their order', async () => {
      const texts = ['SF1234567890123', '6901234567892', '0106901234567892\u001d10LOT', '1']
      for (const text of texts) await device.scan(text, ']C1')
      const scans: RawScan[] = []
      while (scans.length < texts.length) scans.push(await heard.next())
      assert.deepEqual(
        scans,
        texts.map((text) => scanOf(text, ']C1')),
      )
    })

    it('joins 120 characters that come in three reports', async () => {
      await device.scan(long, ']Q1')
      assert.deepEqual(await heard.next(), scanOf(long, ']Q1'))
      assert.deepEqual(heard.waiting, [])
    })

    it('says that it was pulled out, and reads again when it is back', async (t) => {
      const scan = await replug(t, device, heard, () => device.scan('AFTER', ']C0'))
      assert.deepEqual(scan, scanOf('AFTER', ']C0'))
    })
  })

describe('USB-COM scanner', () => {
  const device = createUsbSerial(usb(0x0c2e, 0x0b6a, 'COM1'))
  const address = binding(0x0c2e, 0x0b6a, 'COM1')
  after(device.unplug)

  it('reads scans that end with CR LF, and again after each of three replugs', async (t) => {
    device.plug()
    const heard = listen('serial', address)
    await heard.linked('open')
    device.say('SF1234567890123\r\n6901234567892\r\n')
    assert.equal((await heard.next()).text, 'SF1234567890123')
    assert.equal((await heard.next()).text, '6901234567892')
    for (const round of [1, 2, 3]) {
      const scan = await replug(t, device, heard, () => device.say(`ROUND${round}\r\n`))
      assert.equal(scan.text, `ROUND${round}`)
    }
    assert.deepEqual(heard.waiting, [])
    await heard.close()
    device.unplug()
  })

  it('waits for a scanner that is plugged in later, and tells it what it has read', async () => {
    const heard = listen('serial', address, { end: 'cr', acknowledge: true })
    await heard.linked('gone')
    device.plug()
    await heard.linked('open')
    device.say('LATER\r')
    assert.equal((await heard.next()).text, 'LATER')
    await eventually('the ACK', () => device.heard().includes(6) || undefined)
    await heard.close()
    device.unplug()
  })
})

const wedges: readonly {
  readonly name: string
  readonly device: WedgeDevice
  readonly address: string
  readonly node: Parameters<typeof nodeFor>
}[] = [
  {
    name: 'through uinput',
    device: createUinputWedge({ name: 'Wedge UIN', vendorId: 0x05f9, productId: 0x2206 }),
    address: 'usb:05f9:2206',
    node: ['input', 'name', 'Wedge UIN'],
  },
  {
    name: 'over USB',
    device: createUsbWedge(usb(0x05f9, 0x2214, 'WEDGE1')),
    address: binding(0x05f9, 0x2214, 'WEDGE1'),
    node: ['input', 'serial', 'WEDGE1'],
  },
]

for (const { name, device, address, node } of wedges)
  describe(`keyboard wedge ${name}`, () => {
    after(device.unplug)

    it('is heard, and its keys reach nobody else until it is let go', async () => {
      device.plug()
      const file = await nodeFor(...node)
      const heard = listen('keyboard', address)
      await heard.linked('open')
      const aside = watchAside(file)
      await device.type('SF1234567890123\n', 5)
      await device.type('jd-0012345/Ab\n', 5)
      assert.equal((await heard.next()).text, 'SF1234567890123')
      assert.equal((await heard.next()).text, 'jd-0012345/Ab')
      await sleep(500)
      assert.deepEqual(aside.saw(), { screen: '', events: 0 })
      await heard.close()
      await device.type('x', 5)
      let screen = ''
      await eventually('the key on the screen', () => (screen += aside.saw().screen) || undefined)
      assert.equal(screen, 'x')
      aside.close()
    })

    it('is held again after it was pulled out', async (t) => {
      const heard = listen('keyboard', address)
      await heard.linked('open')
      const scan = await replug(t, device, heard, () => device.type('AFTER1\n', 5))
      assert.equal(scan.text, 'AFTER1')
      await heard.close()
    })
  })

describe('two keyboard wedges of one kind', () => {
  const [left, right] = ['LEFT', 'RIGHT'].map((serial) => createUsbWedge(usb(0x05f9, 0x2214, serial)))
  assert.ok(left !== undefined && right !== undefined)
  after(() => {
    left.unplug()
    right.unplug()
  })

  it('are told apart though they scan at the same time', async () => {
    left.plug()
    right.plug()
    const fromLeft = listen('keyboard', binding(0x05f9, 0x2214, 'LEFT'))
    const fromRight = listen('keyboard', binding(0x05f9, 0x2214, 'RIGHT'))
    await Promise.all([fromLeft.linked('open'), fromRight.linked('open')])
    await Promise.all([left.type('L1234567890\n', 5), right.type('R0987654321\n', 5)])
    assert.equal((await fromLeft.next()).text, 'L1234567890')
    assert.equal((await fromRight.next()).text, 'R0987654321')
    assert.deepEqual([fromLeft.waiting, fromRight.waiting], [[], []])
    await fromLeft.close()
    await fromRight.close()
  })
})
