import { join } from 'node:path'
import {
  createSimulatedPrinter,
  newestJobs,
  type SimulatedFault,
} from '#electron/devices/simulated/simulated-printer.ts'
import type {
  LabelPrinter,
  OpenPrinter,
  PrinterAddress,
  PrinterTransport,
} from '#electron/ports/label-printer.ts'
import type { SimulatedJobs } from '#electron/ports/simulated-jobs.ts'
import { createCupsDriver, createCupsPrinter } from './cups-printer.ts'
import { type AskedPrinter, createPrintQueue, type PrintQueue, queued } from './print-queue.ts'
import { serialSession } from './serial-session.ts'
import type { OpenSession } from './session.ts'
import { type AskTimes, createSessionPrinter } from './session-printer.ts'
import { createSpoolerDriver, createSpoolerPrinter } from './spooler-printer.ts'
import { dialects } from './status/index.ts'
import { tcpSession, type TcpTimes } from './tcp-session.ts'
import { usbLpSession } from './usb-lp-session.ts'
import { usbSession } from './usb-session.ts'

export interface OpenPrinterOptions {
  /** Holds one folder of jobs for each simulated printer (`simulatedPrinterFolder`). */
  readonly simulatedFolder: string
  readonly simulatedFault?: (name: string) => SimulatedFault | undefined
  readonly tcpTimes?: Partial<TcpTimes>
  readonly askTimes?: Partial<AskTimes>
}

/**
 * Opens printers by their address. The same address is always the same queue, whoever opens it and in whatever language
 * it is asked.
 */
export function createOpenPrinter(options: OpenPrinterOptions): OpenPrinter {
  const queues = new Map<string, PrintQueue>()
  const printers = new Map<string, LabelPrinter>()
  return (address) => {
    const place = `${address.transport} ${address.address.trim().toLowerCase()}`
    const queue = kept(queues, place, createPrintQueue)
    return kept(printers, `${address.language} ${place}`, () =>
      queued(adapters[address.transport](address, options), queue),
    )
  }
}

function kept<T>(all: Map<string, T>, key: string, make: () => T): T {
  const value = all.get(key) ?? make()
  all.set(key, value)
  return value
}

type Adapter = (address: PrinterAddress, options: OpenPrinterOptions) => AskedPrinter

const overSessions =
  (open: (address: string, options: OpenPrinterOptions) => OpenSession): Adapter =>
  ({ address, language }, options) =>
    language === 'driver'
      ? noDriver(address)
      : createSessionPrinter(open(address, options), dialects[language], options.askTimes)

/** Only a queue of the system has a driver. */
const noDriver = (address: string): AskedPrinter => ({
  send: async () => ({ kind: 'notSent', reason: `${address}: only a queue of the system has a driver` }),
  status: async () => ({ kind: 'unasked' }),
})

const adapters: Readonly<Record<PrinterTransport, Adapter>> = {
  tcp: overSessions((address, { tcpTimes }) => tcpSession(address, tcpTimes)),
  serial: overSessions((address) => serialSession(address)),
  usbLp: overSessions((address) => usbLpSession(address)),
  usb: overSessions((address) => usbSession(address)),
  spooler: ({ address, language }) =>
    language === 'driver' ? createSpoolerDriver(address) : createSpoolerPrinter(address),
  cups: ({ address, language }) =>
    language === 'driver' ? createCupsDriver(address) : createCupsPrinter(address),
  simulated: ({ address }, { simulatedFolder, simulatedFault }) =>
    createSimulatedPrinter({
      folder: simulatedPrinterFolder(simulatedFolder, address),
      fault: () => simulatedFault?.(address),
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
