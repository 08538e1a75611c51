import type { DocumentLanguage, PickListDocument } from '#electron/ports/document-press.ts'
import { encodable, modules, quiet } from './barcode.ts'
import { a4, createSheet, mm, paginate, type Block, type Desk, type Paper, type Sheet } from './sheet.ts'
import { printedTime, words, type Words } from './words.ts'

type Stop = PickListDocument['stops'][number]

/** Where things stand across the page; points. The narrow roll stacks what the wide page sets side by side. */
interface Measures {
  readonly width: number
  readonly margin: number
  readonly wide: boolean
  /** Module of the barcodes that a bench scans, and the least it may shrink to. */
  readonly module: number
}

const flat: Measures = { width: a4.width, margin: 30, wide: true, module: 0.96 }
/** 72 mm of 80 are printable; modules are whole dots of a 203 dpi printer: 3 dots, at least 2. */
const roll: Measures = { width: 80 * mm, margin: 4 * mm, wide: false, module: 0.375 * mm }

/** The pick list, drawn: stops in the order given, an aisle's band before each change of aisle. */
export function pickList(
  list: PickListDocument,
  paper: 'A4' | '80mm',
  language: DocumentLanguage,
  desk: Desk,
): Paper {
  const page = paper === 'A4' ? flat : roll
  const say = words[language]
  const draft: Draft = { list, page, say, desk, right: page.width - page.margin }
  return page.wide ? wideList(draft) : rollList(draft)
}

interface Draft {
  readonly list: PickListDocument
  readonly page: Measures
  readonly say: Words
  readonly desk: Desk
  /** Where content ends on the right. */
  readonly right: number
}

const { height } = a4

function wideList(draft: Draft): Paper {
  const { list, page, say, right, desk } = draft
  const columns = wideColumns(draft)
  const first = 158 + (list.couriers.length > 0 ? 18 : 0)
  const blocks = [
    ...stopBlocks(draft, (stop) => wideStop(draft, columns, stop)),
    ...totals(draft),
    ...slotStrip(draft),
    ...leftOut(draft),
  ]
  const pages = paginate(blocks, { top: (number) => (number === 0 ? first : 66), bottom: height - 36 })
  const sheets = pages.map(({ placed }, number) => {
    const sheet = createSheet(desk, page.width, height)
    if (number === 0) firstHead(draft, sheet)
    else laterHead(draft, sheet)
    if (placed.some(({ block }) => block.columns))
      columnHead(draft, columns, sheet, number === 0 ? first - 6 : 60)
    sheet.line(page.margin, height - 30, right, height - 30, 'hairline')
    const foot = `${list.wave} · ${say.printedAt} ${printedTime(list.printedAt, list.zone)} (${list.zone})`
    sheet.text(foot, page.margin, height - 19, { size: 8, colour: 'quiet' })
    sheet.text(say.page(number + 1, pages.length), right, height - 18, {
      size: 10,
      bold: true,
      align: 'right',
    })
    for (const { block, y } of placed) block.draw(sheet, y)
    return sheet
  })
  return { title: `${say.pickList} ${list.wave}`, sheets }
}

function firstHead({ list, page, say, desk, right }: Draft, sheet: Sheet): void {
  const left = page.margin
  sheet.text(`${say.pickList} · ${list.kind === 'single' ? say.single : say.multi}`, left, 40, {
    size: 11,
    colour: 'quiet',
  })
  const needed = Math.min((modules(desk.code128(list.waveCode)) + 2 * quiet) * 1.2, 260)
  sheet.fit(list.wave, left - 1, 76, { size: 36, bold: true }, right - needed - left - 6, 14)
  sheet.bars(list.waveCode, {
    x: right - needed,
    y: 30,
    width: needed + quiet,
    height: 46,
    module: 1.2,
    align: 'right',
  })
  sheet.text(list.waveCode, right, 87, { size: 9, align: 'right', colour: 'quiet' })

  sheet.line(left, 98, right, 98, 'rule')
  const facts: readonly (readonly [string, string])[] = [
    [say.shipBy, list.shipBy === null ? say.noDeadline : printedTime(list.shipBy, list.zone)],
    [say.orders, String(list.orders)],
    [say.stops, String(list.stops.length)],
    [say.units, String(list.units)],
    [say.printedAt, printedTime(list.printedAt, list.zone)],
  ]
  const places = [0, 168, 238, 308, 378]
  facts.forEach(([label, value], index) => {
    const x = left + (places[index] ?? 0)
    sheet.text(label, x, 112, { size: 8.5, colour: 'quiet' })
    sheet.text(value, x, 131, { size: 15, bold: true })
  })
  if (list.couriers.length > 0) {
    const sum = list.couriers.reduce((sum, courier) => sum + courier.orders, 0)
    const mix = list.couriers.map((courier) => `${courier.name} ${courier.orders}`).join(' + ')
    sheet.text(say.couriers, left, 150, { size: 8.5, colour: 'quiet' })
    sheet.fit(`${mix} = ${say.countOrders(sum)}`, left + 44, 150, { size: 11 }, right - left - 44)
  }
}

function laterHead({ list, page, say, desk, right }: Draft, sheet: Sheet): void {
  const room = right - page.margin - 200
  sheet.fit(list.wave, page.margin, 42, { size: 18, bold: true }, room / 2, 9)
  const after = page.margin + Math.min(room / 2, desk.type.width(list.wave, { size: 18, bold: true })) + 10
  const due = list.shipBy === null ? say.noDeadline : printedTime(list.shipBy, list.zone)
  sheet.fit(
    `${say.pickList} · ${say.shipBy} ${due}`,
    after,
    42,
    { size: 10, colour: 'quiet' },
    right - 200 - after,
  )
  sheet.bars(list.waveCode, {
    x: right - 200,
    y: 24,
    width: 200 + quiet * page.module,
    height: 18,
    module: page.module,
    align: 'right',
  })
}

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

/** From one slot bubble to the next: as far as the longest count of the list asks for. */
function bubblePitch({ list, desk }: Draft): number {
  const most = list.stops.reduce(
    (most, stop) => stop.slots.reduce((most, { quantity }) => Math.max(most, quantity), most),
    1,
  )
  return Math.ceil(26 + desk.type.width(`×${most}`, { size: 10.5, bold: true }))
}

function wideColumns(draft: Draft): Columns {
  const { list, page, desk, right } = draft
  const widest = list.stops.reduce(
    (most, stop) => Math.max(most, desk.type.width(stop.location ?? '', { size: 24, bold: true })),
    0,
  )
  const code = page.margin + tick + 8
  const codeWidth = Math.min(Math.max(widest, 118), 178)
  const short = right - 34
  const quantity = short - 8 - 44
  const pitch = bubblePitch(draft)
  const perRow = list.slots.length === 0 ? 0 : Math.floor((codeWidth > 150 ? 84 : 124) / pitch)
  const slots = quantity - 4 - perRow * pitch
  const name = code + codeWidth + 10
  return { code, codeWidth, name, nameWidth: slots - name - 8, slots, perRow, pitch, quantity, short }
}

function columnHead({ list, page, say, right }: Draft, columns: Columns, sheet: Sheet, bottom: number): void {
  const style = { size: 8.5, colour: 'quiet' } as const
  const y = bottom - 5
  sheet.text(say.shelf, columns.code, y, style)
  sheet.text(say.goods, columns.name, y, style)
  if (list.slots.length > 0) sheet.text(say.slots, columns.slots, y, style)
  sheet.text(say.quantity, columns.quantity + 22, y, { ...style, align: 'center' })
  sheet.text(say.short, columns.short + 17, y, { ...style, align: 'center' })
  sheet.line(page.margin, bottom, right, bottom, 'hairline')
}

/** The stops with a band wherever the aisle changes, repeated where a page begins in the middle of one. */
function stopBlocks(draft: Draft, draw: (stop: Stop) => Block): Block[] {
  const { list, page, say, right, desk } = draft
  const blocks: Block[] = []
  const aisles = grouped(list.stops, (stop) => `${stop.zone}\n${stop.aisle}\n${stop.location === null}`)
  for (const stops of aisles) {
    const [head] = stops
    if (!head) continue
    const title =
      head.location === null && head.zone === '' && head.aisle === ''
        ? say.noShelf
        : [head.zone && say.zone(head.zone), head.aisle && say.aisle(head.aisle)].filter(Boolean).join(' · ')
    const units = stops.reduce((sum, stop) => sum + stop.quantity, 0)
    const count = `${say.countStops(stops.length)} · ${say.countUnits(units)}`
    const band = (again: boolean): Block => ({
      height: 24,
      withNext: true,
      draw(sheet, y) {
        sheet.line(page.margin, y + 1, right, y + 1, 'heavy')
        arrow(sheet, page.margin, y + 12)
        const left = page.margin + 24
        const style = { size: 12, bold: true } as const
        const shown = again ? `${title} (${say.continued})` : title
        sheet.fit(shown, left, y + 16.5, style, right - left)
        const end = left + desk.type.width(shown, style) + 8
        const fits = end + desk.type.width(count, { size: 9 }) <= right
        if (fits && !again) sheet.text(count, right, y + 16, { size: 9, align: 'right', colour: 'quiet' })
      },
    })
    blocks.push(band(false))
    const lead = band(true)
    stops.forEach((stop, index) => blocks.push({ ...draw(stop), columns: true, ...(index > 0 && { lead }) }))
  }
  return blocks
}

function wideStop({ desk, page, say, right }: Draft, columns: Columns, stop: Stop): Block {
  const names = desk.type.lines(stop.name, { size: 12 }, columns.nameWidth, 2)
  const left = page.margin
  // More slots than their column holds in two rows go below the stop, across the page.
  const aside = stop.slots.length <= columns.perRow * 2
  const perRow = aside ? columns.perRow : Math.floor((right - columns.code) / columns.pitch)
  const slotsLeft = aside ? columns.slots : columns.code
  const slotsTop = aside ? 18 : 67
  const tall = aside ? 56 : 58 + Math.ceil(stop.slots.length / perRow) * 22
  return {
    height: tall,
    draw(sheet, y) {
      sheet.box(left + 1, y + 10, tick, tick, 'rule')

      const location = stop.location ?? say.noShelf
      const size = stop.location === null ? 18 : 24
      sheet.fit(location, columns.code, y + 27, { size, bold: true }, columns.codeWidth, 11)
      if (stop.barcode !== null && encodable(stop.barcode)) {
        // The quiet zone of the bars may lie in the margin beside the code; the bars stand under it.
        sheet.bars(stop.barcode, {
          x: columns.code - quiet * 0.72,
          y: y + 36,
          width: columns.codeWidth + 14,
          height: 15,
          module: 0.72,
          align: 'left',
        })
      }

      names.forEach((name, index) => sheet.text(name, columns.name, y + 18 + index * 16, { size: 12 }))
      const under = [stop.sku, stop.barcode ?? ''].filter(Boolean).join('  ·  ')
      sheet.fit(under, columns.name, y + 49, { size: 8.5, colour: 'quiet' }, columns.nameWidth)

      stop.slots.forEach(({ slot, quantity }, index) => {
        const x = slotsLeft + (index % perRow) * columns.pitch
        slotBubble(sheet, x, y + slotsTop + Math.floor(index / perRow) * 22, slot, quantity)
      })

      quantityBox(sheet, columns.quantity, y + 9, 44, stop.quantity)
      sheet.line(columns.short - 2, y + 1, columns.short - 2, y + tall, 'hairline')
      sheet.line(left, y + tall, right, y + tall, 'hairline')
    },
  }
}

/** The slot as a disc with its number, and how many units of the stop go there. */
function slotBubble(sheet: Sheet, x: number, middle: number, slot: number, quantity: number): void {
  const size = slot > 99 ? 7.5 : 11
  sheet.disc(x + 9, middle, 9)
  sheet.text(String(slot), x + 9, middle + 4, {
    size,
    bold: true,
    align: 'center',
    colour: 'paper',
  })
  sheet.text(`×${quantity}`, x + 19.5, middle + 4, { size: 10.5, bold: quantity > 1 })
}

/** A heavy frame says "more than one", which a hand reaching for one must not miss. */
function quantityBox(sheet: Sheet, x: number, y: number, width: number, quantity: number): void {
  sheet.box(x, y, width, 32, quantity > 1 ? 'heavy' : 'hairline')
  const style = { size: 20, bold: true, align: 'center' } as const
  sheet.fit(String(quantity), x + width / 2, y + 23, style, width - 4, 8)
}

function arrow(sheet: Sheet, x: number, middle: number): void {
  sheet.path(`M${x} ${middle - 2}h9v-3.5l8.5 5.5l-8.5 5.5v-3.5h-9z`, 'ink')
}

/** Sums by zone that lead to the sum of the list, and a line in words where the wave says otherwise. */
function totals(draft: Draft): Block[] {
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
        signature(sheet, desk, say.picker, page.margin, half - 12, sign)
        signature(sheet, desk, say.finished, half, right, sign)
      },
    },
  ]
}

function signature(sheet: Sheet, desk: Desk, label: string, left: number, right: number, y: number): void {
  sheet.text(label, left, y, { size: 9, colour: 'quiet' })
  sheet.line(left + desk.type.width(label, { size: 9 }) + 6, y + 2, right, y + 2, 'hairline')
}

/** One card a slot, as many beside each other as their barcodes leave room for, with lines to cut along. */
function slotStrip(draft: Draft): Block[] {
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
          sheet.disc(x + 22, y + 20, 14)
          const size = card.slot > 99 ? 13 : 18
          sheet.text(String(card.slot), x + 22, y + 20 + size * 0.36, {
            size,
            bold: true,
            align: 'center',
            colour: 'paper',
          })
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

function leftOut({ list, page, say, desk, right }: Draft): Block[] {
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

/** A roll is cut where the list ends; a list that grows too long for a printer's memory goes on in a second piece. */
function rollList(draft: Draft): Paper {
  const { list, page, say, desk, right } = draft
  const longest = 1000 * mm
  const foot = 24
  const pitch = bubblePitch(draft)
  const head = 158 + Math.ceil(list.couriers.length / 2) * 13
  const blocks = [
    ...stopBlocks(draft, (stop) => rollStop(draft, pitch, stop)),
    ...totals(draft),
    ...slotStrip(draft),
    ...leftOut(draft),
  ]
  const frame = { top: (number: number) => (number === 0 ? head : 32), bottom: longest - foot }
  const pages = paginate(blocks, frame)
  const sheets = pages.map(({ placed, end }, number) => {
    const sheet = createSheet(desk, page.width, end + foot)
    if (number === 0) rollHead(draft, sheet)
    else sheet.text(`${list.wave} (${say.continued})`, page.margin, 24, { size: 12, bold: true })
    for (const { block, y } of placed) block.draw(sheet, y)
    const printed = `${say.printedAt} ${printedTime(list.printedAt, list.zone)}`
    const small = { size: 8 } as const
    sheet.text(printed, page.margin, sheet.height - 10, small)
    sheet.text(say.page(number + 1, pages.length), right, sheet.height - 10, {
      ...small,
      bold: true,
      align: 'right',
    })
    return sheet
  })
  return { title: `${say.pickList} ${list.wave}`, sheets }
}

function rollHead({ list, page, say, right }: Draft, sheet: Sheet): void {
  const left = page.margin
  sheet.text(say.pickList, left, 24, { size: 11 })
  sheet.fit(list.wave, right, 30, { size: 24, bold: true, align: 'right' }, right - left - 56, 9)
  sheet.fit(list.kind === 'single' ? say.single : say.multi, left, 44, { size: 9 }, right - left)
  sheet.bars(list.waveCode, { x: left, y: 52, width: right - left, height: 40, module: page.module })
  sheet.text(list.waveCode, page.width / 2, 103, { size: 9, align: 'center' })
  sheet.line(left, 110, right, 110, 'rule')
  sheet.text(say.shipBy, left, 125, { size: 9 })
  const due = list.shipBy === null ? say.noDeadline : printedTime(list.shipBy, list.zone)
  sheet.text(due, right, 126, { size: 13, bold: true, align: 'right' })
  const sums = `${say.countOrders(list.orders)} · ${say.countStops(list.stops.length)} · ${say.countUnits(list.units)}`
  sheet.text(sums, left, 144, { size: 11, bold: true })
  list.couriers.forEach((courier, index) => {
    const x = left + (index % 2) * ((right - left) / 2)
    sheet.fit(
      `${courier.name} ${courier.orders}`,
      x,
      158 + Math.floor(index / 2) * 13,
      { size: 9.5 },
      (right - left) / 2 - 6,
    )
  })
}

function rollStop(draft: Draft, pitch: number, stop: Stop): Block {
  const { desk, page, say, right } = draft
  const left = page.margin
  const names = desk.type.lines(stop.name, { size: 12 }, right - left, 2)
  const bars = stop.barcode !== null && encodable(stop.barcode) ? stop.barcode : null
  const module = 0.25 * mm
  const barsWidth =
    bars === null ? 0 : Math.min(right - left, (modules(desk.code128(bars)) + 2 * quiet) * module)
  // Few slots stand beside the bars, many below them.
  const beside = Math.floor((right - left - barsWidth) / pitch)
  const aside = stop.slots.length <= beside
  const perRow = aside ? beside : Math.floor((right - left) / pitch)
  const rows = Math.ceil(stop.slots.length / Math.max(1, perRow))
  const underNames = 40 + names.length * 15.5
  const slotsTop = underNames + 12 + (bars === null || aside ? 0 : 24)
  const slotsLeft = left + (aside ? barsWidth : 0)
  const tall = Math.max(slotsTop + rows * 22, underNames + 12 + (bars === null ? 0 : 24)) + 6
  return {
    height: tall,
    draw(sheet, y) {
      sheet.box(left + 1, y + 12, tick, tick, 'rule')
      const code = left + tick + 7
      const room = right - 44 - 28 - code - 8
      const location = stop.location ?? say.noShelf
      sheet.fit(location, code, y + 29, { size: 24, bold: true }, room, 11)
      quantityBox(sheet, right - 44 - 28, y + 5, 40, stop.quantity)
      sheet.box(right - 27, y + 7, 26, 28, 'hairline')
      names.forEach((name, index) => sheet.text(name, left, y + 53 + index * 15.5, { size: 12 }))
      const under = [stop.sku, stop.barcode ?? ''].filter(Boolean).join(' · ')
      sheet.fit(under, left, y + underNames + 9, { size: 8.5 }, right - left)
      if (bars !== null) {
        sheet.bars(bars, { x: left, y: y + underNames + 15, width: barsWidth, height: 20, module })
      }
      stop.slots.forEach(({ slot, quantity }, index) => {
        const x = slotsLeft + (index % perRow) * pitch
        slotBubble(sheet, x, y + slotsTop + 13 + Math.floor(index / perRow) * 22, slot, quantity)
      })
      sheet.line(left, y + tall, right, y + tall, 'hairline')
    },
  }
}

/** Neighbours with the same key, in the order given. */
function grouped<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const groups: T[][] = []
  let last: string | undefined
  for (const item of items) {
    const now = key(item)
    if (now !== last) groups.push([])
    last = now
    groups[groups.length - 1]?.push(item)
  }
  return groups
}
