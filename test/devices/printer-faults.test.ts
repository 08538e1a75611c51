import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { LabelPrinter } from '#electron/ports/label-printer.ts'
import { serialSession } from '#electron/devices/print/serial-session.ts'
import type { OpenSession } from '#electron/devices/print/session.ts'
import { createOpenPrinter } from '#electron/devices/print/open-printer.ts'
import { createSessionPrinter } from '#electron/devices/print/session-printer.ts'
import { dialects } from '#electron/devices/print/status/index.ts'
import { tcpSession } from '#electron/devices/print/tcp-session.ts'
import { usbLpSession } from '#electron/devices/print/usb-lp-session.ts'
import {
  type PrinterOptions,
  type SimulatedPrinter,
  startSimulatedPrinter,
} from '#scripts/simulate/printer.ts'
import { createSerialLine } from './serial-line.ts'

type Spoken = 'zpl' | 'tspl' | 'escpos'
const raster = Buffer.alloc(400, 0xa5)
const jobs: Readonly<Record<Spoken, (number: number) => Buffer>> = {
  zpl: (number) => Buffer.from(`^XA^FD${number}^FS${' '.repeat(3000)}^XZ`),
  tspl: (number) =>
    Buffer.concat([
      Buffer.from(`SIZE 100 mm,150 mm\r\nCLS\r\nBITMAP 0,${number},20,20,0,`),
      raster,
      Buffer.from('\r\nPRINT 1,1\r\n'),
    ]),
  escpos: (number) =>
    Buffer.concat([
      Buffer.from([0x1b, 0x40, 0x1d, 0x76, 0x30, 0, 20, 0, 20, 0]),
      raster,
      Buffer.from([0x20 + number, 0x0c]),
    ]),
}
/** Long enough for a machine that has other work too. */
const asked = { answer: 600, poll: 15, confirm: 4000, still: 400 }

let simulated: SimulatedPrinter
let printer: LabelPrinter
const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const clean of cleanUps.splice(0).toReversed()) await clean()
})

async function start(
  language: Spoken,
  options: PrinterOptions = {},
  way: 'tcp' | 'serial' | 'usbLp' = 'tcp',
) {
  simulated = await startSimulatedPrinter({ language, labelMs: 300, ...options })
  cleanUps.push(() => simulated.close())
  printer = createSessionPrinter(await open(way), dialects[language], asked)
  return jobs[language]
}

async function open(way: 'tcp' | 'serial' | 'usbLp'): Promise<OpenSession> {
  if (way === 'tcp') return tcpSession(simulated.address, { connect: 500, stall: 500, linger: 200 })
  const line = createSerialLine()
  await line.plug(simulated.port)
  cleanUps.push(() => line.unplug())
  return way === 'serial' ? serialSession(`${line.path}@115200`) : usbLpSession(line.path, { stall: 500 })
}

describe.each(['tcp', 'serial', 'usbLp'] as const)('over %s', (way) => {
  it.each([
    ['zpl', 'printed'],
    ['tspl', 'printed'],
    ['escpos', 'sent'],
  ] as const)('a printer of %s that is well: %s', async (language, kind) => {
    const job = await start(language, {}, way)
    expect(await printer.status()).toEqual({ kind: 'ready' })
    expect(await printer.send(job(1))).toEqual({ kind })
    expect(await printer.send(job(2))).toEqual({ kind })
    await expect.poll(() => simulated.labels).toEqual([job(1), job(2)])
    await expect.poll(() => printer.status()).toEqual({ kind: 'ready' })
  })

  it.each([
    ['zpl', 'paper-out', 'paperOut'],
    ['zpl', 'head-open', 'headOpen'],
    ['zpl', 'ribbon-out', 'ribbonOut'],
    ['zpl', 'paused', 'paused'],
    ['tspl', 'paper-out', 'paperOut'],
    ['tspl', 'head-open', 'headOpen'],
    ['escpos', 'paper-out', 'paperOut'],
    ['escpos', 'head-open', 'headOpen'],
  ] as const)('%s with %s', async (language, fault, trouble) => {
    const job = await start(language, {}, way)
    await simulated.fault(fault)
    const outcome = await printer.send(job(1))
    expect(outcome).toEqual({ kind: 'sent', troubles: expect.arrayContaining([trouble]) as string[] })
    expect(await printer.status()).toMatchObject({
      kind: 'trouble',
      troubles: expect.arrayContaining([trouble]),
    })
    expect(simulated.labels).toEqual([])
    // The printer kept the job: that is why nobody may send it again by himself.
    await simulated.fault('ok')
    await expect.poll(() => simulated.labels).toEqual([job(1)])
    expect((await printer.send(job(2))).kind).toBe(language === 'escpos' ? 'sent' : 'printed')
  })
})

describe('a printer in ZPL', () => {
  it('answers in trouble too where its firmware does', async () => {
    const job = await start('zpl', { muteInTrouble: false })
    await simulated.fault('head-open')
    expect(await printer.send(job(1))).toEqual({ kind: 'sent', troubles: ['headOpen'] })
  })

  it('whose paper runs out in the middle of a row tells which label is not out', async () => {
    const job = await start('zpl')
    await simulated.fault('paper-for=2')
    const kinds = []
    for (const number of [1, 2, 3]) kinds.push((await printer.send(job(number))).kind)
    expect(kinds).toEqual(['printed', 'printed', 'sent'])
    expect(simulated.labels).toEqual([job(1), job(2)])
  })

  it('whose paper runs out in the middle of a job', async () => {
    const job = await start('zpl')
    await simulated.fault('paper-for-bytes=1000')
    expect(await printer.send(job(1))).toEqual({ kind: 'sent', troubles: ['paperOut'] })
  })

  it('that recovers while it is asked has printed', async () => {
    const job = await start('zpl')
    await simulated.fault('paused')
    const sending = printer.send(job(1), { onSent: () => void setTimeout(() => simulated.fault('ok'), 60) })
    expect(await sending).toEqual({ kind: 'printed' })
  })

  it('that says nothing is asked behind one job and not behind the next, until it answers again', async () => {
    const job = await start('zpl')
    await simulated.fault('silent')
    const time = async (number: number) => {
      const from = performance.now()
      expect(await printer.send(job(number))).toEqual({ kind: 'sent' })
      return performance.now() - from
    }
    expect(await time(1)).toBeGreaterThan(2 * asked.answer - 20)
    expect(await time(2)).toBeLessThan(asked.answer)
    expect(await printer.status()).toEqual({ kind: 'silent' })
    await simulated.fault('ok')
    expect(await printer.status()).toEqual({ kind: 'ready' })
    expect(await printer.send(job(3))).toEqual({ kind: 'printed' })
    expect(simulated.labels).toEqual([job(1), job(2), job(3)])
  })

  it('makes no job wait for a question that it does not answer', async () => {
    const job = await start('zpl')
    await simulated.fault('silent')
    const openPrinter = createOpenPrinter({ simulatedFolder: '', askTimes: { answer: 5000 } })
    const queued = openPrinter({ transport: 'tcp', address: simulated.address, language: 'zpl' })
    const status = queued.status()
    await sleep(100)
    const from = performance.now()
    const sent = new Promise((resolve) => {
      void queued.send(job(1), { onSent: () => resolve(performance.now() - from) })
    })
    expect(await status).toEqual({ kind: 'interrupted' })
    expect(await sent).toBeLessThan(1000)
  })

  it('that gives half an answer says nothing', async () => {
    const job = await start('zpl')
    await simulated.fault('half')
    expect(await printer.status()).toEqual({ kind: 'silent' })
    expect(await printer.send(job(1))).toEqual({ kind: 'sent' })
  })

  it('that always says that it has nothing to do has proved nothing', async () => {
    // A job in a language that is not its own: it answers, and nothing comes out.
    await start('zpl')
    expect(await printer.send(Buffer.from('N\nP1\n'))).toEqual({ kind: 'sent' })
    expect(simulated.labels).toEqual([])
  })

  it('that is slow', async () => {
    await start('zpl')
    await simulated.fault('slow')
    expect(await printer.send(Buffer.from(`^XA^FD1^FS${' '.repeat(500_000)}^XZ`))).toEqual({
      kind: 'printed',
    })
  })

  it.each([
    ['refuse', 'notSent', 'absent', 0],
    ['reset-after=0', undefined, 'absent', 0], // unknown, or refused where the news of it came first
    ['reset-after=100', 'unknown', undefined, 0],
    ['close-after=0', 'unknown', undefined, 0],
    ['close-after=100', undefined, undefined, 0],
    ['never-closes', 'printed', 'ready', 1],
  ] as const)('%s: %s, %s', async (fault, kind, status, out) => {
    const job = await start('zpl')
    await simulated.fault(fault)
    const outcome = await printer.send(job(1))
    if (kind !== undefined) expect(outcome.kind).toBe(kind)
    expect(outcome.kind === 'printed').toBe(out === 1)
    if (status !== undefined) expect((await printer.status()).kind).toBe(status)
    expect(simulated.labels).toHaveLength(out)
    await simulated.fault('ok')
    expect(await printer.send(job(2))).toEqual({ kind: 'printed' })
  })

  it('that stops reading', async () => {
    await start('zpl')
    await simulated.fault('stall')
    const outcome = await printer.send(Buffer.alloc(16 * 1024 * 1024))
    expect(outcome).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(/took no more after/) as string,
    })
    expect(await printer.status()).toEqual({ kind: 'silent' })
  })
})

it('a label is never called printed that is not out, whatever goes wrong and when', async () => {
  const job = await start('zpl', { labelMs: 120 })
  const faults = [
    'ok',
    'paper-out',
    'paused',
    'reset-after=700',
    'silent',
    'half',
    'refuse',
    'drop=997',
    'ok',
  ]
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  const outcomes = new Map<number, string>()
  for (let number = 0; number < 24; number += 1) {
    await simulated.fault('ok')
    await simulated.fault(faults[random(faults.length)] ?? 'ok')
    await printer.status() // as the watcher of printers does
    const { kind } = await printer.send(job(number), {
      onSent: () => void setTimeout(() => void simulated.fault('ok'), random(80)),
    })
    outcomes.set(number, kind)
    const out = simulated.labels.map((label) => Number(/FD(\d+)/.exec(label.toString('latin1'))?.[1]))
    if (kind === 'printed') expect(out.filter((one) => one === number)).toEqual([number])
    if (kind === 'notSent') expect(out).not.toContain(number)
  }
  expect([...new Set(outcomes.values())].toSorted()).toEqual(['notSent', 'printed', 'sent', 'unknown'])
}, 60_000)
