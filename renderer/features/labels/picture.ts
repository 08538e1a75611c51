import { layoutLimits } from '#shared/domain/labels/layout.ts'

const sides = [600, 400, 250, 150] as const
/** Darker than this is ink. */
const inkBelow = 128

/**
 * A chosen picture as a layout keeps it: a grey PNG of one bit a dot, base64, as large as the limit allows. Null where
 * the file is no picture.
 */
export async function pictureOf(file: File): Promise<string | null> {
  const picture = await createImageBitmap(file).catch(() => null)
  if (picture === null) return null
  for (const side of sides) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height))
    const png = await toPng(picture, Math.ceil(picture.width * scale), Math.ceil(picture.height * scale))
    if (png !== null && png.length <= layoutLimits.png) return png
  }
  return null
}

async function toPng(picture: ImageBitmap, width: number, height: number): Promise<string | null> {
  const pen = new OffscreenCanvas(width, height).getContext('2d')
  if (pen === null) return null
  pen.fillStyle = '#fff' // what is transparent is paper
  pen.fillRect(0, 0, width, height)
  pen.drawImage(picture, 0, 0, width, height)
  const { data } = pen.getImageData(0, 0, width, height)
  const bytesPerRow = Math.ceil(width / 8)
  const lines = new Uint8Array((bytesPerRow + 1) * height).fill(0xff)
  for (let y = 0; y < height; y += 1) {
    const line = y * (bytesPerRow + 1)
    lines[line] = 0
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4
      const grey = ((data[at] ?? 0) * 2 + (data[at + 1] ?? 0) * 5 + (data[at + 2] ?? 0)) / 8
      const byte = line + 1 + (x >> 3)
      if (grey < inkBelow) lines[byte] = (lines[byte] ?? 0) & ~(0x80 >> (x & 7))
    }
  }
  const header = new DataView(new ArrayBuffer(13))
  header.setUint32(0, width)
  header.setUint32(4, height)
  header.setUint8(8, 1)
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', new Uint8Array(header.buffer)),
    chunk('IDAT', await deflated(lines)),
    chunk('IEND', new Uint8Array()),
  ]
  return btoa(parts.map((part) => String.fromCharCode(...part)).join(''))
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + body.length)
  const view = new DataView(out.buffer)
  view.setUint32(0, body.length)
  out.set(new TextEncoder().encode(type), 4)
  out.set(body, 8)
  view.setUint32(8 + body.length, crc32(out.subarray(4, 8 + body.length)))
  return out
}

/** CRC-32 of W3C PNG, annex D. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
