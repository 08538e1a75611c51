import type { OpenScanner, RawScan, ScannerListener } from '#electron/ports/scanner.ts'
import { createSimulatedInputs } from './simulated-inputs.ts'

/** Scanners without hardware, known by any address. */
export interface SimulatedScanners {
  readonly open: OpenScanner
  scan(address: string, scan: RawScan): void
  plug(address: string): void
  unplug(address: string): void
}

export function createSimulatedScanners(): SimulatedScanners {
  const { open, say, plug, unplug } = createSimulatedInputs<ScannerListener>()
  return {
    open: ({ address }, heard) => open(address, heard),
    scan: (address, scan) => say(address, (heard) => heard.scan(scan)),
    plug,
    unplug,
  }
}
