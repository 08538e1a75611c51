import { z } from 'zod'
import { count, day, heldFile, id, instant, job, name, query } from './entry.ts'
import { stopReason } from './orders.ts'

export const shipmentRow = z.object({
  id,
  orderId: id,
  order: z.string(),
  shop: z.string(),
  courier: z.string(),
  waybill: z.string(),
  units: count,
  weightG: count.nullable(),
  handedOverAt: instant,
  bench: z.string(),
})

export const shipments = {
  'shipments.day': query(
    z.object({
      day: day.optional(),
      courier: name.optional(),
      offset: count,
      limit: z.int().min(1).max(1000),
    }),
    z.object({
      day,
      rows: z.array(shipmentRow),
      total: count,
      couriers: z.array(z.object({ courier: z.string(), parcels: count, weightG: count })),
      /** Day close: these three must be equal. */
      labels: count,
      handOvers: count,
      /** Packed, labelled and still here. */
      waiting: z.array(
        z.object({
          orderId: id,
          order: z.string(),
          shop: z.string(),
          waybill: z.string().nullable(),
          packedAt: instant,
          stop: stopReason.nullable(),
          hold: z.string().nullable(),
        }),
      ),
    }),
  ),
  'shipments.export': query(
    z.object({
      job: job.optional(),
      day: day.optional(),
      format: z.enum(['csv', 'xlsx', 'pdf']),
      encoding: z.enum(['gbk', 'utf-8-bom']).default('utf-8-bom'),
      courier: name.optional(),
      language: z.enum(['zh-CN', 'en']).default('zh-CN'),
    }),
    heldFile,
    'supervisor',
  ),
  /** A row for each scan that said a lot, a date or a serial number: where a lot that is called back went. */
  'shipments.exportUnits': query(
    z.object({
      job: job.optional(),
      day: day.optional(),
      format: z.enum(['csv', 'xlsx']),
      encoding: z.enum(['gbk', 'utf-8-bom']).default('utf-8-bom'),
      courier: name.optional(),
      language: z.enum(['zh-CN', 'en']).default('zh-CN'),
    }),
    heldFile,
    'supervisor',
  ),
}
