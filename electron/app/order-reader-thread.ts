/** The thread of `order-reader.ts`: one job at a time. */
import { parentPort } from 'node:worker_threads'
import { readReadyOrders } from '#electron/features/orders/read-ready.ts'
import { createTableFiles } from '#electron/tabular/index.ts'
import { ahead, type FromThread, type ToThread } from './order-reader-wire.ts'
import { giveWay } from './threads.ts'

giveWay()

const tables = createTableFiles()
let cancel = new AbortController()
let onTheirWay = 0
let goOn: (() => void) | null = null

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const tell = (message: FromThread, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(message, transfer)

parentPort?.on('message', (message: ToThread) => {
  switch (message.type) {
    case 'taken':
      onTheirWay -= 1
      goOn?.()
      return
    case 'cancel':
      cancel.abort()
      goOn?.()
      return
    case 'read':
      cancel = new AbortController()
      onTheirWay = 0
      void read(message, cancel.signal)
  }
})

async function read({ job }: Extract<ToThread, { type: 'read' }>, signal: AbortSignal): Promise<void> {
  const result = await readReadyOrders(tables, job, {
    signal,
    progress: (done, total) => tell({ type: 'progress', done, total }),
    async take(batch) {
      tell({ type: 'batch', batch }, [batch.bytes.buffer as ArrayBuffer])
      onTheirWay += 1
      if (onTheirWay < ahead || signal.aborted) return
      // One batch taken makes room for one.
      await new Promise<void>((resolve) => {
        goOn = resolve
      })
      goOn = null
    },
  })
  tell({ type: 'done', result })
}
