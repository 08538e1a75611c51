import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCupsDriver } from '#electron/devices/print/cups-printer.ts'
import { createPrinterFinder } from '#electron/devices/print/find/printer-finder.ts'
import { createOpenPrinter } from '#electron/devices/print/open-printer.ts'
import { createLabelPress } from '#electron/labels/index.ts'
import type { Bitmap, LabelMedia, PrintOptions } from '#electron/ports/label-press.ts'
import { type SimulatedPrinter, startSimulatedPrinter } from '#scripts/simulate/printer.ts'
import { type PpdSize, zplDriver } from '#test/support/cups.ts'
import { bitsOfPng, pngOfBits, readByZbar, readByZxing, renderZpl } from '#test/support/label-reader.ts'
import { someLabel } from '#test/support/labels.ts'
import { type PrivateCups, startPrivateCups } from './private-cups.ts'

const before = process.env['CUPS_SERVER']
const press = createLabelPress()

/** Where ink lies, from edge to edge, and a test of one dot. */
function inkOf({ width, height, bytesPerRow, data }: Bitmap) {
  const isBlack = (x: number, y: number) => ((data[y * bytesPerRow + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1
  let [left, top, right, bottom] = [width, height, -1, -1]
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      if (isBlack(x, y) === 1) {
        left = Math.min(left, x)
        right = Math.max(right, x)
        top = Math.min(top, y)
        bottom = y
      }
  const rows = Array.from({ length: bottom - top + 1 }, (_, y) =>
    Array.from({ length: right - left + 1 }, (_, x) => isBlack(left + x, top + y)).join(''),
  )
  return { left, top, rows }
}

// Windows has no CUPS, and macOS guards its own scheduler.
describe.skipIf(process.platform !== 'linux')('a queue of CUPS with a driver', () => {
  let cups: PrivateCups
  let simulated: SimulatedPrinter

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
  })
  afterEach(() => simulated.close())

  /** What came out of the printer: the driver stores each page as a graphic and prints it. */
  async function printed(media: LabelMedia): Promise<Bitmap> {
    const all = () => Buffer.concat(simulated.labels).toString('latin1')
    await expect.poll(all, { timeout: 10_000 }).toContain('^XGR:')
    // It turns every label to what comes out first, which the renderer would show upside down.
    const [png] = await renderZpl(Buffer.from(all().replaceAll('^POI', ''), 'latin1'), media)
    return bitsOfPng(png ?? new Uint8Array())
  }

  const waybillOf = (media: LabelMedia, options: Partial<PrintOptions> = {}) => {
    const { bitmap, refused } = press.render(someLabel(), media)
    expect(refused).toBeUndefined()
    const all = { copies: 1, dpi: media.dpi, ...options }
    return { placed: press.place(bitmap, all), job: press.encode(bitmap, 'driver', all) }
  }

  const wide: PpdSize = ['w288h432', 288, 432]
  it.each([
    ['a size of its own', { widthMm: 100, heightMm: 150, dpi: 203 }, [wide], true, {}],
    ['no such size in its list', { widthMm: 76, heightMm: 130, dpi: 203 }, [wide], true, {}],
    [
      'only named sizes',
      { widthMm: 76, heightMm: 130, dpi: 300 },
      [
        ['w81h252', 81, 252],
        ['w216h369', 216, 369],
      ],
      false,
      {},
    ],
    [
      'a label that is turned and moved',
      { widthMm: 100, heightMm: 150, dpi: 300 },
      [wide],
      true,
      { rotation: 180, offsetXMm: 1, offsetYMm: -0.5 },
    ],
  ] as const satisfies readonly (readonly [
    string,
    LabelMedia,
    readonly PpdSize[],
    boolean,
    Partial<PrintOptions>,
  ])[])(
    'draws a label dot by dot in its own size, with %s',
    async (_, media, sizes, isCustom, options) => {
      cups.addQueue('Driver', simulated.port, zplDriver(media.dpi, sizes, isCustom))
      const { placed, job } = waybillOf(media, options)
      const told: string[] = []
      const printer = createOpenPrinter({ simulatedFolder: '/nonexistent' })({
        transport: 'cups',
        address: 'Driver',
        language: 'driver',
      })
      // The driver has it: no more is known.
      expect(await printer.send(job, { onSent: () => told.push('sent') })).toEqual({ kind: 'sent' })
      expect(told).toEqual(['sent'])
      const page = await printed(media)
      const [came, wanted] = [inkOf(page), inkOf(placed)]
      expect(came.rows.length).toBe(wanted.rows.length)
      expect(came.rows).toEqual(wanted.rows)
      // A driver counts its page in points, of which 72 are an inch: a dot more or less at the edge.
      expect(Math.abs(came.left - wanted.left)).toBeLessThanOrEqual(1)
      expect(Math.abs(came.top - wanted.top)).toBeLessThanOrEqual(1)
      if (options !== undefined && 'rotation' in options) return
      const png = pngOfBits(page)
      const code = { kind: 'code128', text: 'SF1234567890123' }
      expect((await readByZbar([png]))[0]).toContainEqual(code)
      expect(await readByZxing(png)).toContainEqual(code)
    },
    60_000,
  )

  it('prints copies', async () => {
    cups.addQueue('Driver', simulated.port, zplDriver(203, [wide], true))
    const { job } = waybillOf({ widthMm: 76, heightMm: 130, dpi: 203 }, { copies: 3 })
    expect(await createCupsDriver('Driver').send(job)).toEqual({ kind: 'sent' })
    const all = () =>
      Buffer.concat(simulated.labels)
        .toString('latin1')
        .match(/\^XGR:/g)?.length
    await expect.poll(all, { timeout: 10_000 }).toBe(3)
  })

  it('is found with its driver, a raw one without', async () => {
    cups.addQueue('Driver', simulated.port, zplDriver(203, [wide], true))
    cups.addQueue('Raw', simulated.port)
    const found = await createPrinterFinder().find()
    expect(
      found.filter(
        ({ kind, ...one }) => kind === 'printer' && 'transport' in one && one.transport === 'cups',
      ),
    ).toEqual([
      { kind: 'printer', transport: 'cups', name: 'Driver', address: 'Driver', driver: 'Brother QL-820NWB' },
      { kind: 'printer', transport: 'cups', name: 'Raw', address: 'Raw' },
    ])
  })

  it('is found without its driver, and hides no other queue, where it does not answer', async () => {
    cups.addQueue('Driver', simulated.port, zplDriver(203, [wide], true))
    cups.addQueue('Raw', simulated.port)
    const folder = mkdtempSync(join(tmpdir(), 'packbench-tools-'))
    const path = process.env['PATH'] ?? ''
    const hanging = '#!/bin/sh\n[ "$2" = Raw ] && exec sleep 20\nexec /usr/bin/lpoptions "$@"\n'
    writeFileSync(join(folder, 'lpoptions'), hanging, { mode: 0o755 })
    process.env['PATH'] = `${folder}:${path}`
    try {
      const found = await createPrinterFinder().find()
      const ours = found.filter((one) => 'transport' in one && one.transport === 'cups')
      expect(ours.map((one) => [one.name, 'driver' in one])).toEqual([
        ['Driver', true],
        ['Raw', false],
      ])
    } finally {
      process.env['PATH'] = path
      rmSync(folder, { recursive: true })
    }
  })

  it('that is raw, or not there, gets no page, which it would print as letters', async () => {
    cups.addQueue('Raw', simulated.port)
    const { job } = waybillOf({ widthMm: 76, heightMm: 130, dpi: 203 })
    for (const [queue, why] of [
      ['Raw', 'this queue has no driver'],
      ['Nobody', 'there is no such queue'],
    ] as const)
      expect(await createCupsDriver(queue).send(job)).toEqual({ kind: 'notSent', reason: `${queue}: ${why}` })
    expect(simulated.labels).toEqual([])
  })

  it('whose driver gives the job up leaves it unknown', async () => {
    cups.addQueue(
      'Driver',
      simulated.port,
      zplDriver(203, [wide], true).replace('rastertolabel', '/bin/false'),
    )
    const { job } = waybillOf({ widthMm: 76, heightMm: 130, dpi: 203 })
    expect(await createCupsDriver('Driver', { poll: 50 }).send(job)).toEqual({
      kind: 'unknown',
      reason: 'Driver: the queue gave the job up',
    })
    expect(simulated.labels).toEqual([])
  })
})
