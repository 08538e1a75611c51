import { labelLayout } from '#shared/contract/layouts.ts'
import type { LabelLayout } from '#shared/domain/labels/layout.ts'
import a6 from '#resources/labels/courier-a6.json' with { type: 'json' }
import courier100x150 from '#resources/labels/courier-100x150.json' with { type: 'json' }
import courier100x180 from '#resources/labels/courier-100x180.json' with { type: 'json' }
import courier76x130 from '#resources/labels/courier-76x130.json' with { type: 'json' }
import location40x30 from '#resources/labels/location-40x30.json' with { type: 'json' }
import product60x40 from '#resources/labels/product-60x40.json' with { type: 'json' }
import slip80 from '#resources/labels/slip-80.json' with { type: 'json' }

/** The layouts that every bench has: files of `resources/labels`, in the program itself so that none can be missing. */
export const readyLayouts: readonly LabelLayout[] = [
  courier100x150,
  courier100x180,
  courier76x130,
  a6,
  product60x40,
  location40x30,
  slip80,
].map((file) => labelLayout.parse(file))
