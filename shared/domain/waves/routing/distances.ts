import type { Floor, Passage, Stop } from './floor.ts'

/** A crossing, or a place in a passage of an aisle. */
export type Place = Stop | Crossing

export interface Crossing {
  readonly aisle: number
  readonly cross: number
}

/** A shortest way: straight through one passage, or out to `crossings` (numbers), along them and in again. */
export interface Way {
  readonly length: number
  readonly crossings: readonly number[]
}

/** Shortest ways over a floor. What was looked for once is remembered. */
export interface Distances {
  /** Infinity where there is no way. */
  readonly between: (from: Place, to: Place) => number
  readonly wayBetween: (from: Place, to: Place) => Way
}

/** How a place hangs on the crossings around it. */
interface End {
  readonly crossing: number
  readonly out: number
  readonly in: number
}

export const crossingNumber = (floor: Floor, { aisle, cross }: Crossing): number =>
  aisle * floor.crossAisles.length + cross

export function measureDistances(floor: Floor): Distances {
  const neighbours = joinCrossings(floor)
  const trees = new Map<number, Tree>()
  const treeFrom = (crossing: number): Tree => {
    const known = trees.get(crossing)
    if (known !== undefined) return known
    const tree = growTree(neighbours, crossing)
    trees.set(crossing, tree)
    return tree
  }
  const best = (from: Place, to: Place): { length: number; first: number; last: number } => {
    let length = straight(floor, from, to)
    let first = -1
    let last = -1
    for (const exit of endsOf(floor, from)) {
      if (exit.out >= length) continue
      const { lengths } = treeFrom(exit.crossing)
      for (const entry of endsOf(floor, to)) {
        const round = exit.out + (lengths[entry.crossing] ?? Infinity) + entry.in
        if (round < length) {
          length = round
          first = exit.crossing
          last = entry.crossing
        }
      }
    }
    return { length, first, last }
  }
  return {
    between: (from, to) => best(from, to).length,
    wayBetween(from, to) {
      const { length, first, last } = best(from, to)
      if (first < 0) return { length, crossings: [] }
      const { before } = treeFrom(first)
      const crossings = [last]
      for (let at = last; at !== first; crossings.push(at)) at = before[at] ?? first
      return { length, crossings: crossings.toReversed() }
    },
  }
}

/** Length of the way between two places of one passage that leaves it nowhere. */
function straight(floor: Floor, from: Place, to: Place): number {
  if ('cross' in from || 'cross' in to) return Infinity
  if (from.aisle !== to.aisle || from.block !== to.block) return Infinity
  const passage = floor.aisles[from.aisle]?.[from.block] ?? null
  if (passage === null) return Infinity
  const closed = to.offset > from.offset ? 'backward' : 'forward'
  return to.offset !== from.offset && passage.direction === closed
    ? Infinity
    : Math.abs(to.offset - from.offset)
}

function endsOf(floor: Floor, place: Place): readonly End[] {
  if ('cross' in place) return [{ crossing: crossingNumber(floor, place), out: 0, in: 0 }]
  const { aisle, block, offset } = place
  const passage = floor.aisles[aisle]?.[block] ?? null
  if (passage === null) return []
  const lower = crossingNumber(floor, { aisle, cross: block })
  const rest = passage.length - offset
  const open = (closed: string, length: number) =>
    length > 0 && passage.direction === closed ? Infinity : length
  return [
    { crossing: lower, out: open('forward', offset), in: open('backward', offset) },
    { crossing: lower + 1, out: open('backward', rest), in: open('forward', rest) },
  ]
}

interface Edge {
  readonly to: number
  readonly length: number
}

/** For each crossing the passages that lead on from it. */
function joinCrossings(floor: Floor): readonly (readonly Edge[])[] {
  const crosses = floor.crossAisles.length
  const edges: Edge[][] = Array.from({ length: floor.aisles.length * crosses }, () => [])
  const join = (from: number, to: number, passage: Passage) => {
    if (passage === null) return
    if (passage.direction !== 'backward') edges[from]?.push({ to, length: passage.length })
    if (passage.direction !== 'forward') edges[to]?.push({ to: from, length: passage.length })
  }
  for (const [aisle, passages] of floor.aisles.entries()) {
    for (const [block, passage] of passages.entries())
      join(aisle * crosses + block, aisle * crosses + block + 1, passage)
  }
  for (const [cross, passages] of floor.crossAisles.entries()) {
    for (const [aisle, passage] of passages.entries())
      join(aisle * crosses + cross, (aisle + 1) * crosses + cross, passage)
  }
  return edges
}

interface Tree {
  readonly lengths: Float64Array
  readonly before: Int32Array
}

/** Dijkstra over a heap of crossings. */
function growTree(edges: readonly (readonly Edge[])[], from: number): Tree {
  const lengths = new Float64Array(edges.length).fill(Infinity)
  const before = new Int32Array(edges.length).fill(-1)
  lengths[from] = 0
  const heap: Edge[] = [{ to: from, length: 0 }]
  for (let near = popNearest(heap); near !== undefined; near = popNearest(heap)) {
    if (near.length > (lengths[near.to] ?? 0)) continue
    for (const { to, length } of edges[near.to] ?? []) {
      const reached = near.length + length
      if (reached >= (lengths[to] ?? 0)) continue
      lengths[to] = reached
      before[to] = near.to
      pushEdge(heap, { to, length: reached })
    }
  }
  return { lengths, before }
}

function pushEdge(heap: Edge[], edge: Edge): void {
  let at = heap.length
  for (;;) {
    const parent = (at - 1) >> 1
    const above = heap[parent]
    if (at === 0 || above === undefined || above.length <= edge.length) break
    heap[at] = above
    at = parent
  }
  heap[at] = edge
}

function popNearest(heap: Edge[]): Edge | undefined {
  const nearest = heap[0]
  const last = heap.pop()
  if (nearest === undefined || last === undefined || heap.length === 0) return nearest
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    let below = heap[child]
    const other = heap[child + 1]
    if (below !== undefined && other !== undefined && other.length < below.length) {
      child += 1
      below = other
    }
    if (below === undefined || below.length >= last.length) break
    heap[at] = below
    at = child
  }
  heap[at] = last
  return nearest
}
