import { deflateSync, inflateSync } from 'node:zlib'
import type { Bitmap, PrintOptions } from '#electron/ports/label-press.ts'
import { settingsFor } from './settings.ts'

/**
 * A whole ZPL II job for one bitmap. Commands: Zebra ZPL II programming guide. `^LH ^PO ^PM ^LR` undo what another
 * program may have left in the printer; `^LS ^LT` stay, because they are the bench's own adjustment. The graphic is
 * text without `^` and `~`, so no dot can look like a command.
 */
export function encodeZpl(bitmap: Bitmap, options: PrintOptions): Uint8Array {
  const { width, height, bytesPerRow, data } = bitmap
  const { darkness, speed } = settingsFor('zpl', options)
  const media = options.media === undefined ? '' : mediaTracking[options.media]
  const graphic = graphics[options.compression ?? 'z64'](bitmap)
  return Buffer.from(
    `${darkness === undefined ? '' : `~SD${String(darkness).padStart(2, '0')}\n`}` +
      `^XA${speed === undefined ? '' : `^PR${speed}`}${media}` +
      `^PW${width}^LL${height}^LH0,0^PON^PMN^LRN\n` +
      `^FO0,0^GFA,${data.length},${data.length},${bytesPerRow},${graphic}^FS\n` +
      `^PQ${options.copies}^XZ\n`,
    'latin1',
  )
}

const mediaTracking = { gap: '^MNY', mark: '^MNM', continuous: '^MNN' } as const

const graphics = { z64, acs, hex } as const

/** `:Z64:base64(zlib):CRC`, CRC over the base64 text. Level 6: level 9 costs four times as much for 2 %. */
function z64({ data }: Bitmap): string {
  const text = deflateSync(data, { level: 6 }).toString('base64')
  return `:Z64:${text}:${crc16(text).toString(16).toUpperCase().padStart(4, '0')}`
}

function hex({ data }: Bitmap): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex').toUpperCase()
}

/**
 * ZPL's ASCII run lengths ("alternative data compression scheme"): `G`..`Y` repeat the next digit 1..19 times,
 * `g`..`z` 20..400 times, `,` fills the row with 0, `:` repeats the row above. `!` ("fills with ones") is not used:
 * zebrash reads it as digits 1, the guide's words allow both.
 */
function acs(bitmap: Bitmap): string {
  const digits = hex(bitmap)
  const perRow = bitmap.bytesPerRow * 2
  let out = ''
  let above = ''
  for (let at = 0; at < digits.length; at += perRow) {
    const row = digits.slice(at, at + perRow)
    out += row === above ? ':' : runs(row)
    above = row
  }
  return out
}

function runs(row: string): string {
  const body = row.replace(/0+$/, '')
  const fill = body.length === row.length ? '' : ','
  return body.replaceAll(/(.)\1*/g, (run, digit: string) => repeat(digit, run.length)) + fill
}

function repeat(digit: string, count: number): string {
  let out = ''
  for (let left = count; left > 0; left -= 400) out += `${runLength(Math.min(left, 400))}${digit}`
  return out
}

function runLength(count: number): string {
  if (count === 1) return ''
  const twenties = Math.floor(count / 20)
  const ones = count % 20
  return (
    (twenties > 0 ? String.fromCodePoint(0x66 + twenties) : '') +
    (ones > 0 ? String.fromCodePoint(0x46 + ones) : '')
  )
}

/**
 * CRC-16, polynomial 1021h, start 0000h, over ASCII text. The start value was settled by recomputing a genuine
 * Z64 sample (BinaryKits.Zpl discussion 178).
 */
export function crc16(text: string): number {
  let crc = 0
  for (let at = 0; at < text.length; at += 1) {
    crc = ((crc << 8) & 0xffff) ^ (crcTable[(crc >> 8) ^ (text.charCodeAt(at) & 0xff)] ?? 0)
  }
  return crc
}

const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1
  return crc & 0xffff
})

/**
 * The dots of a job that `encodeZpl` made, for showing what a simulated printer got; undefined for any other job
 * and for a job that was damaged on its way.
 */
export function decodeZpl(job: Uint8Array): Bitmap | undefined {
  const text = Buffer.from(job).toString('latin1')
  const size = /\^PW(\d{1,5})\^LL(\d{1,5})\^/.exec(text)
  const graphic = /\^GFA,\d+,(\d{1,8}),(\d{1,4}),([^^]*)\^FS/.exec(text)
  if (size === null || graphic === null) return undefined
  const [width, height] = [Number(size[1]), Number(size[2])]
  const [total, bytesPerRow] = [Number(graphic[1]), Number(graphic[2])]
  if (bytesPerRow !== Math.ceil(width / 8) || total !== bytesPerRow * height) return undefined
  const data = readGraphic(graphic[3] ?? '', bytesPerRow, total)
  return data?.length === total ? { width, height, bytesPerRow, data } : undefined
}

function readGraphic(body: string, bytesPerRow: number, total: number): Uint8Array | undefined {
  const z64 = /^:Z64:([A-Za-z0-9+/=]+):([0-9A-F]{4})$/.exec(body)
  if (z64 === null) return readRuns(body, bytesPerRow * 2)
  const [, packed = '', crc = ''] = z64
  if (crc16(packed) !== Number.parseInt(crc, 16)) return undefined
  try {
    return inflateSync(Buffer.from(packed, 'base64'), { maxOutputLength: total })
  } catch {
    return undefined
  }
}

function readRuns(body: string, perRow: number): Uint8Array {
  const rows: string[] = []
  let row = ''
  let count = 0
  for (const sign of body) {
    const code = sign.charCodeAt(0)
    if (sign >= 'G' && sign <= 'Y') count += code - 0x46
    else if (sign >= 'g' && sign <= 'z') count += (code - 0x66) * 20
    else {
      if (sign === ':') row = rows.at(-1) ?? ''
      else if (sign === ',') row = row.padEnd(perRow, '0')
      else row += sign.repeat(Math.max(count, 1))
      count = 0
    }
    if (row.length >= perRow) {
      rows.push(row)
      row = ''
    }
  }
  return Buffer.from(rows.join(''), 'hex')
}
