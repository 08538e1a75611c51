import { slack, type UnitsToBatch } from './problem.ts'
import type { RouteCost } from './route-cost.ts'

/** Entries of the memory of changed batches; older ones give way. */
const mostRemembered = 2 ** 20

/**
 * The batches of the plan that a search is at, each with its load and its walk. What a batch would walk with one unit
 * changed is remembered until the batch changes: most of what a search asks was asked before. `empty` carts are there
 * to begin batches with.
 */
export function createCarts(
  problem: UnitsToBatch,
  routes: RouteCost,
  batches: readonly (readonly number[])[],
  empty: number,
) {
  const { units, capacities } = problem
  const count = units.length
  const resources = capacities.length
  const columns = count + 1
  const members: number[][] = batches.map((batch) => [...batch])
  for (let cart = 0; cart < empty; cart += 1) members.push([])
  const carts = members.length
  const loadOf = Float64Array.from(units.flatMap(({ loads }) => loads))
  const typicalLoad = Float64Array.from(
    capacities,
    (_, resource) => units.reduce((sum, { loads }) => sum + (loads[resource] ?? 0), 0) / count || 1,
  )
  const loads = new Float64Array(carts * resources)
  const metres = new Float64Array(carts)
  const excess = new Float64Array(carts)
  const batchOf = new Int32Array(count)
  const scratch = new Int32Array(count + 2)
  const version = new Int32Array(carts)
  let versions = 0
  let totalMetres = 0
  let totalExcess = 0

  const remembered = Math.min(mostRemembered, 2 ** Math.ceil(Math.log2((count + carts) * columns)))
  const asked = new Int32Array(remembered).fill(-1)
  const askedOf = new Int32Array(remembered)
  const answer = new Float64Array(remembered)

  const walk = (batch: number, outA: number, outB: number, addA: number, addB: number): number => {
    const its = members[batch] ?? []
    let size = 0
    for (let index = 0; index < its.length; index += 1) {
      const unit = its[index] ?? 0
      if (unit !== outA && unit !== outB) scratch[size++] = unit
    }
    if (addA >= 0) scratch[size++] = addA
    if (addB >= 0) scratch[size++] = addB
    return size === 0 ? 0 : routes.metres(scratch, size)
  }

  const excessWith = (batch: number, outA: number, outB: number, addA: number, addB: number): number => {
    let sum = 0
    for (let resource = 0; resource < resources; resource += 1) {
      const over =
        (loads[batch * resources + resource] ?? 0) -
        (outA < 0 ? 0 : (loadOf[outA * resources + resource] ?? 0)) -
        (outB < 0 ? 0 : (loadOf[outB * resources + resource] ?? 0)) +
        (addA < 0 ? 0 : (loadOf[addA * resources + resource] ?? 0)) +
        (addB < 0 ? 0 : (loadOf[addB * resources + resource] ?? 0)) -
        (capacities[resource] ?? 0)
      if (over > slack) sum += over / (typicalLoad[resource] ?? 1)
    }
    return sum
  }

  /** After its members changed. */
  const settle = (batch: number, walked: number) => {
    const its = members[batch] ?? []
    for (let resource = 0; resource < resources; resource += 1) {
      let sum = 0
      for (let index = 0; index < its.length; index += 1)
        sum += loadOf[(its[index] ?? 0) * resources + resource] ?? 0
      loads[batch * resources + resource] = sum
    }
    totalMetres += walked - (metres[batch] ?? 0)
    metres[batch] = walked
    const over = its.length < 2 ? 0 : excessWith(batch, -1, -1, -1, -1)
    totalExcess += over - (excess[batch] ?? 0)
    if (totalExcess < slack) totalExcess = 0
    excess[batch] = over
    version[batch] = versions += 1
  }

  for (const [batch, its] of members.entries()) {
    for (const unit of its) batchOf[unit] = batch
    settle(batch, walk(batch, -1, -1, -1, -1))
  }

  return {
    /** Batches, empty ones included. */
    count: carts,
    members: (batch: number): readonly number[] => members[batch] ?? [],
    batchOf: (unit: number): number => batchOf[unit] ?? 0,
    metres: (batch: number): number => metres[batch] ?? 0,
    /** How far a batch is over its capacities, in loads of a typical unit summed over resources. */
    excess: (batch: number): number => excess[batch] ?? 0,
    totalMetres: () => totalMetres,
    totalExcess: () => totalExcess,
    walk,
    excessWith,
    /** `walk` with one unit out and one in (-1 = none), from memory where possible. */
    walkWith(batch: number, out: number, add: number): number {
      const question = (out < 0 ? count + batch : out) * columns + (add < 0 ? count : add)
      const place = question & (remembered - 1)
      const now = version[batch] ?? 0
      if (asked[place] === question && askedOf[place] === now) return answer[place] ?? 0
      const walked = walk(batch, out, -1, add, -1)
      asked[place] = question
      askedOf[place] = now
      answer[place] = walked
      return walked
    },
    /** Moves `out` (-1 = none) out of a batch and `add` into it; `walked` is what it walks then. */
    change(batch: number, out: number, add: number, walked: number): void {
      const its = members[batch] ?? []
      if (out >= 0) its.splice(its.indexOf(out), 1)
      if (add >= 0) {
        its.push(add)
        batchOf[add] = batch
      }
      settle(batch, walked)
    },
    /** Copies the batch of each unit into `into`. */
    save: (into: Int32Array) => into.set(batchOf),
  }
}

export type Carts = ReturnType<typeof createCarts>
