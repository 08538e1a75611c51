import type { Result } from '#shared/support/result.ts'
import type { CoreEvent } from './wire.ts'

/** One connection to the core, whatever carries it. */
export interface Transport {
  /** Never rejects: a lost connection is the failure `core.lost`. */
  call(name: string, input: unknown): Promise<Result<unknown>>
  subscribe(listener: (event: CoreEvent | ConnectionEvent) => void): () => void
}

export type ConnectionEvent = { readonly type: 'connection'; readonly state: 'up' | 'down' }
