import { compareTimes, earliestOf } from '#shared/domain/waves/due.ts'
import type { Ends } from '#shared/domain/waves/floor/plan.ts'
import { stockLeft, takeFromShelves } from '#shared/domain/waves/planning/choose-shelves.ts'
import { createLayout, type Layout } from '#shared/domain/waves/planning/layout.ts'
import type { LeftOut } from '#shared/domain/waves/planning/order-to-plan.ts'
import { sortOrders } from '#shared/domain/waves/planning/sort-orders.ts'
import { walkPicks, workOf } from '#shared/domain/waves/planning/walk-wave.ts'
import { replanWave, type Shortage } from '#shared/domain/waves/replan.ts'
import { plainStrategy, type Strategy } from '#shared/domain/waves/strategy.ts'
import { fail, ok, type Result } from '#shared/support/result.ts'
import type { Reader, Writer } from '#electron/db/query.ts'
import type { AreaContext, Caller } from '#electron/features/area.ts'
import { planNow } from './floor.ts'
import { orderToPlan, stockAndShelves } from './planning-repository.ts'
import {
  deletePick,
  emptyShelf,
  eventsOf,
  holdShort,
  insertEvent,
  insertPick,
  insertWaveOrder,
  nextPosition,
  orderIdByNumber,
  picksOf,
  reviseWave,
  setPick,
  slotsOf,
  waveRowById,
  wavesToSettle,
} from './repository.ts'
import { strategyNamed } from './strategies.ts'
import { linesOf, takenBack } from './wave-list.ts'
import { rowOf, type StoredWave } from './wave-row.ts'

/** The floor with the shelves of a wave, and whatever else holds its goods. */
export function layoutOfWave(db: Reader, wave: string): Layout {
  const picks = picksOf(db, { wave })
  const row = waveRowById(db, { id: wave })
  return layoutOf(
    db,
    row === undefined ? plainStrategy : strategyOf(db, row),
    picks.map((pick) => pick.product_id),
    picks.flatMap((pick) => pick.location_id ?? []),
  )
}

function layoutOf(db: Reader, ends: Ends, products: readonly number[], shelfIds: readonly number[]): Layout {
  const { stock, shelves } = stockAndShelves(db, products, shelfIds)
  return createLayout(planNow(db).plan, shelves, stock, ends)
}

export const strategyOf = (db: Reader, wave: Pick<StoredWave, 'strategy'>): Strategy =>
  strategyNamed(db, wave.strategy)?.strategy ?? plainStrategy

const whoIs = (caller: Caller): string => caller.operator?.name ?? caller.kind

/**
 * Puts what is still to pick of a wave into walking order and counts its list on. What is on the cart comes first and
 * stays where it is.
 */
export function rewalk(
  tx: Writer,
  wave: string,
  layout = layoutOfWave(tx, wave),
  /** 0 for a list that nobody has seen yet. */
  counts = 1,
): { stops: number; revision: number } {
  const row = rowOf(tx, wave)
  if (row === undefined) throw new Error('a wave was lost')
  const strategy = strategyOf(tx, row)
  const picks = picksOf(tx, { wave })
  const open = picks.filter((pick) => pick.picked < pick.quantity && takenBack(pick) === null)
  const rest = picks.filter((pick) => !open.includes(pick))
  const walked = walkPicks(
    open.map((pick) => ({
      id: pick.id,
      orderId: pick.order_id,
      productId: pick.product_id,
      shelf: pick.location_id,
      quantity: pick.quantity,
      picked: pick.picked,
    })),
    open.map((pick) => ({
      productId: pick.product_id,
      weightG: pick.weight_g ?? 0,
      fragile: pick.fragile === 1,
    })),
    layout,
    strategy,
  )
  for (const [position, { id, quantity, picked }] of rest.entries())
    setPick(tx, { id, position, quantity, picked })
  for (const [at, { id, quantity, picked }] of walked.picks.entries())
    setPick(tx, { id, position: rest.length + at, quantity, picked })
  const units = open.reduce((sum, pick) => sum + pick.quantity - pick.picked, 0)
  const revision = row.revision + counts
  reviseWave(tx, {
    wave,
    distance: walked.distanceMm,
    seconds: workOf({ distanceMm: walked.distanceMm, stops: walked.stops, units }, strategy),
    due: row.dueAt,
    revision,
  })
  return { stops: walked.stops, revision }
}

export interface ReplanWish {
  readonly picked: number
  readonly shorts: readonly { readonly location: string; readonly sku: string; readonly found: number }[]
}

export interface ReplanAnswer {
  readonly revision: number
  readonly stops: number
  readonly moved: number
  readonly left: { order: string; reason: LeftOut['reason'] }[]
}

/** Plans the rest of a running wave anew, in one transaction. */
export function replanRunning(
  core: AreaContext,
  caller: Caller,
  wave: StoredWave,
  { picked, shorts }: ReplanWish,
): Result<ReplanAnswer> {
  if (wave.state === 'done') return fail('waveOver', 'This wave is done: there is nothing left to pick')
  const open = linesOf(core.db, wave.id).filter((line) => !line.picked)
  if (picked > open.length)
    return fail('waveFewerStops', `The list has ${open.length} stops left`, { stops: open.length })
  const missing = shorts.map((short) => ({
    short,
    line: open.find((line) => line.location === short.location && line.sku === short.sku),
  }))
  const unknown = missing.find(({ line, short }) => line === undefined || short.found >= line.quantity)?.short
  if (unknown !== undefined) {
    return fail(
      'waveNotShort',
      `The list asks for no more ${unknown.sku} at ${unknown.location} than was found`,
      {
        location: unknown.location,
        sku: unknown.sku,
      },
    )
  }
  const answer = core.db.transaction((tx) => {
    const at = core.clock.now()
    const tell = (kind: 'left' | 'short' | 'moved' | 'replanned', about: string, reason: string) =>
      insertEvent(tx, { wave: wave.id, at, kind, about, reason, who: whoIs(caller) })
    const onCart = new Set(
      open
        .slice(0, picked)
        .filter((line) => !missing.some((one) => one.line === line))
        .flatMap((line) => line.picks),
    )
    // What was taken back stays in the wave, so that the bench stops it, and off the list until it is wanted again.
    const all = picksOf(tx, { wave: wave.id })
    const rows = all.filter((row) => takenBack(row) === null)
    const orders = new Map(slotsOf(tx, { wave: wave.id }).map((order) => [order.id, order]))
    const isDone = (state: string) => state === 'packed' || state === 'handedOver'
    const shortages: Shortage[] = missing.flatMap(({ line, short }) =>
      line === undefined || line.shelf === null
        ? []
        : [{ shelf: line.shelf, productId: line.productId, found: short.found }],
    )
    for (const { shelf, productId } of shortages) emptyShelf(tx, { product: productId, shelf, at })
    const layout = layoutOfWave(tx, wave.id)
    const after = replanWave(
      rows.map((row) => ({
        id: row.id,
        orderId: row.order_id,
        productId: row.product_id,
        shelf: row.location_id,
        quantity: row.quantity,
        // What is in a box was on the cart, whoever forgot to say so.
        picked: onCart.has(row.id) || isDone(row.state) ? row.quantity : row.picked,
      })),
      [...orders.values()].map((order) => ({
        id: order.id,
        due: order.ship_by,
        over: isDone(order.state),
      })),
      shortages,
      layout.stock,
    )
    const kept = new Map(after.picks.flatMap((pick) => (pick.id === null ? [] : [[pick.id, pick] as const])))
    for (const row of rows) {
      const pick = kept.get(row.id)
      if (pick === undefined) deletePick(tx, { id: row.id })
      else setPick(tx, { id: row.id, position: row.position, quantity: pick.quantity, picked: pick.picked })
    }
    for (const pick of after.picks) {
      if (pick.id !== null) continue
      insertPick(tx, {
        wave: wave.id,
        position: rows.length,
        location: pick.shelf,
        product: pick.productId,
        order: pick.orderId,
        quantity: pick.quantity,
      })
      const to = layout.shelves.get(pick.shelf ?? -1)?.code ?? ''
      tell('moved', to, rows.find((row) => row.product_id === pick.productId)?.sku ?? '')
    }
    const skuOf = new Map(rows.map((row) => [row.product_id, row.sku]))
    const left: ReplanAnswer['left'] = after.short.map(({ orderId, productId, missing: units }) => {
      const number = orders.get(orderId)?.number ?? orderId
      const sku = skuOf.get(productId) ?? ''
      holdShort(tx, { order: orderId, reason: `short: ${sku} × ${units}`, by: whoIs(caller) })
      tell('short', number, `${sku} × ${units}`)
      return { order: number, reason: { code: 'shortPick', params: { sku, missing: units } } }
    })
    const told = new Set(
      eventsOf(tx, { wave: wave.id }).flatMap(({ kind, about }) => (kind === 'left' ? [about] : [])),
    )
    for (const order of orders.values()) {
      const why = takenBack(order)
      if (why === null || told.has(order.number)) continue
      tell('left', order.number, why)
      left.push({ order: order.number, reason: { code: why } })
    }
    const { stops, revision } = rewalk(tx, wave.id, layout)
    tell('replanned', String(revision), '')
    return { revision, stops, moved: after.moved, left }
  })
  core.announce('waves', 'orders', 'packing')
  return ok(answer)
}

/**
 * After news from a shop: waves let go of the orders that were taken back, each with a list of the next number. What of
 * them is on the cart already stays there; the bench stops it.
 */
export function settleTakenBack(core: AreaContext, caller: Caller): void {
  for (const { id } of wavesToSettle(core.db, {})) {
    const wave = waveRowById(core.db, { id })
    if (wave !== undefined) replanRunning(core, caller, wave, { picked: 0, shorts: [] })
  }
}

/** An order that waits joins a wave that is not done, in its first free slot. */
export function joinRunning(
  core: AreaContext,
  caller: Caller,
  wave: StoredWave,
  { order: number, reason }: { readonly order: string; readonly reason: string },
): Result<{ revision: number; slot: number | null }> {
  if (wave.state === 'done') return fail('waveOver', 'This wave is done: there is nothing left to pick')
  const now = core.clock.now()
  const id = orderIdByNumber(core.db, { number })?.id
  const order = id === undefined ? null : orderToPlan(core.db, id, now)
  if (order === null)
    return fail('orderNotWaiting', `Order ${number} does not wait for a wave`, { order: number })
  const strategy = strategyOf(core.db, wave)
  const picks = picksOf(core.db, { wave: wave.id })
  const layout = layoutOf(
    core.db,
    strategy,
    [...picks.map((pick) => pick.product_id), ...order.lines.flatMap((line) => line.productId ?? [])],
    picks.flatMap((pick) => pick.location_id ?? []),
  )
  const [refused] = sortOrders([order], layout, strategy).leftOut
  if (refused !== undefined)
    return fail('orderNotPickable', `Order ${number} cannot be picked: ${refused.reason.code}`, {
      order: number,
      ...refused.reason.params,
    })
  const slots = slotsOf(core.db, { wave: wave.id })
  const taken = new Set(slots.map((one) => one.slot))
  const free = Array.from({ length: strategy.slots }, (_, at) => at + 1).find((slot) => !taken.has(slot))
  if (wave.kind === 'multi' && free === undefined)
    return fail('waveFull', `All ${strategy.slots} slots of this wave are taken`, { slots: strategy.slots })
  const slot = wave.kind === 'multi' ? (free ?? null) : null
  const revision = core.db.transaction((tx) => {
    insertWaveOrder(tx, {
      wave: wave.id,
      order: order.id,
      slot,
      position: nextPosition(tx, { wave: wave.id })?.position ?? slots.length,
    })
    for (const pick of takeFromShelves([order], layout, strategy, stockLeft(layout))) {
      insertPick(tx, {
        wave: wave.id,
        position: 1_000_000,
        location: pick.shelf,
        product: pick.productId,
        order: pick.orderId,
        quantity: pick.quantity,
      })
    }
    insertEvent(tx, { wave: wave.id, at: now, kind: 'joined', about: number, reason, who: whoIs(caller) })
    const walked = rewalk(tx, wave.id, layout)
    const due = earliestOf([wave.due_at, order.due])
    if (compareTimes(due, wave.due_at) !== 0) {
      const row = rowOf(tx, wave.id)
      reviseWave(tx, {
        wave: wave.id,
        distance: row?.distanceMm ?? null,
        seconds: row?.seconds ?? 0,
        due,
        revision: walked.revision,
      })
    }
    return walked.revision
  })
  core.announce('waves', 'orders', 'packing')
  return ok({ revision, slot })
}
