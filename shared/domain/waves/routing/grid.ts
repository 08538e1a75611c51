import type { Floor, Passage } from './floor.ts'

/**
 * The floor as the sweep sees it: `lines` one after the other, each with `width` crossings. A line is an aisle, or a
 * cross aisle where that makes the narrower frontier. `Infinity` is a direction that nobody can walk.
 */
export interface Grid {
  readonly lines: number
  readonly width: number
  /** Whether a line is an aisle. */
  readonly byAisle: boolean
  /** Whether every passage leads both ways, so that directions need not be told apart. */
  readonly bothWays: boolean
  /** Passage p of line l, at `l * (width - 1) + p`. */
  readonly within: Lengths
  /** Between crossing p of line l and that of line l + 1, at `l * width + p`. */
  readonly advance: Lengths
  /** 1 where a line with nothing to do on it, between two that have, can be left out of the sweep. */
  readonly skippable: Uint8Array
  /** 1 where a walk could become shorter by a detour over the lines after (before) this one. */
  readonly detourAfter: Uint8Array
  readonly detourBefore: Uint8Array
}

export interface Lengths {
  readonly forward: Float64Array
  readonly backward: Float64Array
}

export function layGrid(floor: Floor): Grid {
  const aisles = floor.aisles.length
  const crosses = floor.crossAisles.length
  const byAisle = crosses <= aisles
  const lines = byAisle ? aisles : crosses
  const width = byAisle ? crosses : aisles
  const [along, across] = byAisle ? [floor.aisles, floor.crossAisles] : [floor.crossAisles, floor.aisles]
  const within = lengthsOf(along.flat())
  // `across` is read column by column: first all passages from line 0 to line 1.
  const advance = lengthsOf(
    Array.from(
      { length: (lines - 1) * width },
      (_, at) => across[at % width]?.[Math.floor(at / width)] ?? null,
    ),
  )
  const all = [...floor.aisles.flat(), ...floor.crossAisles.flat()]
  const grid = {
    lines,
    width,
    byAisle,
    bothWays: all.every((passage) => passage === null || passage.direction === 'both'),
    within,
    advance,
  }
  return {
    ...grid,
    skippable: Uint8Array.from({ length: lines }, (_, line) => (isSkippable(grid, line) ? 1 : 0)),
    detourAfter: findDetours(grid, 1),
    detourBefore: findDetours(grid, -1),
  }
}

function lengthsOf(passages: readonly Passage[]): Lengths {
  const open = (passage: Passage, closed: string) =>
    passage === null || passage.direction === closed ? Infinity : passage.length
  return {
    forward: Float64Array.from(passages, (passage) => open(passage, 'backward')),
    backward: Float64Array.from(passages, (passage) => open(passage, 'forward')),
  }
}

type Ways = Pick<Grid, 'lines' | 'width' | 'within' | 'advance'>

/**
 * A walk that comes onto an idle line and leaves it at another crossing can do that on the next line as well if this
 * is as short there, and if all ways to the next line are equal. Then the idle line need not be looked at.
 */
function isSkippable(grid: Ways, line: number): boolean {
  const { lines, width, within, advance } = grid
  if (line === 0 || line === lines - 1) return false
  const onward = advance.forward[line * width] ?? 0
  for (let p = 0; p < width; p += 1) {
    for (const at of [(line - 1) * width + p, line * width + p]) {
      if (advance.forward[at] === Infinity || advance.backward[at] === Infinity) return false
    }
    if (advance.forward[line * width + p] !== onward || advance.backward[line * width + p] !== onward)
      return false
  }
  for (let p = 0; p < width - 1; p += 1) {
    for (const neighbour of [line - 1, line + 1]) {
      for (const lengths of [within.forward, within.backward]) {
        const there = lengths[neighbour * (width - 1) + p] ?? 0
        if (there > (lengths[line * (width - 1) + p] ?? 0)) return false
      }
    }
  }
  return true
}

/** Which lines have two crossings that are nearer to each other beyond the line than along it. */
function findDetours(grid: Ways, direction: 1 | -1): Uint8Array {
  const { lines, width, within, advance } = grid
  const detours = new Uint8Array(lines)
  let beyond = table(width, () => Infinity)
  for (let step = 0; step < lines; step += 1) {
    const line = direction === 1 ? lines - 1 - step : step
    const along = shortest(
      table(width, (i, j) => {
        const at = line * (width - 1) + Math.min(i, j)
        if (Math.abs(i - j) !== 1) return i === j ? 0 : Infinity
        return (j > i ? within.forward[at] : within.backward[at]) ?? Infinity
      }),
    )
    if (beyond.some((row, i) => row.some((length, j) => i !== j && length < (along[i]?.[j] ?? 0))))
      detours[line] = 1
    const reached = shortest(
      table(width, (i, j) => Math.min(along[i]?.[j] ?? Infinity, beyond[i]?.[j] ?? Infinity)),
    )
    const edge = (direction === 1 ? line - 1 : line) * width
    const [out, back] =
      direction === 1 ? [advance.forward, advance.backward] : [advance.backward, advance.forward]
    beyond = table(
      width,
      (i, j) => (out[edge + i] ?? Infinity) + (reached[i]?.[j] ?? Infinity) + (back[edge + j] ?? Infinity),
    )
  }
  return detours
}

const table = (size: number, value: (i: number, j: number) => number): number[][] =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => value(i, j)))

/** All shortest paths (Floyd & Warshall). */
function shortest(lengths: number[][]): number[][] {
  for (const [via, onward] of lengths.entries()) {
    for (const row of lengths) {
      const toVia = row[via] ?? Infinity
      for (const [to, length] of onward.entries()) {
        if (toVia + length < (row[to] ?? Infinity)) row[to] = toVia + length
      }
    }
  }
  return lengths
}
