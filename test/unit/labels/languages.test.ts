import { describe, expect, it } from 'vitest'
import { createLabelPress } from '#electron/labels/index.ts'
import type { Bitmap, LabelMedia, PrintOptions } from '#electron/ports/label-press.ts'
import {
  languageScales,
  printerLanguages,
  type PrinterLanguage,
} from '#shared/domain/devices/printer-languages.ts'
import { printOptions } from '#electron/features/devices/print-options.ts'
import { drawn, noise, rowsOf } from '#test/support/bitmaps.ts'
import { someLabel } from '#test/support/labels.ts'
import { printEscPos } from '#test/support/printers/escpos-printer.ts'
import { printers } from '#test/support/printers/index.ts'
import { printTspl } from '#test/support/printers/tspl-printer.ts'

const press = createLabelPress()
const small = drawn('#...#...#', '.........', '.#.......')
const encode = (bitmap: Bitmap, language: PrinterLanguage, options: Partial<PrintOptions> = {}) =>
  Buffer.from(press.encode(bitmap, language, { copies: 1, dpi: 203, ...options }))
const text = (...about: Parameters<typeof encode>) => encode(...about).toString('latin1')
const labels: readonly LabelMedia[] = [
  { widthMm: 100, heightMm: 150, dpi: 203 },
  { widthMm: 76, heightMm: 130, dpi: 300 },
]
const others = printerLanguages.filter((language) => language !== 'zpl')

describe('the bytes of a job', () => {
  it.each(printerLanguages)(
    'in %s say nothing of the paper to a printer that was told nothing of it',
    (language) => {
      const row = {
        width_mm: 100,
        height_mm: 150,
        dpi: 203,
        darkness: 12,
        speed: null,
        compression: 'z64',
        media: null,
        gap_mm: 2,
        offset_x_mm: 0,
        offset_y_mm: 0,
        rotation: 0,
      } as const
      expect(text(small, language, printOptions(row))).toBe(text(small, language, { darkness: 12 }))
      expect(text(small, language, printOptions(row))).not.toMatch(/\^MN|GAP|BLINE|\nQ|SENSE/)
    },
  )

  it('in TSPL: 0 is black, white padding, CR LF', () => {
    expect(text(small, 'tspl')).toBe(
      'SIZE 1.1 mm,0.4 mm\r\nDIRECTION 0,0\r\nREFERENCE 0,0\r\nCLS\r\n' +
        'BITMAP 0,0,2,3,0,\x77\x7f\xff\xff\xbf\xff\r\nPRINT 1,1\r\n',
    )
    expect(text(small, 'tspl', { copies: 3, darkness: 8, speed: 4, media: 'gap', gapMm: 2.5 })).toMatch(
      /^SIZE 1\.1 mm,0\.4 mm\r\nGAP 2\.5 mm,0 mm\r\nDENSITY 8\r\nSPEED 4\r\nDIRECTION [^]*PRINT 1,3\r\n$/,
    )
    expect(text(small, 'tspl', { media: 'mark' })).toContain('\r\nBLINE 3 mm,0 mm\r\n')
    // What is told to be parted is not fed as continuous paper, however little was said to be between.
    expect(text(small, 'tspl', { media: 'gap', gapMm: 0 })).toContain('\r\nGAP 1 mm,0 mm\r\n')
    expect(text(small, 'tspl', { media: 'mark', gapMm: 0 })).toContain('\r\nBLINE 1 mm,0 mm\r\n')
    expect(text(small, 'tspl', { media: 'continuous', gapMm: 3 })).toContain('\r\nGAP 0 mm,0 mm\r\n')
  })

  it('in EPL2: 0 is black, white padding, LF', () => {
    expect(text(small, 'epl')).toBe('\nN\nq9\nZT\nGW0,0,2,3,\x77\x7f\xff\xff\xbf\xff\nP1\n')
    expect(text(small, 'epl', { copies: 3, darkness: 8, speed: 4, media: 'gap', gapMm: 2.5 })).toMatch(
      /^\nN\nq9\nQ3,20\nD8\nS4\nZT\nGW[^]*\nP3\n$/,
    )
    expect(text(small, 'epl', { media: 'gap', gapMm: 0.5 })).toContain('\nQ3,16\n')
    expect(text(small, 'epl', { media: 'gap', gapMm: 0.5, dpi: 300 })).toContain('\nQ3,18\n')
    expect(text(small, 'epl', { media: 'mark', gapMm: 50 })).toContain('\nQ3,B240,0\n')
    expect(text(small, 'epl', { media: 'continuous' })).toContain('\nQ3,0\n')
  })

  it('in CPCL: 1 is black, CR LF', () => {
    expect(text(small, 'cpcl')).toBe(
      '! 0 203 203 3 1\r\nPAGE-WIDTH 9\r\nCG 2 3 0 0 \x88\x80\x00\x00\x40\x00\r\nFORM\r\nPRINT\r\n',
    )
    expect(text(small, 'cpcl', { copies: 3, dpi: 300, darkness: 90, speed: 4, media: 'gap' })).toMatch(
      /^! 0 300 300 3 3\r\nPAGE-WIDTH 9\r\nTONE 90\r\nSPEED 4\r\nGAP-SENSE\r\nCG [^]*\r\nFORM\r\nPRINT\r\n$/,
    )
    expect(text(small, 'cpcl', { media: 'mark' })).toContain('\r\nBAR-SENSE\r\n')
    expect(text(small, 'cpcl', { media: 'continuous' })).not.toMatch(/FORM|SENSE/)
  })

  it('in ESC/POS: 1 is black, a form feed between labels, no copies but the picture again', () => {
    const picture = '\x1dv0\x00\x02\x00\x03\x00\x88\x80\x00\x00\x40\x00'
    expect(text(small, 'escpos')).toBe(`\x1b@${picture}\x0c`)
    expect(text(small, 'escpos', { copies: 2, darkness: 8, speed: 3, media: 'mark' })).toBe(
      `\x1b@${picture}\x0c${picture}\x0c`,
    )
    expect(text(small, 'escpos', { media: 'continuous' })).toBe(`\x1b@${picture}\x1bd\x04`)
  })

  it('in ESC/POS come in bands, because a tall raster is dropped', () => {
    const tall = noise(800, 1200, 0.3)
    expect(printEscPos(encode(tall, 'escpos'), 800).pages).toEqual([{ bitmap: tall, copies: 1 }])
  })

  it.each(others)('in %s are the same every time and change with nothing but what was asked', (language) => {
    const bitmap = noise(801, 200, 0.3)
    const options = { darkness: 5, speed: 3, media: 'gap', gapMm: 2 } as const
    expect(encode(bitmap, language, options)).toEqual(encode(bitmap, language, options))
    expect(encode(bitmap, language, { compression: 'acs' })).toEqual(encode(bitmap, language))
  })

  it.each(printerLanguages)('in %s keep darkness and speed within the scale of the language', (language) => {
    const { darkness, speed } = languageScales[language]
    for (const end of ['lowest', 'highest'] as const) {
      const far = end === 'lowest' ? -1000 : 1000
      const exact = { ...(darkness && { darkness: darkness[end] }), ...(speed && { speed: speed[end] }) }
      expect(encode(small, language, { darkness: far, speed: far })).toEqual(encode(small, language, exact))
    }
  })

  it.each(printerLanguages)('in %s are of the label as it lies on the paper', async (language) => {
    const label = noise(320, 160, 0.3)
    const placement = { rotation: 90, offsetXMm: 1, offsetYMm: -1, dpi: 203 } as const
    const placed = press.place(label, placement)
    const media = { widthMm: 20, heightMm: 40, dpi: 203 } as const
    const [page] = await printers[language](encode(label, language, placement), media)
    expect(page?.bitmap).toEqual(placed)
    expect(placed).not.toEqual(press.place(label, { rotation: 90, dpi: 203 }))
  })
})

describe.each(printerLanguages)('a printer of %s', (language) => {
  it.each(labels)('puts out our raster, bit by bit, as often as asked: %j', async (media) => {
    const { bitmap } = press.render(someLabel(), media)
    const job = encode(bitmap, language, { copies: 3, dpi: media.dpi, darkness: 9, speed: 3, media: 'gap' })
    const pages = await printers[language](job, media)
    expect(pages.reduce((sum, { copies }) => sum + copies, 0)).toBe(3)
    for (const page of pages) {
      expect([page.bitmap.width, page.bitmap.height]).toEqual([bitmap.width, bitmap.height])
      expect(Buffer.compare(page.bitmap.data, bitmap.data)).toBe(0)
    }
  })

  it('is sent a job that can be read back for pictures', () => {
    for (const bitmap of [noise(801, 60, 0.3), noise(16, 9, 0.98), noise(832, 300, 0.02), small]) {
      for (const options of [{}, { copies: 2, darkness: 5, speed: 3, media: 'mark' }] as const) {
        const back = press.decode(encode(bitmap, language, options), language)
        const white = '.'.repeat((back?.width ?? 0) - bitmap.width)
        expect(white.length).toBeLessThan(8)
        expect(back && rowsOf(back)).toEqual(rowsOf(bitmap).map((row) => row + white))
      }
    }
  })

  it('shows nothing of a job that is not whole or not ours', () => {
    const job = encode(noise(80, 300, 0.3), language)
    for (const share of [0, 0.2, 0.5, 0.99]) {
      expect(press.decode(job.subarray(0, Math.floor(job.length * share)), language)).toBeUndefined()
    }
    for (const other of printerLanguages) {
      if (other !== language) expect(press.decode(encode(small, other), language)).toBeUndefined()
    }
    expect(press.decode(Buffer.from('hello\r\n'), language)).toBeUndefined()
  })
})

describe('dots that look like a command', () => {
  /** Dots that are these bytes once TSPL has turned black to 0. */
  const hiding = (
    bytesPerRow: number,
    rows: number,
    at: readonly number[],
    pair: readonly number[],
  ): Bitmap => {
    const data = new Uint8Array(bytesPerRow * rows)
    for (const start of at) for (const [index, byte] of pair.entries()) data[start + index] = ~byte
    return { width: bytesPerRow * 8, height: rows, bytesPerRow, data }
  }

  it.each([
    ['at the start', [0]],
    ['at the end', [78]],
    ['over the end of a row', [9, 39]],
    ['twice in a row, and over its end', [41, 45, 49]],
    ['in rows one after the other', [20, 31, 42]],
  ] as const)('never reach a TSPL printer as one: %s', (_, at) => {
    for (const pair of [
      [0x1b, 0x21],
      [0x7e, 0x21],
    ]) {
      const bitmap = hiding(10, 8, at, pair)
      const job = encode(bitmap, 'tspl')
      // The printer of the tests refuses a job that has such a pair anywhere.
      expect(printTspl(job, 203).pages).toEqual([{ bitmap, copies: 1 }])
      expect(press.decode(job, 'tspl')).toEqual(bitmap)
    }
  })

  it('part the bitmap of a common label nowhere', () => {
    const { bitmap } = press.render(someLabel(), labels[0] ?? { widthMm: 100, heightMm: 150, dpi: 203 })
    expect(text(bitmap, 'tspl').match(/BITMAP/g)).toHaveLength(1)
  })
})
