/** The thread of `plan-desk.ts`: reads the database, plans, and keeps the plans. */
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '#electron/db/open.ts'
import { createPlanDesk } from '#electron/features/waves/plan-desk.ts'
import { createPlanner } from '#electron/planning/planner.ts'
import type { FromDesk, ToDesk } from './plan-desk-wire.ts'
import { giveWay } from './threads.ts'

giveWay()

const desk = createPlanDesk(openDatabase(workerData as string, { readonly: true }), createPlanner())
const running = new Map<number, AbortController>()

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const tell = (message: FromDesk) => parentPort?.postMessage(message)

parentPort?.on('message', (message: ToDesk) => {
  if (message.type === 'cancel') running.get(message.call)?.abort()
  else
    void answer(message).catch((error: unknown) =>
      tell({
        type: 'broken',
        call: message.call,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
    )
})

async function answer(message: Exclude<ToDesk, { type: 'cancel' }>): Promise<void> {
  const { call } = message
  switch (message.type) {
    case 'compare': {
      const controller = new AbortController()
      running.set(call, controller)
      try {
        const made = await desk.compare(message.job, {
          signal: controller.signal,
          progress: (done, total) => tell({ type: 'progress', call, done, total }),
        })
        tell({ type: 'compare', call, answer: made })
      } finally {
        running.delete(call)
      }
      return
    }
    case 'draftMap':
      tell({ type: 'draftMap', call, answer: await desk.draftMap(message.plan, message.index) })
      return
    case 'waves':
      tell({ type: 'waves', call, answer: await desk.waves(message.plan, message.from, message.count) })
  }
}
