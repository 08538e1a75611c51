import type { PickListTurn } from '#electron/ports/document-press.ts'
import { corners, type Shape, type ShapeBox } from './shape-glyph.ts'
import type { Sheet } from './sheet.ts'

/**
 * The turn into an aisle as it is seen on the plan: first across, then along, in a square of `size` around
 * (`x`, `y`). A point ends the way where it goes nowhere more.
 */
export function turnShapes(x: number, y: number, size: number, { across, along }: PickListTurn): Shape[] {
  const half = size / 2
  const side = across === 'left' ? -1 : 1
  const down = along === 'down' ? 1 : -1
  if (across === 'none' && along === 'none') return [{ kind: 'disc', at: { x, y }, radius: size / 5 }]
  if (across === 'none')
    return [bar(x, y - down * half, x, y + down * (half - 5)), point(x, y + down * half, 0, down)]
  if (along === 'none')
    return [bar(x - side * half, y, x + side * (half - 5), y), point(x + side * half, y, side, 0)]
  // The elbow stands where the aisle is, so that the arrow's head has room beside its own tail.
  const bend = x + side * (half - 5)
  const level = y - down * (half - 2)
  return [
    bar(x - side * half, level, bend + side * 1.1, level),
    bar(bend, level, bend, y + down * (half - 5)),
    point(bend, y + down * half, 0, down),
  ]
}

const bar = (x1: number, y1: number, x2: number, y2: number): Shape => {
  const [wide, high] = x1 === x2 ? [1.1, 0] : [0, 1.1]
  const [left, top] = [Math.min(x1, x2) - wide, Math.min(y1, y2) - high]
  const box = { x: left, y: top, width: Math.abs(x2 - x1) + 2 * wide, height: Math.abs(y2 - y1) + 2 * high }
  return { kind: 'area', points: corners(box) }
}

const point = (x: number, y: number, dx: number, dy: number): Shape => {
  const [bx, by] = [x - dx * 7, y - dy * 7]
  const points = [
    { x, y },
    { x: bx - dy * 4.6, y: by + dx * 4.6 },
    { x: bx + dy * 4.6, y: by - dx * 4.6 },
  ]
  return { kind: 'area', points }
}

/** A filled head with its point at (`x`, `y`). */
export function head(sheet: Sheet, x: number, y: number, dx: number, dy: number, size = 6): void {
  const [back, wing] = [size, size * 0.62]
  const [bx, by] = [x - dx * back, y - dy * back]
  sheet.path(
    `M${n(x)} ${n(y)}L${n(bx - dy * wing)} ${n(by + dx * wing)}L${n(bx + dy * wing)} ${n(by - dx * wing)}z`,
    'ink',
  )
}

/** Numbers of a path: a hundredth of a point is finer than any printer. */
export const n = (value: number): string => String(Math.round(value * 100) / 100)

/** White on black, as high as `height`; gives where it ends on the right. */
export function badge(
  sheet: Sheet,
  text: string,
  {
    x,
    y,
    width,
    height,
    size,
  }: {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
    readonly size: number
  },
): void {
  sheet.box(x, y, width, height, 'ink')
  const middle = y + height / 2 + size * 0.36
  sheet.fit(text, x + width / 2, middle, { size, bold: true, align: 'center', colour: 'paper' }, width - 4, 5)
}

/** The four corners of a box to write in. */
export function cornersOf({ x, y, width, height }: ShapeBox): Shape[] {
  const [long, line] = [7, 0.6]
  return [0, 1].flatMap((across) =>
    [0, 1].flatMap((down): Shape[] => {
      const [left, top] = [x + across * (width - long), y + down * (height - long)]
      return [
        {
          kind: 'area',
          points: corners({ x: left, y: y + down * (height - line), width: long, height: line }),
        },
        {
          kind: 'area',
          points: corners({ x: x + across * (width - line), y: top, width: line, height: long }),
        },
      ]
    }),
  )
}

/** The black ground of a mark with its sign left out of it: a weight, or a glass with a crack. */
export function markShape(mark: 'heavy' | 'fragile', box: ShapeBox): Shape {
  const at = (...places: readonly (readonly [number, number])[]) =>
    places.map(([x, y]) => ({ x: box.x + 2 + x, y: box.y + 1.5 + y }))
  const signs = {
    heavy: [
      at([1.4, 3.2], [6.6, 3.2], [8.2, 9], [-0.2, 9]),
      at([2.4, 2.4], [2.4, 0.2], [5.6, 0.2], [5.6, 2.4], [4.7, 2.4], [4.7, 1.1], [3.3, 1.1], [3.3, 2.4]),
    ],
    fragile: [
      at(
        ...([
          [0.6, 0],
          [3, 0],
          [3.9, 1.7],
          [3.2, 2.9],
          [4.5, 4],
          [4.3, 2.8],
          [5, 1.6],
          [4.3, 0],
          [7.4, 0],
        ] as const),
        ...([
          [7, 3.2],
          [5.8, 4.8],
          [4.5, 5.3],
          [4.5, 8],
          [6.2, 8.2],
          [6.2, 9],
          [1.8, 9],
          [1.8, 8.2],
        ] as const),
        ...([
          [3.5, 8],
          [3.5, 5.3],
          [2.2, 4.8],
          [1, 3.2],
        ] as const),
      ),
    ],
  }
  return { kind: 'area', points: corners(box), holes: signs[mark] }
}
