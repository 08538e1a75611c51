import { createGadget, ownEnd, type UsbIdentity } from './gadget.ts'
import { sendReport } from './usb-scanner.ts'

/** A scale of the HID weighing page (HID Usage Tables, page 0x8D): a weight in grams on its data report, number 3. */
export interface ScaleDevice {
  plug(): void
  unplug(): void
  weigh(state: 'inMotion' | 'stable' | 'overLimit', grams: number): Promise<void>
}

/** One data report: status (usages 71 to 78), unit (51 to 5C), power of ten (41), weight (40). */
const descriptor = Buffer.from(
  '058d0920a1010932a1028503' +
    '0970a1021501250875089501097109720973097409750976097709788100c0' +
    '0950a1021501250c75089501095109520953095409550956095709580959095a095b095c8100c0' +
    '09411581257f750895018102' +
    '0940150027ffff0000751095018102' +
    'c0c0',
  'hex',
)

/** Places of the usages in the two lists above, which count from 1. */
const states = { inMotion: 3, stable: 4, overLimit: 6 }
const gram = 2

export function createUsbScale(identity: UsbIdentity): ScaleDevice {
  const gadget = createGadget(identity, 'hid', {
    protocol: '0',
    subclass: '0',
    report_length: '6',
    report_desc: descriptor,
  })
  return {
    ...gadget,
    weigh(state, grams) {
      const report = Buffer.from([3, states[state], gram, 0, 0, 0])
      report.writeUInt16LE(grams, 4)
      return sendReport(ownEnd(gadget), report)
    },
  }
}
