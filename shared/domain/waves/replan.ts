import { compareTimes } from '#shared/domain/waves/due.ts'

/** A pick of a running wave. */
export interface RunningPick {
  readonly id: number
  readonly orderId: string
  readonly productId: number
  readonly shelf: number | null
  readonly quantity: number
  /** Units of it that are on the cart. */
  readonly picked: number
}

export interface RunningOrder {
  readonly id: string
  readonly due: string | null
  /** Nobody needs to pick for it any more: cancelled, refunded, packed, gone. */
  readonly over: boolean
}

/** A shelf that did not have what the list asked for. */
export interface Shortage {
  readonly shelf: number
  readonly productId: number
  /** Units for the lines that are still open which were there all the same: they are on the cart now. */
  readonly found: number
}

/** A pick as it is from now on; `id` is null for one that is new. */
export interface ReplannedPick {
  readonly id: number | null
  readonly orderId: string
  readonly productId: number
  readonly shelf: number | null
  readonly quantity: number
  readonly picked: number
}

export interface Replanned {
  /** Everything that the wave still asks for, with what is picked already; picks that are not named are over. */
  readonly picks: readonly ReplannedPick[]
  readonly moved: number
  /** Orders that cannot be had whole; nothing more is picked for them. */
  readonly short: readonly {
    readonly orderId: string
    readonly productId: number
    readonly missing: number
  }[]
}

/**
 * Plans the rest of a running wave anew. What is on the cart stays on it and is never asked for again; what a shelf did
 * not have is taken from another one where there is some, and the orders that wait longest for their courier go without.
 * `elsewhere`: units of a product on other shelves that no list asks for.
 */
export function replanWave(
  picks: readonly RunningPick[],
  orders: readonly RunningOrder[],
  shortages: readonly Shortage[],
  elsewhere: ReadonlyMap<number, readonly { readonly shelf: number; readonly quantity: number }[]>,
): Replanned {
  const order = new Map(orders.map((one) => [one.id, one]))
  const wanted = picks
    .filter((pick) => order.get(pick.orderId)?.over === false || pick.picked > 0)
    .map((pick) => ({
      ...pick,
      open: order.get(pick.orderId)?.over === false ? pick.quantity - pick.picked : 0,
    }))
  const spare = new Map(
    [...elsewhere].map(([product, holdings]) => [product, holdings.map((one) => ({ ...one }))]),
  )
  const fresh: ReplannedPick[] = []
  const missing = new Map<string, { orderId: string; productId: number; missing: number }>()
  let moved = 0
  for (const shortage of shortages) {
    const lines = wanted
      .filter(
        (pick) => pick.shelf === shortage.shelf && pick.productId === shortage.productId && pick.open > 0,
      )
      .sort(
        (a, b) =>
          compareTimes(order.get(a.orderId)?.due ?? null, order.get(b.orderId)?.due ?? null) || a.id - b.id,
      )
    let found = Math.max(0, shortage.found)
    for (const line of lines) {
      const here = Math.min(found, line.open)
      found -= here
      line.picked += here
      let lacking = line.open - here
      line.open = 0
      for (const other of spare.get(line.productId) ?? []) {
        const some = other.shelf === shortage.shelf ? 0 : Math.min(lacking, other.quantity)
        if (some <= 0) continue
        other.quantity -= some
        lacking -= some
        moved += 1
        fresh.push({
          id: null,
          orderId: line.orderId,
          productId: line.productId,
          shelf: other.shelf,
          quantity: some,
          picked: 0,
        })
      }
      if (lacking === 0) continue
      const key = `${line.orderId} ${line.productId}`
      const known = missing.get(key)
      if (known === undefined)
        missing.set(key, { orderId: line.orderId, productId: line.productId, missing: lacking })
      else known.missing += lacking
    }
  }
  const without = new Set([...missing.values()].map(({ orderId }) => orderId))
  const stays = wanted.flatMap(({ id, orderId, productId, shelf, picked, open }) => {
    const quantity = picked + (without.has(orderId) ? 0 : open)
    return quantity === 0 ? [] : [{ id, orderId, productId, shelf, quantity, picked }]
  })
  return {
    picks: [...stays, ...fresh.filter(({ orderId }) => !without.has(orderId))],
    moved,
    short: [...missing.values()],
  }
}
