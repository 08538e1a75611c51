import { isSameCrossing, type Depot, type Depots, type Floor, type Stop } from './floor.ts'
import { frontierOf, option, type Frontier, type Step } from './frontier.ts'
import { createGatherer } from './gather-stops.ts'
import { layGrid } from './grid.ts'

/** What a walk does with one passage. */
export interface Choice {
  /** Between crossings of one line (`line`, `at`) and (`line`, `at + 1`), or of two lines (`line`, `at`) and (`toLine`, `at`). */
  readonly line: number
  readonly toLine: number
  readonly at: number
  /** See `option`. */
  readonly option: number
}

/** A way to find short walks over one floor. */
export interface Search {
  /** Length of the walk without the access of the depots; Infinity where there is none. */
  readonly measure: (stops: readonly Stop[]) => number
  /** What the walk does with the passages that it uses; null where there is none. */
  readonly trace: (stops: readonly Stop[]) => readonly Choice[] | null
  readonly byAisle: boolean
  /** Most passes of a passage in one direction; 0 where directions are not told apart. */
  readonly most: number
  /** Whether the walk over so many stops is proven to be a shortest one. */
  readonly isExact: (stops: number) => boolean
  /** About how many steps a `measure` takes, for those who share out their time: hundreds of millions of them are a second. */
  readonly effort: number
}

/**
 * Most passes of a one-way passage that are considered, by the width of the frontier: as far as the states stay few.
 * A walk for n stops needs no more than n + 1; on real floors two or three are enough for any number.
 */
const mostPasses = { closed: [16, 16, 16, 8, 4, 3], open: [16, 16, 16, 6, 3] } as const
/** Widest frontiers where all passages lead both ways. */
const widest = { closed: 6, open: 5 } as const

interface Traced {
  readonly step: Step
  readonly line: number
  readonly toLine: number
  readonly at: number
}

/** The dynamic program over a floor; null where its states would be too many. */
export function createSweep(floor: Floor, { start, drop }: Depots): Search | null {
  const grid = layGrid(floor)
  const { lines, width, within, advance, byAisle } = grid
  const open = !isSameCrossing(start, drop)
  const kind = open ? 'open' : 'closed'
  const most = grid.bothWays ? 0 : (mostPasses[kind][width] ?? 0)
  if (grid.bothWays ? width > widest[kind] : most === 0) return null

  const frontier: Frontier = frontierOf(width, most, open)
  const { states, complete } = frontier
  const { gathered, gather } = createGatherer(floor)
  const blocks = floor.crossAisles.length - 1
  const lineOf = (depot: Depot) => (byAisle ? depot.aisle : depot.cross)
  const positionOf = (depot: Depot) => (byAisle ? depot.cross : depot.aisle)
  const startLine = lineOf(start)
  const dropLine = lineOf(drop)

  let costs = new Float64Array(states)
  let next = new Float64Array(states)
  const weights = new Float64Array(frontier.options)
  /** For each line the number of the last list that has something to do on it. */
  const needed = new Int32Array(lines)
  let list = 0
  const ahead = new Float64Array(width)
  const astern = new Float64Array(width)
  let bestState = 0
  let bestStep = 0
  /** While a walk is traced: the steps, and for each step and state the transition that led there. */
  let traced: Traced[] | null = null
  let transitions = new Int32Array(0)

  function relax(step: Step, line: number, toLine: number, at: number): void {
    const { first, from, to } = step
    let base = -1
    if (traced !== null) {
      base = traced.length * states
      traced.push({ step, line, toLine, at })
      if (transitions.length < base + states) {
        const grown = new Int32Array(2 * (base + states))
        grown.set(transitions)
        transitions = grown
      }
    }
    for (let state = 0; state < states; state += 1) next[state] = Infinity
    for (let chosen = 0; chosen < first.length - 1; chosen += 1) {
      const weight = weights[chosen] ?? 0
      if (weight === Infinity) continue
      const end = first[chosen + 1] ?? 0
      for (let t = first[chosen] ?? 0; t < end; t += 1) {
        const cost = (costs[from[t] ?? 0] ?? 0) + weight
        const state = to[t] ?? 0
        if (cost < (next[state] ?? 0)) {
          next[state] = cost
          if (base >= 0) transitions[base + state] = t
        }
      }
    }
    const relaxed = next
    next = costs
    costs = relaxed
  }

  /** Weights of a passage that is `forward` long towards B, `backward` towards A, with its stops. */
  function weigh(forward: number, backward: number, passage: number): void {
    const first = passage < 0 ? 0 : (gathered.from[passage] ?? 0)
    const end = passage < 0 ? 0 : (gathered.to[passage] ?? 0)
    weights[option.both] = forward + backward
    if (most === 0) weights[option.pass] = forward
    else {
      for (let n = 1; n <= most; n += 1) {
        weights[option.pass + n - 1] = n * forward
        weights[option.pass + most + n - 1] = n * backward
      }
    }
    if (end === first) {
      weights[option.none] = 0
      weights[option.fromA] = weights[option.fromB] = weights[option.fromEnds] = Infinity
      return
    }
    const { offsets } = gathered
    const length = forward === Infinity ? backward : forward
    let gap = 0
    for (let i = first + 1; i < end; i += 1) {
      const wide = (offsets[i] ?? 0) - (offsets[i - 1] ?? 0)
      if (wide > gap) gap = wide
    }
    const isOneWay = forward !== backward
    weights[option.none] = Infinity
    weights[option.fromA] = thereAndBack(offsets[end - 1] ?? 0, isOneWay)
    weights[option.fromB] = thereAndBack(length - (offsets[first] ?? 0), isOneWay)
    weights[option.fromEnds] = end - first === 1 ? Infinity : thereAndBack(length - gap, isOneWay)
  }

  /** Runs over the lines that matter and returns the cost of the best complete state. */
  function run(stops: readonly Stop[]): number {
    if (!gather(stops)) return Infinity
    list += 1
    let firstLine = Math.min(startLine, dropLine)
    let lastLine = Math.max(startLine, dropLine)
    needed[startLine] = needed[dropLine] = list
    for (let i = 0; i < gathered.count; i += 1) {
      const passage = gathered.passages[i] ?? 0
      const line = byAisle ? Math.floor(passage / blocks) : passage % blocks
      const end = byAisle ? line : line + 1
      needed[line] = needed[end] = list
      if (line < firstLine) firstLine = line
      if (end > lastLine) lastLine = end
    }
    let line = firstLine
    while (grid.detourBefore[line] === 1) line -= 1
    let sweepEnd = lastLine
    while (grid.detourAfter[sweepEnd] === 1) sweepEnd += 1

    costs.fill(Infinity)
    costs[0] = 0
    let best = Infinity
    for (;;) {
      settleDepots(line)
      for (let p = 0; p < width - 1; p += 1) {
        const at = line * (width - 1) + p
        const forward = within.forward[at] ?? 0
        const backward = within.backward[at] ?? 0
        const passage = byAisle ? at : -1
        if (forward === Infinity && backward === Infinity) continue
        weigh(forward, backward, passage)
        const step = frontier.within[p]
        if (step !== undefined) relax(step, line, line, p)
      }
      if (line >= lastLine) best = finish(best)
      if (line >= sweepEnd) return best
      line = moveOn(line, sweepEnd)
    }
  }

  function settleDepots(line: number): void {
    if (line !== startLine && line !== dropLine) return
    weights[0] = 0
    if (!open) {
      const step = frontier.touch[positionOf(start)]
      if (step !== undefined) relax(step, line, line, -1)
      return
    }
    const leave = line === startLine ? frontier.start[positionOf(start)] : undefined
    if (leave !== undefined) relax(leave, line, line, -1)
    const arrive = line === dropLine ? frontier.drop[positionOf(drop)] : undefined
    if (arrive !== undefined) relax(arrive, line, line, -1)
  }

  function finish(best: number): number {
    let found = best
    for (let i = 0; i < complete.length; i += 1) {
      const state = complete[i] ?? 0
      const cost = costs[state] ?? 0
      if (cost < found) {
        found = cost
        bestState = state
        bestStep = traced?.length ?? 0
      }
    }
    return found
  }

  /** Advances to the next line that matters, over those that can be skipped, and returns it. */
  function moveOn(line: number, sweepEnd: number): number {
    ahead.fill(0)
    astern.fill(0)
    let toLine = line
    do {
      for (let p = 0; p < width; p += 1) {
        ahead[p] = (ahead[p] ?? 0) + (advance.forward[toLine * width + p] ?? 0)
        astern[p] = (astern[p] ?? 0) + (advance.backward[toLine * width + p] ?? 0)
      }
      toLine += 1
    } while (toLine < sweepEnd && grid.skippable[toLine] === 1 && needed[toLine] !== list)
    for (let p = 0; p < width; p += 1) {
      weigh(ahead[p] ?? 0, astern[p] ?? 0, byAisle ? -1 : p * blocks + line)
      const step = frontier.advance[p]
      if (step !== undefined) relax(step, line, toLine, p)
    }
    return toLine
  }

  function trace(stops: readonly Stop[]): readonly Choice[] | null {
    const steps: Traced[] = []
    traced = steps
    const length = run(stops)
    traced = null
    if (length === Infinity) return null
    const choices: Choice[] = []
    let state = bestState
    for (let i = bestStep - 1; i >= 0; i -= 1) {
      const { step, line, toLine, at } = steps[i] ?? { step: null, line: 0, toLine: 0, at: 0 }
      if (step === null) break
      const transition = transitions[i * states + state] ?? 0
      state = step.from[transition] ?? 0
      const chosen = step.first.findIndex(
        (first, o) => first <= transition && transition < (step.first[o + 1] ?? 0),
      )
      if (at >= 0 && chosen !== option.none) choices.push({ line, toLine, at, option: chosen })
    }
    return choices.toReversed()
  }

  const perLine = [...frontier.within, ...frontier.advance].reduce((sum, { from }) => sum + from.length, 0)
  return {
    measure: run,
    trace,
    byAisle,
    most,
    isExact: (stops) => most === 0 || stops < most,
    effort: lines * perLine,
  }
}

/** In a one-way passage nobody turns back: only what lies at its very end is reached from there. */
const thereAndBack = (depth: number, isOneWay: boolean): number =>
  isOneWay && depth > 0 ? Infinity : 2 * depth
