import { describe, expect, it } from 'vitest'
import { boxOf, overlaps, type Box } from '#electron/documents/pick-list-map-numbers.ts'
import { drawRoute } from '#electron/documents/pick-list-map-route.ts'
import { layMap, type MapDrawing } from '#electron/documents/pick-list-map.ts'
import type { PickListMap } from '#electron/ports/document-press.ts'
import { dice } from '#test/support/warehouse-floor.ts'
import { wave } from './papers.ts'

const room = {
  width: 535,
  height: 320,
  measure: (text: string, size: number) => text.length * size * 0.59,
  role: (role: string) => role,
}

function laid(map: PickListMap, change: Partial<typeof room> = {}): MapDrawing {
  const drawing = layMap(map, { ...room, ...change })
  if (!drawing) throw new Error('no map')
  return drawing
}

const mapOf = (count: number, blocks = 1): PickListMap => {
  const { map } = wave(count, {}, { blocks, ways: false, idle: 0 })
  if (!map) throw new Error('no floor')
  return map
}

/** Stops strewn over a floor, numbered as they come, with a walk that is no real one. */
function strewn(aisles: number, blocks: number, stops: number): PickListMap {
  const roll = dice(aisles * 1000 + blocks * 100 + stops)
  const length = 12_000 * blocks
  const places = Array.from({ length: stops }, () => ({
    aisle: roll(aisles),
    yMm: roll(length + 1),
    side: roll(2) === 0 ? -900 : 900,
  })).toSorted((a, b) => a.aisle - b.aisle || (a.aisle % 2 === 0 ? a.yMm - b.yMm : b.yMm - a.yMm))
  return {
    crossAisles: Array.from({ length: blocks + 1 }, (_, at) => ({ name: String(at), yMm: at * 12_000 })),
    aisles: Array.from({ length: aisles }, (_, at) => ({
      names: [`A/${String(at + 1).padStart(2, '0')}`],
      xMm: at * 3_000,
      ways: Array.from({ length: blocks }, () => 'both' as const),
    })),
    crossWays: [],
    depots: [{ name: '打包台', xMm: 0, yMm: -2_000, role: 'both' }],
    stops: places.map(({ aisle, yMm, side }, at) => ({ number: at + 1, xMm: aisle * 3_000 + side, yMm })),
    path: places.map(({ aisle, yMm }) => [aisle * 3_000, yMm] as const),
  }
}

function expectApart(boxes: readonly Box[]): void {
  boxes.forEach((one, index) => {
    for (const other of boxes.slice(index + 1)) expect(overlaps(one, other)).toBe(false)
  })
}

const isOn = (numbers: readonly number[], number: number) =>
  Math.min(...numbers) <= number && number <= Math.max(...numbers)

const missing = (map: PickListMap, { numbers }: MapDrawing) =>
  map.stops.filter(({ number }) => !numbers.some((label) => isOn(label.numbers, number)))

describe('the map of a pick list', () => {
  it('is to scale in both directions and as large as its room', () => {
    const map = mapOf(40)
    const { scale, dots, width, height } = laid(map)
    const [a, b] = [map.stops[0], map.stops[20]]
    const [from, to] = [dots[0], dots[20]]
    if (!a || !b || !from || !to) throw new Error('too few stops')
    // Dots lie in the middle of the aisle, the shelves 900 mm beside it.
    expect(to.x - from.x).toBeCloseTo((Math.round(b.xMm / 3000) - Math.round(a.xMm / 3000)) * 3000 * scale, 5)
    expect(from.y - to.y).toBeCloseTo((b.yMm - a.yMm) * scale, 5)
    expect(width <= room.width && height <= room.height + 0.001).toBe(true)
    expect(width > room.width - 1 || height > room.height - 1).toBe(true)
  })

  it('draws the walk from the start over every stop to the drop', () => {
    const map = mapOf(40)
    const { route, dots, depots } = laid(map)
    const ends = [route[0], route.at(-1)]
    depots.forEach(({ x, y }, index) => {
      expect(ends[index]?.x).toBeCloseTo(x, 5)
      expect(ends[index]?.y).toBeCloseTo(y, 5)
    })
    for (const dot of dots) {
      const nearest = Math.min(...route.slice(1).map((to, at) => distance(dot, route[at] ?? to, to)))
      expect(nearest).toBeLessThan(2.5)
    }
  })

  it('has an arrow on every run, in its direction', () => {
    const { route, arrows } = drawRoute(
      [
        { x: 0, y: 0 },
        { x: 0, y: 20 },
        { x: 0, y: 40 },
        { x: 200, y: 40 },
        { x: 200, y: 45 },
      ],
      2,
    )
    expect(route).toHaveLength(4)
    expect(arrows.map(({ dx, dy }) => [dx, dy])).toEqual([
      [0, 1],
      [1, 0],
      [1, 0],
    ])
    expect(arrows[0]).toMatchObject({ x: 0, y: 20 })
  })

  it('keeps the way in and the way back apart, each on its right', () => {
    const { route, arrows } = drawRoute(
      [
        { x: 0, y: 0 },
        { x: 0, y: 60 },
        { x: 0, y: 0 },
      ],
      2,
    )
    expect(route.map(({ x }) => x)).toEqual([-2, -2, 2, 2])
    expect(arrows).toHaveLength(2)
    expect(Math.abs((arrows[0]?.y ?? 0) - (arrows[1]?.y ?? 0))).toBeGreaterThan(10)
  })

  it.each([10, 12, 15, 20])('numbers all of 40 stops in %i aisles', (aisles) => {
    const map = strewn(aisles, 1, 40)
    const drawing = laid(map)
    expect(missing(map, drawing)).toEqual([])
    expectApart(drawing.numbers.map(boxOf))
  })

  it.each([
    [1, 1, 30],
    [1, 1, 500],
    [2, 3, 40],
    [20, 3, 120],
    [50, 5, 60],
    [50, 5, 500],
  ])('lays no number on another: %i aisles, %i blocks, %i stops', (aisles, blocks, stops) => {
    const map = strewn(aisles, blocks, stops)
    const drawing = laid(map)
    const boxes = drawing.numbers.map(boxOf)
    expectApart(boxes)
    for (const box of boxes) {
      expect(box.left >= 0 && box.right <= drawing.width && box.top >= 0).toBe(true)
      expect(box.bottom).toBeLessThanOrEqual(drawing.height)
    }
    for (const { numbers } of drawing.numbers) expect(numbers.length === 1 || numbers.length === 2).toBe(true)
    expect(drawing.numbers.length).toBeGreaterThan(0)
  })

  it('stands upright along its aisle where several stops lie close', () => {
    const map = strewn(1, 1, 2)
    const close = map.stops.map((stop, at) => ({ ...stop, xMm: 900, yMm: 5_000 + at * 100 }))
    const crowd = Array.from({ length: 12 }, (_, at) => ({ number: at + 1, xMm: 900, yMm: 5_000 + at * 40 }))
    expect(laid({ ...map, stops: close }).numbers.map(({ numbers }) => numbers)).toEqual([[1], [2]])
    const [label] = laid({ ...map, stops: crowd }).numbers.filter(({ numbers }) => numbers.length === 2)
    // Walked upwards, so the first number is the lower one.
    expect((label?.numbers[0] ?? 0) > (label?.numbers[1] ?? 0)).toBe(true)
  })

  it('shows one-way aisles and what is closed', () => {
    const { map } = wave(40, {}, { blocks: 2, ways: true, idle: 1 })
    if (!map) throw new Error('no floor')
    const { oneWays, closed } = laid(map)
    expect(oneWays).toHaveLength(
      map.aisles.flatMap(({ ways }) => ways.filter((way) => way !== 'both')).length,
    )
    expect(oneWays.filter(({ dy }) => dy === -1).length).toBe(oneWays.filter(({ dy }) => dy === 1).length)
    expect(closed).toHaveLength(1)
  })

  it('is there without a walk, and not without a floor', () => {
    const map = mapOf(12)
    expect(laid({ ...map, path: [] })).toMatchObject({ route: [], arrows: [] })
    expect(laid({ ...map, path: [[0, 0]] }).route).toEqual([])
    expect(layMap({ ...map, aisles: [] }, room)).toBeNull()
    expect(layMap({ ...map, crossAisles: map.crossAisles.slice(0, 1) }, room)).toBeNull()
    expect(layMap(map, { ...room, height: 20 })).toBeNull()
  })

  it('keeps the names of aisles and depots apart, and drops what has no room', () => {
    for (const aisles of [1, 12, 50]) {
      const { names, depots } = laid(strewn(aisles, 1, 5))
      const boxes = [...names, ...depots.flatMap(({ label }) => label ?? [])].map(
        ({ text, x, baseline, size }) => {
          const half = room.measure(text, size) / 2
          return {
            left: x - half,
            right: x + half,
            top: baseline - size * 0.8,
            bottom: baseline + size * 0.2,
          }
        },
      )
      expectApart(boxes)
      expect(names.length).toBeGreaterThan(0)
    }
  })
})

function distance(
  { x, y }: { x: number; y: number },
  from: { x: number; y: number },
  to: { x: number; y: number },
): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const square = dx * dx + dy * dy
  const along = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / square))
  return Math.hypot(x - from.x - along * dx, y - from.y - along * dy)
}
