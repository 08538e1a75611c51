import type { OpenInput, OpenScanner } from '#electron/ports/scanner.ts'
import { type HidAccess, systemHid } from './hid/hid-access.ts'
import { openHidScanner } from './hid/hid-scanner.ts'
import { openKeyScanner } from './input/key-scanner.ts'
import { loadScannerMakers, type ScannerMaker } from './scanner-makers.ts'
import { openSerialScanner } from './serial/serial-scanner.ts'

export interface OpenScannerOptions {
  readonly hid?: HidAccess
  readonly makers?: readonly ScannerMaker[]
}

/** Opens scanners whichever way they are plugged in. Native modules are loaded when the first of their kind is opened. */
export function createOpenScanner(options: OpenScannerOptions = {}): OpenScanner {
  const { hid = systemHid() } = options
  let { makers } = options
  return ({ way, address, serial }, heard): OpenInput => {
    switch (way) {
      case 'hidPos':
        makers ??= loadScannerMakers()
        return openHidScanner({ hid, makers, address }, heard)
      case 'serial':
        return openSerialScanner({ address, ...(serial === undefined ? {} : { settings: serial }) }, heard)
      case 'keyboard':
        return openKeyScanner({ address }, heard)
    }
  }
}
