import type { FloorPlan, PlanDepot, Way } from '#shared/domain/waves/floor/plan.ts'
import { beginHistory, type History, redo, step, undo } from '#renderer/ui/history.ts'

/** One step of drawing. Indices are those of the plan as it is before the step. */
export type Edit =
  | { readonly do: 'moveAisle'; readonly at: number; readonly xMm: number }
  | { readonly do: 'moveCross'; readonly at: number; readonly yMm: number }
  | { readonly do: 'addAisle'; readonly after: number | null }
  | { readonly do: 'addCross'; readonly after: number | null }
  | { readonly do: 'removeAisle'; readonly at: number }
  | { readonly do: 'removeCross'; readonly at: number }
  | { readonly do: 'nameAisle'; readonly at: number; readonly names: readonly string[] }
  | { readonly do: 'nameCross'; readonly at: number; readonly name: string }
  | { readonly do: 'turnAisle'; readonly at: number; readonly block: number; readonly way?: Way }
  | { readonly do: 'turnCross'; readonly at: number; readonly aisle: number; readonly way?: Way }
  | { readonly do: 'addDepot' }
  | { readonly do: 'changeDepot'; readonly at: number; readonly depot: Partial<PlanDepot> }
  | { readonly do: 'removeDepot'; readonly at: number }
  | { readonly do: 'lift'; readonly mm: number }

/** Places snap to this. */
export const snapMm = 100
/** Two aisles never come closer than this while they are drawn: they would be one. */
const leastApartMm = snapMm
/** How far from the last one a new aisle or cross aisle is laid. */
const aisleStepMm = 3_000
const crossStepMm = 3_000
export const mostAisles = 500
export const mostCrosses = 40
export const fewestCrosses = 2
/** A floor is not larger than a hundred kilometres. */
const farthestMm = 100_000_000

const turns: Readonly<Record<Way, Way>> = {
  both: 'forward',
  forward: 'backward',
  backward: 'closed',
  closed: 'both',
}

export const snap = (mm: number): number => Math.round(mm / snapMm) * snapMm

export function edit(plan: FloorPlan, step: Edit): FloorPlan {
  switch (step.do) {
    case 'moveAisle': {
      const xs = plan.aisles.map(({ xMm }) => xMm)
      const xMm = between(step.xMm, xs[step.at - 1], xs[step.at + 1])
      return { ...plan, aisles: replaced(plan.aisles, step.at, (one) => ({ ...one, xMm })) }
    }
    case 'moveCross': {
      const ys = plan.crossAisles.map(({ yMm }) => yMm)
      const yMm = between(step.yMm, ys[step.at - 1], ys[step.at + 1])
      return { ...plan, crossAisles: replaced(plan.crossAisles, step.at, (one) => ({ ...one, yMm })) }
    }
    case 'addAisle':
      return addAisle(plan, step.after)
    case 'addCross':
      return addCross(plan, step.after)
    case 'removeAisle':
      return removeAisle(plan, step.at)
    case 'removeCross':
      return removeCross(plan, step.at)
    case 'nameAisle':
      return {
        ...plan,
        aisles: replaced(plan.aisles, step.at, (one) => ({ ...one, names: step.names.slice(0, 40) })),
      }
    case 'nameCross':
      return {
        ...plan,
        crossAisles: replaced(plan.crossAisles, step.at, (one) => ({ ...one, name: step.name })),
      }
    case 'turnAisle':
      return {
        ...plan,
        aisles: replaced(plan.aisles, step.at, (one) => ({
          ...one,
          ways: replaced(one.ways, step.block, (way) => step.way ?? turns[way]),
        })),
      }
    case 'turnCross': {
      const now = wayOfCross(plan, step.at, step.aisle)
      const others = plan.crossWays.filter(({ cross, aisle }) => cross !== step.at || aisle !== step.aisle)
      const way = step.way ?? turns[now]
      return {
        ...plan,
        crossWays: way === 'both' ? others : [...others, { cross: step.at, aisle: step.aisle, way }],
      }
    }
    case 'addDepot':
      return {
        ...plan,
        depots: [
          ...plan.depots,
          {
            name: '',
            xMm: plan.aisles[0]?.xMm ?? 0,
            yMm: plan.crossAisles[0]?.yMm ?? 0,
            role: plan.depots.length === 0 ? 'both' : 'drop',
          },
        ],
      }
    case 'changeDepot':
      return {
        ...plan,
        depots: replaced(plan.depots, step.at, (one) => ({ ...one, ...step.depot })),
      }
    case 'removeDepot':
      return { ...plan, depots: plan.depots.filter((_, at) => at !== step.at) }
    default:
      return { ...plan, liftMmPerLevel: Math.min(1_000_000, Math.max(0, Math.round(step.mm))) }
  }
}

export const wayOfCross = (plan: FloorPlan, cross: number, aisle: number): Way =>
  plan.crossWays.find((one) => one.cross === cross && one.aisle === aisle)?.way ?? 'both'

function replaced<T>(all: readonly T[], at: number, change: (one: T) => T): T[] {
  return all.map((one, index) => (index === at ? change(one) : one))
}

/** Aisles and cross aisles keep their order while they are moved: what lies between them keeps its meaning. */
function between(wanted: number, before: number | undefined, after: number | undefined): number {
  const low = before === undefined ? -farthestMm : before + leastApartMm
  const high = after === undefined ? farthestMm : after - leastApartMm
  return Math.round(Math.max(low, Math.min(high, wanted)))
}

/** The middle of a gap, or a usual step behind the last; null where there is no room. */
function placeAfter(all: readonly number[], after: number, step: number): number | null {
  const from = all[after]
  const to = all[after + 1]
  if (from === undefined) return 0
  if (to === undefined) return from + step
  const middle = snap((from + to) / 2)
  return middle - from >= leastApartMm && to - middle >= leastApartMm ? middle : null
}

function addAisle(plan: FloorPlan, after: number | null): FloorPlan {
  const last = plan.aisles.length - 1
  const before = Math.min(after ?? last, last)
  const xMm = placeAfter(
    plan.aisles.map((one) => one.xMm),
    before,
    aisleStepMm,
  )
  if (xMm === null || plan.aisles.length >= mostAisles) return plan
  const at = before + 1
  return {
    ...plan,
    aisles: plan.aisles.toSpliced(at, 0, {
      names: [],
      xMm,
      ways: plan.crossAisles.slice(1).map(() => 'both'),
    }),
    // A passage that is cut in two by the new aisle keeps its way on both sides.
    crossWays: plan.crossWays.flatMap((one) =>
      one.aisle < before
        ? [one]
        : one.aisle === before && at < plan.aisles.length
          ? [one, { ...one, aisle: at }]
          : [{ ...one, aisle: one.aisle + 1 }],
    ),
  }
}

function removeAisle(plan: FloorPlan, at: number): FloorPlan {
  if (plan.aisles.length <= 1 || at < 0 || at >= plan.aisles.length) return plan
  const last = plan.aisles.length - 1
  return {
    ...plan,
    aisles: plan.aisles.toSpliced(at, 1),
    crossWays: plan.crossWays.flatMap((one) => {
      if (one.aisle < at - 1) return [one]
      // The two passages beside it become one, which is walked as the left one was, unless one end of the floor went.
      if (one.aisle === at - 1) return at === last ? [] : [one]
      if (one.aisle === at) return []
      return [{ ...one, aisle: one.aisle - 1 }]
    }),
  }
}

function addCross(plan: FloorPlan, after: number | null): FloorPlan {
  const last = plan.crossAisles.length - 1
  const before = Math.min(after ?? last, last)
  const yMm = placeAfter(
    plan.crossAisles.map((one) => one.yMm),
    before,
    crossStepMm,
  )
  if (yMm === null || plan.crossAisles.length >= mostCrosses) return plan
  const at = before + 1
  return {
    ...plan,
    crossAisles: plan.crossAisles.toSpliced(at, 0, { name: '', yMm }),
    // A block that is cut in two keeps its way in both halves.
    aisles: plan.aisles.map((one) => ({
      ...one,
      ways: one.ways.toSpliced(at, 0, one.ways[before] ?? 'both'),
    })),
    crossWays: plan.crossWays.map((one) => (one.cross >= at ? { ...one, cross: one.cross + 1 } : one)),
  }
}

function removeCross(plan: FloorPlan, at: number): FloorPlan {
  if (plan.crossAisles.length <= fewestCrosses || at < 0 || at >= plan.crossAisles.length) return plan
  return {
    ...plan,
    crossAisles: plan.crossAisles.toSpliced(at, 1),
    aisles: plan.aisles.map((one) => ({
      ...one,
      ways: one.ways.toSpliced(Math.min(at, one.ways.length - 1), 1),
    })),
    crossWays: plan.crossWays.flatMap((one) =>
      one.cross === at ? [] : [one.cross > at ? { ...one, cross: one.cross - 1 } : one],
    ),
  }
}

export type Drawing = History<FloorPlan>

export type DrawingAct =
  | { readonly act: 'edit'; readonly step: Edit; readonly gesture?: string }
  | { readonly act: 'undo' }
  | { readonly act: 'redo' }
  | { readonly act: 'begin'; readonly plan: FloorPlan }

export function draw(drawing: Drawing, action: DrawingAct): Drawing {
  switch (action.act) {
    case 'begin':
      return beginHistory(action.plan)
    case 'undo':
      return undo(drawing)
    case 'redo':
      return redo(drawing)
    default:
      return step(drawing, edit(drawing.now, action.step), action.gesture)
  }
}

/** What is chosen on the plan. */
export type Part =
  | { readonly kind: 'aisle'; readonly at: number }
  | { readonly kind: 'cross'; readonly at: number }
  | { readonly kind: 'depot'; readonly at: number }

/** Moves what is chosen; depots move both ways, aisles only left and right, cross aisles only up and down. */
export function nudge(plan: FloorPlan, part: Part, right: number, up: number): Edit | null {
  switch (part.kind) {
    case 'aisle': {
      const one = plan.aisles[part.at]
      return one === undefined || right === 0 ? null : { do: 'moveAisle', at: part.at, xMm: one.xMm + right }
    }
    case 'cross': {
      const one = plan.crossAisles[part.at]
      return one === undefined || up === 0 ? null : { do: 'moveCross', at: part.at, yMm: one.yMm + up }
    }
    default: {
      const one = plan.depots[part.at]
      return one === undefined
        ? null
        : { do: 'changeDepot', at: part.at, depot: { xMm: one.xMm + right, yMm: one.yMm + up } }
    }
  }
}
