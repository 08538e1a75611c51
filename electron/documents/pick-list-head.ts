import { modules, quiet } from './barcode.ts'
import type { Draft } from './pick-list-draft.ts'
import { badge } from './pick-list-marks.ts'
import type { Block, Sheet } from './sheet.ts'
import { printedTime } from './words.ts'

/** Where the head of a first page ends, and how it is drawn. */
export interface Head {
  readonly height: number
  readonly draw: (sheet: Sheet) => void
}

/** What tells this list from another of its wave: the revision, and whose part it is. */
const badgesOf = ({ list, say }: Draft): string[] => [
  ...(list.revision > 1 ? [say.revision(list.revision)] : []),
  ...(list.part ? [say.part(list.part.part, list.part.parts)] : []),
]

const titleOf = ({ list, say }: Draft) =>
  `${say.pickList} · ${list.kind === 'single' ? say.single : say.multi}`

export const dueOf = ({ list, say }: Draft) =>
  list.shipBy === null ? say.noDeadline : printedTime(list.shipBy, list.zone)

/** Empty where no floor is known, which the notes say. */
const walkOf = ({ list, say }: Draft) => (list.walkM === null ? '' : say.walk(Math.round(list.walkM)))

export function wideHead(draft: Draft): Head {
  const { list, page, say, desk, right } = draft
  const left = page.margin
  const badges = badgesOf(draft)
  const rule = badges.length > 0 ? 114 : 98
  const facts: readonly (readonly [number, string, string])[] = [
    [0, say.shipBy, dueOf(draft)],
    ...(list.walkM === null ? [] : ([[150, say.route, walkOf(draft)]] as const)),
    [250, say.orders, String(list.orders)],
    [306, say.stops, String(list.stops.length)],
    [362, say.units, String(list.units)],
    ...(list.picker === '' ? [] : ([[424, say.picker, list.picker]] as const)),
  ]
  return {
    height: rule + (list.couriers.length > 0 ? 60 : 42),
    draw(sheet) {
      sheet.text(titleOf(draft), left, 40, { size: 11, colour: 'quiet' })
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
      paintBadges(sheet, draft, badges, 86, 12)
      sheet.line(left, rule, right, rule, 'rule')
      facts.forEach(([x, label, value], index) => {
        const room = (facts[index + 1]?.[0] ?? right - left) - x - 8
        sheet.text(label, left + x, rule + 14, { size: 8.5, colour: 'quiet' })
        sheet.fit(value, left + x, rule + 33, { size: 15, bold: true }, room, 8)
      })
      if (list.couriers.length > 0) {
        const sum = list.couriers.reduce((sum, courier) => sum + courier.orders, 0)
        const mix = list.couriers.map((courier) => `${courier.name} ${courier.orders}`).join(' + ')
        sheet.text(say.couriers, left, rule + 52, { size: 8.5, colour: 'quiet' })
        sheet.fit(`${mix} = ${say.countOrders(sum)}`, left + 44, rule + 52, { size: 11 }, right - left - 44)
      }
    },
  }
}

/** White on black beside each other, each on a row of its own where the paper is narrow. */
function paintBadges(
  sheet: Sheet,
  { desk, page, right }: Draft,
  badges: readonly string[],
  top: number,
  size: number,
): void {
  let x = page.margin
  badges.forEach((text, index) => {
    const room = page.wide ? (right - page.margin) / 2 - 40 : right - page.margin
    const width = page.wide ? Math.min(room, desk.type.width(text, { size, bold: true }) + 16) : room
    const y = page.wide ? top : top + index * (size + 10)
    badge(sheet, text, { x, y, width, height: size + 8, size })
    if (page.wide) x += width + 8
  })
}

export function laterHead(draft: Draft, sheet: Sheet): void {
  const { list, page, desk, right } = draft
  const room = right - page.margin - 200
  sheet.fit(list.wave, page.margin, 42, { size: 18, bold: true }, room / 2, 9)
  const after = page.margin + Math.min(room / 2, desk.type.width(list.wave, { size: 18, bold: true })) + 10
  const { say } = draft
  const said = [say.pickList, ...shortBadges(draft), `${say.shipBy} ${dueOf(draft)}`].join(' · ')
  sheet.fit(said, after, 42, { size: 10, colour: 'quiet' }, right - 200 - after, 7)
  sheet.bars(list.waveCode, {
    x: right - 200,
    y: 24,
    width: 200 + quiet * page.module,
    height: 18,
    module: page.module,
    align: 'right',
  })
}

/** On every page, since pages get apart: which revision and which part it belongs to. */
const shortBadges = ({ list }: Draft): string[] => [
  ...(list.revision > 1 ? [`v${list.revision}`] : []),
  ...(list.part ? [`${list.part.part}/${list.part.parts}`] : []),
]

export function rollHead(draft: Draft): Head {
  const { list, page, say, right } = draft
  const left = page.margin
  const badges = badgesOf(draft)
  const facts: readonly (readonly [string, string, number])[] = [
    [say.shipBy, dueOf(draft), 13],
    ...(list.walkM === null ? [] : ([[say.route, walkOf(draft), 13]] as const)),
    ...(list.picker === '' ? [] : ([[say.picker, list.picker, 13]] as const)),
  ]
  const rule = 110 + badges.length * 20
  const after = rule + 4 + facts.length * 17
  return {
    height: after + 20 + Math.ceil(list.couriers.length / 2) * 13,
    draw(sheet) {
      sheet.text(say.pickList, left, 24, { size: 11 })
      sheet.fit(list.wave, right, 30, { size: 24, bold: true, align: 'right' }, right - left - 56, 9)
      sheet.fit(list.kind === 'single' ? say.single : say.multi, left, 44, { size: 9 }, right - left)
      sheet.bars(list.waveCode, { x: left, y: 52, width: right - left, height: 40, module: page.module })
      sheet.text(list.waveCode, page.width / 2, 103, { size: 9, align: 'center' })
      paintBadges(sheet, draft, badges, 109, 10)
      sheet.line(left, rule, right, rule, 'rule')
      facts.forEach(([label, value, size], index) => {
        const y = rule + 17 + index * 17
        sheet.text(label, left, y - 1, { size: 9 })
        sheet.fit(value, right, y, { size, bold: true, align: 'right' }, right - left - 70, 8)
      })
      const sums = `${say.countOrders(list.orders)} · ${say.countStops(list.stops.length)} · ${say.countUnits(list.units)}`
      sheet.fit(sums, left, after + 15, { size: 11, bold: true }, right - left, 8)
      list.couriers.forEach((courier, index) => {
        const x = left + (index % 2) * ((right - left) / 2)
        const y = after + 29 + Math.floor(index / 2) * 13
        sheet.fit(`${courier.name} ${courier.orders}`, x, y, { size: 9.5 }, (right - left) / 2 - 6)
      })
    },
  }
}

/** So many lines of notes stand in one box; the rest goes on in another. */
const boxLines = 24

/** What the picker must know before the first step, in a box; several where one would fill the page. */
export function noteBlocks(draft: Draft, more: readonly string[] = []): Block[] {
  const { list, page, say, desk, right } = draft
  const notes = [
    ...(list.walkM === null ? [say.noFloor] : []),
    ...(list.labels === 'reversed' ? [say.reversed] : []),
    ...list.notes,
    ...more,
  ]
  const inset = 26
  const style = { size: page.wide ? 11 : 10 }
  const step = style.size + 4
  const lines = notes.flatMap((note) =>
    desk.type
      .lines(note, style, right - page.margin - inset - 8, 8)
      .map((text, index) => ({ text, isFirst: index === 0 })),
  )
  const blocks: Block[] = []
  for (let start = 0; start < lines.length; start += boxLines) {
    const part = lines.slice(start, start + boxLines)
    const tall = part.length * step + 11
    blocks.push({
      height: tall + 8,
      draw(sheet, y) {
        sheet.box(page.margin, y, right - page.margin, tall, 'rule')
        sheet.box(page.margin, y, 16, tall, 'ink')
        const middle = y + tall / 2
        sheet.text('!', page.margin + 8, middle + 5, {
          size: 14,
          bold: true,
          align: 'center',
          colour: 'paper',
        })
        part.forEach(({ text, isFirst }, index) => {
          const base = y + 5 + (index + 0.78) * step
          if (isFirst) sheet.disc(page.margin + 22, base - style.size * 0.34, 1.4)
          sheet.text(text, page.margin + inset, base, style)
        })
      },
    })
  }
  return blocks
}
