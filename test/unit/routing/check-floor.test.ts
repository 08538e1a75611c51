import { describe, expect, it } from 'vitest'
import { findFloorFaults, findStopFaults } from '#shared/domain/waves/routing/check-floor.ts'
import { buildRectangle, type Floor, type Segment } from '#shared/domain/waves/routing/floor.ts'
import { createRouter } from '#shared/domain/waves/routing/router.ts'

const bench = { aisle: 0, cross: 0, access: 0 }
const depots = { start: bench, drop: bench }
const both = (length: number): Segment => ({ length, direction: 'both' })
const oneWay = (length: number): Segment => ({ length, direction: 'forward' })

describe('a floor', () => {
  it('is sound when it is a rectangle', () => {
    expect(findFloorFaults(buildRectangle(3, [10, 10], 4), depots)).toEqual([])
    expect(findFloorFaults(buildRectangle(1, [10], 0), depots)).toEqual([])
  })

  it('has aisles and at least two cross aisles', () => {
    expect(findFloorFaults({ aisles: [], crossAisles: [] }, depots).map(({ code }) => code)).toEqual([
      'noAisles',
      'fewerThanTwoCrossAisles',
      'depotOutside',
      'depotOutside',
    ])
  })

  it('names what is uneven, and every length that is none', () => {
    const floor: Floor = {
      aisles: [[both(-1)], [both(3), both(3)]],
      crossAisles: [[both(Number.NaN)], []],
    }
    expect(findFloorFaults(floor, depots)).toEqual([
      { code: 'aisleLengthBad', aisle: 0, block: 0, length: -1 },
      { code: 'aisleUneven', aisle: 1, passages: 2, expected: 1 },
      { code: 'crossAisleLengthBad', cross: 0, aisle: 0, length: Number.NaN },
      { code: 'crossAisleUneven', cross: 1, passages: 0, expected: 1 },
    ])
    expect(() => createRouter(floor, depots)).toThrow('aisleLengthBad')
  })

  it('has its depots on crossings that lead to each other', () => {
    const floor = buildRectangle(2, [10], 4)
    const outside = { aisle: 2, cross: 0, access: 0 }
    const far = { aisle: 0, cross: 0.5, access: -3 }
    expect(findFloorFaults(floor, { start: outside, drop: far })).toEqual([
      { code: 'depotOutside', depot: 'start', aisle: 2, cross: 0 },
      { code: 'depotOutside', depot: 'drop', aisle: 0, cross: 0.5 },
      { code: 'accessBad', depot: 'drop', access: -3 },
    ])
    const split: Floor = { aisles: [[both(3)], [both(3)]], crossAisles: [[null], [null]] }
    const there = { aisle: 1, cross: 1, access: 0 }
    expect(findFloorFaults(split, { start: bench, drop: there })).toEqual([{ code: 'dropUnreachable' }])
  })
})

describe('a stop', () => {
  it('is on a passage, within it', () => {
    const floor: Floor = { ...buildRectangle(2, [10], 4), aisles: [[both(10)], [null]] }
    expect(
      findStopFaults(floor, depots, [
        { aisle: 0, block: 0, offset: 10 },
        { aisle: 2, block: 0, offset: 1 },
        { aisle: 0, block: 1, offset: 1 },
        { aisle: 1, block: 0, offset: 1 },
        { aisle: 0, block: 0, offset: 10.5 },
        { aisle: 0, block: 0, offset: -1 },
        { aisle: 0, block: 0, offset: Number.NaN },
      ]),
    ).toEqual([
      { code: 'stopOutside', stop: 1, aisle: 2, block: 0 },
      { code: 'stopOutside', stop: 2, aisle: 0, block: 1 },
      { code: 'stopInHole', stop: 3, aisle: 1, block: 0 },
      { code: 'offsetOutside', stop: 4, offset: 10.5, length: 10 },
      { code: 'offsetOutside', stop: 5, offset: -1, length: 10 },
      { code: 'offsetOutside', stop: 6, offset: Number.NaN, length: 10 },
    ])
  })

  it('can be walked to and back from', () => {
    // Into aisle 1 by the first cross aisle, and no way out of its end; aisle 2 cannot be entered.
    const floor: Floor = {
      aisles: [[both(10)], [oneWay(10)], [oneWay(10)]],
      crossAisles: [
        [both(4), null],
        [null, null],
      ],
    }
    expect(
      findStopFaults(floor, depots, [
        { aisle: 1, block: 0, offset: 5 },
        { aisle: 2, block: 0, offset: 5 },
        { aisle: 1, block: 0, offset: 0 },
      ]),
    ).toEqual([
      { code: 'noWayBack', stop: 0 },
      { code: 'stopUnreachable', stop: 1 },
    ])
  })

  it('is on one walk with the others', () => {
    // From the start to the drop by aisle 0 or by aisle 1, not by both.
    const floor: Floor = { aisles: [[oneWay(10)], [oneWay(10)]], crossAisles: [[oneWay(4)], [oneWay(4)]] }
    const ends = { start: bench, drop: { aisle: 1, cross: 1, access: 0 } }
    const stops = [
      { aisle: 0, block: 0, offset: 5 },
      { aisle: 1, block: 0, offset: 5 },
    ]
    expect(findStopFaults(floor, ends, stops).map(({ code }) => code)).toEqual(['noCommonWalk'])
    expect(findStopFaults(floor, ends, stops.slice(1))).toEqual([])
    expect(createRouter(floor, ends).length(stops)).toBe(Infinity)
    expect(createRouter(floor, ends).length(stops.slice(1))).toBe(14)
  })
})
