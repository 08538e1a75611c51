import { z } from 'zod'
import { command, count, id, instant, name, note, nothing, query } from './entry.ts'
import { labelState } from './label-state.ts'

export const labelRow = z.object({
  id,
  waybill: z.string(),
  courier: z.string(),
  orderId: id,
  order: z.string(),
  shop: z.string(),
  state: labelState,
  prints: count,
  requestedAt: instant,
  events: z.array(z.object({ at: instant, state: z.string(), reason: z.string() })),
})

export const labels = {
  'labels.list': query(
    z.object({ state: labelState.optional(), offset: count, limit: z.int().min(1).max(500) }),
    z.object({ rows: z.array(labelRow), total: count }),
  ),
  /** The same waybill once more: the label is right but the paper is not there or spoilt. */
  'labels.reprint': command(z.object({ id, reason: note.min(1) }), nothing),
  /** The label is wrong: its number is spent, the parcel needs another. */
  'labels.void': command(z.object({ id, reason: note.min(1) }), nothing, 'supervisor'),
  'labels.pool': query(
    nothing,
    z.object({ couriers: z.array(z.object({ courier: z.string(), free: count, used: count, void: count })) }),
  ),
  /**
   * What the simulated printers have put out, newest first: the bytes that reached them, read again. `png` is null
   * where they are no picture, `waybill` and `order` are empty where the job is of no label here.
   */
  'labels.simulated': query(
    z.object({ printer: name.optional(), limit: z.int().min(1).max(50) }),
    z.object({
      labels: z.array(
        z.object({
          id: z.string(),
          at: instant,
          waybill: z.string(),
          order: z.string(),
          png: z.string().nullable(),
        }),
      ),
    }),
  ),
}
