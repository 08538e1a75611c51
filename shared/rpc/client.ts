import type { CallName, Input, Output } from '#shared/contract/index.ts'
import type { Result } from '#shared/support/result.ts'
import type { Transport } from './transport.ts'

/** Typed calls over any transport. Answers come from our own core and are not parsed again. */
export function createClient(transport: Transport) {
  return {
    call: async <N extends CallName>(name: N, input: Input<N>): Promise<Result<Output<N>>> =>
      (await transport.call(name, input)) as Result<Output<N>>,
    subscribe: transport.subscribe.bind(transport),
  }
}

export type Client = ReturnType<typeof createClient>
