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
  readonly aisles: number
  readonly pitch: number
  readonly lane: number
  readonly width: number
  readonly height: number
  readonly measure: (text: string, size: number) => number
  /** Where nothing may be written. */
  readonly taken: readonly Box[]
  /** Where nothing is written if it can stand anywhere else. */
  readonly avoid: readonly Box[]
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
  const placed: Placed[] = []
  const place = (group: Group, label: NumberLabel) => placed.push({ group, label, box: boxOf(label) })
  for (const begun of groupsOf(stops, room)) {
    let group = begun
    const undone: Placed[] = []
    let label = placeGroup(group, room, placed, reachOf(group))
    while (label === null) {
      const last = placed.at(-1)
      if (last?.group.aisle !== group.aisle || !follows(last.group, group)) break
      placed.pop()
      undone.unshift(last)
      group = { aisle: group.aisle, stops: [...last.group.stops, ...group.stops] }
      label = placeGroup(group, room, placed, reachOf(group))
    }
    if (label === null) {
      placed.push(...undone)
      group = begun
      label = placeGroup(group, room, placed, 3)
    }
    if (label !== null) place(group, label)
  }
  return placed.map(({ label }) => label)
}

/** A range may stand off its middle, it is as long itself. */
const reachOf = ({ stops }: Group) => (stops.length > 3 ? 1.6 : 0.6)

/**
 * By number, each for itself; where the map could not take so many, all that follow each other in one aisle, since a
 * map that is black of numbers shows no walk.
 */
function groupsOf(stops: readonly NumberedStop[], room: NumberRoom): Group[] {
  const sorted = stops.toSorted((a, b) => a.number - b.number)
  const isCrowded = room.pitch < 15 && stops.length > (room.aisles * room.height) / 30
  const groups: { aisle: number; stops: NumberedStop[] }[] = []
  for (const stop of sorted) {
    const last = groups.at(-1)
    if (isCrowded && last?.aisle === stop.aisle) last.stops.push(stop)
    else groups.push({ aisle: stop.aisle, stops: [stop] })
  }
  return groups
}

const follows = (one: Group, other: Group) => (one.stops.at(-1)?.number ?? 0) + 1 === other.stops[0]?.number

function placeGroup(
  group: Group,
  room: NumberRoom,
  placed: readonly Placed[],
  reach: number,
): NumberLabel | null {
  const near = placed.filter(({ group: { aisle } }) => Math.abs(aisle - group.aisle) * room.pitch < 45)
  const isFree = (box: Box) =>
    box.left >= 0 &&
    box.right <= room.width &&
    box.top >= 0 &&
    box.bottom <= room.height &&
    !near.some((other) => overlaps(box, other.box)) &&
    !room.taken.some((other) => overlaps(box, other))
  let found: NumberLabel | null = null
  for (const label of placesOf(group, room, reach)) {
    const box = boxOf(label)
    if (!isFree(box)) continue
    if (!room.avoid.some((other) => overlaps(box, other))) return label
    found ??= label
  }
  return found
}

/** Where the numbers of a group may stand, the best first. */
function placesOf(group: Group, room: NumberRoom, reach: number): NumberLabel[] {
  const [first] = group.stops
  const last = group.stops.at(-1)
  if (!first || !last) return []
  const ends = first === last ? [first.number] : [first.number, last.number]
  const numbers = last.y < first.y ? ends.toReversed() : ends
  const large = room.pitch >= 15
  const size = large ? 7.5 : 6.5
  const text = Math.max(...ends.map((number) => room.measure(String(number), size)))
  const disc = large ? 11 : 9
  const width = Math.max(disc, text + 4)
  const height = numbers.length === 1 ? disc : 2 * size + 9
  const middle = group.stops.reduce((sum, { y }) => sum + y, 0) / group.stops.length
  const faces = group.stops.reduce((sum, { side }) => sum + side, 0)
  const beside = room.lane + width / 2 + 0.5
  const sides = faces < 0 ? [-beside, beside] : [beside, -beside]
  // Where aisles are so close that a number beside one would hide the walk in the next, it lies on its own.
  const places = beside + width / 2 > room.pitch - 2.5 ? [0, ...sides] : sides
  const steps = Array.from({ length: Math.floor(reach / 0.3 + 1.01) }, (_, step) => step * 0.3)
  return steps.flatMap((step) =>
    (step === 0 ? [0] : [-step * disc, step * disc]).flatMap((offset) =>
      places.map((side) => ({
        x: first.x + side,
        y: middle + offset,
        width,
        height,
        size,
        numbers,
        off: step > 0.9 && ends.length === 1 ? { x: first.x, y: first.y } : null,
      })),
    ),
  )
}

/** With a little air around it. */
export const boxOf = ({ x, y, width, height }: NumberLabel): Box => ({
  left: x - width / 2 - 0.4,
  right: x + width / 2 + 0.4,
  top: y - height / 2 - 0.4,
  bottom: y + height / 2 + 0.4,
})
