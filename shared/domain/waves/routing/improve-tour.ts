import { createSeeded } from '#shared/support/seeded.ts'

/** Lengths from each of `size` places to each: `lengths[from * size + to]`, all finite. */
export interface Matrix {
  readonly size: number
  readonly lengths: Float64Array
}

/** Longest part of a tour that is moved as a whole. */
const longestMoved = 5
/** How far apart the cuts of a kick lie. */
const kickWindow = 30

/**
 * A short way from place 0 over all others to the last one: nearest neighbour, then parts of the tour turned round or
 * moved while that helps, then small random changes of which those that do not make it longer are kept (iterated local
 * search). Ways may differ in the two directions. The same matrix gives the same tour.
 */
export function improveTour(matrix: Matrix): Int32Array {
  const { size, lengths } = matrix
  let tour = nearestNeighbours(matrix)
  if (size < 4) return tour
  const places = new Int32Array(size)
  /** Way along the tour up to each position, and way back from it. */
  const ahead = new Float64Array(size)
  const back = new Float64Array(size)
  const way = (from: number, to: number): number => lengths[from * size + to] ?? 0
  const at = (position: number): number => tour[position] ?? 0

  function measure(): void {
    for (let i = 0; i < size; i += 1) {
      places[at(i)] = i
      if (i === 0) continue
      ahead[i] = (ahead[i - 1] ?? 0) + way(at(i - 1), at(i))
      back[i] = (back[i - 1] ?? 0) + way(at(i), at(i - 1))
    }
  }
  const turnCost = (first: number, last: number): number =>
    (back[last] ?? 0) - (back[first] ?? 0) - (ahead[last] ?? 0) + (ahead[first] ?? 0)

  /** Turns the best part round that begins or ends at this position. */
  function turnAt(position: number): boolean {
    let best = -1e-9
    let from = 0
    let to = 0
    for (let other = 1; other < size - 1; other += 1) {
      if (other === position) continue
      const first = Math.min(position, other)
      const last = Math.max(position, other)
      const change =
        way(at(first - 1), at(last)) +
        way(at(first), at(last + 1)) -
        way(at(first - 1), at(first)) -
        way(at(last), at(last + 1)) +
        turnCost(first, last)
      if (change < best) {
        best = change
        from = first
        to = last
      }
    }
    if (to === 0) return false
    touched.push(at(from - 1), at(from), at(to), at(to + 1))
    tour.subarray(from, to + 1).reverse()
    measure()
    return true
  }

  /** Moves the best short part that begins at this position to where it fits best. */
  function moveFrom(first: number): boolean {
    let best = -1e-9
    let end = 0
    let target = 0
    let turned = false
    for (let last = first; last < Math.min(first + longestMoved, size - 1); last += 1) {
      const saved =
        way(at(first - 1), at(first)) + way(at(last), at(last + 1)) - way(at(first - 1), at(last + 1))
      if (saved <= 0) continue
      const turn = turnCost(first, last)
      for (let after = 0; after < size - 1; after += 1) {
        if (after >= first - 1 && after <= last) continue
        const [before, next] = [at(after), at(after + 1)]
        const open = -way(before, next) - saved
        const straight = way(before, at(first)) + way(at(last), next) + open
        const reversed = way(before, at(last)) + way(at(first), next) + turn + open
        if (Math.min(straight, reversed) >= best) continue
        best = Math.min(straight, reversed)
        turned = reversed < straight
        end = last
        target = after
      }
    }
    if (end === 0) return false
    touched.push(at(first - 1), at(first), at(end), at(end + 1), at(target), at(target + 1))
    const part = tour.slice(first, end + 1)
    if (turned) part.reverse()
    if (target < first) tour.copyWithin(target + 1 + part.length, target + 1, first)
    else tour.copyWithin(first, end + 1, target + 1)
    tour.set(part, target < first ? target + 1 : target + 1 - part.length)
    measure()
    return true
  }

  const touched: number[] = []
  function settle(): void {
    for (let place = touched.pop(); place !== undefined; place = touched.pop()) {
      const position = (): number => places[place ?? 0] ?? 0
      while (position() > 0 && position() < size - 1 && (moveFrom(position()) || turnAt(position())));
    }
  }

  const random = createSeeded(size)
  const draw = (count: number): number => Math.floor(random() * count)
  measure()
  touched.push(...tour)
  settle()
  let length = ahead[size - 1] ?? 0
  const kicks = size > 4 ? 300 + 10 * size : 0
  for (let kick = 0; kick < kicks; kick += 1) {
    const kept = tour.slice()
    // Two neighbouring parts change places.
    const window = Math.min(kickWindow, size - 2)
    const from = 1 + draw(size - 1 - window)
    const cuts = [from + draw(window), from + draw(window), from + draw(window)].sort((a, b) => a - b)
    const [a = 0, b = 0, c = 0] = cuts
    if (a === b || b === c) continue
    tour.set([...kept.subarray(b, c), ...kept.subarray(a, b)], a)
    touched.push(...[a - 1, a, b, c - 1, c].map(at))
    measure()
    settle()
    const reached = ahead[size - 1] ?? 0
    if (reached <= length) length = reached
    else {
      tour = kept
      measure()
    }
  }
  return tour
}

function nearestNeighbours({ size, lengths }: Matrix): Int32Array {
  const tour = Int32Array.from({ length: size }, (_, place) => place)
  for (let i = 1; i < size - 1; i += 1) {
    const from = (tour[i - 1] ?? 0) * size
    let nearest = i
    for (let j = i + 1; j < size - 1; j += 1) {
      if ((lengths[from + (tour[j] ?? 0)] ?? 0) < (lengths[from + (tour[nearest] ?? 0)] ?? 0)) nearest = j
    }
    const place = tour[nearest] ?? 0
    tour[nearest] = tour[i] ?? 0
    tour[i] = place
  }
  return tour
}
