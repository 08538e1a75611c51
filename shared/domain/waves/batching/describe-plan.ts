import type { Plan } from './anneal.ts'
import { createMinutes, firstFree } from './lateness.ts'
import type { BatchingProblem, UnitsToBatch } from './problem.ts'
import type { RouteCost } from './route-cost.ts'

export interface PlannedBatch {
  /** Ids, in the order of the problem. */
  readonly orders: readonly string[]
  readonly metres: number
  readonly minutes: number
  /** 0 to pickers - 1. */
  readonly picker: number
  /** Minutes from now. */
  readonly start: number
  readonly end: number
  /** Earliest due time in it, minutes from now; Infinity = none. */
  readonly due: number
  /** Minutes late, summed over its orders. */
  readonly late: number
  /** Whether it is one order, or one group, that exceeds a capacity by itself. */
  readonly isTooLarge: boolean
}

export interface BatchPlan {
  /** In the order in which they leave. */
  readonly batches: readonly PlannedBatch[]
  readonly metres: number
  readonly late: number
}

/** A plan in words of its problem: who walks which batch when. The batches leave as `Lateness` says. */
export function describePlan(
  { orders }: BatchingProblem,
  problem: UnitsToBatch,
  routes: RouteCost,
  batches: Plan['batches'],
): BatchPlan {
  const { units, dues, pace, oversize } = problem
  const minutesOf = createMinutes(problem)
  const large = new Set(oversize)
  const free = new Float64Array(pace.pickers)
  const leaving = batches
    .map((members) => {
      const metres = routes.metres(Int32Array.from(members), members.length)
      return {
        members,
        metres,
        minutes: minutesOf(members, metres),
        due: Math.min(...members.map((unit) => units[unit]?.due ?? Infinity)),
        first: Math.min(...members),
      }
    })
    .sort((a, b) => (a.due === b.due ? a.minutes - b.minutes || a.first - b.first : a.due < b.due ? -1 : 1))
  const planned = leaving.map(({ members, metres, minutes, due }): PlannedBatch => {
    const picker = firstFree(free)
    const start = free[picker] ?? 0
    const end = start + minutes
    free[picker] = end
    const its = members.flatMap((unit) => units[unit]?.orders ?? []).sort((a, b) => a - b)
    return {
      orders: its.flatMap((order) => orders[order]?.id ?? []),
      metres,
      minutes,
      picker,
      start,
      end,
      due,
      late: its.reduce((sum, order) => sum + Math.max(0, end - (dues[order] ?? Infinity)), 0),
      isTooLarge: members.some((unit) => large.has(unit)),
    }
  })
  return {
    batches: planned,
    metres: planned.reduce((sum, { metres }) => sum + metres, 0),
    late: planned.reduce((sum, { late }) => sum + late, 0),
  }
}
