import type { itemKinds } from '#shared/domain/labels/check-layout.ts'
import {
  type LabelLayout,
  type LayoutField,
  layoutFields,
  type LayoutItem,
  layoutLimits,
  mainCode,
} from '#shared/domain/labels/layout.ts'
import { beginHistory, type History, redo, step, undo } from '#renderer/ui/history.ts'

/** Boxes snap to this, and arrow keys move by it. */
export const stepMm = 0.5

export type ItemKind = (typeof itemKinds)[number]
/** Any of an item's own values; which of them an item has follows from its kind. */
export type ItemPart = Readonly<Record<string, unknown>>

/** Values that are undefined go: an item says only what it means. */
export function changeItem(layout: LabelLayout, at: number, part: ItemPart): LabelLayout {
  const items = layout.items.map((item, index) =>
    index === at
      ? (Object.fromEntries(
          Object.entries({ ...item, ...part }).filter(([, value]) => value !== undefined),
        ) as unknown as LayoutItem)
      : item,
  )
  return { ...layout, items }
}

/** Puts an item's corner here, snapped and kept on the paper. */
export function placeItem(layout: LabelLayout, at: number, x: number, y: number): LabelLayout {
  const item = layout.items[at]
  if (item === undefined) return layout
  const [left, top, width, height] = item.at
  const [nextX, nextY] = [within(x, layout.paper[0] - width), within(y, layout.paper[1] - height)]
  if (nextX === left && nextY === top) return layout
  return changeItem(layout, at, { at: [nextX, nextY, width, height] })
}

export function nudgeItem(layout: LabelLayout, at: number, right: number, down: number): LabelLayout {
  const [x = 0, y = 0] = layout.items[at]?.at ?? []
  return placeItem(layout, at, x + right, y + down)
}

const snap = (mm: number) => Math.round(mm / stepMm) * stepMm
const within = (mm: number, most: number) => Math.max(0, Math.min(snap(mm), Math.max(0, tidy(most))))
/** Sums of tenths end in ...0001. */
export const tidy = (mm: number) => Math.round(mm * 1000) / 1000

export const removeItem = (layout: LabelLayout, at: number): LabelLayout => ({
  ...layout,
  items: layout.items.toSpliced(at, 1),
})

/** Later items are drawn over earlier ones. */
export function liftItem(layout: LabelLayout, at: number, by: 1 | -1): LabelLayout {
  const item = layout.items[at]
  const to = at + by
  if (item === undefined || to < 0 || to >= layout.items.length) return layout
  return { ...layout, items: layout.items.toSpliced(at, 1).toSpliced(to, 0, item) }
}

/** The new item lies last, which is on top, in the middle of the paper. */
export function addItem(layout: LabelLayout, kind: Exclude<ItemKind, 'image'>): LabelLayout {
  if (layout.items.length >= layoutLimits.items) return layout
  return { ...layout, items: [...layout.items, newItem(layout, kind)] }
}

export function addImage(layout: LabelLayout, png: string): LabelLayout {
  const at = middle(layout, 20, 20)
  return { ...layout, items: [...layout.items, { kind: 'image', png, at }] }
}

function newItem(layout: LabelLayout, kind: Exclude<ItemKind, 'image'>): LayoutItem {
  const main = mainCode(layout.kind)
  switch (kind) {
    case 'text':
      return { kind, field: main, at: middle(layout, 40, 8), size: [5, 3] }
    case 'words':
      return { kind, words: 'Aa 文字', at: middle(layout, 40, 8), size: [5, 3] }
    case 'qr':
    case 'datamatrix':
      return { kind, field: main, at: middle(layout, 25, 25) }
    case 'code128':
    case 'ean13':
      return { kind, field: main, at: middle(layout, 60, 15) }
    case 'solid':
      return { kind, at: middle(layout, 20, 10) }
    case 'frame':
      return { kind, at: middle(layout, 20, 10), line: 0.5 }
    default:
      return { kind, at: middle(layout, 60, 1), line: 0.5 }
  }
}

function middle({ paper }: LabelLayout, wide: number, high: number): [number, number, number, number] {
  const [width, height] = [Math.min(wide, paper[0]), Math.min(high, paper[1])]
  return [tidy(snap((paper[0] - width) / 2)), tidy(snap((paper[1] - height) / 2)), width, height]
}

/** The smallest box under a point, the topmost among equals; null where there is none. */
export function itemAt(layout: LabelLayout, x: number, y: number): number | null {
  let found: number | null = null
  let area = Infinity
  for (const [index, { at }] of layout.items.entries()) {
    const [, , width, height] = at
    if (!covers(at, x, y) || width * height > area) continue
    found = index
    area = width * height
  }
  return found
}

/** What a drag from here moves: the chosen item although others lie over it, else the one that a click would choose. */
export function grabbedAt(layout: LabelLayout, chosen: number | null, x: number, y: number): number | null {
  const box = chosen === null ? undefined : layout.items[chosen]?.at
  return box !== undefined && covers(box, x, y) ? chosen : itemAt(layout, x, y)
}

function covers([left, top, width, height]: LayoutItem['at'], x: number, y: number): boolean {
  // A rule is thinner than a pointer.
  const [slackX, slackY] = [Math.max(0, 2 - width) / 2, Math.max(0, 2 - height) / 2]
  return x >= left - slackX && x <= left + width + slackX && y >= top - slackY && y <= top + height + slackY
}

export const fieldsOf = (layout: LabelLayout): readonly LayoutField[] => layoutFields[layout.kind].texts
export const codesOf = (layout: LabelLayout): readonly LayoutField[] => layoutFields[layout.kind].codes

export type Drawing = History<LabelLayout>

export type DrawingAct =
  | { readonly act: 'edit'; readonly layout: LabelLayout; readonly gesture?: string }
  | { readonly act: 'undo' }
  | { readonly act: 'redo' }
  | { readonly act: 'begin'; readonly layout: LabelLayout }

export function draw(drawing: Drawing, action: DrawingAct): Drawing {
  switch (action.act) {
    case 'begin':
      return beginHistory(action.layout)
    case 'undo':
      return undo(drawing)
    case 'redo':
      return redo(drawing)
    default:
      return step(drawing, action.layout, action.gesture)
  }
}
