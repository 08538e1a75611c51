import type { Draft } from './pick-list-draft.ts'
import { head, n } from './pick-list-marks.ts'
import {
  depotSize,
  layMap,
  measureMap,
  type DepotMark,
  type MapDrawing,
  type MapSize,
} from './pick-list-map.ts'
import type { Arrow } from './pick-list-map-route.ts'
import type { Block, Sheet } from './sheet.ts'

/** Aisles closer than this cannot be told apart, nor can the numbers of their stops. */
const leastPitch = 8

/** How large the map would be in this room; null where there is none or where nobody could read it. */
export function sizeOf({ list }: Draft, width: number, height: number): MapSize | null {
  const size = list.map && measureMap(list.map, { width, height })
  return size && size.pitch >= leastPitch ? size : null
}

export function mapIn({ list, desk, say }: Draft, width: number, height: number): MapDrawing | null {
  return (
    list.map &&
    layMap(list.map, {
      width,
      height,
      measure: (text, size) => desk.type.width(text, { size, bold: true }),
      role: (role) => ({ start: say.start, drop: say.drop, both: say.startAndDrop })[role],
    })
  )
}

/** The map in the middle of the page with what its signs mean below it. */
export function mapBlock(draft: Draft, drawing: MapDrawing): Block {
  const { page, right } = draft
  const keys = keyLines(draft, drawing)
  const below = keys.length * 12 + 10
  return {
    height: drawing.height + below + 6,
    draw(sheet, y) {
      const left = page.margin + (right - page.margin - drawing.width) / 2
      paintMap(sheet, drawing, left, y + 2)
      keys.forEach((line, index) => paintKeys(sheet, line, page.margin, y + drawing.height + 12 + index * 12))
    },
  }
}

export function paintMap(sheet: Sheet, drawing: MapDrawing, left: number, top: number): void {
  const box = ({ left: x, top: y, right, bottom }: MapDrawing['racks'][number]) =>
    ({ x: left + x, y: top + y, width: right - x, height: bottom - y }) as const
  for (const rack of drawing.racks) {
    const { x, y, width, height } = box(rack)
    sheet.box(round(x), round(y), round(width), round(height), 'tint')
  }
  for (const stretch of drawing.closed) {
    const { x, y, width, height } = box(stretch)
    sheet.box(x, y, width, height, 'tint')
    const size = Math.min(width, height, 7) / 2
    const [mx, my] = [x + width / 2, y + height / 2]
    sheet.line(mx - size, my - size, mx + size, my + size, 'rule')
    sheet.line(mx - size, my + size, mx + size, my - size, 'rule')
  }
  for (const arrow of drawing.oneWays) oneWay(sheet, { ...arrow, x: left + arrow.x, y: top + arrow.y })
  const [first, ...rest] = drawing.route
  if (first) {
    const line = rest.map(({ x, y }) => `L${n(left + x)} ${n(top + y)}`).join('')
    if (line !== '') sheet.path(`M${n(left + first.x)} ${n(top + first.y)}${line}`, 'route')
  }
  for (const { x, y, dx, dy } of drawing.arrows)
    head(sheet, left + x + dx * 2.5, top + y + dy * 2.5, dx, dy, 5)
  for (const { x, y } of drawing.dots) sheet.disc(left + x, top + y, 1.6)
  for (const label of drawing.numbers) {
    const { x, y, width, height, size, numbers, off } = label
    if (off) sheet.line(left + off.x, top + off.y, left + x, top + y, 'hairline')
    sheet.capsule(left + x, top + y, width, height)
    numbers.forEach((number, index) => {
      const middle = numbers.length === 1 ? y : y + (index === 0 ? -1 : 1) * (height / 2 - size * 0.72)
      const style = { size, bold: true, align: 'center', colour: 'paper' } as const
      sheet.text(String(number), left + x, top + middle + size * 0.36, style)
    })
    if (numbers.length > 1) sheet.box(left + x - 0.5, top + y - 1.4, 1, 2.8, 'paper')
  }
  for (const { text, x, baseline, size } of drawing.names)
    sheet.text(text, left + x, top + baseline, { size, bold: true, align: 'center' })
  for (const depot of drawing.depots) {
    paintDepot(sheet, depot.role, left + depot.x, top + depot.y)
    const { label } = depot
    if (label)
      sheet.text(label.text, left + label.x, top + label.baseline, {
        size: label.size,
        bold: true,
        align: 'center',
      })
  }
}

const round = (value: number) => Math.round(value * 10) / 10

/** A start points away, a drop is a place to put things down, both in one is a drop with a point. */
function paintDepot(sheet: Sheet, role: DepotMark['role'], x: number, y: number): void {
  const half = depotSize / 2
  if (role === 'start') {
    sheet.path(`M${n(x - half)} ${n(y + half)}h${n(depotSize)}l${n(-half)} ${n(-depotSize)}z`, 'ink')
    return
  }
  sheet.box(x - half, y - half, depotSize, depotSize, 'ink')
  if (role === 'both') sheet.path(`M${n(x - 2.6)} ${n(y + 2.2)}h5.2l-2.6 -4.6z`, 'paper')
}

function oneWay(sheet: Sheet, { x, y, dx, dy }: Arrow): void {
  const tip = (at: number, wing: number) => `${n(x + dx * at - dy * wing)} ${n(y + dy * at + dx * wing)}`
  sheet.path(`M${tip(-6, 0)}L${tip(6, 0)}M${tip(2.5, -2.2)}L${tip(6, 0)}L${tip(2.5, 2.2)}`, 'rule')
}

interface Key {
  readonly text: string
  readonly width: number
  readonly paint: (sheet: Sheet, x: number, middle: number) => void
}

const keyStyle = { size: 8 } as const

/** What the signs on this map mean; only those that are on it. */
function keyLines({ desk, say, page, right }: Draft, drawing: MapDrawing): Key[][] {
  const { keys, room } = { keys: [] as Key[], room: right - page.margin }
  const add = (text: string, wide: number, paint: Key['paint']) =>
    keys.push({ text, width: wide + 4 + desk.type.width(text, keyStyle) + 14, paint })
  const metres = [100, 50, 20, 10, 5, 2, 1].find((one) => one * 1000 * drawing.scale <= 80) ?? 1
  const bar = metres * 1000 * drawing.scale
  add(say.metres(metres), bar, (sheet, x, y) => {
    sheet.path(`M${n(x)} ${n(y - 2.5)}v5M${n(x)} ${n(y)}h${n(bar)}M${n(x + bar)} ${n(y - 2.5)}v5`, 'rule')
  })
  if (drawing.dots.length > 0) add(say.stopHere, 9, (sheet, x, y) => sheet.disc(x + 4.5, y, 4.5))
  for (const role of ['start', 'drop', 'both'] as const) {
    const text = { start: say.start, drop: say.drop, both: say.startAndDrop }[role]
    if (drawing.depots.some((depot) => depot.role === role))
      add(text, 8, (sheet, x, y) => paintDepot(sheet, role, x + 4, y))
  }
  if (drawing.oneWays.length > 0)
    add(say.oneWay, 12, (sheet, x, y) => oneWay(sheet, { x: x + 6, y, dx: 1, dy: 0 }))
  if (drawing.closed.length > 0)
    add(say.closedWay, 8, (sheet, x, y) => {
      sheet.box(x, y - 4, 8, 8, 'tint')
      sheet.path(`M${n(x + 1)} ${n(y - 3)}l6 6M${n(x + 1)} ${n(y + 3)}l6 -6`, 'rule')
    })
  const lines: Key[][] = []
  let used = Infinity
  for (const key of keys) {
    if (used + key.width - 14 > room) {
      lines.push([])
      used = 0
    }
    lines.at(-1)?.push(key)
    used += key.width
  }
  return lines
}

function paintKeys(sheet: Sheet, keys: readonly Key[], left: number, middle: number): void {
  let x = left
  for (const { text, width, paint } of keys) {
    paint(sheet, x, middle)
    sheet.text(text, x + width - 14, middle + 3, { ...keyStyle, align: 'right' })
    x += width
  }
}
