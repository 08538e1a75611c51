import { barGlyph, moduleUnits, modules, quiet, type Code128 } from './barcode.ts'
import { shapeGlyph, type Shape } from './shape-glyph.ts'
import type { DrawnFace, Face, Style, Typesetter } from './typesetter.ts'

/** Points in a millimetre. */
export const mm = 72 / 25.4

/** A4 in whole points, which keeps every place on it a short number in the file. */
export const a4 = { width: 595, height: 842 } as const

/**
 * Everything prints in black on any printer, so these are the only paints: areas are filled `ink`, `tint` or
 * `paper`, lines drawn `hairline`, `rule`, `route`, `heavy` or `cut` (dashed, for scissors). A `disc` of some width is a line
 * without length and with round ends: a tenth of what its outline writes into the file, and the same ink.
 */
export type Fill = 'tint' | 'ink' | 'paper'
export type Stroke = 'hairline' | 'rule' | 'route' | 'heavy' | 'cut'
export type Paint = Fill | Stroke | `disc ${string}`

export interface TextStyle extends Style {
  /** Where `x` is on the text. */
  readonly align?: 'left' | 'center' | 'right'
  readonly colour?: 'ink' | 'quiet' | 'paper'
  /** In the text's own ink, in page coordinates. */
  readonly shapes?: readonly Shape[]
}

export interface PlacedText {
  readonly text: string
  readonly face: Face
  readonly size: number
  readonly x: number
  readonly baseline: number
  readonly colour: 'ink' | 'quiet' | 'paper'
}

/** One page in the making. All measures are points from its top left corner; text stands on its baseline. */
export interface Sheet {
  readonly width: number
  readonly height: number
  readonly text: (value: string, x: number, baseline: number, style: TextStyle) => void
  /** One line no wider than `room`: smaller if it must be, down to `least` points, and then ending in …. */
  readonly fit: (
    value: string,
    x: number,
    baseline: number,
    style: TextStyle,
    room: number,
    least?: number,
  ) => void
  readonly line: (x1: number, y1: number, x2: number, y2: number, stroke: Stroke) => void
  readonly box: (x: number, y: number, width: number, height: number, paint: Fill | Stroke) => void
  readonly disc: (x: number, y: number, radius: number) => void
  /** A number in a ring around (`x`, `y`), and what is said of it to the right of the ring. */
  readonly ringed: (number: number, x: number, y: number, radius: number, tail?: string) => void
  /** A disc around (`x`, `y`) that is stretched to its width or its height, whichever is more. */
  readonly capsule: (x: number, y: number, width: number, height: number) => void
  /** An SVG path in page coordinates. */
  readonly path: (d: string, paint: Fill | Stroke) => void
  /**
   * Code 128 as wide as `width` allows with its quiet zones, the module at most `module` points, placed at
   * `align` in that width. Draws nothing where the width leaves modules under half a point (0.18 mm): no barcode
   * is better than one that no scanner reads. Throws a RangeError for text that Code 128 does not carry.
   */
  readonly bars: (code: string, place: BarsPlace) => void
  readonly paths: ReadonlyMap<Paint, readonly string[]>
  readonly texts: readonly PlacedText[]
}

export interface BarsPlace {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly module: number
  readonly align?: 'left' | 'center' | 'right'
}

/** What a paper is drawn with. */
export interface Desk {
  readonly type: Typesetter
  readonly code128: Code128
}

/** A whole document. */
export interface Paper {
  readonly title: string
  readonly sheets: readonly Sheet[]
}

const short = (value: number) => String(Math.round(value * 100) / 100)

export function createSheet(desk: Desk, width: number, height: number): Sheet {
  const paths = new Map<Paint, string[]>()
  const texts: PlacedText[] = []
  const path = (d: string, paint: Paint) => {
    const same = paths.get(paint)
    if (same) same.push(d)
    else paths.set(paint, [d])
  }

  const sheet: Sheet = {
    width,
    height,
    paths,
    texts,
    path,
    fit(value, x, baseline, style, room, least = style.size) {
      const natural = desk.type.width(value, style)
      const size = natural <= room ? style.size : Math.max(least, (style.size * room) / natural)
      const [shown = ''] = desk.type.lines(value, { ...style, size }, room + 0.01, 1)
      sheet.text(shown, x, baseline, { ...style, size })
    },
    text(value, x, baseline, style) {
      const runs = desk.type.runs(value, style.bold ?? false)
      const whole = (runs.reduce((sum, run) => sum + run.width, 0) * style.size) / 1000
      let left = x - (style.align === 'right' ? whole : style.align === 'center' ? whole / 2 : 0)
      const { size, colour = 'ink', shapes } = style
      if (shapes) left = halved(left)
      runs.forEach(({ text, face, width }, index) => {
        const drawn =
          index === 0 && shapes && face !== 'rare'
            ? shapeBefore(desk.type, shapes, face, size, left, baseline)
            : ''
        texts.push({ text: drawn + text, face, size, x: left, baseline, colour })
        left += (width * size) / 1000
      })
      // The big font for rare characters takes no glyphs of this program.
      if (shapes && (runs.length === 0 || runs[0]?.face === 'rare'))
        texts.push({
          text: shapeBefore(desk.type, shapes, 'regular', size, x, baseline),
          face: 'regular',
          size,
          x,
          baseline,
          colour,
        })
    },
    line: (x1, y1, x2, y2, stroke) => path(`M${short(x1)} ${short(y1)}L${short(x2)} ${short(y2)}`, stroke),
    box: (x, y, width, height, paint) =>
      path(`M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}z`, paint),
    disc: (x, y, radius) => path(`M${short(x)} ${short(y)}h0`, `disc ${radius * 2}`),
    capsule: (x, y, width, height) => {
      const straight = height - width
      const way = straight > 0 ? 'v' : 'h'
      const [left, top] = straight > 0 ? [x, y - straight / 2] : [x + straight / 2, y]
      path(
        `M${short(left)} ${short(top)}${way}${short(Math.abs(straight))}`,
        `disc ${short(Math.min(width, height))}`,
      )
    },
    ringed(number, x, y, radius, tail = '') {
      const digits = String(number)
      const em = desk.type.width(digits, { size: 1, bold: true })
      const size = Math.floor(2 * Math.min(radius * 1.25, (radius * 2 - 3) / em)) / 2
      const left = halved(x - (em * size) / 2)
      const baseline = halved(y + size * 0.36)
      const ring: Shape = { kind: 'ring', at: { x, y }, radius, line: 1.1 }
      // Beside a number that had to be small the tail is a text of its own, else it would be as small.
      const apart = size < radius
      const said = apart || tail === '' ? digits : `${digits}${gapOf(desk.type, radius, em, size)}${tail}`
      desk.type.runs(said, true)
      const text = shapeBefore(desk.type, [ring], 'bold', size, left, baseline) + said
      texts.push({ text, face: 'bold', size, x: left, baseline, colour: 'ink' })
      if (apart && tail !== '') sheet.text(tail, x + radius + 1.5, y + 4, { size: radius * 1.2, bold: true })
    },
    bars(code, place) {
      const bars = desk.code128(code)
      const all = modules(bars) + 2 * quiet
      const module = Math.min(place.module, place.width / all)
      if (module < 0.5) return
      const spare = place.width - all * module
      const offset = place.align === 'left' ? 0 : place.align === 'right' ? spare : spare / 2
      texts.push({
        text: desk.type.drawn(`${code} ${place.height / module}`, 'regular', () =>
          barGlyph(bars, place.height / module),
        ),
        face: 'regular',
        size: (module * 1000) / moduleUnits,
        x: place.x + offset + quiet * module,
        baseline: place.y + place.height,
        colour: 'ink',
      })
    },
  }
  return sheet
}

/** Half points are as fine as an eye sees on paper, and short in the file. */
export const halved = (points: number) => Math.round(points * 2) / 2

/** The character that draws shapes of the page from where a text begins. Equal shapes at equal places are one. */
function shapeBefore(
  type: Typesetter,
  shapes: readonly Shape[],
  face: DrawnFace,
  size: number,
  left: number,
  baseline: number,
): string {
  const tenth = (value: number) => Math.round(value * 10) / 10
  const places = shapes.map((shape) => {
    if (shape.kind === 'frame')
      return [shape.box.x - left, shape.box.y - baseline, shape.box.width, shape.box.height, shape.line]
    if (shape.kind === 'area')
      return [shape.points, ...(shape.holes ?? [])].flat().flatMap(({ x, y }) => [x - left, y - baseline])
    return [shape.at.x - left, shape.at.y - baseline, shape.radius, shape.kind === 'ring' ? 1 : 0]
  })
  const name = `${size} ${places.map((place) => place.map(tenth).join(',')).join(' ')}`
  const em = 1000 / size
  return type.drawn(name, face, () =>
    shapeGlyph(shapes, ({ x, y }) => ({ x: (x - left) * em, y: (baseline - y) * em })),
  )
}

/** Spaces from a number to the outside of its ring: one text for ring, number and tail is a third of three. */
function gapOf(type: Typesetter, radius: number, em: number, size: number): string {
  const style = { size, bold: true }
  const space = type.width('0 0', style) - type.width('00', style)
  return ' '.repeat(Math.max(1, Math.ceil((radius + 1 - (em * size) / 2) / space)))
}

/** A piece of a page that never splits. */
export interface Block {
  readonly height: number
  readonly draw: (sheet: Sheet, y: number) => void
  /** Stays on the page of the block after it. */
  readonly withNext?: boolean
  /** Stands in the columns of the paper, whose heads its page then needs. */
  readonly columns?: boolean
  /** Drawn above it where it opens a page. */
  readonly lead?: Block
}

export interface PageFrame {
  /** Where blocks begin on a page, counted from 0. */
  readonly top: (page: number) => number
  /** Where they must end. */
  readonly bottom: number
}

/** What stands on one page, and where the last of it ends. */
export interface Page {
  readonly placed: readonly { readonly block: Block; readonly y: number }[]
  readonly end: number
}

/** Puts blocks on pages in order, at least one page; a block that no page can hold gets its own. */
export function paginate(blocks: readonly Block[], frame: PageFrame): readonly Page[] {
  const pages: { placed: { block: Block; y: number }[]; end: number }[] = []
  let page = { placed: [] as { block: Block; y: number }[], end: frame.top(0) }
  pages.push(page)
  const place = (block: Block) => {
    page.placed.push({ block, y: page.end })
    page.end += block.height
  }
  for (let index = 0; index < blocks.length;) {
    let end = index + 1
    while (blocks[end - 1]?.withNext && end < blocks.length) end += 1
    const group = blocks.slice(index, end)
    const height = group.reduce((sum, block) => sum + block.height, 0)
    if (page.placed.length > 0 && page.end + height > frame.bottom) {
      page = { placed: [], end: frame.top(pages.length) }
      pages.push(page)
      const lead = group[0]?.lead
      if (lead) place(lead)
    }
    group.forEach(place)
    index = end
  }
  return pages
}
