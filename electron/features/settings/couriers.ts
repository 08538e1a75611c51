import { first, type Writer, writeOne } from '#electron/db/query.ts'
import type { Ids } from '#electron/ports/ids.ts'

const courierByName = first((db, p: { name: string }) =>
  db.selectFrom('courier').select('id').where('name', '=', p.name),
)
const insertCourier = writeOne((db, p: { id: string; name: string }) =>
  db.insertInto('courier').values({ id: p.id, name: p.name, cutoff: null }),
)

/** The courier of this name, made if it is new. */
export function ensureCourier(tx: Writer, { ids }: { readonly ids: Ids }, name: string): string {
  const known = courierByName(tx, { name })
  if (known !== undefined) return known.id
  const id = ids.next()
  insertCourier(tx, { id, name })
  return id
}
