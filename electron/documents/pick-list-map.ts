import type { PickListMap } from '#electron/ports/document-press.ts'
import { layNumbers, type Box, type NumberLabel, overlaps } from './pick-list-map-numbers.ts'
import { drawRoute, type Arrow, type Point } from './pick-list-map-route.ts'

/** A floor laid out on paper: points from its own top left corner, y downwards, both directions in one scale. */
export interface MapDrawing {
  readonly width: number
  readonly height: number
  /** Points a millimetre of floor. */
  readonly scale: number
  /** From one aisle to the next, in points. */
  readonly pitch: number
  readonly racks: readonly Box[]
  /** Stretches where nobody walks. */
  readonly closed: readonly Box[]
  readonly oneWays: readonly Arrow[]
  readonly route: readonly Point[]
  readonly arrows: readonly Arrow[]
  readonly dots: readonly Point[]
  readonly numbers: readonly NumberLabel[]
  readonly names: readonly MapText[]
  readonly depots: readonly DepotMark[]
}

export interface MapText {
  readonly text: string
  readonly x: number
  readonly baseline: number
  readonly size: number
}

export interface DepotMark extends Point {
  readonly role: PickListMap['depots'][number]['role']
  readonly label: MapText | null
}

export interface MapRoom {
  readonly width: number
  readonly height: number
  readonly measure: (text: string, size: number) => number
  /** What a depot is called that has no name of its own. */
  readonly role: (role: DepotMark['role']) => string
}

/** Above and below the floor, for the names of aisles and depots. */
const edge = { top: 16, bottom: 18, side: 4 }
const usualPitchMm = 3_000
/** A metre is at most this long: a tiny floor needs no poster. */
const most = 0.022
export const depotSize = 8

/** How large a floor becomes in a room. */
export interface MapSize {
  readonly width: number
  readonly height: number
  readonly scale: number
  readonly pitch: number
}

interface Measured extends MapSize {
  /** Of the floor, in millimetres: what lies at the left and the lower edge. */
  readonly leftMm: number
  readonly footMm: number
}

/** Null for a floor without an aisle or without length, and for a room without room. */
export function measureMap(map: PickListMap, room: Pick<MapRoom, 'width' | 'height'>): Measured | null {
  const xs = map.aisles.map(({ xMm }) => xMm)
  const ys = map.crossAisles.map(({ yMm }) => yMm)
  if (xs.length === 0 || ys.length < 2) return null
  const pitchMm = median(xs.slice(1).map((x, index) => x - (xs[index] ?? x))) || usualPitchMm
  const sides = xs.flatMap((x) => [x - pitchMm / 2, x + pitchMm / 2])
  const across = span([...sides, ...map.depots.map(({ xMm }) => xMm)])
  const along = span([...ys, ...map.depots.map(({ yMm }) => yMm)])
  const scale = Math.min(
    most,
    (room.width - 2 * edge.side) / (across.to - across.from),
    (room.height - edge.top - edge.bottom) / Math.max(1, along.to - along.from),
  )
  if (!(scale > 0)) return null
  return {
    scale,
    pitch: pitchMm * scale,
    width: (across.to - across.from) * scale + 2 * edge.side,
    height: (along.to - along.from) * scale + edge.top + edge.bottom,
    leftMm: across.from,
    footMm: along.from,
  }
}

/** Null where `measureMap` is. */
export function layMap(map: PickListMap, room: MapRoom): MapDrawing | null {
  const size = measureMap(map, room)
  if (size === null) return null
  const { scale, pitch, width, height } = size
  const frame: Frame = {
    x: (mm) => edge.side + (mm - size.leftMm) * scale,
    y: (mm) => height - edge.bottom - (mm - size.footMm) * scale,
    pitch,
    lane: laneOf(pitch),
    width,
    height,
  }
  const route = drawRoute(
    map.path.map(([x, y]) => ({ x: frame.x(x), y: frame.y(y) })),
    Math.min(2.2, frame.lane / 2.5),
  )
  const depots = map.depots.map(({ xMm, yMm, role }) => ({ x: frame.x(xMm), y: frame.y(yMm), role }))
  const names = aisleNames(map, frame, room)
  const taken = [...names.map((name) => textBox(name, room)), ...depots.map(depotBox)]
  const called = depots.map((depot, index): DepotMark => {
    const text = map.depots[index]?.name || room.role(depot.role)
    const label = depotLabel(depot, text, frame, room, taken)
    if (label) taken.push(textBox(label, room))
    return { ...depot, label }
  })
  const stops = map.stops.map(({ xMm, yMm, number }) => placeStop(map, frame, number, xMm, yMm))
  return {
    width,
    height,
    scale,
    pitch,
    ...shelves(map, frame),
    ...route,
    oneWays: oneWays(map, frame),
    dots: stops.map(({ x, y }) => ({ x, y })),
    numbers: layNumbers(stops, {
      ...frame,
      aisles: map.aisles.length,
      measure: room.measure,
      taken,
      avoid: acrossOf(route.route),
    }),
    names,
    depots: called,
  }
}

interface Frame {
  readonly x: (mm: number) => number
  readonly y: (mm: number) => number
  readonly pitch: number
  /** Half the width of what is walked between two racks. */
  readonly lane: number
  readonly width: number
  readonly height: number
}

/** Where the walk runs along a cross aisle, which a number beside a rack need not lie on. */
const acrossOf = (route: readonly Point[]): Box[] =>
  route.slice(1).flatMap((to, index) => {
    const from = route[index]
    if (!from || Math.abs(from.y - to.y) > 1) return []
    const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)]
    return [{ left, right, top: Math.min(from.y, to.y) - 0.7, bottom: Math.max(from.y, to.y) + 0.7 }]
  })

const laneOf = (pitch: number) => Math.min(pitch * 0.24, 9)

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

function span(values: readonly number[]): { from: number; to: number } {
  return values.reduce(({ from, to }, value) => ({ from: Math.min(from, value), to: Math.max(to, value) }), {
    from: Infinity,
    to: -Infinity,
  })
}

/** A picker stands in the middle of the aisle whichever face the shelf is on; the face says where its number goes. */
function placeStop(map: PickListMap, frame: Frame, number: number, xMm: number, yMm: number) {
  let aisle = 0
  map.aisles.forEach((one, index) => {
    if (Math.abs(one.xMm - xMm) < Math.abs((map.aisles[aisle]?.xMm ?? 0) - xMm)) aisle = index
  })
  const middle = map.aisles[aisle]?.xMm ?? xMm
  return { number, aisle, x: frame.x(middle), y: frame.y(yMm), side: Math.sign(xMm - middle) }
}

/** Racks fill what lies between the aisles; a stretch that is closed is filled as well. */
function shelves(map: PickListMap, frame: Frame): { racks: Box[]; closed: Box[] } {
  const racks: Box[] = []
  const closed: Box[] = []
  const { lane } = frame
  const edges = map.aisles.map(({ xMm }) => frame.x(xMm))
  for (const [block, after] of map.crossAisles.slice(1).entries()) {
    const foot = frame.y(map.crossAisles[block]?.yMm ?? 0)
    const top = frame.y(after.yMm)
    const inset = Math.min(lane, (foot - top) / 4)
    const tall = foot - top - 2 * inset
    const rack = (from: number, to: number) => {
      if (to - from > 0.5) racks.push({ left: from, right: to, top: top + inset, bottom: top + inset + tall })
    }
    edges.forEach((x, aisle) => {
      const next = edges[aisle + 1]
      if (aisle === 0) rack(x - frame.pitch / 2, x - lane)
      // Aisles far apart have a wall or a yard between them, not a rack as wide as that.
      if (next === undefined || next - x > 2.2 * frame.pitch) {
        rack(x + lane, x + frame.pitch / 2)
        if (next !== undefined) rack(next - frame.pitch / 2, next - lane)
      } else rack(x + lane, next - lane)
      if ((map.aisles[aisle]?.ways[block] ?? 'closed') === 'closed')
        closed.push({ left: x - lane, right: x + lane, top: top + inset, bottom: foot - inset })
    })
  }
  for (const { cross, aisle, way } of map.crossWays) {
    const from = edges[aisle]
    const to = edges[aisle + 1]
    const y = frame.y(map.crossAisles[cross]?.yMm ?? 0)
    if (way !== 'closed' || from === undefined || to === undefined) continue
    closed.push({ left: from + lane, right: to - lane, top: y - lane * 0.8, bottom: y + lane * 0.8 })
  }
  return { racks, closed }
}

function oneWays(map: PickListMap, frame: Frame): Arrow[] {
  const found: Arrow[] = []
  for (const { xMm, ways } of map.aisles) {
    for (const [block, way] of ways.entries()) {
      const foot = map.crossAisles[block]
      const top = map.crossAisles[block + 1]
      if ((way !== 'forward' && way !== 'backward') || !foot || !top) continue
      // At the edge of the lane, whose middle is the route's.
      const x = frame.x(xMm) - (frame.lane >= 5 ? frame.lane - 2.5 : 0)
      found.push({ x, y: (frame.y(foot.yMm) + frame.y(top.yMm)) / 2, dx: 0, dy: way === 'forward' ? -1 : 1 })
    }
  }
  for (const { cross, aisle, way } of map.crossWays) {
    const from = map.aisles[aisle]
    const to = map.aisles[aisle + 1]
    const at = map.crossAisles[cross]
    if ((way !== 'forward' && way !== 'backward') || !from || !to || !at) continue
    const y = frame.y(at.yMm) - (frame.lane >= 5 ? frame.lane - 2.5 : 0)
    found.push({ x: (frame.x(from.xMm) + frame.x(to.xMm)) / 2, y, dx: way === 'forward' ? 1 : -1, dy: 0 })
  }
  return found
}

/** `A/03` as `A-03`, or `03` alone, or only every so many where aisles are close. */
function aisleNames(map: PickListMap, frame: Frame, room: MapRoom): MapText[] {
  const size = frame.pitch >= 18 ? 8 : 6.5
  const baseline = frame.y(Math.max(...map.crossAisles.map(({ yMm }) => yMm))) - frame.lane - 2.5
  const full = map.aisles.map(({ names }) =>
    names.map((name) => name.replace(/^\//, '').replaceAll('/', '-')),
  )
  const bare = map.aisles.map(({ names }) => [
    ...new Set(names.map((name) => name.slice(name.lastIndexOf('/') + 1))),
  ])
  const fits = (texts: readonly string[]) =>
    texts.every((text) => room.measure(text, size) <= frame.pitch - 2)
  const choices = [
    full.map((all) => all.join(' ')),
    full.map(([one = '']) => one),
    bare.map((all) => all.join(' ')),
  ]
  const texts = choices.find(fits) ?? bare.map(([one = '']) => one)
  const found: MapText[] = []
  let end = -Infinity
  map.aisles.forEach(({ xMm }, index) => {
    const text = texts[index] ?? ''
    const x = frame.x(xMm)
    const half = room.measure(text, size) / 2
    if (text === '' || x - half < end + 2 || x - half < 0 || x + half > frame.width) return
    end = x + half
    found.push({ text, x, baseline: Math.max(baseline, size), size })
  })
  return found
}

const textBox = ({ text, x, baseline, size }: MapText, { measure }: MapRoom): Box => {
  const half = measure(text, size) / 2
  return { left: x - half, right: x + half, top: baseline - size * 0.95, bottom: baseline + size * 0.3 }
}

const depotBox = ({ x, y }: Point): Box => {
  const half = depotSize / 2 + 0.5
  return { left: x - half, right: x + half, top: y - half, bottom: y + half }
}

/** Where the depot's name has room: below it, above it, beside it; nowhere is better than over something else. */
function depotLabel(
  depot: Point,
  text: string,
  frame: Frame,
  room: MapRoom,
  taken: readonly Box[],
): MapText | null {
  const size = 8
  const half = room.measure(text, size) / 2
  const away = depotSize / 2 + 2
  const inside = Math.min(Math.max(depot.x, half), frame.width - half)
  const places = [
    { x: inside, baseline: depot.y + away + size * 0.9 },
    { x: inside, baseline: depot.y - away - 2 },
    { x: depot.x + away + half + 1, baseline: depot.y + size * 0.36 },
    { x: depot.x - away - half - 1, baseline: depot.y + size * 0.36 },
  ].map((place) => ({ ...place, text, size }))
  return (
    places.find((place) => {
      const box = textBox(place, room)
      const within =
        box.left >= -0.1 && box.right <= frame.width + 0.1 && box.top >= 0 && box.bottom <= frame.height
      return within && !taken.some((other) => overlaps(box, other))
    }) ?? null
  )
}
