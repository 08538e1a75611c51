import { createRequire } from 'node:module'
import type bwip from 'bwip-js/node' // the default export: the named `raw` is a symbology of that name
import type { CodeKind } from '#shared/domain/labels/layout.ts'
import type { Bitmap } from '#electron/ports/label-press.ts'
import { fillBox, type Box } from './bitmap.ts'

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

interface Symbology {
  /** The encoder's name and options for it. */
  readonly name: string
  readonly options: string
  /** White in modules: beside bars, around squares. */
  readonly quiet: number
  readonly takes: (text: string) => boolean
}

const symbologies: Readonly<Record<CodeKind, Symbology>> = {
  /** ISO/IEC 15417 §4.5. */
  code128: { name: 'code128', options: '', quiet: 10, takes: () => true },
  /** ISO/IEC 15420 §4.4: 11 on the left, 7 on the right; the code stays in the middle. */
  ean13: { name: 'ean13', options: '', quiet: 11, takes: isEan13 },
  /** ISO/IEC 18004 §6.3.8. */
  qr: { name: 'qrcode', options: 'eclevel=Q', quiet: 4, takes: () => true },
  /** ISO/IEC 16022 asks for one; readers like two. */
  datamatrix: { name: 'datamatrix', options: '', quiet: 2, takes: () => true },
}

/** Thirteen digits of which the last is right: GS1 General Specifications, section 7.9. */
function isEan13(text: string): boolean {
  if (!/^\d{13}$/.test(text)) return false
  return [...text].reduce((sum, digit, at) => sum + Number(digit) * (at % 2 === 0 ? 1 : 3), 0) % 10 === 0
}

/**
 * A code in the middle of a box in dots, quiet zones inside it, every module a whole number of dots. Draws nothing and
 * says why when the text cannot be encoded or would need modules finer than `narrowestMm`.
 */
export function drawCode(
  bitmap: Bitmap,
  kind: CodeKind,
  text: string,
  box: Box,
  dotsPerMm: number,
): BarcodeFault | undefined {
  const { name, options, quiet, takes } = symbologies[kind]
  const fault = faultOf(text)
  if (fault !== undefined) return fault
  if (!takes(text)) return 'characters'
  const [symbol] = encoder().raw(name, text, options)
  if (symbol === undefined) return 'characters'
  return 'sbs' in symbol
    ? drawBars(bitmap, symbol.sbs, quiet, box, dotsPerMm)
    : drawSquares(bitmap, symbol, quiet, box, dotsPerMm)
}

function drawBars(
  bitmap: Bitmap,
  widths: readonly number[],
  quiet: number,
  box: Box,
  dotsPerMm: number,
): BarcodeFault | undefined {
  const modules = widths.reduce((sum, width) => sum + width, 0)
  const module = Math.min(Math.floor(box.width / (modules + 2 * quiet)), Math.round(widestMm * dotsPerMm))
  if (module < Math.round(narrowestMm * dotsPerMm)) return 'tooLong'
  let x = box.x + Math.floor((box.width - modules * module) / 2)
  for (const [at, width] of widths.entries()) {
    if (at % 2 === 0) fillBox(bitmap, { x, y: box.y, width: width * module, height: box.height })
    x += width * module
  }
  return undefined
}

function drawSquares(
  bitmap: Bitmap,
  { pixs, pixx, pixy }: { readonly pixs: readonly number[]; readonly pixx: number; readonly pixy: number },
  quiet: number,
  box: Box,
  dotsPerMm: number,
): BarcodeFault | undefined {
  const room = Math.min(box.width / (pixx + 2 * quiet), box.height / (pixy + 2 * quiet))
  const module = Math.floor(room)
  if (module < Math.round(narrowestMm * dotsPerMm)) return 'tooLong'
  const left = box.x + Math.floor((box.width - pixx * module) / 2)
  const top = box.y + Math.floor((box.height - pixy * module) / 2)
  for (const [at, dark] of pixs.entries()) {
    if (dark !== 1) continue
    const x = left + (at % pixx) * module
    const y = top + Math.floor(at / pixx) * module
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
