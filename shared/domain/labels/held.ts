/**
 * Why a label is not printed that no waiting mends, as the ledger writes it: a person has to do something. Any other
 * `notSent` waits for its printer and goes by itself when that is well.
 */
export const heldReasons = [
  'noPrinter',
  'noComponentPrinter',
  'noPrintData',
  'needsComponent',
  'printDataUnreadable',
  'printDataOfOtherPlatform',
  'printDataOfOtherOrder',
  'waybillEmpty',
  'waybillCharacters',
  'waybillTooLong',
  'codeEmpty',
  'codeCharacters',
  'codeTooLong',
  'mediaTooSmall',
] as const
export type HeldReason = (typeof heldReasons)[number]

/** The same with more behind it: what stopped the order, what a component refused, what went wrong in drawing. */
export const heldKinds = ['stopped', 'refused', 'render'] as const

/** Whether a label that is `notSent` for this reason waits for a person. */
export const isHeld = (reason: string): boolean =>
  heldReasons.some((one) => one === reason) || heldKinds.some((kind) => reason.startsWith(`${kind}: `))
