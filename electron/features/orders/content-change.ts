import { sql } from 'kysely'
import { first, many, type Writer, write, writeOne } from '#electron/db/query.ts'
import type { AreaContext, Caller } from '#electron/features/area.ts'
import { auditAct } from '#electron/features/backup/index.ts'
import { voidLabel } from '#electron/features/labels/index.ts'
import { leaveWave } from '#electron/features/waves/index.ts'

/** What changed of an order while somebody had its old self on a list or in a box. */
export type ContentChange = 'changed' | 'addressChange'

/**
 * The audit is where a change is remembered: the stop that it caused can be covered by a later refund, and when that
 * refund is taken back the box is as wrong as before.
 */
const lastWord = first((db, p: { order: string }) =>
  db
    .selectFrom('audit')
    .select('act')
    .where('subject', '=', p.order)
    .where('act', 'in', ['order.changed', 'order.addressChange', 'order.release', 'order.allShipped'])
    .orderBy('id', 'desc')
    .limit(1),
)

/** The change of this order that no supervisor has released yet. */
export function unreleasedChange(tx: Writer, order: string): ContentChange | null {
  const act = lastWord(tx, { order })?.act
  return act === 'order.changed' ? 'changed' : act === 'order.addressChange' ? 'addressChange' : null
}

export function noteChange(
  tx: Writer,
  at: { readonly now: string; readonly caller: Caller },
  order: string,
  change: ContentChange,
): void {
  auditAct(tx, { clock: { now: () => at.now } }, at.caller, {
    act: change === 'changed' ? 'order.changed' : 'order.addressChange',
    subject: order,
    reason: '',
    detail: {},
  })
}

/** The shop asks for no more than what has left: there is nothing to release. */
export function noteAllShipped(
  tx: Writer,
  at: { readonly now: string; readonly caller: Caller },
  order: string,
): void {
  auditAct(tx, { clock: { now: () => at.now } }, at.caller, {
    act: 'order.allShipped',
    subject: order,
    reason: '',
    detail: {},
  })
}

const liveParcel = first((db, p: { order: string }) =>
  db
    .selectFrom('parcel')
    .select('id')
    .where('order_id', '=', p.order)
    .where('state', 'in', ['open', 'packed']),
)
const liveLabels = many((db, p: { parcel: string }) =>
  db
    .selectFrom('label')
    .select(['id', 'waybill'])
    .where('parcel_id', '=', p.parcel)
    .where('state', '<>', 'void'),
)
const abandonParcel = writeOne((db, p: { id: string; reason: string }) =>
  db
    .updateTable('parcel')
    .set({ state: 'abandoned', aside_reason: p.reason })
    .where('id', '=', p.id)
    .where('state', 'in', ['open', 'packed']),
)
const clearBenches = write((db, p: { parcel: string }) =>
  db.updateTable('bench').set({ parcel_id: null, pending: null }).where('parcel_id', '=', p.parcel),
)
const reopen = write((db, p: { order: string }) =>
  db
    .updateTable('order')
    .set({ state: sql`'open'` })
    .where('id', '=', p.order)
    .where('state', '=', 'packed'),
)

/** Nothing of this order is left to pack, and something of it was handed over. */
const closeIfAllShipped = write((db, p: { order: string }) =>
  db
    .updateTable('order')
    .set({ state: sql`'handedOver'` })
    .where('id', '=', p.order)
    .where('state', '=', 'open')
    .where(
      sql<boolean>`EXISTS (SELECT 1 FROM shipment WHERE shipment.order_id = "order".id)
        AND NOT EXISTS (SELECT 1 FROM order_line WHERE order_line.order_id = "order".id AND dropped = 0
          AND order_line.quantity > coalesce((SELECT sum(parcel_line.quantity) FROM parcel_line
            JOIN parcel ON parcel.id = parcel_line.parcel_id
            WHERE parcel_line.line_id = order_line.id AND parcel.state = 'handedOver'), 0))`,
    ),
)

/**
 * Starts an order over whose contents or address changed: what is in its box, on its label and on its pick list is of
 * the old order. The box is given up and emptied by hand, the number on its label is never used again, and the order is
 * planned anew, or is over where all that the shop still asks for has left. Gives the number that was voided.
 */
export function startOver(
  tx: Writer,
  core: AreaContext,
  order: string,
  reason: string,
  operatorId: string | null,
): string | null {
  const parcel = liveParcel(tx, { order })
  let voided: string | null = null
  if (parcel !== undefined) {
    for (const label of liveLabels(tx, { parcel: parcel.id })) {
      voidLabel(tx, core, label.id, `order changed: ${reason}`, operatorId)
      voided = label.waybill
    }
    abandonParcel(tx, { id: parcel.id, reason: 'changed' })
    clearBenches(tx, { parcel: parcel.id })
  }
  reopen(tx, { order })
  leaveWave(tx, order)
  closeIfAllShipped(tx, { order })
  return voided
}
