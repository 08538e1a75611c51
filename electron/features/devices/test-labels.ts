import type { LabelLayout, LayoutItem } from '#shared/domain/labels/layout.ts'
import { narrowestHeadMm } from '#shared/domain/labels/receipt-roll.ts'
import type { PrinterLanguage } from '#shared/domain/devices/printer-languages.ts'
import type { AreaContext } from '#electron/features/area.ts'
import type { LabelMedia, ShippingLabel } from '#electron/ports/label-press.ts'
import type { PrinterTransport, SendOutcome } from '#electron/ports/label-printer.ts'
import { mediaOf, printOptions } from './print-options.ts'

export type TestPrinter = Parameters<typeof printOptions>[0] & {
  readonly name: string
  readonly transport: PrinterTransport
  readonly address: string
  readonly language: PrinterLanguage
}

/** Prints a page that shows whether paper, size, place and darkness are right. */
export function printTestPage(core: AreaContext, printer: TestPrinter): Promise<SendOutcome> {
  const whole = mediaOf(printer)
  // On endless paper a test need not be as long as a slip may get.
  const most = (side: 'width' | 'height') =>
    Math.min(whole[`${side}Mm`], whole.endless === side ? 80 : Infinity)
  const media = { ...whole, widthMm: most('width'), heightMm: most('height') }
  return print(core, printer, media, testPage(printer, media), 'TEST-12')
}

/** Prints a letter as large as the label allows: the one that looks right names the language. */
export function printTrial(
  core: AreaContext,
  printer: Pick<TestPrinter, 'transport' | 'address' | 'language'>,
  media: LabelMedia,
  mark: string,
): Promise<SendOutcome> {
  // The roll of a receipt printer is not known yet.
  const most = printer.language === 'escpos' ? narrowestHeadMm : 60
  // A driver is told what paper lies in its printer, and takes no other.
  const small =
    printer.language === 'driver'
      ? media
      : { ...media, widthMm: Math.min(media.widthMm, most), heightMm: Math.min(media.heightMm, 30) }
  const plain = {
    ...unadjusted,
    name: mark,
    width_mm: small.widthMm,
    height_mm: small.heightMm,
    dpi: media.dpi,
  }
  return print(
    core,
    { ...plain, ...printer },
    small,
    trialLabel(printer.language, small, mark),
    `TEST-${mark}`,
  )
}

/** Continuous: in the wrong language the printer looks for no gap, in the right one several marks share a label. */
const unadjusted = {
  darkness: null,
  speed: null,
  compression: 'acs',
  media: 'continuous',
  gap_mm: 0,
  offset_x_mm: 0,
  offset_y_mm: 0,
  rotation: 0,
} as const

function print(
  core: AreaContext,
  printer: TestPrinter,
  media: LabelMedia,
  layout: LabelLayout,
  waybill: string,
): Promise<SendOutcome> {
  const { bitmap } = core.labelPress.render(
    { ...nobody, waybill, printedAt: core.clock.now() },
    media,
    layout,
  )
  const job = core.labelPress.encode(bitmap, printer.language, printOptions(printer))
  const { transport, address, language } = printer
  return core.openPrinter({ transport, address, language }).send(job, { name: 'test' })
}

const nobody: Omit<ShippingLabel, 'waybill' | 'printedAt'> = {
  courier: '',
  receiver: { name: '', phone: '', address: '' },
  sender: '',
  orderNumber: '',
  shop: '',
  slot: '',
  contents: [],
  note: '',
}

/** A whole frame, a block at its top left corner (a label that is mirrored or white on black is told by it), a letter. */
function trialLabel(
  language: PrinterLanguage,
  { widthMm: w, heightMm: h }: LabelMedia,
  mark: string,
): LabelLayout {
  return {
    name: 'trial',
    kind: 'shipping',
    paper: [w, h],
    items: [
      { kind: 'frame', at: [1, 1, w - 2, h - 2], line: 0.6 },
      { kind: 'solid', at: [1, 1, h / 5, h / 5] },
      words(mark, [w * 0.2, 1.5, w * 0.6, h * 0.68], h * 0.66),
      words(language.toUpperCase(), [w * 0.2, h * 0.72, w * 0.6, h * 0.2], Math.min(4, h * 0.16)),
    ],
  }
}

/** Frame and millimetres for size and place, fine lines for darkness, words in both scripts, and a code to scan. */
function testPage(
  { name, language, width_mm, height_mm }: TestPrinter,
  { widthMm: w, heightMm: h, dpi }: LabelMedia,
): LabelLayout {
  const edge = w < 50 ? 3 : 5
  const inner = w - 2 * edge
  const line = Math.min(6, h / 10)
  const tall = h >= 60
  const below = 6 + line * 2.6
  return {
    name: 'test',
    kind: 'shipping',
    paper: [w, h],
    items: [
      { kind: 'frame', at: [1, 1, w - 2, h - 2], line: 0.4 },
      { kind: 'solid', at: [1, 1, 2.5, 2.5] },
      ...ruler(w, (at) => [at, 1, 0.25, at % 50 === 0 ? 3.5 : 2]),
      ...ruler(h, (at) => [1, at, at % 50 === 0 ? 3.5 : 2, 0.25]),
      words(name, [edge, 4, inner, line * 1.4], line * 1.2),
      words(
        `${width_mm} × ${height_mm} mm · ${dpi} dpi · ${language.toUpperCase()}`,
        [edge, 4 + line * 1.5, inner, line],
        line * 0.7,
      ),
      ...(tall ? fineLines(w, below) : []),
      ...(tall ? [words(allIsWell, [edge, below + 5, inner, h * 0.53 - below - 5], line * 0.55)] : []),
      { kind: 'code128', field: 'waybill', at: [edge, h * 0.55, inner, h * 0.28] },
      words('TEST-12', [edge, h * 0.84, inner, Math.min(4, h * 0.1)], Math.min(4, h * 0.1)),
    ],
  }
}

const allIsWell =
  '四边的框完整、字清楚、条码能扫:装好了。\nThe frame is whole, the words are sharp, the code scans: all is well.'

function words(text: string, at: [number, number, number, number], size: number): LayoutItem {
  const largest = Math.max(1.8, size)
  return {
    kind: 'words',
    words: text,
    at,
    size: [Math.min(2.2, largest), largest],
    weight: 'bold',
    align: 'center',
  }
}

/** A mark every ten millimetres. */
const ruler = (length: number, at: (mm: number) => [number, number, number, number]): LayoutItem[] =>
  Array.from({ length: Math.ceil(length / 10) - 1 }, (_, index) => ({
    kind: 'solid',
    at: at((index + 1) * 10),
  }))

const fineLines = (width: number, y: number): LayoutItem[] =>
  [0.13, 0.25, 0.5, 1].map((line, index) => ({
    kind: 'solid',
    at: [width / 2 - 20 + index * 10, y, 8, line],
  }))
