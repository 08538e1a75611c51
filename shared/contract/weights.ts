import { z } from 'zod'
import { command, count, instant, nothing, query } from './entry.ts'

const sku = z.string().min(1).max(200)

/** What the scales taught of one SKU. Grams of one unit. */
export const weightRow = z.object({
  sku: z.string(),
  name: z.string(),
  catalogueG: count.nullable(),
  /** A supervisor found the catalogue's weight wrong: it counts no more until the catalogue says another. */
  catalogueWrong: z.boolean(),
  /** Parcels that count; older ones fade. */
  samples: count,
  /** What one unit is expected to weigh, and how far off it may be; null: not enough is known to check it. */
  expected: z.object({ grams: count, band: count }).nullable(),
  at: instant,
})
export type WeightRow = z.infer<typeof weightRow>

export const weights = {
  /** SKUs that a scale taught something of, by SKU. */
  'weights.list': query(
    z.object({ find: z.string().max(200).optional(), offset: count, limit: z.int().min(1).max(500) }),
    z.object({ rows: z.array(weightRow), total: count }),
  ),
  /**
   * What was learned of a SKU goes, and the catalogue counts again unless it was found wrong: its packaging is another
   * now. `notLearned` where no scale taught anything.
   */
  'weights.forget': command(z.object({ sku }), nothing, 'supervisor'),
}
