import type { Depots, Floor, Passage, Stop } from '#shared/domain/waves/routing/floor.ts'
import type { WalkPoint } from '#shared/domain/waves/routing/walk.ts'

/** All shortest ways between named places, worked out in the plainest way: every place is a node, Floyd & Warshall. */
export interface FloorMap {
  readonly between: (from: string, to: string) => number
}

export const crossingName = (aisle: number, cross: number) => `x${aisle}.${cross}`
export const placeName = (aisle: number, block: number, offset: number) => `p${aisle}.${block}.${offset}`

export function surveyFloor(floor: Floor, places: readonly Stop[]): FloorMap {
  const ids = new Map<string, number>()
  const idOf = (name: string): number => {
    if (!ids.has(name)) ids.set(name, ids.size)
    return ids.get(name) ?? 0
  }
  const edges: [number, number, number][] = []
  const join = (from: string, to: string, length: number, direction: string) => {
    if (direction !== 'backward') edges.push([idOf(from), idOf(to), length])
    if (direction !== 'forward') edges.push([idOf(to), idOf(from), length])
  }
  for (const [aisle, passages] of floor.aisles.entries()) {
    for (let cross = 0; cross <= passages.length; cross += 1) idOf(crossingName(aisle, cross))
    for (const [block, passage] of passages.entries()) {
      if (passage === null) continue
      const offsets = [
        ...new Set(places.filter((p) => p.aisle === aisle && p.block === block).map((p) => p.offset)),
      ]
      offsets.sort((a, b) => a - b)
      let at = crossingName(aisle, block)
      let done = 0
      for (const offset of offsets) {
        // A place at the very end is the crossing itself.
        const isEnd = offset === 0 || offset === passage.length
        const name = placeName(aisle, block, offset)
        if (offset === 0) join(at, name, 0, 'both')
        else if (!isEnd) {
          join(at, name, offset - done, passage.direction)
          at = name
          done = offset
        }
        if (offset === passage.length) join(name, crossingName(aisle, block + 1), 0, 'both')
      }
      join(at, crossingName(aisle, block + 1), passage.length - done, passage.direction)
    }
  }
  for (const [cross, passages] of floor.crossAisles.entries()) {
    for (const [aisle, passage] of passages.entries()) {
      if (passage !== null)
        join(crossingName(aisle, cross), crossingName(aisle + 1, cross), passage.length, passage.direction)
    }
  }
  const n = ids.size
  const lengths = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? 0 : Infinity)),
  )
  const get = (i: number, j: number) => lengths[i]?.[j] ?? Infinity
  for (const [i, j, length] of edges) (lengths[i] ?? [])[j] = Math.min(get(i, j), length)
  for (let via = 0; via < n; via += 1) {
    for (const row of lengths) {
      const toVia = row[via] ?? Infinity
      if (toVia === Infinity) continue
      for (let j = 0; j < n; j += 1) row[j] = Math.min(row[j] ?? Infinity, toVia + get(via, j))
    }
  }
  return {
    between(from, to) {
      const [i, j] = [ids.get(from), ids.get(to)]
      return i === undefined || j === undefined ? Infinity : get(i, j)
    },
  }
}

/** Shortest walk by dynamic programming over all subsets of stops (Held & Karp), with the access of both depots. */
export function bruteLength(floor: Floor, { start, drop }: Depots, stops: readonly Stop[]): number {
  const map = surveyFloor(floor, stops)
  const names = [...new Set(stops.map(({ aisle, block, offset }) => placeName(aisle, block, offset)))]
  const from = crossingName(start.aisle, start.cross)
  const to = crossingName(drop.aisle, drop.cross)
  const access = start.access + drop.access
  if (names.length === 0) return map.between(from, to) + access
  const n = names.length
  const reached = Array.from({ length: 1 << n }, () => Array.from({ length: n }, () => Infinity))
  for (const [last, name] of names.entries()) (reached[1 << last] ?? [])[last] = map.between(from, name)
  const between = names.map((a) => names.map((b) => map.between(a, b)))
  for (let set = 1; set < 1 << n; set += 1) {
    for (let last = 0; last < n; last += 1) {
      const length = reached[set]?.[last] ?? Infinity
      if (length === Infinity) continue
      for (let next = 0; next < n; next += 1) {
        if ((set & (1 << next)) !== 0) continue
        const row = reached[set | (1 << next)] ?? []
        row[next] = Math.min(row[next] ?? Infinity, length + (between[last]?.[next] ?? Infinity))
      }
    }
  }
  const all = reached[(1 << n) - 1] ?? []
  return Math.min(...all.map((length, last) => length + map.between(names[last] ?? '', to))) + access
}

/**
 * Length of a drawn walk, measured on its own: every piece must be a straight line that may be walked in its direction.
 * Throws where the walk leaves the floor.
 */
export function walkLength(floor: Floor, path: readonly WalkPoint[]): number {
  const places = path.flatMap(({ aisle, cross, offset, stop }): Stop[] =>
    offset > 0 || stop !== null ? [{ aisle, block: cross, offset }] : [],
  )
  const map = surveyFloor(floor, places)
  const nameOf = ({ aisle, cross, offset, stop }: WalkPoint) =>
    offset > 0 || stop !== null ? placeName(aisle, cross, offset) : crossingName(aisle, cross)
  let length = 0
  for (const [i, point] of path.entries()) {
    const before = path[i - 1]
    if (before === undefined) continue
    if (
      point.aisle !== before.aisle &&
      (point.cross !== before.cross || point.offset > 0 || before.offset > 0)
    )
      throw new Error(`a walk jumps from ${JSON.stringify(before)} to ${JSON.stringify(point)}`)
    length += map.between(nameOf(before), nameOf(point))
  }
  return length
}

export interface RandomFloor {
  readonly aisles: readonly [number, number]
  readonly blocks: readonly [number, number]
  readonly stops: readonly [number, number]
  /** Shares from 0 to 1. */
  readonly holes: number
  readonly oneWay: number
  readonly uneven: boolean
  readonly twoDepots: boolean
}

/** A small random floor with a list for it. */
export function randomCase(random: () => number, kind: RandomFloor) {
  const within = ([least, most]: readonly [number, number]) =>
    least + Math.floor(random() * (most - least + 1))
  const m = within(kind.aisles)
  const blocks = within(kind.blocks)
  const even = { across: within([0, 6]), along: Array.from({ length: blocks }, () => within([1, 8])) }
  const passage = (length: number): Passage => {
    if (random() < kind.holes) return null
    const direction = random() >= kind.oneWay ? 'both' : random() < 0.5 ? 'forward' : 'backward'
    return { length: kind.uneven ? within([1, 8]) : length, direction }
  }
  const floor: Floor = {
    aisles: Array.from({ length: m }, () => even.along.map((length) => passage(length))),
    crossAisles: Array.from({ length: blocks + 1 }, () =>
      Array.from({ length: m - 1 }, () => passage(even.across)),
    ),
  }
  const crossing = () => ({ aisle: within([0, m - 1]), cross: within([0, blocks]), access: within([0, 2]) })
  const start = crossing()
  const depots: Depots = { start, drop: kind.twoDepots ? crossing() : start }
  const open = floor.aisles.flatMap((passages, aisle) =>
    passages.flatMap((passage, block) =>
      passage === null ? [] : [{ aisle, block, length: passage.length }],
    ),
  )
  const stops = Array.from({ length: open.length === 0 ? 0 : within(kind.stops) }, (): Stop => {
    const { aisle, block, length } = open[Math.floor(random() * open.length)] ?? {
      aisle: 0,
      block: 0,
      length: 0,
    }
    return { aisle, block, offset: within([0, length]) }
  })
  return { floor, depots, stops }
}
