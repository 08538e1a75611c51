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
}

/** A layout enlarged with its paper; undefined when the paper is too small. A roll is as long as it must be. */
export function fitLayout(layout: LabelLayout, media: LabelMedia): FittedLayout | undefined {
  const [width, height] = layout.paper
  const lengthwise = layout.roll === true ? largestScale : media.heightMm / height
  const scale = Math.min(media.widthMm / width, lengthwise, largestScale)
  return scale < smallestScale ? undefined : { layout, scale }
}

/** The ready layout of a kind that covers most of the paper; undefined when none fits on it. */
export function chooseLayout(kind: LayoutKind, media: LabelMedia): FittedLayout | undefined {
  const covered = ({ layout, scale }: FittedLayout) => layout.paper[0] * layout.paper[1] * scale ** 2
  return readyLayouts
    .filter((layout) => layout.kind === kind)
    .flatMap((layout) => fitLayout(layout, media) ?? [])
    .sort((a, b) => covered(b) - covered(a))[0]
}
