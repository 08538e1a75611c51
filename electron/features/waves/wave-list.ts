import type { Reader } from '#electron/db/query.ts'
import { picksOf } from './repository.ts'

/** One line of a list: what all slots get of one product at one shelf. */
export interface ListLine {
  readonly shelf: number | null
  readonly productId: number
  readonly location: string | null
  readonly zone: string
  readonly aisle: string
  readonly sku: string
  readonly name: string
  readonly barcode: string | null
  readonly quantity: number
  readonly weightG: number
  readonly fragile: boolean
  /** Everything of it is on the cart. */
  readonly picked: boolean
  /** Everything of it is in a box. */
  readonly packed: boolean
  readonly slots: readonly { readonly slot: number; readonly quantity: number }[]
  readonly picks: readonly number[]
}

/** Why nobody needs to pick for this order any more, or null. */
export function takenBack(order: {
  readonly state: string
  readonly stop: string | null
}): 'cancel' | 'refund' | null {
  if (order.stop === 'refund') return 'refund'
  return order.state === 'cancelled' || order.stop === 'cancel' ? 'cancel' : null
}

/** The lines of a wave's list in walking order; what was taken back since is not on it, but for what is on the cart. */
export function linesOf(db: Reader, wave: string): ListLine[] {
  type Growing = { -readonly [K in keyof ListLine]: ListLine[K] } & {
    slots: { slot: number; quantity: number }[]
    picks: number[]
  }
  const lines: Growing[] = []
  for (const pick of picksOf(db, { wave })) {
    const picked = pick.picked >= pick.quantity
    if (takenBack(pick) !== null && !picked) continue
    const packed = pick.state === 'packed' || pick.state === 'handedOver'
    let line = lines.at(-1)
    if (
      line === undefined ||
      line.productId !== pick.product_id ||
      line.shelf !== pick.location_id ||
      line.picked !== picked
    ) {
      line = {
        shelf: pick.location_id,
        productId: pick.product_id,
        location: pick.location,
        zone: pick.zone ?? '',
        aisle: pick.aisle ?? '',
        sku: pick.sku,
        name: pick.name,
        barcode: pick.barcode,
        quantity: 0,
        weightG: pick.weight_g ?? 0,
        fragile: pick.fragile === 1,
        picked,
        packed: true,
        slots: [],
        picks: [],
      }
      lines.push(line)
    }
    line.quantity += picked ? pick.quantity : pick.quantity - pick.picked
    line.packed = line.packed && packed
    line.picks.push(pick.id)
    if (pick.slot !== null)
      line.slots.push({ slot: pick.slot, quantity: picked ? pick.quantity : pick.quantity - pick.picked })
  }
  return lines
}
