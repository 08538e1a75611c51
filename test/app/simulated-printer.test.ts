import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { simulatedPrinterFolder } from '#electron/devices/print/open-printer.ts'
import { createLabelPress } from '#electron/labels/index.ts'
import { bitsOfPng, renderZpl } from '#test/support/label-reader.ts'
import { someLabel } from '#test/support/labels.ts'
import {
  codes,
  importOrders,
  openStation,
  scan,
  type Station,
  stockWarehouse,
} from '#test/support/station.ts'

const press = createLabelPress()
const paper = { widthMm: 100, heightMm: 150, dpi: 203 } as const
let station: Station
beforeEach(async () => {
  station = await openStation({ labelPress: press, realPrinters: true })
  await stockWarehouse(station)
  const [printer] = (await station.desk.call('devices.printers', {})).printers
  await station.desk.call('devices.savePrinter', {
    id: printer?.id,
    name: 'Paperless',
    transport: 'simulated',
    address: 'Paperless',
    language: 'zpl',
    ...paper,
  })
})
afterEach(() => station.close())

/** Packs an order of one cup; gives its waybill. */
async function pack(number: string): Promise<string> {
  await importOrders(station, [{ number, lines: [['RED', 1]] }])
  await scan(station, number)
  return (await scan(station, codes.red)).label?.waybill ?? 'no label'
}
const printed = async (limit = 10) =>
  (await station.desk.call('labels.simulated', { limit })).labels.map(({ png, ...label }) => ({
    ...label,
    bits: png === null ? null : bitsOfPng(Buffer.from(png, 'base64')).data,
  }))
const jobFiles = () => {
  const folder = simulatedPrinterFolder(join(station.dataDir, 'simulated'), 'Paperless')
  return readdirSync(folder)
    .toSorted()
    .map((file) => join(folder, file))
}
/** Other bytes at the same place and of the same time. */
function rewrite(file: string, bytes: Uint8Array): void {
  const { atime, mtime } = statSync(file)
  writeFileSync(file, bytes)
  utimesSync(file, atime, mtime)
}

describe('what the simulated printer put out', () => {
  it('is nothing before the first label', async () => {
    expect(await printed()).toEqual([])
  })

  it('is the stored job of each label, newest first, with the number and the order it was printed for', async () => {
    const waybills = [await pack('P-1'), await pack('P-2'), await pack('P-3')]
    const shown = await printed()
    expect(shown.map(({ waybill, order }) => [waybill, order])).toEqual([
      [waybills[2], 'P-3'],
      [waybills[1], 'P-2'],
      [waybills[0], 'P-1'],
    ])
    expect((await printed(2)).map(({ order }) => order)).toEqual(['P-3', 'P-2'])
    // Another's renderer over the same file draws the same dots.
    const [drawn = new Uint8Array()] = await renderZpl(readFileSync(jobFiles()[2] ?? ''), paper)
    expect(Buffer.from(shown[0]?.bits ?? []).equals(Buffer.from(bitsOfPng(drawn).data))).toBe(true)
  })

  it('shows the paper and not the ledger: other bytes, another picture', async () => {
    const waybill = await pack('P-1')
    const [before] = await printed()
    const other = press.render(someLabel({ waybill: 'SF9999999999999' }), paper)
    rewrite(jobFiles()[0] ?? '', press.encode(other.bitmap, 'zpl', { copies: 1, dpi: 203 }))
    const [after] = await printed()
    expect(after).toMatchObject({ id: before?.id, waybill, order: 'P-1' })
    expect(Buffer.from(after?.bits ?? []).equals(Buffer.from(before?.bits ?? []))).toBe(false)
    expect(Buffer.from(after?.bits ?? []).equals(Buffer.from(other.bitmap.data))).toBe(true)
  })

  it('does not change with what the ledger learns later', async () => {
    await pack('P-1')
    const [before] = await printed()
    await station.desk.call('settings.saveShop', {
      id: (await station.desk.call('settings.shops', {})).shops[0]?.id,
      name: 'Renamed',
    })
    expect(await printed()).toEqual([before])
  })

  it('says that a damaged job is no picture, and shows the others', async () => {
    await pack('P-1')
    const waybill = await pack('P-2')
    const [damaged = ''] = jobFiles()
    rewrite(damaged, readFileSync(damaged).subarray(0, 400))
    const shown = await printed()
    expect(shown.map(({ bits }) => bits === null)).toEqual([false, true])
    expect(shown[0]?.waybill).toBe(waybill)
  })

  it('shows a job that is of no label here, without a number', async () => {
    await pack('P-1')
    const [own = ''] = jobFiles()
    writeFileSync(join(own, '../000002.job'), readFileSync(own))
    expect((await printed())[0]).toMatchObject({ waybill: '', order: '' })
  })
})
