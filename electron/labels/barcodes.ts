import { createRequire } from 'node:module'
import type bwip from 'bwip-js/node' // the default export: the named `raw` is a symbology of that name
import { fillBox, type Box } from './bitmap.ts'
import type { Bitmap } from '#electron/ports/label-press.ts'

let loaded: typeof bwip | undefined

/** The encoder, loaded when the first label is drawn: two megabytes of code that no start should read. */
function encoder(): typeof bwip {
  loaded ??= createRequire(import.meta.url)('bwip-js/node') as typeof bwip
  return loaded
}

export type BarcodeFault = 'empty' | 'characters' | 'tooLong'

/**
 * Visible ASCII. The encoder would draw control characters without complaint, and a leading or trailing space
 * would be lost in the scanner's answer.
 */
const allowed = /^[\x21-\x7e]+$/

/** Narrowest bar in mm that hand scanners read at arm's length; couriers ask for 0.25 mm and more. */
const narrowestMm = 0.25
/** Beyond this a wider bar only makes the code longer. */
const widestMm = 0.5
/** White on both sides in modules: ISO/IEC 15417 §4.5. */
const code128Quiet = 10
/** White on all sides in modules: ISO/IEC 18004 §6.3.8. */
const qrQuiet = 4

/**
 * Code 128 in the middle of a box in dots, quiet zones inside it, every bar a whole number of dots. Draws nothing
 * and says why when the text cannot be encoded or would need bars finer than `narrowestMm`.
 */
export function drawCode128(
  bitmap: Bitmap,
  text: string,
  box: Box,
  dotsPerMm: number,
): BarcodeFault | undefined {
  const fault = faultOf(text)
  if (fault !== undefined) return fault
  const [symbol] = encoder().raw('code128', text, {})
  if (symbol === undefined || !('sbs' in symbol)) return 'characters'
  const modules = symbol.sbs.reduce((sum, width) => sum + width, 0)
  const module = Math.min(
    Math.floor(box.width / (modules + 2 * code128Quiet)),
    Math.round(widestMm * dotsPerMm),
  )
  if (module < Math.round(narrowestMm * dotsPerMm)) return 'tooLong'
  let x = box.x + Math.floor((box.width - modules * module) / 2)
  for (const [at, width] of symbol.sbs.entries()) {
    if (at % 2 === 0) fillBox(bitmap, { x, y: box.y, width: width * module, height: box.height })
    x += width * module
  }
  return undefined
}

/** QR, error correction Q, in the middle of a box in dots, quiet zone inside it, every module whole dots. */
export function drawQr(bitmap: Bitmap, text: string, box: Box, dotsPerMm: number): BarcodeFault | undefined {
  const fault = faultOf(text)
  if (fault !== undefined) return fault
  const [symbol] = encoder().raw('qrcode', text, 'eclevel=Q')
  if (symbol === undefined || !('pixs' in symbol)) return 'characters'
  const side = symbol.pixx
  const module = Math.floor(Math.min(box.width, box.height) / (side + 2 * qrQuiet))
  if (module < Math.round(narrowestMm * dotsPerMm)) return 'tooLong'
  const left = box.x + Math.floor((box.width - side * module) / 2)
  const top = box.y + Math.floor((box.height - side * module) / 2)
  for (const [at, dark] of symbol.pixs.entries()) {
    if (dark !== 1) continue
    const x = left + (at % side) * module
    const y = top + Math.floor(at / side) * module
    fillBox(bitmap, { x, y, width: module, height: module })
  }
  return undefined
}

/** The longest text worth handing to the encoders; more never fits on a label. */
const longest = 80

function faultOf(text: string): BarcodeFault | undefined {
  if (text.length === 0) return 'empty'
  if (!allowed.test(text)) return 'characters'
  return text.length > longest ? 'tooLong' : undefined
}
