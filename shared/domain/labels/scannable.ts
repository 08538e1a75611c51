import type { CodeItem, CodeKind, LabelLayout, SolidItem } from './layout.ts'

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

const isBars = (kind: CodeKind) => kind === 'code128' || kind === 'ean13'
const leastWidth = (kind: CodeKind) => leastModules[kind] * moduleMm

/** Whether a code's box can hold a code that scanners read; its text may still want a larger one. */
export function isLargeEnough({ kind, orElse, at: [, , width, height] }: CodeItem): boolean {
  const drawn = width < leastWidth(kind) && orElse !== undefined ? orElse : kind
  return width >= leastWidth(drawn) && height >= (isBars(drawn) ? barHeight(width) : leastWidth(drawn))
}

/** Whether black areas, under it or over it, leave too little of a code. It is drawn in the middle of its box. */
export function isCovered(code: CodeItem, { items }: LabelLayout): boolean {
  const [x, y, width, height] = code.at
  const side = Math.min(width, height)
  const core = isBars(code.kind)
    ? ([x + width / 4, y, width / 2, height] as const)
    : ([x + width / 2 - side / 4, y + height / 2 - side / 4, side / 2, side / 2] as const)
  const over = items
    .filter((item) => item.kind === 'solid')
    // Drawn where the code is not.
    .filter(({ unless }) => unless !== code.field)
    .filter((solid) => meets(solid, core))
  if (!isBars(code.kind)) return over.length > 0
  // A band of bars that nothing lies on is as good as the whole.
  const edges = [
    ...over.map(({ at: [, top, , high] }) => [top, top + high] as const),
    [y + height, 0] as const,
  ]
  let [free, widest] = [y, 0]
  for (const [top, bottom] of edges.toSorted(([a], [b]) => a - b)) {
    widest = Math.max(widest, top - free)
    free = Math.max(free, bottom)
  }
  return widest < Math.min(height, barHeight(width))
}

function meets({ at: [x, y, width, height] }: SolidItem, core: SolidItem['at']): boolean {
  const [left, top, wide, high] = core
  return (
    Math.min(x + width, left + wide) - Math.max(x, left) > 0 &&
    Math.min(y + height, top + high) - Math.max(y, top) > 0
  )
}
