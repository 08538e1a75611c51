import { z } from 'zod'
import { count, query } from './entry.ts'

export const productRow = z.object({
  sku: z.string(),
  name: z.string(),
  weightG: count.nullable(),
  costFen: count.nullable(),
  picture: z.string().nullable(),
  barcodes: z.array(z.object({ code: z.string(), units: count })),
  locations: z.array(z.object({ code: z.string(), quantity: count })),
})

export const catalog = {
  /** Every barcode of these SKUs. */
  'catalog.barcodes': query(
    z.object({ skus: z.array(z.string().max(200)).max(100) }),
    z.object({ rows: z.array(z.object({ sku: z.string(), code: z.string(), units: count })) }),
  ),
  'catalog.list': query(
    z.object({ find: z.string().max(200).optional(), offset: count, limit: z.int().min(1).max(500) }),
    z.object({ rows: z.array(productRow), total: count }),
  ),
}
