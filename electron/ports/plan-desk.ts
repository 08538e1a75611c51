import type { DraftWave, PlanSummary, WalkMap } from '#shared/contract/waves.ts'
import type { LeftOut } from '#shared/domain/waves/planning/order-to-plan.ts'
import type { PlannedWave } from '#shared/domain/waves/planning/walk-wave.ts'
import type { NamedStrategy } from '#shared/domain/waves/strategy.ts'
import type { Result } from '#shared/support/result.ts'

export type { DraftWave }

/** Plans waves away from the thread that answers scans, and keeps the plans until others are tried. */
export interface PlanDesk {
  /** Tries each strategy in turn. Cancelled, it answers with what it has. */
  compare(job: PlanJob, hooks: PlanHooks): Promise<Result<PlanSummary[]>>
  /** Null when the plan is gone, or where no floor is known. */
  draftMap(plan: string, index: number): Promise<WalkMap | null>
  /** Some waves of a plan, in their order; null when the plan is gone. */
  waves(plan: string, from: number, count: number): Promise<DraftPiece | null>
  close(): Promise<void>
}

export interface PlanJob {
  /** ISO-8601 UTC. */
  readonly now: string
  readonly shop: string | undefined
  readonly before: string | undefined
  readonly strategies: readonly (NamedStrategy & { readonly plan: string })[]
}

export interface PlanHooks {
  readonly signal: AbortSignal
  /** `done` of a thousand. */
  progress(done: number, total: number): void
}

export interface DraftPiece {
  readonly strategy: string
  /** Whether orders without enough stock are left out. */
  readonly needStock: boolean
  readonly waves: readonly PlannedWave[]
  readonly total: number
  readonly leftOut: readonly LeftOut[]
}
