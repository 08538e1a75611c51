import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createOpenPrinter, simulatedPrinterFolder } from '#electron/devices/print/open-printer.ts'
import type { SimulatedFault } from '#electron/devices/simulated/simulated-printer.ts'
import type { LabelPrinter } from '#electron/ports/label-printer.ts'
import { startFakeTcpPrinter } from '#test/devices/fake-tcp-printer.ts'

/** One kind of printer, and the handles by which the suite troubles it. */
interface Bench {
  /** The same address again, as another part of the app would open it. */
  open(): LabelPrinter
  /** Whole jobs that came out, in order. */
  printed(): Promise<readonly Buffer[]>
  trouble(fault: 'refuse' | 'breakOff' | undefined): Promise<void>
  close(): Promise<void>
}

async function tcpBench(): Promise<Bench> {
  const fake = await startFakeTcpPrinter()
  const openPrinter = createOpenPrinter({ simulatedFolder: '', tcpTimes: { connect: 500, linger: 300 } })
  let refusing = false
  return {
    open: () => openPrinter({ transport: 'tcp', address: fake.address, language: 'zpl' }),
    async printed() {
      expect(fake.mostAtOnce).toBeLessThanOrEqual(1)
      return fake.sessions
    },
    async trouble(fault) {
      fake.fault = fault === 'breakOff' ? { kind: 'resetAt', bytes: 1 } : undefined
      if (fault === 'refuse') {
        refusing = true
        await fake.close()
      }
    },
    close: () => (refusing ? Promise.resolve() : fake.close()),
  }
}

async function simulatedBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'packbench-printer-'))
  let fault: SimulatedFault | undefined
  const openPrinter = createOpenPrinter({ simulatedFolder: folder, simulatedFault: () => fault })
  const jobs = simulatedPrinterFolder(folder, '../演示 1')
  return {
    open: () => openPrinter({ transport: 'simulated', address: '../演示 1', language: 'zpl' }),
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

const job = (number: number) => Buffer.from(`^XA^FD${number}^FS^XZ${' '.repeat(number * 100)}`)

describe.each([
  ['tcp', tcpBench],
  ['simulated', simulatedBench],
])('a label printer: %s', (_, start) => {
  let bench: Bench
  beforeEach(async () => {
    bench = await start()
  })
  afterEach(() => bench.close())

  it('brings a job out unchanged', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 * 60 }, (_, at) => at & 0xff))
    expect(await bench.open().send(bytes)).toEqual({ kind: 'sent' })
    expect(await bench.printed()).toEqual([bytes])
  })

  it('brings jobs out in order, one session at a time, whoever opened it', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, number) => bench.open().send(job(number))),
    )
    expect(outcomes).toEqual(Array.from({ length: 20 }, () => ({ kind: 'sent' })))
    expect(await bench.printed()).toEqual(Array.from({ length: 20 }, (_, number) => job(number)))
  })

  it('says that nothing left, with a reason, and nothing comes out', async () => {
    await bench.trouble('refuse')
    const outcome = await bench.open().send(job(1))
    expect(outcome).toEqual({ kind: 'notSent', reason: expect.stringMatching(/\w/) as string })
    expect(await bench.printed()).toEqual([])
  })

  it('says that it does not know when the session breaks, and the next job goes through', async () => {
    await bench.trouble('breakOff')
    const lost = await bench.open().send(job(50))
    expect(lost).toEqual({ kind: 'unknown', reason: expect.stringMatching(/\w/) as string })
    await bench.trouble(undefined)
    expect(await bench.open().send(job(2))).toEqual({ kind: 'sent' })
    expect((await bench.printed()).at(-1)).toEqual(job(2))
  })

  it('a fault of one job does not hold up those behind it', async () => {
    await bench.trouble('refuse')
    const outcomes = await Promise.all([1, 2, 3].map((number) => bench.open().send(job(number))))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['notSent', 'notSent', 'notSent'])
  })
})
