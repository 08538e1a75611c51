import type { DocumentLanguage, PickListDocument } from '#electron/ports/document-press.ts'
import { stopBlocks } from './pick-list-band.ts'
import { flat, roll, type Draft } from './pick-list-draft.ts'
import { laterHead, noteBlocks, rollHead, wideHead } from './pick-list-head.ts'
import { columnHead, columnHeadHeight, rollStop, wideColumns, wideStop } from './pick-list-lines.ts'
import { mapBlock, mapIn, sizeOf } from './pick-list-map-paint.ts'
import { leftOut, slotStrip, totals } from './pick-list-tail.ts'
import { a4, createSheet, mm, paginate, type Block, type Desk, type Paper } from './sheet.ts'
import { printedTime, words } from './words.ts'

/** The pick list, drawn: stops in the order given, an aisle's band before each change of aisle. */
export function pickList(
  list: PickListDocument,
  paper: 'A4' | '80mm',
  language: DocumentLanguage,
  desk: Desk,
): Paper {
  const page = paper === 'A4' ? flat : roll
  const draft: Draft = { list, page, say: words[language], desk, right: page.width - page.margin }
  return page.wide ? wideList(draft) : rollList(draft)
}

const bottom = a4.height - 36
/** Where a later page begins below its head, with the heads of the columns. */
const later = 66

function wideList(draft: Draft): Paper {
  const { list, page, say, right, desk } = draft
  const columns = wideColumns(draft)
  const head = wideHead(draft)
  const stops = stopBlocks(draft, (stop) => wideStop(draft, columns, stop))
  const map = placeMap(draft, head.height + heightOf(noteBlocks(draft)), heightOf(stops))
  const heads: Block = {
    height: columnHeadHeight,
    withNext: true,
    draw: (sheet, y) => columnHead(draft, columns, sheet, y),
  }
  const ahead = (more: readonly string[]): Block[] => [
    ...noteBlocks(draft, more),
    ...(map?.first ? [map.block] : []),
    ...(stops.length > 0 ? [heads] : []),
  ]
  const after = [
    ...totals(draft),
    ...slotStrip(draft),
    ...leftOut(draft),
    ...(map && !map.first ? [map.block] : []),
  ]
  const set = (more: readonly string[]) =>
    paginate([...ahead(more), ...stops, ...after], {
      top: (number) => (number === 0 ? head.height : later),
      bottom,
    })
  let pages = set([])
  if (map && !map.first) {
    // The line that names the map's page may itself push the list by a page.
    for (let told = 0; told !== pages.length;) {
      told = pages.length
      pages = set([say.mapOn(told)])
    }
  }
  const sheets = pages.map(({ placed }, number) => {
    const sheet = createSheet(desk, page.width, a4.height)
    if (number === 0) head.draw(sheet)
    else laterHead(draft, sheet)
    const has = placed.some(({ block }) => block.columns) && !placed.some(({ block }) => block === heads)
    if (has) columnHead(draft, columns, sheet, later - columnHeadHeight + 1)
    sheet.line(page.margin, a4.height - 30, right, a4.height - 30, 'hairline')
    const foot = `${list.wave} · ${say.printedAt} ${printedTime(list.printedAt, list.zone)} (${list.zone})`
    sheet.fit(foot, page.margin, a4.height - 19, { size: 8, colour: 'quiet' }, right - page.margin - 110)
    sheet.text(say.page(number + 1, pages.length), right, a4.height - 18, {
      size: 10,
      bold: true,
      align: 'right',
    })
    for (const { block, y } of placed) block.draw(sheet, y)
    return sheet
  })
  return { title: `${say.pickList} ${list.wave}`, sheets }
}

const heightOf = (blocks: readonly Block[]) => blocks.reduce((sum, { height }) => sum + height, 0)

/** An aisle need be no wider for the map to be read at arm's length. */
const goodPitch = 32

/**
 * The map stands before the first stop, where a picker looks before the first step. It goes to a page of its own, the
 * last, which can lie beside the list, where it would be much larger there and is too small to read here.
 */
function placeMap(draft: Draft, used: number, stops: number): { first: boolean; block: Block } | null {
  const { page, right } = draft
  const width = right - page.margin
  const legend = 40
  const list = Math.min(stops, 220) + columnHeadHeight
  const room = Math.min(320, bottom - used - list - legend)
  const here = sizeOf(draft, width, room)
  const alone = sizeOf(draft, width, bottom - later - legend)
  const isGood = here !== null && (here.scale > 0.75 * (alone?.scale ?? 0) || here.pitch >= 22)
  const height = isGood
    ? Math.min(room, Math.max(190, (here.height * goodPitch) / here.pitch))
    : bottom - later - legend
  const map = (isGood ? here : alone) && mapIn(draft, width, height)
  return map && { first: isGood, block: mapBlock(draft, map) }
}

/** A roll is cut where the list ends; a list that grows too long for a printer's memory goes on in a second piece. */
function rollList(draft: Draft): Paper {
  const { list, page, say, desk, right } = draft
  const longest = 1000 * mm
  const foot = 24
  const head = rollHead(draft)
  const room = right - page.margin
  const map = sizeOf(draft, room, 420) && mapIn(draft, room, 420)
  const isElsewhere = !map && sizeOf(draft, flat.width - 2 * flat.margin, 700) !== null
  const blocks = [
    ...noteBlocks(draft, isElsewhere ? [say.mapTooWide] : []),
    ...(map ? [mapBlock(draft, map)] : []),
    ...stopBlocks(draft, rollStop(draft)),
    ...totals(draft),
    ...slotStrip(draft),
    ...leftOut(draft),
  ]
  const frame = { top: (number: number) => (number === 0 ? head.height + 8 : 32), bottom: longest - foot }
  const pages = paginate(blocks, frame)
  const sheets = pages.map(({ placed, end }, number) => {
    const sheet = createSheet(desk, page.width, end + foot)
    if (number === 0) head.draw(sheet)
    else
      sheet.fit(
        `${list.wave} (${say.continued})`,
        page.margin,
        24,
        { size: 12, bold: true },
        right - page.margin,
      )
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
