import { MessageChannelMain, type WebContents } from 'electron'
import { lastMomentMs } from '#shared/domain/labels/last-moment.ts'
import type { CoreProcess, StartCore } from './core-process.ts'

export interface Supervisor {
  /** Hands the page a port to the core: now, or when the core is ready, and again after each restart. */
  connect(page: WebContents): void
  /** Lets the core finish what it writes. */
  stop(): Promise<void>
}

/** Waits before the 1st, 2nd, … restart in a row, in milliseconds; the last one repeats. */
const backOff = [0, 250, 500, 1000, 2000, 5000, 10_000]
/** A core that ran this long starts the row anew. */
const steadyMs = 30_000
/** How long a core may take when the app ends: labels on their way have their moment, then it finishes its writes. */
const stopMs = lastMomentMs + 5_000

/** Keeps a core running: a crash in it costs the pages their connection for a moment, and nothing else. */
export function superviseCore(
  start: StartCore,
  program: string,
  args: readonly string[],
  onRefused: (reason: string) => void,
): Supervisor {
  const pages = new Set<WebContents>()
  let core: CoreProcess
  let state: 'starting' | 'ready' | 'refused' | 'stopping' = 'starting'
  let everReady = false
  let restarts = 0
  let stopped = () => {}

  const hand = (page: WebContents) => {
    const { port1, port2 } = new MessageChannelMain()
    core.connect(port1)
    page.postMessage('core', null, [port2])
  }

  const launch = () => {
    const startedAt = Date.now()
    core = start(program, args, {
      onReady() {
        if (state === 'stopping') return
        state = 'ready'
        everReady = true
        for (const page of pages) hand(page)
      },
      onRefused(reason) {
        // After a crash the folder may still be settling: then a refusal counts as one more crash.
        if (!everReady) {
          state = 'refused'
          onRefused(reason)
        }
        core.kill()
      },
      onExit() {
        if (state === 'stopping') return stopped()
        for (const page of pages) page.postMessage('core', null)
        if (state === 'refused') return
        state = 'starting'
        restarts = Date.now() - startedAt > steadyMs ? 0 : restarts
        setTimeout(() => state === 'starting' && launch(), backOff[Math.min(restarts, backOff.length - 1)])
        restarts += 1
      },
    })
  }
  launch()

  let ended: Promise<void> | undefined
  const end = () =>
    new Promise<void>((resolve) => {
      state = 'stopping'
      stopped = resolve
      core.stop()
      setTimeout(() => {
        core.kill()
        resolve()
      }, stopMs)
    })

  return {
    connect(page) {
      if (!pages.has(page)) {
        pages.add(page)
        page.once('destroyed', () => pages.delete(page))
      }
      if (state === 'ready') hand(page)
    },
    // Asked twice, it is one end, which both wait for.
    stop: () => (ended ??= state === 'refused' ? Promise.resolve() : end()),
  }
}
