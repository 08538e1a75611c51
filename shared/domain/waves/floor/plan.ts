import type { Depot, Depots, Floor, Passage } from '#shared/domain/waves/routing/floor.ts'

/** How a passage may be walked: `forward` only towards the larger coordinate. */
export type Way = 'both' | 'forward' | 'backward' | 'closed'

/**
 * The plan of a warehouse floor, drawn to scale: all lengths in whole millimetres from the origin of the shelves' own
 * coordinates. Aisles run along y and are crossed by cross aisles that run along x; what lies between two neighbouring
 * cross aisles is a block.
 */
export interface FloorPlan {
  /** By ascending y, two at least. */
  readonly crossAisles: readonly { readonly name: string; readonly yMm: number }[]
  /** By ascending x, one at least. */
  readonly aisles: readonly PlanAisle[]
  /** Where a cross aisle cannot be walked both ways: between `aisle` and the next one. */
  readonly crossWays: readonly { readonly cross: number; readonly aisle: number; readonly way: Way }[]
  /** Where walks begin and end; the bench is one of them. */
  readonly depots: readonly PlanDepot[]
  /** What lifting or climbing one level above the first is worth, in millimetres of walking. */
  readonly liftMmPerLevel: number
}

export interface PlanAisle {
  /** What its shelves call it, `zone/aisle`; several where blocks name it differently, none where nobody does. */
  readonly names: readonly string[]
  readonly xMm: number
  /** One a block. */
  readonly ways: readonly Way[]
}

export interface PlanDepot {
  readonly name: string
  readonly xMm: number
  readonly yMm: number
  readonly role: 'start' | 'drop' | 'both'
}

export const aisleName = (zone: string, aisle: string): string => `${zone}/${aisle}`

/** The plan as the router walks it. */
export function floorOf(plan: FloorPlan): Floor {
  const closed = new Map(plan.crossWays.map(({ cross, aisle, way }) => [`${cross} ${aisle}`, way]))
  return {
    aisles: plan.aisles.map(({ ways }) =>
      plan.crossAisles
        .slice(1)
        .map(({ yMm }, block) => passage(yMm - (plan.crossAisles[block]?.yMm ?? 0), ways[block] ?? 'closed')),
    ),
    crossAisles: plan.crossAisles.map((_, cross) =>
      plan.aisles
        .slice(1)
        .map(({ xMm }, aisle) =>
          passage(xMm - (plan.aisles[aisle]?.xMm ?? 0), closed.get(`${cross} ${aisle}`) ?? 'both'),
        ),
    ),
  }
}

const passage = (length: number, way: Way): Passage => (way === 'closed' ? null : { length, direction: way })

/** Which depots a walk begins and ends at, by name; empty for the first that can be one. */
export interface Ends {
  readonly start: string
  readonly drop: string
}

/**
 * Where a walk begins and ends; null on a plan without a depot for it. Without names the first start counts, and the
 * first that is only a drop, or else where the walk began.
 */
export function depotsOf(
  plan: FloorPlan,
  { start: from, drop: to }: Ends = { start: '', drop: '' },
): Depots | null {
  const starts = plan.depots.filter(({ role }) => role !== 'drop')
  const start = from === '' ? starts[0] : starts.find(({ name }) => name === from)
  const drops = plan.depots.filter(({ role }) => role !== 'start')
  const drop =
    to === '' ? (drops.find(({ role }) => role === 'drop') ?? start) : drops.find(({ name }) => name === to)
  if (start === undefined || drop === undefined) return null
  return { start: crossingNear(plan, start), drop: crossingNear(plan, drop) }
}

function crossingNear(plan: FloorPlan, { xMm, yMm }: PlanDepot): Depot {
  const aisle = nearest(plan.aisles, (one) => Math.abs(one.xMm - xMm))
  const cross = nearest(plan.crossAisles, (one) => Math.abs(one.yMm - yMm))
  const access =
    Math.abs((plan.aisles[aisle]?.xMm ?? 0) - xMm) + Math.abs((plan.crossAisles[cross]?.yMm ?? 0) - yMm)
  return { aisle, cross, access }
}

/** Index of the first of those with the smallest measure. */
export function nearest<T>(of: readonly T[], measure: (one: T) => number): number {
  let best = 0
  let least = Infinity
  for (const [index, one] of of.entries()) {
    const value = measure(one)
    if (value < least) {
      least = value
      best = index
    }
  }
  return best
}

/** A plan with its aisles and cross aisles in order, whatever order they were drawn in. */
export function inOrder(plan: FloorPlan): FloorPlan {
  const aisles = plan.aisles.map((one, at) => ({ one, at })).sort((a, b) => a.one.xMm - b.one.xMm)
  const crosses = plan.crossAisles.map((one, at) => ({ one, at })).sort((a, b) => a.one.yMm - b.one.yMm)
  const moved = aisles.some(({ at }, index) => at !== index) || crosses.some(({ at }, index) => at !== index)
  if (!moved) return plan
  return {
    ...plan,
    aisles: aisles.map(({ one }) => one),
    crossAisles: crosses.map(({ one }) => one),
    crossWays: plan.crossWays.map((way) => ({
      ...way,
      aisle: aisles.findIndex(({ at }) => at === way.aisle),
      cross: crosses.findIndex(({ at }) => at === way.cross),
    })),
  }
}
