import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { checkpoint, type OpenDatabase } from '#electron/db/open.ts'
import type { LogState } from './checkpoint-thread.ts'
import { threadProgram } from './threads.ts'

/** How often somebody looks whether the log should move. */
const everyMs = 500
/** How soon a log that is still too long is moved again. */
const againMs = 20
/** Pages to move that wait for nobody's pause: few enough that the disk is busy for a blink only. */
const manyPages = 4_000
/**
 * A log so long that queries become slower. It starts anew once all of it was moved and before somebody writes again,
 * for which long work has to wait a moment.
 */
const longLog = 32_000

export interface Checkpointer {
  /** Resolves at once, or when a log that grew too long was moved. */
  room(): Promise<void>
  close(): Promise<void>
}

/**
 * Moves the log into the database behind everybody's back, in a pause where there is one: copying pages and waiting for
 * the disk is what the slowest scans would otherwise wait for. A passive checkpoint hinders neither readers nor the
 * writer, but its disk is theirs too.
 */
export function createCheckpointer(db: OpenDatabase, file: string): Checkpointer {
  const changes = db.connection.raw.prepare('SELECT total_changes()').pluck()
  const program = threadProgram('checkpoint')
  let last = changes.get()
  let moved = last
  let long = false
  let thread: Worker | null = null
  let broken = program === null
  let waiting: (() => void)[] = []
  let again: NodeJS.Timeout | undefined
  const heard = (state: LogState) => {
    const left = state.pages - state.moved
    long = state.pages >= longLog && left > 0
    // Not at once: a reader may hold it up, and then it would be tried for ever.
    clearTimeout(again)
    if (long || left >= manyPages) again = setTimeout(() => tell('checkpoint'), againMs).unref()
    if (!long) letAllGo()
  }
  const letAllGo = () => {
    for (const go of waiting) go()
    waiting = []
  }
  const lost = () => {
    broken = true
    thread = null
    heard({ pages: 0, moved: 0 })
  }
  const tell = (message: 'look' | 'checkpoint') => {
    if (broken || program === null) {
      checkpoint(db)
      return
    }
    if (thread === null) {
      thread = new Worker(program, { workerData: file })
      thread.unref()
      thread.on('message', heard).once('error', lost)
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage(message)
  }
  const timer = setInterval(() => {
    const now = changes.get()
    const pause = now === last
    last = now
    if (!pause) {
      if (!broken) tell('look')
    } else if (now !== moved) {
      moved = now
      tell('checkpoint')
    }
  }, everyMs)
  timer.unref()
  return {
    async room() {
      if (broken || !long) return
      await new Promise<void>((resolve) => waiting.push(resolve))
    },
    async close() {
      clearInterval(timer)
      clearTimeout(again)
      letAllGo()
      const leaving = thread
      // Closed twice, there is nobody left to wait for.
      thread = null
      if (leaving === null) return
      leaving.off('message', heard)
      // It must have let go of the file before the last connection tidies up.
      const ended = once(leaving, 'exit')
      leaving.ref()
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      leaving.postMessage('close')
      await ended
    },
  }
}
