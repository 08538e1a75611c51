import type { FloorPlan } from '#shared/domain/waves/floor/plan.ts'

/** A place on the screen, in pixels from the drawing's upper left corner. */
export interface Spot {
  readonly x: number
  readonly y: number
}

export interface Box {
  readonly left: number
  readonly right: number
  readonly low: number
  readonly high: number
}

/** Millimetres of the floor to pixels and back: one scale for both directions, y upwards on the floor. */
export interface View {
  readonly width: number
  readonly height: number
  /** Pixels of one millimetre. */
  readonly scale: number
  x(mm: number): number
  y(mm: number): number
  xMm(pixels: number): number
  yMm(pixels: number): number
}

/** What must be in the picture: the plan and whatever else lies on the floor. */
export function boxOf(plan: FloorPlan, also: readonly (readonly [number, number])[] = []): Box {
  const box = { left: Infinity, right: -Infinity, low: Infinity, high: -Infinity }
  const holds = (x: number, y: number) => {
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x)
    box.low = Math.min(box.low, y)
    box.high = Math.max(box.high, y)
  }
  for (const { xMm } of plan.aisles) for (const { yMm } of plan.crossAisles) holds(xMm, yMm)
  for (const { xMm, yMm } of plan.depots) holds(xMm, yMm)
  for (const [x, y] of also) holds(x, y)
  if (box.left > box.right) return { left: 0, right: 1, low: 0, high: 1 }
  return box
}

/** The largest picture of a box that is `width` wide at most and `height` high at most, with `margin` pixels around it. */
export function viewOf(box: Box, width: number, height: number, margin: number): View {
  const across = Math.max(1, box.right - box.left)
  const up = Math.max(1, box.high - box.low)
  const scale = Math.max(
    1e-9,
    Math.min(Math.max(1, width - 2 * margin) / across, Math.max(1, height - 2 * margin) / up),
  )
  const tall = Math.ceil(up * scale + 2 * margin)
  const aside = Math.max(margin, (width - across * scale) / 2)
  return {
    width,
    height: tall,
    scale,
    x: (mm) => aside + (mm - box.left) * scale,
    y: (mm) => tall - margin - (mm - box.low) * scale,
    xMm: (pixels) => box.left + (pixels - aside) / scale,
    yMm: (pixels) => box.low + (tall - margin - pixels) / scale,
  }
}

/** How wide a passage is drawn at most, in millimetres: there is no measure of it in a plan. */
const corridorMm = 1_600
/** How deep the racks at both ends of the floor are drawn at most. */
const endRackMm = 1_400

/** Half the breadth of an aisle, and where the racks at both ends of the floor end. */
function breadthOf(plan: FloorPlan): { half: number; left: number; right: number } {
  const xs = plan.aisles.map(({ xMm }) => xMm)
  const gaps = xs.slice(1).map((x, at) => x - (xs[at] ?? x))
  const usual = gaps.length === 0 ? 3_000 : ([...gaps].sort((a, b) => a - b)[gaps.length >> 1] ?? 0)
  const half = Math.min(corridorMm, usual * 0.45) / 2
  const end = half + Math.min(endRackMm, usual / 2 - half / 2)
  return { half, left: (xs[0] ?? 0) - end, right: (xs.at(-1) ?? 0) + end }
}

/** The plan with its racks, and whatever else lies on the floor. */
export function floorBox(plan: FloorPlan, also: readonly (readonly [number, number])[] = []): Box {
  const { left, right } = breadthOf(plan)
  const y = plan.crossAisles[0]?.yMm ?? 0
  return boxOf(plan, [...also, [left, y], [right, y]])
}

export interface Rack {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What stands between the passages. A plan knows only where one can walk: the rest of each block is racks. */
export function racksOf(plan: FloorPlan, view: View): Rack[] {
  const { half, left: start, right: end } = breadthOf(plan)
  const edges = [start, ...plan.aisles.map(({ xMm }) => xMm), end]
  return plan.crossAisles.slice(1).flatMap((after, block) => {
    const before = plan.crossAisles[block]
    if (before === undefined) return []
    const inset = Math.min(700, (after.yMm - before.yMm) / 6)
    return edges.slice(1).flatMap((to, at): Rack[] => {
      const from = edges[at] ?? to
      const left = from + (at === 0 ? 0 : half)
      const right = to - (at === edges.length - 2 ? 0 : half)
      if (right - left <= 0 || after.yMm - before.yMm <= 2 * inset) return []
      return [
        {
          x: view.x(left),
          y: view.y(after.yMm - inset),
          width: (right - left) * view.scale,
          height: (after.yMm - before.yMm - 2 * inset) * view.scale,
        },
      ]
    })
  })
}

/** Every passage of the plan with its ends on the screen; `from` is the end with the smaller coordinate. */
export interface DrawnPassage {
  readonly kind: 'aisle' | 'cross'
  readonly aisle: number
  /** The block of an aisle, the number of a cross aisle. */
  readonly across: number
  readonly way: 'both' | 'forward' | 'backward' | 'closed'
  readonly from: Spot
  readonly to: Spot
}

export function passagesOf(plan: FloorPlan, view: View): DrawnPassage[] {
  const crossWays = new Map(plan.crossWays.map((one) => [`${one.cross} ${one.aisle}`, one.way]))
  const up = plan.aisles.flatMap(({ xMm, ways }, aisle) =>
    plan.crossAisles.slice(1).map(({ yMm }, block): DrawnPassage => {
      const low = plan.crossAisles[block]?.yMm ?? yMm
      const x = view.x(xMm)
      return {
        kind: 'aisle',
        aisle,
        across: block,
        way: ways[block] ?? 'closed',
        from: { x, y: view.y(low) },
        to: { x, y: view.y(yMm) },
      }
    }),
  )
  const along = plan.crossAisles.flatMap(({ yMm }, cross) =>
    plan.aisles.slice(1).map(({ xMm }, aisle): DrawnPassage => {
      const left = plan.aisles[aisle]?.xMm ?? xMm
      const y = view.y(yMm)
      return {
        kind: 'cross',
        aisle,
        across: cross,
        way: crossWays.get(`${cross} ${aisle}`) ?? 'both',
        from: { x: view.x(left), y },
        to: { x: view.x(xMm), y },
      }
    }),
  )
  return [...up, ...along]
}

/** How far a place is from a stretch between two others. */
export function distanceTo({ from, to }: { readonly from: Spot; readonly to: Spot }, place: Spot): number {
  const length = (to.x - from.x) ** 2 + (to.y - from.y) ** 2
  const along =
    length === 0
      ? 0
      : Math.min(
          1,
          Math.max(0, ((place.x - from.x) * (to.x - from.x) + (place.y - from.y) * (to.y - from.y)) / length),
        )
  return Math.hypot(place.x - from.x - along * (to.x - from.x), place.y - from.y - along * (to.y - from.y))
}

/** `A/03` as people say it. */
export const shortName = (name: string): string =>
  name
    .split('/')
    .filter((part) => part !== '')
    .join('-')

const nameWidth = 44
const letterWidth = 9

/** The names of the aisles; where aisles are narrow only every other one, or every third … */
export function namesThatFit(plan: FloorPlan, view: View): { at: number; x: number; name: string }[] {
  let free = -Infinity
  const shown: { at: number; x: number; name: string }[] = []
  for (const [at, { names, xMm }] of plan.aisles.entries()) {
    const x = view.x(xMm)
    const name = shortName(names[0] ?? '')
    if (name === '' || x < free) continue
    free = x + Math.max(nameWidth, name.length * letterWidth)
    shown.push({ at, x, name })
  }
  return shown
}
