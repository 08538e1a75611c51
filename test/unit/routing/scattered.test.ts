import { describe, expect, it } from 'vitest'
import { buildRectangle } from '#shared/domain/waves/routing/floor.ts'
import { createRouter, type Router } from '#shared/domain/waves/routing/router.ts'
import { choosePlaces, type ScatteredItem } from '#shared/domain/waves/routing/scattered.ts'
import { createSeeded as seeded } from '#shared/support/seeded.ts'

const bench = { aisle: 1, cross: 0, access: 1 }
const floor = buildRectangle(5, [9, 9], 3)
const router = createRouter(floor, { start: bench, drop: bench })

function randomItems(
  random: () => number,
  count: number,
  places: number,
  mostNeeded: number,
): ScatteredItem[] {
  const draw = (most: number) => Math.floor(random() * most)
  return Array.from({ length: count }, () => {
    const item = {
      places: Array.from({ length: 1 + draw(places) }, () => ({
        stop: { aisle: draw(5), block: draw(2), offset: draw(10) },
        available: 1 + draw(3),
        access: draw(4),
      })),
    }
    const all = item.places.reduce((sum, { available }) => sum + available, 0)
    return { ...item, quantity: Math.min(all, 1 + draw(mostNeeded)) }
  })
}

/** The least over every set of places of every item. */
function bruteCost(router: Router, items: readonly ScatteredItem[]): number {
  let least = Infinity
  const visit = (item: number, chosen: ScatteredItem['places']) => {
    const { quantity = 0, places = [] } = items[item] ?? {}
    if (item === items.length) {
      const access = chosen.reduce((sum, place) => sum + place.access, 0)
      least = Math.min(least, router.length(chosen.map(({ stop }) => stop)) + access)
      return
    }
    for (let set = 1; set < 1 << places.length; set += 1) {
      const some = places.filter((_, at) => (set & (1 << at)) !== 0)
      if (some.reduce((sum, { available }) => sum + available, 0) >= quantity)
        visit(item + 1, [...chosen, ...some])
    }
  }
  visit(0, [])
  return least
}

/** Checks that the takes are what was asked for, and returns what they cost, worked out anew. */
function costOf(items: readonly ScatteredItem[], choice: ReturnType<typeof choosePlaces>): number {
  if (!choice.ok) return Infinity
  const places = choice.takes.map(({ item, place, quantity }) => {
    const taken = items[item]?.places[place]
    expect(quantity).toBeGreaterThan(0)
    expect(quantity).toBeLessThanOrEqual(taken?.available ?? 0)
    return taken ?? { stop: { aisle: 0, block: 0, offset: 0 }, access: Infinity }
  })
  for (const [index, { quantity }] of items.entries()) {
    const takes = choice.takes.filter(({ item }) => item === index)
    expect(takes.reduce((sum, take) => sum + take.quantity, 0)).toBe(quantity)
    expect(new Set(takes.map(({ place }) => place)).size).toBe(takes.length)
  }
  const length = router.length(places.map(({ stop }) => stop))
  expect(choice.length).toBe(length)
  return length + places.reduce((sum, { access }) => sum + access, 0)
}

describe('choosing among several places', () => {
  it('finds the best of few choices, quantities split where one place has not enough', () => {
    const random = seeded(3)
    let split = 0
    for (let i = 0; i < 120; i += 1) {
      const items = randomItems(random, 1 + (i % 3), 4, 4)
      const choice = choosePlaces(router, items)
      expect(choice).toMatchObject({ ok: true, exhaustive: true })
      expect(costOf(items, choice)).toBe(bruteCost(router, items))
      if (choice.ok && choice.takes.length > items.length) split += 1
    }
    expect(split).toBeGreaterThan(20)
  })

  it('finds as good ones by searching', () => {
    const random = seeded(5)
    let longer = 0
    for (let i = 0; i < 25; i += 1) {
      const items = Array.from({ length: 5 }, () => {
        const [item = { quantity: 1, places: [] }] = randomItems(random, 1, 1, 1)
        const places = Array.from({ length: 5 }, () => randomItems(random, 1, 1, 1)[0]?.places ?? []).flat()
        return { ...item, quantity: 1, places }
      })
      const choice = choosePlaces(router, items, { walks: 4000 })
      expect(choice).toMatchObject({ ok: true, exhaustive: false })
      const least = items.reduce((product, { places }) => product * places.length, 1)
      expect(least).toBe(3125)
      longer += costOf(items, choice) / bruteSingles(items) - 1
    }
    expect(longer / 25).toBeLessThan(0.002)
  })

  it('is the same for the same seed', () => {
    const items = randomItems(seeded(7), 12, 6, 5)
    const once = choosePlaces(router, items, { walks: 2000, seed: 9 })
    expect(choosePlaces(router, items, { walks: 2000, seed: 9 })).toEqual(once)
    expect(costOf(items, once)).toBeLessThan(Infinity)
  })

  it('says what is not there or cannot be reached', () => {
    const stop = { aisle: 0, block: 0, offset: 3 }
    const nowhere = { aisle: 9, block: 0, offset: 3 }
    expect(
      choosePlaces(router, [
        { quantity: 5, places: [{ stop, available: 3, access: 0 }] },
        { quantity: 1, places: [{ stop: nowhere, available: 3, access: 0 }] },
        { quantity: 1, places: [{ stop, available: 3, access: 0 }] },
        { quantity: 2, places: [] },
      ]),
    ).toEqual({
      ok: false,
      missing: [
        { item: 0, quantity: 2 },
        { item: 1, quantity: 1 },
        { item: 3, quantity: 2 },
      ],
    })
    expect(choosePlaces(router, [])).toEqual({ ok: true, length: 2, access: 0, takes: [], exhaustive: true })
  })
})

/** One place for each item, every combination. */
function bruteSingles(items: readonly ScatteredItem[]): number {
  let least = Infinity
  const visit = (item: number, chosen: ScatteredItem['places']) => {
    const places = items[item]?.places
    if (places !== undefined) for (const place of places) visit(item + 1, [...chosen, place])
    else {
      const access = chosen.reduce((sum, place) => sum + place.access, 0)
      least = Math.min(least, router.length(chosen.map(({ stop }) => stop)) + access)
    }
  }
  visit(0, [])
  return least
}
