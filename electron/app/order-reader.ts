import { Worker } from 'node:worker_threads'
import { readReadyOrders } from '#electron/features/orders/index.ts'
import type { OrderReader, OrderReadHooks, OrderReadJob, OrdersRead } from '#electron/ports/order-reader.ts'
import type { TableFiles } from '#electron/ports/table-files.ts'
import type { Result } from '#shared/support/result.ts'
import type { FromThread, ToThread } from './order-reader-wire.ts'
import { threadProgram } from './threads.ts'

/** A thread that has nothing to read goes away after this. */
const idleMs = 60_000

/**
 * Reads on a thread of its own, so that an import takes neither the time of scans nor waits for its own saving.
 * Where the program of the thread is missing it reads here, between scans.
 */
export function createOrderReader(tables: TableFiles): OrderReader {
  const program = threadProgram('order-reader')
  let idle: Worker | null = null
  let leaving: NodeJS.Timeout | undefined
  const running = new Set<Worker>()

  const rest = (thread: Worker) => {
    running.delete(thread)
    void idle?.terminate()
    idle = thread
    thread.unref()
    leaving = setTimeout(() => {
      void thread.terminate()
      if (idle === thread) idle = null
    }, idleMs).unref()
  }
  const wake = (path: string): Worker => {
    clearTimeout(leaving)
    const thread = idle ?? new Worker(path)
    idle = null
    thread.ref()
    running.add(thread)
    return thread
  }

  return {
    async read(job, hooks) {
      if (program === null) return readReadyOrders(tables, job, hooks)
      const thread = wake(program)
      try {
        const result = await readOn(thread, job, hooks)
        rest(thread)
        return result
      } catch (error) {
        running.delete(thread)
        void thread.terminate()
        throw error
      }
    },
    close() {
      clearTimeout(leaving)
      for (const thread of [...running, ...(idle === null ? [] : [idle])]) void thread.terminate()
    },
  }
}

async function readOn(
  thread: Worker,
  job: OrderReadJob,
  { signal, progress, take }: OrderReadHooks,
): Promise<Result<OrdersRead>> {
  const { promise, resolve, reject } = Promise.withResolvers<Result<OrdersRead>>()
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  const tell = (message: ToThread) => thread.postMessage(message)
  let taking = Promise.resolve()
  const onMessage = (message: FromThread) => {
    switch (message.type) {
      case 'progress':
        progress(message.done, message.total)
        return
      case 'batch':
        taking = taking.then(() => take(message.batch)).then(() => tell({ type: 'taken' }))
        taking.catch(reject)
        return
      case 'done':
        taking.then(() => resolve(message.result), reject)
    }
  }
  const onAbort = () => tell({ type: 'cancel' })
  const onExit = () => reject(new Error('the thread that reads orders ended'))
  thread.on('message', onMessage).once('error', reject).once('exit', onExit)
  signal.addEventListener('abort', onAbort)
  tell({ type: 'read', job })
  if (signal.aborted) onAbort()
  try {
    return await promise
  } finally {
    thread.off('message', onMessage).off('error', reject).off('exit', onExit)
    signal.removeEventListener('abort', onAbort)
  }
}
