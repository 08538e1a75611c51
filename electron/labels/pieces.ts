import type { Bitmap } from '#electron/ports/label-press.ts'
import { createBitmap } from './bitmap.ts'

/** A rectangle of whole bytes out of a picture, with its place in the picture. */
export interface Piece {
  /** Bytes from the left edge. */
  readonly x: number
  /** Rows from the top edge. */
  readonly y: number
  readonly bytesPerRow: number
  readonly rows: number
  readonly data: Uint8Array
}

/** White 1 and black 0, for the languages that want it so. White padding becomes 1 as well, which is white there. */
export function inverted(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length)
  for (let at = 0; at < data.length; at += 1) out[at] = ~(data[at] ?? 0)
  return out
}

/** The picture in as few pieces as it takes that none has one of these pairs of bytes in a row. Usually one. */
export function piecesWithout(
  data: Uint8Array,
  bytesPerRow: number,
  pairs: readonly (readonly [number, number])[],
): Piece[] {
  const cuts = cutsBetween(data, pairs)
  const out: Piece[] = []
  const add = (x: number, y: number, width: number, rows: number) => {
    const start = y * bytesPerRow + x
    if (width === 0 || rows === 0) return
    // A piece is either whole rows or a part of one row: its bytes lie in a row either way.
    out.push({ x, y, bytesPerRow: width, rows, data: data.subarray(start, start + width * rows) })
  }
  let from = 0
  for (let at = 0; at < cuts.length;) {
    const y = Math.floor((cuts[at] ?? 0) / bytesPerRow)
    add(0, from, bytesPerRow, y - from)
    from = y
    let x = 0
    for (; (cuts[at] ?? Infinity) < (y + 1) * bytesPerRow; at += 1) {
      const next = (cuts[at] ?? 0) - y * bytesPerRow
      add(x, y, next - x, 1)
      x = next
    }
    if (x === 0) continue // the cut was between two rows
    add(x, y, bytesPerRow - x, 1)
    from = y + 1
  }
  add(0, from, bytesPerRow, data.length / bytesPerRow - from)
  return out
}

/** Where a pair's second byte is, ascending. */
function cutsBetween(data: Uint8Array, pairs: readonly (readonly [number, number])[]): number[] {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const cuts: number[] = []
  for (const pair of pairs) {
    const wanted = Buffer.from(pair)
    for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) cuts.push(at + 1)
  }
  return cuts.sort((a, b) => a - b)
}

/**
 * Reads pieces out of a job from `start` on, one after the other, as long as `command` (sticky, with the groups `x` and
 * `y` in dots, `bytes` and `rows`) matches, and says where it stopped. Undefined when a piece is not whole.
 */
export function readPieces(
  job: Uint8Array,
  text: string,
  start: number,
  command: RegExp,
): { readonly pieces: readonly Piece[]; readonly end: number } | undefined {
  const pieces: Piece[] = []
  let end = start
  for (;;) {
    command.lastIndex = end
    const found = command.exec(text)?.groups
    if (found === undefined) return { pieces, end }
    const [bytesPerRow, rows] = [Number(found['bytes']), Number(found['rows'])]
    const from = command.lastIndex
    end = from + bytesPerRow * rows
    if (end > job.length) return undefined
    const data = job.subarray(from, end)
    pieces.push({ x: Number(found['x']) >> 3, y: Number(found['y']), bytesPerRow, rows, data })
  }
}

/** The picture that pieces make; `width` in dots where it is known. Undefined when they leave any of it open. */
export function joinPieces(
  pieces: readonly Piece[],
  black: 0 | 1,
  width = 8 * Math.max(0, ...pieces.map((piece) => piece.x + piece.bytesPerRow)),
): Bitmap | undefined {
  const bytesPerLine = Math.ceil(width / 8)
  const height = Math.max(0, ...pieces.map((piece) => piece.y + piece.rows))
  const there = pieces.reduce((sum, { data }) => sum + data.length, 0)
  if (there === 0 || there !== bytesPerLine * height) return undefined
  if (pieces.some((piece) => piece.x + piece.bytesPerRow > bytesPerLine)) return undefined
  const bitmap = createBitmap(width, height)
  for (const { x, y, bytesPerRow, rows, data } of pieces) {
    const dots = black === 1 ? data : inverted(data)
    for (let row = 0; row < rows; row += 1) {
      const line = dots.subarray(row * bytesPerRow, (row + 1) * bytesPerRow)
      bitmap.data.set(line, (y + row) * bytesPerLine + x)
    }
  }
  return bitmap
}
