import { sql } from 'kysely'
import { checkPlan, checkShelves, type Finding } from '#shared/domain/waves/floor/check.ts'
import { derivePlan } from '#shared/domain/waves/floor/derive.ts'
import { type FloorPlan, inOrder } from '#shared/domain/waves/floor/plan.ts'
import { floorPlan } from '#shared/contract/floor.ts'
import { first, many, type Reader, type Writer, write } from '#electron/db/query.ts'
import type { AreaContext } from '#electron/features/area.ts'
import { allShelves } from './planning-repository.ts'

const drawn = first((db) => db.selectFrom('floor_plan').select(['plan', 'at', 'who']))
const putPlan = write((db, p: { plan: string; at: string; who: string }) =>
  db
    .insertInto('floor_plan')
    .values({ id: 1, plan: p.plan, at: p.at, who: p.who })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ plan: p.plan, at: p.at, who: p.who })),
)
const deletePlan = write((db) => db.deleteFrom('floor_plan'))

const spans = many((db) =>
  db
    .selectFrom('location')
    .select(['zone', 'aisle', sql<number>`min(x_mm)`.as('fromXMm'), sql<number>`max(x_mm)`.as('toXMm')])
    .where('x_mm', 'is not', null)
    .where('aisle', '<>', '')
    .groupBy(['zone', 'aisle']),
)
const places = many((db) =>
  db
    .selectFrom('location')
    .select(sql<number>`y_mm`.as('y'))
    .distinct()
    .where('y_mm', 'is not', null)
    .where('aisle', '<>', ''),
)
/** Changes with whatever the guess is made from. */
const fingerprint = first((db) =>
  db
    .selectFrom('location')
    .select([
      sql<number>`count(*)`.as('shelves'),
      sql<number>`max(id)`.as('last'),
      sql<number>`total(x_mm * (id % 97 + 1))`.as('x'),
      sql<number>`total(y_mm * (id % 89 + 1))`.as('y'),
      sql<number>`total(length(zone) + 31 * length(aisle) + unicode(aisle) * (id % 83 + 1))`.as('names'),
    ]),
)
const goodsOnShelves = many((db) =>
  db
    .selectFrom('product')
    .leftJoin('stock', 'stock.product_id', 'product.id')
    .select(['product.sku', 'stock.location_id'])
    .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM kit WHERE kit.sku = product.sku)`)
    .where('stock.location_id', 'is', null)
    .limit(5_000),
)

export interface PlanNow {
  readonly plan: FloorPlan | null
  readonly source: 'drawn' | 'guessed' | 'none'
  readonly at: string | null
  readonly who: string
}

/** The floor as it was drawn, else as the shelves' coordinates suggest. */
export function planNow(db: Reader): PlanNow {
  const row = drawn(db, {})
  if (row !== undefined)
    return { plan: floorPlan.parse(JSON.parse(row.plan)), source: 'drawn', at: row.at, who: row.who }
  const guess = guessPlan(db)
  return { plan: guess, source: guess === null ? 'none' : 'guessed', at: null, who: '' }
}

let guessed: { readonly from: string; readonly plan: FloorPlan | null } | null = null

/** The guess takes a look at every shelf; it is made anew only when one of them changed. */
function guessPlan(db: Reader): FloorPlan | null {
  const from = JSON.stringify(fingerprint(db, {}))
  if (guessed?.from !== from) {
    guessed = {
      from,
      plan: derivePlan(
        spans(db, {}),
        places(db, {}).map(({ y }) => y),
      ),
    }
  }
  return guessed.plan
}

export function savePlan(tx: Writer, plan: FloorPlan, at: string, who: string): void {
  putPlan(tx, { plan: JSON.stringify(inOrder(plan)), at, who })
}

/** Saves a plan that came in a file; one that cannot be walked is told with its first fault. */
export function saveFloorPlan(
  tx: Writer,
  { clock }: Pick<AreaContext, 'clock'>,
  plan: FloorPlan,
):
  | { readonly ok: true; readonly value: 'created' | 'updated' | 'unchanged' }
  | { readonly ok: false; readonly fault: string; readonly about: string } {
  const [fault] = checkPlan(plan)
  if (fault !== undefined) return { ok: false, fault: fault.code, about: fault.about.join(', ') }
  const before = drawn(tx, {})?.plan
  if (before === JSON.stringify(inOrder(plan))) return { ok: true, value: 'unchanged' }
  savePlan(tx, plan, clock.now(), 'import')
  return { ok: true, value: before === undefined ? 'created' : 'updated' }
}
export const dropPlan = (tx: Writer): void => void deletePlan(tx, {})

/** Everything to know of a plan and of the shelves and goods on it. */
export function findingsOf(db: Reader, plan: FloorPlan | null): Finding[] {
  if (plan === null) return [{ severity: 'warning', code: 'noCoordinates', about: [], count: 0 }]
  const faults = checkPlan(inOrder(plan))
  if (faults.length > 0) return faults
  const goods = goodsOnShelves(db, {}).map(({ sku }) => ({ sku, shelves: [] }))
  return checkShelves(inOrder(plan), allShelves(db, {}), goods)
}
