import { setTimeout as sleep } from 'node:timers/promises'
import { type CallName, contract, type Input, type Output } from '#shared/contract/index.ts'
import { createClient } from '#shared/rpc/client.ts'
import type { Transport } from '#shared/rpc/transport.ts'
import type { CoreEvent } from '#shared/rpc/wire.ts'
import { createApp, DataFolderInUseError } from '#electron/app/create-app.ts'
import { connectSocket, serveSocket } from '#electron/rpc/local-socket.ts'
import { Refused } from './outcome.ts'

/** The core of a data folder: our own while nobody runs it, else the one that does. */
export interface CliCore {
  /** @throws Refused */
  call<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>>
  onProgress(listener: (event: Extract<CoreEvent, { type: 'progress' }>) => void): void
  close(): Promise<void>
}

interface Opened {
  readonly transport: Transport
  close(): Promise<void>
}

/** How long a core that starts or ends may hold the folder without answering, in milliseconds. */
const patience = 10_000

/**
 * Our own core, which other command lines may use beside us, or the one that runs already.
 *
 * @throws DataFolderInUseError when the folder is taken and nobody answers for it.
 */
async function open(dataDir: string): Promise<Opened> {
  const until = Date.now() + patience
  for (;;) {
    try {
      return await ownCore(dataDir)
    } catch (error) {
      if (!(error instanceof DataFolderInUseError)) throw error
      const transport = await connectSocket(dataDir)
      if (transport !== null) return { transport, close: async () => transport.close() }
      if (Date.now() > until) throw error
      await sleep(50)
    }
  }
}

async function ownCore(dataDir: string): Promise<Opened> {
  const app = await createApp({ dataDir })
  // Some file systems have no sockets: then there is no second command line beside this one.
  const beside = await serveSocket(dataDir, () => app.connect('cli')).catch(() => null)
  const session = app.connect('cli')
  return {
    transport: {
      call: (name, input) => session.dispatch(name, input),
      subscribe: (listener) => session.subscribe(listener),
    },
    close: async () => {
      beside?.close()
      await app.close()
    },
  }
}

/** A query changes nothing, and a scan carries its gesture. */
const isRepeatable = (name: CallName): boolean => name === 'packing.scan' || contract[name].kind === 'query'

export async function openCore(dataDir: string): Promise<CliCore> {
  let opened = await open(dataDir)
  let listen: ((event: Extract<CoreEvent, { type: 'progress' }>) => void) | null = null
  const watch = () =>
    opened.transport.subscribe((event) => {
      if (event.type === 'progress') listen?.(event)
    })
  watch()
  return {
    call: async (name, input) => {
      for (;;) {
        const result = await createClient(opened.transport).call(name, input)
        if (result.ok) return result.value
        // The core that we were beside has ended: the next one is asked what may be asked twice.
        if (result.error.code !== 'core.lost' || !isRepeatable(name)) throw new Refused(result.error.message)
        opened = await open(dataDir)
        watch()
      }
    },
    onProgress: (listener) => {
      listen = listener
    },
    close: () => opened.close(),
  }
}
