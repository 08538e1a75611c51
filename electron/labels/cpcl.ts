import type { Bitmap, PrintOptions } from '#electron/ports/label-press.ts'
import { joinPieces, readPieces } from './pieces.ts'
import { settingsFor } from './settings.ts'

/**
 * A whole CPCL job for one bitmap: 1 is black, lines end with CR LF (CPCL programming guide; polarity and place agree
 * with CUPS `rastertolabel`). On continuous paper there is no `FORM`: the paper stops below the label.
 *
 * Mobile printers answer `<ESC>h` and its kin at once, and a bitmap may have these bytes. They only make the printer
 * say something, so nothing is done about it: whoever reads status from such a printer must do without order.
 */
export function encodeCpcl(bitmap: Bitmap, options: PrintOptions): Uint8Array {
  const { width, height, bytesPerRow, data } = bitmap
  const { darkness, speed } = settingsFor('cpcl', options)
  const head = [
    `! 0 ${options.dpi} ${options.dpi} ${height} ${options.copies}`,
    `PAGE-WIDTH ${width}`,
    ...(darkness === undefined ? [] : [`TONE ${darkness}`]),
    ...(speed === undefined ? [] : [`SPEED ${speed}`]),
    ...(options.media === undefined ? [] : sensors[options.media]),
    `CG ${bytesPerRow} ${height} 0 0 `,
  ]
  const tail = ['', ...(options.media === 'continuous' ? [] : ['FORM']), 'PRINT', '']
  return Buffer.concat([Buffer.from(head.join('\r\n')), data, Buffer.from(tail.join('\r\n'))])
}

const sensors = { gap: ['GAP-SENSE'], mark: ['BAR-SENSE'], continuous: [] } as const

/** The dots of a job that `encodeCpcl` made; undefined for any other job and for one that is not whole. */
export function decodeCpcl(job: Uint8Array): Bitmap | undefined {
  const text = Buffer.from(job).toString('latin1')
  const head =
    /^! 0 \d+ \d+ \d+ \d+\r\nPAGE-WIDTH (\d{1,5})\r\n(?:(?:TONE \d+|SPEED \d+|(?:GAP|BAR)-SENSE)\r\n)*/
  const page = head.exec(text)
  if (page === null) return undefined
  const command = /CG (?<bytes>\d{1,4}) (?<rows>\d{1,5}) (?<x>\d{1,5}) (?<y>\d{1,5}) /y
  const read = readPieces(job, text, page[0].length, command)
  if (read === undefined || !/^\r\n(?:FORM\r\n)?PRINT\r\n$/.test(text.slice(read.end))) return undefined
  return joinPieces(read.pieces, 1, Number(page[1]))
}
