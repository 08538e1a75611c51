import type { PickListDocument } from '#electron/ports/document-press.ts'
import { a4, mm, type Desk } from './sheet.ts'
import type { Words } from './words.ts'

export type Stop = PickListDocument['stops'][number]

/** Where things stand across the page; points. The narrow roll stacks what the wide page sets side by side. */
export interface Measures {
  readonly width: number
  readonly margin: number
  readonly wide: boolean
  /** Module of the barcodes that a bench scans, and the least it may shrink to. */
  readonly module: number
}

export const flat: Measures = { width: a4.width, margin: 30, wide: true, module: 0.96 }
/** 72 mm of 80 are printable; modules are whole dots of a 203 dpi printer: 3 dots, at least 2. */
export const roll: Measures = { width: 80 * mm, margin: 4 * mm, wide: false, module: 0.375 * mm }

/** Number and tick box of a stop stand below each other in so much room, left of its code. */
export const lead = 26

export interface Draft {
  readonly list: PickListDocument
  readonly page: Measures
  readonly say: Words
  readonly desk: Desk
  /** Where content ends on the right. */
  readonly right: number
}

/** Neighbours with the same key, in the order given. */
export function grouped<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const groups: T[][] = []
  let last: string | undefined
  for (const item of items) {
    const now = key(item)
    if (now !== last) groups.push([])
    last = now
    groups[groups.length - 1]?.push(item)
  }
  return groups
}
