import { excessImages } from '#shared/domain/labels/check-layout.ts'
import {
  type CodeItem,
  type ImageItem,
  isCode,
  type LabelLayout,
  type LayoutField,
  type LayoutItem,
  mainCode,
  type MainCode,
  type TextItem,
  type WordsItem,
} from '#shared/domain/labels/layout.ts'
import { isBars, isScannable } from '#shared/domain/labels/scannable.ts'
import type {
  Bitmap,
  LabelData,
  LabelField,
  LabelMedia,
  LabelRefusal,
  RenderedLabel,
} from '#electron/ports/label-press.ts'
import { type BarcodeFault, drawCode } from './barcodes.ts'
import {
  type Box,
  createBitmap,
  cropTo,
  fillBox,
  frameBox,
  type Ink,
  inkOf,
  lineIn,
  setStamp,
} from './bitmap.ts'
import { chooseLayout, fitLayout, isRoll } from './choose-layout.ts'
import { dotsPerMm } from './dots.ts'
import { fitText, type FittedText, lengthOf } from './fit-text.ts'
import { drawImage, readImage } from './images.ts'
import type { LetterCase } from './letters.ts'
import { castStamps } from './stamps.ts'
import { labelTexts } from './texts.ts'

/** Baselines are this far apart in ems, and this far below the top of a Chinese character's square. */
const lineHeight = 1.24
const baseline = 0.88

/** Draws one label. The same label, paper and fonts give the same bits, whatever was drawn before. */
export function renderLabel(
  label: LabelData,
  media: LabelMedia,
  letters: LetterCase,
  layout?: LabelLayout,
): RenderedLabel {
  const dots = dotsPerMm[media.dpi]
  const kind = 'kind' in label ? label.kind : 'shipping'
  const chosen = layout === undefined ? chooseLayout(kind, media) : fitLayout(layout, media)
  const [width, height] = [Math.round(media.widthMm * dots), Math.round(media.heightMm * dots)]
  if (chosen === undefined)
    return { bitmap: createBitmap(width, height), missing: [], cut: [], refused: 'mediaTooSmall' }

  const unit = dots * chosen.scale
  const view: View = { unit, left: chosen.left }
  const roll = isRoll(chosen.layout, media)
  const bitmap = createBitmap(width, roll ? Math.round(chosen.layout.paper[1] * unit) : height)
  const { texts, codes } = labelTexts(label)
  const has = (field: LayoutField) => (texts[field]?.text ?? '') !== ''
  const excess = excessImages(chosen.layout)
  const items = chosen.layout.items.filter(
    (item) =>
      (item.when === undefined || has(item.when)) &&
      (item.unless === undefined || !has(item.unless)) &&
      !excess.has(item),
  )
  const cut = new Set<LabelField>()

  const texted = new Map<LayoutItem, SetText>()
  for (const item of items) {
    if (item.kind !== 'text' && item.kind !== 'words') continue
    const source = item.kind === 'text' ? texts[item.field] : undefined
    const words = item.kind === 'words' ? item.words : withBefore(item.before, source?.text ?? '')
    const text = setText(item, words, letters, view)
    if (text.cut && source !== undefined) cut.add(source.field)
    texted.set(item, text)
  }
  castText([...texted.values()])

  const main = mainCode(chosen.layout.kind)
  const drawn: CodeItem[] = []
  const undrawn: Undrawn[] = []
  for (const item of items) {
    const box = boxOf(item, view)
    const text = texted.get(item)
    if (text !== undefined && 'size' in item) drawText(bitmap, text, item.ink ?? 'black')
    else if (isCode(item)) {
      const fault = drawCodeOrElse(bitmap, item, codes[item.field] ?? '', box, dots)
      if (item.field !== main) {
        if (fault !== undefined) cut.add(texts[item.field]?.field ?? main)
      } else if (fault === undefined) drawn.push(item)
      else undrawn.push({ item, fault })
    } else drawShape(bitmap, item, box, unit)
  }
  const lost = lostAmong(undrawn, drawn, chosen.layout)
  const refused = lost && refusalOf(main, lost.fault)
  if (lost !== undefined && refused !== undefined) {
    // What must not be printed is not to be scanned from its preview either.
    for (const code of drawn) fillBox(bitmap, boxOf(code, view), 'white')
    drawRefusal(bitmap, lost.item, refused, letters, view)
  } else if (undrawn.length > 0) cut.add(main)
  const missing = new Set<string>()
  for (const { lines } of texted.values()) {
    for (const letter of lines.flat()) if (letter.font === null) missing.add(letter.text)
  }
  const endless = roll ? 'height' : media.endless
  const told = {
    bitmap: endless === undefined ? bitmap : endPastInk(bitmap, endless, dots),
    missing: [...missing],
    cut: [...cut],
  }
  return refused === undefined ? told : { ...told, refused }
}

/** A code of what the label is of that could not be drawn. */
interface Undrawn {
  readonly item: CodeItem
  readonly fault: BarcodeFault
}

/**
 * The first for which no other stands. One code that is scanned is enough, as it is for the layout's check; but lasers
 * read bars only, and squares do not stand for bars that the number is too long for.
 */
function lostAmong(undrawn: readonly Undrawn[], drawn: readonly CodeItem[], layout: LabelLayout) {
  const scanned = drawn.filter((code) => isScannable(code, layout))
  const needsBars = ({ item, fault }: Undrawn) => fault === 'tooLong' && isBars(item.kind)
  return undrawn.find((one) => !scanned.some(({ kind }) => isBars(kind) || !needsBars(one)))
}

const withBefore = (before: string | undefined, text: string): string =>
  before === undefined || text === '' ? text : `${before} ${text}`

function drawShape(bitmap: Bitmap, item: LayoutItem, box: Box, unit: number): void {
  if (item.kind === 'solid') fillBox(bitmap, box)
  else if (item.kind === 'frame') frameBox(bitmap, box, dotsOf(item.line, unit))
  else if (item.kind === 'line') {
    const dash = item.dash === undefined ? undefined : dotsOf(item.dash, unit)
    lineIn(bitmap, box, dotsOf(item.line, unit), dash)
  } else if (item.kind === 'image') {
    const image = imageOf(item)
    if (image !== undefined) drawImage(bitmap, image, box)
  }
}

const dotsOf = (mm: number, unit: number) => Math.max(1, Math.round(mm * unit))

const images = new WeakMap<ImageItem, Bitmap | undefined>()

/** Each image is read once for as long as its layout is there. */
function imageOf(item: ImageItem): Bitmap | undefined {
  if (!images.has(item)) images.set(item, readImage(item.png))
  return images.get(item)
}

function drawCodeOrElse(
  bitmap: Bitmap,
  item: CodeItem,
  text: string,
  box: Box,
  dots: number,
): BarcodeFault | undefined {
  const fault = drawCode(bitmap, item.kind, text, box, dots)
  if (fault === undefined || item.orElse === undefined) return fault
  return drawCode(bitmap, item.orElse, text, box, dots)
}

/** Where the first barcode would be, a preview says why there is none. */
function drawRefusal(
  bitmap: Bitmap,
  item: CodeItem,
  refused: LabelRefusal,
  letters: LetterCase,
  view: View,
): void {
  const words = refusalWords[refused]
  const notice = { at: item.at, size: [5, 2.2], weight: 'bold', align: 'center' } as const
  const text = setText({ kind: 'words', words, ...notice }, words, letters, view)
  castText([text])
  frameBox(bitmap, text.box, Math.max(1, Math.round(view.unit / 2)))
  drawText(bitmap, text, 'black')
}

const refusalWords: Readonly<Record<LabelRefusal, string>> = {
  waybillEmpty: '不可打印:没有运单号',
  waybillCharacters: '不可打印:运单号含条码不支持的字符',
  waybillTooLong: '不可打印:运单号太长',
  codeEmpty: '不可打印:没有条码内容',
  codeCharacters: '不可打印:含条码不支持的字符',
  codeTooLong: '不可打印:条码太长',
  mediaTooSmall: '',
}

const refusals = {
  waybill: { empty: 'waybillEmpty', characters: 'waybillCharacters', tooLong: 'waybillTooLong' },
  other: { empty: 'codeEmpty', characters: 'codeCharacters', tooLong: 'codeTooLong' },
} as const

const refusalOf = (main: MainCode, fault: BarcodeFault): LabelRefusal =>
  refusals[main === 'waybill' ? 'waybill' : 'other'][fault]

/** Mm of white past the last ink on endless paper. */
const rollEndMm = 5

/** A label on endless paper without the paper that nothing stands on; whole mm long, as printers are told lengths. */
function endPastInk(bitmap: Bitmap, side: 'width' | 'height', dots: number): Bitmap {
  const last = inkOf(bitmap)?.[side === 'height' ? 'bottom' : 'right'] ?? 0
  const length = Math.min(bitmap[side], Math.round(Math.ceil((last + 1) / dots + rollEndMm) * dots))
  return side === 'height' ? cropTo(bitmap, bitmap.width, length) : cropTo(bitmap, length, bitmap.height)
}

/** Dots a millimetre of the layout, and the millimetre at which what can be printed begins. */
interface View {
  readonly unit: number
  readonly left: number
}

/** Edges are rounded, not sizes, so that boxes which touch in mm touch in dots. */
function boxOf(item: LayoutItem, { unit, left: beside }: View): Box {
  const [fromEdge, top, width, height] = item.at
  const left = fromEdge - beside
  const [x, y] = [Math.round(left * unit), Math.round(top * unit)]
  return { x, y, width: Math.round((left + width) * unit) - x, height: Math.round((top + height) * unit) - y }
}

interface SetText extends FittedText {
  readonly box: Box
  readonly align: 'left' | 'center' | 'right'
  /** Dots from the bitmap's top to the first baseline. */
  readonly firstLine: number
}

function setText(item: TextItem | WordsItem, words: string, letters: LetterCase, view: View): SetText {
  const { unit } = view
  const box = boxOf(item, view)
  const [largest, smallest] = item.size
  const weight = item.weight ?? 'regular'
  const space = {
    ...box,
    largest: Math.round(largest * unit),
    smallest: Math.round(smallest * unit),
    lineHeight,
  }
  const [ellipsis] = letters('…', weight)
  const text = fitText(letters(words, weight), space, ellipsis)
  const height = text.size * (1 + (text.lines.length - 1) * lineHeight)
  const slack = { top: 0, middle: (box.height - height) / 2, bottom: box.height - height }
  const firstLine = Math.round(box.y + slack[item.anchor ?? 'middle'] + baseline * text.size)
  return { ...text, box, align: item.align ?? 'left', firstLine }
}

function castText(texts: readonly SetText[]): void {
  castStamps(texts.flatMap(({ lines, size }) => lines.flat().map((letter) => ({ letter, size }))))
}

function drawText(bitmap: Bitmap, text: SetText, ink: Ink): void {
  const { box, size, align } = text
  for (const [row, line] of text.lines.entries()) {
    const y = Math.round(text.firstLine + row * size * lineHeight)
    const slack = box.width - lengthOf(line) * size
    let x = box.x + { left: 0, center: slack / 2, right: slack }[align]
    for (const letter of line) {
      const stamp = letter.stamps.get(size)
      if (stamp !== undefined) setStamp(bitmap, stamp, Math.round(x), y, ink)
      x += letter.advance * size
    }
  }
}
