/** What goods weigh, how sure that is, and what a weighed parcel teaches. Grams throughout. */

/** What is kept of one product's weight. Zero samples and no catalogue: nothing is known. */
export interface KnownWeight {
  /** What the catalogue says of one unit; null where it says nothing or was found to be wrong. */
  readonly catalogueG: number | null
  /** Parcels that taught, their mean for one unit and the sum of the squared deviations of one unit (Welford). */
  readonly samples: number
  readonly meanG: number
  readonly m2: number
}

export interface Goods {
  readonly sku: string
  readonly units: number
}

/** A weight may lie this far above or below `grams`, both whole. */
export interface Expected {
  readonly grams: number
  readonly band: number
}

/** What is known of the goods by SKU; a SKU that is not there is unknown. */
export type KnownWeights = ReadonlyMap<string, KnownWeight>

/** No band is narrower: tape and a sheet of paper weigh this much. */
const leastBandG = 3
/** What is this light is told apart by no band of its own; whether its parcel can be checked is for the parcel to say. */
const usualBandG = 10
/** So many samples stand for all: older ones fade, because suppliers change what they pack in. */
const memory = 30
/** Without a catalogue that agrees, one parcel alone could have been the wrong one. */
const enoughSamples = 3

interface UnitWeight {
  readonly grams: number
  /** Variance from unit to unit. */
  readonly spread: number
  /** Variance of the mean itself: all units share it. */
  readonly doubt: number
}

function unitWeight({ catalogueG, samples, meanG, m2 }: KnownWeight): UnitWeight | null {
  if (samples >= (catalogueG === null ? enoughSamples : 1)) {
    const learned = learnedWeight({ samples, meanG, m2 })
    if (isClear(learned)) return learned
  }
  if (catalogueG === null || catalogueG === 0) return null
  // Catalogues leave out the wrapping, or count it twice.
  return {
    grams: catalogueG,
    spread: usualSpread(catalogueG),
    doubt: Math.max(5, 0.08 * catalogueG) ** 2,
  }
}

function learnedWeight({ samples, meanG, m2 }: Omit<KnownWeight, 'catalogueG'>): UnitWeight {
  // What goods usually vary by counts like two more samples, so that few of them do not look surer than they are.
  const spread = (m2 + 2 * usualSpread(meanG)) / (samples + 1)
  return { grams: meanG, spread, doubt: spread / samples }
}

/** One unit can be told from none and from two: else what taught it were different things, a wrong parcel among them. */
const isClear = ({ grams, spread, doubt }: UnitWeight): boolean =>
  bandOf(spread + doubt) < Math.max(grams / 2, usualBandG)

const usualSpread = (grams: number): number => Math.max(2, 0.02 * grams) ** 2

/**
 * What the goods should weigh together, or null when one of them is unknown. `stepG` is the least that the scale tells
 * apart. The band is three standard deviations: units differ each for itself, a mean that is off is off in all of them.
 */
export function expectedWeight(goods: readonly Goods[], known: KnownWeights, stepG: number): Expected | null {
  const sum = sumOf(goods, known)
  if (sum === null) return null
  return {
    grams: Math.round(sum.grams),
    band: Math.ceil(Math.max(bandOf(sum.variance), stepG, leastBandG)),
  }
}

/**
 * Whether a parcel that weighs what is expected can be called right: not where an empty box, or one with half of its
 * lightest unit, would weigh that too, nor where only one SKU is in it, whose weight was learned, and one unit more or
 * less would.
 */
export function isTelling(
  expected: Expected,
  goods: readonly Goods[],
  known: KnownWeights,
  stepG: number,
): boolean {
  const skus = [...unitsBySku(goods).keys()]
  const lightest = Math.min(...skus.map((sku) => unitOf(sku, known)?.grams ?? 0))
  if (expected.grams - expected.band <= Math.max(lightest / 2, nothingG(stepG))) return false
  const [only = '', second] = skus
  const counts = second === undefined && (known.get(only)?.samples ?? 0) > 0
  // Rounding may cost a gram.
  return !counts || expected.band < lightest - 1
}

const bandOf = (variance: number): number => 3 * Math.sqrt(variance)

function sumOf(
  goods: readonly Goods[],
  known: KnownWeights,
): { readonly grams: number; readonly variance: number } | null {
  let grams = 0
  let variance = 0
  for (const [sku, units] of unitsBySku(goods)) {
    const unit = unitOf(sku, known)
    if (unit === null) return null
    grams += units * unit.grams
    variance += units * unit.spread + units * units * unit.doubt
  }
  return { grams, variance }
}

function unitOf(sku: string, known: KnownWeights): UnitWeight | null {
  const of = known.get(sku)
  return of === undefined ? null : unitWeight(of)
}

function unitsBySku(goods: readonly Goods[]): Map<string, number> {
  const units = new Map<string, number>()
  for (const one of goods) units.set(one.sku, (units.get(one.sku) ?? 0) + one.units)
  return units
}

export const fits = (grams: number, expected: Expected): boolean =>
  Math.abs(grams - expected.grams) <= expected.band

/** Less than this is nothing: the scale's own flicker. */
export const nothingG = (stepG: number): number => Math.max(leastBandG, stepG)

// --- learning ------------------------------------------------------------------------------------------------

/** One SKU whose weight a parcel shows. */
export interface Lesson extends Goods {
  readonly netG: number
}

/** What a parcel of this net weight teaches: its only SKU, or the only one that was not known; else nothing. */
export function lessonOf(goods: readonly Goods[], netG: number, known: KnownWeights): Lesson | null {
  const all = [...unitsBySku(goods)].map(([sku, units]) => ({ sku, units }))
  const unknown = all.filter(({ sku }) => unitOf(sku, known) === null)
  const [taught, second] = all.length === 1 ? all : unknown
  if (taught === undefined || second !== undefined) return null
  const rest = sumOf(
    all.filter((one) => one !== taught),
    known,
  )
  const left = netG - (rest?.grams ?? 0)
  // A doubtful rest would teach its own error.
  return rest === null || left <= 0 || Math.sqrt(rest.variance) > 0.1 * left
    ? null
    : { ...taught, netG: left }
}

/**
 * The mean of several units varies less than one unit does: its deviation counts as many times. A parcel that makes the
 * weight unclear was wrong, or those before it were: nobody can say which, so that it is learned anew from this one on.
 */
export function learn(before: KnownWeight, { netG, units }: Lesson): KnownWeight {
  const eachG = netG / units
  const anew = { ...before, samples: 1, meanG: eachG, m2: 0 }
  if (before.samples === 0) return anew
  const kept = Math.min(before.samples, memory - 1)
  const meanG = before.meanG + (eachG - before.meanG) / (kept + 1)
  const m2 = (before.m2 * kept) / before.samples + units * (eachG - before.meanG) * (eachG - meanG)
  const after = { ...before, samples: kept + 1, meanG, m2 }
  return isClear(learnedWeight(after)) ? after : anew
}

/**
 * SKUs of which somebody who knows says that their weight is wrong: the only one of the parcel, else those that only
 * the catalogue speaks for. They are unknown from then on, and taught anew.
 */
export function disproved(goods: readonly Goods[], known: KnownWeights): readonly string[] {
  const skus = [...unitsBySku(goods).keys()]
  if (skus.length === 1) return skus
  return skus.filter((sku) => {
    const of = known.get(sku)
    return of !== undefined && of.samples === 0 && of.catalogueG !== null
  })
}
