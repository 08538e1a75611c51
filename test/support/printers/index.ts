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
  escpos: (job, media) => {
    const width = dotsOf(media.widthMm, media.dpi)
    return Promise.resolve(printEscPos(job, width, { left: isReceipt(job) ? leftOfHead(media) : 0 }).pages)
  },
}

const dotsOf = (mm: number, dpi: 203 | 300) => Math.round((mm * (dpi === 203 ? 203.2 : 300)) / 25.4)

/** Lines are fed where no gap is: then it is a printer for receipts. */
const isReceipt = (job: Uint8Array) => job.at(-3) === 0x1b && job.at(-2) === 0x64

/** Receipt heads are centred over their roll, to no more than a millimetre: 72 or 73 mm of 80, 48 or 49 of 58. */
function leftOfHead({ widthMm, dpi }: LabelMedia): number {
  const margin = widthMm === 80 ? { 203: 32, 300: 40 } : widthMm === 58 ? { 203: 40, 300: 56 } : undefined
  return margin?.[dpi] ?? 0
}

/** The renderer draws one picture whatever `^PQ` says. */
const copiesOfZpl = (job: Uint8Array) => Number(/\^PQ(\d+)/.exec(Buffer.from(job).toString('latin1'))?.[1])
