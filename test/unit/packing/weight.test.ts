import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  disproved,
  expectedWeight,
  fits,
  isTelling,
  type KnownWeight,
  learn,
  lessonOf,
} from '#shared/domain/packing/weight.ts'

const nothing: KnownWeight = { catalogueG: null, samples: 0, meanG: 0, m2: 0 }
const catalogue = (grams: number): KnownWeight => ({ ...nothing, catalogueG: grams })
const taught = (from: KnownWeight, ...nets: readonly (readonly [netG: number, units: number])[]) =>
  nets.reduce((known, [netG, units]) => learn(known, { sku: 'RED', netG, units }), from)
const one = [{ sku: 'RED', units: 1 }]
const band = (known: KnownWeight, units = 1, step = 1) =>
  expectedWeight([{ sku: 'RED', units }], new Map([['RED', known]]), step)

describe('what goods should weigh', () => {
  it('is unknown without a catalogue until three parcels have taught it', () => {
    expect(band(nothing)).toBeNull()
    expect(band(taught(nothing, [380, 1], [384, 1]))).toBeNull()
    expect(band(taught(nothing, [380, 1], [384, 1], [382, 1]))?.grams).toBe(382)
    expect(
      expectedWeight([...one, { sku: 'NEW', units: 1 }], new Map([['RED', catalogue(382)]]), 1),
    ).toBeNull()
  })

  it('is wide with the catalogue alone, and narrows as the scale teaches', () => {
    const bands = [0, 1, 5, 20].map((count) => {
      const nets = Array.from({ length: count }, (_, nth): [number, number] => [381 + (nth % 3), 1])
      return band(taught(catalogue(382), ...nets))?.band ?? 0
    })
    expect(bands[0]).toBeGreaterThan(60)
    for (const [nth, width] of bands.entries()) if (nth > 0) expect(width).toBeLessThan(bands[nth - 1] ?? 0)
    expect(bands[3]).toBeLessThan(15)
  })

  it('is what the scale taught where the catalogue says otherwise', () => {
    expect(band(taught(catalogue(300), [382, 1]))?.grams).toBe(382)
  })

  it('is never surer than the scale, nor than a strip of tape', () => {
    const nets = Array.from({ length: 30 }, (): [number, number] => [10, 1])
    const light = taught(nothing, ...nets)
    expect(band(light)?.band).toBeGreaterThanOrEqual(3)
    expect(band(light, 1, 20)?.band).toBe(20)
  })

  it('learns the mean and the spread of what was weighed, one unit or many at a time', () => {
    const gram = fc.integer({ min: 50, max: 2000 })
    fc.assert(
      fc.property(
        gram,
        fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 3, maxLength: 25 }),
        (base, off) => {
          const all = off.map((by) => base + by)
          const known = taught(nothing, ...all.map((net): [number, number] => [net, 1]))
          const mean = all.reduce((sum, net) => sum + net, 0) / all.length
          expect(known.meanG).toBeCloseTo(mean, 6)
          expect(known.m2).toBeCloseTo(
            all.reduce((sum, net) => sum + (net - mean) ** 2, 0),
            4,
          )
        },
      ),
    )
    expect(taught(nothing, [764, 2], [1146, 3]).meanG).toBeCloseTo(382, 6)
  })

  it('forgets one wrong parcel after some right ones', () => {
    const right = Array.from({ length: 120 }, (): [number, number] => [382, 1])
    const known = taught(nothing, [764, 1], ...right)
    const expected = band(known)
    expect(expected).not.toBeNull()
    if (expected === null) return
    expect(fits(382, expected)).toBe(true)
    expect(fits(764, expected)).toBe(false)
    expect(expected.band).toBeLessThan(100)
  })
})

describe('what a parcel is checked against', () => {
  /** What a parcel can be called right against. */
  const checked = (known: KnownWeight, units: number, step = 1, rest: KnownWeight | null = null) => {
    const goods = [{ sku: 'RED', units }, ...(rest === null ? [] : [{ sku: 'BLUE', units: 1 }])]
    const all = new Map([['RED', known] as const, ...(rest === null ? [] : [['BLUE', rest] as const])])
    const expected = expectedWeight(goods, all, step)
    return expected !== null && isTelling(expected, goods, all, step) ? expected : null
  }

  it('never lets an empty box, nor one unit more or less, pass as right, whatever was learned', () => {
    const parcel = fc.tuple(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 12 }))
    fc.assert(
      fc.property(
        fc.array(parcel, { minLength: 1, maxLength: 40 }),
        fc.constantFrom(null, 5, 382, 5000),
        fc.integer({ min: 1, max: 300 }),
        fc.constantFrom(1, 5, 20),
        (parcels, catalogueG, units, step) => {
          const known = taught({ ...nothing, catalogueG }, ...parcels)
          const expected = checked(known, units, step)
          if (expected === null) return
          expect(fits(0, expected)).toBe(false)
          const each = band(known)?.grams === catalogueG ? null : known.meanG
          if (each === null) return
          expect(fits(Math.round(0.5 * each), expected)).toBe(false)
          expect(fits(Math.round((units - 1) * each), expected)).toBe(false)
          expect(fits(Math.round((units + 1) * each), expected)).toBe(false)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it.each([
    [[764, 382, 382]],
    [[382, 764, 382]],
    [[382, 382, 764]],
    [[1382, 382, 382]],
    [[382_000, 382, 382]],
  ])('is not what %j teaches, and is right after four more', (nets) => {
    const odd = taught(nothing, ...nets.map((net): [number, number] => [net, 1]))
    expect(checked(odd, 1)).toBeNull()
    const expected = checked(taught(odd, [382, 1], [383, 1], [381, 1], [382, 1]), 1)
    expect(expected).not.toBeNull()
    if (expected === null) return
    expect(fits(382, expected)).toBe(true)
    expect(fits(764, expected)).toBe(false)
    expect(expected.band).toBeLessThan(100)
  })

  it('is unknown where the scale cannot tell the goods from nothing, and known with heavier ones', () => {
    const leaflet = taught(nothing, ...Array.from({ length: 30 }, (): [number, number] => [4, 1]))
    expect(checked(leaflet, 1, 5)).toBeNull()
    expect(checked(leaflet, 1, 5, catalogue(382))?.grams).toBe(386)
  })
})

describe('what a parcel teaches', () => {
  const known = new Map([
    ['RED', taught(catalogue(382), [382, 1], [382, 1], [382, 1])],
    ['BLUE', catalogue(382)],
  ])
  it('is the weight of its only SKU, or of the only one unknown', () => {
    expect(lessonOf([{ sku: 'NEW', units: 2 }], 200, known)).toEqual({ sku: 'NEW', units: 2, netG: 200 })
    expect(lessonOf(one, 381, known)).toEqual({ sku: 'RED', units: 1, netG: 381 })
    const two = [...one, { sku: 'NEW', units: 1 }, { sku: 'NEW', units: 1 }]
    expect(lessonOf(two, 782, known)).toMatchObject({ sku: 'NEW', units: 2, netG: 400 })
  })
  it('is nothing where two are unknown, nothing is left, or the rest is itself a guess', () => {
    expect(
      lessonOf(
        [
          { sku: 'NEW', units: 1 },
          { sku: 'NEWER', units: 1 },
        ],
        500,
        known,
      ),
    ).toBeNull()
    expect(lessonOf([...one, { sku: 'NEW', units: 1 }], 380, known)).toBeNull()
    expect(
      lessonOf(
        [
          { sku: 'BLUE', units: 5 },
          { sku: 'NEW', units: 1 },
        ],
        1970,
        known,
      ),
    ).toBeNull()
    expect(lessonOf([...one, { sku: 'BLUE', units: 1 }], 764, known)).toBeNull()
  })
  it('a weight that is said to be wrong is that of the only SKU, or of those that nobody weighed', () => {
    expect(disproved(one, known)).toEqual(['RED'])
    expect(disproved([...one, { sku: 'BLUE', units: 1 }, { sku: 'NEW', units: 1 }], known)).toEqual(['BLUE'])
  })
})
