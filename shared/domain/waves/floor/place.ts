import type { Stop } from '#shared/domain/waves/routing/floor.ts'
import { aisleName, type FloorPlan, nearest } from './plan.ts'

/** A shelf as the catalogue knows it. */
export interface PlacedShelf {
  readonly id: number
  readonly code: string
  readonly zone: string
  readonly aisle: string
  readonly level: string
  /** Both or neither. */
  readonly xMm: number | null
  readonly yMm: number | null
}

export type Misplaced = 'shelfWithoutCoordinates' | 'shelfOffAisle' | 'shelfOutside' | 'shelfInClosed'

export type Place =
  | { readonly ok: true; readonly stop: Stop; readonly liftMm: number }
  | { readonly ok: false; readonly why: Misplaced }

/** How far beside the outermost aisles a shelf may stand, at least. */
const reachMm = 2_500

/**
 * Where a picker stands to take from a shelf: in its own aisle where the plan names that, else in the nearest one; both
 * faces of an aisle are picked from its middle.
 */
export function placeShelf(plan: FloorPlan, shelf: PlacedShelf): Place {
  const { xMm, yMm } = shelf
  if (xMm === null || yMm === null) return { ok: false, why: 'shelfWithoutCoordinates' }
  const own = plan.aisles.findIndex(({ names }) => names.includes(aisleName(shelf.zone, shelf.aisle)))
  const aisle = own >= 0 && shelf.aisle !== '' ? own : nearest(plan.aisles, (one) => Math.abs(one.xMm - xMm))
  const column = plan.aisles[aisle]
  if (column === undefined || Math.abs(column.xMm - xMm) > reachOf(plan, aisle))
    return { ok: false, why: 'shelfOffAisle' }
  const blocks = plan.crossAisles.slice(1).flatMap((after, block) => {
    const before = plan.crossAisles[block]
    return before !== undefined && before.yMm <= yMm && yMm <= after.yMm
      ? [{ block, offset: yMm - before.yMm }]
      : []
  })
  if (blocks.length === 0) return { ok: false, why: 'shelfOutside' }
  const open = blocks.find(({ block }) => (column.ways[block] ?? 'closed') !== 'closed')
  if (open === undefined) return { ok: false, why: 'shelfInClosed' }
  return { ok: true, stop: { aisle, ...open }, liftMm: plan.liftMmPerLevel * levelsUp(shelf.level) }
}

/** Half the way to the farther neighbour: a shelf beyond that belongs to another aisle, or to none. */
function reachOf(plan: FloorPlan, aisle: number): number {
  const x = plan.aisles[aisle]?.xMm ?? 0
  const gaps = [plan.aisles[aisle - 1], plan.aisles[aisle + 1]].map((one) =>
    one === undefined ? 0 : Math.abs(one.xMm - x) / 2,
  )
  return Math.max(reachMm, ...gaps)
}

/** Levels above the first one; a level that is no number is taken for the first. */
export function levelsUp(level: string): number {
  const number = Number(/^\D*(\d{1,2})\D*$/.exec(level)?.[1] ?? '1')
  return Math.max(0, number - 1)
}
