import { afterEach, describe, expect, it } from 'vitest'
import { createLabelPress } from '#electron/labels/index.ts'
import type { Bitmap } from '#electron/ports/label-press.ts'
import { pngOfBits, readByZbar, readByZxing } from '#test/support/label-reader.ts'
import { exampleLayout } from '#test/support/layouts.ts'
import { printEscPos } from '#test/support/printers/escpos-printer.ts'
import { headOf } from '#test/support/printers/index.ts'
import {
  codes,
  importOrders,
  openStation,
  scanAll,
  type Station,
  stockWarehouse,
} from '#test/support/station.ts'

const press = createLabelPress()
let station: Station
afterEach(() => station.close())

/** A bench with one receipt printer, and what was sent to it. */
async function bench(widthMm: number, more: { dpi?: 203 | 300; rotation?: 90 | 180 | 270 } = {}) {
  const jobs: Uint8Array[] = []
  station = await openStation({
    labelPress: press,
    outside: {
      openPrinter: () => ({
        status: async () => ({ kind: 'ready' }) as const,
        send: async (job) => {
          jobs.push(job)
          return { kind: 'printed' }
        },
      }),
    },
  })
  const [printer] = (await station.desk.call('devices.printers', {})).printers
  const paper = { widthMm, heightMm: 200, media: 'continuous', dpi: 203 } as const
  const { id } = await station.desk.call('devices.savePrinter', {
    ...(printer === undefined ? {} : { id: printer.id }),
    name: 'Receipts',
    transport: 'tcp',
    address: '10.0.0.9:9100',
    language: 'escpos',
    ...paper,
    ...more,
  })
  const head = headOf({ widthMm, dpi: more.dpi ?? 203 })
  /** What came out, a picture a copy; ink beside the head is an error. */
  const printed = () => printEscPos(jobs.at(-1) ?? new Uint8Array(), head).pages.map(({ bitmap }) => bitmap)
  return { id, head, jobs, printed }
}

const isBlack = ({ bytesPerRow, data }: Bitmap, x: number, y: number) =>
  (((data[y * bytesPerRow + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1

/** Dots of the lines that are black from end to end, one at each side of the middle, to which the frame belongs. */
function frameOf(bitmap: Bitmap) {
  const full = (count: number, along: number, dot: (at: number, along: number) => boolean) =>
    Array.from({ length: count }, (_, at) => at).filter((at) => {
      let ink = 0
      for (let step = 0; step < along; step += 1) if (dot(at, step)) ink += 1
      return ink > along * 0.7
    })
  const columns = full(bitmap.width, bitmap.height, (x, y) => isBlack(bitmap, x, y))
  const rows = full(bitmap.height, bitmap.width, (y, x) => isBlack(bitmap, x, y))
  return { left: columns[0], right: columns.at(-1), top: rows[0], bottom: rows.at(-1) }
}

async function readBoth(bitmap: Bitmap): Promise<string[][]> {
  const png = pngOfBits(bitmap)
  const [byZbar = []] = await readByZbar([png])
  return [byZbar, await readByZxing(png)].map((found) =>
    [...new Set(found.map(({ text }) => text))].toSorted(),
  )
}

describe('a receipt printer', () => {
  it.each([
    [80, 203],
    [79, 203],
    [76, 203],
    [58, 203],
    [57, 203],
    [80, 300],
    [58, 300],
  ] as const)('with a roll of %i mm at %i dpi prints a test page and a trial whole', async (widthMm, dpi) => {
    const { id, head, jobs, printed } = await bench(widthMm, { dpi })
    await station.desk.call('devices.testPrint', { id })
    const [page] = printed()
    if (page === undefined) throw new Error('no page')
    const mm = dpi === 203 ? 8 : 300 / 25.4
    const near = (dots: number | undefined) => (dots === undefined ? -1 : dots / mm)
    const frame = frameOf(page)
    expect(page.width).toBe(head)
    expect(near(frame.left)).toBeCloseTo(1, 0)
    expect(near(frame.top)).toBeCloseTo(1, 0)
    expect(near(head - (frame.right ?? 0))).toBeCloseTo(1, 0)
    expect(near(page.height - (frame.bottom ?? 0))).toBeCloseTo(1, 0)
    expect(await readBoth(page)).toEqual([['TEST-12'], ['TEST-12']])

    // Whatever roll is in the printer: nobody said yet.
    const at = { transport: 'tcp', address: '10.0.0.9:9100', language: 'escpos', dpi } as const
    await station.desk.call('devices.tryLanguage', { ...at, mark: 'A' })
    const narrowest = dpi === 203 ? 384 : 576
    const [trial] = printEscPos(jobs.at(-1) ?? new Uint8Array(), narrowest).pages
    if (trial === undefined) throw new Error('no trial')
    const whole = frameOf(trial.bitmap)
    expect(near(whole.left)).toBeCloseTo(1, 0)
    expect(near(narrowest - (whole.right ?? 0))).toBeLessThan(2)
  })

  it.each([90, 180, 270] as const)('prints a test page whole when it is turned by %i', async (rotation) => {
    const { id, head, printed } = await bench(80, { rotation })
    await station.desk.call('devices.testPrint', { id })
    const [page] = printed()
    if (page === undefined) throw new Error('no page')
    expect([page.width, page.height]).toEqual([head, 640])
    const { left, top, right = 0, bottom = 0 } = frameOf(page)
    expect([left, top]).toEqual([8, 8])
    expect([head - 1 - right, 640 - 1 - bottom]).toEqual([8, 8])
  })

  it.each([
    ['product-60x40', 'RED', codes.red, 80],
    ['location-40x30', 'A-01-02', 'A-01-02', 80],
    ['location-40x30', 'A-01-02', 'A-01-02', 58],
    ['slip-80', 'R-1', 'R-1', 80],
    ['slip-80', 'R-1', 'R-1', 76],
  ] as const)(
    'prints %s of %s under its head and no more paper than that',
    async (layout, of, code, widthMm) => {
      const { id, head, printed } = await bench(widthMm)
      await stockWarehouse(station)
      await importOrders(station, [{ number: 'R-1', lines: [['RED', 1]] }])
      await station.desk.call('layouts.printOne', { layout, of, printer: id, copies: 2 })
      const pages = printed()
      expect(pages.length).toBe(2)
      for (const page of pages) {
        expect(page.width).toBe(head)
        expect(page.height).toBeLessThan((layout === 'slip-80' ? 110 : 60) * 8)
        expect(await readBoth(page)).toEqual([[code], [code]])
      }
    },
  )

  it('turned by a quarter ends behind its last ink too', async () => {
    const { id, head, printed } = await bench(80, { rotation: 90 })
    await stockWarehouse(station)
    const what = { layout: 'product-60x40', of: 'RED', printer: id, copies: 1 }
    await station.desk.call('layouts.printOne', what)
    const [page] = printed()
    if (page === undefined) throw new Error('no label')
    expect(page.width).toBe(head)
    expect(page.height).toBeLessThan(85 * 8)
    expect(await readBoth(page)).toEqual([[codes.red], [codes.red]])
  })

  it('prints courier labels of the layout for 76 mm', async () => {
    const { head, printed } = await bench(80)
    await stockWarehouse(station)
    await importOrders(station, [{ number: 'R-2', lines: [['RED', 1]] }])
    await station.desk.call('packing.setBench', { bench: 'Bench 1', checkLabel: false, countdownMs: 0 })
    await scanAll(station, ['R-2', codes.red])
    const [page] = printed()
    const [label] = station.sql<{ waybill: string }>('SELECT waybill FROM label')
    if (page === undefined) throw new Error('no label')
    expect(page.width).toBe(head)
    expect(await readBoth(page)).toEqual([[label?.waybill], [label?.waybill]])
  })

  it('prints a layout for the whole roll if what stands on it is under the head, and says when not', async () => {
    const { id, printed } = await bench(80)
    await stockWarehouse(station)
    const own = (x: number, width: number) =>
      exampleLayout({
        kind: 'location',
        name: `Own ${width}`,
        paper: [80, 60],
        items: [
          { kind: 'code128', field: 'code', at: [x, 5, width, 20] },
          { kind: 'solid', at: [x, 40, width, 1] },
        ],
      })
    const print = async (layout: ReturnType<typeof own>) => {
      await station.desk.call('layouts.save', { layout })
      const what = { layout: layout.name, of: 'A-01-02', printer: id, copies: 1 }
      const answer = await station.desk.ask('layouts.printOne', what)
      return answer.ok ? answer.value.outcome : answer.error.code
    }
    expect(await print(own(2, 70))).toBe('printed')
    const [page] = printed()
    if (page === undefined) throw new Error('no label')
    // It stands nearer to the edge than the head does: it moved in, whole.
    expect(isBlack(page, 0, 41 * 8 - 4) && isBlack(page, 70 * 8 - 1, 41 * 8 - 4)).toBe(true)
    expect(await readBoth(page)).toEqual([['A-01-02'], ['A-01-02']])
    expect(await print(own(0, 80))).toBe('layoutPaper')
  })
})
