import { createPlanner, type Planner } from '#electron/planning/planner.ts'
import { type BatchingProblem, toUnits } from '#shared/domain/waves/batching/problem.ts'
import { createRoutes } from '#shared/domain/waves/batching/route-cost.ts'
import { runRound, warmthFor } from '#shared/domain/waves/batching/run-search.ts'
import { createSearch } from '#shared/domain/waves/batching/search.ts'
import { fillInOrder } from '#shared/domain/waves/batching/start.ts'
import { measureDistances } from '#shared/domain/waves/routing/distances.ts'
import { createRouter } from '#shared/domain/waves/routing/router.ts'
import {
  followedLength,
  numberedFromStart,
  sortByLocation,
  sShapeLength,
} from '#shared/domain/waves/routing/rules.ts'
import { atMost, type Figure } from './figure.ts'
import { type ObpInstance, readObpInstances } from './obp-files.ts'
import type { HalfReport } from './sprp.ts'
import { layTable } from './table.ts'

const equal = 1e-6
/** Warm enough that what is measured is the search and not its compilation. */
const warmUps = 20

/** Batches by order ids, and how long it took to find them. */
interface Answer {
  readonly batches: readonly (readonly string[])[]
  readonly milliseconds: number
}

interface Level {
  readonly name: string
  readonly seconds: number
  /** Null for a level that had less time than its figure is about. */
  readonly figure: { readonly id: string; readonly bound: number } | null
}

const levels: readonly Level[] = [
  { name: '50 ms, one thread', seconds: 0.05, figure: { id: 'V6.50ms', bound: 6 } },
  { name: '1 s, two threads', seconds: 1, figure: { id: 'V6.1s', bound: 0.8 } },
  { name: '10 s, two threads', seconds: 10, figure: { id: 'V6.10s', bound: 0.3 } },
]
const worstBound = 2
/** The time after which a planner's walk is compared with what others do (V7). */
const compared = 1

const peers = {
  singleByLocation: 'each order alone, sorted by location',
  byLocation: 'first come, sorted by location',
  sShape: 'first come, S-shape',
  shortest: 'first come, shortest walks',
} as const

/** What one rule, ours or another's, did with one instance. */
interface Row {
  readonly method: string
  readonly instance: ObpInstance
  readonly metres: number
  readonly milliseconds: number | null
}

/** V6 and V7: our batches against the best known ones, and against what others do with the same orders. */
export async function benchBatching(folder: string, longest: number): Promise<HalfReport | null> {
  const instances = readObpInstances(folder)
  const [first] = instances
  if (first === undefined) return null
  const planner = createPlanner()
  try {
    for (let time = 0; time < warmUps; time += 1) solveHere(first.problem, 0.05)
    await planner.plan(first.problem, { seconds: 1 })
    const runs = levels
      .filter((_, at) => at === 0 || (levels[at - 1]?.seconds ?? 0) < longest)
      .map((level) => ({
        ...level,
        seconds: Math.min(level.seconds, longest),
        // Less time is told in the table, and is nobody's target.
        figure: level.seconds <= longest ? level.figure : null,
      }))
    const rows: Row[] = []
    for (const instance of instances) {
      rows.push(...peerRows(instance))
      for (const { name, seconds } of runs) {
        const { batches, milliseconds } = await solve(planner, instance.problem, seconds)
        rows.push({ method: name, instance, metres: checkedMetres(instance, batches), milliseconds })
      }
    }
    return { lines: report(rows), figures: figuresOf(rows, runs) }
  } finally {
    planner.close()
  }
}

async function solve(planner: Planner, problem: BatchingProblem, seconds: number): Promise<Answer> {
  if (seconds < compared) return solveHere(problem, seconds)
  const began = performance.now()
  const plan = await planner.plan(problem, { seconds })
  if (!plan.ok) throw new Error(plan.error.message)
  return {
    batches: plan.value.batches.map(({ orders }) => orders),
    milliseconds: performance.now() - began,
  }
}

/** In this thread, without the solver: what there is time for when an answer is wanted at once. */
function solveHere(problem: BatchingProblem, seconds: number): Answer {
  const began = performance.now()
  const units = toUnits(problem)
  if (!units.ok) throw new Error(units.error.message)
  const search = createSearch(units.value, createRoutes(units.value), 1)
  const milliseconds = Math.max(1, seconds * 1000 - (performance.now() - began))
  search.restart(warmthFor(milliseconds, units.value.units.length))
  runRound(search, {
    milliseconds,
    now: () => performance.now(),
  })
  const batches = search
    .best()
    .batches.map((batch) =>
      batch.flatMap((unit) =>
        (units.value.units[unit]?.orders ?? []).flatMap((order) => problem.orders[order]?.id ?? []),
      ),
    )
  return { batches, milliseconds: performance.now() - began }
}

/** The walk of a plan by the router that prints lists, after making sure that it is a plan. Throws where it is none. */
function checkedMetres({ name, problem, best }: ObpInstance, batches: Answer['batches']): number {
  const router = createRouter(problem.floor, problem.depots)
  const orders = new Map(problem.orders.map((order) => [order.id, order]))
  if (batches.flat().length !== orders.size || new Set(batches.flat()).size !== orders.size)
    throw new Error(`${name}: an order is missing or planned twice`)
  let metres = 0
  for (const batch of batches) {
    const its = batch.flatMap((id) => orders.get(id) ?? [])
    const isFull = problem.capacities.some(
      (capacity, resource) => its.reduce((sum, { loads }) => sum + (loads[resource] ?? 0), 0) > capacity,
    )
    if (isFull && its.length > 1) throw new Error(`${name}: a batch exceeds its capacity`)
    metres += router.length(its.flatMap(({ stops }) => stops))
  }
  if (best?.isProven === true && metres < best.metres - equal)
    throw new Error(`${name}: ${metres} is shorter than the proven optimum ${best.metres}`)
  return metres
}

function peerRows(instance: ObpInstance): Row[] {
  const { problem } = instance
  const { floor, depots, orders } = problem
  const units = toUnits(problem)
  if (!units.ok) throw new Error(`${instance.name}: ${units.error.message}`)
  const distances = measureDistances(floor)
  const router = createRouter(floor, depots)
  const waves = fillInOrder(units.value, [...orders.keys()]).map((batch) =>
    batch.flatMap((order) => orders[order]?.stops ?? []),
  )
  const byLocation = (stops: (typeof waves)[number]) =>
    followedLength(distances, depots, stops, sortByLocation(stops, numberedFromStart(floor, depots)))
  const sum = (lists: typeof waves, length: (stops: (typeof waves)[number]) => number) =>
    lists.reduce((metres, stops) => metres + length(stops), 0)
  const lengths: Readonly<Record<string, number>> = {
    [peers.singleByLocation]: sum(
      orders.map(({ stops }) => [...stops]),
      byLocation,
    ),
    [peers.byLocation]: sum(waves, byLocation),
    [peers.sShape]: sum(waves, (stops) => sShapeLength(floor, depots, stops)),
    [peers.shortest]: sum(waves, (stops) => router.length(stops)),
  }
  return Object.entries(lengths).map(([method, metres]) => ({
    method,
    instance,
    metres,
    milliseconds: null,
  }))
}

/** Percent above the best known length; nothing where none is known. */
const gapOf = ({ metres, instance }: Row): number[] =>
  instance.best === null ? [] : [(metres / instance.best.metres - 1) * 100]

function report(rows: readonly Row[]): string[] {
  const head = ['batching', 'instances', 'optimal', 'mean gap', 'median', 'max', 'mean time', 'max time']
  return layTable([
    head,
    ...[...Map.groupBy(rows, ({ instance }) => instance.set), ['all', rows] as const].flatMap(([set, its]) =>
      [...Map.groupBy(its, ({ method }) => method)].map(([method, of]) => {
        const gaps = of.flatMap(gapOf).sort((a, b) => a - b)
        const times = of.flatMap(({ milliseconds }) => milliseconds ?? [])
        const optimal = of.filter(
          ({ instance: { best }, metres }) => best?.isProven === true && metres < best.metres + equal,
        )
        return [
          `${set}: ${method}`,
          String(of.length),
          String(optimal.length),
          percent(average(gaps)),
          percent(gaps[Math.floor(gaps.length / 2)]),
          percent(gaps.at(-1)),
          milliseconds(average(times)),
          milliseconds(times.length === 0 ? undefined : Math.max(...times)),
        ]
      }),
    ),
  ])
}

function figuresOf(rows: readonly Row[], runs: readonly Level[]): Figure[] {
  const gaps = (method: string) => rows.filter((row) => row.method === method).flatMap(gapOf)
  const figures = runs.flatMap(({ name, seconds, figure }): Figure[] => {
    const its = gaps(name)
    if (figure === null) return []
    const { id, bound } = figure
    const against = `best known lengths of ${its.length} instances, mean, ${seconds} s`
    return its.length === 0 ? [] : [atMost(id, average(its) ?? 0, '%', bound, against)]
  })
  const last = runs.at(-1)
  if (last !== undefined && gaps(last.name).length > 0 && last.figure?.id === 'V6.10s')
    figures.push(
      atMost(
        'V6.worst10s',
        Math.max(...gaps(last.name)),
        '%',
        worstBound,
        `the worst of them, ${last.seconds} s`,
      ),
    )
  const planned = runs.findLast(({ seconds }) => seconds <= compared)
  const large = rows.filter(({ instance }) => instance.problem.orders.length >= 100)
  const total = (method: string) =>
    (large.length > 0 ? large : rows)
      .filter((row) => row.method === method)
      .reduce((sum, { metres }) => sum + metres, 0)
  const orders = large.length > 0 ? 'of 100 orders and more' : 'of less than 100 orders'
  if (planned !== undefined)
    for (const [id, bound, peer] of [
      ['V7.fcfs', 0.59, peers.byLocation],
      ['V7.single', 0.345, peers.singleByLocation],
    ] as const)
      figures.push(
        atMost(
          id,
          total(planned.name) / total(peer),
          'x',
          bound,
          `${peer}; instances ${orders}, ${planned.seconds} s`,
        ),
      )
  return figures
}

const average = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
const percent = (value: number | undefined): string => (value === undefined ? '-' : `${value.toFixed(2)} %`)
const milliseconds = (value: number | undefined): string =>
  value === undefined ? '-' : `${value.toFixed(0)} ms`
