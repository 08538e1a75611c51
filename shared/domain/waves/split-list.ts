export interface Stretch {
  readonly from: number
  /** Not included. */
  readonly until: number
}

/**
 * Splits a list between pickers: stretches of its own order of which the longest walk is as short as can be.
 * `lengthOf` gives the walk of a stretch, in whole units; it must not shrink while the stretch grows.
 */
export function splitList(places: number, parts: number, lengthOf: (stretch: Stretch) => number): Stretch[] {
  const count = Math.max(1, Math.min(parts, places))
  let least = 0
  let most = lengthOf({ from: 0, until: places })
  let best: Stretch[] = [{ from: 0, until: places }]
  // Where no walk leads over the whole list nobody can say which stretch is long: everybody gets as many places.
  if (!Number.isFinite(most)) return withoutIdle(best, count)
  while (least <= most) {
    const longest = Math.floor((least + most) / 2)
    const cut = cutAt(places, count, longest, lengthOf)
    if (cut === null) least = longest + 1
    else {
      best = cut
      most = longest - 1
    }
  }
  return withoutIdle(best, count)
}

/** Every stretch as long as `longest` lets it be; null where so many do not suffice. */
function cutAt(
  places: number,
  count: number,
  longest: number,
  lengthOf: (stretch: Stretch) => number,
): Stretch[] | null {
  const stretches: Stretch[] = []
  let from = 0
  while (from < places) {
    if (stretches.length === count || lengthOf({ from, until: from + 1 }) > longest) return null
    let fits = from + 1
    let over = places + 1
    while (over - fits > 1) {
      const middle = Math.floor((fits + over) / 2)
      if (lengthOf({ from, until: middle }) <= longest) fits = middle
      else over = middle
    }
    stretches.push({ from, until: fits })
    from = fits
  }
  return stretches
}

/** Nobody stands idle: the stretch with the most places is halved until there is one for each. */
function withoutIdle(stretches: readonly Stretch[], count: number): Stretch[] {
  const all = [...stretches]
  while (all.length < count) {
    const sizes = all.map(({ from, until }) => until - from)
    const at = sizes.indexOf(Math.max(...sizes))
    const { from = 0, until = 0 } = all[at] ?? {}
    const middle = Math.ceil((from + until) / 2)
    all.splice(at, 1, { from, until: middle }, { from: middle, until })
  }
  return all
}
