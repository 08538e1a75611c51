import { sql } from 'kysely'
import { ok } from '#shared/support/result.ts'
import { ask } from '#electron/db/query.ts'
import { barcodesOfSku } from './repository.ts'
import type { AreaContext, Handlers } from '#electron/features/area.ts'

export function catalogHandlers(core: AreaContext): Handlers<'catalog.barcodes' | 'catalog.list'> {
  return {
    'catalog.barcodes': ({ skus }) =>
      ok({ rows: skus.flatMap((sku) => barcodesOfSku(core.db, { sku }).map((row) => ({ sku, ...row }))) }),

    'catalog.list': ({ find, offset, limit }) => {
      const start = `${(find ?? '').trim().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
      const rows = ask(core.db, (db) =>
        db
          .selectFrom('product')
          .select((eb) => [
            'sku',
            'name',
            'weight_g as weightG',
            'cost_fen as costFen',
            'picture',
            sql<string>`(SELECT coalesce(json_group_array(json_object('code', code, 'units', units)), '[]') FROM barcode
              WHERE barcode.product_id = product.id)`.as('barcodes'),
            sql<string>`(SELECT coalesce(json_group_array(json_object('code', location.code, 'quantity', stock.quantity)), '[]')
              FROM stock JOIN location ON location.id = stock.location_id WHERE stock.product_id = product.id)`.as(
              'locations',
            ),
            eb.fn.countAll<number>().over().as('total'),
          ])
          .where(
            sql<boolean>`(sku LIKE ${start} ESCAPE '\\' OR name LIKE ${`%${start}`} ESCAPE '\\'
              OR id IN (SELECT product_id FROM barcode WHERE code = ${(find ?? '').trim()}))`,
          )
          .orderBy('sku')
          .limit(limit)
          .offset(offset),
      )
      return ok({
        total: rows[0]?.total ?? 0,
        rows: rows.map(({ total: _total, barcodes, locations, ...row }) => ({
          ...row,
          barcodes: JSON.parse(barcodes) as { code: string; units: number }[],
          locations: JSON.parse(locations) as { code: string; quantity: number }[],
        })),
      })
    },
  }
}
