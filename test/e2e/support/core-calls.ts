import type { CallName, Input, Output } from '#shared/contract/index.ts'
import { createClient } from '#shared/rpc/client.ts'
import { connectSocket } from '#electron/rpc/local-socket.ts'
import { eventually } from './electron.ts'

/** Asks the core of a running app through its local socket; throws where the core says no. */
export type CoreCalls = <N extends CallName>(name: N, input: Input<N>) => Promise<Output<N>>

export async function coreCalls(dataDir: string): Promise<CoreCalls> {
  const transport = await eventually(
    () => connectSocket(dataDir),
    (there) => there !== null,
  )
  if (transport === null) throw new Error('no core')
  const client = createClient(transport)
  return async (name, input) => {
    const result = await client.call(name, input)
    if (!result.ok) throw new Error(`${name}: ${result.error.message}`)
    return result.value
  }
}
