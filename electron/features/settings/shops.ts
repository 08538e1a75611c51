import type { Writer } from '#electron/db/query.ts'
import type { Ids } from '#electron/ports/ids.ts'
import { general } from './general.ts'
import { insertShop, shopByName } from './repository.ts'

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
