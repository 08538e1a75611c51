import type { DraftPiece, PlanJob } from '#electron/ports/plan-desk.ts'
import type { PlanSummary, WalkMap } from '#shared/contract/waves.ts'
import type { Result } from '#shared/support/result.ts'

/** A question to the thread; `call` tells its answer from those of others. */
export type ToDesk =
  | { readonly type: 'compare'; readonly call: number; readonly job: PlanJob }
  | { readonly type: 'draftMap'; readonly call: number; readonly plan: string; readonly index: number }
  | {
      readonly type: 'waves'
      readonly call: number
      readonly plan: string
      readonly from: number
      readonly count: number
    }
  /** Ends the comparison of this number. */
  | { readonly type: 'cancel'; readonly call: number }

export type FromDesk =
  | { readonly type: 'progress'; readonly call: number; readonly done: number; readonly total: number }
  | { readonly type: 'compare'; readonly call: number; readonly answer: Result<PlanSummary[]> }
  | { readonly type: 'draftMap'; readonly call: number; readonly answer: WalkMap | null }
  | { readonly type: 'waves'; readonly call: number; readonly answer: DraftPiece | null }
  | { readonly type: 'broken'; readonly call: number; readonly message: string }
