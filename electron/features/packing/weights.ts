import { sql } from 'kysely'
import type { Followed, Oddity } from '#shared/domain/packing/follow-scale.ts'
import type {
  NotWeighed,
  OrderFacts,
  Stopped,
  Weighed,
  WeightFacts,
  Weighing,
} from '#shared/domain/packing/situation.ts'
import type { KnownWeight, KnownWeights } from '#shared/domain/packing/weight.ts'
import type { ReleaseReason } from '#shared/domain/packing/codes.ts'
import { first, many, type Reader, type Writer, writeOne } from '#electron/db/query.ts'
import type { ScaleNow } from '#shared/domain/packing/follow-scale.ts'

// What the scales taught and saw.

const weightsInOrder = many((db, p: { order: string }) =>
  db
    .selectFrom('order_line')
    .innerJoin('product', 'product.sku', 'order_line.sku')
    .leftJoin('sku_weight', 'sku_weight.product_id', 'product.id')
    .select([
      'product.sku',
      'product.weight_g',
      'sku_weight.samples',
      'sku_weight.mean_g',
      'sku_weight.m2',
      'sku_weight.wrong_g',
    ])
    .where('order_line.order_id', '=', p.order),
)

export const knownWeights = (db: Reader, order: string): KnownWeights =>
  new Map(weightsInOrder(db, { order }).map((row): [string, KnownWeight] => [row.sku, knownWeight(row)]))

/** A product's row beside what its scales taught, which may be nothing. */
export const knownWeight = (row: {
  readonly weight_g: number | null
  readonly samples: number | null
  readonly mean_g: number | null
  readonly m2: number | null
  readonly wrong_g: number | null
}): KnownWeight => ({
  catalogueG: row.wrong_g !== null && row.wrong_g === row.weight_g ? null : row.weight_g,
  samples: row.samples ?? 0,
  meanG: row.mean_g ?? 0,
  m2: row.m2 ?? 0,
})

const parcelWeight = first((db, p: { parcel: string }) =>
  db
    .selectFrom('parcel_weight')
    .select(['base_g', 'followed', 'verdict', 'net_g', 'expected_g', 'band_g', 'reason', 'released_by'])
    .where('parcel_id', '=', p.parcel),
)

export function weighingOf(db: Reader, parcel: string): Weighing | null {
  const row = parcelWeight(db, { parcel })
  if (row === undefined) return null
  return {
    baseG: row.base_g,
    followed: JSON.parse(row.followed) as Followed,
    result: weighed(row),
    stopped: stoppedAt(row),
  }
}

/** What was weighed without a verdict stopped the box; what a supervisor released was stopped too. */
function stoppedAt(row: NonNullable<ReturnType<typeof parcelWeight>>): Stopped | null {
  const { verdict, net_g: gotG, expected_g: grams, band_g: band } = row
  if ((verdict !== null && verdict !== 'released') || gotG === null || grams === null || band === null)
    return null
  return { gotG, expected: { grams, band } }
}

function weighed(row: NonNullable<ReturnType<typeof parcelWeight>>): Weighed | null {
  const expectedG = row.expected_g ?? 0
  const bandG = row.band_g ?? 0
  switch (row.verdict) {
    case null:
      return null
    case 'ok':
      return { verdict: 'ok', netG: row.net_g ?? 0, expectedG, bandG }
    case 'released': {
      const reason = row.reason as ReleaseReason
      return { verdict: 'released', netG: row.net_g, expectedG, bandG, reason, by: row.released_by ?? '' }
    }
    case 'unknown':
      return { verdict: 'unknown', netG: row.net_g }
    case 'notWeighed':
      return { verdict: 'notWeighed', why: row.reason as NotWeighed }
  }
}

/**
 * What a decision may know of weight; `order` is the one on the bench, or that which the scan opens. Null where the bench
 * does not weigh, unless the box was stopped for its weight: no setting and no other bench lets that one go.
 */
export function weightFacts(
  db: Reader,
  scale: ScaleNow,
  order: OrderFacts | null,
  weighs: boolean,
): WeightFacts | null {
  const parcel = order?.parcel ?? null
  const weighing = parcel === null ? null : weighingOf(db, parcel.id)
  if (!weighs && (weighing?.stopped ?? null) === null) return null
  return { scale, known: order === null ? new Map() : knownWeights(db, order.id), weighing }
}

const saveParcelWeight = writeOne(
  (
    db,
    p: {
      parcel: string
      base: number | null
      followed: string
      verdict: Weighed['verdict'] | null
      net: number | null
      expected: number | null
      band: number | null
      reason: string | null
      by: string | null
      at: string
    },
  ) => {
    const values = {
      base_g: p.base,
      followed: p.followed,
      verdict: p.verdict,
      net_g: p.net,
      expected_g: p.expected,
      band_g: p.band,
      reason: p.reason,
      released_by: p.by,
      at: p.at,
    }
    return db
      .insertInto('parcel_weight')
      .values({ parcel_id: p.parcel, ...values })
      .onConflict((conflict) => conflict.column('parcel_id').doUpdateSet(values))
  },
)

export function saveWeighing(
  tx: Writer,
  parcel: string,
  { baseG, followed, result, stopped }: Weighing,
  at: string,
): void {
  const banded = result?.verdict === 'ok' || result?.verdict === 'released' ? result : null
  const waits = result === null ? stopped : null
  saveParcelWeight(tx, {
    parcel,
    base: baseG,
    followed: JSON.stringify(followed),
    verdict: result?.verdict ?? null,
    net: result === null ? (stopped?.gotG ?? null) : result.verdict === 'notWeighed' ? null : result.netG,
    expected: banded?.expectedG ?? waits?.expected.grams ?? null,
    band: banded?.bandG ?? waits?.expected.band ?? null,
    reason:
      result?.verdict === 'released' ? result.reason : result?.verdict === 'notWeighed' ? result.why : null,
    by: result?.verdict === 'released' ? result.by : null,
    at,
  })
}

export const insertGain = writeOne((db, p: { scan: number; gain: number; odd: Oddity['kind'] | null }) =>
  db.insertInto('scan_weight').values({ scan_seq: p.scan, gain_g: p.gain, odd: p.odd }),
)

export const saveKnownWeight = writeOne(
  (db, p: { product: number; samples: number; mean: number; m2: number; at: string }) => {
    const values = { samples: p.samples, mean_g: p.mean, m2: p.m2, at: p.at }
    return db
      .insertInto('sku_weight')
      .values({ product_id: p.product, ...values })
      .onConflict((conflict) => conflict.column('product_id').doUpdateSet(values))
  },
)

export const doubtWeight = writeOne((db, p: { product: number; at: string }) => {
  const wrong = sql<number | null>`(SELECT weight_g FROM product WHERE id = ${p.product})`
  const values = { samples: 0, mean_g: 0, m2: 0, wrong_g: wrong, at: p.at }
  return db
    .insertInto('sku_weight')
    .values({ product_id: p.product, ...values })
    .onConflict((conflict) => conflict.column('product_id').doUpdateSet(values))
})
