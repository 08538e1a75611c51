/**
 * What a simulated printer understands of each language, and what it says. Written from the manuals, apart from the
 * adapters: Zebra ZPL programming guide, TSC TSPL programming manual, Epson-compatible `DLE EOT` tables.
 */
export type Language = 'raw' | 'zpl' | 'tspl' | 'escpos'

export type Trouble = 'paper-out' | 'head-open' | 'ribbon-out' | 'paused' | 'head-hot'

export interface PrinterState {
  readonly troubles: ReadonlySet<Trouble>
  /** Labels that wait behind the one that comes out now. */
  readonly waiting: number
  readonly printing: boolean
  /** ZPL: as current firmware, nothing is said to `~HS` while the printer stands still for want of something. */
  readonly muteInTrouble: boolean
}

/** The first whole thing at the front of what came. `used` bytes are done with. */
export type Heard =
  | { readonly kind: 'label'; readonly used: number; readonly copies: number }
  /** `at`: where the question lies, which may be in the middle of a label. */
  | { readonly kind: 'ask'; readonly at: number; readonly used: number; readonly question: string }
  | { readonly kind: 'more' }

export interface Speech {
  listen(bytes: Buffer): Heard
  answer(question: string, state: PrinterState): Buffer
}

const more: Heard = { kind: 'more' }
const bit = (on: boolean, mask: number) => (on ? mask : 0)

const zpl: Speech = {
  listen(bytes) {
    const text = bytes.toString('latin1')
    const found = /~HS|~HQES|\^XZ/.exec(text)
    if (found === null) return more
    const [token] = found
    if (token !== '^XZ') return { kind: 'ask', at: found.index, used: token.length, question: token }
    const used = found.index + token.length
    const copies = /\^PQ(\d+)/.exec(text.slice(0, used))?.[1]
    return { kind: 'label', used, copies: text.slice(0, used).includes('^XA') ? Number(copies ?? 1) : 0 }
  },
  answer(question, { troubles, waiting, printing, muteInTrouble }) {
    const stopped = ['paper-out', 'head-open', 'ribbon-out', 'head-hot'] as const
    if (question === '~HQES') {
      const errors =
        bit(troubles.has('paper-out'), 1) |
        bit(troubles.has('ribbon-out'), 2) |
        bit(troubles.has('head-open'), 4) |
        bit(troubles.has('head-hot'), 16)
      const hex = errors.toString(16).toUpperCase().padStart(8, '0')
      return Buffer.from(
        `\u0002\r\n\r\n  PRINTER STATUS\r\n   ERRORS:         ${errors === 0 ? 0 : 1} 00000000 ${hex}\r\n` +
          '   WARNINGS:       0 00000000 00000000\r\n\u0003',
      )
    }
    if (muteInTrouble && stopped.some((trouble) => troubles.has(trouble))) return Buffer.alloc(0)
    const flag = (trouble: Trouble) => bit(troubles.has(trouble), 1)
    const formats = String(waiting).padStart(3, '0')
    const left = String(bit(printing, 1)).padStart(8, '0')
    return Buffer.from(
      `\u0002030,${flag('paper-out')},${flag('paused')},1245,${formats},0,0,0,000,0,0,${flag('head-hot')}\u0003\r\n` +
        `\u0002000,0,${flag('head-open')},${flag('ribbon-out')},0,2,4,0,${left},1,000\u0003\r\n\u00021234,0\u0003\r\n`,
    )
  },
}

const tspl: Speech = {
  listen(bytes) {
    let at = 0
    while (at < bytes.length) {
      if (bytes[at] === 0x1b) {
        if (bytes.length < at + 3) return more
        return { kind: 'ask', at, used: 3, question: bytes.toString('latin1', at + 1, at + 3) }
      }
      const head = /^BITMAP \d+,\d+,(\d+),(\d+),\d,/.exec(bytes.toString('latin1', at, at + 40))
      if (head !== null) {
        at += head[0].length + Number(head[1]) * Number(head[2])
        continue
      }
      const end = bytes.indexOf('\n', at)
      if (end < 0) return more
      const print = /^PRINT (\d+)(?:,(\d+))?/.exec(bytes.toString('latin1', at, end))
      at = end + 1
      if (print !== null) return { kind: 'label', used: at, copies: Number(print[1]) * Number(print[2] ?? 1) }
    }
    return more
  },
  answer(question, { troubles, printing, waiting }) {
    const busy = printing || waiting > 0
    if (question === '!?') {
      return Buffer.from([
        bit(troubles.has('head-open'), 1) |
          bit(troubles.has('paper-out'), 4) |
          bit(troubles.has('ribbon-out'), 8) |
          bit(troubles.has('paused'), 16) |
          bit(busy, 32) |
          bit(troubles.has('head-hot'), 128),
      ])
    }
    if (question !== '!S') return Buffer.alloc(0)
    const message = troubles.has('paused') ? 0x60 : troubles.size > 0 ? 0x45 : busy ? 0x50 : 0x40
    const media =
      0x40 |
      bit(troubles.has('paper-out'), 1) |
      bit(troubles.has('ribbon-out'), 4) |
      bit(troubles.has('head-open'), 32)
    const frame = [message, 0x40, 0x40 | bit(troubles.has('head-hot'), 1), media]
    return Buffer.from([0x02, ...frame, 0x03, 0x0d, 0x0a])
  },
}

const escpos: Speech = {
  listen(bytes) {
    let at = 0
    let rasters = 0
    while (at < bytes.length) {
      const [code = 0, next] = bytes.subarray(at, at + 2)
      const left = bytes.length - at
      if (code === 0x10 && next === 0x04) {
        return left < 3 ? more : { kind: 'ask', at, used: 3, question: String(bytes[at + 2]) }
      }
      if (code === 0x1d && next === 0x76) {
        if (left < 8) return more
        at += 8 + bytes.readUInt16LE(at + 4) * bytes.readUInt16LE(at + 6)
        rasters += 1
      } else if (code === 0x0c) return { kind: 'label', used: at + 1, copies: rasters > 0 ? 1 : 0 }
      else if (code === 0x1d && next === 0x56) {
        const length = (bytes[at + 2] ?? 0) > 64 ? 4 : 3
        return left < length ? more : { kind: 'label', used: at + length, copies: rasters > 0 ? 1 : 0 }
      } else if (code === 0x1b) at += next === 0x40 ? 2 : 3
      else if (code === 0x1d) at += 3
      else at += 1
    }
    return more
  },
  answer(question, { troubles }) {
    const none = troubles.has('paper-out')
    const open = troubles.has('head-open')
    const bits: Readonly<Record<string, number>> = {
      '1': bit(troubles.size > 0, 8),
      '2': bit(open, 4) | bit(none, 32) | bit(troubles.has('head-hot'), 64),
      '3': bit(troubles.has('head-hot'), 64),
      '4': bit(none, 0x60),
    }
    const value = bits[question]
    return value === undefined ? Buffer.alloc(0) : Buffer.from([0x12 | value])
  },
}

/** `raw` has no speech: a label is what one connection sent. */
export const speeches: Readonly<Record<Language, Speech | undefined>> = { raw: undefined, zpl, tspl, escpos }
