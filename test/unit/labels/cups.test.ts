import { describe, expect, it } from 'vitest'
import { createLabelPress } from '#electron/labels/index.ts'
import type { Bitmap, LabelMedia } from '#electron/ports/label-press.ts'
import { sampleLabels } from '#scripts/bench/sample-labels.ts'
import { drawn, noise } from '#test/support/bitmaps.ts'
import { encodeByCups } from '#test/support/cups.ts'
import { generatedLabels } from '#test/support/generated-labels.ts'
import { printCpcl } from '#test/support/printers/cpcl-printer.ts'
import { printEpl } from '#test/support/printers/epl-printer.ts'
import type { PrintedPage } from '#test/support/printers/printed-page.ts'

const press = createLabelPress()
const papers: readonly LabelMedia[] = [
  { widthMm: 100, heightMm: 150, dpi: 203 },
  { widthMm: 76, heightMm: 130, dpi: 203 },
  { widthMm: 100, heightMm: 150, dpi: 300 },
]
const pictures: readonly (readonly [string, Bitmap, 203 | 300])[] = [
  ...sampleLabels(9).map((label, index) => {
    const paper = papers[index % papers.length] ?? { widthMm: 100, heightMm: 150, dpi: 203 }
    return [`label ${index + 1}`, press.render(label, paper).bitmap, paper.dpi] as const
  }),
  ['a dot in one corner', drawn('#.........', '..........', '..........'), 203],
  ['a dot in the other corner', drawn('..........', '..........', '.........#'), 203],
  ['half of the dots', noise(801, 60, 0.5), 203],
  ['almost all dots', noise(1181, 40, 0.98), 300],
]

/** The one page of a job, as a printer that knows the language's manual puts it out. */
const printed = {
  epl: (job: Uint8Array, height: number) => only(printEpl(job, height).pages),
  cpcl: (job: Uint8Array) => only(printCpcl(job).pages),
} as const

function only(pages: readonly PrintedPage[]): Bitmap {
  const [page, ...more] = pages
  if (page === undefined || more.length > 0) throw new Error(`${pages.length} pages came out`)
  return page.bitmap
}

const generated = generatedLabels(300)

describe.each(['epl', 'cpcl'] as const)('%s agrees with CUPS on what is black and where', (language) => {
  const agrees = (bitmap: Bitmap, dpi: 203 | 300) => {
    const ours = printed[language](
      press.encode(bitmap, language, { copies: 1, dpi, darkness: 8 }),
      bitmap.height,
    )
    const theirs = printed[language](encodeByCups(bitmap, language, dpi), bitmap.height)
    // CUPS makes EPL's paper whole bytes wide; what it adds is white.
    expect(Math.ceil(theirs.width / 8) * 8).toBe(Math.ceil(ours.width / 8) * 8)
    expect(theirs.height).toBe(ours.height)
    expect(Buffer.compare(ours.data, theirs.data)).toBe(0)
    expect(Buffer.compare(ours.data, bitmap.data)).toBe(0)
  }

  it.each(pictures)('%s', (_, bitmap, dpi) => agrees(bitmap, dpi))

  it('all generated labels of this language, of every layout and resolution', { timeout: 120_000 }, () => {
    const mine = generated.filter((one) => one.language === language)
    expect(mine.length).toBeGreaterThanOrEqual(60)
    for (const { data, media, layout } of mine) agrees(press.render(data, media, layout).bitmap, media.dpi)
  })
})
