import { createCarts } from './carts.ts'
import { createLateness } from './lateness.ts'
import type { BatchPool } from './pool.ts'
import { slack, type UnitsToBatch } from './problem.ts'
import type { Random } from './random.ts'
import type { RouteCost } from './route-cost.ts'
import { sortByKinship } from './start.ts'

/** Metres that a move may lose with a fair chance, at the beginning and at the end. */
export interface Heat {
  readonly first: number
  readonly last: number
}

const rule = {
  /** One move in so many takes a unit to a batch without asking who is in it. */
  joins: 16,
  /** Of the others, the share that gives two units for one. */
  twoForOne: 0.2,
  /** Where there are more units than this, partners are looked for among so many kindred ones. */
  reach: 200,
  /** How far over their capacities the carts may be together on the way, in typical units. */
  mostExcess: 2,
  /** How fast the prices of excess and of lateness follow, a step. */
  follow: { excess: 0.01, late: 0.05 },
  /** A plan within this of the best has batches worth remembering. */
  near: 1.005,
  /** What a minute late weighs at least, in minutes of walking. */
  leastLateWeight: 0.1,
} as const

/** -ln of evenly spread numbers, because a logarithm a move is dear. */
const logs = Float64Array.from({ length: 4096 }, (_, index, all = 4096) => -Math.log((index + 0.5) / all))

/** A plan by its batches, each a list of units. */
export interface Plan {
  readonly batches: readonly (readonly number[])[]
  readonly metres: number
  /** Minutes late, summed over orders. */
  readonly late: number
}

/** Lateness first, then metres. */
export const isBetter = (a: { late: number; metres: number }, b: { late: number; metres: number }): boolean =>
  a.late < b.late - slack || (a.late < b.late + slack && a.metres < b.metres - slack)

export interface Annealing {
  /** Tries `moves` moves at the temperature that belongs to `share` (0..1) of the way. */
  run(share: number, moves: number): void
  best(): Plan
}

/**
 * Simulated annealing from a plan: a unit joins another batch, two units change places, or two units change places
 * with one. Carts may be a little too full on the way, at a price that rises while they are and falls while they are
 * not: where carts must be filled to the brim no single exchange fits. The same holds for lateness above the best.
 * A move that is refused even if what joins its batches cost nothing is refused before its routes are asked for.
 */
export function createAnnealing(
  problem: UnitsToBatch,
  routes: RouteCost,
  random: Random,
  pool: BatchPool,
  heat: Heat,
  start: readonly (readonly number[])[],
): Annealing {
  const lateness = createLateness(problem)
  // Nothing is walked less for being split, but it may well be less late.
  const carts = createCarts(problem, routes, start, 2 + (lateness.isAsked ? start.length : 0))
  const isAlone = new Uint8Array(problem.units.length)
  for (const unit of problem.oversize) isAlone[unit] = 1
  const movable = Int32Array.from(
    sortByKinship(
      problem,
      [...problem.units.keys()].filter((unit) => isAlone[unit] === 0),
    ),
  )
  const reach = Math.min(movable.length, rule.reach)
  const leastLatePrice = problem.pace.metresPerMinute * rule.leastLateWeight
  const saved = new Int32Array(problem.units.length)
  carts.save(saved)
  // What a unit walks is about what room for it is worth.
  let excessPrice = carts.totalMetres() / problem.units.length
  // A minute is about what may be lost anyway, so that lateness too can be traded on the way to less of it.
  let latePrice = heat.first
  if (lateness.isAsked)
    for (let batch = 0; batch < carts.count; batch += 1)
      lateness.place(batch, carts.members(batch), carts.metres(batch))
  let late = lateness.total()
  let best = { late, metres: carts.totalMetres() }

  /** Makes the move of `one` (and `mate`) from its batch against `other` out of `to`. */
  const make = (
    from: number,
    to: number,
    one: number,
    mate: number,
    other: number,
    fromThen: number,
    toThen: number,
  ) => {
    carts.change(from, one, other, fromThen)
    if (mate >= 0) carts.change(from, mate, -1, fromThen)
    carts.change(to, other, one, toThen)
    if (mate >= 0) carts.change(to, -1, mate, toThen)
  }
  const place = (batch: number) => lateness.place(batch, carts.members(batch), carts.metres(batch))
  const unmake = (
    from: number,
    to: number,
    one: number,
    mate: number,
    other: number,
    fromWas: number,
    toWas: number,
  ) => {
    carts.change(to, one, other, toWas)
    if (mate >= 0) carts.change(to, mate, -1, toWas)
    carts.change(from, other, one, fromWas)
    if (mate >= 0) carts.change(from, -1, mate, fromWas)
    place(from)
    place(to)
  }
  const remember = (batch: number) => {
    const members = carts.members(batch)
    if (members.length > 0 && carts.excess(batch) === 0) pool.add(members, carts.metres(batch))
  }
  const arrive = (from: number, to: number) => {
    const metres = carts.totalMetres()
    if (late > best.late + slack || metres > best.metres * rule.near) {
      if (late > best.late - slack) return
    }
    remember(from)
    remember(to)
    if (carts.totalExcess() > 0 || !isBetter({ late, metres }, best)) return
    best = { late, metres }
    carts.save(saved)
  }

  const tryMove = (temperature: number) => {
    const at = random.below(movable.length)
    const one = movable[at] ?? 0
    const from = carts.batchOf(one)
    let other = -1
    let mate = -1
    let to = 0
    if (random.below(rule.joins) === 0) to = random.below(carts.count)
    else {
      const next = at + random.below(reach)
      other = movable[next < movable.length ? next : next - movable.length] ?? 0
      to = carts.batchOf(other)
      if (random.next() < rule.twoForOne) {
        const mates = carts.members(from)
        mate = mates[random.below(mates.length)] ?? 0
        if (mate === one) return
      }
    }
    if (from === to || isAlone[carts.members(to)[0] ?? -1] === 1) return
    const excess =
      carts.excessWith(from, one, mate, other, -1) +
      carts.excessWith(to, other, -1, one, mate) -
      carts.excess(from) -
      carts.excess(to)
    if (carts.totalExcess() + excess > rule.mostExcess) return
    const fromWas = carts.metres(from)
    const toWas = carts.metres(to)
    const most = temperature * (logs[random.below(logs.length)] ?? 0) + fromWas + toWas - excess * excessPrice
    // With nothing late a move cannot make it better; else metres alone say nothing.
    const bound = late === 0 ? most : Infinity
    let fromThen: number
    let toThen: number
    if (mate < 0) {
      const fromLeast = carts.walkWith(from, one, -1)
      const toLeast = carts.walkWith(to, other, -1)
      if (fromLeast + toLeast > bound) return
      fromThen = other < 0 ? fromLeast : carts.walkWith(from, one, other)
      if (fromThen + toLeast > bound) return
      toThen = carts.walkWith(to, other, one)
    } else {
      const toLeast = Math.max(carts.walkWith(to, other, one), carts.walkWith(to, other, mate))
      if (toLeast > bound) return
      fromThen = carts.walk(from, one, mate, other, -1)
      if (fromThen + toLeast > bound) return
      toThen = carts.walk(to, other, -1, one, mate)
    }
    if (fromThen + toThen > bound) return
    make(from, to, one, mate, other, fromThen, toThen)
    if (lateness.isAsked) {
      place(from)
      place(to)
      const lateThen = lateness.total()
      if (fromThen + toThen + (lateThen - late) * latePrice > most) {
        unmake(from, to, one, mate, other, fromWas, toWas)
        return
      }
      late = lateThen
    }
    arrive(from, to)
  }

  return {
    run(share, moves) {
      if (movable.length < 2) return
      const temperature = heat.first * (heat.last / heat.first) ** share
      excessPrice *= carts.totalExcess() > 0 ? 1 + rule.follow.excess : 1 - rule.follow.excess
      latePrice *= late > best.late + slack ? 1 + rule.follow.excess : 1 - rule.follow.excess
      latePrice = Math.max(latePrice, leastLatePrice)
      for (let move = 0; move < moves; move += 1) tryMove(temperature)
    },
    best() {
      const batches: number[][] = Array.from({ length: carts.count }, () => [])
      for (const [unit, batch] of saved.entries()) batches[batch]?.push(unit)
      return { ...best, batches: batches.filter(({ length }) => length > 0) }
    },
  }
}
