/** Paper for the printers of this folder, which obey a language as its manual says and share no code with the product. */
import type { Bitmap } from '#electron/ports/label-press.ts'

export interface PrintedPage {
  readonly bitmap: Bitmap
  readonly copies: number
}

/** One byte a dot, so that nothing here shifts bits as the product does. */
export interface Paper {
  readonly width: number
  readonly height: number
  /** Draws eight dots; what is black off the paper is an error, as it would be lost. */
  eight(x: number, y: number, bits: string): void
  /** A picture of the paper as it is now. */
  picture(): Bitmap
}

export function createPaper(width: number, height: number): Paper {
  const dots = new Uint8Array(width * height)
  return {
    width,
    height,
    eight(x, y, bits) {
      for (const [at, bit] of [...bits].entries()) {
        const inside = x + at >= 0 && x + at < width && y >= 0 && y < height
        if (inside) dots[y * width + x + at] = bit === '1' ? 1 : 0
        else if (bit === '1') throw new Error(`ink at ${x + at},${y} is off the paper of ${width}×${height}`)
      }
    },
    picture() {
      const bytesPerRow = Math.ceil(width / 8)
      const data = new Uint8Array(bytesPerRow * height)
      for (let y = 0; y < height; y += 1) {
        for (let byte = 0; byte < bytesPerRow; byte += 1) {
          let value = 0
          for (let bit = 0; bit < 8; bit += 1) {
            const x = byte * 8 + bit
            value = value * 2 + (x < width ? (dots[y * width + x] ?? 0) : 0)
          }
          data[y * bytesPerRow + byte] = value
        }
      }
      return { width, height, bytesPerRow, data }
    },
  }
}

const asBits = Array.from({ length: 256 }, (_, byte) => byte.toString(2).padStart(8, '0'))
const asTurnedBits = asBits.map((bits) => bits.replaceAll(/./g, (bit) => (bit === '0' ? '1' : '0')))

/** The bits of a byte, `1` for black. */
export const bitsOf = (byte: number, black: '0' | '1'): string =>
  (black === '1' ? asBits : asTurnedBits)[byte] ?? ''

/** Takes a job apart from front to back. */
export interface Tape {
  readonly atEnd: boolean
  /** The characters up to `end`, which is taken too; an error where it does not come. */
  until(end: string): string
  /** The next so many bytes, all of them or an error. */
  bytes(count: number): Uint8Array
  peek(): number
  /** The capital letters that come next. */
  word(): string
}

export function createTape(job: Uint8Array): Tape {
  let at = 0
  return {
    get atEnd() {
      return at >= job.length
    },
    until(end) {
      let text = ''
      while (!text.endsWith(end)) {
        const byte = job[at]
        if (byte === undefined) throw new Error(`the job ends in the middle of ${JSON.stringify(text)}`)
        if (text.length > 200) throw new Error(`no command is so long: ${JSON.stringify(text)}`)
        text += String.fromCharCode(byte)
        at += 1
      }
      return text.slice(0, -end.length)
    },
    bytes(count) {
      if (at + count > job.length) throw new Error(`${count} bytes should come, ${job.length - at} did`)
      at += count
      return job.subarray(at - count, at)
    },
    peek: () => job[at] ?? -1,
    word() {
      const [word = ''] = /^[A-Z]*/.exec(Buffer.from(job.subarray(at, at + 30)).toString('latin1')) ?? []
      at += word.length
      return word
    },
  }
}

export function wholeNumber(text: string, lowest: number, highest: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < lowest || value > highest) {
    throw new Error(`${JSON.stringify(text)} is no whole number from ${lowest} to ${highest}`)
  }
  return value
}
