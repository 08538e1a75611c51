import type { Search } from './search.ts'

const movesAtOnce = 512

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
    const share = milliseconds === undefined ? made / moves : (now() - start) / milliseconds
    if (!(share < 1)) return
    search.step(share, movesAtOnce)
    made += movesAtOnce
    tell(share)
  }
}
