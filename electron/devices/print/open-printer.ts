import { join } from 'node:path'
import {
  createSimulatedPrinter,
  newestJobs,
  type SimulatedFault,
} from '#electron/devices/simulated/simulated-printer.ts'
import type { LabelPrinter, OpenPrinter } from '#electron/ports/label-printer.ts'
import type { SimulatedJobs } from '#electron/ports/simulated-jobs.ts'
import { inTurn } from './print-queue.ts'
import { createTcpPrinter, type TcpPrinterTimes } from './tcp-printer.ts'

export interface OpenPrinterOptions {
  /** Holds one folder of jobs for each simulated printer (`simulatedPrinterFolder`). */
  readonly simulatedFolder: string
  readonly simulatedFault?: (name: string) => SimulatedFault | undefined
  readonly tcpTimes?: Partial<TcpPrinterTimes>
}

/** Opens printers by their address. The same address is always the same queue, whoever opens it. */
export function createOpenPrinter(options: OpenPrinterOptions): OpenPrinter {
  const opened = new Map<string, LabelPrinter>()
  return (address) => {
    const key = `${address.transport} ${address.address.trim().toLowerCase()}`
    const known = opened.get(key)
    if (known !== undefined) return known
    const printer = inTurn(
      adapters[address.transport === 'simulated' ? 'simulated' : 'tcp'](address.address, options),
    )
    opened.set(key, printer)
    return printer
  }
}

const adapters: Readonly<
  Record<'tcp' | 'simulated', (address: string, options: OpenPrinterOptions) => LabelPrinter>
> = {
  tcp: (address, { tcpTimes }) => createTcpPrinter(address, tcpTimes),
  simulated: (name, { simulatedFolder, simulatedFault }) =>
    createSimulatedPrinter({
      folder: simulatedPrinterFolder(simulatedFolder, name),
      fault: () => simulatedFault?.(name),
    }),
}

/** Reads what the printers opened with the same `simulatedFolder` have put out. */
export function createSimulatedJobs(simulatedFolder: string): SimulatedJobs {
  return { newest: (name, limit) => newestJobs(simulatedPrinterFolder(simulatedFolder, name), limit) }
}

/** Where a simulated printer keeps its jobs; any name makes one plain folder name on every system. */
export function simulatedPrinterFolder(simulatedFolder: string, name: string): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_-]/gu, (sign) => `%${(sign.codePointAt(0) ?? 0).toString(16)}`)
  return join(simulatedFolder, `printer-${plain.slice(0, 80)}`)
}
