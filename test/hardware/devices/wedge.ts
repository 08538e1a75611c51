import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGadget, ownEnd, type UsbIdentity } from './gadget.ts'
import { ioctl, ioctlWith } from './ioctl.ts'
import { allCodes, keyOf, leftShift, type Key } from './keys.ts'
import { sendReport } from './usb-scanner.ts'

/** A scanner that types. */
export interface WedgeDevice {
  plug(): void
  unplug(): void
  /** Presses and lets go of each key; `\n` is Enter. Resolves when the last key is up. */
  type(text: string, msPerKey: number): Promise<void>
}

/** From include/uapi/linux/uinput.h. */
const uinput = {
  setEvent: 0x40045564,
  setKey: 0x40045565,
  setUp: 0x405c5503,
  create: 0x5501,
  destroy: 0x5502,
}
const evSyn = 0
const evKey = 1
const busUsb = 3

/** A keyboard without a bus behind it. */
export function createUinputWedge(identity: {
  readonly name: string
  readonly vendorId: number
  readonly productId: number
}): WedgeDevice {
  let fd: number | undefined
  const open = () => {
    if (fd === undefined) throw new Error('the wedge is not plugged in')
    return fd
  }
  const press = (code: number, value: 0 | 1) =>
    void writeSync(open(), Buffer.concat([inputEvent(evKey, code, value), inputEvent(evSyn, 0, 0)]))
  return {
    plug() {
      fd = openSync('/dev/uinput', constants.O_WRONLY | constants.O_NONBLOCK)
      ioctl(fd, uinput.setEvent, evKey)
      for (const code of allCodes) ioctl(fd, uinput.setKey, code)
      const setup = Buffer.alloc(92) // struct uinput_setup: bus, vendor, product, version, name of 80, a count
      setup.writeUInt16LE(busUsb, 0)
      setup.writeUInt16LE(identity.vendorId, 2)
      setup.writeUInt16LE(identity.productId, 4)
      setup.write(identity.name, 8, 79)
      ioctlWith(fd, uinput.setUp, setup)
      ioctl(fd, uinput.create, 0)
    },
    unplug() {
      if (fd === undefined) return
      ioctl(fd, uinput.destroy, 0)
      closeSync(fd)
      fd = undefined
    },
    async type(text, msPerKey) {
      for (const key of [...text].map(keyOf)) {
        if (key.shift) press(leftShift, 1)
        press(key.evdev, 1)
        press(key.evdev, 0)
        if (key.shift) press(leftShift, 0)
        await sleep(msPerKey)
      }
    },
  }
}

/** The report descriptor of a boot keyboard (HID 1.11, appendix B.1), without its lamps. */
const keyboardDescriptor = Buffer.from(
  '05010906a101050719e029e71500250175019508810295017508810195067508150025650507190029658100c0',
  'hex',
)

/** A keyboard on the emulated USB bus: it has a serial number, as a real wedge has. */
export function createUsbWedge(identity: UsbIdentity): WedgeDevice {
  const gadget = createGadget(identity, 'hid', {
    protocol: '1',
    subclass: '1',
    report_length: '8',
    report_desc: keyboardDescriptor,
  })
  const down = ({ usage, shift }: Key) => Buffer.from([shift ? 2 : 0, 0, usage, 0, 0, 0, 0, 0])
  return {
    ...gadget,
    async type(text, msPerKey) {
      for (const key of [...text].map(keyOf)) {
        await sendReport(ownEnd(gadget), down(key))
        await sendReport(ownEnd(gadget), Buffer.alloc(8))
        await sleep(msPerKey)
      }
    },
  }
}

/** struct input_event of a 64-bit kernel: two words of time, which the kernel fills, then type, code and value. */
function inputEvent(type: number, code: number, value: number): Buffer {
  const event = Buffer.alloc(24)
  event.writeUInt16LE(type, 16)
  event.writeUInt16LE(code, 18)
  event.writeInt32LE(value, 20)
  return event
}
