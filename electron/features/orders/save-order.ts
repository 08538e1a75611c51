import { namesCourier } from '#shared/domain/orders/couriers.ts'
import type { ImportedOrder } from '#shared/domain/orders/import/index.ts'
import { first, type Writer, write, writeOne } from '#electron/db/query.ts'
import type { Caller } from '#electron/features/area.ts'
import { forgetSealed } from '#electron/features/labels/index.ts'
import { courierNamed, ensureCourier } from '#electron/features/settings/index.ts'
import type { Ids } from '#electron/ports/ids.ts'
import { type ContentChange, noteAllShipped, noteChange, unreleasedChange } from './content-change.ts'
import {
  hasShipped,
  haveAllLeft,
  insertLines,
  knownKits,
  type PartsOf,
  replaceLines,
  sameLines,
} from './order-lines.ts'
import { type ReadyOrder, readyOrder } from './ready-order.ts'
import { type MasterKey, saveSealed } from './receiver.ts'

/** What became of an order of a file. */
export type Saved = 'created' | 'updated' | 'unchanged' | 'held'

export interface ImportContext {
  readonly ids: Ids
  readonly masterKey: MasterKey
  readonly shop: { readonly id: string; readonly promise_hours: number }
  /** When this knowledge was had: now, for a file that a person just exported, or of the first try. */
  readonly now: string
  /** Rows kept from an earlier import: they make orders and change none. */
  readonly secondTry?: boolean
  /** Who brought the file. */
  readonly caller: Caller
}

const known = first((db, p: { shop: string; number: string }) =>
  db
    .selectFrom('order')
    .select([
      'id',
      'state',
      'stop',
      'hold',
      'known_at',
      'content_hash',
      'receiver_hash',
      'receiver_masked',
      'platform_status',
      'stop_note',
      'currency',
    ])
    .select(['paid_at', 'ship_by', 'courier_id', 'amount_minor', 'buyer_note', 'seller_note'])
    .where('shop_id', '=', p.shop)
    .where('number', '=', p.number),
)
type Known = NonNullable<ReturnType<typeof known>>

const refresh = writeOne((db, p: { id: string; now: string }) =>
  db.updateTable('order').set({ known_at: p.now }).where('id', '=', p.id),
)
/** What a file tells of an order, beside its number and its lines. */
type Told = {
  status: string
  stop: StopReason | null
  stopNote: string
  now: string
  paid: string | null
  shipBy: string | null
  courier: string | null
  currency: string
  amount: number
  buyer: string
  seller: string
  masked: string
  receiver: string
  hash: string
}
const columns = (p: Told) => ({
  platform_status: p.status,
  stop: p.stop,
  stop_note: p.stopNote,
  known_at: p.now,
  paid_at: p.paid,
  ship_by: p.shipBy,
  courier_id: p.courier,
  currency: p.currency,
  amount_minor: p.amount,
  buyer_note: p.buyer,
  seller_note: p.seller,
  receiver_masked: p.masked,
  receiver_hash: p.receiver,
  content_hash: p.hash,
})

/** Changes nothing where the shop has the number already. */
const insertOrder = write(
  (
    db,
    p: Told & {
      id: string
      shop: string
      number: string
      state: 'open' | 'cancelled'
    },
  ) =>
    db
      .insertInto('order')
      .values({
        id: p.id,
        shop_id: p.shop,
        number: p.number,
        state: p.state,
        ...columns(p),
        hold: null,
        hold_by: null,
        created_at: p.now,
      })
      .onConflict((conflict) => conflict.columns(['shop_id', 'number']).doNothing()),
)
const updateOrder = writeOne(
  (
    db,
    p: Told & {
      id: string
      state: 'open' | 'packed' | 'handedOver' | 'cancelled'
    },
  ) =>
    db
      .updateTable('order')
      .set((eb) => ({
        state: p.state,
        ...columns(p),
        revision: eb('revision', '+', 1),
      }))
      .where('id', '=', p.id),
)
const liveParcel = first((db, p: { order: string }) =>
  db
    .selectFrom('parcel')
    .select('id')
    .where('order_id', '=', p.order)
    .where('state', 'in', ['open', 'packed'])
    .limit(1),
)
const inWave = first((db, p: { order: string }) =>
  db.selectFrom('wave_order').select('wave_id').where('order_id', '=', p.order),
)
type StopReason = 'refund' | 'cancel' | 'addressChange' | 'changed' | 'risk' | 'merge'

/**
 * Saves one order of a file. An order that is new and still to ship is made; one that is known is brought up to
 * date; one that is being worked on already (in a wave, in a box) and changed in what is packed or where it goes is
 * held with the reason. The same order again changes nothing but how fresh our knowledge of it is.
 */
export function saveOrder(tx: Writer, at: ImportContext, order: ImportedOrder): Saved {
  return saveReadyOrder(tx, at, readyOrder(at.masterKey, order), knownKits(tx))
}

export function saveReadyOrder(tx: Writer, at: ImportContext, order: ReadyOrder, kits: PartsOf): Saved {
  // Most orders of a file are new: whether this one is, the table itself says, without being asked before.
  if (order.status === 'toShip' && create(tx, at, order, kits)) return 'created'
  const row = known(tx, { shop: at.shop.id, number: order.number })
  if (row === undefined) return 'unchanged'
  if (row.content_hash === order.contentHash) {
    refresh(tx, { id: row.id, now: at.now })
    return 'unchanged'
  }
  return update(tx, at, order, row)
}

/** News from one of an order's two files. Null where the order is not here: then nothing was written. */
export function savePart(tx: Writer, at: ImportContext, order: ReadyOrder): Saved | null {
  const row = known(tx, { shop: at.shop.id, number: order.number })
  return row === undefined ? null : update(tx, at, order, row)
}

/**
 * A second try may only make an order: rows of an earlier import say nothing new of one that is here. Null for such
 * an order, of which nothing is changed.
 */
export function saveSecondTry(tx: Writer, at: ImportContext, order: ReadyOrder, kits: PartsOf): Saved | null {
  if (order.status === 'toShip' && create(tx, at, order, kits)) return 'created'
  return isKnown(tx, at, order.number) ? null : 'unchanged'
}

export const isKnown = (tx: Writer, at: ImportContext, number: string): boolean =>
  known(tx, { shop: at.shop.id, number }) !== undefined

/** An order that a file only takes back, without its lines. */
export function cancelOrder(tx: Writer, at: ImportContext, number: string, words: string): Saved | null {
  const row = known(tx, { shop: at.shop.id, number })
  if (row === undefined) return null
  if (row.stop === 'cancel' || row.state === 'handedOver') return 'unchanged'
  const busy = isBusy(tx, row)
  stopOrder(tx, {
    id: row.id,
    note: words,
    now: at.now,
    state: row.state === 'packed' ? 'packed' : 'cancelled',
  })
  return busy ? 'held' : 'updated'
}
const stopOrder = writeOne(
  (db, p: { id: string; note: string; now: string; state: 'packed' | 'cancelled' }) =>
    db
      .updateTable('order')
      .set({ stop: 'cancel', stop_note: p.note, known_at: p.now, state: p.state })
      .where('id', '=', p.id),
)

/** False when the shop has an order of this number already: then nothing was written. */
function create(tx: Writer, at: ImportContext, order: ReadyOrder, kits: PartsOf): boolean {
  const id = at.ids.next()
  const made = insertOrder(tx, {
    id,
    shop: at.shop.id,
    number: order.number,
    state: 'open',
    stop: order.stop?.kind ?? null,
    stopNote: order.stop?.words ?? '',
    ...fields(tx, at, order),
  })
  if (made === 0) return false
  insertLines(tx, id, order.lines, kits)
  if (order.receiver !== null) saveSealed(tx, id, order.receiver)
  return true
}

function update(tx: Writer, at: ImportContext, order: ReadyOrder, row: Known): Saved {
  const values = fields(tx, at, order)
  const handled = isInHands(tx, row)
  const busy = handled || hasShipped(tx, row.id)
  const linesChanged =
    order.part !== 'heads' && order.status === 'toShip' && !sameLines(tx, row.id, order.lines)
  const keepsStop = keepsShopStop(order, row)
  const allShipped =
    linesChanged && !handled && !keepsStop && settles(row, order) && haveAllLeft(tx, row.id, order.lines)
  // A name alone takes no address away.
  const says = order.addressGiven || !row.receiver_masked.includes('·')
  const receiverChanged = order.receiver !== null && says && values.receiver !== row.receiver_hash
  const change: ContentChange | null = linesChanged ? 'changed' : receiverChanged ? 'addressChange' : null
  const before = unreleasedChange(tx, row.id)
  // A box with the wrong things in it is worse than one with the wrong address on it.
  const old = before === 'changed' ? before : busy && row.state !== 'handedOver' ? (change ?? before) : before
  const after = {
    ...values,
    id: row.id,
    status: order.part === 'lines' ? row.platform_status : values.status,
    currency: order.part === 'lines' ? row.currency : values.currency,
    // A seller chooses the columns of an export: what one file does not say, another has said.
    paid: values.paid ?? row.paid_at,
    shipBy: order.shipBy ?? row.ship_by ?? values.shipBy,
    courier: values.courier ?? row.courier_id,
    amount: values.amount === 0 ? row.amount_minor : values.amount,
    buyer: values.buyer === '' ? row.buyer_note : values.buyer,
    seller: values.seller === '' ? row.seller_note : values.seller,
    masked: receiverChanged ? values.masked : row.receiver_masked,
    receiver: receiverChanged ? values.receiver : row.receiver_hash,
    state: allShipped ? ('handedOver' as const) : keepsStop ? row.state : stateOf(order, row),
  }
  if (allShipped) noteAllShipped(tx, at, row.id)
  else if (old !== null && old !== before) noteChange(tx, at, row.id, old)
  const { stop, note } = allShipped
    ? { stop: null, note: '' }
    : keepsStop
      ? { stop: row.stop, note: row.stop_note }
      : stopOf(order, row, busy ? old : null)
  // A part's own hash says nothing of the whole: whether it is news, what it changes says.
  if (order.part !== 'whole' && !linesChanged && stop === row.stop && sameHead(after, row)) {
    refresh(tx, { id: row.id, now: at.now })
    return 'unchanged'
  }
  updateOrder(tx, { ...after, stop, stopNote: note })
  if (linesChanged && row.state !== 'handedOver') replaceLines(tx, row.id, order.lines)
  if (receiverChanged && order.receiver !== null) {
    saveSealed(tx, row.id, order.receiver)
    forgetSealed(tx, { order: row.id })
  }
  return stop !== null && stop !== row.stop && busy ? 'held' : 'updated'
}

/**
 * What stops an order may stand in either of its two files: one that does not say so frees nothing, and no order is
 * open again by it. Both files together do.
 */
const keepsShopStop = (order: ReadyOrder, row: Known): boolean =>
  order.part !== 'whole' &&
  order.status === 'toShip' &&
  (row.stop === 'cancel' || (order.stop === null && row.stop !== null && !isOurs(row.stop)))

const sameHead = (
  after: Omit<Told, 'stop' | 'stopNote'> & { readonly state: Known['state'] },
  row: Known,
): boolean =>
  JSON.stringify([after.state, after.status, after.paid, after.shipBy, after.courier, after.amount]) ===
    JSON.stringify([
      row.state,
      row.platform_status,
      row.paid_at,
      row.ship_by,
      row.courier_id,
      row.amount_minor,
    ]) &&
  JSON.stringify([after.buyer, after.seller, after.receiver]) ===
    JSON.stringify([row.buyer_note, row.seller_note, row.receiver_hash])

/** Somebody holds the old order in their hands: on a printed list or in a box. */
const isInHands = (tx: Writer, row: Known): boolean =>
  row.state === 'packed' ||
  inWave(tx, { order: row.id }) !== undefined ||
  liveParcel(tx, { order: row.id }) !== undefined

/** What was packed of the old order lies somewhere: in somebody's hands, or with the courier. */
const isBusy = (tx: Writer, row: Known): boolean => isInHands(tx, row) || hasShipped(tx, row.id)

/** Whether an order that the shop cuts down to what has left is over by that: nothing else speaks against it. */
const settles = (row: Known, order: ReadyOrder): boolean =>
  row.state === 'open' && row.hold === null && order.stop === null

function stopOf(
  order: ReadyOrder,
  row: Known,
  change: ContentChange | null,
): { stop: StopReason | null; note: string } {
  if (row.state === 'handedOver') return { stop: row.stop, note: '' }
  if (order.stop !== null) return { stop: order.stop.kind, note: order.stop.words }
  if (order.status === 'cancelled' || order.status === 'closed')
    return { stop: 'cancel', note: order.statusText ?? '' }
  if (order.status === 'shipped') return { stop: 'changed', note: order.waybill ?? order.statusText ?? '' }
  if (order.status !== 'toShip') return { stop: 'changed', note: order.statusText ?? order.status }
  if (change !== null) return { stop: change, note: '' }
  // What the shop stopped, the shop has freed again; what changed under a packer's hands, a supervisor frees.
  return { stop: row.stop !== null && isOurs(row.stop) ? row.stop : null, note: '' }
}

/** What stopped an order here, and not in the shop. */
const isOurs = (stop: StopReason): boolean =>
  stop === 'changed' || stop === 'addressChange' || stop === 'merge'

function stateOf(order: ReadyOrder, row: Known): 'open' | 'packed' | 'handedOver' | 'cancelled' {
  if (row.state === 'handedOver' || row.state === 'packed') return row.state
  return order.status === 'cancelled' || order.status === 'closed' ? 'cancelled' : 'open'
}

function fields(tx: Writer, at: ImportContext, order: ReadyOrder) {
  return {
    status: order.statusText ?? '',
    now: at.now,
    paid: order.paidAt,
    shipBy: order.shipBy ?? promised(order.promisedFrom, at.shop.promise_hours),
    courier: order.courier === null ? null : courierOf(tx, at, order.courier),
    currency: order.currency,
    amount: order.amountMinor,
    buyer: order.buyerNote,
    seller: order.sellerNote,
    masked: order.receiverMasked,
    receiver: order.receiverHash,
    hash: order.contentHash,
  }
}

/** The courier that a file promises: one of this name, or made, so that no other courier's number is taken for it. */
function courierOf(tx: Writer, { ids }: ImportContext, name: string): string | null {
  const there = courierNamed(tx, name)
  if (there !== null) return there
  return namesCourier(name) ? ensureCourier(tx, { ids }, name) : null
}

const promised = (from: string | null, hours: number): string | null =>
  from === null ? null : new Date(Date.parse(from) + hours * 3_600_000).toISOString()
