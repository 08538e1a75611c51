import { setImmediate } from 'node:timers/promises'
import type { WaveRow } from '#shared/contract/waves.ts'
import { type LeftOut, told } from '#shared/domain/waves/planning/order-to-plan.ts'
import type { PlannedWave } from '#shared/domain/waves/planning/walk-wave.ts'
import { fail, ok, type Result } from '#shared/support/result.ts'
import type { Writer } from '#electron/db/query.ts'
import type { AreaContext, CallContext } from '#electron/features/area.ts'
import { stillWaits, stockAndShelves } from './planning-repository.ts'
import { insertPick, insertWave, insertWaveOrder, lastWaveNumber } from './repository.ts'
import { layoutOfWave, rewalk } from './running.ts'
import { rowOf } from './wave-row.ts'

/** Waves that are written in one go: some milliseconds. */
const atATime = 4

/** Makes the waves of a plan real, some at a time. A cancel keeps those that are made; the other orders wait on. */
export async function releasePlan(
  core: AreaContext,
  call: CallContext,
  plan: string,
): Promise<Result<{ waves: WaveRow[]; leftOut: { order: string; reason: LeftOut['reason'] }[] }>> {
  const ids: string[] = []
  const leftOut: LeftOut[] = []
  for (let from = 0, total = 1; from < total && !call.signal.aborted; from += atATime) {
    const piece = await core.planDesk.waves(plan, from, atATime)
    if (piece === null) {
      if (from > 0) break
      return fail('planGone', 'This plan is gone; plan again')
    }
    total = piece.total
    leftOut.push(...piece.leftOut)
    core.db.transaction((tx) => {
      const free = piece.needStock ? freeFor(tx, piece.waves) : new Map<string, number>()
      for (const wave of piece.waves) {
        const made = releaseWave(tx, core, wave, piece.strategy, free)
        if (made.id !== null) ids.push(made.id)
        leftOut.push(...made.leftOut)
      }
    })
    call.progress('saving', Math.min(total, from + atATime), total)
    await setImmediate()
  }
  core.announce('waves', 'orders', 'packing')
  return ok({
    waves: ids.flatMap((id) => rowOf(core.db, id) ?? []),
    leftOut: leftOut.map(({ number, reason }) => ({ order: number, reason: told(reason) })),
  })
}

/** Units that were counted and that no list has, of everything that some waves take; by goods and shelf. */
function freeFor(tx: Writer, waves: readonly PlannedWave[]): Map<string, number> {
  const products = waves.flatMap(({ picks }) => picks.map(({ productId }) => productId))
  return new Map(
    stockAndShelves(tx, products, []).stock.map(({ productId, shelf, quantity }) => [
      `${productId} ${shelf}`,
      quantity,
    ]),
  )
}

/** Takes all of an order's picks, or none of them and says so. Goods that were never counted are there. */
function takeFrom(free: Map<string, number>, picks: PlannedWave['picks']): boolean {
  const key = ({ productId, shelf }: PlannedWave['picks'][number]) => `${productId} ${shelf ?? ''}`
  if (picks.some((pick) => (free.get(key(pick)) ?? Infinity) < pick.quantity)) return false
  for (const pick of picks) {
    const there = free.get(key(pick))
    if (there !== undefined) free.set(key(pick), there - pick.quantity)
  }
  return true
}

function releaseWave(
  tx: Writer,
  core: AreaContext,
  wave: PlannedWave,
  strategy: string,
  free: Map<string, number>,
): { id: string | null; leftOut: LeftOut[] } {
  const waiting = wave.orders.filter(({ id, revision }) => stillWaits(tx, { id, revision }) !== undefined)
  // Another plan may have taken the goods since, or somebody counted them.
  const stays = waiting.filter(({ id }) =>
    takeFrom(
      free,
      wave.picks.filter(({ orderId }) => orderId === id),
    ),
  )
  const leftOut = wave.orders
    .filter((order) => !stays.includes(order))
    .map((order) => ({
      id: order.id,
      number: order.number,
      reason: { code: waiting.includes(order) ? 'stockGone' : 'changedSince' },
    }))
  if (stays.length === 0) return { id: null, leftOut }
  const id = core.ids.next()
  const at = core.clock.now()
  insertWave(tx, {
    id,
    number: (lastWaveNumber(tx, {})?.number ?? 0) + 1,
    kind: wave.kind,
    theme: wave.theme,
    at,
    shipBy: wave.shipBy,
    due: wave.due,
    strategy,
    distance: wave.distanceMm,
    seconds: wave.seconds,
  })
  for (const [position, order] of stays.entries())
    insertWaveOrder(tx, { wave: id, order: order.id, slot: order.slot, position })
  const kept = new Set(stays.map((order) => order.id))
  for (const [position, pick] of wave.picks.filter(({ orderId }) => kept.has(orderId)).entries()) {
    insertPick(tx, {
      wave: id,
      position,
      location: pick.shelf,
      product: pick.productId,
      order: pick.orderId,
      quantity: pick.quantity,
      at,
    })
  }
  // Without some of its orders the wave walks another way.
  if (leftOut.length > 0) rewalk(tx, id, layoutOfWave(tx, id), 0)
  return { id, leftOut }
}
