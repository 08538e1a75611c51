import { slack, type UnitsToBatch } from './problem.ts'
import type { RouteCost } from './route-cost.ts'
import { batchBySavings } from './savings.ts'

/** Pairs are looked at among so many units at a time, which takes some tens of milliseconds. */
const mostAtOnce = 300

/**
 * Plans to begin a search with, each from a simple rule: savings among all units; and, where units are due at different
 * times, savings among those due together, and carts filled in the order of the due times.
 */
export function startingPlans(problem: UnitsToBatch, routes: RouteCost): number[][][] {
  const { units, oversize } = problem
  const alone = new Set(oversize)
  const ordinary = [...units.keys()].filter((unit) => !alone.has(unit))
  const byDue = ordinary.toSorted((a, b) => compare(units[a]?.due ?? 0, units[b]?.due ?? 0) || a - b)
  const lonely = oversize.map((unit) => [unit])
  const save = (among: readonly number[]) =>
    pieces(problem, among).flatMap((piece) => batchBySavings(problem, routes, piece))
  const classes = Map.groupBy(byDue, (unit) => units[unit]?.due ?? Infinity)
  const plans = [save(ordinary)]
  if (classes.size > 1) plans.push([...classes.values()].flatMap(save), fillInOrder(problem, byDue))
  return plans.map((batches) => [...batches, ...lonely])
}

/** Carts filled one after another, in the order given. */
export function fillInOrder({ units, capacities }: UnitsToBatch, order: readonly number[]): number[][] {
  const batches: number[][] = []
  let load: number[] = []
  for (const unit of order) {
    const its = units[unit]?.loads ?? []
    const then = its.map((one, resource) => one + (load[resource] ?? 0))
    const fits = then.every((sum, resource) => sum <= (capacities[resource] ?? 0) + slack)
    const last = batches.at(-1)
    if (fits && last !== undefined) {
      last.push(unit)
      load = then
    } else {
      batches.push([unit])
      load = [...its]
    }
  }
  return batches
}

/** Even pieces of units that stop near each other: what is far apart saves little together. */
function pieces(problem: UnitsToBatch, among: readonly number[]): number[][] {
  const count = Math.ceil(among.length / mostAtOnce)
  if (count < 2) return [[...among]]
  const sorted = sideBySide(problem, among)
  const size = Math.ceil(among.length / count)
  return Array.from({ length: count }, (_, piece) => sorted.slice(piece * size, (piece + 1) * size))
}

/** Units by the aisle that is in the middle of their stops. */
function sideBySide({ units }: UnitsToBatch, among: readonly number[]): number[] {
  const middle = units.map(
    ({ stops }) => stops.reduce((sum, { aisle }) => sum + aisle, 0) / Math.max(1, stops.length),
  )
  return among.toSorted((a, b) => (middle[a] ?? 0) - (middle[b] ?? 0) || a - b)
}

/** Units that may well go together near each other: those due together, side by side. */
export function sortByKinship(problem: UnitsToBatch, among: readonly number[]): number[] {
  const { units } = problem
  return sideBySide(problem, among).sort((a, b) => compare(units[a]?.due ?? 0, units[b]?.due ?? 0))
}

/** Infinity minus Infinity is not a number. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1)
