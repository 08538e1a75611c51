import { compareTimes, earliestOf } from '#shared/domain/waves/due.ts'
import type { Ends } from '#shared/domain/waves/floor/plan.ts'
import { stockLeft, takeFromShelves } from '#shared/domain/waves/planning/choose-shelves.ts'
import { createLayout, type Layout } from '#shared/domain/waves/planning/layout.ts'
import { capacitiesOf, loadsOf, resources } from '#shared/domain/waves/planning/fill-carts.ts'
import type { LeftOut } from '#shared/domain/waves/planning/order-to-plan.ts'
import { sortOrders } from '#shared/domain/waves/planning/sort-orders.ts'
import { type PlannedPick, walkPicks, workOf } from '#shared/domain/waves/planning/walk-wave.ts'
import { replanWave, type Shortage } from '#shared/domain/waves/replan.ts'
import { plainStrategy, type Strategy } from '#shared/domain/waves/strategy.ts'
import { fail, ok, type Result } from '#shared/support/result.ts'
import type { Reader, Writer } from '#electron/db/query.ts'
import type { AreaContext, Caller } from '#electron/features/area.ts'
import { planNow } from './floor.ts'
import { orderAsIs, orderToPlan, stockAndShelves } from './planning-repository.ts'
import {
  boxOf,
  deletePick,
  emptyShelf,
  eventsOf,
  holdShort,
  insertEvent,
  insertPick,
  insertWaveOrder,
  leaveWave,
  nextPosition,
  orderIdsByNumber,
  picksOf,
  reviseWave,
  setPick,
  slotsOf,
  waveOfOrder,
  waveRowById,
  wavesToSettle,
  wavesWithLeft,
} from './repository.ts'
import { strategyNamed } from './strategies.ts'
import { type ListLine, linesOf, takenBack } from './wave-list.ts'
import { walkList } from './walk-map.ts'
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

/** The numbers of the lines of a list, as on its map; null where a line has no place on the floor. */
export function numbersOf(
  db: Reader,
  wave: string,
  open: readonly ListLine[],
): ReadonlyMap<ListLine, number | null> {
  const { plan } = planNow(db)
  const walk =
    plan === null
      ? null
      : walkList(
          plan,
          layoutOfWave(db, wave),
          open.map(({ shelf, location }) => ({ shelf, location, done: false })),
        )
  return new Map(open.map((line, at) => [line, walk?.numbers[at] ?? null]))
}

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
  const open = picks.filter(
    (pick) => pick.picked < pick.quantity && takenBack(pick) === null && !isDone(pick.state),
  )
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
  // What is in a box was on the cart, whoever forgot to say so.
  for (const [position, { id, quantity, picked, state }] of rest.entries())
    setPick(tx, { id, position, quantity, picked: isDone(state) ? quantity : picked })
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

const isDone = (state: string): boolean => state === 'packed' || state === 'handedOver'

/** Before a list is printed once more: what was packed since is on no list, and the list has the next number. */
export function freshList(core: AreaContext, wave: string): void {
  core.db.transaction((tx) => {
    const stale = picksOf(tx, { wave }).some((pick) => isDone(pick.state) && pick.picked < pick.quantity)
    if (stale) rewalk(tx, wave)
  })
}

export interface ReplanWish {
  /** Places of the list that is out which are on the cart, by their number on it (without a floor: lines). */
  readonly picked: number
  /** The number of that list. */
  readonly revision?: number | undefined
  /** Lines that are on the cart, whichever list they were on. */
  readonly lines: readonly { readonly location: string | null; readonly sku: string }[]
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
  { picked, revision: list, lines, shorts }: ReplanWish,
): Result<ReplanAnswer> {
  if (wave.state === 'done') return fail('waveOver', 'This wave is done: there is nothing left to pick')
  // Counted on another list, the same number means other goods.
  if (picked > 0 && list === undefined)
    return fail('listNumberNeeded', 'Say which list the stops are counted on', { list: wave.revision })
  if (list !== undefined && list !== wave.revision)
    return fail('listOld', `List ${list} is no longer out, list ${wave.revision} is`, {
      list,
      now: wave.revision,
    })
  const open = linesOf(core.db, wave.id).filter((line) => !line.picked)
  const numbers = numbersOf(core.db, wave.id, open)
  const places = Math.max(0, ...open.map((line, at) => numbers.get(line) ?? at + 1))
  if (picked > places) return fail('waveFewerStops', `The list has ${places} stops left`, { stops: places })
  const isOnCart = (line: ListLine, at: number) =>
    (numbers.get(line) ?? at + 1) <= picked ||
    lines.some(({ location, sku }) => location === line.location && sku === line.sku)
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
        .filter(isOnCart)
        .filter((line) => !missing.some((one) => one.line === line))
        .flatMap((line) => line.picks),
    )
    // What was taken back stays in the wave, so that the bench stops it, and off the list until it is wanted again.
    const all = picksOf(tx, { wave: wave.id })
    const rows = all.filter((row) => takenBack(row) === null)
    const orders = new Map(slotsOf(tx, { wave: wave.id }).map((order) => [order.id, order]))
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
        at,
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
    const told = goneFrom(tx, wave.id)
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
    if (wave !== undefined) replanRunning(core, caller, wave, { picked: 0, lines: [], shorts: [] })
  }
  for (const { id } of wavesWithLeft(core.db, {})) {
    const gone = goneFrom(core.db, id)
    for (const order of slotsOf(core.db, { wave: id }))
      if (gone.has(order.number) && takenBack(order) === null) wantedAgain(core, caller, order.id)
  }
}

/** Numbers of the orders that left a wave and did not come back. */
function goneFrom(db: Reader, wave: string): ReadonlySet<string> {
  const gone = new Set<string>()
  for (const { kind, about } of eventsOf(db, { wave })) {
    if (kind === 'left') gone.add(about)
    else if (kind === 'joined') gone.delete(about)
  }
  return gone
}

/**
 * An order of a wave that was held or taken back is wanted again: what nobody picks for it any more is put back on the
 * list, which gets the next number. Where its wave is done it waits for another one.
 */
export function wantedAgain(core: AreaContext, caller: Caller, id: string): void {
  const now = core.clock.now()
  const of = waveOfOrder(core.db, { order: id })?.wave_id
  const wave = of === undefined ? undefined : waveRowById(core.db, { id: of })
  const order = orderAsIs(core.db, id, now)
  if (wave === undefined || order === null || boxOf(core.db, { order: id }) !== undefined) return
  core.db.transaction((tx) => {
    if (wave.state === 'done') return leaveWave(tx, id)
    const picks = picksOf(tx, { wave: wave.id })
    const own = picks.filter((pick) => pick.order_id === id)
    const missing = order.lines.flatMap((line) => {
      const there = own.reduce(
        (sum, pick) => sum + (pick.product_id === line.productId ? pick.quantity : 0),
        0,
      )
      return line.quantity > there ? [{ ...line, quantity: line.quantity - there }] : []
    })
    const strategy = strategyOf(tx, wave)
    const layout = layoutOf(
      tx,
      strategy,
      [...picks.map((pick) => pick.product_id), ...missing.flatMap((line) => line.productId ?? [])],
      picks.flatMap((pick) => pick.location_id ?? []),
    )
    for (const pick of takeFromShelves([{ ...order, lines: missing }], layout, strategy, stockLeft(layout)))
      addPick(tx, wave.id, pick, now)
    if (missing.length === 0 && !goneFrom(tx, wave.id).has(order.number)) return
    insertEvent(tx, {
      wave: wave.id,
      at: now,
      kind: 'joined',
      about: order.number,
      reason: '',
      who: whoIs(caller),
    })
    rewalk(tx, wave.id)
  })
  core.announce('waves', 'orders', 'packing')
}

/** At the end of the list; a walk over it puts it in its place. */
const addPick = (tx: Writer, wave: string, pick: PlannedPick, at: string): void =>
  insertPick(tx, {
    wave,
    position: 1_000_000,
    location: pick.shelf,
    product: pick.productId,
    order: pick.orderId,
    quantity: pick.quantity,
    at,
  })

/** An order that waits joins a wave that is not done, in its first free slot. */
export function joinRunning(
  core: AreaContext,
  caller: Caller,
  wave: StoredWave,
  { order: number, reason }: { readonly order: string; readonly reason: string },
): Result<{ revision: number; slot: number | null }> {
  if (wave.state === 'done') return fail('waveOver', 'This wave is done: there is nothing left to pick')
  const now = core.clock.now()
  // Two shops may have the same number: the order that waits is meant.
  const order = orderIdsByNumber(core.db, { number }).flatMap(
    ({ id }) => orderToPlan(core.db, id, now) ?? [],
  )[0]
  if (order === undefined)
    return fail('orderNotWaiting', `Order ${number} does not wait for a wave`, { order: number })
  const strategy = strategyOf(core.db, wave)
  const goods = new Set(order.lines.map(({ sku }) => sku)).size
  if (wave.kind === 'single' && wave.theme === '' && goods > 1)
    return fail('orderNotSingle', `Order ${number} has ${goods} goods; this wave takes orders of one`, {
      order: number,
    })
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
  const full = slots
    .flatMap((one) => orderAsIs(core.db, one.id, now) ?? [])
    .map(loadsOf)
    .reduce((sum, loads) => sum.map((load, at) => load + (loads[at] ?? 0)), loadsOf(order))
  const over = capacitiesOf(strategy, wave.kind).findIndex((capacity, at) => (full[at] ?? 0) > capacity)
  if (over > 0)
    return fail('cartFull', `The cart takes no more of ${resources[over] ?? ''}`, {
      of: resources[over] ?? '',
    })
  const revision = core.db.transaction((tx) => {
    insertWaveOrder(tx, {
      wave: wave.id,
      order: order.id,
      slot,
      position: nextPosition(tx, { wave: wave.id })?.position ?? slots.length,
    })
    for (const pick of takeFromShelves([order], layout, strategy, stockLeft(layout)))
      addPick(tx, wave.id, pick, now)
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
