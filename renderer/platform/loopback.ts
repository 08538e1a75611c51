import type { ConnectionEvent, Transport } from '#shared/rpc/transport.ts'
import type { CoreEvent } from '#shared/rpc/wire.ts'
import { fail, type Result } from '#shared/support/result.ts'

/**
 * The page's way to a core behind HTTP on this machine: `POST /rpc` for calls, `GET /events` for a stream of JSON
 * lines. EventSource cannot send the token in a header, so the stream is a plain fetch.
 */
export function loopbackTransport(origin: string, token: string): Transport {
  const listeners = new Set<(event: CoreEvent | ConnectionEvent) => void>()
  // Who signs in on this page is signed in on no other.
  const headers = { authorization: `Bearer ${token}`, 'x-packbench-session': crypto.randomUUID() }
  let state: 'up' | 'down' | 'new' = 'new'

  const announce = (event: CoreEvent | ConnectionEvent) => {
    for (const listener of listeners) listener(event)
  }
  const become = (next: 'up' | 'down') => {
    if (state === next) return
    state = next
    announce({ type: 'connection', state: next })
  }

  const listen = async () => {
    let wait = 200
    for (;;) {
      try {
        const answer = await fetch(`${origin}/events`, { headers, cache: 'no-store' })
        if (!answer.ok || answer.body === null) throw new Error(`events answered ${answer.status}`)
        wait = 200
        become('up')
        for await (const line of lines(answer.body)) announce(JSON.parse(line) as CoreEvent)
      } catch {
        // A refused or broken stream only says that the core is away; the loop asks again.
      }
      become('down')
      await new Promise((done) => setTimeout(done, wait))
      wait = Math.min(wait * 2, 3000)
    }
  }
  void listen()

  return {
    async call(name, input) {
      try {
        const answer = await fetch(`${origin}/rpc`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify({ name, input }),
          cache: 'no-store',
        })
        if (!answer.ok && !answer.headers.get('content-type')?.includes('json')) return lost
        return (await answer.json()) as Result<unknown>
      } catch {
        return lost
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

async function* lines(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    const parts = (rest + value).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) if (part.trim() !== '') yield part
  }
}

const lost = fail('core.lost', 'The connection to the core was lost before it answered.')

const kept = 'packbench.token'

/** The run's token comes once in the address; it moves to the tab's memory, so that it is not in the history. */
export function takeToken(page: Window): string {
  const found = /[#&]token=([^&]+)/.exec(page.location.hash)?.[1]
  if (found !== undefined) {
    page.sessionStorage.setItem(kept, decodeURIComponent(found))
    page.history.replaceState(null, '', '#/today')
  }
  return page.sessionStorage.getItem(kept) ?? ''
}
