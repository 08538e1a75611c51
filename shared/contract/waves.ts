import { z } from 'zod'
import { command, count, heldFile, id, instant, job, nothing, query, reason } from './entry.ts'

export const waveRow = z.object({
  id,
  number: z.int(),
  kind: z.enum(['single', 'multi']),
  state: z.enum(['open', 'picking', 'packing', 'done']),
  createdAt: instant,
  shipBy: instant.nullable(),
  orders: count,
  packed: count,
  stopped: count,
  lines: count,
  units: count,
  distanceMm: count.nullable(),
  couriers: z.array(z.object({ name: z.string(), orders: count })),
})
export type WaveRow = z.infer<typeof waveRow>

export const waveOptions = z.object({
  /** Orders of one SKU go into waves of their own. */
  singles: z.boolean().default(true),
  /** Slots on a cart or wall. */
  slots: z.int().min(1).max(200).default(12),
  /** Units a cart takes; 0 = no limit. */
  units: count.default(0),
  /** Most orders in a single-item wave. */
  singleOrders: z.int().min(1).max(500).default(50),
  shop: z.string().max(200).optional(),
  /** Plan only orders that must leave before this time. */
  before: instant.optional(),
})

export const leftOut = z.object({ order: z.string(), reason })

export const waves = {
  'waves.list': query(
    z.object({ state: z.enum(['open', 'picking', 'packing', 'done']).optional() }),
    z.object({ waves: z.array(waveRow) }),
  ),
  'waves.get': query(
    z.object({ id: z.union([id, z.int(), z.string()]) }),
    waveRow
      .extend({
        code: z.string(),
        slots: z.array(
          z.object({
            slot: z.int().nullable(),
            code: z.string(),
            orderId: id,
            order: z.string(),
            units: count,
            state: z.enum(['waiting', 'packing', 'packed', 'handedOver', 'stopped']),
          }),
        ),
        stops: z.array(
          z.object({
            location: z.string().nullable(),
            zone: z.string(),
            aisle: z.string(),
            sku: z.string(),
            name: z.string(),
            quantity: count,
            slots: z.array(z.object({ slot: z.int(), quantity: count })),
          }),
        ),
      })
      .nullable(),
  ),
  /** What would be planned, without planning it. */
  'waves.preview': query(
    waveOptions,
    z.object({
      waves: z.array(
        z.object({
          kind: z.enum(['single', 'multi']),
          orders: count,
          units: count,
          stops: count,
          shipBy: instant.nullable(),
        }),
      ),
      leftOut: z.array(leftOut),
    }),
  ),
  'waves.plan': command(
    waveOptions.extend({ job }),
    z.object({ waves: z.array(waveRow), leftOut: z.array(leftOut) }),
  ),
  'waves.pickList': query(
    z.object({
      id: z.union([id, z.int(), z.string()]),
      job: job.optional(),
      paper: z.enum(['A4', '80mm']).default('A4'),
      language: z.enum(['zh-CN', 'en']).default('zh-CN'),
    }),
    heldFile,
  ),
  'waves.packingSlips': query(
    z.object({
      id: z.union([id, z.int(), z.string()]),
      job: job.optional(),
      paper: z.enum(['A5', 'A6', '80mm']).default('A5'),
      language: z.enum(['zh-CN', 'en']).default('zh-CN'),
    }),
    heldFile,
  ),
  'waves.commandSheet': query(z.object({ language: z.enum(['zh-CN', 'en']).default('zh-CN') }), heldFile),
  /** Gives the orders of a wave of which nothing was packed back to the queue. */
  'waves.dissolve': command(z.object({ id }), z.object({ orders: count }), 'supervisor'),
  'waves.open': query(nothing, z.object({ waiting: count })),
}
