/** A thread of `planner.ts`: one search, in rounds, and the choosing among what searches met. */
import { parentPort } from 'node:worker_threads'
import { giveWay } from '#electron/app/threads.ts'
import { describePlan } from '#shared/domain/waves/batching/describe-plan.ts'
import { type BatchingProblem, toUnits, type UnitsToBatch } from '#shared/domain/waves/batching/problem.ts'
import type { RouteCost } from '#shared/domain/waves/batching/route-cost.ts'
import { createRoutes } from '#shared/domain/waves/batching/route-cost.ts'
import { runRound } from '#shared/domain/waves/batching/run-search.ts'
import { createSearch, type Search } from '#shared/domain/waves/batching/search.ts'
import type { FromThread, ToThread } from './plan-wire.ts'
import { type Column, loadPartitioner, type Partitioner } from './set-partitioning.ts'

/** The planner hears of better plans so often, in milliseconds. */
const newsEvery = 100
/** Batches handed over after a round; those met last lie nearest to the best plans. */
const mostColumns = 20_000

giveWay()

interface Work {
  readonly problem: BatchingProblem
  readonly routes: RouteCost
  readonly units: UnitsToBatch
  readonly search: Search
  readonly isStopped: () => boolean
}
let work: Work | null = null
let partitioner: Promise<Partitioner> | null = null

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const tell = (message: FromThread) => parentPort?.postMessage(message)

parentPort?.on('message', (message: ToThread) => {
  if (message.type === 'begin') work = begin(message)
  else if (work === null) throw new Error('nothing was begun')
  else if (message.type === 'anneal') anneal(work, message)
  else if (message.type === 'choose') void chooseFrom(work, message)
  else {
    const plan = describePlan(work.problem, work.units, work.routes, message.batches)
    tell({ type: 'described', plan })
  }
})

function begin({ problem, seed, stop }: Extract<ToThread, { type: 'begin' }>): Work | null {
  const units = toUnits(problem)
  if (!units.ok) {
    tell({ type: 'refused', error: units.error })
    return null
  }
  const routes = createRoutes(units.value)
  const search = createSearch(units.value, routes, seed)
  tell({ type: 'done', found: search.best(), columns: [] })
  return { problem, units: units.value, routes, search, isStopped: () => Atomics.load(stop, 0) !== 0 }
}

function anneal({ search, isStopped }: Work, wanted: Extract<ToThread, { type: 'anneal' }>): void {
  let told = performance.now()
  if (wanted.offered !== null) search.offer(wanted.offered)
  search.restart(wanted.warmth)
  runRound(search, {
    milliseconds: wanted.milliseconds,
    now: () => performance.now(),
    isStopped,
    tell(share) {
      if (performance.now() - told < newsEvery) return
      told = performance.now()
      tell({ type: 'found', found: search.best(), share })
    },
  })
  tell({ type: 'done', found: search.best(), columns: search.pool.all().slice(-mostColumns) })
}

async function chooseFrom(
  { search, units, isStopped }: Work,
  { milliseconds, columns }: Extract<ToThread, { type: 'choose' }>,
): Promise<void> {
  partitioner ??= loadPartitioner()
  const { choose } = await partitioner
  const all = distinct([...search.pool.all().slice(-mostColumns), ...columns])
  const chosen = choose({
    units: units.units.length,
    columns: all,
    fewest: fewestBatches(units),
    below: search.best().metres,
    seconds: milliseconds / 1000,
    isStopped,
  })
  if (chosen !== null) search.offer(chosen.map(({ members }) => members))
  tell({ type: 'done', found: search.best(), columns: [] })
}

function distinct(columns: readonly Column[]): Column[] {
  const known = new Map<string, Column>()
  for (const column of columns) known.set(column.members.toSorted((a, b) => a - b).join(), column)
  return [...known.values()]
}

/** Carts that are needed whatever goes together. */
function fewestBatches({ units, capacities, oversize }: UnitsToBatch): number {
  const large = new Set(oversize)
  const needs = capacities.map((capacity, resource) => {
    const load = units.reduce(
      (sum, { loads }, unit) => sum + (large.has(unit) ? 0 : (loads[resource] ?? 0)),
      0,
    )
    return Math.ceil(load / capacity - 1e-6)
  })
  return Math.max(0, ...needs) + oversize.length
}
