import { checkPlan } from '#shared/domain/waves/floor/check.ts'
import { depotsOf, type Ends, type FloorPlan, floorOf } from '#shared/domain/waves/floor/plan.ts'
import { type PlacedShelf, placeShelf } from '#shared/domain/waves/floor/place.ts'
import { findFloorFaults } from '#shared/domain/waves/routing/check-floor.ts'
import { type Distances, measureDistances } from '#shared/domain/waves/routing/distances.ts'
import type { Depots, Floor, Stop } from '#shared/domain/waves/routing/floor.ts'
import { createRouter, type Router } from '#shared/domain/waves/routing/router.ts'

export interface Shelf extends PlacedShelf {
  /** Null where no plan says how to walk there: it is picked last, in the order of the codes. */
  readonly stop: Stop | null
  /** What lifting to its level is worth, in millimetres of walking. */
  readonly liftMm: number
}

/** What can be walked, and what it takes. Lengths in millimetres. */
export interface Walkable {
  readonly floor: Floor
  readonly depots: Depots
  readonly router: Router
  readonly distances: Distances
}

/** Where things are. */
export interface Layout {
  /** Null without a floor: lists follow the shelf codes then, aisle by aisle. */
  readonly walkable: Walkable | null
  readonly shelves: ReadonlyMap<number, Shelf>
  /** Units of each product that no list has taken yet, by shelf; the fullest shelf first. */
  readonly stock: ReadonlyMap<number, readonly Holding[]>
}

export interface Holding {
  readonly shelf: number
  readonly quantity: number
}

/** Puts shelves and stock on the plan. A shelf that cannot be walked to is told by `checkShelves` and has no stop here. */
export function createLayout(
  plan: FloorPlan | null,
  shelves: readonly PlacedShelf[],
  stock: readonly { readonly productId: number; readonly shelf: number; readonly quantity: number }[],
  ends: Ends = { start: '', drop: '' },
): Layout {
  const walkable = walkableOf(plan, ends)
  const reachable = walkable === null ? () => false : reachableFrom(walkable)
  const placed = shelves.map((shelf): Shelf => {
    const place = plan === null || walkable === null ? null : placeShelf(plan, shelf)
    if (place === null || !place.ok || !reachable(place.stop)) return { ...shelf, stop: null, liftMm: 0 }
    return { ...shelf, stop: place.stop, liftMm: place.liftMm }
  })
  const byProduct = new Map<number, Holding[]>()
  for (const { productId, shelf, quantity } of stock) {
    const there = byProduct.get(productId)
    if (there === undefined) byProduct.set(productId, [{ shelf, quantity }])
    else there.push({ shelf, quantity })
  }
  for (const holdings of byProduct.values()) {
    if (holdings.length > 1) holdings.sort((a, b) => b.quantity - a.quantity || a.shelf - b.shelf)
  }
  return { walkable, shelves: new Map(placed.map((shelf) => [shelf.id, shelf])), stock: byProduct }
}

/** Making a router costs more than most walks: the last one serves while its plan stays the same. */
let last: { readonly plan: string; readonly walkable: Walkable | null } | null = null

function walkableOf(plan: FloorPlan | null, { start, drop }: Ends): Walkable | null {
  const text = JSON.stringify([plan, start, drop])
  if (last?.plan !== text) last = { plan: text, walkable: makeWalkable(plan, { start, drop }) }
  return last.walkable
}

function makeWalkable(plan: FloorPlan | null, ends: Ends): Walkable | null {
  if (plan === null || checkPlan(plan).length > 0) return null
  // A depot that is gone from the plan since its name was written down leaves the first one.
  const depots = depotsOf(plan, ends) ?? depotsOf(plan)
  if (depots === null) return null
  const floor = floorOf(plan)
  if (findFloorFaults(floor, depots).length > 0) return null
  return { floor, depots, router: createRouter(floor, depots), distances: measureDistances(floor) }
}

/** Whether a walk leads to a stop and back; every stop of one passage is like the others in that. */
function reachableFrom({ router }: Walkable): (stop: Stop) => boolean {
  const known = new Map<string, boolean>()
  return (stop) => {
    const passage = `${stop.aisle} ${stop.block}`
    let answer = known.get(passage)
    if (answer === undefined) {
      answer = router.length([stop]) < Infinity
      known.set(passage, answer)
    }
    return answer
  }
}

/** The shelf that a product is taken from when nothing else decides: the fullest, or none. */
export const mainShelf = (layout: Layout, productId: number): Shelf | null => {
  const [first] = layout.stock.get(productId) ?? []
  return first === undefined ? null : (layout.shelves.get(first.shelf) ?? null)
}
