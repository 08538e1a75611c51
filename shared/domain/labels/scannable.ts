import type { CodeItem, CodeKind, LabelLayout, LayoutItem } from './layout.ts'

/** Three dots at 300 an inch, mm: the narrowest module that is drawn, at 203 an inch it is a hair finer. */
const moduleMm = 0.254

/** Modules of the shortest text, with the white that belongs to it. */
const leastModules: Readonly<Record<CodeKind, number>> = {
  /** Start, one character, check and stop, 10 of white on each side: ISO/IEC 15417. */
  code128: 66,
  /** 95 and 11 of white on each side: ISO/IEC 15420. */
  ean13: 117,
  /** Version 1 and 4 of white on each side: ISO/IEC 18004. */
  qr: 29,
  /** 10 and 2 of white on each side: ISO/IEC 16022. */
  datamatrix: 14,
}

/** Bars as high as a hand meets them with its beam: 6.35 mm, and 15 % of their length, which is rarely above 100 mm. */
const barHeight = (width: number) => Math.min(15, Math.max(6.35, 0.15 * width))

export const isBars = (kind: CodeKind) => kind === 'code128' || kind === 'ean13'
const leastWidth = (kind: CodeKind) => leastModules[kind] * moduleMm

/** Whether a code's box can hold a code that scanners read; its text may still want a larger one. */
export function isLargeEnough({ kind, orElse, at: [, , width, height] }: CodeItem): boolean {
  const drawn = width < leastWidth(kind) && orElse !== undefined ? orElse : kind
  return width >= leastWidth(drawn) && height >= (isBars(drawn) ? barHeight(width) : leastWidth(drawn))
}

export const isScannable = (code: CodeItem, layout: LabelLayout): boolean =>
  isLargeEnough(code) && !isCovered(code, layout)

/**
 * Whether what else is drawn there, under it or over it, leaves too little of a code. It is drawn in the middle of its
 * box. Letters are not looked at: how much ink they have is known only when they are drawn.
 */
export function isCovered(code: CodeItem, { items }: LabelLayout): boolean {
  const [x, y, width, height] = code.at
  const side = Math.min(width, height)
  const core = isBars(code.kind)
    ? ([x + width / 4, y, width / 2, height] as const)
    : ([x + width / 2 - side / 4, y + height / 2 - side / 4, side / 2, side / 2] as const)
  const over = items
    .filter((item) => item !== code)
    // Drawn where the code is not.
    .filter((item) => item.unless !== code.field)
    .flatMap(inked)
    .filter((area) => meets(area, core))
  if (!isBars(code.kind)) return over.length > 0
  // A band of bars that nothing lies on is as good as the whole.
  const edges = [...over.map(([, top, , high]) => [top, top + high] as const), [y + height, 0] as const]
  let [free, widest] = [y, 0]
  for (const [top, bottom] of edges.toSorted(([a], [b]) => a - b)) {
    widest = Math.max(widest, top - free)
    free = Math.max(free, bottom)
  }
  return widest < Math.min(height, barHeight(width))
}

type Area = LayoutItem['at']

/** Where an item may be black. */
function inked(item: LayoutItem): readonly Area[] {
  const [x, y, width, height] = item.at
  switch (item.kind) {
    case 'text':
    case 'words':
      return []
    case 'line':
      return width >= height
        ? [[x, y + (height - item.line) / 2, width, item.line]]
        : [[x + (width - item.line) / 2, y, item.line, height]]
    case 'frame':
      return [
        [x, y, width, item.line],
        [x, y + height - item.line, width, item.line],
        [x, y, item.line, height],
        [x + width - item.line, y, item.line, height],
      ]
    default:
      return [item.at]
  }
}

function meets([x, y, width, height]: Area, [left, top, wide, high]: Area): boolean {
  return (
    Math.min(x + width, left + wide) - Math.max(x, left) > 0 &&
    Math.min(y + height, top + high) - Math.max(y, top) > 0
  )
}
