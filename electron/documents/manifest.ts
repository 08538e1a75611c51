import type { DocumentLanguage, ManifestDocument } from '#electron/ports/document-press.ts'
import { a4, createSheet, paginate, type Block, type Desk, type Paper, type Sheet } from './sheet.ts'
import { printedTime, words, type Words } from './words.ts'

const { width, height } = a4
const margin = 36
const right = width - margin
const columns = 4
const gap = 8
const column = (right - margin - (columns - 1) * gap) / columns

/** What each courier signs for: the counts, every waybill in four columns, two signatures. */
export function manifests(
  documents: readonly ManifestDocument[],
  language: DocumentLanguage,
  desk: Desk,
): Paper {
  const say = words[language]
  const names = documents.map(({ courier, day }) => `${courier} ${day}`)
  return {
    title: [say.manifest, ...names].join(' '),
    sheets: documents.flatMap((document) => drawn(document, say, desk)),
  }
}

function drawn(document: ManifestDocument, say: Words, desk: Desk): Sheet[] {
  const first = 172
  const pages = paginate([...rows(document), ...sums(document, say, desk), signatures(say, desk)], {
    top: (number) => (number === 0 ? first : 74),
    bottom: height - 44,
  })
  return pages.map(({ placed }, number) => {
    const sheet = createSheet(desk, width, height)
    if (number === 0) firstHead(document, say, sheet)
    else {
      sheet.fit(document.courier, margin, 48, { size: 14, bold: true }, 300)
      sheet.text(`${say.manifest} · ${document.day}`, right, 48, {
        size: 10,
        align: 'right',
        colour: 'quiet',
      })
      sheet.line(margin, 58, right, 58, 'rule')
    }
    sheet.line(margin, height - 36, right, height - 36, 'hairline')
    const printed = `${say.printedAt} ${printedTime(document.printedAt, document.zone)} (${document.zone})`
    sheet.text(printed, margin, height - 24, { size: 8, colour: 'quiet' })
    sheet.text(say.page(number + 1, pages.length), right, height - 23, {
      size: 10,
      bold: true,
      align: 'right',
    })
    for (const { block, y } of placed) block.draw(sheet, y)
    return sheet
  })
}

/** Where each fact of the head begins, counted from the margin. */
const factsAt = [0, 126, 216, 342]

const kilograms = (grams: number) => `${(grams / 1000).toFixed(2)} kg`

const weighed = (parcels: ManifestDocument['parcels']) =>
  parcels.reduce((sum, parcel) => sum + (parcel.weightG ?? 0), 0)

function firstHead(document: ManifestDocument, say: Words, sheet: Sheet): void {
  sheet.text(say.manifest, margin, 46, { size: 11, colour: 'quiet' })
  sheet.fit(document.courier, margin - 1, 82, { size: 30, bold: true }, right - margin)
  sheet.line(margin, 98, right, 98, 'rule')
  const missing = document.parcels.filter((parcel) => parcel.weightG === null).length
  const facts: readonly (readonly [string, string])[] = [
    [say.day, document.day],
    [say.parcels, String(document.parcels.length)],
    [say.weight, kilograms(weighed(document.parcels))],
    [say.warehouse, document.warehouse],
  ]
  facts.forEach(([label, value], index) => {
    const x = margin + (factsAt[index] ?? 0)
    sheet.text(label, x, 114, { size: 9, colour: 'quiet' })
    sheet.fit(
      value,
      x,
      137,
      { size: 18, bold: true },
      (factsAt[index + 1] ?? right - margin) - (x - margin) - 10,
      11,
    )
  })
  if (missing > 0) sheet.text(say.unweighed(missing), margin + 216, 151, { size: 8.5, colour: 'quiet' })
  sheet.line(margin, 160, right, 160, 'rule')
}

/** Read across in fours and count by rows: the left margin gives the number of the first parcel of each row. */
function rows({ parcels }: ManifestDocument): Block[] {
  const blocks: Block[] = []
  for (let start = 0; start < parcels.length; start += columns) {
    const four = parcels.slice(start, start + columns)
    blocks.push({
      height: 31,
      draw(sheet, y) {
        if ((start / columns) % 2 === 1) sheet.box(margin, y, right - margin, 31, 'tint')
        four.forEach((parcel, index) => {
          const x = margin + index * (column + gap)
          sheet.text(String(start + index + 1), x + 17, y + 13, {
            size: 7.5,
            align: 'right',
            colour: 'quiet',
          })
          const room = column - 23
          sheet.fit(parcel.waybill, x + 22, y + 13.5, { size: 10.5, bold: true }, room, 7)
          const weight = parcel.weightG === null ? '—' : kilograms(parcel.weightG)
          sheet.fit(parcel.shop, x + 22, y + 25, { size: 8, colour: 'quiet' }, room - 44)
          sheet.text(weight, x + column - 4, y + 25, { size: 8, align: 'right' })
        })
      },
    })
  }
  return blocks
}

/** Counts by shop that lead to the count of the whole. */
function sums({ parcels }: ManifestDocument, say: Words, desk: Desk): Block[] {
  const shops = Map.groupBy(parcels, (parcel) => parcel.shop)
  const parts = [...shops].map(
    ([shop, own]) => `${shop} ${say.countParcels(own.length)} · ${kilograms(weighed(own))}`,
  )
  const lines = desk.type.lines(parts.join('  +  '), { size: 10 }, right - margin, 8)
  const whole = `= ${say.total}  ${say.countParcels(parcels.length)} · ${kilograms(weighed(parcels))}`
  return [
    {
      height: 44 + lines.length * 15,
      withNext: true,
      draw(sheet, y) {
        sheet.line(margin, y + 8, right, y + 8, 'heavy')
        lines.forEach((line, index) => sheet.text(line, margin, y + 25 + index * 15, { size: 10 }))
        sheet.text(whole, margin, y + 31 + lines.length * 15, { size: 14, bold: true })
      },
    },
  ]
}

function signatures(say: Words, desk: Desk): Block {
  const half = (right - margin - 24) / 2
  return {
    height: 116,
    draw(sheet, y) {
      ;[say.handedOverBy, say.takenBy].forEach((title, index) => {
        const x = margin + index * (half + 24)
        sheet.box(x, y + 10, half, 100, 'rule')
        sheet.text(title, x + 10, y + 27, { size: 10.5, bold: true })
        const labels = [say.counted, say.signature, say.time]
        labels.forEach((label, row) => {
          const base = y + 52 + row * 24
          sheet.text(label, x + 10, base, { size: 9, colour: 'quiet' })
          const from = x + 16 + Math.max(...labels.map((label) => desk.type.width(label, { size: 9 })))
          sheet.line(from, base + 2, x + half - 10, base + 2, 'hairline')
        })
      })
    },
  }
}
