import { sql } from 'kysely'
import { expectedWeight } from '#shared/domain/packing/weight.ts'
import { fail, ok } from '#shared/support/result.ts'
import { ask, first, writeOne } from '#electron/db/query.ts'
import type { AreaContext, Handlers } from '#electron/features/area.ts'
import { auditAct } from '#electron/features/backup/index.ts'
import { knownWeight } from './weights.ts'

/** What the scales taught, for people to see and to take back. */
export function weightHandlers(core: AreaContext): Handlers<'weights.list' | 'weights.forget'> {
  return {
    'weights.list': ({ find, offset, limit }) => {
      const part = `%${(find ?? '').trim().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
      const rows = ask(core.db, (db) =>
        db
          .selectFrom('sku_weight')
          .innerJoin('product', 'product.id', 'sku_weight.product_id')
          .select(['product.sku', 'product.name', 'product.weight_g', 'sku_weight.at'])
          .select(['sku_weight.samples', 'sku_weight.mean_g', 'sku_weight.m2', 'sku_weight.wrong_g'])
          .select((eb) => eb.fn.countAll<number>().over().as('total'))
          .where(
            sql<boolean>`(product.sku LIKE ${part} ESCAPE '\\' OR product.name LIKE ${part} ESCAPE '\\')`,
          )
          .orderBy('product.sku')
          .limit(limit)
          .offset(offset),
      )
      return ok({
        total: rows[0]?.total ?? 0,
        rows: rows.map((row) => {
          const known = knownWeight(row)
          return {
            sku: row.sku,
            name: row.name,
            catalogueG: row.weight_g,
            catalogueWrong: row.weight_g !== null && known.catalogueG === null,
            samples: row.samples,
            expected: expectedWeight([{ sku: row.sku, units: 1 }], new Map([[row.sku, known]]), 1),
            at: row.at,
          }
        }),
      })
    },

    'weights.forget': ({ sku }, call) => {
      const forgotten = core.db.transaction((tx) => {
        const known = learnedOf(tx, { sku })
        if (known === undefined || known.samples === 0)
          return fail('notLearned', `No scale has taught what ${sku} weighs`, { sku })
        if (known.wrong_g === null) forget(tx, { product: known.product_id })
        else forgetSamples(tx, { product: known.product_id, at: core.clock.now() })
        const detail = { samples: known.samples, grams: Math.round(known.mean_g) }
        auditAct(tx, core, call.caller, { act: 'weight.forget', subject: sku, reason: '', detail })
        return ok({})
      })
      if (forgotten.ok) core.announce('packing')
      return forgotten
    },
  }
}

const learnedOf = first((db, p: { sku: string }) =>
  db
    .selectFrom('sku_weight')
    .innerJoin('product', 'product.id', 'sku_weight.product_id')
    .select(['sku_weight.product_id', 'sku_weight.samples', 'sku_weight.mean_g', 'sku_weight.wrong_g'])
    .where('product.sku', '=', p.sku),
)

const forget = writeOne((db, p: { product: number }) =>
  db.deleteFrom('sku_weight').where('product_id', '=', p.product),
)

/** That the catalogue's weight was found wrong was said by a person, and no scale taught it. */
const forgetSamples = writeOne((db, p: { product: number; at: string }) =>
  db
    .updateTable('sku_weight')
    .set({ samples: 0, mean_g: 0, m2: 0, at: p.at })
    .where('product_id', '=', p.product),
)
