import { Worker } from 'node:worker_threads'
import type { PlanDesk, PlanHooks } from '#electron/ports/plan-desk.ts'
import type { FromDesk, ToDesk } from './plan-desk-wire.ts'
import { threadProgram } from './threads.ts'

/** A thread that nobody asks goes away after this, and with it the plans that nobody released. */
const idleMs = 20 * 60_000

interface Waiting {
  readonly take: (message: FromDesk) => void
  readonly lose: (error: Error) => void
}

type Question = ToDesk extends infer One ? (One extends ToDesk ? Omit<One, 'call'> : never) : never

/** Plans on a thread with a connection of its own, so that scans never wait for a plan. */
export function planDeskAside(file: string): PlanDesk {
  const program = threadProgram('plan-desk')
  if (program === null) throw new Error('the program of the planning thread is missing')
  const waiting = new Map<number, Waiting>()
  let thread: Worker | null = null
  let calls = 0
  let leaving: NodeJS.Timeout | undefined

  const lose = (error: Error) => {
    thread = null
    for (const one of waiting.values()) one.lose(error)
    waiting.clear()
  }
  const wake = (): Worker => {
    if (thread !== null) return thread
    const made = new Worker(program, { workerData: file })
    made.on('message', (message: FromDesk) => waiting.get(message.call)?.take(message))
    made.once('error', lose)
    made.once('exit', () => {
      if (thread === made) lose(new Error('the thread that plans ended'))
    })
    thread = made
    return made
  }

  /** Asks and waits; `taken` is the answer that the question is for. */
  async function ask<Answer>(
    question: Question,
    taken: (message: FromDesk) => Answer | undefined,
    hooks?: PlanHooks,
  ): Promise<Answer> {
    clearTimeout(leaving)
    const desk = wake()
    desk.ref()
    calls += 1
    const call = calls
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    waiting.set(call, {
      lose: reject,
      take: (message) => {
        if (message.type === 'progress') return hooks?.progress(message.done, message.total)
        if (message.type === 'broken') return reject(new Error(message.message))
        const answer = taken(message)
        if (answer !== undefined) resolve(answer)
      },
    })
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    const tell = (message: ToDesk) => desk.postMessage(message)
    const onAbort = () => tell({ type: 'cancel', call })
    hooks?.signal.addEventListener('abort', onAbort)
    tell({ ...question, call })
    if (hooks?.signal.aborted === true) onAbort()
    try {
      return await promise
    } finally {
      hooks?.signal.removeEventListener('abort', onAbort)
      waiting.delete(call)
      if (waiting.size === 0) {
        desk.unref()
        leaving = setTimeout(() => {
          void thread?.terminate()
          thread = null
        }, idleMs).unref()
      }
    }
  }

  return {
    compare: (job, hooks) =>
      ask({ type: 'compare', job }, (one) => (one.type === 'compare' ? one.answer : undefined), hooks),
    draftMap: (plan, index) =>
      ask({ type: 'draftMap', plan, index }, (one) => (one.type === 'draftMap' ? one.answer : undefined)),
    waves: (plan, from, count) =>
      ask({ type: 'waves', plan, from, count }, (one) => (one.type === 'waves' ? one.answer : undefined)),
    async close() {
      clearTimeout(leaving)
      const closing = thread
      thread = null
      // It must have let go of the file before the last connection tidies up.
      await closing?.terminate()
    },
  }
}
