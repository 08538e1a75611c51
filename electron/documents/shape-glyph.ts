import type { DrawnGlyph } from './font-file.ts'

export interface Spot {
  readonly x: number
  readonly y: number
}

/**
 * What is drawn in the ink of a text, as a glyph without advance before its first character. A page of forty lines
 * with four frames each takes a third of the bytes and of the time that the frames take as paths.
 */
export type Shape =
  | { readonly kind: 'frame'; readonly box: ShapeBox; readonly line: number }
  | { readonly kind: 'disc'; readonly at: Spot; readonly radius: number }
  | { readonly kind: 'ring'; readonly at: Spot; readonly radius: number; readonly line: number }
  | { readonly kind: 'area'; readonly points: readonly Spot[]; readonly holes?: readonly (readonly Spot[])[] }

export interface ShapeBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Moves and scales a place of the page into the units of the glyph. */
export type ToGlyph = (spot: Spot) => Spot

interface Corner extends Spot {
  /** On the curve, else what the curve bends towards. */
  readonly on: boolean
}

type Outline = readonly Corner[]

export const corners = ({ x, y, width, height }: ShapeBox): readonly Spot[] => [
  { x, y },
  { x: x + width, y },
  { x: x + width, y: y + height },
  { x, y: y + height },
]

const inset = ({ x, y, width, height }: ShapeBox, by: number): ShapeBox => ({
  x: x + by,
  y: y + by,
  width: width - 2 * by,
  height: height - 2 * by,
})

/** Format: OpenType 1.9, glyf, simple glyph; what is filled runs clockwise, holes run back. */
export function shapeGlyph(shapes: readonly Shape[], toGlyph: ToGlyph): DrawnGlyph {
  const outlines = shapes.flatMap(outlinesOf).map(({ outline, isHole }) => {
    const placed = outline.map(({ on, ...spot }) => {
      const { x, y } = toGlyph(spot)
      return { x: Math.round(x), y: Math.round(y), on }
    })
    return turnsRight(placed) === isHole ? placed.toReversed() : placed
  })
  return { advance: 0, outline: written(outlines) }
}

function outlinesOf(shape: Shape): { outline: Outline; isHole: boolean }[] {
  switch (shape.kind) {
    case 'frame':
      return [
        { outline: straight(corners(inset(shape.box, -shape.line / 2))), isHole: false },
        { outline: straight(corners(inset(shape.box, shape.line / 2))), isHole: true },
      ]
    case 'disc':
      return [{ outline: circle(shape.at, shape.radius), isHole: false }]
    case 'ring':
      return [
        { outline: circle(shape.at, shape.radius), isHole: false },
        { outline: circle(shape.at, shape.radius - shape.line), isHole: true },
      ]
    case 'area':
      return [
        { outline: straight(shape.points), isHole: false },
        ...(shape.holes ?? []).map((hole) => ({ outline: straight(hole), isHole: true })),
      ]
  }
}

const straight = (spots: readonly Spot[]): Outline => spots.map((spot) => ({ ...spot, on: true }))

/** Eight bends; between them and a true circle nothing shows. */
function circle(middle: Spot, radius: number): Outline {
  return Array.from({ length: 16 }, (_, index) => {
    const on = index % 2 === 0
    const reach = on ? radius : radius / Math.cos(Math.PI / 8)
    const angle = (index * Math.PI) / 8
    return { x: middle.x + reach * Math.cos(angle), y: middle.y + reach * Math.sin(angle), on }
  })
}

/** Clockwise, with y upwards as in a glyph. */
function turnsRight(outline: Outline): boolean {
  let twice = 0
  outline.forEach(({ x, y }, index) => {
    const next = outline[(index + 1) % outline.length]
    if (next) twice += x * next.y - next.x * y
  })
  return twice < 0
}

function written(outlines: readonly Outline[]): Uint8Array {
  const points = outlines.flat()
  const head = 10 + outlines.length * 2 + 2 // the ends of the outlines, and the length of no instructions
  const length = head + points.length * 5
  const view = new DataView(new ArrayBuffer(length + (length % 2)))
  view.setInt16(0, outlines.length)
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const bounds = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
  bounds.forEach((bound, index) => view.setInt16(2 + index * 2, bound))
  let end = -1
  outlines.forEach((outline, index) => {
    end += outline.length
    view.setUint16(10 + index * 2, end)
  })
  const across = head + points.length
  const up = across + points.length * 2
  let before = { x: 0, y: 0 }
  points.forEach((point, index) => {
    view.setUint8(head + index, point.on ? 1 : 0)
    view.setInt16(across + index * 2, point.x - before.x)
    view.setInt16(up + index * 2, point.y - before.y)
    before = point
  })
  return new Uint8Array(view.buffer)
}
