import { naturalOrder } from '#shared/support/natural-order.ts'
import { aisleName, type FloorPlan } from './plan.ts'

/** Columns closer than this are one aisle: its two faces, measured apart. */
const sameAisleMm = 300
/** How far beyond the first and the last shelf the outer cross aisles lie. */
const beyondMm = 1_000
/** A stretch without shelves, across the whole floor, that is at least as long as this is a cross aisle. */
const crossAisleMm = 1_500

/** An aisle as its shelves' coordinates show it. */
export interface AisleSpan {
  readonly zone: string
  readonly aisle: string
  readonly fromXMm: number
  readonly toXMm: number
}

/**
 * The plan that the shelves' own coordinates suggest: an aisle where shelves name one, cross aisles before the first
 * and behind the last shelf and wherever no shelf stands on the whole breadth of the floor. Nobody has drawn it, so
 * whoever uses it must say that it is a guess. `ys`: every y at which a shelf stands. Null where no shelf has
 * coordinates and an aisle.
 */
export function derivePlan(
  spans: readonly AisleSpan[],
  ys: readonly number[],
  liftMmPerLevel = 0,
): FloorPlan | null {
  if (spans.length === 0 || ys.length === 0) return null
  const crossAisles = crossAislesOf(ys)
  const aisles = columnsOf(spans).map(({ names, xMm }) => ({
    names,
    xMm,
    ways: crossAisles.slice(1).map(() => 'both' as const),
  }))
  return {
    crossAisles,
    aisles,
    crossWays: [],
    depots: [{ name: '', xMm: aisles[0]?.xMm ?? 0, yMm: crossAisles[0]?.yMm ?? 0, role: 'both' }],
    liftMmPerLevel,
  }
}

function columnsOf(spans: readonly AisleSpan[]): { names: string[]; xMm: number }[] {
  const named = spans
    .map(({ zone, aisle, fromXMm, toXMm }) => ({
      name: aisleName(zone, aisle),
      xMm: Math.round((fromXMm + toXMm) / 2),
    }))
    .sort((a, b) => a.xMm - b.xMm || naturalOrder(a.name, b.name))
  const columns: { names: string[]; xMm: number }[] = []
  for (const { name, xMm } of named) {
    const last = columns.at(-1)
    if (last !== undefined && xMm - last.xMm <= sameAisleMm) last.names.push(name)
    else columns.push({ names: [name], xMm })
  }
  return columns
}

function crossAislesOf(places: readonly number[]): { name: string; yMm: number }[] {
  const ys = [...new Set(places)].sort((a, b) => a - b)
  const gaps = ys.slice(1).map((y, at) => ({ y, gap: y - (ys[at] ?? y) }))
  const usual = gaps.map(({ gap }) => gap).sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0
  const wide = gaps.filter(({ gap }) => gap >= Math.max(crossAisleMm, 2 * usual))
  const rows = [
    (ys[0] ?? 0) - beyondMm,
    ...wide.map(({ y, gap }) => Math.round(y - gap / 2)),
    (ys.at(-1) ?? 0) + beyondMm,
  ]
  return rows.map((yMm, at) => ({ name: String(at + 1), yMm }))
}
