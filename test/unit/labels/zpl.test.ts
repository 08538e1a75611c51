import { describe, expect, it } from 'vitest'
import { createLabelPress } from '#electron/labels/index.ts'
import { crc16, decodeZpl } from '#electron/labels/zpl.ts'
import type { Bitmap, LabelMedia, PrintOptions } from '#electron/ports/label-press.ts'
import { noise } from '#test/support/bitmaps.ts'
import { bitsOfPng, renderZpl } from '#test/support/label-reader.ts'
import { someLabel } from '#test/support/labels.ts'

const press = createLabelPress()
const large: LabelMedia = { widthMm: 100, heightMm: 150, dpi: 203 }
const zpl = (bitmap: Bitmap, options: Partial<PrintOptions> = {}) =>
  press.encode(bitmap, 'zpl', { copies: 1, dpi: 203, ...options })

/** CRC-16/XMODEM bit by bit, written apart from the product's table. */
function crcBitByBit(text: string): number {
  let crc = 0
  for (const byte of Buffer.from(text, 'latin1')) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      const top = ((crc >> 15) & 1) ^ ((byte >> bit) & 1)
      crc = (crc << 1) & 0xffff
      if (top === 1) crc ^= 0x1021
    }
  }
  return crc
}

describe('ZPL', () => {
  it.each([
    [{ ...large }, 'z64'],
    [{ ...large }, 'acs'],
    [{ ...large }, 'hex'],
    [{ widthMm: 76, heightMm: 130, dpi: 203 }, 'z64'],
    [{ widthMm: 76, heightMm: 130, dpi: 300 }, 'acs'],
    [{ ...large, dpi: 300 }, 'z64'],
  ] as const)('drawn by another renderer is our raster, bit by bit: %j %s', async (media, compression) => {
    const { bitmap } = press.render(someLabel(), media)
    const [png, ...more] = await renderZpl(zpl(bitmap, { compression }), media)
    expect(more).toEqual([])
    const seen = bitsOfPng(png ?? new Uint8Array())
    expect([seen.width, seen.height]).toEqual([bitmap.width, bitmap.height])
    expect(Buffer.compare(seen.data, bitmap.data)).toBe(0)
  })

  it.each([0.02, 0.5, 0.98])('run lengths hold for dots drawn by chance, %d black', async (share) => {
    const bitmap = noise(800, 200, share)
    const media: LabelMedia = { widthMm: 100, heightMm: 25, dpi: 203 }
    const [png] = await renderZpl(zpl(bitmap, { compression: 'acs' }), media)
    expect(Buffer.compare(bitsOfPng(png ?? new Uint8Array()).data, bitmap.data)).toBe(0)
  })

  it('has the CRC of the published check value, over the base64 text', () => {
    expect(crc16('123456789')).toBe(0x31c3) // CRC-16/XMODEM, check value of the CRC catalogue
    const { bitmap } = press.render(someLabel(), large)
    const [, packed = '', crc] =
      /:Z64:([^:]+):([0-9A-F]{4})\^FS/.exec(Buffer.from(zpl(bitmap)).toString()) ?? []
    expect(crcBitByBit(packed).toString(16).toUpperCase().padStart(4, '0')).toBe(crc)
  })

  it('frames the graphic with size, copies, darkness and speed, and undoes what others left', () => {
    const job = Buffer.from(zpl(noise(16, 2, 0), { copies: 3, darkness: 8, speed: 4, compression: 'hex' }))
    expect(job.toString()).toBe(
      '~SD08\n^XA^PR4^PW16^LL2^LH0,0^PON^PMN^LRN\n^FO0,0^GFA,4,4,2,00000000^FS\n^PQ3^XZ\n',
    )
    expect(Buffer.from(zpl(noise(16, 2, 0))).toString()).not.toMatch(/~SD|\^PR/)
  })

  it('says how the next label is found, and keeps darkness and speed within what the printer takes', () => {
    const text = (options: Partial<PrintOptions>) => Buffer.from(zpl(noise(16, 2, 0), options)).toString()
    expect(text({ media: 'gap', gapMm: 3 })).toContain('^XA^MNY^PW')
    expect(text({ media: 'mark' })).toContain('^XA^MNM^PW')
    expect(text({ media: 'continuous', speed: 99 })).toContain('^XA^PR14^MNN^PW')
    expect(text({ darkness: 200, speed: 0 })).toMatch(/^~SD30\n\^XA\^PR1\^PW/)
    expect(text({ darkness: -1 })).toMatch(/^~SD00\n/)
  })

  it.each(['z64', 'acs', 'hex'] as const)('reads its own jobs back for pictures: %s', (compression) => {
    for (const bitmap of [noise(801, 60, 0.3), noise(16, 9, 0.98), noise(1772, 30, 0.02)]) {
      expect(decodeZpl(zpl(bitmap, { compression }))).toEqual({ ...bitmap, data: Buffer.from(bitmap.data) })
    }
  })

  it('reads nothing from a damaged or foreign job', () => {
    const job = Buffer.from(zpl(noise(80, 60, 0.3)))
    job[job.indexOf(':Z64:') + 30] = 0x21
    expect(decodeZpl(job)).toBeUndefined()
    expect(decodeZpl(job.subarray(0, 90))).toBeUndefined()
    expect(decodeZpl(Buffer.from('^XA^FO50,50^FDhello^FS^XZ'))).toBeUndefined()
    expect(decodeZpl(Buffer.from('^PW99999^LL99999^FO0,0^GFA,9,9,9,00^FS'))).toBeUndefined()
  })
})
