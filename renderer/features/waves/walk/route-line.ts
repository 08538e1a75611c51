import type { Spot } from '#renderer/features/waves/floor/floor-view.ts'

/**
 * The walk, drawn a little to the right of where it goes: an aisle that is walked up and down again shows two lines,
 * and which is which can be told.
 */
export function beside(path: readonly Spot[], by: number): Spot[] {
  const corners = path.filter((spot, at) => {
    const before = path[at - 1]
    return before === undefined || before.x !== spot.x || before.y !== spot.y
  })
  const shifted = corners.slice(1).map((to, at) => {
    const from = corners[at] ?? to
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
    const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length }
    // Right of the direction, with y downwards on the screen.
    const aside = { x: -along.y * by, y: along.x * by }
    return {
      along,
      from: { x: from.x + aside.x, y: from.y + aside.y },
      to: { x: to.x + aside.x, y: to.y + aside.y },
    }
  })
  const [first] = shifted
  if (first === undefined) return [...corners]
  const line: Spot[] = [first.from]
  for (const [at, here] of shifted.entries()) {
    const next = shifted[at + 1]
    if (next === undefined) {
      line.push(here.to)
      continue
    }
    const turn = here.along.x * next.along.y - here.along.y * next.along.x
    if (Math.abs(turn) < 1e-6) {
      line.push(here.to, next.from)
      continue
    }
    const step =
      ((next.from.x - here.from.x) * next.along.y - (next.from.y - here.from.y) * next.along.x) / turn
    line.push({ x: here.from.x + here.along.x * step, y: here.from.y + here.along.y * step })
  }
  return line
}

export const lengthOf = (line: readonly Spot[]): number =>
  line.slice(1).reduce((sum, to, at) => {
    const from = line[at] ?? to
    return sum + Math.hypot(to.x - from.x, to.y - from.y)
  }, 0)

export interface Heading extends Spot {
  /** Degrees, 0 to the right, clockwise on the screen. */
  readonly turned: number
}

/** Where one is after so many pixels of a line, and which way one looks. */
export function along(line: readonly Spot[], pixels: number): Heading | null {
  let left = Math.max(0, pixels)
  let last: Heading | null = null
  for (const [at, to] of line.slice(1).entries()) {
    const from = line[at] ?? to
    const length = Math.hypot(to.x - from.x, to.y - from.y)
    if (length === 0) continue
    const turned = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI
    const part = Math.min(1, left / length)
    last = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part, turned }
    if (left <= length) return last
    left -= length
  }
  return last
}

/** Arrow heads on the long stretches, none where a line is short: there they would only be dirt. */
export function headings(line: readonly Spot[], apart: number, least: number): Heading[] {
  return line.slice(1).flatMap((to, at) => {
    const from = line[at] ?? to
    const length = Math.hypot(to.x - from.x, to.y - from.y)
    if (length < least) return []
    const count = Math.max(1, Math.floor(length / apart))
    const turned = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI
    return Array.from({ length: count }, (_, index) => {
      const part = (index + 0.5) / count
      return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part, turned }
    })
  })
}

export const points = (line: readonly Spot[]): string =>
  line.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')
