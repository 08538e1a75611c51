import { type Depots, type Floor, isSameCrossing, type Stop } from '#shared/domain/waves/routing/floor.ts'
import type { RouteCost } from './route-cost.ts'

/** A floor of aisles of one length between two cross aisles, all of them both ways. */
export interface OneBlock {
  /** Where each aisle is along the cross aisles. */
  readonly xs: readonly number[]
  readonly length: number
  /** The start and the drop: by which aisle, and at which cross aisle. */
  readonly depot: { readonly aisle: number; readonly cross: number }
  /** What every walk has besides: to the bench and from it. */
  readonly access: number
}

/** The floor as one block, or null where it is none. */
export function asOneBlock(floor: Floor, { start, drop }: Depots): OneBlock | null {
  const [front = [], back = [], ...others] = floor.crossAisles
  const passages = [...floor.aisles.flat(), ...front, ...back]
  const length = floor.aisles[0]?.[0]?.length
  if (length === undefined || others.length > 0 || !isSameCrossing(start, drop)) return null
  if (passages.some((passage) => passage?.direction !== 'both')) return null
  if (floor.aisles.some((aisle) => aisle[0]?.length !== length)) return null
  // Two aisles on one spot would be taken for one.
  if (front.some((passage, index) => passage?.length !== back[index]?.length || passage?.length === 0))
    return null
  const xs = [0]
  for (const passage of front) xs.push((xs.at(-1) ?? 0) + (passage?.length ?? 0))
  return { xs, length, depot: start, access: start.access + drop.access }
}

const bitsAWord = 32

/**
 * Shortest routes in one block, by Ratliff & Rosenthal (1983): aisle after aisle, the cheapest partial tour of each
 * kind. Made for a search that asks a million times a second: the stops of a unit are bits, one for each place that
 * any unit stops at, so that a batch is the OR of its units and its gaps are read off the bits.
 * Walking an aisle twice is left out, because it is never needed in one block (Revenant, Cambazard & Catusse 2024);
 * an aisle without stops is passed by for the same reason.
 */
export function oneBlockRoutes(floor: OneBlock, units: readonly { stops: readonly Stop[] }[]): RouteCost {
  const { length, depot, access } = floor
  const columns = columnsOf(floor, units)
  const columnCount = columns.length
  const wordStart = new Int32Array(columnCount + 1)
  const widths = new Float64Array(columnCount)
  const places = new Float64Array(columns.reduce((sum, { ys }) => sum + wordsFor(ys) * bitsAWord, 0))
  for (const [index, { x, ys }] of columns.entries()) {
    const start = wordStart[index] ?? 0
    wordStart[index + 1] = start + wordsFor(ys)
    widths[index] = index === 0 ? 0 : x - (columns[index - 1]?.x ?? 0)
    places.set(ys, start * bitsAWord)
  }
  const wordCount = wordStart[columnCount] ?? 0
  /** The word of a place, and its bit in it. */
  const bitOf = (x: number, y: number): readonly [number, number] => {
    const column = columns.findIndex((one) => one.x === x)
    const place = columns[column]?.ys.indexOf(y) ?? 0
    return [(wordStart[column] ?? 0) + Math.floor(place / bitsAWord), 1 << (place % bitsAWord)]
  }
  // Only the words that a unit has bits in: most units stop in few aisles.
  const pairsOf = units.map(({ stops }) => {
    const words = new Map<number, number>()
    for (const stop of stops) {
      const [word, bit] = bitOf(floor.xs[stop.aisle] ?? 0, fromDepotSide(floor, stop))
      words.set(word, (words.get(word) ?? 0) | bit)
    }
    return [...words]
  })
  const pairStart = new Int32Array(units.length + 1)
  for (const [unit, pairs] of pairsOf.entries()) pairStart[unit + 1] = (pairStart[unit] ?? 0) + pairs.length
  const pairWord = Int32Array.from(pairsOf.flatMap((pairs) => pairs.map(([word]) => word)))
  const pairBits = Int32Array.from(pairsOf.flatMap((pairs) => pairs.map(([, bits]) => bits)))
  // The depot is a stop of every batch; its side of the block is the front here.
  const [depotWord, depotBit] = bitOf(floor.xs[depot.aisle] ?? 0, 0)
  const batch = new Int32Array(wordCount)

  return {
    metres(members, count) {
      batch.fill(0)
      batch[depotWord] = depotBit
      for (let member = 0; member < count; member += 1) {
        const unit = members[member] ?? 0
        const end = pairStart[unit + 1] ?? 0
        for (let pair = pairStart[unit] ?? 0; pair < end; pair += 1) {
          const word = pairWord[pair] ?? 0
          batch[word] = (batch[word] ?? 0) | (pairBits[pair] ?? 0)
        }
      }
      let isBegun = false
      let ahead = 0
      // The cheapest partial tour whose degrees at the front and the back end of this aisle are: odd and odd; even at
      // the front only; at the back only; at both and connected; at both in two pieces.
      let odd = Infinity
      let front = Infinity
      let back = Infinity
      let both = Infinity
      let apart = Infinity
      for (let column = 0; column < columnCount; column += 1) {
        ahead += widths[column] ?? 0
        const end = wordStart[column + 1] ?? 0
        let nearest = -1
        let last = 0
        let gap = 0
        for (let word = wordStart[column] ?? 0; word < end; word += 1) {
          let bits = batch[word] ?? 0
          const base = word << 5
          while (bits !== 0) {
            const y = places[base + 31 - Math.clz32(bits & -bits)] ?? 0
            bits &= bits - 1
            if (y - last > gap) gap = y - last
            if (nearest < 0) nearest = y
            last = y
          }
        }
        if (nearest < 0) continue
        if (length - last > gap) gap = length - last
        const fromFront = 2 * last
        const fromBack = 2 * (length - nearest)
        const aroundGap = 2 * (length - gap)
        const cheapest = Math.min(fromFront, fromBack, aroundGap)
        if (!isBegun) {
          isBegun = true
          odd = length
          front = fromFront
          back = fromBack
          apart = aroundGap
        } else {
          const across = 2 * ahead
          const frontSoFar = Math.min(front, both) + across
          const backSoFar = Math.min(back, both) + across
          const bothSoFar = both + 2 * across
          const apartSoFar = apart + 2 * across
          const oddSoFar = odd + across
          odd = Math.min(oddSoFar + cheapest, Math.min(frontSoFar, backSoFar, bothSoFar, apartSoFar) + length)
          both = Math.min(bothSoFar + cheapest, oddSoFar + length)
          front = frontSoFar + fromFront
          back = backSoFar + fromBack
          apart = Math.min(
            apartSoFar + cheapest,
            frontSoFar + Math.min(fromBack, aroundGap),
            backSoFar + Math.min(fromFront, aroundGap),
          )
        }
        ahead = 0
      }
      return Math.min(front, back, both) + access
    },
  }
}

const wordsFor = (ys: readonly number[]) => Math.ceil(ys.length / bitsAWord)

const fromDepotSide = ({ length, depot }: OneBlock, { offset }: Stop) =>
  depot.cross === 0 ? offset : length - offset

/** The aisles that anybody stops in and the depot's place, from left to right, with the places in each. */
function columnsOf(floor: OneBlock, units: readonly { stops: readonly Stop[] }[]) {
  const places = new Map<number, Set<number>>([[floor.xs[floor.depot.aisle] ?? 0, new Set([0])]])
  for (const { stops } of units) {
    for (const stop of stops) {
      const x = floor.xs[stop.aisle] ?? 0
      const ys = places.get(x) ?? new Set()
      places.set(x, ys.add(fromDepotSide(floor, stop)))
    }
  }
  return [...places].map(([x, ys]) => ({ x, ys: [...ys].sort((a, b) => a - b) })).sort((a, b) => a.x - b.x)
}
