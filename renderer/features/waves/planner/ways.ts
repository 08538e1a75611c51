import type { PlanSummary } from '#shared/contract/waves.ts'
import type { NamedStrategy, Strategy } from '#shared/domain/waves/strategy.ts'

/** A strategy as the planner holds it: the core's, or one that somebody tries before saving it. */
export interface Way extends NamedStrategy {
  readonly builtIn: boolean
  readonly saved: boolean
}

/** What is tried of what is known: unsaved ones stand in for, or behind, those that the core has. */
export function waysOf(
  known: readonly (NamedStrategy & { readonly builtIn: boolean })[],
  unsaved: ReadonlyMap<string, Strategy>,
): Way[] {
  const names = new Set(known.map(({ name }) => name))
  return [
    ...known.map(({ name, strategy, builtIn }) => {
      const other = unsaved.get(name)
      return { name, strategy: other ?? strategy, builtIn, saved: other === undefined }
    }),
    ...[...unsaved]
      .filter(([name]) => !names.has(name))
      .map(([name, strategy]) => ({ name, strategy, builtIn: false, saved: false })),
  ]
}

/** Tried when nobody has said what: the best, the usual and what people do without a planner. */
const usual = ['shortest', 'firstCome', 'byHand']

/** Most that are compared at once. */
export const mostAtOnce = 8

export function firstTried(ways: readonly Way[]): string[] {
  const found = ways.filter(({ name }) => usual.includes(name)).map(({ name }) => name)
  return found.length > 0 ? found : ways.slice(0, usual.length).map(({ name }) => name)
}

export const measures = ['waves', 'distance', 'work', 'doneAt', 'late', 'lateMinutes', 'leftOut'] as const
export type Measure = (typeof measures)[number]

export function measured(plan: PlanSummary, measure: Measure): number | null {
  switch (measure) {
    case 'waves':
      return plan.waves.length
    case 'distance':
      return plan.distanceMm
    case 'work':
      return plan.workSeconds
    case 'doneAt':
      return plan.doneSeconds
    case 'late':
      return plan.late
    case 'lateMinutes':
      return plan.lateMinutes
    default:
      return plan.leftOutCount
  }
}

/** The least value of a column; null where all are equal, because then none is better. */
export function bestOf(plans: readonly PlanSummary[], measure: Measure): number | null {
  const values = plans.flatMap((plan) => measured(plan, measure) ?? [])
  const least = Math.min(...values)
  return values.some((value) => value !== least) ? least : null
}

/** Nobody late first, then nobody left out, then the shortest walk. */
export function bestPlan(plans: readonly PlanSummary[]): PlanSummary | null {
  const order: readonly Measure[] = ['late', 'lateMinutes', 'leftOut', 'distance', 'work']
  return (
    [...plans].sort((a, b) => {
      for (const measure of order) {
        const apart = (measured(a, measure) ?? 0) - (measured(b, measure) ?? 0)
        if (apart !== 0) return apart
      }
      return 0
    })[0] ?? null
  )
}
