/**
 * The floor that a picker walks: m aisles (index 0 to m - 1) crossed by k >= 2 cross aisles (index 0 to k - 1).
 * A block is what lies between two neighbouring cross aisles. Lengths are not negative, in any one unit.
 */
export interface Floor {
  /** `aisles[a][b]`: aisle a from cross aisle b to b + 1; every aisle has k - 1 of them. */
  readonly aisles: readonly (readonly Passage[])[]
  /** `crossAisles[c][a]`: cross aisle c from aisle a to a + 1; every cross aisle has m - 1 of them. */
  readonly crossAisles: readonly (readonly Passage[])[]
}

/** Null where nobody can pass: a forbidden area, or an aisle that is shorter than the others. */
export type Passage = Segment | null

export interface Segment {
  readonly length: number
  /** `forward` leads only towards the higher index. */
  readonly direction: 'both' | 'forward' | 'backward'
}

/** A place to pick from, `offset` after cross aisle `block` on the way to the next one. */
export interface Stop {
  readonly aisle: number
  readonly block: number
  readonly offset: number
}

/** Where a walk starts or ends: a crossing, and the way between it and the bench itself. */
export interface Depot {
  readonly aisle: number
  readonly cross: number
  readonly access: number
}

export interface Depots {
  readonly start: Depot
  /** May be the same as `start`. */
  readonly drop: Depot
}

/** A floor without holes: `spacing` between neighbouring aisles, every aisle as long as the sum of `blocks`. */
export function buildRectangle(aisles: number, blocks: readonly number[], spacing: number): Floor {
  const both = (length: number): Segment => ({ length, direction: 'both' })
  return {
    aisles: Array.from({ length: aisles }, () => blocks.map(both)),
    crossAisles: Array.from({ length: blocks.length + 1 }, () =>
      Array.from({ length: Math.max(0, aisles - 1) }, () => both(spacing)),
    ),
  }
}

export const isSameCrossing = (a: Depot, b: Depot): boolean => a.aisle === b.aisle && a.cross === b.cross
