import type { ReadCode } from './read-code.ts'

/** What a scanner is there for. `item`: goods; `label`: waybills on boxes; `any`: the only scanner of its bench. */
export const scannerRoles = ['any', 'item', 'label'] as const
export type ScannerRole = (typeof scannerRoles)[number]

/**
 * Whether a scanner of this role may say this. Commands and codes that could be anything are welcome from each; only
 * what is certainly the other's business is kept away, so that a box that moves past an item scanner does nothing.
 */
export function roleAccepts(role: ScannerRole, read: ReadCode): boolean {
  if (role === 'any') return true
  switch (read.kind) {
    case 'command':
    case 'plain':
      return true
    case 'gtin':
      return role === 'item' || read.couriers.length > 0
    case 'gs1':
      // A parcel's own number (SSCC) is a label; one with contents may be a carton of goods as well.
      return role === 'item'
        ? read.facts.sscc === null || read.facts.contentGtin !== null
        : read.facts.sscc !== null
    case 'waybill':
      return role === 'label' || !read.couriers.some((guess) => guess.certain)
  }
}
