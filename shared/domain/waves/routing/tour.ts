import { crossingNumber, measureDistances, type Distances, type Place } from './distances.ts'
import type { Depots, Floor, Stop } from './floor.ts'
import { option } from './frontier.ts'
import { improveTour, type Matrix } from './improve-tour.ts'
import type { Choice, Search } from './sweep.ts'

/** Beyond this only the stops of a passage that matter most are toured: its ends and its largest gap. */
const mostPlaces = 300
/** `most` of the choices: no tour passes a passage as often. */
const mostPasses = 1 << 20

/**
 * Short walks on floors whose frontier is too wide for the sweep: a tour over the stops by shortest ways. What it does
 * with each passage is then taken once more as a whole, which can only make it shorter.
 */
export function createTours(floor: Floor, depots: Depots): Search {
  const distances = measureDistances(floor)
  const most = isBothWays(floor) ? 0 : mostPasses
  const find = (stops: readonly Stop[]): Settled | null => {
    if (!stops.every((stop) => isOnPassage(floor, stop))) return null
    const places = [depots.start, ...choosePlaces(stops), depots.drop]
    const tour = improveTour(measureMatrix(distances, places))
    const legs = [...tour].slice(1).flatMap((to, i): [Place, Place][] => {
      const [a, b] = [places[tour[i] ?? 0], places[to]]
      return a === undefined || b === undefined ? [] : [[a, b]]
    })
    if (legs.some(([a, b]) => distances.between(a, b) === Infinity)) return null
    return settlePassages(floor, stops, countPasses(floor, distances, legs), most === 0)
  }
  return {
    measure: (stops) => find(stops)?.length ?? Infinity,
    trace: (stops) => find(stops)?.choices ?? null,
    byAisle: true,
    most,
    isExact: () => false,
    effort: 20_000_000,
  }
}

function isOnPassage(floor: Floor, { aisle, block, offset }: Stop): boolean {
  const passage = floor.aisles[aisle]?.[block] ?? null
  return passage !== null && offset >= 0 && offset <= passage.length
}

interface Settled {
  readonly length: number
  readonly choices: readonly Choice[]
}

const isBothWays = (floor: Floor): boolean =>
  [...floor.aisles.flat(), ...floor.crossAisles.flat()].every(
    (passage) => passage === null || passage.direction === 'both',
  )

/** Each place once; of very many only those that decide how their passage is walked. */
function choosePlaces(stops: readonly Stop[]): Stop[] {
  const passages = new Map<string, Map<number, Stop>>()
  for (const stop of stops) {
    const key = `${stop.aisle} ${stop.block}`
    const passage = passages.get(key) ?? new Map<number, Stop>()
    passages.set(key, passage.set(stop.offset, stop))
  }
  const sorted = [...passages.values()].map((passage) =>
    [...passage.values()].sort((a, b) => a.offset - b.offset),
  )
  const count = sorted.reduce((sum, passage) => sum + passage.length, 0)
  return count <= mostPlaces ? sorted.flat() : sorted.flatMap(keepDeciding)
}

function keepDeciding(passage: readonly Stop[]): readonly Stop[] {
  if (passage.length <= 4) return passage
  let gap = 1
  for (let i = 1; i < passage.length; i += 1) if (gapBefore(passage, i) > gapBefore(passage, gap)) gap = i
  return [...new Set([passage[0], passage[gap - 1], passage[gap], passage.at(-1)])].filter(
    (stop) => stop !== undefined,
  )
}

const gapBefore = (passage: readonly Stop[], i: number): number =>
  (passage[i]?.offset ?? 0) - (passage[i - 1]?.offset ?? 0)

function measureMatrix(distances: Distances, places: readonly Place[]): Matrix {
  const size = places.length
  const lengths = new Float64Array(size * size)
  let sum = 1
  for (const [i, from] of places.entries()) {
    for (const [j, to] of places.entries()) {
      const length = distances.between(from, to)
      lengths[i * size + j] = length
      if (length < Infinity) sum += length
    }
  }
  // Where there is no way, one that no tour would take if there were any other.
  for (let i = 0; i < lengths.length; i += 1) if (lengths[i] === Infinity) lengths[i] = sum
  return { size, lengths }
}

/** How a tour uses the passages: times it passes forward and backward, and from which ends it only looks in. */
interface Use {
  readonly choice: Pick<Choice, 'line' | 'toLine' | 'at'>
  forward: number
  backward: number
  fromA: boolean
  fromB: boolean
}

function countPasses(
  floor: Floor,
  distances: Distances,
  legs: readonly (readonly [Place, Place])[],
): ReadonlyMap<string, Use> {
  const crosses = floor.crossAisles.length
  const uses = new Map<string, Use>()
  const useOf = (line: number, toLine: number, at: number): Use => {
    const key = `${line} ${toLine} ${at}`
    const use = uses.get(key) ?? {
      choice: { line, toLine, at },
      forward: 0,
      backward: 0,
      fromA: false,
      fromB: false,
    }
    uses.set(key, use)
    return use
  }
  const pass = (from: number, to: number) => {
    const lower = Math.min(from, to)
    const aisle = Math.floor(lower / crosses)
    const toAisle = Math.floor(Math.max(from, to) / crosses)
    const use = useOf(aisle, toAisle, lower % crosses)
    if (from < to) use.forward += 1
    else use.backward += 1
  }
  /** The crossing by which the passage was entered that the tour is in. */
  let entered = 0
  for (const [from, to] of legs) {
    const { crossings } = distances.wayBetween(from, to)
    const [out] = crossings
    if (out === undefined) continue
    if ('block' in from) {
      const lower = crossingNumber(floor, { aisle: from.aisle, cross: from.block })
      if (entered !== out) pass(entered, out)
      else if (out === lower) useOf(from.aisle, from.aisle, from.block).fromA = true
      else useOf(from.aisle, from.aisle, from.block).fromB = true
    }
    for (const [i, crossing] of crossings.entries()) if (i > 0) pass(crossings[i - 1] ?? 0, crossing)
    entered = crossings.at(-1) ?? 0
  }
  return uses
}

/** For each used passage the cheapest choice that keeps the walk a whole and sees all its stops. */
function settlePassages(
  floor: Floor,
  stops: readonly Stop[],
  uses: ReadonlyMap<string, Use>,
  bothWays: boolean,
): Settled {
  let total = 0
  const choices: Choice[] = []
  for (const { choice, forward, backward, fromA, fromB } of uses.values()) {
    const { line, toLine, at } = choice
    const passage = line === toLine ? floor.aisles[line]?.[at] : floor.crossAisles[at]?.[line]
    const length = passage?.length ?? 0
    const take = (chosen: number, cost: number) => {
      choices.push({ ...choice, option: chosen })
      total += cost
    }
    if (bothWays && forward + backward > 0) {
      const isOdd = (forward + backward) % 2 === 1
      take(isOdd ? option.pass : option.both, isOdd ? length : 2 * length)
    } else if (forward > 0 && forward === backward) take(option.both, 2 * length)
    else if (forward > backward) take(option.pass + forward - backward - 1, (forward - backward) * length)
    else if (backward > forward)
      take(option.pass + mostPasses + backward - forward - 1, (backward - forward) * length)
    else {
      const offsets = stops
        .filter(({ aisle, block }) => line === toLine && aisle === line && block === at)
        .map(({ offset }) => offset)
        .sort((a, b) => a - b)
      const gap = Math.max(0, ...offsets.slice(1).map((offset, i) => offset - (offsets[i] ?? 0)))
      const looks: [number, number][] = []
      if (fromA) looks.push([option.fromA, 2 * (offsets.at(-1) ?? 0)])
      if (fromB) looks.push([option.fromB, 2 * (length - (offsets[0] ?? 0))])
      if (fromA && fromB && offsets.length > 1) looks.push([option.fromEnds, 2 * (length - gap)])
      const [cheapest] = looks.sort(([, a], [, b]) => a - b)
      if (cheapest !== undefined) take(...cheapest)
    }
  }
  return { length: total, choices }
}
