/** The real scale adapters on a real serial port and a real HID device. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { createOpenScale } from '#electron/devices/open-scale.ts'
import type { ScaleReading, ScaleSettings } from '#electron/ports/scale.ts'
import { createUsbScale } from '#test/hardware/devices/usb-scale.ts'
import { createUsbSerial } from '#test/hardware/devices/usb-serial.ts'
import { listening } from '#test/hardware/support/listening.ts'
import { toledoLine } from '#test/support/toledo-line.ts'

const open = createOpenScale()
const listen = (settings: ScaleSettings) =>
  listening<ScaleReading>((reading, link) => open(settings, { reading, link }))

const identity = (productId: number, serial: string) => ({
  vendorId: 0x0922,
  productId,
  maker: 'Packbench test',
  product: `Scale ${serial}`,
  serial,
})

const weight = (grams: number, stable: boolean) =>
  ({ kind: 'weight', grams, stable, tareGrams: 0 }) satisfies ScaleReading

describe('scale on USB-COM', () => {
  const device = createUsbSerial(identity(0x8006, 'SCALE1'))
  after(device.unplug)

  it('tells its weights, and again after a replug', async () => {
    device.plug()
    const heard = listen({
      way: 'serial',
      address: 'usb:0922:8006:SCALE1',
      protocol: 'toledo',
    })
    await heard.linked('open')
    device.say(toledoLine(1180, true))
    assert.deepEqual(await heard.next(), weight(1180, false))
    device.say(toledoLine(1250))
    assert.deepEqual(await heard.next(), weight(1250, true))
    device.unplug()
    await heard.linked('gone')
    device.plug()
    await heard.linked('open')
    device.say(toledoLine(830))
    assert.deepEqual(await heard.next(), weight(830, true))
    await heard.close()
  })
})

describe('HID scale over USB', () => {
  const device = createUsbScale(identity(0x8003, 'SCALE2'))
  after(device.unplug)

  it('tells its weights and that it has too much on it', async () => {
    device.plug()
    const heard = listen({ way: 'hidScale', address: 'usb:0922:8003:SCALE2', protocol: 'hid' })
    await heard.linked('open')
    await device.weigh('inMotion', 400)
    await device.weigh('stable', 412)
    await device.weigh('overLimit', 0)
    assert.deepEqual(await heard.next(), weight(400, false))
    assert.deepEqual(await heard.next(), weight(412, true))
    assert.deepEqual(await heard.next(), { kind: 'overload' })
    await heard.close()
  })
})
