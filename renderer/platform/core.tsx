import {
  keepPreviousData,
  QueryClient,
  QueryClientProvider,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { CallName, Input, Output } from '#shared/contract/index.ts'
import { type Client, createClient } from '#shared/rpc/client.ts'
import type { Transport } from '#shared/rpc/transport.ts'
import type { Failure } from '#shared/support/result.ts'

/** A refused call, as something that can be thrown through TanStack Query. */
export class CoreFailure extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.message)
    this.name = 'CoreFailure'
    this.failure = failure
  }
}

/** Which areas the answers of an area (or of one call) are made of: when one of them changes, whoever shows the answer asks again. */
const madeOf: Readonly<Record<string, readonly string[]>> = {
  app: ['orders', 'imports', 'settings', 'operators', 'waves'],
  'app.firstSteps': ['orders', 'waves', 'packing', 'labels', 'shipments'],
  orders: ['orders', 'waves', 'packing', 'labels', 'shipments', 'imports'],
  imports: ['imports'],
  catalog: ['catalog', 'imports'],
  waves: ['waves', 'orders', 'packing', 'labels'],
  // What changes with every scan is in the wave itself; how it is walked changes only when somebody plans.
  'waves.map': ['waves'],
  'waves.draftMap': ['waves'],
  'waves.strategies': ['waves'],
  'waves.floor': ['waves', 'catalog', 'imports'],
  'waves.checkFloor': ['waves', 'catalog', 'imports'],
  packing: ['packing', 'orders', 'waves', 'labels', 'devices', 'operators', 'settings'],
  'packing.weight': ['packing', 'scales', 'devices'],
  labels: ['labels', 'packing', 'imports', 'shipments'],
  layouts: ['labels', 'devices'],
  weights: ['packing', 'imports'],
  shipments: ['shipments', 'labels', 'packing', 'orders'],
  settings: ['settings', 'labels', 'imports'],
  devices: ['devices'],
  operators: ['operators'],
  backup: ['backup'],
}

export const touches = (call: string, topics: readonly string[]): boolean =>
  topics.some((topic) => (madeOf[call] ?? madeOf[call.split('.')[0] ?? ''] ?? []).includes(topic))

export interface Progress {
  readonly job: string
  readonly phase: string
  readonly done: number
  readonly total: number
}

interface Core {
  readonly client: Client
  readonly connection: () => 'up' | 'down'
  readonly onConnection: (listener: () => void) => () => void
}

const CoreContext = createContext<Core | null>(null)

function watched(transport: Transport): Core {
  const client = createClient(transport)
  let connection: 'up' | 'down' = 'up' // a first call says otherwise soon enough; no alarm at start
  const listeners = new Set<() => void>()
  client.subscribe((event) => {
    if (event.type !== 'connection') return
    connection = event.state
    document.documentElement.dataset.connection = connection
    for (const listener of listeners) listener()
  })
  return {
    client,
    connection: () => connection,
    onConnection: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function CoreProvider({ transport, children }: { transport: Transport; children: ReactNode }) {
  const [core] = useState(() => watched(transport))
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          // The core is on this machine: whether the building has a network says nothing about it.
          queries: { networkMode: 'always', retry: false, staleTime: 30_000, refetchOnWindowFocus: false },
          mutations: { networkMode: 'always', retry: false },
        },
      }),
  )
  useEffect(
    () =>
      core.client.subscribe((event) => {
        if (event.type === 'changed') {
          void queries.invalidateQueries({
            predicate: (query) => touches(String(query.queryKey[0]), event.topics),
          })
        } else if (event.type === 'connection' && event.state === 'up') {
          void queries.invalidateQueries()
        }
      }),
    [core, queries],
  )
  return (
    <CoreContext value={core}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </CoreContext>
  )
}

function useCore(): Core {
  const core = useContext(CoreContext)
  if (core === null) throw new Error('CoreProvider is missing')
  return core
}

export const useClient = (): Client => useCore().client

export function useConnection(): 'up' | 'down' {
  const core = useCore()
  return useSyncExternalStore(core.onConnection, core.connection)
}

/** Asks, or throws the core's refusal. */
export async function ask<N extends CallName>(client: Client, name: N, input: Input<N>): Promise<Output<N>> {
  const result = await client.call(name, input)
  if (!result.ok) throw new CoreFailure(result.error)
  return result.value
}

interface CallOptions {
  readonly enabled?: boolean
  /** Shows the last answer while the next one is on its way: for lists under a filter. */
  readonly keep?: boolean
  readonly everyMs?: number
}

export function useCall<N extends CallName>(name: N, input: Input<N>, options: CallOptions = {}) {
  const client = useClient()
  return useQuery<Output<N>, CoreFailure>({
    queryKey: [name, input],
    queryFn: () => ask(client, name, input),
    enabled: options.enabled ?? true,
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
  })
}

/** A command. What it changes comes back as `changed` events; `settled` also refreshes what the caller shows. */
export function useCommand<N extends CallName>(name: N) {
  const client = useClient()
  const queries = useQueryClient()
  return useMutation<Output<N>, CoreFailure, Input<N>>({
    mutationFn: (input) => ask(client, name, input),
    onSuccess: () => {
      const area = name.split('.')[0] ?? ''
      void queries.invalidateQueries({ predicate: (query) => touches(String(query.queryKey[0]), [area]) })
    },
  })
}

/** The progress of one long call that this page started. */
export function useProgress(job: string | null): Progress | null {
  const client = useClient()
  const [progress, setProgress] = useState<Progress | null>(null)
  useEffect(() => {
    if (job === null) return undefined
    return client.subscribe((event) => {
      if (event.type === 'progress' && event.job === job) setProgress(event)
    })
  }, [client, job])
  return progress?.job === job ? progress : null
}
