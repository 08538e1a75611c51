import type { Strategy } from '#shared/domain/waves/strategy.ts'
import { fillInTurn } from './fill-carts.ts'
import type { OrderToPlan } from './order-to-plan.ts'
import { scheduleWaves } from './schedule.ts'
import type { OrderGroup } from './sort-orders.ts'
import type { PlannedWave } from './walk-wave.ts'

export interface Batched {
  readonly group: OrderGroup
  readonly batches: readonly (readonly OrderToPlan[])[]
}

/** Deadlines that are tried: each is a whole walk over all waves. */
const mostTried = 6

/**
 * Carts that carry an order which is due soon together with others that are not may be too late for it only because
 * they are long. Takes what is due until a deadline into carts of its own, the earliest deadline first, and keeps it
 * where fewer minutes are late; a longer way is the price of a parcel that leaves in time. `walk` walks all batches;
 * `now` is ISO-8601 UTC.
 */
export function rescueLate(
  batched: readonly Batched[],
  walk: (batched: readonly Batched[]) => PlannedWave[],
  strategy: Strategy,
  now: string,
): PlannedWave[] {
  const timed = (waves: PlannedWave[]) => ({ waves, ...scheduleWaves(waves, strategy.pickers, now) })
  let batches = batched
  let best = timed(walk(batches))
  const tried = new Set<string>()
  while (best.lateMinutes > 0 && tried.size < mostTried) {
    const dues = best.waves.flatMap(({ orders }, at) =>
      best.late[at] === 0 ? [] : orders.flatMap(({ due }) => due ?? []),
    )
    const [due] = dues.filter((one) => !tried.has(one)).sort()
    if (due === undefined) break
    tried.add(due)
    const apart = batches.map((one) => takeApart(one, due, strategy))
    if (apart.every((one, at) => one === batches[at])) continue
    const other = timed(walk(apart))
    if (other.lateMinutes >= best.lateMinutes) continue
    batches = apart
    best = other
  }
  return best.waves
}

/** The same batches where none of them is mixed: some orders due until `due`, some not. */
function takeApart(batched: Batched, due: string, strategy: Strategy): Batched {
  const isUrgent = (order: OrderToPlan) => order.due !== null && order.due <= due
  const isMixed = (batch: readonly OrderToPlan[]) => batch.some(isUrgent) && !batch.every(isUrgent)
  const mixed = batched.batches.filter(isMixed)
  if (mixed.length === 0) return batched
  const urgent = mixed.flatMap((batch) => batch.filter(isUrgent))
  return {
    ...batched,
    batches: [
      ...batched.batches.filter((batch) => !isMixed(batch)),
      ...mixed.map((batch) => batch.filter((order) => !isUrgent(order))),
      ...fillInTurn({ ...batched.group, orders: urgent }, strategy),
    ],
  }
}
