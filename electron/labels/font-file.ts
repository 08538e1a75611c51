import { closeSync, openSync, readSync } from 'node:fs'

/** What a font can draw and how far the pen moves: read from the file itself, never asked of the canvas. */
export interface FontFile {
  readonly path: string
  /** The glyph of a code point, 0 when the font has none. */
  glyphOf(codePoint: number): number
  /** The pen's way over a glyph in ems. */
  advanceOf(glyph: number): number
}

/**
 * Reads `head`, `hhea`, `hmtx` and `cmap` format 12 of an OpenType font (OpenType 1.9, "The OpenType Font File");
 * a few hundred KB of a file of many MB. Throws when the file is no such font: fonts are part of the product.
 */
export function readFontFile(path: string): FontFile {
  const file = openSync(path, 'r')
  try {
    const tables = readDirectory(file)
    const table = (tag: string): DataView => {
      const found = tables.get(tag)
      if (found === undefined) throw new Error(`${path}: the font has no table ${tag}`)
      return read(file, found.offset, found.length)
    }
    const unitsPerEm = table('head').getUint16(18)
    const measured = table('hhea').getUint16(34)
    const widths = table('hmtx')
    const groups = readGroups(table('cmap'), path)
    return {
      path,
      glyphOf: (codePoint) => findGlyph(groups, codePoint),
      // Glyphs after the last measured one share its advance.
      advanceOf: (glyph) => widths.getUint16(Math.min(glyph, measured - 1) * 4) / unitsPerEm,
    }
  } finally {
    closeSync(file)
  }
}

function readDirectory(file: number): Map<string, { offset: number; length: number }> {
  const count = read(file, 0, 12).getUint16(4)
  const directory = read(file, 12, count * 16)
  const tables = new Map<string, { offset: number; length: number }>()
  for (let at = 0; at < count * 16; at += 16) {
    const tag = Buffer.from(directory.buffer, directory.byteOffset + at, 4).toString('latin1')
    tables.set(tag, { offset: directory.getUint32(at + 8), length: directory.getUint32(at + 12) })
  }
  return tables
}

function read(file: number, position: number, length: number): DataView {
  const bytes = Buffer.alloc(length)
  for (let done = 0; done < length;) {
    const got = readSync(file, bytes, done, length - done, position + done)
    if (got === 0) throw new Error('the font file ends too early')
    done += got
  }
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Runs of code points that map to runs of glyphs, ascending: [first, last, glyph of first] thrice and so on. */
type Groups = Uint32Array

function readGroups(cmap: DataView, path: string): Groups {
  const count = cmap.getUint16(2)
  for (let at = 0; at < count; at += 1) {
    const offset = cmap.getUint32(4 + at * 8 + 4)
    if (cmap.getUint16(offset) !== 12) continue
    const words = cmap.getUint32(offset + 12) * 3
    return Uint32Array.from({ length: words }, (_, word) => cmap.getUint32(offset + 16 + word * 4))
  }
  throw new Error(`${path}: the font has no cmap of format 12`)
}

function findGlyph(groups: Groups, codePoint: number): number {
  let low = 0
  let high = groups.length / 3 - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const first = groups[middle * 3] ?? 0
    const last = groups[middle * 3 + 1] ?? 0
    if (codePoint < first) high = middle - 1
    else if (codePoint > last) low = middle + 1
    else return (groups[middle * 3 + 2] ?? 0) + codePoint - first
  }
  return 0
}
