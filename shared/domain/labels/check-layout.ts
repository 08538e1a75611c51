import {
  codeKinds,
  isCode,
  layoutFields,
  layoutLimits,
  type LabelLayout,
  type LayoutItem,
  mainCode,
} from './layout.ts'
import { isCovered, isLargeEnough } from './scannable.ts'

/** What is wrong with a layout that has the right shape, as a failure's code. `item` counts from 1, 0 is the whole. */
export interface LayoutFault {
  readonly item: number
  readonly what: FaultKind
}

export const faultKinds = [
  /** The box leaves the paper. */
  'layoutOutside',
  /** The largest letter is smaller than the smallest. */
  'layoutSizes',
  /** A label of this kind has no such field, or no such code. */
  'layoutField',
  /** A condition that can never hold. */
  'layoutCondition',
  /** Nothing takes the place of itself. */
  'layoutOrElse',
  /** The images before it cover all that images may. */
  'layoutImages',
  /** No code of what the label is of stands on it under all conditions: it could not be scanned. */
  'layoutNoCode',
  /** The box of that code is too small for any code that a scanner reads. */
  'layoutCodeSmall',
  /** A black area lies on that code. */
  'layoutCodeCovered',
] as const
export type FaultKind = (typeof faultKinds)[number]

/** Mm that a box may leave the paper by: sums of tenths are not exact. */
const slack = 0.01

/** All faults in the order of the items; a layout without any can be printed. */
export function layoutFaults(layout: LabelLayout): LayoutFault[] {
  const excess = excessImages(layout)
  const faults = layout.items.flatMap((item, index) =>
    itemFaults(layout, item, excess).map((what): LayoutFault => ({ item: index + 1, what })),
  )
  const fault = mainFault(layout)
  return fault === undefined ? faults : [...faults, fault]
}

/** Why what a label is of could not be scanned from it; one code that can be is enough. */
function mainFault(layout: LabelLayout): LayoutFault | undefined {
  const main = mainCode(layout.kind)
  const codes = layout.items
    .filter(isCode)
    .filter((item) => item.field === main && isAlways(item, main))
    .map((code) => ({ code, isSmall: !isLargeEnough(code) }))
  if (codes.some(({ code, isSmall }) => !isSmall && !isCovered(code, layout))) return undefined
  const [first] = codes
  if (first === undefined) return { item: 0, what: 'layoutNoCode' }
  return {
    item: layout.items.indexOf(first.code) + 1,
    what: first.isSmall ? 'layoutCodeSmall' : 'layoutCodeCovered',
  }
}

/** The images that are not drawn any more, because those before them took the time that images of one label may take. */
export function excessImages({ paper, items }: LabelLayout): ReadonlySet<LayoutItem> {
  let left = paper[0] * paper[1] * layoutLimits.imageArea
  const excess = new Set<LayoutItem>()
  for (const item of items) {
    if (item.kind !== 'image') continue
    const area = item.at[2] * item.at[3]
    if (area > left + slack) excess.add(item)
    else left -= area
  }
  return excess
}

/** A code that is drawn whenever there is something to draw. */
const isAlways = ({ when, unless }: LayoutItem, main: string) =>
  unless === undefined && (when === undefined || when === main)

function itemFaults(
  { kind, paper }: LabelLayout,
  item: LayoutItem,
  excess: ReadonlySet<LayoutItem>,
): FaultKind[] {
  const [x, y, width, height] = item.at
  const texts: readonly string[] = layoutFields[kind].texts
  const codes: readonly string[] = layoutFields[kind].codes
  const unknown = (field: string | undefined) => field !== undefined && !texts.includes(field)
  const faults: FaultKind[] = []
  if (x + width > paper[0] + slack || y + height > paper[1] + slack) faults.push('layoutOutside')
  if ('size' in item && item.size[0] < item.size[1]) faults.push('layoutSizes')
  if (unknown(item.when) || unknown(item.unless)) faults.push('layoutField')
  else if (item.kind === 'text' && unknown(item.field)) faults.push('layoutField')
  else if (isCode(item) && !codes.includes(item.field)) faults.push('layoutField')
  if (item.when !== undefined && item.when === item.unless) faults.push('layoutCondition')
  if (excess.has(item)) faults.push('layoutImages')
  if (isCode(item) && item.orElse !== undefined && item.orElse === item.kind) faults.push('layoutOrElse')
  return faults
}

/** Kinds that an item of a new layout can have, in the order in which they are offered. */
export const itemKinds = ['text', 'words', ...codeKinds, 'solid', 'frame', 'line', 'image'] as const
