import { z } from 'zod'

/** How far a label is known to have come; areas above and below the ledger speak of it. */
export const labelState = z.enum([
  'requested',
  'rendered',
  'sending',
  'notSent',
  'sent',
  'unknown',
  'printed',
  'checked',
  'handedOver',
  'void',
])
