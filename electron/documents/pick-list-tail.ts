import { modules, quiet } from './barcode.ts'
import { grouped, type Draft } from './pick-list-draft.ts'
import type { Block, Desk, Sheet } from './sheet.ts'

/** Sums by zone that lead to the sum of the list, and a line in words where the wave says otherwise. */
export function totals(draft: Draft): Block[] {
  const { list, page, say, right, desk } = draft
  const zones = [
    ...grouped(list.stops, (stop) => (stop.location === null && stop.zone === '' ? '' : stop.zone)).values(),
  ].reduce((sums, stops) => {
    const zone = stops[0]?.zone ?? ''
    const sum = sums.get(zone) ?? { stops: 0, units: 0 }
    sums.set(zone, {
      stops: sum.stops + stops.length,
      units: sum.units + stops.reduce((all, stop) => all + stop.quantity, 0),
    })
    return sums
  }, new Map<string, { stops: number; units: number }>())
  const units = [...zones.values()].reduce((sum, zone) => sum + zone.units, 0)
  const parts = [...zones].map(
    ([zone, sum]) =>
      `${zone === '' ? say.noShelf : say.zone(zone)}  ${say.countStops(sum.stops)} · ${say.countUnits(sum.units)}`,
  )
  const style = { size: page.wide ? 10.5 : 9.5 }
  const lines = desk.type.lines(parts.join('  +  '), style, right - page.margin, 6)
  const claims: string[] = []
  if (units !== list.units) claims.push(say.differs(units, list.units))
  const carried = list.couriers.reduce((sum, courier) => sum + courier.orders, 0)
  if (list.couriers.length > 0 && carried !== list.orders) claims.push(say.differs(carried, list.orders))
  const warned = claims.flatMap((claim) =>
    desk.type.lines(claim, { size: 9.5, bold: true }, right - page.margin, 2),
  )

  const lead = 15
  const wholeLine = 28 + lines.length * lead
  const tall = wholeLine + 6 + warned.length * 14 + 36
  return [
    { height: 10, draw: () => undefined, withNext: true },
    {
      height: tall,
      draw(sheet, y) {
        sheet.line(page.margin, y, right, y, 'heavy')
        lines.forEach((line, index) => sheet.text(line, page.margin, y + 17 + index * lead, style))
        const whole = `= ${say.total}  ${say.countStops(list.stops.length)} · ${say.countUnits(units)}`
        sheet.text(whole, page.margin, y + wholeLine - 4, { size: 14, bold: true })
        warned.forEach((claim, index) =>
          sheet.text(claim, page.margin, y + wholeLine + 12 + index * 14, { size: 9.5, bold: true }),
        )
        const sign = y + tall - 8
        const half = page.margin + (right - page.margin) / 2
        // A narrow paper has the name in its head and here no room for both.
        const picker = list.picker === '' || !page.wide ? say.picker : `${say.picker} ${list.picker}`
        signature(sheet, desk, picker, page.margin, half - 12, sign)
        signature(sheet, desk, say.finished, half, right, sign)
      },
    },
  ]
}

function signature(sheet: Sheet, desk: Desk, label: string, left: number, right: number, y: number): void {
  const room = right - left - 40 // as much stays to write on
  sheet.fit(label, left, y, { size: 9, colour: 'quiet' }, room, 6)
  const from = left + Math.min(room, desk.type.width(label, { size: 9 })) + 6
  sheet.line(from, y + 2, right, y + 2, 'hairline')
}

/** One card a slot, as many beside each other as their barcodes leave room for, with lines to cut along. */
export function slotStrip(draft: Draft): Block[] {
  const { list, page, say, desk, right } = draft
  if (list.slots.length === 0) return []
  const all = right - page.margin
  const widest = Math.max(...list.slots.map((slot) => modules(desk.code128(slot.code)) + 2 * quiet))
  const beside = page.wide ? Math.max(1, Math.min(3, Math.floor(all / (widest * page.module + 8)))) : 1
  const width = all / beside
  const tall = 76
  const titles = desk.type.lines(say.slotStrip, { size: 9.5 }, all, 2)
  const rows: Block[] = []
  for (let start = 0; start < list.slots.length; start += beside) {
    const cards = list.slots.slice(start, start + beside)
    rows.push({
      height: tall,
      draw(sheet, y) {
        cards.forEach((card, index) => {
          const x = page.margin + index * width
          sheet.box(x, y, width, tall, 'cut')
          sheet.ringed(card.slot, x + 22, y + 21, 14)
          const room = width - 52
          sheet.fit(card.order, x + 44, y + 17, { size: 9.5, bold: true }, room)
          const rest = `${say.countUnits(card.units)} · ${card.courier}`
          sheet.fit(rest, x + 44, y + 30, { size: 9, colour: 'quiet' }, room)
          sheet.bars(card.code, { x: x + 2, y: y + 41, width: width - 4, height: 27, module: page.module })
        })
      },
    })
  }
  return [
    {
      height: 16 + titles.length * 12,
      withNext: true,
      draw(sheet, y) {
        titles.forEach((line, index) =>
          sheet.text(line, page.margin, y + 20 + index * 12, { size: 9.5, bold: true }),
        )
      },
    },
    ...rows,
  ]
}

export function leftOut({ list, page, say, desk, right }: Draft): Block[] {
  if (list.leftOut.length === 0) return []
  const all = right - page.margin
  const room = page.wide ? 150 : all
  return [
    {
      height: 34,
      withNext: true,
      draw(sheet, y) {
        sheet.line(page.margin, y + 12, right, y + 12, 'rule')
        sheet.text(say.leftOut(list.leftOut.length), page.margin, y + 27, { size: 10.5, bold: true })
      },
    },
    ...list.leftOut.map(({ order, reason }): Block => {
      const reasons = desk.type.lines(reason, { size: 9.5 }, page.wide ? all - room - 10 : all - 10, 3)
      const first = page.wide ? 12 : 25
      return {
        height: first + Math.max(0, reasons.length - 1) * 13 + 5,
        draw(sheet, y) {
          sheet.fit(order, page.margin, y + 12, { size: 9.5, bold: true }, room, 8)
          const x = page.margin + (page.wide ? room + 10 : 10)
          reasons.forEach((line, index) => sheet.text(line, x, y + first + index * 13, { size: 9.5 }))
        },
      }
    }),
  ]
}
