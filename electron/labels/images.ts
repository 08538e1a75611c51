import { crc32, inflateSync } from 'node:zlib'
import { layoutLimits } from '#shared/domain/labels/layout.ts'
import type { Bitmap } from '#electron/ports/label-press.ts'
import { type Box, createBitmap, setStamp } from './bitmap.ts'

/**
 * The dots of a layout's image: a grey PNG of bit depth 1, not interlaced (W3C PNG §11.2.1). Undefined for anything else. The sides
 * are judged before a byte is inflated, and the inflated size is then known exactly.
 */
export function readImage(base64: string): Bitmap | undefined {
  const file = Buffer.from(base64, 'base64')
  const chunks = chunksOf(file)
  const header = chunks?.[0]
  if (chunks === undefined || header?.type !== 'IHDR' || header.body.length !== 13) return undefined
  const [width, height] = [header.body.readUInt32BE(0), header.body.readUInt32BE(4)]
  const [depth, colour, compression, filter, interlace] = header.body.subarray(8)
  const sides = Math.max(width, height) <= layoutLimits.image && Math.min(width, height) > 0
  if (!sides || depth !== 1 || colour !== 0 || compression !== 0 || filter !== 0 || interlace !== 0)
    return undefined
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body))
  const bitmap = createBitmap(width, height)
  const lines = inflated(packed, (bitmap.bytesPerRow + 1) * height)
  return lines !== undefined && unfilter(lines, bitmap) ? bitmap : undefined
}

interface Chunk {
  readonly type: string
  readonly body: Buffer
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function chunksOf(file: Buffer): Chunk[] | undefined {
  if (!file.subarray(0, 8).equals(signature)) return undefined
  const chunks: Chunk[] = []
  for (let at = 8; at + 12 <= file.length;) {
    const end = at + 8 + file.readUInt32BE(at)
    if (end + 4 > file.length) return undefined
    if (crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) return undefined
    const chunk = { type: file.toString('latin1', at + 4, at + 8), body: file.subarray(at + 8, end) }
    if (chunk.type === 'IEND') return chunks
    chunks.push(chunk)
    at = end + 4
  }
  return undefined
}

function inflated(packed: Buffer, size: number): Buffer | undefined {
  try {
    const lines = inflateSync(packed, { maxOutputLength: size })
    return lines.length === size ? lines : undefined
  } catch {
    return undefined // broken, or more than the header says
  }
}

/** Undoes the filters of §9.2, where a pixel is less than a byte and its left neighbour is the byte before. */
function unfilter(lines: Buffer, { data, bytesPerRow, width, height }: Bitmap): boolean {
  let above = new Uint8Array(bytesPerRow)
  const padding = (0xff << (bytesPerRow * 8 - width)) & 0xff
  for (let y = 0; y < height; y += 1) {
    const start = y * (bytesPerRow + 1)
    const filter = lines[start] ?? 0
    if (filter > 4) return false
    const row = new Uint8Array(bytesPerRow)
    for (let x = 0; x < bytesPerRow; x += 1) {
      const [left, up] = [row[x - 1] ?? 0, above[x] ?? 0]
      row[x] = (lines[start + 1 + x] ?? 0) + guess(filter, left, up, above[x - 1] ?? 0)
    }
    for (let x = 0; x < bytesPerRow; x += 1) {
      const ink = ~(row[x] ?? 0) & 0xff // in a PNG 1 is white
      data[y * bytesPerRow + x] = x === bytesPerRow - 1 ? ink & padding : ink
    }
    above = row
  }
  return true
}

function guess(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left
    case 2:
      return up
    case 3:
      return (left + up) >> 1
    case 4:
      return paeth(left, up, corner)
    default:
      return 0
  }
}

function paeth(left: number, up: number, corner: number): number {
  const near = left + up - corner
  const [a, b, c] = [Math.abs(near - left), Math.abs(near - up), Math.abs(near - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

/** In the middle of a box in dots, as large as it fits, in proportion; each dot takes the pixel it lies on. */
export function drawImage(bitmap: Bitmap, image: Bitmap, box: Box): void {
  const scale = Math.min(box.width / image.width, box.height / image.height)
  const [width, height] = [Math.round(image.width * scale), Math.round(image.height * scale)]
  const left = box.x + Math.floor((box.width - width) / 2)
  const top = box.y + Math.floor((box.height - height) / 2)
  const bytesPerRow = Math.ceil(width / 8)
  const pixels = Uint16Array.from({ length: width }, (_, x) =>
    Math.min(image.width - 1, Math.floor(x / scale)),
  )
  const data = new Uint8Array(bytesPerRow * height)
  let before = -1
  for (let y = 0; y < height; y += 1) {
    const line = Math.min(image.height - 1, Math.floor(y / scale))
    const at = y * bytesPerRow
    if (line === before) data.copyWithin(at, at - bytesPerRow, at)
    else stretch(image.data.subarray(line * image.bytesPerRow), pixels, data.subarray(at))
    before = line
  }
  const stamp = { left: 0, top: 0, bytesPerRow, rows: height, data }
  setStamp(bitmap, stamp, left, top, 'black')
}

/** One row of an image, its dots taken from these pixels. */
function stretch(row: Uint8Array, pixels: Uint16Array, into: Uint8Array): void {
  for (let x = 0; x < pixels.length; x += 1) {
    const pixel = pixels[x] ?? 0
    if ((((row[pixel >> 3] ?? 0) << (pixel & 7)) & 0x80) !== 0)
      into[x >> 3] = (into[x >> 3] ?? 0) | (0x80 >> (x & 7))
  }
}
