import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pdfPagesAside } from '#electron/app/pdf-pages-aside.ts'
import { createDocumentPress } from '#electron/documents/index.ts'
import { createPdfPages } from '#electron/documents/pdf-pages.ts'
import type { GreyPage } from '#electron/ports/pdf-pages.ts'
import { pngOfGrey, readByZbar } from '#test/support/label-reader.ts'
import { slip, wave } from './papers.ts'

const press = createDocumentPress()

/** The same page drawn by poppler. */
function byPoppler(pdf: Uint8Array, page: number, dpi: number): GreyPage {
  const folder = mkdtempSync(join(tmpdir(), 'packbench-poppler-'))
  try {
    const file = join(folder, 'paper.pdf')
    writeFileSync(file, pdf)
    const which = ['-f', String(page), '-l', String(page), '-singlefile']
    execFileSync('pdftoppm', ['-r', String(dpi), '-gray', ...which, file, join(folder, 'page')])
    const pgm = readFileSync(join(folder, 'page.pgm'))
    const head = /^P5\s(\d+)\s(\d+)\s255\s/.exec(pgm.subarray(0, 60).toString('latin1'))
    return { width: Number(head?.[1]), height: Number(head?.[2]), data: pgm.subarray(head?.[0].length) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** How black a page is in squares of some millimetres, from 0 to 255: fonts are smoothed in different ways, but lie where they lie. */
function squares({ width, height, data }: GreyPage, side: number): number[] {
  const [columns, rows] = [Math.floor(width / side), Math.floor(height / side)]
  return Array.from({ length: columns * rows }, (_, at) => {
    const [left, top] = [(at % columns) * side, Math.floor(at / columns) * side]
    let sum = 0
    for (let y = top; y < top + side; y += 1)
      for (let x = left; x < left + side; x += 1) sum += 255 - (data[y * width + x] ?? 255)
    return sum / side ** 2
  })
}

describe.each([
  ['on a thread of its own', pdfPagesAside],
  ['here', createPdfPages],
])('the pages of a paper, drawn %s', (_, open) => {
  it('look as another reader draws them, and every code can be read', async () => {
    const list = wave(40)
    const pdf = await press.pickList(list, 'A4', 'zh-CN')
    const file = await open().open(pdf)
    const pages: GreyPage[] = []
    for (let index = 0; index < file.pages; index += 1) pages.push(await file.draw(index, 300))
    file.close()
    expect(pages.length).toBeGreaterThan(1)
    for (const [index, page] of pages.entries()) {
      const other = byPoppler(pdf, index + 1, 300)
      expect(Math.abs(page.width - other.width)).toBeLessThanOrEqual(1)
      expect(Math.abs(page.height - other.height)).toBeLessThanOrEqual(1)
      expect(page.data.length).toBe(page.width * page.height)
      const [ours, theirs] = [squares(page, 60), squares(other, 60)]
      expect(ours.length).toBe(theirs.length)
      expect(Math.max(...theirs)).toBeGreaterThan(20)
      expect(Math.max(...ours.map((black, at) => Math.abs(black - (theirs[at] ?? 0))))).toBeLessThan(24)
    }
    const codes = (await readByZbar(pages.map(pngOfGrey))).flat().map(({ text }) => text)
    for (const code of [list.waveCode, ...list.stops.flatMap(({ barcode }) => barcode ?? [])])
      expect(codes).toContain(code)
  })

  it.each([203, 300, 600])('are of their true size at %d dpi', async (dpi) => {
    const file = await open().open(await press.packingSlip([slip(2)], 'A6', 'en'))
    const { width, height } = await file.draw(0, dpi)
    file.close()
    expect(Math.abs(width - (105 / 25.4) * dpi)).toBeLessThan(2)
    expect(Math.abs(height - (148 / 25.4) * dpi)).toBeLessThan(2)
  })

  it('are refused where the file is no PDF or has no such page', async () => {
    await expect(open().open(Buffer.from('%PDF-1.7 nothing'))).rejects.toThrow()
    const file = await open().open(await press.packingSlip([slip(2)], 'A6', 'en'))
    await expect(file.draw(7, 203)).rejects.toThrow()
    expect((await file.draw(0, 72)).width).toBeGreaterThan(200)
    file.close()
  })
})
