import { createRequire } from 'node:module'
import type encoder from 'bwip-js/node'
import type { DrawnGlyph } from './font-file.ts'

/** Bars and spaces in turn, each in modules, beginning with a bar. */
export type Bars = readonly number[]

export type Code128 = (text: string) => Bars

/** Free margin that Code 128 asks for on either side, in modules (ISO/IEC 15417). */
export const quiet = 10

/** The encoder is loaded with the first paper, not at the start of the program. */
export function loadCode128(): Code128 {
  const bwip = createRequire(import.meta.url)('bwip-js/node') as typeof encoder
  const known = new Map<string, Bars>()
  return (text) => {
    const seen = known.get(text)
    if (seen) return seen
    // The encoder draws control characters and the bytes of Chinese text without complaint; no scanner would
    // send back what was asked.
    if (!encodable(text)) throw new RangeError('Code 128 on paper takes 1 to 48 printable ASCII characters')
    const symbol = bwip.raw('code128', text, {})[0]
    if (!symbol || !('sbs' in symbol)) throw new Error('The encoder gave no bars')
    if (known.size > 5000) known.clear()
    known.set(text, symbol.sbs)
    return symbol.sbs
  }
}

/** Whether a scanner sends exactly this back from Code 128. */
export const encodable = (text: string) => /^[ -~]{1,48}$/.test(text) && text.trim() === text

export const modules = (bars: Bars) => bars.reduce((sum, width) => sum + width, 0)

/** How many units of the em a module takes in a glyph of bars: the widest barcode still fits 16 bits. */
export const moduleUnits = 40

/**
 * The whole barcode as one glyph, its bars standing on the baseline, `tall` modules high. A glyph is drawn from
 * its outline like a path, but a list of 500 barcodes is a third of the size and of the time.
 * Format: OpenType 1.9, glyf, simple glyph; each bar is four points, clockwise from its foot.
 */
export function barGlyph(bars: Bars, tall: number): DrawnGlyph {
  const count = Math.ceil(bars.length / 2)
  const advance = modules(bars) * moduleUnits
  const top = Math.round(tall * moduleUnits)
  const view = new DataView(new ArrayBuffer(12 + count * 12))
  view.setInt16(0, count)
  view.setInt16(6, advance)
  view.setInt16(8, top)
  const flags = 12 + count * 2 // past the last points and the length of no instructions
  const across = flags + count * 4
  const up = across + count * 2
  for (let bar = 0; bar < count; bar += 1) {
    view.setUint16(10 + bar * 2, bar * 4 + 3)
    // On the curve; a step right of one byte and none up (0x33), then a step up or down of two bytes (0x11).
    view.setUint32(flags + bar * 4, 0x33113311)
    view.setUint8(across + bar * 2, (bars[bar * 2 - 1] ?? 0) * moduleUnits)
    view.setUint8(across + bar * 2 + 1, (bars[bar * 2] ?? 0) * moduleUnits)
    view.setInt16(up + bar * 4, top)
    view.setInt16(up + bar * 4 + 2, -top)
  }
  return { advance, outline: new Uint8Array(view.buffer) }
}
