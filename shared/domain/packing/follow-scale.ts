import { type Expected, fits, type Goods, nothingG } from './weight.ts'

/**
 * How far the scale has followed the scans. A packer scans an item and then puts it in, or the other way round, or has
 * two in the hand: every way to explain what the scale said is kept until a reading rules it out.
 */
export interface Followed {
  /** Grams at the newest scan that the scale stood still for; null where the next gain means nothing. */
  readonly lastG: number | null
  /** What that scan put in, if it was one SKU. */
  readonly sku: string | null
  readonly hands: readonly Hand[]
}

/** Scanned and, in this explanation, not on the scale yet; the oldest first. */
type Hand = readonly InHand[]

interface InHand {
  readonly goods: readonly Goods[]
  /** Scans since then. */
  readonly age: number
}

/** A gain that fits nothing that was scanned. */
export type Oddity =
  /** Two scans of one SKU, and nothing came between them: one unit scanned twice? */
  | { readonly kind: 'twice' }
  /** What was scanned two scans ago or earlier has not come. */
  | { readonly kind: 'notIn'; readonly goods: readonly Goods[] }
  /** Twice what was put in: two dropped in? */
  | { readonly kind: 'two'; readonly goods: readonly Goods[] }
  | { readonly kind: 'other' }

export interface Followup {
  readonly followed: Followed
  /** Null where the scale did not stand still, now or before. */
  readonly gainG: number | null
  readonly odd: Oddity | null
}

export const followFrom = (lastG: number | null): Followed => ({ lastG, sku: null, hands: [[]] })

/** Nothing is in anybody's hand: all that was scanned has come. */
export const allIn = ({ hands }: Followed): boolean => hands.every((hand) => hand.length === 0)

const mostHands = 8
const mostInHand = 5
const mostLevels = 50

/**
 * @param grams what the scale says now, null while it moves
 * @param put what this scan put in; empty for a mere look
 * @param weigh what goods weigh, null where that is unknown
 */
export function follow(
  before: Followed,
  grams: number | null,
  put: readonly Goods[],
  weigh: (goods: readonly Goods[]) => Expected | null,
  stepG: number,
): Followup {
  const isPut = put.length > 0
  const sku = put.length === 1 ? (put[0]?.sku ?? null) : null
  const older = (hand: Hand): Hand => (isPut ? hand.map((one) => ({ ...one, age: one.age + 1 })) : hand)
  const joined = (hand: Hand): Hand => (isPut ? [...hand, { goods: put, age: 0 }] : hand).slice(-mostInHand)
  if (grams === null) {
    const followed = { lastG: before.lastG, sku: null, hands: before.hands.map(joined) }
    return { followed, gainG: null, odd: null }
  }
  const resumed: readonly Hand[] = isPut ? [[], joined([])] : [[]]
  if (before.lastG === null)
    return { followed: { lastG: grams, sku, hands: resumed }, gainG: null, odd: null }

  const gainG = grams - before.lastG
  const still = Math.abs(gainG) <= nothingG(stepG)
  const came = (taken: Hand): boolean => {
    if (taken.length === 0) return still
    const expected = weigh(taken.flatMap(({ goods }) => goods))
    if (expected !== null) return fits(gainG, expected)
    // What nobody has weighed may weigh anything but nothing.
    const sure = taken.map(({ goods }) => weigh(goods)?.grams ?? 0).reduce((sum, one) => sum + one, 0)
    return gainG > sure + nothingG(stepG)
  }
  const candidates = before.hands.map((hand) => joined(older(hand)))
  const told = (odd: Oddity | null, hands: readonly Hand[]): Followup => ({
    followed: { lastG: grams, sku: isPut ? sku : before.sku, hands: distinct(hands).slice(0, mostHands) },
    gainG,
    odd,
  })
  const left = candidates.flatMap((hand) =>
    parts(hand)
      .filter(({ taken }) => came(taken))
      .map(({ rest }) => rest),
  )
  const fresh = left.filter((rest) => rest.every(({ age }) => age <= 1))
  if (fresh.length > 0) {
    const one = weigh(put)
    const repeated = still && sku !== null && sku === before.sku && one !== null && one.grams > one.band
    return told(repeated ? { kind: 'twice' } : null, fresh)
  }
  const [late] = left
  if (late !== undefined) {
    const stale = late.filter(({ age }) => age > 1).flatMap(({ goods }) => goods)
    return told(
      { kind: 'notIn', goods: stale },
      left.map((rest) => rest.filter(({ age }) => age <= 1)),
    )
  }
  const doubled = candidates
    .flat()
    .find(({ goods }) => fitsTwice(gainG, weigh([...goods, ...goods]), weigh(goods)))
  return told(
    doubled === undefined ? { kind: 'other' } : { kind: 'two', goods: doubled.goods },
    isPut ? resumed : before.hands,
  )
}

const fitsTwice = (gainG: number, twice: Expected | null, once: Expected | null): boolean =>
  twice !== null && once !== null && fits(gainG, twice) && !fits(gainG, once)

/** Every way to take some of a hand and leave the rest. */
function parts(hand: Hand): { readonly taken: Hand; readonly rest: Hand }[] {
  return Array.from({ length: 2 ** hand.length }, (_, bits) => ({
    taken: hand.filter((_one, at) => (bits >> at) % 2 === 1),
    rest: hand.filter((_one, at) => (bits >> at) % 2 === 0),
  }))
}

const distinct = (hands: readonly Hand[]): Hand[] => [
  ...new Map(hands.map((hand) => [JSON.stringify(hand), hand])).values(),
]

// --- the base ------------------------------------------------------------------------------------------------

/** What a bench's scale says, and what it has said since it stood empty. */
export interface ScaleNow {
  readonly reading:
    | { readonly kind: 'stable'; readonly grams: number }
    | { readonly kind: 'moving' }
    | { readonly kind: 'none'; readonly why: ScaleTrouble }
  /** The least that it tells apart. */
  readonly stepG: number
  /** The weights at which it stood still since it was empty, the oldest first; the first is the empty scale itself if that was seen. */
  readonly levels: readonly number[]
}

export type ScaleTrouble = 'gone' | 'overload' | 'underload' | 'fault'

/** Whether nothing stands on it. */
export const isEmpty = (grams: number, stepG: number): boolean => Math.abs(grams) <= Math.max(5, 2 * stepG)

/** What stood on the scale when the box was opened; null while there is nothing there yet. */
export function standing({ levels, stepG }: ScaleNow): number | null {
  const grams = levels.at(-1)
  return grams === undefined || isEmpty(grams, stepG) ? null : grams
}

/**
 * What the box itself weighs, at the first scan of an item. What stood there at the opening, if the scale was not cleared
 * since. Else the only load on the scale, without the item where it was just that; of two loads the first, if the second
 * was the item. Of any others nobody can say which is the box: null.
 */
export function baseAt(scale: ScaleNow, opening: number | null, item: Expected | null): number | null {
  const { levels, stepG } = scale
  if (opening !== null && levels.some((level) => Math.abs(level - opening) <= stepG)) return opening
  const [first, now, before] = [levels[0], levels.at(-1), levels.at(-2)]
  if (first === undefined || now === undefined) return null
  const loads = levels.length - (isEmpty(first, stepG) ? 1 : 0)
  const wasItem = before !== undefined && item !== null && fits(now - before, item)
  if (loads <= 1) return wasItem ? before : now
  return loads === 2 && wasItem ? before : null
}

/** The levels after one more weight at which the scale stood still. */
export function levelsAfter(levels: readonly number[], grams: number, stepG: number): readonly number[] {
  if (isEmpty(grams, stepG)) return [grams]
  const last = levels.at(-1)
  const same = last !== undefined && Math.abs(last - grams) <= stepG
  return [...(same ? levels.slice(0, -1) : levels), grams].slice(-mostLevels)
}
