import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createOpenPrinter, simulatedPrinterFolder } from '#electron/devices/print/open-printer.ts'
import type { SimulatedFault } from '#electron/devices/simulated/simulated-printer.ts'
import type { LabelPrinter } from '#electron/ports/label-printer.ts'
import { startSimulatedPrinter } from '#scripts/simulate/printer.ts'
import { createSerialLine } from '#test/devices/serial-line.ts'

/** One kind of printer, and the handles by which the suite troubles it. */
interface Bench {
  /** The same address again, as another part of the app would open it. */
  open(): LabelPrinter
  /** What becomes of a job that nothing troubles. */
  readonly well: 'printed' | 'sent'
  /** Whole jobs that came out, in order. */
  printed(): Promise<readonly Buffer[]>
  trouble(fault: 'refuse' | 'breakOff' | undefined): Promise<void>
  close(): Promise<void>
}

const times = { tcpTimes: { connect: 500, linger: 300 }, askTimes: { answer: 3000, poll: 10 } }

async function tcpBench(): Promise<Bench> {
  const printer = await startSimulatedPrinter({ language: 'zpl', labelMs: 300 })
  const openPrinter = createOpenPrinter({ simulatedFolder: '', ...times })
  return {
    open: () => openPrinter({ transport: 'tcp', address: printer.address, language: 'zpl' }),
    well: 'printed',
    async printed() {
      expect(printer.mostAtOnce).toBeLessThanOrEqual(1)
      return printer.labels
    },
    async trouble(fault) {
      await printer.fault(fault === 'breakOff' ? 'reset-after=1' : (fault ?? 'ok'))
    },
    close: () => printer.close(),
  }
}

/** Over a pseudo terminal: a serial port, and what the driver of `/dev/usb/lp*` is in its calls. */
const lineBench = (transport: 'serial' | 'usbLp') => async (): Promise<Bench> => {
  const printer = await startSimulatedPrinter({ language: 'zpl', labelMs: 300 })
  const line = createSerialLine()
  await line.plug(printer.port)
  const openPrinter = createOpenPrinter({ simulatedFolder: '', ...times })
  const address = transport === 'serial' ? `${line.path}@115200` : line.path
  return {
    open: () => openPrinter({ transport, address, language: 'zpl' }),
    well: 'printed',
    printed: () => Promise.resolve(printer.labels),
    async trouble(fault) {
      if (fault === 'refuse') return line.unplug()
      await printer.fault(fault === 'breakOff' ? 'reset-after=1' : 'ok')
      return line.plug(printer.port)
    },
    async close() {
      await line.unplug()
      await printer.close()
    },
  }
}

async function simulatedBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'packbench-printer-'))
  let fault: SimulatedFault | undefined
  const openPrinter = createOpenPrinter({ simulatedFolder: folder, simulatedFault: () => fault })
  const jobs = simulatedPrinterFolder(folder, '../演示 1')
  return {
    open: () => openPrinter({ transport: 'simulated', address: '../演示 1', language: 'zpl' }),
    well: 'sent',
    async printed() {
      expect(readdirSync(folder).length).toBeLessThanOrEqual(1)
      const files = readdirSync(folder).length === 0 ? [] : readdirSync(jobs).toSorted()
      return files.map((file) => readFileSync(join(jobs, file)))
    },
    async trouble(next) {
      fault = next === 'breakOff' ? 'lose' : next
    },
    async close() {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const job = (number: number) => Buffer.from(`^XA^FD${number}${' '.repeat(number * 100)}^FS^XZ`)

describe.each([
  ['tcp', tcpBench],
  ['serial', lineBench('serial')],
  ['usbLp', lineBench('usbLp')],
  ['simulated', simulatedBench],
])('a label printer: %s', (_, start) => {
  let bench: Bench
  beforeEach(async () => {
    bench = await start()
  })
  afterEach(() => bench.close())

  it('brings a job out unchanged, and says first that it was sent', async () => {
    const anyBytes = Buffer.from(Array.from({ length: 256 * 60 }, (_, at) => at & 0xff))
    const bytes = Buffer.concat([Buffer.from('^XA'), anyBytes, Buffer.from('^XZ')])
    const told: string[] = []
    const outcome = await bench.open().send(bytes, { onSent: () => told.push('sent') })
    expect([...told, outcome.kind]).toEqual(['sent', bench.well])
    expect(await bench.printed()).toEqual([bytes])
  })

  it('brings jobs out in order, one session at a time, whoever opened it', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, number) => bench.open().send(job(number))),
    )
    expect(outcomes).toEqual(Array.from({ length: 8 }, () => ({ kind: bench.well })))
    expect(await bench.printed()).toEqual(Array.from({ length: 8 }, (_, number) => job(number)))
  })

  it('says that nothing left, with a reason, and nothing comes out', async () => {
    await bench.trouble('refuse')
    const told: string[] = []
    const outcome = await bench.open().send(job(1), { onSent: () => told.push('sent') })
    expect(outcome).toEqual({ kind: 'notSent', reason: expect.stringMatching(/\w/) as string })
    expect(told).toEqual([])
    expect(await bench.printed()).toEqual([])
  })

  it('says that it does not know when the session breaks, and the next job goes through', async () => {
    await bench.trouble('breakOff')
    const lost = await bench.open().send(job(50))
    expect(lost).toEqual({ kind: 'unknown', reason: expect.stringMatching(/\w/) as string })
    await bench.trouble(undefined)
    expect(await bench.open().send(job(2))).toEqual({ kind: bench.well })
    expect((await bench.printed()).at(-1)).toEqual(job(2))
  })

  it('a fault of one job does not hold up those behind it', async () => {
    await bench.trouble('refuse')
    const outcomes = await Promise.all([1, 2, 3].map((number) => bench.open().send(job(number))))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['notSent', 'notSent', 'notSent'])
  })

  it('says how it is, and between jobs too', async () => {
    expect(await bench.open().status()).toEqual({ kind: 'ready' })
    const [outcome, status] = await Promise.all([bench.open().send(job(1)), bench.open().status()])
    expect([outcome.kind, status.kind]).toEqual([bench.well, 'ready'])
  })
})
