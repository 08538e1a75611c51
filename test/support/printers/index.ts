import type { LabelMedia } from '#electron/ports/label-press.ts'
import type { PrinterLanguage } from '#shared/domain/devices/printer-languages.ts'
import { bitsOfPng, renderZpl } from '#test/support/label-reader.ts'
import { printCpcl } from './cpcl-printer.ts'
import { printEpl } from './epl-printer.ts'
import { printEscPos } from './escpos-printer.ts'
import type { PrintedPage } from './printed-page.ts'
import { printDots } from './dots-driver.ts'
import { printTspl } from './tspl-printer.ts'

/** What a printer of each language puts out, loaded with this paper. ZPL is drawn by somebody else's renderer. */
export const printers: Readonly<
  Record<PrinterLanguage, (job: Uint8Array, media: LabelMedia) => Promise<readonly PrintedPage[]>>
> = {
  zpl: async (job, media) =>
    (await renderZpl(job, media)).map((png) => ({ bitmap: bitsOfPng(png), copies: copiesOfZpl(job) })),
  tspl: (job, media) => Promise.resolve(printTspl(job, media.dpi).pages),
  epl: (job, media) => Promise.resolve(printEpl(job, dotsOf(media.heightMm, media.dpi)).pages),
  cpcl: (job) => Promise.resolve(printCpcl(job).pages),
  driver: (job) => Promise.resolve(printDots(job)),
  escpos: (job, media) =>
    Promise.resolve(
      printEscPos(job, isReceipt(job) ? headOf(media) : dotsOf(media.widthMm, media.dpi)).pages,
    ),
}

const dotsOf = (mm: number, dpi: 203 | 300) => Math.round((mm * (dpi === 203 ? 203.2 : 300)) / 25.4)

/** Lines are fed where no gap is: then it is a printer for receipts. */
const isReceipt = (job: Uint8Array) => job.at(-3) === 0x1b && job.at(-2) === 0x64

/** Dots of the head over this roll: the 3 inch printers take rolls up to 80 mm, the 2 inch ones up to 58. */
export function headOf({ widthMm, dpi }: Pick<LabelMedia, 'widthMm' | 'dpi'>): number {
  const inches = widthMm <= 80 && widthMm > 75 ? 3 : widthMm <= 58 && widthMm > 56 ? 2 : undefined
  return inches === undefined ? dotsOf(widthMm, dpi) : (dpi === 203 ? 192 : 288) * inches
}

/** The renderer draws one picture whatever `^PQ` says. */
const copiesOfZpl = (job: Uint8Array) => Number(/\^PQ(\d+)/.exec(Buffer.from(job).toString('latin1'))?.[1])
