import { crc32, deflateSync } from 'node:zlib'
import type { Bitmap } from '#electron/ports/label-press.ts'

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** A grey PNG of bit depth 1 (W3C PNG §11.2.1), where 1 is white: the bitmap's bits turned over. */
export function toPng(bitmap: Bitmap): Uint8Array {
  const { width, height, bytesPerRow, data } = bitmap
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  const lines = new Uint8Array((bytesPerRow + 1) * height) // each line is led by filter type 0
  for (let y = 0; y < height; y += 1) {
    const line = y * (bytesPerRow + 1) + 1
    for (let x = 0; x < bytesPerRow; x += 1) lines[line + x] = ~(data[y * bytesPerRow + x] ?? 0)
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', new Uint8Array()),
  ])
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const out = Buffer.alloc(12 + body.length)
  out.writeUInt32BE(body.length, 0)
  out.write(type, 4, 'latin1')
  out.set(body, 8)
  out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length)
  return out
}
