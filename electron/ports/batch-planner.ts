import type { BatchingProblem } from '#shared/domain/waves/batching/problem.ts'
import type { Result } from '#shared/support/result.ts'

/** Searches for the batches of orders that walk least, on threads of its own. */
export interface BatchPlanner {
  /** Which orders go together, by their ids; fails only where the problem itself is wrong. */
  plan(
    problem: BatchingProblem,
    wish: BatchWish,
  ): Promise<Result<{ readonly batches: readonly { readonly orders: readonly string[] }[] }>>
  close(): void
}

export interface BatchWish {
  /** How long the search may take. */
  readonly seconds: number
  /** Ends the search early; the best so far is the answer. */
  readonly signal?: AbortSignal
  /** `share` of the time is over, 0..1. */
  readonly progress?: (news: { readonly share: number }) => void
}
