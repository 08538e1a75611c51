import type { PlanSummary } from '#shared/contract/waves.ts'
import type { FloorPlan } from '#shared/domain/waves/floor/plan.ts'
import type { BatchingProblem } from '#shared/domain/waves/batching/problem.ts'
import type { Depot, Floor, Passage } from '#shared/domain/waves/routing/floor.ts'
import { capacitiesOf, fillInTurn, loadsOf, withBuyers } from '#shared/domain/waves/planning/fill-carts.ts'
import { createLayout, type Layout, mainShelf } from '#shared/domain/waves/planning/layout.ts'
import {
  type LeftOut,
  needsOf,
  type OrderToPlan,
  unitsOf,
  told,
} from '#shared/domain/waves/planning/order-to-plan.ts'
import { type Batched, rescueLate } from '#shared/domain/waves/planning/rescue-late.ts'
import { scheduleWaves } from '#shared/domain/waves/planning/schedule.ts'
import { type OrderGroup, sortOrders } from '#shared/domain/waves/planning/sort-orders.ts'
import type { PlannedWave } from '#shared/domain/waves/planning/walk-wave.ts'
import { walkBatches } from '#shared/domain/waves/plan-waves.ts'
import type { NamedStrategy, Strategy } from '#shared/domain/waves/strategy.ts'
import { ok, type Result } from '#shared/support/result.ts'
import type { Reader } from '#electron/db/query.ts'
import type { BatchPlanner } from '#electron/ports/batch-planner.ts'
import type { PlanDesk, PlanHooks } from '#electron/ports/plan-desk.ts'
import { planNow } from './floor.ts'
import { allShelves, freeStock, ordersToPlan } from './planning-repository.ts'
import { mapOf } from './walk-map.ts'

interface Kept {
  readonly strategy: string
  readonly needStock: boolean
  readonly waves: readonly PlannedWave[]
  readonly leftOut: readonly LeftOut[]
  readonly plan: FloorPlan | null
  readonly layout: Layout
}

/** Plans that are kept: a few comparisons back. */
const mostKept = 24
/** Orders left out that one answer names; all are counted. */
const mostNamed = 200
/** Orders that are searched through together: pairs of them are what takes time. */
const together = 1_000
/** With more orders than this in all, fewer are searched through together. */
const many = 2_000
const togetherOfMany = 150
/** A search of a few orders is over sooner than a supervisor would wait. */
const secondsPerOrder = 0.02

/** Runs on any thread: it only reads the database. */
export function createPlanDesk(db: Reader, batches: BatchPlanner): PlanDesk {
  const kept = new Map<string, Kept>()
  return {
    async compare({ now, shop, before, strategies }, hooks) {
      const orders = ordersToPlan(db, { shop, before }, now)
      const { plan } = planNow(db)
      const shelves = allShelves(db, {})
      const stock = freeStock(db)
      const summaries: PlanSummary[] = []
      for (const [index, named] of strategies.entries()) {
        const layout = createLayout(plan, shelves, stock, named.strategy)
        const share = (done: number) =>
          hooks.progress(Math.round((1000 * (index + done)) / strategies.length), 1000)
        const made = await planWith(orders, layout, named.strategy, now, {
          batches,
          signal: hooks.signal,
          share,
        })
        if (!made.ok) return made
        const { needStock } = named.strategy
        const draft = { ...made.value, strategy: named.name, needStock, plan, layout }
        kept.set(named.plan, draft)
        summaries.push(summaryOf(named, draft, now, hooks.signal.aborted))
      }
      while (kept.size > mostKept) kept.delete(kept.keys().next().value ?? '')
      return ok(summaries)
    },

    draftMap: (id, index) => {
      const draft = kept.get(id)
      const wave = draft?.waves[index]
      if (draft === undefined || wave === undefined || draft.plan === null) return Promise.resolve(null)
      const lines = wave.picks.map(({ shelf }) => ({
        shelf,
        location: shelf === null ? null : (draft.layout.shelves.get(shelf)?.code ?? null),
        done: false,
      }))
      return Promise.resolve(mapOf(draft.plan, draft.layout, lines))
    },

    waves: (id, from, count) => {
      const draft = kept.get(id)
      if (draft === undefined) return Promise.resolve(null)
      const { strategy, needStock, waves, leftOut } = draft
      return Promise.resolve({
        strategy,
        needStock,
        waves: waves.slice(from, from + count),
        total: waves.length,
        leftOut: from === 0 ? leftOut : [],
      })
    },

    close: async () => batches.close(),
  }
}

interface Search {
  readonly batches: BatchPlanner
  readonly signal: PlanHooks['signal']
  /** 0..1 of this strategy. */
  readonly share: (done: number) => void
}

async function planWith(
  orders: readonly OrderToPlan[],
  layout: Layout,
  strategy: Strategy,
  now: string,
  search: Search,
): Promise<Result<{ waves: PlannedWave[]; leftOut: readonly LeftOut[] }>> {
  const { groups, leftOut } = sortOrders(orders, layout, strategy)
  const pieces = groups.flatMap((group) => piecesOf(group, layout, strategy))
  const searched = pieces.filter(({ search: wanted }) => wanted)
  const all = searched.reduce((sum, { group }) => sum + group.orders.length, 0)
  const batched: Batched[] = []
  let before = 0
  for (const { group, search: wanted } of pieces) {
    if (!wanted) {
      batched.push({ group, batches: fillInTurn(group, strategy) })
      continue
    }
    const part = group.orders.length / all
    const found = await search.batches.plan(problemOf(group, layout, strategy, now), {
      seconds: Math.min(strategy.seconds * part, secondsPerOrder * group.orders.length),
      signal: search.signal,
      progress: ({ share }) => search.share(before + part * share),
    })
    // Stops that lie on no common walk cannot be searched through; carts are filled in turn then.
    if (!found.ok && found.error.code === 'batching.stop') {
      batched.push({ group, batches: fillInTurn(group, strategy) })
      continue
    }
    if (!found.ok) return found
    before += part
    search.share(before)
    const byId = new Map(group.orders.map((order) => [order.id, order]))
    batched.push({
      group,
      batches: found.value.batches.map((batch) => batch.orders.flatMap((id) => byId.get(id) ?? [])),
    })
  }
  const walk = (all: readonly Batched[]) => walkBatches(all, layout, strategy)
  // Carts filled in turn are what others are compared with: they stay as they are.
  const waves = strategy.batching === 'shortest' ? rescueLate(batched, walk, strategy, now) : walk(batched)
  return ok({ waves, leftOut })
}

/** What is searched through together, or cut off in turn where a search could change nothing. */
function piecesOf(
  group: OrderGroup,
  layout: Layout,
  strategy: Strategy,
): { group: OrderGroup; search: boolean }[] {
  const search =
    group.kind === 'multi' &&
    strategy.batching === 'shortest' &&
    layout.walkable !== null &&
    fillInTurn(group, strategy).length > 1
  const size = group.orders.length > many ? togetherOfMany : together
  if (!search || group.orders.length <= size) return [{ group, search }]
  const pieces: OrderToPlan[][] = [[]]
  for (const run of withBuyers({ ...group, orders: nearTogether(group.orders, layout) }, strategy)) {
    const piece = pieces.at(-1)
    if (piece === undefined || piece.length + run.length > size) pieces.push([...run])
    else piece.push(...run)
  }
  return pieces
    .filter((orders) => orders.length > 0)
    .map((orders) => ({ group: { ...group, orders }, search }))
}

/** Orders that are due at the same time, by where on the floor they lie: neighbours go into one search. */
function nearTogether(orders: readonly OrderToPlan[], layout: Layout): OrderToPlan[] {
  const keys = new Map(
    orders.map((order) => {
      const aisles = stopsOf(order, layout).map(({ aisle }) => aisle)
      return [
        order.id,
        {
          due: order.due ?? '9',
          last: Math.max(0, ...aisles),
          first: Math.min(...aisles),
        },
      ]
    }),
  )
  return [...orders].sort((a, b) => {
    const one = keys.get(a.id)
    const other = keys.get(b.id)
    if (one === undefined || other === undefined) return 0
    if (one.due !== other.due) return one.due < other.due ? -1 : 1
    return one.last - other.last || one.first - other.first
  })
}

const stopsOf = (order: OrderToPlan, layout: Layout) =>
  needsOf(order).flatMap(({ productId }) => mainShelf(layout, productId)?.stop ?? [])

/** Millimetres and seconds of ours are metres and minutes of the search. */
function problemOf(group: OrderGroup, layout: Layout, strategy: Strategy, now: string): BatchingProblem {
  const { walkable } = layout
  if (walkable === null) throw new Error('a search needs a floor')
  const start = Date.parse(now)
  const onOneCart = buyersThatFit(group, strategy)
  return {
    floor: inMetres(walkable.floor),
    depots: { start: depotInMetres(walkable.depots.start), drop: depotInMetres(walkable.depots.drop) },
    capacities: capacitiesOf(strategy, group.kind),
    pace: {
      pickers: strategy.pickers,
      metresPerMinute: (strategy.speedMmPerS * 60) / 1000,
      minutesPerStop: strategy.secondsPerStop / 60,
      minutesPerUnit: strategy.secondsPerUnit / 60,
      minutesPerBatch: strategy.secondsPerWave / 60,
    },
    orders: group.orders.map((order) => ({
      id: order.id,
      stops: stopsOf(order, layout).map(({ aisle, block, offset }) => ({
        aisle,
        block,
        offset: offset / 1000,
      })),
      loads: loadsOf(order),
      units: unitsOf(order),
      due: order.due === null ? Infinity : (Date.parse(order.due) - start) / 60_000,
      ...(onOneCart.has(order.buyer) && { group: order.buyer }),
    })),
  }
}

/** Buyers with several orders that one cart can take. */
function buyersThatFit(group: OrderGroup, strategy: Strategy): ReadonlySet<string> {
  if (!strategy.buyersTogether) return new Set()
  const capacities = capacitiesOf(strategy, group.kind)
  const loads = new Map<string, number[]>()
  for (const order of group.orders) {
    if (order.buyer === '') continue
    const before = loads.get(order.buyer)
    loads.set(
      order.buyer,
      loadsOf(order).map((load, at) => load + (before?.[at] ?? 0)),
    )
  }
  const fits = (all: readonly number[]) => all.every((load, at) => load <= (capacities[at] ?? 0))
  return new Set([...loads].flatMap(([buyer, all]) => (fits(all) ? [buyer] : [])))
}

const shorter = (passage: Passage): Passage =>
  passage === null ? null : { ...passage, length: passage.length / 1000 }
const inMetres = ({ aisles, crossAisles }: Floor): Floor => ({
  aisles: aisles.map((passages) => passages.map(shorter)),
  crossAisles: crossAisles.map((passages) => passages.map(shorter)),
})
const depotInMetres = (depot: Depot): Depot => ({ ...depot, access: depot.access / 1000 })

function summaryOf(
  { name, plan, strategy }: NamedStrategy & { readonly plan: string },
  { waves, leftOut, layout }: Kept,
  now: string,
  cut: boolean,
): PlanSummary {
  const schedule = scheduleWaves(waves, strategy.pickers, now)
  const sum = (of: (wave: PlannedWave) => number) => waves.reduce((total, wave) => total + of(wave), 0)
  return {
    plan,
    strategy: name,
    walkedBy: layout.walkable === null ? 'codes' : 'floor',
    orders: sum(({ orders }) => orders.length),
    units: sum(({ units }) => units),
    stops: sum(({ stops }) => stops),
    distanceMm:
      layout.walkable === null || waves.some(({ distanceMm }) => distanceMm === null)
        ? null
        : sum(({ distanceMm }) => distanceMm ?? 0),
    workSeconds: sum(({ seconds }) => seconds),
    doneSeconds: Math.max(0, ...schedule.doneSeconds),
    late: schedule.late.reduce((total, one) => total + one, 0),
    lateMinutes: schedule.lateMinutes,
    cut,
    waves: waves.map((wave, index) => ({
      kind: wave.kind,
      theme: wave.theme,
      orders: wave.orders.length,
      units: wave.units,
      stops: wave.stops,
      distanceMm: wave.distanceMm,
      seconds: wave.seconds,
      shipBy: wave.shipBy,
      dueAt: wave.due,
      late: schedule.late[index] ?? 0,
    })),
    leftOut: leftOut
      .slice(0, mostNamed)
      .map(({ number, reason }) => ({ order: number, reason: told(reason) })),
    leftOutCount: leftOut.length,
  }
}
