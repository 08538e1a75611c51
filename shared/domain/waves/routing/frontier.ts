/**
 * The states and steps of the dynamic program that finds a shortest walk (after Ratliff & Rosenthal 1983, Roodbergen &
 * de Koster 2001 and Pansart et al. 2018, here for any number of cross aisles and for one-way passages).
 *
 * The floor is swept line by line. Behind the sweep lies a part of the walk, of which only its frontier matters: for
 * each of the `width` crossings of the current line, which of them are touched, which hang together behind the
 * frontier, and how many passes are still owed there so that the whole is a closed walk: an odd or even number where
 * one may walk both ways, else the surplus of departures over arrivals.
 */
export interface Frontier {
  /** How many states there are; 0 is the one in which nothing is touched. */
  readonly states: number
  /** States in which the walk behind the frontier is a whole. */
  readonly complete: Int32Array
  /** `within[p]`: the passage between crossings p and p + 1 of the line. */
  readonly within: readonly Step[]
  /** `advance[p]`: the passage from crossing p of the line to crossing p of the next line, which takes its place. */
  readonly advance: readonly Step[]
  /** `touch[p]`: the walk starts and ends at crossing p. */
  readonly touch: readonly Step[]
  /** `start[p]`, `drop[p]`: the walk starts or ends there, when these are two crossings. */
  readonly start: readonly Step[]
  readonly drop: readonly Step[]
  /** Length of the weights of a step. */
  readonly options: number
}

/** Transitions grouped by option: those of option o are `first[o]` up to `first[o + 1]`. */
export interface Step {
  readonly first: Int32Array
  readonly from: Int32Array
  readonly to: Int32Array
}

/** What a walk can do with one passage; the ends are called A (lower index) and B. */
export const option = {
  none: 0,
  /** Once in each direction. */
  both: 1,
  /** In from A and back to A, to the farthest stop. */
  fromA: 2,
  /** The same from B. */
  fromB: 3,
  /** In from both ends and back, leaving out the largest gap between stops. */
  fromEnds: 4,
  /** `pass + n - 1` is n times from A to B; in a directed frontier `pass + most + n - 1` is n times from B to A. */
  pass: 5,
} as const

/** Crossing p of a state: `[2 * p]` is its component, 0 when untouched; `[2 * p + 1]` is what it owes. */
type State = readonly number[]

/** Component of all crossings once the whole walk lies behind the frontier. */
const closed = -1

const built = new Map<string, Frontier>()

/**
 * `most` is 0 where every passage leads both ways. Otherwise it is the most passes of one passage in one direction
 * that are considered. `open` when the walk starts and ends at different crossings. Built once and kept.
 */
export function frontierOf(width: number, most: number, open: boolean): Frontier {
  const key = `${width} ${most} ${open}`
  const known = built.get(key)
  if (known !== undefined) return known
  const frontier = build(width, most, open)
  built.set(key, frontier)
  return frontier
}

type Move = (state: State) => State | null

function build(width: number, most: number, open: boolean): Frontier {
  const directed = most > 0
  const options = option.pass + (directed ? 2 * most : 1)
  const add = (value: number, more: number): number => (directed ? value + more : (value + more) & 1)

  /** The state after taking an option of the passage from crossing a to crossing b. */
  const take = (state: State, a: number, b: number, chosen: number): number[] | null => {
    const next = [...state]
    if (chosen === option.none) return next
    if (state[0] === closed) return null
    if (chosen !== option.fromB) touch(next, a)
    if (chosen !== option.fromA) touch(next, b)
    if (chosen === option.both || chosen >= option.pass) unite(next, a, b)
    const passes = passesOf(chosen, most)
    next[2 * a + 1] = add(next[2 * a + 1] ?? 0, passes)
    next[2 * b + 1] = add(next[2 * b + 1] ?? 0, -passes)
    return next
  }
  const within = (p: number, chosen: number): Move => {
    return (state) => settle(take(state, p, p + 1, chosen), most, open)
  }
  const advance = (p: number, chosen: number): Move => {
    return (state) => {
      const old = state[2 * p] ?? 0
      // A crossing that nothing else leads to is only a detour there and back.
      if (old === 0 && (chosen === option.both || chosen >= option.pass)) return null
      const next = take([...state, 0, 0], p, width, chosen)
      if (next === null || state[0] === closed) return next && state
      const [component = 0, owed = 0] = next.slice(2 * p, 2 * p + 2)
      next.splice(2 * p, 2, ...next.splice(2 * width, 2))
      const isLost = component !== 0 && !next.some((other, at) => at % 2 === 0 && other === component)
      if (owed !== 0) return null
      if (!isLost) return settle(next, most, open)
      return next.every((value) => value === 0) ? next.map((_, at) => (at % 2 === 0 ? closed : 0)) : null
    }
  }
  const depot = (p: number, owed: number): Move => {
    return (state) => {
      if (state[0] === closed) return null
      const next = [...state]
      touch(next, p)
      next[2 * p + 1] = add(next[2 * p + 1] ?? 0, owed)
      return settle(next, most, open)
    }
  }
  const positions = Array.from({ length: width }, (_, p) => p)
  const chosen = Array.from({ length: options }, (_, o) => o)
  const moves = {
    within: positions.slice(1).map((p) => chosen.map((o) => within(p - 1, o))),
    advance: positions.map((p) => chosen.map((o) => advance(p, o))),
    touch: open ? [] : positions.map((p) => [depot(p, 0)]),
    // As if one passage more led from the drop back to the start.
    start: open ? positions.map((p) => [depot(p, -1)]) : [],
    drop: open ? positions.map((p) => [depot(p, 1)]) : [],
  }

  const states: State[] = []
  const numbers = new Map<string, number>()
  const numberOf = (state: State): number => {
    const key = state.join(' ')
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, states.length)
    states.push(state)
    return states.length - 1
  }
  numberOf(Array.from({ length: 2 * width }, () => 0))
  const found = new Map<Move, { from: number[]; to: number[] }>()
  const all = Object.values(moves).flat(2)
  for (const move of all) found.set(move, { from: [], to: [] })
  // The list grows while it is walked: every state that a move leads to is taken up in turn.
  for (let from = 0; from < states.length; from += 1) {
    for (const [move, pairs] of found) {
      const next = move(states[from] ?? [])
      if (next === null) continue
      pairs.from.push(from)
      pairs.to.push(numberOf(next))
    }
  }
  const step = (group: readonly Move[]): Step => {
    const pairs = group.map((move) => found.get(move) ?? { from: [], to: [] })
    const first = [0]
    for (const { from } of pairs) first.push((first.at(-1) ?? 0) + from.length)
    return {
      first: Int32Array.from(first),
      from: Int32Array.from(pairs.flatMap(({ from }) => from)),
      to: Int32Array.from(pairs.flatMap(({ to }) => to)),
    }
  }
  return {
    states: states.length,
    complete: Int32Array.from(states.flatMap((state, number) => (isComplete(state) ? [number] : []))),
    within: moves.within.map(step),
    advance: moves.advance.map(step),
    touch: moves.touch.map(step),
    start: moves.start.map(step),
    drop: moves.drop.map(step),
    options,
  }
}

/** How often an option passes from A to B, less than 0 from B to A. */
export function passesOf(chosen: number, most: number): number {
  const n = chosen - option.pass + 1
  if (n <= 0) return 0
  return n <= Math.max(1, most) ? n : most - n
}

function touch(state: number[], p: number): void {
  if (state[2 * p] === 0) state[2 * p] = Math.max(...state.filter((_, at) => at % 2 === 0)) + 1
}

function unite(state: number[], a: number, b: number): void {
  const kept = state[2 * a] ?? 0
  const gone = state[2 * b]
  for (let at = 0; at < state.length; at += 2) if (state[at] === gone) state[at] = kept
}

/** The state with its components numbered in order of appearance; null if nothing can come of it. */
function settle(state: number[] | null, most: number, open: boolean): State | null {
  if (state === null || state[0] === closed) return state
  const renamed = new Map<number, number>([[0, 0]])
  const owed: number[] = []
  for (let at = 0; at < state.length; at += 2) {
    const component = state[at] ?? 0
    if (!renamed.has(component)) renamed.set(component, renamed.size)
    const name = renamed.get(component) ?? 0
    const value = state[at + 1] ?? 0
    if (most > 0 && Math.abs(value) > most) return null
    state[at] = name
    owed[name] = (owed[name] ?? 0) + value
  }
  if (open) {
    // Passages add as much as they take: what is left of a component is the start or the drop in it.
    const odd = owed.filter((sum) => (most > 0 ? sum !== 0 : sum % 2 !== 0))
    if (odd.length > 2) return null
    if (most > 0 && (odd.some((sum) => Math.abs(sum) > 1) || (odd.length === 2 && odd[0] === odd[1])))
      return null
  }
  return state
}

const isComplete = (state: State): boolean =>
  state.every((value, at) => (at % 2 === 0 ? value <= 1 : value === 0)) &&
  (state.includes(1) || state.includes(closed))
