import { fail, ok, type Result } from '#shared/support/result.ts'
import type { Writer } from '#electron/db/query.ts'
import type { Clock } from '#electron/ports/clock.ts'
import type { Ids } from '#electron/ports/ids.ts'
import {
  courierForOrder,
  insertLabel,
  insertLabelEvent,
  labelById,
  nextFreeWaybill,
  setLabel,
  spendWaybill,
  voidWaybill,
  waybillOfOrder,
} from './repository.ts'

/** The ledger's own acts. All run inside the caller's transaction: a label exists with its number or not at all. */
interface Ledger {
  readonly clock: Clock
  readonly ids: Ids
}

export interface NewLabel {
  readonly id: string
  readonly waybill: string
  readonly courier: string
}

/**
 * Binds a number to the parcel: one that was brought for its order, else the next free one of the order's courier. The
 * number is spent from now on.
 */
export function requestLabel(
  tx: Writer,
  { clock, ids }: Ledger,
  parcel: {
    readonly id: string
    readonly orderId: string
    readonly printerId: string | null
    readonly operatorId: string | null
  },
): Result<NewLabel> {
  const own = waybillOfOrder(tx, { order: parcel.orderId })
  const courier =
    own === undefined
      ? courierForOrder(tx, { order: parcel.orderId })
      : { id: own.courier_id, name: own.courier }
  if (courier === undefined || courier.id === null || courier.name === null) {
    return fail('noCourier', 'No courier for this order, and no waybill numbers at all')
  }
  const number = own ?? nextFreeWaybill(tx, { courier: courier.id })
  if (number === undefined) {
    return fail('noWaybill', `No free waybill number of ${courier.name}`, { courier: courier.name })
  }
  const at = clock.now()
  const id = ids.next()
  spendWaybill(tx, { id: number.id })
  insertLabel(tx, {
    id,
    parcel: parcel.id,
    courier: courier.id,
    waybill: number.number,
    printer: parcel.printerId,
    at,
  })
  insertLabelEvent(tx, { label: id, at, state: 'requested', reason: '', operator: parcel.operatorId })
  return ok({ id, waybill: number.number, courier: courier.name })
}

/** What was seen of a label (on the box, at the courier) outranks what its printer says. */
export function markLabel(
  tx: Writer,
  { clock }: Ledger,
  label: string,
  state: 'checked' | 'handedOver',
  operatorId: string | null,
): void {
  setLabel(tx, { id: label, to: state })
  insertLabelEvent(tx, { label, at: clock.now(), state, reason: '', operator: operatorId })
}

/** The label is right but its paper is not: the same number goes to the printer once more. */
export function reprintLabel(
  tx: Writer,
  { clock }: Ledger,
  label: string,
  reason: string,
  operatorId: string | null,
): void {
  setLabel(tx, { id: label, to: 'requested' })
  insertLabelEvent(tx, {
    label,
    at: clock.now(),
    state: 'requested',
    reason: `reprint: ${reason}`,
    operator: operatorId,
  })
}

/** The label is wrong: its number is never used again, the parcel may get another. */
export function voidLabel(
  tx: Writer,
  { clock }: Ledger,
  label: string,
  reason: string,
  operatorId: string | null,
): void {
  const row = labelById(tx, { id: label })
  if (row === undefined) throw new Error(`label ${label} is not there`)
  setLabel(tx, { id: label, to: 'void' })
  voidWaybill(tx, { courier: row.courier_id, number: row.waybill })
  insertLabelEvent(tx, { label, at: clock.now(), state: 'void', reason, operator: operatorId })
}
