import { compareTimes } from '#shared/domain/waves/due.ts'
import { stockLeft } from '#shared/domain/waves/planning/choose-shelves.ts'
import { fillInTurn } from '#shared/domain/waves/planning/fill-carts.ts'
import type { Layout } from '#shared/domain/waves/planning/layout.ts'
import type { LeftOut, OrderToPlan } from '#shared/domain/waves/planning/order-to-plan.ts'
import type { Batched } from '#shared/domain/waves/planning/rescue-late.ts'
import { byUrgency, type OrderGroup, sortOrders } from '#shared/domain/waves/planning/sort-orders.ts'
import { type PlannedWave, walkWave } from '#shared/domain/waves/planning/walk-wave.ts'
import type { Strategy } from '#shared/domain/waves/strategy.ts'

export interface WavePlan {
  /** What must leave first comes first. */
  readonly waves: readonly PlannedWave[]
  readonly leftOut: readonly LeftOut[]
}

/** Which orders of a group go together; each order once. */
export type Batch = (group: OrderGroup) => readonly (readonly OrderToPlan[])[]

/**
 * Plans waves. Pure and deterministic: the same orders give the same waves, whatever order they come in. Every order
 * is planned once or left out with its reason. `batch` decides who travels together; by default carts are filled in turn.
 */
export function planWaves(
  orders: readonly OrderToPlan[],
  layout: Layout,
  strategy: Strategy,
  batch: Batch = (group) => fillInTurn(group, strategy),
): WavePlan {
  const { groups, leftOut } = sortOrders(orders, layout, strategy)
  return {
    waves: walkBatches(
      groups.map((group) => ({ group, batches: batch(group) })),
      layout,
      strategy,
    ),
    leftOut,
  }
}

/** Walks the batches of all groups, the most urgent first, so that they get the shelves that are least out of the way. */
export function walkBatches(batched: readonly Batched[], layout: Layout, strategy: Strategy): PlannedWave[] {
  const left = stockLeft(layout)
  return batched
    .flatMap(({ group, batches }) => batches.map((own) => ({ group, orders: [...own].sort(byUrgency) })))
    .filter(({ orders }) => orders.length > 0)
    .sort((a, b) => byFirst(a.orders, b.orders))
    .map(({ group, orders }) => walkWave(group, orders, layout, strategy, left))
    .sort((a, b) => compareTimes(a.due, b.due))
}

function byFirst(a: readonly OrderToPlan[], b: readonly OrderToPlan[]): number {
  const [first] = a
  const [second] = b
  return first === undefined || second === undefined ? 0 : byUrgency(first, second)
}
