import type { ReleaseReason } from './codes.ts'
import type { Reason } from './decide-scan.ts'
import {
  allIn,
  baseAt,
  follow,
  followFrom,
  type Oddity,
  type ScaleTrouble,
  standing,
} from './follow-scale.ts'
import type {
  LineFacts,
  NotWeighed,
  OrderFacts,
  Pending,
  Put,
  Situation,
  Stopped,
  Weighed,
  WeightFacts,
  WeightPending,
  Weighing,
} from './situation.ts'
import {
  disproved,
  expectedWeight,
  fits,
  type Goods,
  isTelling,
  type KnownWeight,
  learn,
  lessonOf,
} from './weight.ts'

/** What the scale's part of a decision saves. */
export type WeightEffect =
  | {
      readonly kind: 'weigh'
      readonly weighing: Weighing
      /** What came onto the scale since the scan before; null where that is not known or no item was scanned. */
      readonly gain: { readonly grams: number; readonly odd: Oddity['kind'] | null } | null
    }
  | { readonly kind: 'knowWeight'; readonly productId: number; readonly known: KnownWeight }
  /** Neither the catalogue nor what was learned is believed any longer. */
  | { readonly kind: 'doubtWeight'; readonly productId: number }

/** A part of a decision about weight; the situation goes on with what is known of the box by then. */
export interface WeightStep {
  readonly at: Situation
  readonly effects: readonly WeightEffect[]
  readonly warning: Reason | null
}

const silent = (at: Situation): WeightStep => ({ at, effects: [], warning: null })

function seen(
  at: Situation,
  weight: WeightFacts,
  weighing: Weighing,
  gain: Extract<WeightEffect, { kind: 'weigh' }>['gain'] = null,
  warning: Reason | null = null,
): WeightStep {
  return {
    at: { ...at, weight: { ...weight, weighing } },
    effects: [{ kind: 'weigh', weighing, gain }],
    warning,
  }
}

const stableGrams = ({ scale }: WeightFacts): number | null =>
  scale.reading.kind === 'stable' ? scale.reading.grams : null

const weigher = ({ known, scale }: WeightFacts) => {
  return (goods: readonly Goods[]) => expectedWeight(goods, known, scale.stepG)
}

/** What lies in the box. */
export const inBox = (lines: readonly LineFacts[]): Goods[] =>
  lines.flatMap(({ sku, packed }) => (packed > 0 ? [{ sku, units: packed }] : []))

// --- while the box is filled -----------------------------------------------------------------------------------

/** A box is opened: what stands on the scale now is not its contents. One that comes back was moved meanwhile. */
export function weighOpening(at: Situation, order: OrderFacts): WeightStep {
  const { weight } = at
  if (weight === null) return silent(at)
  if (inBox(order.lines).length === 0) {
    const baseG = standing(weight.scale)
    return seen(at, weight, begun(weight.weighing, baseG, followFrom(baseG)))
  }
  const { weighing } = weight
  return weighing === null ? silent(at) : seen(at, weight, { ...weighing, followed: followFrom(null) })
}

/** Not weighed yet; a box that was stopped stays so, and keeps its base where no other was seen. */
function begun(before: Weighing | null, baseG: number | null, followed: Weighing['followed']): Weighing {
  const stopped = before?.stopped ?? null
  return {
    baseG: stopped === null ? baseG : (baseG ?? before?.baseG ?? null),
    followed,
    result: null,
    stopped,
  }
}

/** An item was scanned: what came onto the scale since the scan before must be explained by what was scanned. */
export function weighPut(
  at: Situation,
  order: OrderFacts,
  puts: readonly Put[],
  opening: boolean,
): WeightStep {
  const { weight } = at
  if (weight === null) return silent(at)
  const weigh = weigher(weight)
  const put = goodsOf(order, puts)
  const first = inBox(order.lines).length === 0
  const before = weight.weighing
  // The item that opens an order may stand on the scale already.
  const opened = opening ? null : (before?.baseG ?? null)
  const baseG = first ? baseAt(weight.scale, opened, weigh(put)) : (before?.baseG ?? null)
  const start = first ? followFrom(baseG) : opening || before === null ? followFrom(null) : before.followed
  const { followed, gainG, odd } = follow(start, stableGrams(weight), put, weigh, weight.scale.stepG)
  return seen(
    at,
    weight,
    begun(before, baseG, followed),
    gainG === null ? null : { grams: gainG, odd: odd?.kind ?? null },
    odd === null ? null : oddReason(odd, order, put, gainG ?? 0, weight),
  )
}

function goodsOf(order: OrderFacts, puts: readonly Put[]): Goods[] {
  return puts.flatMap(({ lineId, units }) => {
    const line = order.lines.find(({ id }) => id === lineId)
    return line === undefined ? [] : [{ sku: line.sku, units }]
  })
}

function oddReason(
  odd: Oddity,
  order: OrderFacts,
  put: readonly Goods[],
  gain: number,
  weight: WeightFacts,
): Reason {
  const about = odd.kind === 'notIn' || odd.kind === 'two' ? odd.goods : put
  const item = about.map(({ sku }) => order.lines.find((line) => line.sku === sku)?.title ?? sku).join(' + ')
  const params = { item, gain, grams: weigher(weight)(about)?.grams ?? 0 }
  switch (odd.kind) {
    case 'twice':
      return { code: 'scannedTwice', params }
    case 'notIn':
      return { code: 'notOnScale', params }
    case 'two':
      return { code: 'twoOnScale', params }
    case 'other':
      return { code: params.grams === 0 ? 'oddGainUnknown' : 'oddGain', params }
  }
}

/** A unit is taken out, now or in a moment: the next gain means nothing. */
export function weighTakeOut(at: Situation): WeightStep {
  const { weight } = at
  if (weight === null || weight.weighing === null) return silent(at)
  return seen(at, weight, begun(weight.weighing, weight.weighing.baseG, followFrom(null)))
}

// --- the total -------------------------------------------------------------------------------------------------

/** `go`: what can be known of the weight is known. `wait`: the scale must stand still first, or somebody must decide. */
export type Total =
  | ({ readonly kind: 'go' } & WeightStep)
  | { readonly kind: 'wait'; readonly pending: WeightPending }

/** All units are in: does the box weigh what it should? `order` is as it stands after this scan. */
export function weighTotal(at: Situation, order: OrderFacts, short: string | null): Total {
  const { weight } = at
  if (weight === null) return { kind: 'go', ...silent(at) }
  const { weighing, scale } = weight
  if (weighing !== null && weighing.result !== null) return { kind: 'go', ...silent(at) }
  const { reading } = scale
  const stopped = weighing?.stopped ?? null
  if (reading.kind === 'none' && stopped === null) return notWeighed(at, weight, reading.why)
  if (weighing === null || weighing.baseG === null) return notWeighed(at, weight, 'noBase')
  const { baseG } = weighing
  const goods = inBox(order.lines)
  const known = weigher(weight)(goods)
  const expected = known ?? stopped?.expected ?? null
  const netG = reading.kind === 'stable' ? reading.grams - baseG : null
  if (expected === null && netG !== null && allIn(looked(weight, weighing))) return unknown(at, weight, netG)
  if (expected !== null && netG !== null && fits(netG, expected)) {
    // What is as wide as the goods themselves stops a box that is far off, but calls none right.
    if (known !== null && !isTelling(known, goods, weight.known, scale.stepG))
      return unknown(at, weight, netG > known.band ? netG : null)
    return settled(at, weight, weighing, {
      verdict: 'ok',
      netG,
      expectedG: expected.grams,
      bandG: expected.band,
    })
  }
  return {
    kind: 'wait',
    pending: { kind: 'weight', orderId: order.id, baseG, expected, gotG: null, short },
  }
}

const looked = (weight: WeightFacts, weighing: Weighing) =>
  follow(weighing.followed, stableGrams(weight), [], weigher(weight), weight.scale.stepG).followed

function settled(
  at: Situation,
  weight: WeightFacts,
  weighing: Weighing,
  result: Weighed,
  warning: Reason | null = null,
): Total {
  const stopped = result.verdict === 'ok' ? null : weighing.stopped
  return { kind: 'go', ...seen(at, weight, { ...weighing, result, stopped }, null, warning) }
}

const unfollowed: Weighing = { baseG: null, followed: followFrom(null), result: null, stopped: null }

function notWeighed(at: Situation, weight: WeightFacts, why: NotWeighed): Total {
  const warning = { code: `notWeighed.${why}` }
  return settled(at, weight, weight.weighing ?? unfollowed, { verdict: 'notWeighed', why }, warning)
}

function unknown(at: Situation, weight: WeightFacts, netG: number | null): Total {
  const warning = { code: 'weightUnknown' }
  return settled(at, weight, weight.weighing ?? unfollowed, { verdict: 'unknown', netG }, warning)
}

export type SecondLook =
  | Total
  | { readonly kind: 'moving' }
  /** The box is stopped, and stays so in the step. `silent`: why the scale says nothing of it now. */
  | {
      readonly kind: 'off'
      readonly step: WeightStep
      readonly stopped: Stopped
      readonly silent: ScaleTrouble | null
    }

/** WEIGH, or the scale standing still, while the bench waits for the total. */
export function weighAgain(at: Situation, order: OrderFacts, pending: WeightPending): SecondLook {
  const total = weighTotal(at, order, pending.short)
  const { weight } = at
  if (total.kind === 'go' || weight === null) return total
  const { reading } = weight.scale
  const weighing = weight.weighing ?? unfollowed
  const { expected, baseG } = total.pending
  if (expected === null) {
    // Nothing can be checked, so nothing is waited for twice; and what may still be in the hand teaches nothing.
    return unknown(at, weight, null)
  }
  if (reading.kind === 'stable') {
    const stopped = { gotG: reading.grams - baseG, expected }
    return { kind: 'off', step: seen(at, weight, { ...weighing, stopped }), stopped, silent: null }
  }
  // Without a reading only a box that was stopped before is not let go already.
  if (reading.kind === 'moving' || weighing.stopped === null) return { kind: 'moving' }
  return { kind: 'off', step: silent(at), stopped: weighing.stopped, silent: reading.why }
}

/** What a box that was stopped waits for, wherever the bench has gone meanwhile; null where none was. */
export function stoppedTotal({ weight, pending }: Situation, order: OrderFacts): WeightPending | null {
  const weighing = weight?.weighing ?? null
  if (weighing === null || weighing.stopped === null || weighing.baseG === null || weighing.result !== null)
    return null
  const { baseG, stopped } = weighing
  const short = pending?.kind === 'weight' ? pending.short : null
  return { kind: 'weight', orderId: order.id, baseG, expected: stopped.expected, gotG: stopped.gotG, short }
}

/** The box weighs something else, and somebody who may says that it goes. */
export function weighReleased(
  at: Situation,
  order: OrderFacts,
  { weight: waited, by }: Extract<Pending, { kind: 'release' }>,
  reason: ReleaseReason,
): WeightStep {
  const { weight } = at
  if (weight === null) return silent(at)
  const goods = inBox(order.lines)
  const wrong = reason === 'knownWrong' ? disproved(goods, weight.known) : []
  const grams = stableGrams(weight)
  const weighing = weight.weighing ?? unfollowed
  const step = seen(at, weight, {
    ...weighing,
    result: {
      verdict: 'released',
      netG: grams === null ? (waited.gotG ?? weighing.stopped?.gotG ?? null) : grams - waited.baseG,
      expectedG: waited.expected?.grams ?? 0,
      bandG: waited.expected?.band ?? 0,
      reason,
      by: by.name,
    },
  })
  const doubts = wrong.flatMap((sku): WeightEffect[] => {
    const productId = productOf(order, sku)
    return productId === null ? [] : [{ kind: 'doubtWeight', productId }]
  })
  return { ...step, effects: [...step.effects, ...doubts] }
}

const nothingKnown: KnownWeight = { catalogueG: null, samples: 0, meanG: 0, m2: 0 }

const productOf = (order: OrderFacts, sku: string): number | null =>
  order.lines.find((line) => line.sku === sku)?.productId ?? null

/** What the closed box teaches. Against the band, or not seen: nothing. */
export function weightLessons(at: Situation, order: OrderFacts): readonly WeightEffect[] {
  const result = at.weight?.weighing?.result ?? null
  if (at.weight === null || result === null) return []
  if ((result.verdict !== 'ok' && result.verdict !== 'unknown') || result.netG === null) return []
  const lesson = lessonOf(inBox(order.lines), result.netG, at.weight.known)
  const productId = lesson === null ? null : productOf(order, lesson.sku)
  if (lesson === null || productId === null) return []
  const before = at.weight.known.get(lesson.sku) ?? nothingKnown
  return [{ kind: 'knowWeight', productId, known: learn(before, lesson) }]
}

/** WEIGH while nothing is in the box: it is what stands on the scale. */
export function weighBase(at: Situation): WeightStep | null {
  const { weight } = at
  const grams = weight === null ? null : stableGrams(weight)
  if (weight === null || grams === null) return null
  return seen(at, weight, begun(weight.weighing, grams, followFrom(grams)))
}

export type WeightNow =
  | { readonly kind: 'moving' }
  /** No scale, goods whose weight is not known well enough, or a base that was not seen. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'known'
      readonly gotG: number
      readonly expectedG: number
      readonly bandG: number
      readonly fits: boolean
    }

/** What the box weighs and should weigh by now. */
export function weightNow(at: Situation, order: OrderFacts): WeightNow {
  const { weight } = at
  if (weight?.scale.reading.kind === 'moving') return { kind: 'moving' }
  const grams = weight === null ? null : stableGrams(weight)
  const baseG = weight?.weighing?.baseG ?? null
  const expected = weight === null ? null : weigher(weight)(inBox(order.lines))
  if (grams === null || baseG === null || expected === null) return { kind: 'none' }
  const gotG = grams - baseG
  const right = fits(gotG, expected)
  if (right && weight !== null && !isTelling(expected, inBox(order.lines), weight.known, weight.scale.stepG))
    return { kind: 'none' }
  return { kind: 'known', gotG, expectedG: expected.grams, bandG: expected.band, fits: right }
}
