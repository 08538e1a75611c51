import { crc32, inflateSync } from 'node:zlib'
import { layoutLimits } from '#shared/domain/labels/layout.ts'
import type { Bitmap } from '#electron/ports/label-press.ts'
import { createBitmap, fillBox, type Box } from './bitmap.ts'

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
      const [left, up, corner] = [row[x - 1] ?? 0, above[x] ?? 0, above[x - 1] ?? 0]
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      row[x] = (lines[start + 1 + x] ?? 0) + guess
    }
    for (let x = 0; x < bytesPerRow; x += 1) {
      const ink = ~(row[x] ?? 0) & 0xff // in a PNG 1 is white
      data[y * bytesPerRow + x] = x === bytesPerRow - 1 ? ink & padding : ink
    }
    above = row
  }
  return true
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

/** In the middle of a box in dots, as large as it fits, in proportion; each dot takes the pixel it lies on. */
export function drawImage(bitmap: Bitmap, image: Bitmap, box: Box): void {
  const scale = Math.min(box.width / image.width, box.height / image.height)
  const [width, height] = [Math.round(image.width * scale), Math.round(image.height * scale)]
  const left = box.x + Math.floor((box.width - width) / 2)
  const top = box.y + Math.floor((box.height - height) / 2)
  for (let y = 0; y < height; y += 1) {
    const row = Math.min(image.height - 1, Math.floor(y / scale)) * image.bytesPerRow
    for (let x = 0; x < width; x += 1) {
      const pixel = Math.min(image.width - 1, Math.floor(x / scale))
      if ((((image.data[row + (pixel >> 3)] ?? 0) << (pixel & 7)) & 0x80) === 0) continue
      fillBox(bitmap, { x: left + x, y: top + y, width: 1, height: 1 })
    }
  }
}
