import { encodable, modules, quiet } from './barcode.ts'
import { type Draft, lead, type Stop } from './pick-list-draft.ts'
import type { DrawStop } from './pick-list-band.ts'
import { cornersOf, markShape } from './pick-list-marks.ts'
import type { Shape } from './shape-glyph.ts'
import type { Block, Sheet } from './sheet.ts'

interface Columns {
  readonly code: number
  readonly codeWidth: number
  readonly name: number
  readonly nameWidth: number
  readonly slots: number
  readonly perRow: number
  readonly pitch: number
  readonly quantity: number
  readonly short: number
}

const tick = 16
const nameStep = 15.5
const codeStep = 14

/** From one slot bubble to the next: as far as the longest count of the list asks for. */
function bubblePitch({ list, desk }: Draft): number {
  const most = list.stops.reduce(
    (most, stop) => stop.slots.reduce((most, { quantity }) => Math.max(most, quantity), most),
    1,
  )
  return Math.ceil(27 + desk.type.width(`×${most}`, { size: 11, bold: true }))
}

export function wideColumns(draft: Draft): Columns {
  const { list, page, desk, right } = draft
  const widest = list.stops.reduce(
    (most, stop) => Math.max(most, desk.type.width(stop.location ?? '', codeStyle)),
    0,
  )
  const code = page.margin + lead
  const codeWidth = Math.min(Math.max(widest, 118), 178)
  const short = right - 34
  const quantity = short - 8 - 44
  const pitch = bubblePitch(draft)
  const perRow = list.slots.length === 0 ? 0 : Math.max(1, Math.floor((codeWidth > 150 ? 84 : 124) / pitch))
  const slots = quantity - 4 - perRow * pitch
  const name = code + codeWidth + 10
  return { code, codeWidth, name, nameWidth: slots - name - 8, slots, perRow, pitch, quantity, short }
}

export const columnHeadHeight = 18

export function columnHead(
  { list, page, say, right }: Draft,
  columns: Columns,
  sheet: Sheet,
  top: number,
): void {
  const style = { size: 8.5, colour: 'quiet' } as const
  const y = top + 9
  sheet.text(say.shelf, columns.code, y, style)
  sheet.text(say.goods, columns.name, y, style)
  if (list.slots.length > 0) sheet.text(say.slots, columns.slots, y, style)
  sheet.text(say.quantity, columns.quantity + 22, y, { ...style, align: 'center' })
  sheet.text(say.short, columns.short + 17, y, { ...style, align: 'center' })
  sheet.line(page.margin, top + 14, right, top + 14, 'hairline')
}

const codeStyle = { size: 24, bold: true } as const
const longCode = { size: 12, bold: true } as const
const underStyle = { size: 8.5, colour: 'quiet' } as const

interface Code {
  readonly lines: readonly string[]
  /** From the top of its stop to where the next thing may begin. */
  readonly height: number
  /** With the shapes that stand before it. */
  readonly draw: (sheet: Sheet, x: number, y: number, shapes: readonly Shape[]) => void
}

/** The shelf's code: 24 points, smaller where it is long, and of several lines rather than cut. */
function shelfCode({ desk, say }: Draft, stop: Stop, room: number): Code {
  const code = stop.location ?? say.noShelf
  const style = stop.location === null ? { size: 18, bold: true } : codeStyle
  if (desk.type.width(code, { ...style, size: 13 }) <= room)
    return {
      lines: [code],
      height: 34,
      draw: (sheet, x, y, shapes) => sheet.fit(code, x, y + 27, { ...style, shapes }, room, 13),
    }
  const lines = desk.type.lines(code, longCode, room, 14)
  return {
    lines,
    height: 10 + lines.length * codeStep,
    draw: (sheet, x, y, shapes) =>
      lines.forEach((line, index) =>
        sheet.text(line, x, y + 18 + index * codeStep, index === 0 ? { ...longCode, shapes } : longCode),
      ),
  }
}

/** The disc of a stop's number and the box to tick. */
function leadShapes({ page }: Draft, stop: Stop, middle: number, box: { x: number; y: number }): Shape[] {
  return [
    { kind: 'frame', box: { ...box, width: tick, height: tick }, line: 1 },
    ...(stop.number === null
      ? []
      : [{ kind: 'disc', at: { x: page.margin + 10, y: middle }, radius: discRadius(stop.number) } as const]),
  ]
}

const discRadius = (number: number) => (number > 999 ? 12 : 9.5)

function stopNumber(sheet: Sheet, { page }: Draft, { number }: Stop, middle: number): void {
  if (number === null) return
  const size = number > 99 ? 9.5 : 11
  const style = { size, bold: true, align: 'center', colour: 'paper' } as const
  sheet.fit(String(number), page.margin + 10, middle + size * 0.36, style, 2 * discRadius(number) - 2, 5)
}

/** A heavy frame says "more than one", which a hand reaching for one must not miss. */
function quantityBox(
  sheet: Sheet,
  { say, page, right }: Draft,
  stop: Stop,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): void {
  const top = y + 34.5
  const line = stop.quantity > 1 ? 2 : 0.5
  const shapes: Shape[] = [
    { kind: 'frame', box: { x, y, width, height: 32 }, line },
    // The place to write what was short, dashed out of four corners so that it is not taken for a quantity.
    ...(page.wide ? cornersOf({ x: right - 35, y, width: 34, height: 32 }) : []),
    ...(stop.mark === null ? [] : [markShape(stop.mark, { x: x - 1, y: top, width: width + 2, height: 12 })]),
  ]
  const style = { size: 20, bold: true, align: 'center', shapes } as const
  sheet.fit(String(stop.quantity), x + width / 2, y + 23, style, width - 4, 8)
  if (stop.mark === null) return
  const text = stop.mark === 'heavy' ? say.heavy : say.fragile
  const middle = x + 9.5 + (width - 9.5) / 2
  sheet.fit(text, middle, top + 9, { size: 8.5, bold: true, align: 'center', colour: 'paper' }, width - 11, 5)
}

/** Bars of a unit: under the code, across the page where they are too long for that, nowhere if even that is short. */
function unitBars(
  { desk }: Draft,
  stop: Stop,
  room: number,
  module: number,
): { fits: boolean; width: number } | null {
  if (stop.barcode === null || !encodable(stop.barcode)) return null
  const all = modules(desk.code128(stop.barcode)) + 2 * quiet
  return { fits: all * 0.5 <= room, width: Math.min(all * module, room) }
}

export function wideStop(draft: Draft, columns: Columns, stop: Stop): Block {
  const { desk, page, right } = draft
  const left = page.margin
  const across = right - columns.code
  const code = shelfCode(draft, stop, columns.codeWidth)
  const beside = desk.type.lines(stop.name, { size: 12 }, columns.nameWidth, 5)
  // A name that would stand like a tower in its column lies across the page instead, and whole.
  const isLong = beside.length > 4
  const names = isLong ? desk.type.lines(stop.name, { size: 12 }, across, 12) : beside
  const under = desk.type.lines(
    [stop.sku, stop.barcode ?? ''].filter(Boolean).join('  ·  '),
    underStyle,
    columns.nameWidth,
    6,
  )
  const underTop = isLong ? 15 : Math.max(49 - (under.length - 1) * 10.5, 18 + beside.length * nameStep - 1)
  const bars = unitBars(draft, stop, columns.codeWidth + 14, 0.72)
  const isBarsLong = bars !== null && !bars.fits
  // More slots than their column holds in two rows go below the stop, across the page.
  const aside = stop.slots.length <= columns.perRow * 2
  const perRow = aside ? columns.perRow : Math.max(1, Math.floor(across / columns.pitch))
  const body = Math.max(56, code.height + (bars?.fits ? 22 : 4), underTop + (under.length - 1) * 10.5 + 7)
  const namesTop = isLong ? body : 0
  const barsTop = namesTop + (isLong ? names.length * nameStep + 3 : namesTop === 0 ? body : 0)
  const slotsTop = barsTop + (isBarsLong ? 20 : 0)
  const tall = slotsTop + (aside ? 0 : 6 + Math.ceil(stop.slots.length / perRow) * 22)
  return {
    height: tall,
    draw(sheet, y) {
      const box = { x: left + 2, y: y + (stop.number === null ? 10 : 32) }
      code.draw(sheet, columns.code, y, leadShapes(draft, stop, y + 17, box))
      stopNumber(sheet, draft, stop, y + 17)
      if (stop.barcode !== null && bars !== null) {
        // The quiet zone of the bars may lie beside the code; the bars stand under it.
        const place = { x: columns.code - quiet * 0.72, height: 15, module: 0.72, align: 'left' } as const
        if (bars.fits)
          sheet.bars(stop.barcode, { ...place, y: y + code.height + 2, width: columns.codeWidth + 14 })
        else sheet.bars(stop.barcode, { ...place, y: y + barsTop, width: across + quiet * 0.72 })
      }
      const nameLeft = isLong ? columns.code : columns.name
      const first = isLong ? namesTop + 9 : 18
      names.forEach((name, index) => sheet.text(name, nameLeft, y + first + index * nameStep, { size: 12 }))
      under.forEach((line, index) => sheet.text(line, columns.name, y + underTop + index * 10.5, underStyle))
      stop.slots.forEach(({ slot, quantity }, index) => {
        const x = (aside ? columns.slots : columns.code) + 9 + (index % perRow) * columns.pitch
        const top = (aside ? 18 : slotsTop + 11) + Math.floor(index / perRow) * 22
        sheet.ringed(slot, x, y + top, 9, `×${quantity}`)
      })
      quantityBox(sheet, draft, stop, { x: columns.quantity, y: y + 7, width: 44 })
      sheet.line(left, y + tall, right, y + tall, 'hairline')
    },
  }
}

export function rollStop(draft: Draft): DrawStop {
  const pitch = bubblePitch(draft)
  return (stop) => rollLine(draft, pitch, stop)
}

/** Quantity, mark and the place for what was short stand below each other on the right. */
const asideWidth = 42

function rollLine(draft: Draft, pitch: number, stop: Stop): Block {
  const { desk, page, say, right } = draft
  const left = page.margin
  const codeLeft = left + (stop.number === null ? 0 : lead)
  const code = shelfCode(draft, stop, right - asideWidth - tick - 12 - codeLeft)
  const nameWidth = right - asideWidth - 6 - left
  const names = desk.type.lines(stop.name, { size: 12 }, nameWidth, 24)
  const under = desk.type.lines(
    [stop.sku, stop.barcode ?? ''].filter(Boolean).join(' · '),
    underStyle,
    nameWidth,
    8,
  )
  const bars = unitBars(draft, stop, right - left, (0.25 * 72) / 25.4)
  const barsWidth = bars?.fits ? bars.width : 0
  // Few slots stand beside the bars, many below them.
  const free = Math.floor((right - left - barsWidth) / pitch)
  const aside = stop.slots.length <= free
  const perRow = Math.max(1, aside ? free : Math.floor((right - left) / pitch))
  const rows = Math.ceil(stop.slots.length / perRow)
  const namesTop = Math.max(40, code.height + 6)
  const underTop = namesTop + names.length * nameStep + 8
  const barsTop = Math.max(underTop + under.length * 10.5 - 4, stop.mark === null ? 66 : 78)
  const slotsTop = barsTop + (barsWidth === 0 || aside ? 0 : 26)
  const tall = Math.max(slotsTop + rows * 22, barsTop + (barsWidth === 0 ? 0 : 26)) + 6
  return {
    height: tall,
    draw(sheet, y) {
      const box = { x: right - asideWidth - tick - 7, y: y + 12 }
      code.draw(sheet, codeLeft, y + 2, leadShapes(draft, stop, y + 20, box))
      stopNumber(sheet, draft, stop, y + 20)
      quantityBox(sheet, draft, stop, { x: right - asideWidth + 1, y: y + 5, width: asideWidth - 2 })
      const shortTop = y + (stop.mark === null ? 41 : 54)
      sheet.text(say.short, right - asideWidth, shortTop + 9, { size: 7.5 })
      sheet.line(right - asideWidth, shortTop + 22, right, shortTop + 22, 'rule')
      names.forEach((name, index) =>
        sheet.text(name, left, y + namesTop + 13 + index * nameStep, { size: 12 }),
      )
      under.forEach((line, index) => sheet.text(line, left, y + underTop + 2 + index * 10.5, underStyle))
      if (stop.barcode !== null && barsWidth > 0)
        sheet.bars(stop.barcode, {
          x: left,
          y: y + barsTop + 3,
          width: barsWidth,
          height: 20,
          module: (0.25 * 72) / 25.4,
        })
      stop.slots.forEach(({ slot, quantity }, index) => {
        const x = left + (aside ? barsWidth : 0) + 9 + (index % perRow) * pitch
        sheet.ringed(slot, x, y + slotsTop + 13 + Math.floor(index / perRow) * 22, 9, `×${quantity}`)
      })
      sheet.line(left, y + tall, right, y + tall, 'hairline')
    },
  }
}
