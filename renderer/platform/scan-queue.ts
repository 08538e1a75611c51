import type { Result } from '#shared/support/result.ts'

/**
 * Scans go to the core strictly in order, one at a time. A lost connection is no answer: the same gesture is sent
 * again when the core is back, and counts once there. The queue lives in memory only, on purpose: after a reload the
 * packer has seen no answer and scans again, and a kept copy would then count the unit twice.
 */
export interface ScanQueue<T> {
  readonly push: (scan: T) => void
  readonly waiting: () => number
}

export interface QueueOptions<T, A> {
  readonly send: (scan: T) => Promise<Result<A>>
  /** Resolves when the connection is there again. */
  readonly back: () => Promise<void>
  readonly answered: (scan: T, result: Result<A>) => void
  readonly changed: (waiting: number) => void
}

export function createScanQueue<T, A>(options: QueueOptions<T, A>): ScanQueue<T> {
  const queue: T[] = []
  let running = false

  const run = async () => {
    running = true
    for (;;) {
      const scan = queue[0]
      if (scan === undefined) break
      const result = await options.send(scan)
      if (!result.ok && result.error.code === 'core.lost') {
        options.changed(queue.length)
        await options.back()
        continue
      }
      queue.shift()
      options.changed(queue.length)
      options.answered(scan, result)
    }
    running = false
  }

  return {
    push(scan) {
      queue.push(scan)
      // One on its way is no queue: the page is not drawn for it.
      if (running) options.changed(queue.length)
      else void run()
    },
    waiting: () => queue.length,
  }
}
