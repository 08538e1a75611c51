import { slack, type UnitsToBatch } from './problem.ts'
import type { RouteCost } from './route-cost.ts'

/**
 * Clarke & Wright's savings for order batching, with the savings of a merged batch computed anew (C&W(ii), de Koster,
 * van der Poort & Wolters 1999): the two batches whose common walk saves most become one, until nothing fits or saves.
 * Looks at every pair, so give it some hundred units at a time. Returns the batches of the units named in `among`.
 */
export function batchBySavings(
  problem: UnitsToBatch,
  routes: RouteCost,
  among: readonly number[],
): number[][] {
  const { units, capacities } = problem
  const size = among.length
  const batches = among.map((unit) => [unit])
  const loads = among.map((unit) => [...(units[unit]?.loads ?? [])])
  const scratch = new Int32Array(size)
  const metresOf = (a: readonly number[], b: readonly number[]) => {
    for (let index = 0; index < a.length; index += 1) scratch[index] = a[index] ?? 0
    for (let index = 0; index < b.length; index += 1) scratch[a.length + index] = b[index] ?? 0
    return routes.metres(scratch, a.length + b.length)
  }
  const metres = Float64Array.from(batches, (batch) => metresOf(batch, []))
  const saving = new Float64Array(size * size)
  const partner = new Int32Array(size).fill(-1)
  const open = new Set(batches.keys())

  const savingOf = (a: number, b: number) => {
    const fits = capacities.every(
      (capacity, resource) => (loads[a]?.[resource] ?? 0) + (loads[b]?.[resource] ?? 0) <= capacity + slack,
    )
    if (!fits) return 0
    return (metres[a] ?? 0) + (metres[b] ?? 0) - metresOf(batches[a] ?? [], batches[b] ?? [])
  }
  const partnerSaving = (a: number) => {
    const b = partner[a] ?? -1
    return b < 0 ? 0 : (saving[a * size + b] ?? 0)
  }
  const offer = (a: number, b: number) => {
    if ((saving[a * size + b] ?? 0) > partnerSaving(a)) partner[a] = b
  }
  const seekPartner = (a: number) => {
    partner[a] = -1
    for (const b of open) if (b !== a) offer(a, b)
  }

  for (let a = 0; a < size; a += 1) {
    for (let b = 0; b < a; b += 1) {
      const saved = savingOf(a, b)
      saving[a * size + b] = saved
      saving[b * size + a] = saved
    }
  }
  for (const a of open) seekPartner(a)
  for (;;) {
    let a = -1
    for (const one of open) if (a < 0 || partnerSaving(one) > partnerSaving(a)) a = one
    const b = a < 0 ? -1 : (partner[a] ?? -1)
    if (b < 0) break
    metres[a] = metresOf(batches[a] ?? [], batches[b] ?? [])
    batches[a]?.push(...(batches[b] ?? []))
    loads[a] = (loads[a] ?? []).map((load, resource) => load + (loads[b]?.[resource] ?? 0))
    open.delete(b)
    for (const other of open) {
      if (other === a) continue
      const saved = savingOf(a, other)
      saving[a * size + other] = saved
      saving[other * size + a] = saved
      if (partner[other] === a || partner[other] === b) seekPartner(other)
      else offer(other, a)
    }
    seekPartner(a)
  }
  return [...open].map((index) => batches[index] ?? [])
}
