import type { Writer } from '#electron/db/query.ts'
import type { Ids } from '#electron/ports/ids.ts'
import { courierByName, insertCourier } from './repository.ts'

/** The courier of this name, made if it is new. */
export function ensureCourier(tx: Writer, { ids }: { readonly ids: Ids }, name: string): string {
  const known = courierByName(tx, { name })
  if (known !== undefined) return known.id
  const id = ids.next()
  insertCourier(tx, { id, name })
  return id
}
