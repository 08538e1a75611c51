import type { BatchPlan } from '#shared/domain/waves/batching/describe-plan.ts'
import type { BatchingProblem } from '#shared/domain/waves/batching/problem.ts'
import type { Failure } from '#shared/support/result.ts'
import type { Column } from './set-partitioning.ts'

/** What the planner and its threads say to each other. Batches are lists of units. */
export type ToThread =
  /** `stop` holds one number, which is not 0 when the thread shall come back at once. */
  | {
      readonly type: 'begin'
      readonly problem: BatchingProblem
      readonly seed: number
      readonly stop: Int32Array
    }
  /** A round from the best plan, after `offered` was looked at. */
  | {
      readonly type: 'anneal'
      readonly warmth: number
      readonly milliseconds: number
      readonly offered: readonly (readonly number[])[] | null
    }
  /** Choose among the batches of this thread's pool and `columns`. */
  | { readonly type: 'choose'; readonly milliseconds: number; readonly columns: readonly Column[] }
  /** Say in words of the problem what a plan is. */
  | { readonly type: 'describe'; readonly batches: Found['batches'] }

export type FromThread =
  | { readonly type: 'found'; readonly found: Found; readonly share: number }
  /** What was asked for is done; with the pool's newest batches after a round. */
  | { readonly type: 'done'; readonly found: Found; readonly columns: readonly Column[] }
  /** The problem that was to be begun cannot be planned. */
  | { readonly type: 'refused'; readonly error: Failure }
  | { readonly type: 'described'; readonly plan: BatchPlan }

export interface Found {
  readonly batches: readonly (readonly number[])[]
  readonly metres: number
  readonly late: number
}
