import type { Font, Fonts, Weight } from './fonts.ts'
import type { Stamp } from './bitmap.ts'

/** One character in one weight: where its glyph comes from, how wide it is, and its pictures so far. */
export interface Letter {
  readonly codePoint: number
  readonly text: string
  /** Null where no font of ours has it. */
  readonly font: Font | null
  /** The pen's way in ems. */
  readonly advance: number
  /** By size in dots. */
  readonly stamps: Map<number, Stamp>
}

/** Finds letters by text; the same character is the same object until the case is emptied. */
export type LetterCase = (text: string, weight: Weight) => Letter[]

/** Pictures of about two warehouses' whole vocabulary; beyond that the case starts anew. */
const mostLetters = 20_000

/** The advance of a box that stands for a missing character. */
const missingAdvance = 1

export function createLetterCase(fonts: Fonts): LetterCase {
  const cases = { regular: new Map<number, Letter>(), bold: new Map<number, Letter>() }
  const find = (codePoint: number, weight: Weight): Letter => {
    const known = cases[weight].get(codePoint)
    if (known !== undefined) return known
    if (cases[weight].size >= mostLetters) cases[weight].clear()
    const letter = cast(codePoint, fonts[weight])
    cases[weight].set(codePoint, letter)
    return letter
  }
  return (text, weight) => Array.from(text, (char) => find(char.codePointAt(0) ?? 0, weight))
}

function cast(codePoint: number, fonts: readonly Font[]): Letter {
  const font = fonts.find((candidate) => candidate.glyphOf(codePoint) !== 0) ?? null
  const advance = font === null ? missingAdvance : font.advanceOf(font.glyphOf(codePoint))
  return { codePoint, text: String.fromCodePoint(codePoint), font, advance, stamps: new Map() }
}
