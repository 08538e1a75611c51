import type { WalkMap } from '#shared/contract/waves.ts'
import { type DrawnWalk, drawWalk } from '#shared/domain/waves/floor/draw-walk.ts'
import type { FloorPlan } from '#shared/domain/waves/floor/plan.ts'
import { followedLength } from '#shared/domain/waves/routing/rules.ts'
import type { Layout } from '#shared/domain/waves/planning/layout.ts'

/** A line of a list as it lies on the floor. */
export interface WalkedLine {
  readonly shelf: number | null
  readonly location: string | null
  readonly done: boolean
}

export interface WalkedList extends DrawnWalk {
  /** For each line the number of its stop, from 1; null where the line has no place on the floor. */
  readonly numbers: readonly (number | null)[]
  readonly distanceMm: number
}

/** The walk of a list over the floor; null where no floor is known. */
export function walkList(plan: FloorPlan, layout: Layout, lines: readonly WalkedLine[]): WalkedList | null {
  const { walkable, shelves } = layout
  if (walkable === null) return null
  const placed = lines.map(({ shelf }) => (shelf === null ? null : (shelves.get(shelf)?.stop ?? null)))
  const stops = placed.flatMap((stop) => stop ?? [])
  // One-way passages can keep two stops from lying on one walk: then there is none to draw.
  const length = followedLength(walkable.distances, walkable.depots, stops, [...stops.keys()])
  if (stops.length > 0 && !Number.isFinite(length)) return null
  const drawn = drawWalk(plan, walkable.depots, walkable.distances, stops)
  let next = 0
  const numbers = placed.map((stop) => {
    if (stop === null) return null
    const number = (drawn.stopOf[next] ?? 0) + 1
    next += 1
    return number
  })
  return { ...drawn, numbers, distanceMm: stops.length === 0 ? 0 : Math.round(length) }
}

/** The same, as the screens draw it. */
export function mapOf(plan: FloorPlan, layout: Layout, lines: readonly WalkedLine[]): WalkMap | null {
  const walk = walkList(plan, layout, lines)
  if (walk === null) return null
  const at = new Map<number, { locations: Set<string>; done: boolean }>()
  for (const [index, number] of walk.numbers.entries()) {
    const line = lines[index]
    if (number === null || line === undefined) continue
    const stop = at.get(number) ?? { locations: new Set<string>(), done: true }
    if (line.location !== null) stop.locations.add(line.location)
    at.set(number, { locations: stop.locations, done: stop.done && line.done })
  }
  return {
    plan: openPlan(plan),
    stops: walk.stops.map(({ xMm, yMm }, index) => ({
      number: index + 1,
      location: [...(at.get(index + 1)?.locations ?? [])].join(' · '),
      xMm,
      yMm,
      done: at.get(index + 1)?.done ?? false,
    })),
    path: walk.path.map(([x, y]): [number, number] => [x, y]),
    distanceMm: walk.distanceMm,
  }
}

/** A plan as the contract has it: with lists of its own. */
export const openPlan = (plan: FloorPlan) => ({
  crossAisles: [...plan.crossAisles],
  aisles: plan.aisles.map(({ names, xMm, ways }) => ({ names: [...names], xMm, ways: [...ways] })),
  crossWays: [...plan.crossWays],
  depots: [...plan.depots],
  liftMmPerLevel: plan.liftMmPerLevel,
})
