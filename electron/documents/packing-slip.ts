import type { DocumentLanguage, PackingSlipDocument } from '#electron/ports/document-press.ts'
import { encodable } from './barcode.ts'
import { createSheet, mm, paginate, type Block, type Desk, type Paper, type Sheet } from './sheet.ts'
import { printedTime, words, type Words } from './words.ts'

type Slip = PackingSlipDocument

interface Measures {
  readonly width: number
  /** Points; null where the paper is cut to the content. */
  readonly height: number | null
  readonly margin: number
  readonly name: number
  readonly small: number
  readonly module: number
}

const papers: Readonly<Record<'A5' | 'A6' | '80mm', Measures>> = {
  A5: { width: 148 * mm, height: 210 * mm, margin: 10 * mm, name: 11, small: 8.5, module: 0.96 },
  A6: { width: 105 * mm, height: 148 * mm, margin: 7 * mm, name: 10, small: 8, module: 0.96 },
  '80mm': { width: 80 * mm, height: null, margin: 4 * mm, name: 10.5, small: 8.5, module: 0.375 * mm },
}

/** One slip or more for every order, each beginning on its own page. */
export function packingSlip(
  slips: readonly Slip[],
  paper: 'A5' | 'A6' | '80mm',
  language: DocumentLanguage,
  desk: Desk,
): Paper {
  const page = papers[paper]
  const say = words[language]
  const sheets = slips.flatMap((slip) => drawn(slip, page, say, desk))
  return {
    title: `${say.packingSlip} ${slips.length === 1 ? (slips[0]?.order ?? '') : ''}`.trim(),
    sheets,
  }
}

const headHeight = 124
const laterTop = 42
const footHeight = 16

function drawn(slip: Slip, page: Measures, say: Words, desk: Desk): Sheet[] {
  const top = page.margin
  const pages = paginate(slipBlocks(slip, page, say, desk), {
    top: (number) => top + (number === 0 ? headHeight : laterTop),
    bottom: page.height === null ? Infinity : page.height - page.margin - footHeight,
  })
  return pages.map(({ placed, end }, number) => {
    const sheet = createSheet(desk, page.width, page.height ?? end + footHeight + page.margin + 8)
    const left = page.margin
    const right = page.width - page.margin
    if (number === 0) head(slip, page, say, sheet)
    else {
      sheet.fit(slip.order, left, top + 12, { size: 11, bold: true }, right - left)
      columnHead(page, say, sheet, top + laterTop - 6)
    }
    const foot = sheet.height - page.margin + 2
    sheet.text(say.thanks, left, foot, { size: page.small, colour: 'quiet' })
    sheet.text(say.page(number + 1, pages.length), right, foot, {
      size: page.small,
      bold: true,
      align: 'right',
    })
    for (const { block, y } of placed) block.draw(sheet, y)
    return sheet
  })
}

/** Shop and order on the left, the barcode that opens the order under them, the slot large on the right. */
function head(slip: Slip, page: Measures, say: Words, sheet: Sheet): void {
  const left = page.margin
  const right = page.width - page.margin
  const top = page.margin
  const badge = slip.slot === '' ? 0 : 44
  const room = right - left - (badge === 0 ? 0 : badge + 8)
  sheet.fit(slip.shop, left, top + 12, { size: 15, bold: true }, room)
  const paid = slip.paidAt === null ? '' : ` · ${say.paidAt} ${printedTime(slip.paidAt, slip.zone)}`
  sheet.fit(`${say.packingSlip}${paid}`, left, top + 26, { size: page.small, colour: 'quiet' }, room)
  sheet.fit(`${say.receiver}  ${slip.receiver}`, left, top + 42, { size: page.name, bold: false }, room)
  if (badge > 0) {
    sheet.box(right - badge, top, badge, badge, 'ink')
    sheet.text(say.slot, right - badge / 2, top + 11, { size: 8, align: 'center', colour: 'paper' })
    const style = { size: 24, bold: true, align: 'center', colour: 'paper' } as const
    sheet.fit(slip.slot, right - badge / 2, top + 35, style, badge - 6, 7)
  }
  // An order number of a strange marketplace may have signs that no barcode takes; the slip still prints.
  if (encodable(slip.orderCode))
    sheet.bars(slip.orderCode, {
      x: left - 10 * page.module,
      y: top + 52,
      width: right - left + 20 * page.module,
      height: 30,
      module: page.module,
      align: 'left',
    })
  sheet.fit(`${say.order} ${slip.order}`, left, top + 95, { size: 10, bold: true }, right - left)
  columnHead(page, say, sheet, top + headHeight - 6)
}

function columnHead(page: Measures, say: Words, sheet: Sheet, y: number): void {
  const left = page.margin
  const right = page.width - page.margin
  sheet.text(say.goods, left + tick + 6, y - 5, { size: page.small, colour: 'quiet' })
  sheet.text(say.quantity, right, y - 5, { size: page.small, align: 'right', colour: 'quiet' })
  sheet.line(left, y, right, y, 'rule')
}

const tick = 10

function slipBlocks(slip: Slip, page: Measures, say: Words, desk: Desk): Block[] {
  const left = page.margin
  const right = page.width - page.margin
  const lineHeight = page.name * 1.3
  const blocks = slip.lines.map((line): Block => {
    const room = right - left - tick - 6 - 44
    const names = desk.type.lines(line.name, { size: page.name }, room, 2)
    const under = [line.spec, line.sku].filter(Boolean).join('  ·  ')
    const kit = line.kit === null ? '' : say.partOfKit(line.kit.name, line.kit.quantity)
    const details = [
      ...desk.type.lines(under, { size: page.small }, room, 2),
      ...(kit === '' ? [] : desk.type.lines(kit, { size: page.small }, room, 1)),
    ]
    const height = 10 + names.length * lineHeight + details.length * page.small * 1.35
    return {
      height,
      draw(sheet, y) {
        sheet.box(left + 0.5, y + 7, tick, tick, 'hairline')
        names.forEach((name, index) =>
          sheet.text(name, left + tick + 6, y + 5 + page.name + index * lineHeight, { size: page.name }),
        )
        const below = y + 4 + names.length * lineHeight
        details.forEach((detail, index) =>
          sheet.text(detail, left + tick + 6, below + page.small * (1 + index * 1.35) + 2, {
            size: page.small,
            colour: 'quiet',
          }),
        )
        sheet.text(`×${line.quantity}`, right, y + 5 + page.name + 2, {
          size: page.name + 3,
          bold: true,
          align: 'right',
        })
        sheet.line(left, y + height, right, y + height, 'hairline')
      },
    }
  })
  const units = slip.lines.reduce((sum, line) => sum + line.quantity, 0)
  blocks.push({
    height: 24,
    draw(sheet, y) {
      sheet.text(say.total, left, y + 16, { size: page.name, bold: true })
      sheet.text(say.countUnits(units), right, y + 16, { size: page.name + 1, bold: true, align: 'right' })
    },
  })
  if (slip.buyerNote.trim() !== '') blocks.push(noteBlock(say.note, slip.buyerNote, page, desk, true))
  if (slip.returnsText.trim() !== '') blocks.push(noteBlock(say.returns, slip.returnsText, page, desk, false))
  return blocks
}

/** The buyer's note stands on grey: it asks the packer for something, the returns text does not. */
function noteBlock(title: string, text: string, page: Measures, desk: Desk, loud: boolean): Block {
  const left = page.margin
  const right = page.width - page.margin
  const size = loud ? page.name : page.small
  const inset = loud ? 7 : 0
  const lines = desk.type.lines(text, { size, bold: loud }, right - left - 2 * inset, loud ? 5 : 6)
  const height = 24 + lines.length * size * 1.4
  return {
    height: height + 6,
    draw(sheet, y) {
      if (loud) sheet.box(left, y, right - left, height, 'tint')
      sheet.text(title, left + inset, y + 13, {
        size: page.small,
        bold: !loud,
        colour: loud ? 'quiet' : 'ink',
      })
      lines.forEach((line, index) =>
        sheet.text(line, left + inset, y + 16 + size + index * size * 1.4, { size, bold: loud }),
      )
    },
  }
}
