import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allIn,
  baseAt,
  follow,
  type Followed,
  followFrom,
  levelsAfter,
  standing,
} from '#shared/domain/packing/follow-scale.ts'
import { expectedWeight, type Goods } from '#shared/domain/packing/weight.ts'

const grams: Record<string, number> = { RED: 382, TEA: 318, SOCK: 126 }
const known = new Map(
  Object.entries(grams).map(([sku, meanG]) => [sku, { catalogueG: meanG, samples: 20, meanG, m2: 20 }]),
)
const weigh = (goods: readonly Goods[]) => expectedWeight(goods, known, 1)
const unit = (sku: string): Goods[] => [{ sku, units: 1 }]

/** A packer's day: a capital name is put in unseen, `scan` reads the code. Gives what was told at each scan. */
function play(moves: string): (string | null)[] {
  let onScale = 120
  let followed: Followed = followFrom(120)
  return moves.split(' ').flatMap((move) => {
    const [act = '', sku = ''] = move.split(':')
    if (act === 'put') onScale += grams[sku] ?? 50
    if (act === 'out') onScale -= grams[sku] ?? 50
    if (act !== 'scan' && act !== 'blur') return []
    const step = follow(followed, act === 'blur' ? null : onScale, unit(sku), weigh, 1)
    followed = step.followed
    return [step.odd?.kind ?? null]
  })
}

describe('following the scans by the scale', () => {
  it.each([
    ['after', 'scan:RED put:RED scan:RED put:RED scan:TEA put:TEA'],
    ['before', 'put:RED scan:RED put:RED scan:RED put:TEA scan:TEA'],
    ['two different in the hand', 'scan:RED scan:TEA put:RED put:TEA scan:SOCK'],
    [
      'one habit, then the other',
      'scan:RED put:RED put:TEA scan:TEA put:SOCK scan:SOCK scan:RED put:RED scan:TEA',
    ],
    ['while the scale never stands still', 'blur:RED put:RED blur:RED put:RED scan:TEA put:TEA scan:SOCK'],
  ])('says nothing to a packer who puts it in %s', (_habit, moves) => {
    expect(play(moves).every((odd) => odd === null)).toBe(true)
  })

  it.each([
    ['one unit scanned twice, put in after', 'scan:RED scan:RED', [null, 'twice']],
    ['one unit scanned twice, put in before', 'put:RED scan:RED scan:RED', [null, 'twice']],
    [
      'one unit scanned again after it was put in',
      'scan:RED put:RED scan:RED scan:TEA put:TEA scan:SOCK',
      [null, null, null, 'notIn'],
    ],
    ['two dropped in after the scan', 'scan:RED put:RED put:RED scan:TEA', [null, 'two']],
    ['two dropped in before the scan', 'put:RED put:RED scan:RED', ['two']],
    ['two dropped in later on', 'scan:TEA put:TEA scan:RED put:RED put:RED scan:SOCK', [null, null, 'two']],
    ['something else dropped in', 'scan:RED put:RED put:GIFT scan:TEA', [null, 'other']],
    ['something taken out', 'put:RED scan:RED out:RED scan:TEA', [null, 'other']],
  ])('catches %s', (_fault, moves, told) => {
    expect(play(moves)).toEqual(told)
  })

  it('tells a fault once, and then goes on with either habit', () => {
    expect(play('put:RED put:RED scan:RED put:TEA scan:TEA put:SOCK scan:SOCK')).toEqual(['two', null, null])
    expect(play('scan:RED put:RED put:RED scan:TEA put:TEA scan:SOCK put:SOCK')).toEqual([null, 'two', null])
  })

  it('takes any gain for goods that nobody has weighed, but no gain for none', () => {
    const step = follow(followFrom(120), 500, unit('NEW'), weigh, 1)
    expect([step.odd, allIn(step.followed)]).toEqual([null, true])
    expect(allIn(follow(followFrom(120), 120, unit('NEW'), weigh, 1).followed)).toBe(false)
  })

  it('never doubts an honest packer, whatever comes in which order', () => {
    const sku = fc.constantFrom('RED', 'TEA', 'SOCK')
    const item = fc.record({ sku, before: fc.boolean() })
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 12 }), (items) => {
        const moves: string[] = []
        let hand: string | null = null
        for (const [nth, one] of items.entries()) {
          // Who changes the habit between two of the same shows the scale what a unit scanned twice shows it.
          const was = items[nth - 1]
          const before = one.sku === was?.sku && !was.before ? false : one.before || one.sku === was?.sku
          items[nth] = { ...one, before }
          if (hand !== null) moves.push(`put:${hand}`)
          hand = before ? null : one.sku
          if (before) moves.push(`put:${one.sku}`)
          moves.push(`scan:${one.sku}`)
        }
        expect(play(moves.join(' ')).filter((odd) => odd !== null)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})

describe('what the box itself weighs', () => {
  const scale = (...levels: number[]) => ({
    reading: { kind: 'moving' as const },
    stepG: 1,
    levels,
  })
  const red = weigh(unit('RED'))
  it('is what stood there when it was opened', () => {
    expect(standing(scale(0, 120))).toBe(120)
    expect(standing(scale(0))).toBeNull()
    expect(standing(scale())).toBeNull()
    expect(baseAt(scale(0, 120, 502), 120, red)).toBe(120)
  })
  it.each([
    ['an item in the hand, the box on the scale', [0, 120], 120],
    ['box, then item', [0, 120, 502], 120],
    ['an item on the bare scale', [0, 382], 0],
    ['nothing on the scale', [0], 0],
    ['three loads: nobody can say which is the box', [0, 120, 502, 884], null],
    ['two loads, none of them the item', [0, 120, 884], null],
    ['no box seen alone since the start', [120], 120],
    ['a scale that was never still', [], null],
    ['another box than at the opening', [0, 200], 200],
  ])('%s', (_case, levels, base) => {
    expect(baseAt(scale(...levels), 333, red)).toBe(base)
  })
  it('forgets what stood there when the scale is cleared, and takes a flicker for the same weight', () => {
    const after = (...shown: number[]) =>
      shown.reduce<readonly number[]>((levels, one) => levelsAfter(levels, one, 1), [])
    expect(after(0, 120, 121, 120, 502)).toEqual([0, 120, 502])
    expect(after(0, 120, 502, 1, 130)).toEqual([1, 130])
  })
})
