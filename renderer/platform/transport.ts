import type { ConnectionEvent, Transport } from '#shared/rpc/transport.ts'
import type { CoreEvent, FromCore, ToCore } from '#shared/rpc/wire.ts'
import { fail, type Result } from '#shared/support/result.ts'

/** What electron/hosts/desktop/preload.ts puts into the page. */
export interface Bridge {
  /** Asks for the core. It comes as a window message `packbench:core` with a port, and without one when it is lost. */
  connect(): void
}

declare global {
  interface Window {
    readonly packbench?: Bridge
  }
}

/**
 * The page's way to the core inside Electron. Calls made before the first connection wait for it; calls in flight
 * when the core dies, and calls until it is back, fail with `core.lost`: what became of them is to be asked anew.
 */
export function desktopTransport(page: Window): Transport {
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  const listeners = new Set<(event: CoreEvent | ConnectionEvent) => void>()
  let lastId = 0
  let port: MessagePort | undefined
  /** Calls made before the first connection; none afterwards. */
  let early: ToCore[] | undefined = []

  const announce = (event: CoreEvent | ConnectionEvent) => {
    for (const listener of listeners) listener(event)
  }

  const receive = (message: FromCore) => {
    if (message.kind === 'event') return announce(message.event)
    waiting.get(message.id)?.(message.result)
    waiting.delete(message.id)
  }

  const lose = () => {
    early = undefined
    if (port !== undefined) {
      port.close()
      port = undefined
      announce({ type: 'connection', state: 'down' })
    }
    for (const answer of waiting.values()) answer(lost)
    waiting.clear()
  }

  page.addEventListener('message', ({ source, data, ports: [next] }) => {
    if (source !== page || data !== 'packbench:core') return
    if (next === undefined || port !== undefined) lose()
    if (next === undefined) return
    port = next
    port.onmessage = ({ data }: MessageEvent<FromCore>) => receive(data)
    for (const call of early ?? []) port.postMessage(call)
    early = undefined
    announce({ type: 'connection', state: 'up' })
  })
  page.packbench?.connect()

  return {
    call: (name, input) =>
      new Promise((answer) => {
        if (port === undefined && early === undefined) return answer(lost)
        const call: ToCore = { kind: 'call', id: (lastId += 1), name, input }
        waiting.set(call.id, answer)
        if (port === undefined) early?.push(call)
        else port.postMessage(call)
      }),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const lost = fail('core.lost', 'The connection to the core was lost before it answered.')
