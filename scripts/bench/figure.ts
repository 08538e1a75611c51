/** One number that the product is judged by (TARGETS). */
export interface Figure {
  /** `V4.render.p50` */
  readonly id: string
  readonly value: number
  /** `ms`, `x`, `bytes`, `count` … */
  readonly unit: string
  readonly bound: number
  /** Whether the value keeps its bound. */
  readonly ok: boolean
  /** What it was compared with in the same run, with that side's number. */
  readonly against: string
}

/** A figure that is kept by being small. */
export function atMost(id: string, value: number, unit: string, bound: number, against: string): Figure {
  return { id, value, unit, bound, ok: value <= bound, against }
}

/** The value below which `share` (0..1) of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
