import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { checkpoint, type OpenDatabase } from '#electron/db/open.ts'
import { threadProgram } from './threads.ts'

/** How soon after a write the log starts to move. */
const everyMs = 1000

/**
 * Moves the log into the database behind everybody's back: copying pages and waiting for the disk is what the slowest
 * scans would otherwise wait for. A passive checkpoint hinders neither readers nor the writer.
 */
export function createCheckpointer(db: OpenDatabase, file: string): { close(): Promise<void> } {
  const changes = db.connection.raw.prepare('SELECT total_changes()').pluck()
  const program = threadProgram('checkpoint')
  let last = changes.get()
  let thread: Worker | null = null
  let broken = program === null
  const timer = setInterval(() => {
    const now = changes.get()
    if (now === last) return
    last = now
    if (broken || program === null) {
      checkpoint(db)
      return
    }
    if (thread === null) {
      thread = new Worker(program, { workerData: file })
      thread.unref()
      thread.once('error', () => {
        broken = true
        thread = null
      })
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage('checkpoint')
  }, everyMs)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      if (thread === null) return
      // It must have let go of the file before the last connection tidies up.
      const ended = once(thread, 'exit')
      thread.ref()
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.postMessage('close')
      await ended
    },
  }
}
