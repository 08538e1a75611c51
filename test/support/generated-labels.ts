import { sampleLabels } from '#scripts/bench/sample-labels.ts'
import { layouts } from '#electron/labels/layout.ts'
import type { LabelMedia, ShippingLabel } from '#electron/ports/label-press.ts'
import { printerLanguages, type PrinterLanguage } from '#shared/domain/devices/printer-languages.ts'
import { naughtyStrings, type ReadCode } from './label-reader.ts'

export interface GeneratedLabel {
  /** `courier-100x150 zpl 203 #3` */
  readonly name: string
  readonly language: PrinterLanguage
  readonly media: LabelMedia
  readonly label: ShippingLabel
  /** What must be read from it. */
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
  const kinds = layouts.flatMap((layout) =>
    printerLanguages.flatMap((language) => ([203, 300] as const).map((dpi) => ({ layout, language, dpi }))),
  )
  const rounds = Math.ceil(atLeast / kinds.length)
  const naughty = naughtyStrings()
  const base = sampleLabels(kinds.length * rounds)
  return base.map((sample, index) => {
    const { layout, language, dpi } = kinds[index % kinds.length] ?? kinds[0] ?? never()
    const words = (nth: number) => naughty[(index * 11 + nth * 97) % naughty.length] ?? ''
    const label = contents(sample, index, words)
    return {
      name: `${layout.name} ${language} ${dpi} #${Math.floor(index / kinds.length)}`,
      language,
      media: { widthMm: layout.widthMm, heightMm: layout.heightMm, dpi },
      label,
      codes: layout.items
        .filter(({ kind }) => kind === 'code128' || kind === 'qr')
        .map(({ kind }) => ({ kind: kind === 'qr' ? 'qr' : 'code128', text: label.waybill })),
    }
  })
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
