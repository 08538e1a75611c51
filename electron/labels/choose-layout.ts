import type { LabelLayout, LayoutKind } from '#shared/domain/labels/layout.ts'
import type { LabelMedia } from '#electron/ports/label-press.ts'
import { readyLayouts } from './ready-layouts.ts'

/** Paper may be this much smaller than the layout was drawn for: printers' nominal widths differ. */
const smallestScale = 0.94
/** Larger letters than this help nobody. */
const largestScale = 1.25

export interface FittedLayout {
  readonly layout: LabelLayout
  /** Applies to every length of the layout. */
  readonly scale: number
  /** Mm of the layout that lie beside what can be printed. */
  readonly left: number
}

/** A layout enlarged with its paper; undefined when the paper is too small. A roll is as long as it must be. */
export function fitLayout(layout: LabelLayout, media: LabelMedia): FittedLayout | undefined {
  const [width, height] = layout.paper
  const lengthwise = isRoll(layout, media) ? largestScale : media.heightMm / height
  const scale = Math.min(media.widthMm / width, lengthwise, largestScale)
  if (scale >= smallestScale) return { layout, scale, left: 0 }
  return media.endless === 'height' ? fitUnderHead(layout, media.widthMm, lengthwise) : undefined
}

/** As long as it must be: not where its length lies across the paper. */
export const isRoll = ({ roll }: LabelLayout, { endless }: LabelMedia): boolean =>
  roll === true && endless !== 'width'

/**
 * A layout that was drawn for the whole width of a roll: its margins lie beside the head, where nothing is printed. It
 * stays where it is on the paper, or moves in until all of it is under the head.
 */
function fitUnderHead(layout: LabelLayout, widthMm: number, lengthwise: number): FittedLayout | undefined {
  const left = Math.min(...layout.items.map(({ at: [x] }) => x))
  const right = Math.max(...layout.items.map(({ at: [x, , width] }) => x + width))
  const scale = Math.min(1, widthMm / (right - left), lengthwise)
  if (scale < smallestScale) return undefined
  const head = widthMm / scale
  return { layout, scale, left: Math.min(Math.max((layout.paper[0] - head) / 2, right - head), left) }
}

/** The ready layout of a kind that covers most of the paper; undefined when none fits on it. */
export function chooseLayout(kind: LayoutKind, media: LabelMedia): FittedLayout | undefined {
  const covered = ({ layout, scale }: FittedLayout) => layout.paper[0] * layout.paper[1] * scale ** 2
  return readyLayouts
    .filter((layout) => layout.kind === kind)
    .flatMap((layout) => fitLayout(layout, media) ?? [])
    .sort((a, b) => covered(b) - covered(a))[0]
}
