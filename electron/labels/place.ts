import type { Bitmap, Placement } from '#electron/ports/label-press.ts'
import { createBitmap, inkOf, setStamp } from './bitmap.ts'
import { dotsPerMm } from './dots.ts'

/**
 * Turns and moves a label's dots. It is done here and not by printers' own commands (`^PO ^LS REFERENCE DIRECTION`), so
 * that the picture on the screen is the picture that is printed. An offset stops where ink would leave the paper.
 * Gives the bitmap itself when there is nothing to do.
 */
export function placeBitmap(bitmap: Bitmap, placement: Placement): Bitmap {
  const { dpi, rotation = 0, offsetXMm = 0, offsetYMm = 0 } = placement
  const turned = rotation === 0 ? bitmap : turn(bitmap, rotation)
  const dots = dotsPerMm[dpi]
  return move(turned, Math.round(offsetXMm * dots), Math.round(offsetYMm * dots))
}

/** Clockwise, black dot by black dot: a label is mostly white. */
function turn(bitmap: Bitmap, rotation: 90 | 180 | 270): Bitmap {
  const { width, height, bytesPerRow, data } = bitmap
  const out = rotation === 180 ? createBitmap(width, height) : createBitmap(height, width)
  for (let at = 0; at < data.length; at += 1) {
    const byte = data[at] ?? 0
    if (byte === 0) continue
    const y = Math.floor(at / bytesPerRow)
    const left = (at % bytesPerRow) * 8
    for (let bit = 0; bit < 8; bit += 1) {
      if ((byte & (0x80 >> bit)) === 0) continue
      const x = left + bit
      const toX = rotation === 90 ? height - 1 - y : rotation === 180 ? width - 1 - x : y
      const toY = rotation === 90 ? x : rotation === 180 ? height - 1 - y : width - 1 - x
      const to = toY * out.bytesPerRow + (toX >> 3)
      out.data[to] = (out.data[to] ?? 0) | (0x80 >> (toX & 7))
    }
  }
  return out
}

function move(bitmap: Bitmap, right: number, down: number): Bitmap {
  if (right === 0 && down === 0) return bitmap
  const ink = inkOf(bitmap)
  if (ink === undefined) return bitmap
  const x = Math.min(Math.max(right, -ink.left), bitmap.width - 1 - ink.right)
  const y = Math.min(Math.max(down, -ink.top), bitmap.height - 1 - ink.bottom)
  if (x === 0 && y === 0) return bitmap
  const out = createBitmap(bitmap.width, bitmap.height)
  const { bytesPerRow, height, data } = bitmap
  setStamp(out, { left: 0, top: 0, bytesPerRow, rows: height, data }, x, y, 'black')
  return out
}
