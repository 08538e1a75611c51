import type { Bitmap, PrintOptions } from '#electron/ports/label-press.ts'
import { dotsPerMm } from './dots.ts'
import { inverted, joinPieces, piecesWithout, readPieces } from './pieces.ts'
import { gapOf, settingsFor } from './settings.ts'

/**
 * A whole TSPL job for one bitmap: 0 is black, lines end with CR LF (TSPL/TSPL2 programming manual; the polarity
 * agrees with LPrint). `DIRECTION` and `REFERENCE` undo what another program may have left in the printer; `OFFSET` and
 * `SHIFT` stay, because they are the bench's own adjustment.
 *
 * `<ESC>!` and `~!` begin commands that a printer obeys at once (`<ESC>!R` resets it, `<ESC>!.` drops its jobs), and
 * whether one looks for them among the bytes of a bitmap depends on the model. One sample label in ten has such a pair
 * among its dots. Where there is one, the bitmap is parted between its two bytes: the same dots, and no such pair.
 */
export function encodeTspl(bitmap: Bitmap, options: PrintOptions): Uint8Array {
  const mm = (dots: number) => `${Math.round((dots / dotsPerMm[options.dpi]) * 10) / 10} mm`
  const { darkness, speed } = settingsFor('tspl', options)
  const head = [
    `SIZE ${mm(bitmap.width)},${mm(bitmap.height)}`,
    ...(options.media === undefined ? [] : [nextLabel[options.media](gapOf(options))]),
    ...(darkness === undefined ? [] : [`DENSITY ${darkness}`]),
    ...(speed === undefined ? [] : [`SPEED ${speed}`]),
    'DIRECTION 0,0',
    'REFERENCE 0,0',
    'CLS',
    '',
  ]
  const job: Uint8Array[] = [Buffer.from(head.join('\r\n'))]
  for (const piece of piecesWithout(inverted(bitmap.data), bitmap.bytesPerRow, obeyedAtOnce)) {
    const { x, y, bytesPerRow, rows, data } = piece
    job.push(Buffer.from(`BITMAP ${x * 8},${y},${bytesPerRow},${rows},0,`), data, lineEnd)
  }
  job.push(Buffer.from(`PRINT 1,${options.copies}\r\n`))
  return Buffer.concat(job)
}

/** Nothing between two labels means continuous paper, after `GAP` and `BLINE` alike (TSPL/TSPL2 programming manual). */
const shortestMm = 1

const nextLabel = {
  gap: (mm: number) => `GAP ${Math.max(shortestMm, mm)} mm,0 mm`,
  mark: (mm: number) => `BLINE ${Math.max(shortestMm, mm)} mm,0 mm`,
  continuous: () => 'GAP 0 mm,0 mm',
} as const

const obeyedAtOnce = [
  [0x1b, 0x21],
  [0x7e, 0x21],
] as const
const lineEnd = Buffer.from('\r\n')

/** The dots of a job that `encodeTspl` made; undefined for any other job and for one that is not whole. */
export function decodeTspl(job: Uint8Array): Bitmap | undefined {
  const text = Buffer.from(job).toString('latin1')
  const start = text.indexOf('\r\nBITMAP')
  if (!text.startsWith('SIZE ') || start < 0) return undefined
  const command = /\r\nBITMAP (?<x>\d{1,5}),(?<y>\d{1,5}),(?<bytes>\d{1,4}),(?<rows>\d{1,5}),0,/y
  const read = readPieces(job, text, start, command)
  if (read === undefined || !/^\r\nPRINT 1,\d+\r\n$/.test(text.slice(read.end))) return undefined
  return joinPieces(read.pieces, 0)
}
