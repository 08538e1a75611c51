import type { DrawnGlyph, FontFile } from './font-file.ts'

/** `rare` is the big fallback font: complete, but slow to open, so only papers that need it pay for it. */
export type Face = 'regular' | 'bold' | 'rare'

/** The fonts that are cut for each paper and take glyphs of its own. */
export type DrawnFace = Exclude<Face, 'rare'>

export interface Style {
  /** Points. */
  readonly size: number
  readonly bold?: boolean
}

/** A piece of text in one font. */
export interface Run {
  readonly text: string
  readonly face: Face
  /** In 1/1000 of the font size. */
  readonly width: number
}

/** Measures and breaks text, and remembers which characters of which font a paper used. */
export interface Typesetter {
  readonly runs: (text: string, bold: boolean) => readonly Run[]
  /** Points. */
  readonly width: (text: string, style: Style) => number
  /** Breaks into at most `most` lines no wider than `width` points; what does not fit ends in …. */
  readonly lines: (text: string, style: Style, width: number, most: number) => readonly string[]
  /** The character of the font that shows this glyph on this paper. Equal names are one glyph. */
  readonly drawn: (name: string, face: DrawnFace, glyph: () => DrawnGlyph) => string
  readonly used: ReadonlyMap<Face, ReadonlySet<number>>
  readonly glyphs: Readonly<Record<DrawnFace, ReadonlyMap<number, DrawnGlyph>>>
}

export interface Fonts {
  readonly regular: FontFile
  readonly bold: FontFile
  /** Opened at the first character that the others lack. */
  readonly rare: () => FontFile
}

interface Sign {
  /** What is printed for the character: itself, or □ with its code. */
  readonly text: string
  readonly face: Face
  readonly width: number
}

/** One typesetter a paper. The look-ups of characters are kept in `known`, which papers may share. */
export function createTypesetter(fonts: Fonts, known: Map<string, Sign> = new Map()): Typesetter {
  const used = new Map<Face, Set<number>>([
    ['regular', new Set()],
    ['bold', new Set()],
    ['rare', new Set()],
  ])

  const glyphs = { regular: new Map<number, DrawnGlyph>(), bold: new Map<number, DrawnGlyph>() }
  const names = new Map<string, string>()

  const look = (character: string, bold: boolean): Sign => {
    const key = bold ? `b${character}` : character
    const seen = known.get(key)
    if (seen) return seen
    const sign = resolve(fonts, character, bold)
    known.set(key, sign)
    return sign
  }

  const runs = (text: string, bold: boolean): readonly Run[] => {
    const found: { text: string; face: Face; width: number }[] = []
    let last: { text: string; face: Face; width: number } | undefined
    for (const character of tidy(text)) {
      const sign = look(character, bold)
      if (last?.face !== sign.face) {
        last = { text: '', face: sign.face, width: 0 }
        found.push(last)
      }
      last.text += sign.text
      last.width += sign.width
      const characters = used.get(sign.face)
      for (const printed of sign.text) characters?.add(printed.codePointAt(0) ?? 0)
    }
    return found
  }

  const thousandths = (text: string, bold: boolean) => {
    let sum = 0
    for (const character of text) sum += look(character, bold).width
    return sum
  }

  return {
    runs,
    used,
    glyphs,
    drawn(name, face, glyph) {
      const seen = names.get(`${face} ${name}`)
      if (seen !== undefined) return seen
      const codePoint = 0xf0000 + glyphs[face].size // a private plane, which no text may use here
      glyphs[face].set(codePoint, glyph())
      const character = String.fromCodePoint(codePoint)
      names.set(`${face} ${name}`, character)
      used.get(face)?.add(codePoint)
      return character
    },
    width: (text, { size, bold = false }) => (thousandths(tidy(text), bold) * size) / 1000,
    lines(text, { size, bold = false }, width, most) {
      const room = (width * 1000) / size
      const characters = [...tidy(text)]
      const found: string[] = []
      let start = 0
      while (start < characters.length && found.length < most) {
        let end = start
        let sum = 0
        let chance = 0 // where the line may end, 0 for nowhere yet
        while (end < characters.length) {
          sum += look(characters[end] ?? '', bold).width
          if (sum > room) break
          end += 1
          if (end === characters.length || mayBreak(characters[end - 1], characters[end])) chance = end
        }
        if (end < characters.length && chance > start) end = chance
        if (end === start) end += 1 // a character wider than the line
        found.push(characters.slice(start, end).join('').trim())
        start = end
      }
      if (start < characters.length && found.length > 0) {
        const rest = [...(found.pop() ?? ''), ...characters.slice(start)]
        const ellipsis = look('…', bold).width
        let sum = ellipsis
        let end = 0
        while (end < rest.length && sum + look(rest[end] ?? '', bold).width <= room) {
          sum += look(rest[end] ?? '', bold).width
          end += 1
        }
        found.push(`${rest.slice(0, end).join('').trim()}…`)
      }
      return found
    },
  }
}

/** Line breaks and controls become spaces; characters without any picture of their own go. */
function tidy(text: string): string {
  if (!/[^ -\u024f\u3000-\u9fff\uff01-\uff5e]| {2}|^ | $/.test(text)) return text
  return text
    .replaceAll(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/\p{Default_Ignorable_Code_Point}|\p{Cf}/gu, '')
    .trim()
}

function resolve(fonts: Fonts, character: string, bold: boolean): Sign {
  const codePoint = character.codePointAt(0) ?? 0
  const main: Face = bold ? 'bold' : 'regular'
  if (fonts[main].has(codePoint)) return { text: character, face: main, width: fonts[main].width(codePoint) }
  if (mayBeText(codePoint)) {
    const rare = fonts.rare()
    if (rare.has(codePoint)) return { text: character, face: 'rare', width: rare.width(codePoint) }
  }
  const text = `□${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
  let width = 0
  for (const printed of text) width += fonts[main].width(printed.codePointAt(0) ?? 0)
  return { text, face: main, width }
}

/** Surrogates without their half and private characters are in no font. */
const mayBeText = (codePoint: number) => codePoint < 0xd800 || (codePoint > 0xf8ff && codePoint < 0xf0000)

const ideograph = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[\u{20000}-\u{3ffff}]/u
const opens = /[([{（［｛〔〈《「『【“‘]/u
const closes = /[)\]}）］｝〕〉》」』】”’，。、；：！？…·,.;:!?%\p{M}]/u

function mayBreak(before = '', after = ''): boolean {
  if (closes.test(after) || opens.test(before)) return false
  if (before === ' ' || before === '-' || before === '/' || before === '_') return true
  return ideograph.test(before) || ideograph.test(after)
}
