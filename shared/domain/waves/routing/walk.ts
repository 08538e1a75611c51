import type { Depots, Floor, Stop } from './floor.ts'
import { option, passesOf } from './frontier.ts'
import type { Choice } from './sweep.ts'

/** A point of a walk: `offset` after cross aisle `cross` in the aisle, 0 for the crossing itself. */
export interface WalkPoint {
  readonly aisle: number
  readonly cross: number
  readonly offset: number
  /** Index of the stop that is picked here. */
  readonly stop: number | null
}

export interface Walk {
  /** Indices of the stops, in visiting order. */
  readonly order: readonly number[]
  /** From the start to the drop; straight lines between neighbours. */
  readonly path: readonly WalkPoint[]
}

/** A way from one crossing to another, or into a passage and back. */
interface Leg {
  readonly from: number
  readonly to: number
  /** Whether it can be walked from its end as well. */
  readonly reversible: boolean
  /** What lies between its ends. */
  readonly points: readonly WalkPoint[]
}

/** Joins the legs that a sweep chose to one walk from the start to the drop (an Euler walk). */
export function joinWalk(
  floor: Floor,
  depots: Depots,
  stops: readonly Stop[],
  {
    choices,
    byAisle,
    most,
  }: { readonly choices: readonly Choice[]; readonly byAisle: boolean; readonly most: number },
): Walk {
  const crosses = floor.crossAisles.length
  const node = (line: number, at: number) => (byAisle ? line * crosses + at : at * crosses + line)
  const inPassage = groupStops(floor, stops)
  const legs = choices.flatMap((choice) => {
    const isWithin = choice.line === choice.toLine
    const from = node(choice.line, choice.at)
    const to = isWithin ? node(choice.line, choice.at + 1) : node(choice.toLine, choice.at)
    // Only the passages of aisles hold stops.
    const isAisle = isWithin === byAisle
    const aisle = Math.floor(from / crosses)
    const picked = isAisle ? (inPassage.get(aisle * (crosses - 1) + (from % crosses)) ?? []) : []
    return legsOf(choice.option, most, { from, to, picked })
  })
  const start = depots.start.aisle * crosses + depots.start.cross
  return drawWalk(crosses, start, eulerWalk(legs, start))
}

/** The stops of each passage as points, by offset. */
function groupStops(floor: Floor, stops: readonly Stop[]): Map<number, WalkPoint[]> {
  const blocks = floor.crossAisles.length - 1
  const groups = new Map<number, WalkPoint[]>()
  for (const [index, { aisle, block, offset }] of stops.entries()) {
    const passage = aisle * blocks + block
    const group = groups.get(passage) ?? []
    group.push({ aisle, cross: block, offset, stop: index })
    groups.set(passage, group)
  }
  for (const group of groups.values()) group.sort((a, b) => a.offset - b.offset)
  return groups
}

function legsOf(
  chosen: number,
  most: number,
  { from, to, picked }: { readonly from: number; readonly to: number; readonly picked: readonly WalkPoint[] },
): Leg[] {
  const reversible = most === 0
  const forward = (points: readonly WalkPoint[]): Leg => ({ from, to, reversible, points })
  const backward = (points: readonly WalkPoint[]): Leg => ({
    from: to,
    to: from,
    reversible,
    points: points.toReversed(),
  })
  if (chosen === option.both) return [forward(picked), backward([])]
  if (chosen === option.fromA) return [intoAndBack(from, picked)]
  if (chosen === option.fromB) return [intoAndBack(to, picked.toReversed())]
  if (chosen === option.fromEnds) {
    const gap = afterLargestGap(picked)
    return [intoAndBack(from, picked.slice(0, gap)), intoAndBack(to, picked.slice(gap).toReversed())]
  }
  const passes = passesOf(chosen, most)
  const leg = passes > 0 ? forward : backward
  return Array.from({ length: Math.abs(passes) }, (_, i) => leg(i === 0 ? picked : []))
}

const intoAndBack = (at: number, points: readonly WalkPoint[]): Leg => ({
  from: at,
  to: at,
  reversible: false,
  points,
})

/** Index of the first point after the largest gap. */
function afterLargestGap(points: readonly WalkPoint[]): number {
  let widest = -1
  let after = 0
  for (let i = 1; i < points.length; i += 1) {
    const gap = (points[i]?.offset ?? 0) - (points[i - 1]?.offset ?? 0)
    if (gap > widest) {
      widest = gap
      after = i
    }
  }
  return after
}

/** All legs in one walk from `start` (Hierholzer). Throws if they are not a whole, which would be a bug of the sweep. */
function eulerWalk(legs: readonly Leg[], start: number): Leg[] {
  const leaving = new Map<number, number[]>()
  const offer = (node: number, leg: number) => {
    const offered = leaving.get(node)
    if (offered === undefined) leaving.set(node, [leg])
    else offered.push(leg)
  }
  for (const [index, leg] of legs.entries()) {
    offer(leg.from, index)
    if (leg.reversible) offer(leg.to, index)
  }
  const used = new Uint8Array(legs.length)
  const walk: Leg[] = []
  const stack: { readonly node: number; readonly by: Leg | null }[] = [{ node: start, by: null }]
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const offered = leaving.get(top.node) ?? []
    let index = offered.pop()
    while (index !== undefined && used[index] === 1) index = offered.pop()
    const leg = index === undefined ? undefined : legs[index]
    if (index === undefined || leg === undefined) {
      stack.pop()
      if (top.by !== null) walk.push(top.by)
      continue
    }
    used[index] = 1
    const by =
      leg.from === top.node ? leg : { ...leg, from: leg.to, to: leg.from, points: leg.points.toReversed() }
    stack.push({ node: by.to, by })
  }
  if (walk.length !== legs.length) throw new Error('the legs of a walk do not hang together')
  return walk.toReversed()
}

function drawWalk(crosses: number, start: number, legs: readonly Leg[]): Walk {
  const crossing = (node: number): WalkPoint => ({
    aisle: Math.floor(node / crosses),
    cross: node % crosses,
    offset: 0,
    stop: null,
  })
  const path = [crossing(start)]
  for (const { to, points } of legs) path.push(...points, crossing(to))
  return { order: path.flatMap(({ stop }) => (stop === null ? [] : [stop])), path }
}
