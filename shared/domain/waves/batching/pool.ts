import type { Random } from './random.ts'

/** Batches that a search has met, each once. */
export interface BatchPool {
  add(members: readonly number[], metres: number): void
  readonly size: number
  all(): { members: number[]; metres: number }[]
}

export function createPool(units: number, random: Random, most = 200_000): BatchPool {
  // A batch is known by the sum of random numbers of its units: two different batches with one sum are as good as
  // impossible, and the order of the units does not matter.
  const marks = Float64Array.from(
    { length: units },
    () => Math.floor(random.next() * 2 ** 31) * 2 ** 10 + random.below(2 ** 10),
  )
  const known = new Set<number>()
  const batches: { members: number[]; metres: number }[] = []
  return {
    add(members, metres) {
      let mark = 0
      for (let index = 0; index < members.length; index += 1) mark += marks[members[index] ?? 0] ?? 0
      if (known.has(mark) || batches.length >= most) return
      known.add(mark)
      batches.push({ members: [...members], metres })
    },
    get size() {
      return batches.length
    },
    all: () => batches,
  }
}
