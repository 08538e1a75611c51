import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  hasAllLeft,
  placeLines,
  type ShippedLine,
  type WantedLine,
} from '#shared/domain/orders/place-lines.ts'

const wanted = (quantity: number, externalId = '', sku = 'RED'): WantedLine => ({ externalId, sku, quantity })
const shipped = (id: number, units: number, externalId = '', sku = 'RED'): ShippedLine => ({
  id,
  externalId,
  sku,
  units,
})
const placed = (lines: readonly WantedLine[], gone: readonly ShippedLine[]) =>
  placeLines(lines, gone).map(({ id, line, quantity }) => [id, line.externalId, quantity])

describe('the lines of an order that changed after a part of it has left', () => {
  it('are simply new where nothing has left', () => {
    expect(placed([wanted(2, 'a'), wanted(1, 'b')], [])).toEqual([
      [null, 'a', 2],
      [null, 'b', 1],
    ])
  })

  it('go on as themselves, whichever order they come in', () => {
    expect(placed([wanted(4, 'b'), wanted(3, 'a')], [shipped(1, 2, 'a'), shipped(2, 1, 'b')])).toEqual([
      [2, 'b', 4],
      [1, 'a', 3],
    ])
  })

  it('ask for no more of a SKU than the order still wants when a shipped line shrinks', () => {
    // 3 of the first have left; the order now asks for 1 + 3: one is missing, not three.
    expect(placed([wanted(1, 'a'), wanted(3, 'b')], [shipped(1, 3, 'a')])).toEqual([
      [1, 'a', 3],
      [null, 'b', 1],
    ])
    expect(placed([wanted(1, 'a'), wanted(2, 'b')], [shipped(1, 3, 'a')])).toEqual([[1, 'a', 3]])
    expect(placed([wanted(2, 'a'), wanted(1, 'b')], [shipped(2, 3, 'b')])).toEqual([[2, 'b', 3]])
  })

  it('leave alone what left too much', () => {
    expect(placed([wanted(1)], [shipped(1, 3)])).toEqual([[1, '', 1]])
    expect(placed([wanted(1)], [shipped(1, 1), shipped(2, 3)])).toEqual([[1, '', 1]])
  })

  it('that became one keep what each shipped', () => {
    expect(placed([wanted(5)], [shipped(1, 2), shipped(2, 1)])).toEqual([
      [1, '', 2],
      [2, '', 3],
    ])
  })

  it('of a SKU that is asked no more are left out', () => {
    expect(placed([wanted(1, '', 'TEA')], [shipped(1, 2)])).toEqual([[null, '', 1]])
  })

  it('sum up by SKU, whatever has left and is asked', () => {
    const sku = fc.constantFrom('RED', 'TEA')
    const mark = fc.constantFrom('', 'a', 'b')
    const lines = fc.array(fc.record({ sku, externalId: mark, quantity: fc.integer({ min: 1, max: 5 }) }), {
      maxLength: 5,
    })
    const rows = fc.array(fc.record({ sku, externalId: mark, units: fc.integer({ min: 1, max: 5 }) }), {
      maxLength: 5,
    })
    fc.assert(
      fc.property(lines, rows, (asks, left) => {
        const gone = left.map((one, id) => ({ ...one, id }))
        const made = placeLines(asks, gone)
        for (const one of ['RED', 'TEA']) {
          const sum = (of: readonly { sku: string }[], units: (at: number) => number) =>
            of.reduce((total, line, at) => (line.sku === one ? total + units(at) : total), 0)
          const asked = sum(asks, (at) => asks[at]?.quantity ?? 0)
          const shippedUnits = sum(gone, (at) => gone[at]?.units ?? 0)
          const missing = sum(
            made.map(({ line }) => line),
            (at) =>
              Math.max(
                0,
                (made[at]?.quantity ?? 0) - (gone.find(({ id }) => id === made[at]?.id)?.units ?? 0),
              ),
          )
          expect(missing).toBe(Math.max(0, asked - shippedUnits))
          expect(
            sum(
              made.map(({ line }) => line),
              (at) => made[at]?.quantity ?? 0,
            ),
          ).toBe(asked)
        }
        expect(made.every(({ quantity }) => quantity > 0)).toBe(true)
        const kept = made.flatMap(({ id }) => (id === null ? [] : [id]))
        expect(new Set(kept).size).toBe(kept.length)
      }),
      { numRuns: 2000, seed: 1 },
    )
  })

  it('have all left only when each SKU left exactly as asked', () => {
    expect(hasAllLeft([wanted(1, 'a'), wanted(2, 'b')], [shipped(1, 3)])).toBe(true)
    expect(hasAllLeft([wanted(2)], [shipped(1, 3)])).toBe(false)
    expect(hasAllLeft([wanted(3)], [shipped(1, 2)])).toBe(false)
    expect(hasAllLeft([wanted(3)], [shipped(1, 3), shipped(2, 1, '', 'TEA')])).toBe(false)
  })
})
