import type { CallName, Input, Output } from '#shared/contract/index.ts'
import { createClient } from '#shared/rpc/client.ts'
import type { CoreEvent } from '#shared/rpc/wire.ts'
import { createApp, DataFolderInUseError } from '#electron/app/create-app.ts'
import { connectSocket } from '#electron/rpc/local-socket.ts'
import { Refused } from './outcome.ts'

/** The core of a data folder: our own while nobody runs it, else the one that does. */
export interface CliCore {
  /** @throws Refused */
  call<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>>
  onProgress(listener: (event: Extract<CoreEvent, { type: 'progress' }>) => void): void
  close(): Promise<void>
}

export async function openCore(dataDir: string): Promise<CliCore> {
  try {
    const app = await createApp({ dataDir })
    const session = app.connect('cli')
    return cliCore(
      {
        call: (name, input) => session.dispatch(name, input),
        subscribe: (listener) => session.subscribe(listener),
      },
      () => app.close(),
    )
  } catch (error) {
    if (!(error instanceof DataFolderInUseError)) throw error
    const transport = await connectSocket(dataDir)
    if (transport === null) throw error
    return cliCore(transport, async () => transport.close())
  }
}

function cliCore(transport: Parameters<typeof createClient>[0], close: () => Promise<void>): CliCore {
  const client = createClient(transport)
  return {
    call: async (name, input) => {
      const result = await client.call(name, input)
      if (!result.ok) throw new Refused(result.error.message)
      return result.value
    },
    onProgress: (listener) => {
      client.subscribe((event) => {
        if (event.type === 'progress') listener(event)
      })
    },
    close,
  }
}
