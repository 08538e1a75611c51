import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { isBetter } from '#shared/domain/waves/batching/anneal.ts'
import type { BatchPlan } from '#shared/domain/waves/batching/describe-plan.ts'
import type { BatchingProblem } from '#shared/domain/waves/batching/problem.ts'
import { warmthFor } from '#shared/domain/waves/batching/run-search.ts'
import { ok, type Result } from '#shared/support/result.ts'
import type { Found, FromThread, ToThread } from './plan-wire.ts'

export interface PlanWish {
  /** How long the search may take, its start included. */
  readonly seconds: number
  readonly seed?: number
  /** Ends the search early; the best plan so far is the answer. */
  readonly signal?: AbortSignal
  /** Told from the first plan on, some times a second. `share` is 0..1. */
  readonly progress?: (news: {
    readonly share: number
    readonly metres: number
    readonly late: number
  }) => void
}

export interface Planner {
  /** Which orders go together; fails only as `toUnits` does. */
  plan(problem: BatchingProblem, wish: PlanWish): Promise<Result<BatchPlan>>
  close(): void
}

/** Threads that search at a time. */
const threads = 2
/** Threads with nothing to plan go away after this. */
const idleMs = 60_000
/** Choosing takes a solver that must be loaded: with less time than this, in milliseconds, it is not worth it. */
const leastToChoose = 150
/**
 * What is done in which part of the time. Long rounds find more than several short ones; the choice among what both
 * threads met decides where few orders go on a cart, and the round after it mends what it chose.
 */
const course = { firstRound: 0.62, choice: 0.12, lastRound: 0.2, lastWarmth: 0.4 } as const

export function createPlanner(): Planner {
  const program = join(import.meta.dirname, `plan-worker${extname(import.meta.filename)}`)
  if (!existsSync(program)) throw new Error(`the planner's thread is missing: ${program}`)
  const idle: Worker[] = []
  const busy = new Set<Worker>()
  let leaving: NodeJS.Timeout | undefined

  const wake = (): Worker => {
    const thread = idle.pop() ?? new Worker(program)
    thread.ref()
    busy.add(thread)
    return thread
  }
  const end = (thread: Worker) => {
    busy.delete(thread)
    void thread.terminate()
  }
  const rest = (thread: Worker) => {
    busy.delete(thread)
    thread.unref()
    idle.push(thread)
    clearTimeout(leaving)
    leaving = setTimeout(() => idle.splice(0).forEach(end), idleMs).unref()
  }

  return {
    async plan(problem, wish) {
      clearTimeout(leaving)
      const team = Array.from({ length: threads }, wake)
      try {
        const plan = await search(team, problem, wish)
        team.forEach(rest)
        return plan
      } catch (error) {
        team.forEach(end)
        throw error
      }
    },
    close() {
      clearTimeout(leaving)
      for (const thread of [...idle.splice(0), ...busy]) end(thread)
    },
  }
}

/** All that takes time is done on the threads, so that the one that asks goes on answering scans. */
async function search(
  team: readonly Worker[],
  problem: BatchingProblem,
  { seconds, seed = 1, signal, progress }: PlanWish,
): Promise<Result<BatchPlan>> {
  const began = performance.now()
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const onAbort = () => void Atomics.store(stop, 0, 1)
  const isStopped = () => Atomics.load(stop, 0) !== 0
  const whole = seconds * 1000
  const left = () => whole - (performance.now() - began)
  let best: Found | null = null
  const hear = (found: Found) => {
    if (best === null || isBetter(found, best)) best = found
    const share = Math.min(1, (performance.now() - began) / whole)
    progress?.({ share, metres: best.metres, late: best.late })
  }
  const askAll = (asked: (thread: number) => ToThread) =>
    Promise.all(team.map((thread, index) => ask(thread, asked(index), hear)))
  const round = (milliseconds: number, warmth: number) =>
    askAll(() => ({ type: 'anneal', milliseconds, warmth, offered: best?.batches ?? null }))
  const improve = async () => {
    const first = left() - whole * (1 - course.firstRound)
    const [, second] = await round(first, warmthFor(first, problem.orders.length))
    if (isStopped()) return
    const milliseconds = whole * course.choice
    if (milliseconds > leastToChoose) {
      const columns = second?.type === 'done' ? second.columns : []
      await askAll((thread) =>
        thread === 0
          ? { type: 'choose', milliseconds, columns }
          : { type: 'anneal', milliseconds, warmth: course.lastWarmth, offered: null },
      )
    }
    if (!isStopped()) await round(left(), course.lastWarmth)
  }

  signal?.addEventListener('abort', onAbort)
  if (signal?.aborted === true) onAbort()
  try {
    const begun = await askAll((thread) => ({ type: 'begin', problem, seed: seed * threads + thread, stop }))
    for (const answer of begun) if (answer.type === 'refused') return { ok: false, error: answer.error }
    if (problem.orders.length > 1 && !isStopped()) await improve()
    const [describer] = team
    const { batches } = best ?? { batches: [] }
    const answer = describer && (await ask(describer, { type: 'describe', batches }, hear))
    if (answer?.type !== 'described') throw new Error('a plan was not described')
    return ok(answer.plan)
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}

/** Asks a thread one thing; `hear` is told of every plan until the answer is there. */
async function ask(
  thread: Worker,
  wanted: ToThread,
  hear: (found: Found) => void,
): Promise<Exclude<FromThread, { type: 'found' }>> {
  const { promise, resolve, reject } = Promise.withResolvers<Exclude<FromThread, { type: 'found' }>>()
  const onMessage = (message: FromThread) => {
    if (message.type === 'found' || message.type === 'done') hear(message.found)
    if (message.type !== 'found') resolve(message)
  }
  const onExit = () => reject(new Error('a thread that plans ended'))
  thread.on('message', onMessage).once('error', reject).once('exit', onExit)
  try {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage(wanted)
    return await promise
  } finally {
    thread.off('message', onMessage).off('error', reject).off('exit', onExit)
  }
}
