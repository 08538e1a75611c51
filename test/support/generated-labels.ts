import { sampleLabels } from '#scripts/bench/sample-labels.ts'
import { readyLayouts } from '#electron/labels/ready-layouts.ts'
import type { LabelData, LabelMedia, ShippingLabel } from '#electron/ports/label-press.ts'
import { isCode, type LabelLayout } from '#shared/domain/labels/layout.ts'
import { printerLanguages, type PrinterLanguage } from '#shared/domain/devices/printer-languages.ts'
import { naughtyStrings, type ReadCode } from './label-reader.ts'

export interface GeneratedLabel {
  /** `courier-100x150 zpl 203 #3` */
  readonly name: string
  readonly language: PrinterLanguage
  readonly media: LabelMedia
  readonly layout: LabelLayout
  readonly label: LabelData
  /** What must be read from it; a code that stands on it twice is here once. */
  readonly codes: readonly ReadCode[]
}

const rare = ['\u{20BB7}', '\u{212E4}', '㐂', '𠮷', '喆', '堃', '翀', '赟', '玥', '䶮', '龘', '犇']
const longText =
  '内蒙古自治区呼伦贝尔市新巴尔虎左旗阿木古郎镇巴尔图街道幸福路星光小区二十四号楼三单元 Unit 2401 '
const waybills = [
  (digits: string) => `SF${digits}`,
  (digits: string) => digits.slice(0, 12),
  (digits: string) => `JDVB${digits}-1-1-`,
  (digits: string) => `YT${digits}`,
  (digits: string) => `ab-${digits.slice(0, 8)}/x`,
]

/** At least `atLeast` labels, the same ones every time: every layout in every language at both resolutions, equally often. */
export function generatedLabels(atLeast: number): GeneratedLabel[] {
  const kinds = readyLayouts.flatMap((layout) =>
    printerLanguages.flatMap((language) => ([203, 300] as const).map((dpi) => ({ layout, language, dpi }))),
  )
  const rounds = Math.ceil(atLeast / kinds.length)
  const naughty = naughtyStrings()
  const base = sampleLabels(kinds.length * rounds)
  return base.map((sample, index) => {
    const { layout, language, dpi } = kinds[index % kinds.length] ?? kinds[0] ?? never()
    const words = (nth: number) => naughty[(index * 11 + nth * 97) % naughty.length] ?? ''
    const order = contents(sample, index, words)
    const [widthMm, heightMm] = layout.paper
    return {
      name: `${layout.name} ${language} ${dpi} #${Math.floor(index / kinds.length)}`,
      language,
      media: { widthMm, heightMm, dpi },
      layout,
      ...ofKind(layout, order, sample, index),
    }
  })
}

/** What a label of the layout's kind says, out of the same words, and what must be read from it. */
function ofKind(
  layout: LabelLayout,
  order: ShippingLabel,
  { orderNumber }: ShippingLabel,
  index: number,
): Pick<GeneratedLabel, 'label' | 'codes'> {
  if (layout.kind === 'slip')
    return { label: { ...order, orderNumber }, codes: [{ kind: 'code128', text: orderNumber }] }
  if (layout.kind === 'product') {
    const { courier: name, note: spec, shop: sku } = order
    const barcode = index % 2 === 0 ? ean13(orderNumber.slice(-12)) : `PB-${orderNumber.slice(-11)}`
    const kind = index % 2 === 0 ? 'ean13' : 'code128'
    return { label: { kind: 'product', name, spec, sku, barcode }, codes: [{ kind, text: barcode }] }
  }
  if (layout.kind === 'location') {
    const code = `${'ABCDEF'[index % 6]}-${orderNumber.slice(-4, -2)}-${orderNumber.slice(-2)}`
    const parts = { zone: order.shop, aisle: '', bay: '', level: '' }
    return { label: { kind: 'location', code, ...parts }, codes: [{ kind: 'code128', text: code }] }
  }
  const kinds = new Set(layout.items.filter(isCode).map(({ kind }) => kind))
  return { label: order, codes: [...kinds].map((kind) => ({ kind, text: order.waybill })) }
}

/** Twelve digits with their check digit: weights 1 and 3 in turn, the sum made up to tens. */
function ean13(digits: string): string {
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

/** In turn: as a shop has them, with rare characters, with endless text, with naughty strings everywhere. */
function contents(sample: ShippingLabel, index: number, words: (nth: number) => string): ShippingLabel {
  const digits = String((index + 1) * 7_919_301_377_111)
    .slice(-13)
    .padStart(13, '3')
  const waybill = (waybills[index % waybills.length] ?? String)(digits)
  const { receiver } = sample
  const rareName = rare[index % rare.length] ?? ''
  const kinds: readonly ShippingLabel[] = [
    { ...sample, waybill },
    {
      ...sample,
      waybill,
      receiver: { ...receiver, name: `欧阳${rareName}`, address: receiver.address + rare.join('') },
      note: rare.toReversed().join(''),
    },
    {
      ...sample,
      waybill,
      receiver: { ...receiver, address: longText.repeat(1 + (index % 9)) },
      contents: Array.from({ length: 1 + (index % 30) }, (_, line) => `${line} ${longText}`),
      note: longText.repeat(3),
      sender: longText,
    },
    {
      ...sample,
      waybill,
      courier: words(1),
      receiver: { name: words(2), phone: words(3), address: words(4) },
      sender: words(5),
      orderNumber: words(6),
      shop: words(7),
      slot: words(8),
      contents: [words(9), words(10)],
      note: words(11),
    },
  ]
  // Three in a row are alike: a language has every kind, whatever the number of layouts.
  return kinds[Math.floor(index / 3) % kinds.length] ?? sample
}

function never(): never {
  throw new Error('there is no layout')
}
