import { type Draft, grouped, lead, type Stop } from './pick-list-draft.ts'
import { turnShapes } from './pick-list-marks.ts'
import type { Block } from './sheet.ts'

/** Draws one stop of a paper of this width. */
export type DrawStop = (stop: Stop) => Block

/** The stops with a band wherever the aisle changes, repeated where a page begins in the middle of one. */
export function stopBlocks(draft: Draft, draw: DrawStop): Block[] {
  const blocks: Block[] = []
  let visit = 0
  const aisles = grouped(draft.list.stops, (stop) => {
    // An aisle that is entered once more from its other end is told anew.
    if (stop.turn !== null) visit += 1
    return `${visit}\n${stop.zone}\n${stop.aisle}\n${stop.location === null}`
  })
  for (const stops of aisles) {
    blocks.push(band(draft, stops, false))
    const again = band(draft, stops, true)
    stops.forEach((stop, index) =>
      blocks.push({ ...draw(stop), columns: true, ...(index > 0 && { lead: again }) }),
    )
  }
  return blocks
}

const small = { size: 9, colour: 'quiet' } as const

/** What a picker looks for when one aisle is done: a rule, the turn as on the map, and the next aisle's name. */
function band({ page, say, right, desk }: Draft, stops: readonly Stop[], again: boolean): Block {
  const [head] = stops
  const isShelfless = head?.location === null && head.zone === '' && head.aisle === ''
  const title = isShelfless
    ? say.noShelf
    : [head?.zone && say.zone(head.zone), head?.aisle && say.aisle(head.aisle)].filter(Boolean).join(' · ')
  const turn = again ? null : (head?.turn ?? null)
  const left = page.margin + (turn ? lead + 4 : 0)
  const style = { size: turn ? 14 : 12, bold: true } as const
  const titles = desk.type.lines(again ? `${title} (${say.continued})` : title, style, right - left, 8)
  const step = style.size + 3
  const units = stops.reduce((sum, stop) => sum + stop.quantity, 0)
  const told = turn ? say.turn(turn) : ''
  const count = again ? '' : `${say.countStops(stops.length)} · ${say.countUnits(units)}`
  const end = left + desk.type.width(titles.at(-1) ?? '', style) + 10
  const toldWidth = desk.type.width(told, small)
  // The turn in words stands beside the name, or below it where the paper is narrow.
  const isBelow = told !== '' && end + toldWidth > right
  const countFrom = isBelow ? left + toldWidth + 10 : end + (told === '' ? 0 : toldWidth + 10)
  const isCounted = countFrom + desk.type.width(count, small) <= right
  const more = (titles.length - 1) * step
  return {
    height: (turn ? 30 : 24) + more + (isBelow ? 12 : 0),
    withNext: true,
    draw(sheet, y) {
      sheet.line(page.margin, y + 1, right, y + 1, 'heavy')
      const middle = y + (turn ? 16 : 12.5)
      const shapes = turn ? { shapes: turnShapes(page.margin + 12, middle, 20, turn) } : {}
      const first = middle + style.size * 0.36
      titles.forEach((line, index) =>
        sheet.text(line, left, first + index * step, index === 0 ? { ...style, ...shapes } : style),
      )
      const base = middle + 4.5 + more + (isBelow ? 14 : 0)
      if (told !== '') sheet.text(told, isBelow ? left : end, base, small)
      if (isCounted && count !== '') sheet.text(count, right, base, { ...small, align: 'right' })
    },
  }
}
