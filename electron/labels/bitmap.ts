import type { Bitmap } from '#electron/ports/label-press.ts'

/** A small picture to be set into a bitmap: one bit a dot, rows of whole bytes, most significant bit left. */
export interface Stamp {
  /** Dots from the pen to the stamp's left and top edge; may be negative. */
  readonly left: number
  readonly top: number
  readonly bytesPerRow: number
  readonly rows: number
  readonly data: Uint8Array
}

export type Ink = 'black' | 'white'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** All white. Width and height in dots. */
export function createBitmap(width: number, height: number): Bitmap {
  const bytesPerRow = Math.ceil(width / 8)
  return { width, height, bytesPerRow, data: new Uint8Array(bytesPerRow * height) }
}

/** The top left corner of a bitmap, of this size in dots. */
export function cropTo({ bytesPerRow, height: rows, data }: Bitmap, width: number, height: number): Bitmap {
  const corner = createBitmap(width, height)
  setStamp(corner, { left: 0, top: 0, bytesPerRow, rows, data }, 0, 0, 'black')
  return corner
}

/** Fills a box given in dots; what lies outside the bitmap is left out. */
export function fillBox(bitmap: Bitmap, box: Box, ink: Ink = 'black'): void {
  const left = Math.max(0, box.x)
  const right = Math.min(bitmap.width, box.x + box.width)
  const bottom = Math.min(bitmap.height, box.y + box.height)
  if (right <= left) return
  const first = left >> 3
  const last = (right - 1) >> 3
  const firstMask = 0xff >> (left & 7)
  const lastMask = (0xff << (7 - ((right - 1) & 7))) & 0xff
  for (let y = Math.max(0, box.y); y < bottom; y += 1) {
    const row = y * bitmap.bytesPerRow
    for (let at = first; at <= last; at += 1) {
      let mask = 0xff
      if (at === first) mask &= firstMask
      if (at === last) mask &= lastMask
      paint(bitmap.data, row + at, mask, ink)
    }
  }
}

/** The outline of a box, `line` dots thick, inside its edges. */
export function frameBox(bitmap: Bitmap, box: Box, line: number): void {
  fillBox(bitmap, { ...box, height: line })
  fillBox(bitmap, { ...box, y: box.y + box.height - line, height: line })
  fillBox(bitmap, { ...box, width: line })
  fillBox(bitmap, { ...box, x: box.x + box.width - line, width: line })
}

/** A line along the longer side of a box, in the middle of the shorter, dashed where `dash` (dots) is given. */
export function lineIn(bitmap: Bitmap, box: Box, thick: number, dash?: number): void {
  const flat = box.width >= box.height
  const middle = Math.floor(((flat ? box.height : box.width) - thick) / 2)
  const long = flat ? box.width : box.height
  const part = dash ?? long
  for (let at = 0; at < long; at += 2 * part) {
    const along = Math.min(part, long - at)
    fillBox(
      bitmap,
      flat
        ? { x: box.x + at, y: box.y + middle, width: along, height: thick }
        : { x: box.x + middle, y: box.y + at, width: thick, height: along },
    )
  }
}

/** Sets a stamp with its pen at (x, y) dots; what lies outside the bitmap is left out. */
export function setStamp(bitmap: Bitmap, stamp: Stamp, x: number, y: number, ink: Ink): void {
  const { data, bytesPerRow } = bitmap
  const shift = (x + stamp.left) & 7
  const firstByte = (x + stamp.left) >> 3
  // Bits right of the last dot must stay 0: printers and comparisons see the padding.
  const spare = bytesPerRow * 8 - bitmap.width
  const lastMask = (0xff << spare) & 0xff
  for (let row = 0; row < stamp.rows; row += 1) {
    const line = y + stamp.top + row
    if (line < 0 || line >= bitmap.height) continue
    const start = line * bytesPerRow
    for (let at = 0; at < stamp.bytesPerRow; at += 1) {
      const bits = (stamp.data[row * stamp.bytesPerRow + at] ?? 0) << 8
      if (bits === 0) continue
      const pair = bits >> shift
      for (let half = 0; half < 2; half += 1) {
        const column = firstByte + at + half
        if (column < 0 || column >= bytesPerRow) continue
        const byte = half === 0 ? pair >> 8 : pair & 0xff
        paint(data, start + column, column === bytesPerRow - 1 ? byte & lastMask : byte, ink)
      }
    }
  }
}

function paint(data: Uint8Array, at: number, bits: number, ink: Ink): void {
  const old = data[at] ?? 0
  data[at] = ink === 'black' ? old | bits : old & ~bits
}

/** The outermost columns and rows that have a black dot; undefined on white paper. */
export function inkOf({ bytesPerRow, height, data }: Bitmap) {
  const columns = new Uint8Array(bytesPerRow)
  let [top, bottom] = [-1, -1]
  for (let y = 0; y < height; y += 1) {
    let any = 0
    for (let x = 0, at = y * bytesPerRow; x < bytesPerRow; x += 1, at += 1) {
      const byte = data[at] ?? 0
      any |= byte
      columns[x] = (columns[x] ?? 0) | byte
    }
    if (any === 0) continue
    if (top < 0) top = y
    bottom = y
  }
  if (top < 0) return undefined
  const first = columns.findIndex((byte) => byte !== 0)
  const last = columns.findLastIndex((byte) => byte !== 0)
  return {
    left: first * 8 + Math.clz32(columns[first] ?? 0) - 24,
    right: last * 8 + 7 - trailingZeros(columns[last] ?? 0),
    top,
    bottom,
  }
}

const trailingZeros = (byte: number) => 31 - Math.clz32(byte & -byte)
