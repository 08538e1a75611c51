import type {
  Bitmap,
  LabelField,
  LabelMedia,
  LabelRefusal,
  RenderedLabel,
  ShippingLabel,
} from '#electron/ports/label-press.ts'
import { drawCode128, drawQr, type BarcodeFault } from './barcodes.ts'
import { createBitmap, fillBox, frameBox, setStamp, type Box, type Ink } from './bitmap.ts'
import { dotsPerMm } from './dots.ts'
import { fitText, lengthOf, type FittedText } from './fit-text.ts'
import { chooseLayout, type BarcodeItem, type LayoutItem, type TextItem } from './layout.ts'
import type { LetterCase } from './letters.ts'
import { castStamps } from './stamps.ts'
import { labelTexts } from './texts.ts'

/** Baselines are this far apart in ems, and this far below the top of a Chinese character's square. */
const lineHeight = 1.24
const baseline = 0.88

/** Draws one label. The same label, paper and fonts give the same bits, whatever was drawn before. */
export function renderLabel(label: ShippingLabel, media: LabelMedia, letters: LetterCase): RenderedLabel {
  const dots = dotsPerMm[media.dpi]
  const bitmap = createBitmap(Math.round(media.widthMm * dots), Math.round(media.heightMm * dots))
  const chosen = chooseLayout(media)
  if (chosen === undefined) return { bitmap, missing: [], cut: [], refused: 'mediaTooSmall' }

  const unit = dots * chosen.scale
  const texts = labelTexts(label)
  const there = (item: LayoutItem) =>
    (item.when === undefined || texts[item.when].text !== '') &&
    (item.unless === undefined || texts[item.unless].text === '')
  const items = chosen.layout.items.filter(there)
  const missing = new Set<string>()
  const cut = new Set<LabelField>()

  const texted = new Map<LayoutItem, SetText>()
  for (const item of items) {
    if (item.kind !== 'text') continue
    const source = typeof item.text === 'string' ? texts[item.text] : undefined
    const words = typeof item.text === 'string' ? texts[item.text].text : item.text.words
    const text = setText(item, words, letters, unit)
    if (text.cut && source !== undefined) cut.add(source.field)
    texted.set(item, text)
  }
  castText([...texted.values()])

  let refused: LabelRefusal | undefined
  for (const item of items) {
    const box = boxOf(item, unit)
    const text = texted.get(item)
    if (item.kind === 'solid') fillBox(bitmap, box)
    else if (item.kind === 'frame') frameBox(bitmap, box, Math.max(1, Math.round((item.line ?? 0.25) * unit)))
    else if (item.kind === 'text' && text !== undefined) drawText(bitmap, text, item.ink ?? 'black')
    else if ((item.kind === 'code128' || item.kind === 'qr') && refused === undefined) {
      const draw = item.kind === 'qr' ? drawQr : drawCode128
      const fault = draw(bitmap, label.waybill, box, dots)
      if (fault === undefined) continue
      refused = refusals[fault]
      drawRefusal(bitmap, item, refused, letters, unit)
    }
  }
  for (const { lines } of texted.values()) {
    for (const letter of lines.flat()) if (letter.font === null) missing.add(letter.text)
  }
  const told = { bitmap, missing: [...missing], cut: [...cut] }
  return refused === undefined ? told : { ...told, refused }
}

/** Where the first barcode would be, a preview says why there is none. */
function drawRefusal(
  bitmap: Bitmap,
  item: BarcodeItem,
  refused: LabelRefusal,
  letters: LetterCase,
  unit: number,
): void {
  const notice: TextItem = {
    kind: 'text',
    text: { words: refusalWords[refused] },
    at: item.at,
    size: [5, 3],
    weight: 'bold',
    align: 'center',
  }
  const text = setText(notice, refusalWords[refused], letters, unit)
  castText([text])
  frameBox(bitmap, text.box, Math.max(1, Math.round(unit / 2)))
  drawText(bitmap, text, 'black')
}

const refusalWords: Readonly<Record<LabelRefusal, string>> = {
  waybillEmpty: '不可打印:没有运单号',
  waybillCharacters: '不可打印:运单号含条码不支持的字符',
  waybillTooLong: '不可打印:运单号太长',
  mediaTooSmall: '',
}

const refusals: Readonly<Record<BarcodeFault, LabelRefusal>> = {
  empty: 'waybillEmpty',
  characters: 'waybillCharacters',
  tooLong: 'waybillTooLong',
}

/** Edges are rounded, not sizes, so that boxes which touch in mm touch in dots. */
function boxOf(item: LayoutItem, unit: number): Box {
  const [left, top, width, height] = item.at
  const [x, y] = [Math.round(left * unit), Math.round(top * unit)]
  return { x, y, width: Math.round((left + width) * unit) - x, height: Math.round((top + height) * unit) - y }
}

interface SetText extends FittedText {
  readonly box: Box
  readonly align: 'left' | 'center' | 'right'
  /** Dots from the bitmap's top to the first baseline. */
  readonly firstLine: number
}

function setText(item: TextItem, words: string, letters: LetterCase, unit: number): SetText {
  const box = boxOf(item, unit)
  const [largest, smallest] = item.size
  const space = {
    ...box,
    largest: Math.round(largest * unit),
    smallest: Math.round(smallest * unit),
    lineHeight,
  }
  const [ellipsis] = letters('…', item.weight)
  const text = fitText(letters(words, item.weight), space, ellipsis)
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
