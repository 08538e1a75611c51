import type { LabelPress } from '#electron/ports/label-press.ts'
import { loadFonts } from './fonts.ts'
import { exampleLabel } from './examples.ts'
import { readImage } from './images.ts'
import { languages } from './languages.ts'
import { createLetterCase, type LetterCase } from './letters.ts'
import { placeBitmap } from './place.ts'
import { toPng } from './png.ts'
import { readyLayouts } from './ready-layouts.ts'
import { renderLabel } from './render-label.ts'

export interface LabelPressOptions {
  /** Folders with the three font files, looked at before the npm packages: a packaged app keeps them in one place. */
  readonly fontDirs?: readonly string[]
}

/** A press loads its fonts at the first label or at `warm()`, once. */
export function createLabelPress(options: LabelPressOptions = {}): LabelPress {
  let opened: LetterCase | undefined
  const letters: LetterCase = (text, weight) => {
    opened ??= createLetterCase(loadFonts(options.fontDirs ?? []))
    return opened(text, weight)
  }
  const press: LabelPress = {
    warm: () => void press.render(sample, { widthMm: 100, heightMm: 150, dpi: 203 }),
    render: (label, media, layout) => renderLabel(label, media, letters, layout),
    readyLayouts,
    example: exampleLabel,
    canDraw: (png) => readImage(png) !== undefined,
    place: placeBitmap,
    encode: (bitmap, language, options) => languages[language].encode(placeBitmap(bitmap, options), options),
    decode: (job, language) => languages[language].decode(job),
    toPng,
  }
  return press
}

/** Drawn once by `warm()`: the words that stand on every label. */
const sample = {
  waybill: 'SF0123456789012',
  courier: '顺丰速运 中通快递 圆通速递 韵达快递 京东物流',
  receiver: { name: '', phone: '0123456789-*', address: '省市区县镇村路街道号楼单元室' },
  sender: '仓库',
  orderNumber: '0123456789',
  shop: '店',
  slot: 'W-0123 · 456789',
  contents: ['ABCDEFGHIJKLMNOPQRSTUVWXYZ-×0123456789'],
  note: '请',
  printedAt: '2020-01-01T00:00:00.000Z',
}
