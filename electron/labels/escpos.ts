import type { Bitmap, PrintOptions } from '#electron/ports/label-press.ts'
import { joinPieces, type Piece } from './pieces.ts'

/** Cheap printers drop one tall raster without a word; they were seen to take 128 rows. */
const bandRows = 128

/**
 * A whole ESC/POS job for one bitmap: `GS v 0` in bands, 1 is black, then a form feed so that the gap or mark sensor
 * finds the next label, or four lines of paper to tear at where there are none (Epson ESC/POS command reference).
 * The language has no copies, so the picture is sent once a copy.
 *
 * `DLE EOT n`, `DLE ENQ n` and `DLE DC4 n` are obeyed even inside raster data by some models (Zebra ZQ110 manual).
 * Nothing can be done about it in this language: a raster has no place across, so bytes of one row cannot be parted, and
 * a changed dot would print what was not shown. Narrow strokes that make these bytes are rare: none of 400 sample labels
 * has one. Whoever reads status must do without bytes that it did not ask for.
 */
export function encodeEscPos(bitmap: Bitmap, options: PrintOptions): Uint8Array {
  const { height, bytesPerRow, data } = bitmap
  const label: Uint8Array[] = []
  for (let y = 0; y < height; y += bandRows) {
    const rows = Math.min(bandRows, height - y)
    label.push(rasterHead(bytesPerRow, rows), data.subarray(y * bytesPerRow, (y + rows) * bytesPerRow))
  }
  label.push(options.media === 'continuous' ? fourLines : formFeed)
  return Buffer.concat([initialize, ...Array.from({ length: options.copies }, () => label).flat()])
}

/** `GS v 0`, normal size. */
const rasterCommand = 0x1d_76_30_00

function rasterHead(bytesPerRow: number, rows: number): Uint8Array {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(rasterCommand, 0)
  head.writeUInt16LE(bytesPerRow, 4)
  head.writeUInt16LE(rows, 6)
  return head
}

const initialize = Uint8Array.of(0x1b, 0x40)
const formFeed = Uint8Array.of(0x0c)
const fourLines = Uint8Array.of(0x1b, 0x64, 4)

/** The dots of the first copy of a job that `encodeEscPos` made; undefined for any other job or a part of one. */
export function decodeEscPos(job: Uint8Array): Bitmap | undefined {
  const bytes = Buffer.from(job)
  if (!bytes.subarray(0, 2).equals(initialize)) return undefined
  const pieces: Piece[] = []
  let [at, y] = [2, 0]
  while (at + 8 <= bytes.length && bytes.readUInt32BE(at) === rasterCommand) {
    const [bytesPerRow, rows] = [bytes.readUInt16LE(at + 4), bytes.readUInt16LE(at + 6)]
    const end = at + 8 + bytesPerRow * rows
    if (end > bytes.length) return undefined
    pieces.push({ x: 0, y, bytesPerRow, rows, data: bytes.subarray(at + 8, end) })
    y += rows
    at = end
  }
  return at < bytes.length ? joinPieces(pieces, 1) : undefined
}
