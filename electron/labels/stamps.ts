import { canvas } from './canvas.ts'
import type { Stamp } from './bitmap.ts'
import type { Letter } from './letters.ts'

export interface WantedStamp {
  readonly letter: Letter
  /** Dots an em. */
  readonly size: number
}

/** Darker than about 60 % grey is black: thinner strokes would break up, no dithering on 200 dots an inch. */
const blackFrom = 0.4 * 255

/** One sheet holds the new letters of a usual label; drawing on one canvas and reading it once is what costs. */
const sheetWidth = 1024
const sheetHeight = 512

/** Draws the pictures that letters lack, all together. */
export function castStamps(wanted: readonly WantedStamp[]): void {
  const todo = new Map<Letter, Set<number>>()
  for (const { letter, size } of wanted) {
    if (letter.stamps.has(size) || letter.text === ' ') continue
    if (letter.font === null) letter.stamps.set(size, missingStamp(letter.codePoint, size))
    else todo.set(letter, (todo.get(letter) ?? new Set()).add(size))
  }
  const cells: Cell[] = []
  let x = 0
  let y = 0
  let deepest = 0
  for (const [letter, sizes] of todo) {
    for (const size of sizes) {
      const cell = cellOf(letter, size)
      if (x + cell.width > sheetWidth) {
        x = 0
        y += deepest
        deepest = 0
      }
      if (y + cell.height > sheetHeight && cells.length > 0) {
        castSheet(cells.splice(0))
        x = y = deepest = 0
      }
      cells.push({ ...cell, x, y })
      x += cell.width
      deepest = Math.max(deepest, cell.height)
    }
  }
  if (cells.length > 0) castSheet(cells)
}

interface Cell {
  readonly letter: Letter
  readonly size: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** The pen in the cell, dots from its left and top edge. */
  readonly penX: number
  readonly penY: number
}

function cellOf(letter: Letter, size: number): Cell {
  const side = Math.ceil(size * (letter.advance === 0 ? 1 : 0.25)) + 1 // marks hang left of the pen
  const width = Math.ceil(letter.advance * size) + 2 * side
  const height = Math.ceil(size * 1.7)
  return { letter, size, x: 0, y: 0, width, height, penX: side, penY: Math.ceil(size * 1.2) }
}

function castSheet(cells: readonly Cell[]): void {
  const height = cells.reduce((most, cell) => Math.max(most, cell.y + cell.height), 0)
  const width = cells.reduce((most, cell) => Math.max(most, cell.x + cell.width), 0)
  const pen = canvas().createCanvas(width, height).getContext('2d')
  for (const cell of cells) {
    pen.font = `${cell.size}px '${cell.letter.font?.family ?? ''}'`
    pen.fillText(cell.letter.text, cell.x + cell.penX, cell.y + cell.penY)
  }
  const { data } = pen.getImageData(0, 0, width, height)
  const pixels = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4)
  for (const cell of cells) cell.letter.stamps.set(cell.size, stampOf(pixels, width, cell))
}

/** The cell's dots, cropped to the rows and columns that have any. Alpha is the topmost byte of a pixel. */
function stampOf(pixels: Uint32Array, sheet: number, cell: Cell): Stamp {
  let [left, right, top, bottom] = [cell.width, -1, cell.height, -1]
  for (let y = 0; y < cell.height; y += 1) {
    const line = (cell.y + y) * sheet + cell.x
    for (let x = 0; x < cell.width; x += 1) {
      if ((pixels[line + x] ?? 0) >>> 24 < blackFrom) continue
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      bottom = y
    }
  }
  if (right < 0) return { left: 0, top: 0, bytesPerRow: 0, rows: 0, data: new Uint8Array() }
  const bytesPerRow = (right - left + 8) >> 3
  const rows = bottom - top + 1
  const data = new Uint8Array(bytesPerRow * rows)
  for (let y = 0; y < rows; y += 1) {
    const line = (cell.y + top + y) * sheet + cell.x
    for (let x = left; x <= right; x += 1) {
      if ((pixels[line + x] ?? 0) >>> 24 < blackFrom) continue
      const at = y * bytesPerRow + ((x - left) >> 3)
      data[at] = (data[at] ?? 0) | (0x80 >> ((x - left) & 7))
    }
  }
  return { left: left - cell.penX, top: top - cell.penY, bytesPerRow, rows, data }
}

/** 3×5 dots for 0..F, a row three bits, topmost row first. */
const hexDots = [
  0o75557, 0o26227, 0o71747, 0o71717, 0o55711, 0o74717, 0o74757, 0o71111, 0o75757, 0o75717, 0o25755, 0o65656,
  0o34443, 0o65556, 0o74647, 0o74644,
]

/** A box with the code point's digits in two rows, for a character that no font of ours has. */
function missingStamp(codePoint: number, size: number): Stamp {
  const digits = codePoint.toString(16).toUpperCase().padStart(4, '0')
  const perRow = Math.ceil(digits.length / 2)
  const side = Math.max(size - 2, 8)
  const bytesPerRow = (side + 7) >> 3
  const data = new Uint8Array(bytesPerRow * side)
  const dot = (x: number, y: number) => {
    const at = y * bytesPerRow + (x >> 3)
    if (x < side && y < side) data[at] = (data[at] ?? 0) | (0x80 >> (x & 7))
  }
  const line = Math.max(1, Math.floor(size / 24))
  for (let along = 0; along < side; along += 1) {
    for (let thick = 0; thick < line; thick += 1) {
      dot(along, thick)
      dot(along, side - 1 - thick)
      dot(thick, along)
      dot(side - 1 - thick, along)
    }
  }
  const scale = Math.max(1, Math.floor((side - 2 * line - 1) / Math.max(perRow * 4, 12)))
  const left = Math.floor((side - (perRow * 4 - 1) * scale) / 2)
  const top = Math.floor((side - 11 * scale) / 2)
  for (const [at, digit] of [...digits].entries()) {
    const dots = hexDots[Number.parseInt(digit, 16)] ?? 0
    for (let bit = 0; bit < 15; bit += 1) {
      if (((dots >> (14 - bit)) & 1) === 0) continue
      const x = left + ((at % perRow) * 4 + (bit % 3)) * scale
      const y = top + (Math.floor(at / perRow) * 6 + Math.floor(bit / 3)) * scale
      for (let cell = 0; cell < scale * scale; cell += 1)
        dot(x + (cell % scale), y + Math.floor(cell / scale))
    }
  }
  return { left: 1, top: -Math.round(size * 0.88) + 1, bytesPerRow, rows: side, data }
}
