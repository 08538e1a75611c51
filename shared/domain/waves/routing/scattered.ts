import type { Stop } from './floor.ts'
import type { Router } from './router.ts'
import { createSeeded } from '#shared/support/seeded.ts'

/** Something to pick that lies at one place or at several. */
export interface ScatteredItem {
  readonly quantity: number
  readonly places: readonly ScatteredPlace[]
}

export interface ScatteredPlace {
  readonly stop: Stop
  readonly available: number
  /** What it costs to pick there at all, in the unit of the floor: a lift to a high level. Not negative. */
  readonly access: number
}

/** `quantity` of item `item` from its place `place` (indices). */
export interface Take {
  readonly item: number
  readonly place: number
  readonly quantity: number
}

export type PlaceChoice =
  | {
      readonly ok: true
      /** The walk with the access of the depots, without that of the places. */
      readonly length: number
      /** Sum of the access of the places. */
      readonly access: number
      /** By item; no place twice and none without need. */
      readonly takes: readonly Take[]
      /** Whether every choice was tried, so that no other is shorter. */
      readonly exhaustive: boolean
    }
  /** What is not there or cannot be walked to. */
  | { readonly ok: false; readonly missing: readonly { readonly item: number; readonly quantity: number }[] }

export interface ChoiceOptions {
  /** The same seed gives the same choice. */
  readonly seed?: number
  /** Most walks that are measured in a search. */
  readonly walks?: number
}

/** So many choices are all tried. */
const mostTried = 2000
/** A search measures walks for about so many steps (see `Router.effort`) … */
const steps = 300_000_000
/** … but no more of them than this, and no fewer than that. */
const mostWalks = 60_000
const fewestWalks = 300

/**
 * Chooses the places to pick from, so that the walk and the access to the places are together the least. Few choices are
 * all tried; among many the search takes items out of the list and puts them back where they cost least.
 */
export function choosePlaces(
  router: Router,
  items: readonly ScatteredItem[],
  options: ChoiceOptions = {},
): PlaceChoice {
  const reachable = items.map((item) => onlyReachable(router, item))
  const missing = reachable.flatMap(({ quantity, places }, item) => {
    const short = quantity - places.reduce((sum, { available }) => sum + available, 0)
    return short > 0 ? [{ item, quantity: short }] : []
  })
  if (missing.length > 0) return { ok: false, missing }

  const covers = listAllCovers(reachable)
  const walks = options.walks ?? Math.min(mostWalks, Math.max(fewestWalks, Math.floor(steps / router.effort)))
  const chosen =
    covers === null
      ? searchCovers(router, reachable, walks, createSeeded(options.seed ?? 1))
      : tryAllCovers(router, covers)
  const takes = chosen.flatMap((cover, item) => shareOut(cover, item, items[item]?.quantity ?? 0))
  const length = router.length(chosen.flat().map(({ stop }) => stop))
  if (length === Infinity)
    return { ok: false, missing: items.map(({ quantity }, item) => ({ item, quantity })) }
  return {
    ok: true,
    length,
    access: chosen.flat().reduce((sum, { access }) => sum + access, 0),
    takes,
    exhaustive: covers !== null,
  }
}

/** A place with its index in the item as it was given. */
interface Candidate extends ScatteredPlace {
  readonly place: number
}

interface Item {
  readonly quantity: number
  /** Those with the most first. */
  readonly places: readonly Candidate[]
}

/** Places of one item that together have enough and of which none is too many. */
type Cover = readonly Candidate[]

function onlyReachable(router: Router, { quantity, places }: ScatteredItem): Item {
  const reachable = places
    .map((place, index) => ({ ...place, place: index }))
    .filter(({ available, stop }) => available > 0 && router.length([stop]) < Infinity)
  return { quantity, places: reachable.sort((a, b) => b.available - a.available) }
}

/** All covers of every item; null when their combinations are too many. */
function listAllCovers(items: readonly Item[]): Cover[][] | null {
  let combinations = 1
  const all: Cover[][] = []
  for (const item of items) {
    const covers = listCovers(item, Math.floor(mostTried / combinations))
    if (covers === null) return null
    combinations *= covers.length
    all.push(covers)
  }
  return all
}

function listCovers({ quantity, places }: Item, most: number): Cover[] | null {
  const covers: Cover[] = []
  const rest = places.map((_, from) => places.slice(from).reduce((sum, { available }) => sum + available, 0))
  // Places come with the most first: as soon as there is enough, the last one was needed, and so were all before.
  const extend = (cover: Cover, from: number, open: number): boolean => {
    if (open <= 0) return covers.push(cover) <= most
    for (const [i, place] of places.entries()) {
      if (i < from) continue
      if ((rest[i] ?? 0) < open) return true
      if (!extend([...cover, place], i + 1, open - place.available)) return false
    }
    return true
  }
  return extend([], 0, quantity) ? covers : null
}

function tryAllCovers(router: Router, all: readonly (readonly Cover[])[]): Cover[] {
  let best: Cover[] = all.map(([first = []]) => first)
  let least = Infinity
  const tryFrom = (chosen: Cover[], item: number) => {
    const covers = all[item]
    if (covers === undefined) {
      const cost = costOf(router, chosen)
      if (cost < least) {
        least = cost
        best = [...chosen]
      }
      return
    }
    for (const cover of covers) {
      chosen[item] = cover
      tryFrom(chosen, item + 1)
    }
  }
  tryFrom([], 0)
  return best
}

const costOf = (router: Router, chosen: readonly Cover[]): number => {
  const places = chosen.flat()
  return router.length(places.map(({ stop }) => stop)) + places.reduce((sum, { access }) => sum + access, 0)
}

type Random = () => number

/**
 * From covers put together one by one, and again and again: some items out and back in where they cost least, all items
 * out of an aisle, or as many as possible into an aisle. A result that is a little longer is put up with at first. All
 * that several times over: what is found depends much on where one starts.
 */
function searchCovers(
  router: Router,
  items: readonly Item[],
  walks: number,
  random: Random,
): readonly Cover[] {
  const putter = createPutter(router, items, random)
  const movable = [...items.entries()].filter(([, { places }]) => places.length > 1).map(([index]) => index)
  const drawFrom = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const isIn = (aisle: number | undefined) => (place: Candidate) => place.stop.aisle === aisle
  const mixed = (indices: readonly number[]) => sortBy(indices, random)

  const change = (chosen: Cover[]): void => {
    const item = drawFrom(movable) ?? 0
    const kind = random()
    if (kind < 0.3) {
      const more = [drawFrom(movable) ?? item, drawFrom(movable) ?? item]
      putter.replace(chosen, [...new Set([item, ...more.slice(Math.floor(random() * 3))])])
    } else if (kind < 0.6) {
      const aisle = chosen[item]?.[0]?.stop.aisle
      const there = movable.filter((index) => chosen[index]?.some(isIn(aisle)))
      putter.replace(chosen, mixed(there), (place) => !isIn(aisle)(place))
    } else {
      const aisle = drawFrom(items[item]?.places ?? [])?.stop.aisle
      const there = movable.filter((index) => items[index]?.places.some(isIn(aisle)))
      putter.replace(chosen, mixed(there), isIn(aisle))
      // Whatever is still picked elsewhere may do without the rest of its old walk now.
      for (const index of mixed(movable)) putter.replace(chosen, [index])
    }
  }

  let best: readonly Cover[] = []
  let least = Infinity
  for (let start = 0; start < starts; start += 1) {
    const first: Cover[] = items.map(() => [])
    // Those with the least choice first: they say where one has to go anyway.
    const order =
      start === 0 ? sortBy([...items.keys()], (i) => items[i]?.places.length ?? 0) : mixed([...items.keys()])
    for (const index of order) putter.replace(first, [index])
    let current: readonly Cover[] = first
    let cost = costOf(router, current)
    const until = (walks * (start + 1)) / starts
    for (let lowest = cost; ;) {
      if (lowest < least) {
        least = lowest
        best = current
      }
      const left = until - putter.measured()
      if (left <= 0 || movable.length === 0) break
      const next = [...current]
      change(next)
      const reached = costOf(router, next)
      const patience = (0.1 * lowest * left * starts) / walks
      if (reached > cost && reached > lowest + patience * random()) continue
      current = next
      cost = reached
      lowest = Math.min(lowest, cost)
    }
  }
  return best
}

const starts = 4

/** How often a place is overlooked when an item is put back, so that it does not come back to the same one for ever. */
const overlooked = 0.01

function createPutter(router: Router, items: readonly Item[], random: Random) {
  let measured = 0
  const stops: Stop[] = []

  const costWith = ({ stop, access }: Candidate): number => {
    measured += 1
    stops.push(stop)
    const length = router.length(stops)
    stops.pop()
    return length + access
  }
  /** The place that costs least for what it gives. */
  const findBest = (places: readonly Candidate[], open: number): Candidate | null => {
    const before = router.length(stops)
    let best: Candidate | null = null
    let least = Infinity
    for (const place of places) {
      if (best !== null && random() < overlooked) continue
      const cost = (costWith(place) - before) / Math.min(open, place.available)
      if (cost >= least) continue
      least = cost
      best = place
    }
    return best
  }
  const cover = ({ quantity, places }: Item, prefers: (place: Candidate) => boolean): Cover => {
    const taken: Candidate[] = []
    let open = quantity
    while (open > 0) {
      const left = places.filter((place) => !taken.includes(place))
      const preferred = left.filter(prefers)
      const place = findBest(preferred.length > 0 ? preferred : left, open)
      if (place === null) break
      taken.push(place)
      stops.push(place.stop)
      open -= place.available
    }
    return dropNeedless(taken, quantity)
  }
  return {
    /** Walks measured so far. */
    measured: (): number => measured,
    /** Takes the items out and puts them back one after the other, into places that are preferred where there are any. */
    replace(
      chosen: Cover[],
      out: readonly number[],
      prefers: (place: Candidate) => boolean = () => true,
    ): void {
      for (const index of out) chosen[index] = []
      for (const index of out) {
        stops.length = 0
        for (const places of chosen) for (const { stop } of places) stops.push(stop)
        measured += 1
        const item = items[index]
        if (item !== undefined) chosen[index] = cover(item, prefers)
      }
    },
  }
}

function sortBy(values: readonly number[], key: (value: number) => number): number[] {
  const keys = new Map(values.map((value) => [value, key(value)]))
  return values.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0))
}

/** The cover without places that the others make needless, those with the least first. */
function dropNeedless(cover: readonly Candidate[], quantity: number): Cover {
  let spare = cover.reduce((sum, { available }) => sum + available, 0) - quantity
  const kept = new Set(cover)
  for (const place of cover.toSorted((a, b) => a.available - b.available)) {
    if (place.available > spare) continue
    spare -= place.available
    kept.delete(place)
  }
  return [...kept]
}

/** Small rests are picked empty first, so that fewer places are left with a little. */
function shareOut(cover: Cover, item: number, quantity: number): Take[] {
  let open = quantity
  return cover
    .toSorted((a, b) => a.available - b.available)
    .map(({ place, available }) => {
      const taken = Math.min(open, available)
      open -= taken
      return { item, place, quantity: taken }
    })
}
