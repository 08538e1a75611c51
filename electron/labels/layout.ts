import type { LabelField, LabelMedia } from '#electron/ports/label-press.ts'
import type { Weight } from './fonts.ts'
import { courier100x150 } from './layouts/courier-100x150.ts'
import { courier76x130 } from './layouts/courier-76x130.ts'

/** A label as data: boxes in millimetres from the top left corner, drawn in order. */
export interface LabelLayout {
  readonly name: string
  readonly widthMm: number
  readonly heightMm: number
  readonly items: readonly LayoutItem[]
}

export type LayoutItem = TextItem | BarcodeItem | ShapeItem

interface Placed {
  /** [x, y, width, height] */
  readonly at: readonly [number, number, number, number]
  /** Drawn only when this text is there, or only when it is not. */
  readonly when?: TextName
  readonly unless?: TextName
}

export interface TextItem extends Placed {
  readonly kind: 'text'
  /** A text of the label, or words of the layout itself. */
  readonly text: TextName | { readonly words: string }
  /** Mm an em, largest and smallest; the largest that fits is taken. */
  readonly size: readonly [number, number]
  readonly weight: Weight
  /** Default left and middle. */
  readonly align?: 'left' | 'center' | 'right'
  readonly anchor?: 'top' | 'middle' | 'bottom'
  readonly ink?: 'black' | 'white'
}

export interface BarcodeItem extends Placed {
  readonly kind: 'code128' | 'qr'
}

export interface ShapeItem extends Placed {
  readonly kind: 'solid' | 'frame'
  /** Thickness of a frame in mm. */
  readonly line?: number
}

/** The texts a layout can place; each tells which field of the order it shows. */
export type TextName = LabelField | 'slot.number' | 'slot.wave' | 'order.line' | 'note.title'

/** Every layout there is; tests go over this list. */
export const layouts: readonly LabelLayout[] = [courier100x150, courier76x130]

/** Paper may be this much smaller than the layout was drawn for: printers' nominal widths differ. */
const smallestScale = 0.94

export interface ChosenLayout {
  readonly layout: LabelLayout
  /** Applies to every length of the layout. */
  readonly scale: number
}

/** Larger letters than this help nobody. */
const largestScale = 1.25

/** The largest layout that the paper holds, enlarged with it; undefined when the paper is too small. */
export function chooseLayout(media: LabelMedia): ChosenLayout | undefined {
  return layouts
    .map((layout) => ({
      layout,
      scale: Math.min(media.widthMm / layout.widthMm, media.heightMm / layout.heightMm, largestScale),
    }))
    .filter(({ scale }) => scale >= smallestScale)
    .sort((a, b) => b.layout.widthMm * b.layout.heightMm - a.layout.widthMm * a.layout.heightMm)[0]
}
