import type { Reader, Writer } from '#electron/db/query.ts'
import type { Ids } from '#electron/ports/ids.ts'
import { courierKey } from '#shared/domain/orders/couriers.ts'
import { allCouriers, courierByName, insertCourier } from './repository.ts'

/** The courier of this name or of one that means the same (顺丰, 顺丰速运), made if it is new. */
export function ensureCourier(tx: Writer, { ids }: { readonly ids: Ids }, name: string): string {
  const known = courierNamed(tx, name)
  if (known !== null) return known
  const id = ids.next()
  insertCourier(tx, { id, name })
  return id
}

export function courierNamed(db: Reader, name: string): string | null {
  const exact = courierByName(db, { name })
  if (exact !== undefined) return exact.id
  const key = courierKey(name)
  return allCouriers(db, {}).find((one) => courierKey(one.name) === key)?.id ?? null
}
