import type { Bitmap, PrintOptions } from '#electron/ports/label-press.ts'
import { dotsPerMm } from './dots.ts'
import { inverted, joinPieces, readPieces } from './pieces.ts'
import { gapOf, settingsFor } from './settings.ts'

/**
 * A whole EPL2 job for one bitmap: 0 is black, lines end with LF (Zebra EPL programming guide 14245L-003; polarity and
 * place agree with CUPS `rastertolabel`). The first LF ends a line that another program may have left unfinished, `ZT`
 * undoes its direction; `R` is not sent, because after `q` it would undo the width.
 *
 * EPL2 has no commands of two bytes that are obeyed at once, so nothing is done about the bytes of the bitmap.
 */
export function encodeEpl(bitmap: Bitmap, options: PrintOptions): Uint8Array {
  const { width, height, bytesPerRow, data } = bitmap
  const { darkness, speed } = settingsFor('epl', options)
  const head = [
    '',
    'N',
    `q${width}`,
    ...(options.media === undefined ? [] : [`Q${height},${nextLabel(options, options.media)}`]),
    ...(darkness === undefined ? [] : [`D${darkness}`]),
    ...(speed === undefined ? [] : [`S${speed}`]),
    'ZT',
    `GW0,0,${bytesPerRow},${height},`,
  ]
  return Buffer.concat([Buffer.from(head.join('\n')), inverted(data), Buffer.from(`\nP${options.copies}\n`)])
}

/** What `Q` wants after the length, in dots: gaps and marks have limits, and a mark needs an offset. */
function nextLabel(options: PrintOptions, media: 'gap' | 'mark' | 'continuous'): string {
  if (media === 'continuous') return '0'
  const [shortest, longest] = [options.dpi === 203 ? 16 : 18, 240]
  const dots = Math.min(longest, Math.max(shortest, Math.round(gapOf(options) * dotsPerMm[options.dpi])))
  return media === 'gap' ? `${dots}` : `B${dots},0`
}

/** The dots of a job that `encodeEpl` made; undefined for any other job and for one that is not whole. */
export function decodeEpl(job: Uint8Array): Bitmap | undefined {
  const text = Buffer.from(job).toString('latin1')
  const head = /^\nN\nq(\d{1,5})\n(?:[QDSZ][\dBT,]*\n)*/.exec(text)
  if (head === null) return undefined
  const command = /GW(?<x>\d{1,5}),(?<y>\d{1,5}),(?<bytes>\d{1,4}),(?<rows>\d{1,5}),/y
  const read = readPieces(job, text, head[0].length, command)
  if (read === undefined || !/^\nP\d+\n$/.test(text.slice(read.end))) return undefined
  return joinPieces(read.pieces, 0, Number(head[1]))
}
