import { closeSync, constants, openSync } from 'node:fs'
import { createGadget, ownEnd, type UsbIdentity } from './gadget.ts'
import type { PosScanner } from './pos-reports.ts'
import type { ScannerDevice } from './uhid-scanner.ts'
import { eventually, writeNow } from './wait.ts'

/** A HID scanner on the emulated USB bus. */
export function createUsbScanner(maker: PosScanner, identity: UsbIdentity): ScannerDevice {
  const gadget = createGadget(identity, 'hid', {
    protocol: '0',
    subclass: '0',
    report_length: '64',
    report_desc: maker.descriptor,
  })
  return {
    ...gadget,
    async scan(text, aim = ']C0') {
      for (const report of maker.reports(text, aim)) await sendReport(ownEnd(gadget), report)
    },
  }
}

/** Resolves when the host has room for the report; the bus asks for one at a time. */
export async function sendReport(file: string, report: Buffer): Promise<void> {
  const fd = openSync(file, constants.O_RDWR | constants.O_NONBLOCK)
  try {
    await eventually(`${file} to take a report`, () => writeNow(fd, report))
  } finally {
    closeSync(fd)
  }
}
