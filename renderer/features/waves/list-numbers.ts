interface Line {
  readonly location: string | null
  readonly picked: boolean
}

export interface ListNumbers {
  /** For each line the number of its stop on the list that is out; null where it has no place on the floor or is off the list. */
  readonly numbers: readonly (number | null)[]
  /** The first line that is on the list that is out: those before it were on the cart when it was made. */
  readonly from: number
}

/** Between the codes of shelves that are picked from one spot. */
const together = ' · '

/**
 * Which line belongs to which stop of the map. The map holds the list that is out, the wave also what was on the cart
 * before it, which comes first: so both are laid side by side from their ends.
 */
export function numberLines(
  lines: readonly Line[],
  stops: readonly { readonly number: number; readonly location: string }[] | null,
): ListNumbers {
  const open = lines.findIndex(({ picked }) => !picked)
  const firstOpen = open < 0 ? lines.length : open
  if (stops === null) return { numbers: lines.map(() => null), from: firstOpen }
  const places = stops.map(({ location }) => new Set(location.split(together)))
  const numbers: (number | null)[] = lines.map(() => null)
  let at = stops.length - 1
  let from = lines.length
  for (let index = lines.length - 1; index >= 0 && at >= 0; index -= 1) {
    const location = lines[index]?.location ?? null
    if (location === null) continue
    const here = places[at]?.has(location) === true
    if (!here && places[at - 1]?.has(location) !== true) {
      // Not on the map: a shelf without a place, or what was on the cart before.
      if (at === 0) break
      continue
    }
    if (!here) at -= 1
    numbers[index] = stops[at]?.number ?? null
    from = index
  }
  return { numbers, from: Math.min(from, firstOpen) }
}
