import type { Floor, Stop } from './floor.ts'

/** The stops of one list, by passage: those of passage `s` (aisle * blocks + block) are `offsets[from[s]]` up to `offsets[to[s]]`. */
export interface Gathered {
  readonly from: Int32Array
  readonly to: Int32Array
  /** Ascending within a passage. */
  offsets: Float64Array
  /** The passages that have stops. */
  readonly passages: Int32Array
  count: number
}

/** From here on a passage's stops are sorted at the end instead of one by one. */
const many = 24

/** Returns a function that gathers the stops of a list into the same memory every time; false if one is on no passage. */
export function createGatherer(floor: Floor): {
  readonly gathered: Gathered
  readonly gather: (stops: readonly Stop[]) => boolean
} {
  const blocks = floor.crossAisles.length - 1
  const lengths = Float64Array.from(floor.aisles.flat(), (passage) => passage?.length ?? -1)
  const gathered: Gathered = {
    from: new Int32Array(lengths.length),
    to: new Int32Array(lengths.length),
    offsets: new Float64Array(64),
    passages: new Int32Array(lengths.length),
    count: 0,
  }
  const { from, to, passages } = gathered

  function gather(stops: readonly Stop[]): boolean {
    for (let i = 0; i < gathered.count; i += 1) from[passages[i] ?? 0] = to[passages[i] ?? 0] = 0
    gathered.count = 0
    if (stops.length > gathered.offsets.length) gathered.offsets = new Float64Array(2 * stops.length)
    const { offsets } = gathered
    for (const { aisle, block, offset } of stops) {
      const passage = aisle * blocks + block
      // Written so that NaN is outside as well.
      if (!(block >= 0 && block < blocks && offset >= 0 && offset <= (lengths[passage] ?? -1))) return false
      if (to[passage] === 0) {
        passages[gathered.count] = passage
        gathered.count += 1
      }
      to[passage] = (to[passage] ?? 0) + 1
    }
    let end = 0
    for (let i = 0; i < gathered.count; i += 1) {
      const passage = passages[i] ?? 0
      from[passage] = end
      end += to[passage] ?? 0
      to[passage] = from[passage] ?? 0
    }
    for (const { aisle, block, offset } of stops) {
      const passage = aisle * blocks + block
      const first = from[passage] ?? 0
      let at = to[passage] ?? 0
      to[passage] = at + 1
      if (at - first < many) {
        for (; at > first && (offsets[at - 1] ?? 0) > offset; at -= 1) offsets[at] = offsets[at - 1] ?? 0
      }
      offsets[at] = offset
    }
    for (let i = 0; i < gathered.count; i += 1) {
      const passage = passages[i] ?? 0
      const first = from[passage] ?? 0
      const last = to[passage] ?? 0
      if (last - first > many) offsets.subarray(first, last).sort()
    }
    return true
  }
  return { gathered, gather }
}
