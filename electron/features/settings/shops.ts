import { first, type Writer, writeOne } from '#electron/db/query.ts'
import type { Ids } from '#electron/ports/ids.ts'
import { general } from './general.ts'

const shopByName = first((db, p: { name: string }) =>
  db.selectFrom('shop').select('id').where('name', '=', p.name),
)
const insertShop = writeOne((db, p: { id: string; name: string; platform: string; zone: string }) =>
  db
    .insertInto('shop')
    .values({ id: p.id, name: p.name, platform: p.platform, zone: p.zone, courier_id: null }),
)

/** The shop of this name, made in the warehouse's zone if it is new. */
export function ensureShop(
  tx: Writer,
  { ids }: { readonly ids: Ids },
  name: string,
  platform = 'other',
): string {
  const known = shopByName(tx, { name })
  if (known !== undefined) return known.id
  const id = ids.next()
  insertShop(tx, { id, name, platform, zone: general(tx).zone })
  return id
}
