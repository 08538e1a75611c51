/**
 * Reads what a paper needs of an OpenType font (which characters it has, how wide they are) and cuts a small
 * TrueType font out of a big one. Opening a 10 MB font through pdfmake costs more than laying out a whole pick
 * list, and its shaping of every word costs the same again; a font of the few hundred characters that a paper
 * uses opens at once and has nothing to shape, which also makes the widths measured here exact.
 * Tables as in the OpenType specification 1.9: cmap formats 4 and 12, hmtx, loca, glyf.
 */
export interface FontFile {
  readonly bytes: Uint8Array
  /** Height above the baseline that pdfmake reserves for a line, in 1/1000 of the font size. */
  readonly ascent: number
  readonly has: (codePoint: number) => boolean
  /** Advance width in 1/1000 of the font size. */
  readonly width: (codePoint: number) => number
  /**
   * A TrueType font with only these characters, and with glyphs drawn for the occasion under code points of
   * their own. Throws for a font with CFF outlines.
   */
  readonly subset: (codePoints: Iterable<number>, drawn: ReadonlyMap<number, DrawnGlyph>) => Uint8Array
}

/** A simple glyph, in units of the em, which Noto's fonts have 1000 of. */
export interface DrawnGlyph {
  readonly advance: number
  readonly outline: Uint8Array
}

interface Table {
  readonly offset: number
  readonly length: number
}

/** Throws when the bytes are no OpenType font or lack a table that text needs. */
export function readFont(bytes: Uint8Array): FontFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tables = new Map<string, Table>()
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const entry = 12 + index * 16
    const tag = String.fromCharCode(...bytes.subarray(entry, entry + 4))
    tables.set(tag, { offset: view.getUint32(entry + 8), length: view.getUint32(entry + 12) })
  }
  const table = (tag: string): Table => {
    const found = tables.get(tag)
    if (!found) throw new Error(`The font has no ${tag} table`)
    return found
  }
  const slice = (tag: string) => bytes.subarray(table(tag).offset, table(tag).offset + table(tag).length)

  const perEm = 1000 / view.getUint16(table('head').offset + 18)
  const longMetrics = view.getUint16(table('hhea').offset + 34)
  const glyphOf = characterMap(view, table('cmap').offset)
  const metricAt = (glyph: number) => table('hmtx').offset + Math.min(glyph, longMetrics - 1) * 4

  return {
    bytes,
    ascent: view.getInt16(table('hhea').offset + 4) * perEm,
    has: (codePoint) => glyphOf(codePoint) !== 0,
    width: (codePoint) => view.getUint16(metricAt(glyphOf(codePoint))) * perEm,
    subset(codePoints, drawn) {
      const longOffsets = view.getInt16(table('head').offset + 50) === 1
      const startOf = (glyph: number) =>
        table('glyf').offset +
        (longOffsets
          ? view.getUint32(table('loca').offset + glyph * 4)
          : view.getUint16(table('loca').offset + glyph * 2) * 2)

      const glyphs: number[] = [0]
      const renumbered = new Map<number, number>([[0, 0]])
      const keep = (glyph: number): number => {
        const known = renumbered.get(glyph)
        if (known !== undefined) return known
        renumbered.set(glyph, glyphs.length)
        return glyphs.push(glyph) - 1
      }
      const mapped: (readonly [codePoint: number, glyph: number])[] = []
      for (const codePoint of [...new Set(codePoints)].sort((a, b) => a - b)) {
        const glyph = glyphOf(codePoint)
        if (glyph !== 0) mapped.push([codePoint, keep(glyph)])
      }

      const outlines: Uint8Array[] = []
      for (let index = 0; index < glyphs.length; index += 1) {
        const glyph = glyphs[index] ?? 0
        const outline = bytes.slice(startOf(glyph), startOf(glyph + 1))
        if (outline.length > 0) renumberParts(outline, keep)
        outlines.push(outline)
      }

      const metrics = glyphs.map((glyph) => [
        view.getUint16(metricAt(glyph)),
        // Past the last long metric only the side bearing is stored; outlines are placed by it.
        view.getInt16(
          glyph < longMetrics
            ? metricAt(glyph) + 2
            : table('hmtx').offset + longMetrics * 4 + (glyph - longMetrics) * 2,
        ),
      ])
      for (const [codePoint, { advance, outline }] of drawn) {
        mapped.push([codePoint, outlines.length])
        metrics.push([advance, new DataView(outline.buffer, outline.byteOffset).getInt16(2)]) // its leftmost point
        outlines.push(outline)
      }
      mapped.sort(([one], [other]) => one - other)

      const loca = new DataView(new ArrayBuffer((outlines.length + 1) * 4))
      const hmtx = new DataView(new ArrayBuffer(outlines.length * 4))
      let end = 0
      outlines.forEach((outline, index) => {
        loca.setUint32(index * 4, end)
        end += padded(outline.length)
        const [advance = 0, bearing = 0] = metrics[index] ?? []
        hmtx.setUint16(index * 4, advance)
        hmtx.setInt16(index * 4 + 2, bearing)
      })
      loca.setUint32(outlines.length * 4, end)

      const head = slice('head').slice()
      new DataView(head.buffer).setInt16(50, 1)
      const hhea = slice('hhea').slice()
      new DataView(hhea.buffer).setUint16(34, outlines.length)
      const maxp = slice('maxp').slice()
      const limits = new DataView(maxp.buffer)
      limits.setUint16(4, outlines.length)
      for (const { outline } of drawn.values()) {
        // A font says beforehand how many points and contours its largest glyph has.
        const contours = (outline[0] ?? 0) * 256 + (outline[1] ?? 0)
        const last = 10 + (contours - 1) * 2
        const points = (outline[last] ?? 0) * 256 + (outline[last + 1] ?? 0) + 1
        limits.setUint16(6, Math.max(limits.getUint16(6), points))
        limits.setUint16(8, Math.max(limits.getUint16(8), contours))
      }
      const post = slice('post').slice(0, 32)
      new DataView(post.buffer).setUint32(0, 0x00030000) // no glyph names

      return assemble([
        ['OS/2', slice('OS/2')],
        ['cmap', writeCharacterMap(mapped)],
        ['glyf', joined(outlines)],
        ['head', head],
        ['hhea', hhea],
        ['hmtx', new Uint8Array(hmtx.buffer)],
        ['loca', new Uint8Array(loca.buffer)],
        ['maxp', maxp],
        ['name', slice('name')],
        ['post', post],
      ])
    },
  }
}

const padded = (length: number) => (length + 3) & ~3

/** Which glyph draws a character; 0 is the font's own sign for "missing". */
function characterMap(view: DataView, start: number): (codePoint: number) => number {
  let basic = 0
  let full = 0
  for (let index = 0; index < view.getUint16(start + 2); index += 1) {
    const platform = view.getUint16(start + 4 + index * 8)
    const encoding = view.getUint16(start + 6 + index * 8)
    const at = start + view.getUint32(start + 8 + index * 8)
    const format = view.getUint16(at)
    if (format === 12 && (platform === 0 || (platform === 3 && encoding === 10))) full = at
    if (format === 4 && (platform === 0 || (platform === 3 && encoding === 1))) basic = at
  }
  if (full !== 0) return (codePoint) => groupedGlyph(view, full, codePoint)
  if (basic !== 0) return (codePoint) => segmentGlyph(view, basic, codePoint)
  throw new Error('The font has no Unicode character map')
}

function groupedGlyph(view: DataView, at: number, codePoint: number): number {
  let low = 0
  let high = view.getUint32(at + 12) - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const group = at + 16 + middle * 12
    const first = view.getUint32(group)
    if (codePoint < first) high = middle - 1
    else if (codePoint > view.getUint32(group + 4)) low = middle + 1
    else return view.getUint32(group + 8) + codePoint - first
  }
  return 0
}

function segmentGlyph(view: DataView, at: number, codePoint: number): number {
  const doubled = view.getUint16(at + 6)
  for (let segment = 0; segment < doubled; segment += 2) {
    if (codePoint > view.getUint16(at + 14 + segment)) continue
    const first = view.getUint16(at + 16 + doubled + segment)
    if (codePoint < first) return 0
    const delta = view.getUint16(at + 16 + doubled * 2 + segment)
    const slot = at + 16 + doubled * 3 + segment
    const range = view.getUint16(slot)
    if (range === 0) return (codePoint + delta) & 0xffff
    const glyph = view.getUint16(slot + range + (codePoint - first) * 2)
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff
  }
  return 0
}

/** A composite glyph names its parts by number; the parts move into the small font with it. */
function renumberParts(outline: Uint8Array, keep: (glyph: number) => number): void {
  const view = new DataView(outline.buffer)
  if (view.getInt16(0) >= 0) return
  const words = 0x0001
  const scale = 0x0008
  const more = 0x0020
  const scales = 0x0040
  const matrix = 0x0080
  let at = 10
  for (;;) {
    const flags = view.getUint16(at)
    view.setUint16(at + 2, keep(view.getUint16(at + 2)))
    at += 4 + (flags & words ? 4 : 2)
    if (flags & scale) at += 2
    else if (flags & scales) at += 4
    else if (flags & matrix) at += 8
    if (!(flags & more)) return
  }
}

function writeCharacterMap(mapped: readonly (readonly [number, number])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(12 + 16 + mapped.length * 12))
  view.setUint16(2, 1) // one encoding: Windows, full Unicode, format 12
  view.setUint16(4, 3)
  view.setUint16(6, 10)
  view.setUint32(8, 12)
  view.setUint16(12, 12)
  view.setUint32(16, 16 + mapped.length * 12)
  view.setUint32(24, mapped.length)
  mapped.forEach(([codePoint, glyph], index) => {
    view.setUint32(28 + index * 12, codePoint)
    view.setUint32(32 + index * 12, codePoint)
    view.setUint32(36 + index * 12, glyph)
  })
  return new Uint8Array(view.buffer)
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + padded(part.length), 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += padded(part.length)
  }
  return whole
}

/** Checksums stay zero: this file never leaves the program, and pdfmake's reader does not look at them. */
function assemble(tables: readonly (readonly [tag: string, bytes: Uint8Array])[]): Uint8Array {
  const directory = new Uint8Array(12 + tables.length * 16)
  const view = new DataView(directory.buffer)
  view.setUint32(0, 0x00010000)
  view.setUint16(4, tables.length)
  let at = directory.length
  tables.forEach(([tag, bytes], index) => {
    const entry = 12 + index * 16
    for (let letter = 0; letter < 4; letter += 1) directory[entry + letter] = tag.charCodeAt(letter)
    view.setUint32(entry + 8, at)
    view.setUint32(entry + 12, bytes.length)
    at += padded(bytes.length)
  })
  return joined([directory, ...tables.map(([, bytes]) => bytes)])
}
