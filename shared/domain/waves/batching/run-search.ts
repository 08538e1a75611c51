import type { Search } from './search.ts'

const movesAtOnce = 512
/** Milliseconds a unit for which a warmth of 1 is right. */
const typicalTime = 60

/**
 * How warm a first round is to begin that has so many milliseconds: a short one has no time to cool down, and with few
 * units there is time to look far.
 */
export const warmthFor = (milliseconds: number, units: number): number =>
  Math.min(6, Math.max(0.1, (milliseconds / Math.max(1, units) / typicalTime) ** 0.35))

/**
 * One round of a search: from warm to cold in `milliseconds` of the clock `now`, or in `moves` where the same must come
 * out each time. Ends early when `isStopped` says so; `tell` hears now and then how far it is (0..1).
 */
export function runRound(
  search: Search,
  {
    milliseconds,
    moves = Infinity,
    now = () => 0,
    isStopped = () => false,
    tell = () => undefined,
  }: {
    readonly milliseconds?: number
    readonly moves?: number
    readonly now?: () => number
    readonly isStopped?: () => boolean
    readonly tell?: (share: number) => void
  },
): void {
  const start = now()
  let made = 0
  while (!isStopped()) {
    const [spent, all] = milliseconds === undefined ? [made, moves] : [now() - start, milliseconds]
    if (!(spent < all)) return
    const share = spent / all
    search.step(share, movesAtOnce)
    made += movesAtOnce
    tell(share)
  }
}
