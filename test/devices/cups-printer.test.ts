import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCupsPrinter, listCupsQueues } from '#electron/devices/print/cups-printer.ts'
import { createPdfPages } from '#electron/documents/pdf-pages.ts'
import { createDocumentPrinter } from '#electron/devices/print/document-printer.ts'
import { mediaName } from '#electron/devices/print/media.ts'
import { type SimulatedPrinter, startSimulatedPrinter } from '#scripts/simulate/printer.ts'
import { type PrivateCups, startPrivateCups } from './private-cups.ts'

const before = process.env['CUPS_SERVER']

// Windows has no CUPS, and macOS guards its own scheduler.
describe.skipIf(process.platform !== 'linux')('a raw queue of CUPS', () => {
  let cups: PrivateCups
  let simulated: SimulatedPrinter
  const printer = createCupsPrinter('Station-1', { poll: 50, confirm: 3000 })
  const job = (number: number) =>
    Buffer.from(`^XA^FD${number}^FS${'\u0000\u00ff'.repeat(number * 900)}^XZ`, 'latin1')

  beforeAll(async () => {
    cups = await startPrivateCups()
    process.env['CUPS_SERVER'] = cups.server
  })
  afterAll(async () => {
    if (before === undefined) delete process.env['CUPS_SERVER']
    else process.env['CUPS_SERVER'] = before
    await cups.close()
  })
  beforeEach(async () => {
    simulated = await startSimulatedPrinter({ language: 'zpl', labelMs: 20 })
    cups.addQueue('Station-1', simulated.port)
  })
  afterEach(() => simulated.close())

  it('hands jobs on as they are, in order, and is no proof of paper', async () => {
    const told: string[] = []
    const outcomes = []
    for (const number of [1, 2, 3]) {
      outcomes.push(
        await printer.send(job(number), { name: `label-${number}`, onSent: () => told.push('sent') }),
      )
    }
    expect(outcomes).toEqual(Array.from({ length: 3 }, () => ({ kind: 'sent' })))
    expect(told).toEqual(['sent', 'sent', 'sent'])
    await expect.poll(() => simulated.labels, { timeout: 10_000 }).toEqual([job(1), job(2), job(3)])
    await expect.poll(() => printer.status(), { timeout: 10_000 }).toEqual({ kind: 'unasked' })
    expect(await listCupsQueues()).toEqual(['Station-1'])
  })

  it('says that it stands still, and keeps the job', async () => {
    cups.disable('Station-1')
    expect(await printer.status()).toEqual({ kind: 'trouble', troubles: ['paused'] })
    expect(await printer.send(job(4))).toEqual({ kind: 'sent', troubles: ['paused'] })
    expect(simulated.labels).toEqual([])
    cups.enable('Station-1')
    await expect.poll(() => simulated.labels, { timeout: 10_000 }).toEqual([job(4)])
  })

  it('does not know about a job that waits for a printer that is switched off', async () => {
    await simulated.close()
    const hasty = createCupsPrinter('Station-1', { poll: 50, confirm: 600 })
    expect(await hasty.send(job(5))).toEqual({
      kind: 'unknown',
      reason: 'waits in the queue of Station-1',
    })
    cups.forget('Station-1')
  })

  it('does not know about a job whose way there was killed', async () => {
    const programs = mkdtempSync(join(tmpdir(), 'packbench-lp-'))
    writeFileSync(join(programs, 'lp'), '#!/bin/sh\ncat > /dev/null\nkill -9 $$\n', { mode: 0o755 })
    const path = process.env['PATH']
    process.env['PATH'] = `${programs}:${path}`
    try {
      expect((await printer.send(job(1))).kind).toBe('unknown')
    } finally {
      process.env['PATH'] = path
      rmSync(programs, { recursive: true })
    }
  })

  it('that is not there takes nothing', async () => {
    const nobody = createCupsPrinter('-Nobody; rm')
    expect(await nobody.send(job(1))).toEqual({
      kind: 'notSent',
      reason: expect.stringMatching(/\w/) as string,
    })
    expect((await nobody.status()).kind).toBe('absent')
  })

  it('prints documents through the same door', async () => {
    const pdf = Buffer.from('%PDF-1.4 ^XA of a kind ^XZ')
    const outcome = await createDocumentPrinter(createPdfPages(), 'linux').print(pdf, {
      queue: 'Station-1',
      name: 'pick list',
      widthMm: 210,
      heightMm: 297,
    })
    expect(outcome).toEqual({ kind: 'sent' })
    await expect.poll(() => simulated.labels, { timeout: 10_000 }).toEqual([pdf])
  })

  it('whose scheduler is gone takes nothing', async () => {
    process.env['CUPS_SERVER'] = `${cups.server}.gone`
    expect((await printer.send(job(1))).kind).toBe('notSent')
    expect((await printer.status()).kind).toBe('absent')
    expect(await listCupsQueues()).toEqual([])
    process.env['CUPS_SERVER'] = cups.server
  })
})

describe('documents', () => {
  it.each([
    [210, 297, 'A4'],
    [105, 148, 'A6'],
    [100, 150, 'Custom.100x150mm'],
    [80, 200.5, 'Custom.80x200.5mm'],
  ])('%d × %d mm is %s', (width, height, name) => {
    expect(mediaName(width, height)).toBe(name)
  })
})
