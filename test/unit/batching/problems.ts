import type { BatchingProblem, OrderToBatch, UnitsToBatch } from '#shared/domain/waves/batching/problem.ts'
import { toUnits } from '#shared/domain/waves/batching/problem.ts'
import { createRandom, type Random } from '#shared/domain/waves/batching/random.ts'
import { buildRectangle, type Depot, type Stop } from '#shared/domain/waves/routing/floor.ts'

const bench: Depot = { aisle: 0, cross: 0, access: 0 }

export interface Wanted {
  readonly orders: number
  readonly aisles?: number
  readonly blocks?: readonly number[]
  readonly capacities?: readonly number[]
  /** Orders are due at one of these, minutes from now. */
  readonly dues?: readonly number[]
  readonly pickers?: number
  readonly mostLines?: number
}

/** Orders of a few lines all over a floor. */
export function someProblem(seed: number, wanted: Wanted): BatchingProblem {
  const random = createRandom(seed)
  const { aisles = 6, blocks = [20], capacities = [12], dues = [Infinity], pickers = 1 } = wanted
  const orders = Array.from({ length: wanted.orders }, (_, index): OrderToBatch => {
    const stops = someStops(random, 1 + random.below(wanted.mostLines ?? 5), aisles, blocks)
    return {
      id: `o${index}`,
      stops,
      loads: capacities.map((_, resource) => (resource === 0 ? stops.length : random.below(40) / 10)),
      units: stops.length,
      due: dues[random.below(dues.length)] ?? Infinity,
    }
  })
  return {
    orders,
    capacities,
    floor: buildRectangle(aisles, blocks, 4),
    depots: { start: bench, drop: bench },
    pace: { pickers, metresPerMinute: 30, minutesPerStop: 0.2, minutesPerUnit: 0.1, minutesPerBatch: 1 },
  }
}

export const someStops = (random: Random, count: number, aisles: number, blocks: readonly number[]): Stop[] =>
  Array.from({ length: count }, () => {
    const block = random.below(blocks.length)
    return { aisle: random.below(aisles), block, offset: random.below((blocks[block] ?? 0) * 2 + 1) / 2 }
  })

export function unitsOf(problem: BatchingProblem): UnitsToBatch {
  const units = toUnits(problem)
  if (!units.ok) throw new Error(units.error.message)
  return units.value
}

/** All ways to put `count` things into groups. */
export function* partitions(count: number): Generator<number[][]> {
  if (count === 0) {
    yield []
    return
  }
  for (const groups of partitions(count - 1)) {
    for (let at = 0; at < groups.length; at += 1)
      yield groups.map((group, index) => (index === at ? [...group, count - 1] : group))
    yield [...groups, [count - 1]]
  }
}
