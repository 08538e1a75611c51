import type { Result } from '#shared/support/result.ts'

/** What travels between a page (or a command line) and the core: plain JSON, one message each. */
export type ToCore = {
  readonly kind: 'call'
  /** Unique per connection; the answer repeats it. */
  readonly id: number
  readonly name: string
  readonly input: unknown
}

export type FromCore =
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'event'; readonly event: CoreEvent }

export type CoreEvent =
  /** Sent after the commit that changed these topics; who shows them asks again. */
  | { readonly type: 'changed'; readonly topics: readonly string[] }
  /** A long call's progress; `job` is the id that the caller gave it. `total` is 0 while unknown. */
  | {
      readonly type: 'progress'
      readonly job: string
      readonly phase: string
      readonly done: number
      readonly total: number
    }
  /** A scanner that is driven directly has read something; the page of its bench takes it as if it had been typed. */
  | {
      readonly type: 'scanned'
      /** The bench's name; null where the scanner belongs to no bench and every page may take it. */
      readonly bench: string | null
      readonly device: string
      readonly role: 'any' | 'item' | 'label'
      readonly code: string
      readonly aim?: string
      readonly at: string
      readonly gesture: string
    }
