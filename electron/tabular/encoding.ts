import { isAscii, isUtf8 } from 'node:buffer'
import type { TableFault, TextEncodingName } from '#electron/ports/table-files.ts'
import { utf8Tail } from '#electron/tabular/decoder.ts'

/** What a file's bytes were taken for, or why they are no text that we dare to read. */
export type EncodingVerdict =
  | { readonly ok: true; readonly encoding: TextEncodingName }
  | { readonly ok: false; readonly fault: TableFault }

const found = (encoding: TextEncodingName): EncodingVerdict => ({ ok: true, encoding })
const refused = (code: TableFault['code'], message: string): EncodingVerdict => ({
  ok: false,
  fault: { code, message },
})

/** Bytes of non-ASCII text that are looked at before GB18030 is believed. */
const sampleBytes = 1024 * 1024

/**
 * Decides the encoding from the whole file, piece by piece: byte order mark, then strict UTF-8, then GB18030.
 * The whole file, because UTF-8 that breaks after a megabyte must not be read on as GB18030; the check runs at
 * more than a gigabyte a second.
 *
 * Strict GB18030 accepts most UTF-8, Big5 and Shift-JIS text as nonsense. It is therefore believed only where the
 * bytes are mostly the 3,755 characters of everyday Chinese (GB 2312 level 1) or its signs, and never where the
 * same bytes are mostly well-formed UTF-8 (a damaged UTF-8 file) or fall into areas that GBK leaves to users.
 */
export class EncodingJudge {
  #bytes = 0
  #head = Buffer.alloc(0)
  #bom: 'utf-8' | 'utf-16le' | 'utf-16be' | null = null
  #utf8 = true
  #nul = false
  #rest = Buffer.alloc(0)
  #shape = { wellFormed: 0, all: 0 }
  #gb: GbShape = { common: 0, second: 0, rare: 0, user: 0, broken: 0 }
  #sampled = 0

  /** Takes the next piece; false when nothing further can change the verdict. */
  push(piece: Buffer): boolean {
    if (this.#bytes === 0) {
      this.#head = Buffer.from(piece.subarray(0, 64 * 1024))
      this.#bom = markOf(piece)
      if (this.#bom === null && piece.subarray(0, 4).equals(gb18030Mark)) this.#utf8 = false
    }
    this.#bytes += piece.length
    if (this.#bom === 'utf-16le' || this.#bom === 'utf-16be') return false
    // Text that says what it is may hold a zero character; elsewhere it means UTF-16 or no text at all.
    if (this.#bom === null && piece.includes(0)) {
      this.#nul = true
      return false
    }

    const all = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece])
    if (this.#utf8) {
      const whole = all.subarray(0, all.length - utf8Tail(all))
      this.#rest = Buffer.from(all.subarray(whole.length))
      if (isAscii(whole)) return true
      if (isUtf8(whole)) {
        // One look at the shape of each piece is enough to know later that the file began as UTF-8.
        addUtf8Shape(whole.subarray(0, 16 * 1024), this.#shape)
        return true
      }
      this.#utf8 = false
      this.#rest = Buffer.alloc(0)
    }
    // A line's end is never half of a character, so reading in step begins after one.
    const from = this.#bytes === piece.length ? 0 : Math.max(0, all.indexOf(10))
    const sample = all.subarray(from, from + sampleBytes - this.#sampled)
    this.#sampled += sample.length
    addUtf8Shape(sample, this.#shape)
    addGbShape(sample, this.#gb)
    return this.#sampled < sampleBytes
  }

  verdict(): EncodingVerdict {
    if (this.#bom === 'utf-16le' && this.#head[2] === 0 && this.#head[3] === 0) {
      return refused('encodingUnknown', 'The file is UTF-32; save it as UTF-8.')
    }
    if (this.#bom === 'utf-16le' || this.#bom === 'utf-16be') return found(this.#bom)
    if (this.#nul) return unmarkedUtf16(this.#head)
    const utf8 = this.#utf8 && this.#rest.length === 0
    if (this.#bom === 'utf-8') {
      return utf8
        ? found('utf-8')
        : refused('encodingUnknown', 'The file says it is UTF-8, but some of its bytes are not.')
    }
    if (manyControls(this.#head)) return refused('fileBinary', 'The file is not text.')
    if (utf8) return found('utf-8')
    if (this.#head.subarray(0, 4).equals(gb18030Mark)) return found('gb18030')
    const { wellFormed, all } = this.#shape
    if (all > 0 && wellFormed >= all * 0.8) {
      return refused('encodingUnknown', 'The file is mostly UTF-8, but some of its bytes are damaged.')
    }
    return looksLikeChinese(this.#gb)
      ? found('gb18030')
      : refused(
          'encodingUnknown',
          'The text is neither UTF-8 nor believable GB18030; name its encoding (perhaps Shift-JIS or Big5) or save it as UTF-8.',
        )
  }
}

const gb18030Mark = Buffer.of(0x84, 0x31, 0x95, 0x33)

function markOf(head: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return null
}

/** Counts the bytes outside ASCII, and those of them that form whole UTF-8 characters. */
function addUtf8Shape(bytes: Uint8Array, shape: { wellFormed: number; all: number }): void {
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0
    if (lead < 0x80) continue
    const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1
    let follows = 1
    while (follows < length && at + follows < bytes.length && ((bytes[at + follows] ?? 0) & 0xc0) === 0x80) {
      follows += 1
    }
    shape.all += follows
    if (length > 1 && follows === length) shape.wellFormed += length
    at += follows - 1
  }
}

interface GbShape {
  /** GB 2312 signs and level 1. */
  common: number
  /** GB 2312 level 2 and four-byte characters: seen in names and addresses, never alone. */
  second: number
  rare: number
  /** Areas without characters of their own. */
  user: number
  broken: number
}

/** Sorts the characters that GB18030 sees in the bytes by how likely they are in a table of orders. */
function addGbShape(bytes: Uint8Array, shape: GbShape): void {
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0
    if (lead <= 0x80) continue
    const trail = bytes[at + 1] ?? 0
    if (trail >= 0x30 && trail <= 0x39) {
      shape.second += 1
      at += 3
    } else if (trail < 0x40 || trail === 0x7f || trail === 0xff || lead === 0xff) {
      if (at + 1 < bytes.length) shape.broken += 1
    } else {
      at += 1
      if (trail >= 0xa1) {
        if (lead >= 0xb0 && lead <= 0xd7) shape.common += 1
        else if (lead >= 0xa1 && lead <= 0xa3) shape.common += 1
        else if (lead >= 0xd8 && lead <= 0xf7) shape.second += 1
        else if ((lead >= 0xaa && lead <= 0xaf) || lead >= 0xf8) shape.user += 1
        else shape.rare += 1
      } else if (lead >= 0xa1 && lead <= 0xa7) shape.user += 1
      else shape.rare += 1
    }
  }
}

function looksLikeChinese(shape: Readonly<GbShape>): boolean {
  if (shape.user > 0) return false
  const all = shape.common + shape.second + shape.rare + shape.broken
  return all > 0 && shape.common + shape.second / 2 >= all * 0.7
}

/** UTF-16 without a mark: its ASCII characters, the delimiters above all, have a zero byte on one side only. */
function unmarkedUtf16(head: Buffer): EncodingVerdict {
  let best: { encoding: TextEncodingName; ascii: number } | null = null
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    const ascii = plainShare(head, encoding)
    if (ascii > 0.02 && (best === null || ascii > best.ascii)) best = { encoding, ascii }
  }
  return best === null ? refused('fileBinary', 'The file is not text.') : found(best.encoding)
}

/** The share of ASCII text among the head's UTF-16 characters; 0 where some of them cannot be text. */
function plainShare(head: Buffer, encoding: 'utf-16le' | 'utf-16be'): number {
  let ascii = 0
  let delimiters = 0
  let half = false
  const units = head.length >> 1
  for (let at = 0; at < units; at += 1) {
    const code = encoding === 'utf-16le' ? head.readUInt16LE(at * 2) : head.readUInt16BE(at * 2)
    if (code < 0x20 && code !== 9 && code !== 10 && code !== 13) return 0
    if (code >= 0xfffe || (code >= 0xe000 && code <= 0xf8ff)) return 0
    const pairs = (code & 0xfc00) === 0xdc00
    if (pairs !== half) return 0
    half = (code & 0xfc00) === 0xd800
    if (code < 0x7f) ascii += 1
    if (code === 9 || code === 10 || code === 13 || code === 44 || code === 59) delimiters += 1
  }
  return delimiters === 0 || ascii < 4 ? 0 : ascii / units
}

function manyControls(head: Buffer): boolean {
  let controls = 0
  for (const byte of head) {
    if (byte < 0x20 && (byte < 9 || byte > 13) && byte !== 0x1a) controls += 1
  }
  return controls > 8 && controls > head.length * 0.05
}
