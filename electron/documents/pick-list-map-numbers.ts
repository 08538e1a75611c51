export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export const overlaps = (one: Box, other: Box): boolean =>
  Math.min(one.right, other.right) > Math.max(one.left, other.left) &&
  Math.min(one.bottom, other.bottom) > Math.max(one.top, other.top)

/** A stop's number, or the first and the last of some that lie close: then it stands upright along their aisle. */
export interface NumberLabel {
  /** Its middle. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly size: number
  /** From the top; one or two. */
  readonly numbers: readonly number[]
  /** Where the stop is, when the number had to stand off it. */
  readonly off: { readonly x: number; readonly y: number } | null
}

export interface NumberedStop {
  readonly number: number
  readonly aisle: number
  readonly x: number
  readonly y: number
  /** The face of the aisle that the shelf is on: -1, 0 where unknown, 1. */
  readonly side: number
}

export interface NumberRoom {
  readonly pitch: number
  readonly lane: number
  readonly width: number
  readonly height: number
  readonly measure: (text: string, size: number) => number
  /** Where nothing may be written. */
  readonly taken: readonly Box[]
}

interface Group {
  readonly aisle: number
  readonly stops: readonly NumberedStop[]
}

interface Placed {
  readonly group: Group
  readonly label: NumberLabel
  readonly box: Box
}

/**
 * Places the numbers beside their stops so that none lies on another: on the other side of the aisle, a little
 * off, joined with its neighbours to a range, farther off, and where nothing helps left out.
 */
export function layNumbers(stops: readonly NumberedStop[], room: NumberRoom): NumberLabel[] {
  const sorted = stops.toSorted((a, b) => a.number - b.number)
  const placed: Placed[] = []
  for (const stop of sorted) {
    let group: Group = { aisle: stop.aisle, stops: [stop] }
    const undone: Placed[] = []
    let label = placeGroup(group, room, placed, 0.6)
    while (label === null) {
      const last = placed.at(-1)
      if (last?.group.aisle !== group.aisle || !follows(last.group, group)) break
      placed.pop()
      undone.unshift(last)
      group = { aisle: group.aisle, stops: [...last.group.stops, ...group.stops] }
      label = placeGroup(group, room, placed, group.stops.length > 3 ? 1.6 : 0.6)
    }
    if (label === null) {
      placed.push(...undone)
      group = { aisle: stop.aisle, stops: [stop] }
      label = placeGroup(group, room, placed, 3)
    }
    if (label !== null) placed.push({ group, label, box: boxOf(label) })
  }
  return placed.map(({ label }) => label)
}

const follows = (one: Group, other: Group) => (one.stops.at(-1)?.number ?? 0) + 1 === other.stops[0]?.number

function placeGroup(
  group: Group,
  room: NumberRoom,
  placed: readonly Placed[],
  reach: number,
): NumberLabel | null {
  const [first] = group.stops
  const last = group.stops.at(-1)
  if (!first || !last) return null
  const ends = first === last ? [first.number] : [first.number, last.number]
  const numbers = last.y < first.y ? ends.toReversed() : ends
  const large = room.pitch >= 15
  const size = large ? 7.5 : 6.5
  const disc = large ? 11 : 9
  const text = Math.max(...ends.map((number) => room.measure(String(number), size)))
  const width = Math.max(disc, text + 4)
  const height = numbers.length === 1 ? disc : 2 * disc + 2
  const middle = group.stops.reduce((sum, { y }) => sum + y, 0) / group.stops.length
  const faces = group.stops.reduce((sum, { side }) => sum + side, 0)
  const beside = room.lane + width / 2 + 0.5
  const sides = faces < 0 ? [-beside, beside] : [beside, -beside]
  // Where aisles are so close that a number beside one would lie on the next, it lies on its own.
  const places = room.pitch - room.lane < room.lane + width - 1 ? [0, ...sides] : sides
  for (let step = 0; step <= reach + 0.01; step += 0.3) {
    for (const offset of step === 0 ? [0] : [-step * disc, step * disc]) {
      for (const side of places) {
        const label = { x: first.x + side, y: middle + offset, width, height, size, numbers, off: null }
        const box = boxOf(label)
        const isInside = box.left >= 0 && box.right <= room.width && box.top >= 0 && box.bottom <= room.height
        if (!isInside || room.taken.some((other) => overlaps(box, other))) continue
        if (placed.some((other) => overlaps(box, other.box))) continue
        return step > 0.9 && ends.length === 1 ? { ...label, off: { x: first.x, y: first.y } } : label
      }
    }
  }
  return null
}

/** With a little air around it. */
export const boxOf = ({ x, y, width, height }: NumberLabel): Box => ({
  left: x - width / 2 - 0.4,
  right: x + width / 2 + 0.4,
  top: y - height / 2 - 0.4,
  bottom: y + height / 2 + 0.4,
})
