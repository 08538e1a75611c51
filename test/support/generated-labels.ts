import { sampleLabels } from '#scripts/bench/sample-labels.ts'
import { readyLayouts } from '#electron/labels/ready-layouts.ts'
import type {
  LabelData,
  LabelMedia,
  LocationLabel,
  ProductLabel,
  ShippingLabel,
} from '#electron/ports/label-press.ts'
import { spokenLanguages, type SpokenLanguage } from '#shared/domain/devices/printer-languages.ts'
import type { CodeItem, LabelLayout, LayoutItem } from '#shared/domain/labels/layout.ts'
import { naughtyStrings } from './label-reader.ts'

export interface GeneratedLabel {
  /** `courier-100x150 zpl 203 #3` */
  readonly name: string
  readonly language: SpokenLanguage
  readonly layout: LabelLayout
  readonly media: LabelMedia
  readonly data: LabelData
  /** What must be read from it: a text, in one of these kinds of code. */
  readonly codes: readonly { readonly text: string; readonly kinds: readonly string[] }[]
}

/** At least `atLeast` labels, the same ones every time: every layout in every language at both resolutions, equally often. */
export function generatedLabels(atLeast: number): GeneratedLabel[] {
  const kinds = readyLayouts.flatMap((layout) =>
    spokenLanguages.flatMap((language) => ([203, 300] as const).map((dpi) => ({ layout, language, dpi }))),
  )
  const rounds = Math.ceil(atLeast / kinds.length)
  const samples = sampleLabels(kinds.length * rounds)
  return kinds.flatMap(({ layout, language, dpi }, kind) =>
    Array.from({ length: rounds }, (_, round) => {
      const index = round * kinds.length + kind
      const data = dataFor(layout, samples[index], index, round + kind)
      const [widthMm, heightMm] = layout.paper
      return {
        name: `${layout.name} ${language} ${dpi} #${round}`,
        language,
        layout,
        media: { widthMm, heightMm, dpi },
        data,
        codes: layout.items
          .filter(isCode)
          .filter((item) => isThere(item, data))
          .map((item) => codeOf(item, data)),
      }
    }),
  )
}

const isCode = (item: LayoutItem): item is CodeItem => 'field' in item && item.kind !== 'text'

const isThere = ({ when, unless }: LayoutItem, data: LabelData): boolean =>
  (when === undefined || textOf(data, when) !== '') && (unless === undefined || textOf(data, unless) === '')

function codeOf({ kind, field, orElse }: CodeItem, data: LabelData): GeneratedLabel['codes'][number] {
  return { text: textOf(data, field), kinds: orElse === undefined ? [kind] : [kind, orElse] }
}

/** Codes and conditions of the ready layouts are over texts that are printed as they are. */
function textOf(data: LabelData, field: string): string {
  const text: unknown = (data as unknown as Readonly<Record<string, unknown>>)[field]
  if (typeof text !== 'string') throw new Error(`the generator knows no ${field}`)
  return text
}

type Words = (nth: number) => string

function dataFor(
  layout: LabelLayout,
  sample: ShippingLabel | undefined,
  index: number,
  turn: number,
): LabelData {
  if (sample === undefined) throw new Error('there are fewer samples than labels')
  const naughty = naughtyStrings()
  const words: Words = (nth) => naughty[(index * 11 + nth * 97) % naughty.length] ?? ''
  if (layout.kind === 'product') return product(index, turn, words)
  if (layout.kind === 'location') return location(index, turn, words)
  return order(sample, index, turn, words)
}

const rare = ['\u{20BB7}', '\u{212E4}', '㐂', '𠮷', '喆', '堃', '翀', '赟', '玥', '䶮', '龘', '犇']
const longText =
  '内蒙古自治区呼伦贝尔市新巴尔虎左旗阿木古郎镇巴尔图街道幸福路星光小区二十四号楼三单元 Unit 2401 '
const waybills: readonly ((digits: string) => string)[] = [
  (digits) => `SF${digits}`,
  (digits) => digits.slice(0, 12),
  (digits) => `JDVB${digits}-1-1-`,
  (digits) => `YT${digits}`,
  (digits) => `ab-${digits.slice(0, 8)}/x`,
]
const digitsOf = (index: number) =>
  String((index + 1) * 7_919_301_377_111)
    .slice(-13)
    .padStart(13, '3')

/** In turn: as a shop has them, with rare characters, with endless text, with naughty strings everywhere. */
function order(sample: ShippingLabel, index: number, turn: number, words: Words): ShippingLabel {
  const waybill = waybills[index % waybills.length]?.(digitsOf(index)) ?? ''
  const { receiver } = sample
  const label = { ...sample, waybill }
  const turns: readonly ShippingLabel[] = [
    label,
    {
      ...label,
      receiver: {
        ...receiver,
        name: `欧阳${rare[index % rare.length] ?? ''}`,
        address: receiver.address + rare.join(''),
      },
      note: rare.toReversed().join(''),
    },
    {
      ...label,
      receiver: { ...receiver, address: longText.repeat(1 + (index % 9)) },
      contents: Array.from({ length: 1 + (index % 30) }, (_, line) => `${line} ${longText}`),
      note: longText.repeat(3),
      sender: longText,
    },
    {
      ...label,
      courier: words(1),
      receiver: { name: words(2), phone: words(3), address: words(4) },
      sender: words(5),
      shop: words(7),
      slot: words(8),
      contents: [words(9), words(10)],
      note: words(11),
    },
  ]
  return turns[turn % turns.length] ?? label
}

function product(index: number, turn: number, words: Words): ProductLabel {
  const twelve = `69${digitsOf(index).slice(0, 10)}`
  const sum = [...twelve].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  const ean = `${twelve}${(10 - (sum % 10)) % 10}`
  const label: ProductLabel = {
    kind: 'product',
    name: '儿童雨鞋 防滑加厚',
    spec: '墨绿 28 码',
    sku: `KD-${index}-MG`,
    barcode: ean,
  }
  const turns: readonly ProductLabel[] = [
    label,
    { ...label, name: `${rare.join('')} 儿童雨鞋`, barcode: `X${twelve}` },
    { ...label, name: longText.repeat(3), spec: longText, barcode: '' },
    { ...label, name: words(1), spec: words(2) },
  ]
  return turns[turn % turns.length] ?? label
}

function location(index: number, turn: number, words: Words): LocationLabel {
  const [zone, aisle, bay, level] = [
    'ABCD'[index % 4] ?? 'A',
    `${10 + (index % 90)}`,
    `${1 + (index % 37)}`,
    '2',
  ]
  const label: LocationLabel = {
    kind: 'location',
    code: `${zone}-${aisle}-${bay}-${level}`,
    zone,
    aisle,
    bay,
    level,
  }
  const turns: readonly LocationLabel[] = [
    label,
    { ...label, code: `${zone}${aisle}${bay}${level}` },
    { ...label, zone: longText, aisle: rare.join('') },
    { ...label, zone: words(1), aisle: words(2), bay: words(3), level: words(4) },
  ]
  return turns[turn % turns.length] ?? label
}
