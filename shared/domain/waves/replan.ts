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
  // An order that lacks one thing needs none of the others: what it would have taken serves the next one.
  let without: ReadonlySet<string> = new Set()
  for (;;) {
    const tried = serve(picks, order, shortages, elsewhere, without)
    const lacking = new Set([...without, ...tried.short.map(({ orderId }) => orderId)])
    if (lacking.size === without.size)
      return { ...tried, short: shortOf(picks, order, shortages, without, tried) }
    without = lacking
  }
}

type Served = Omit<Replanned, 'short'> & {
  readonly short: { orderId: string; productId: number; missing: number }[]
}

/** Gives what is there to the orders that are due first, each all that it needs or nothing; `without` get nothing. */
function serve(
  picks: readonly RunningPick[],
  order: ReadonlyMap<string, RunningOrder>,
  shortages: readonly Shortage[],
  elsewhere: ReadonlyMap<number, readonly { readonly shelf: number; readonly quantity: number }[]>,
  without: ReadonlySet<string>,
): Served {
  const wanted = picks.map((pick) => ({
    ...pick,
    open:
      order.get(pick.orderId)?.over === false && !without.has(pick.orderId) ? pick.quantity - pick.picked : 0,
  }))
  const spare = new Map(
    [...elsewhere].map(([product, holdings]) => [product, holdings.map((one) => ({ ...one }))]),
  )
  const fresh: ReplannedPick[] = []
  const short: Served['short'] = []
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
    const others = (spare.get(shortage.productId) ?? []).filter(({ shelf }) => shelf !== shortage.shelf)
    for (const line of lines) {
      const there = found + others.reduce((sum, { quantity }) => sum + Math.max(0, quantity), 0)
      if (there < line.open) {
        short.push({ orderId: line.orderId, productId: line.productId, missing: line.open - there })
        continue
      }
      const here = Math.min(found, line.open)
      found -= here
      line.picked += here
      let lacking = line.open - here
      line.open = 0
      for (const other of others) {
        const some = Math.min(lacking, Math.max(0, other.quantity))
        if (some === 0) continue
        other.quantity -= some
        lacking -= some
        fresh.push({
          id: null,
          orderId: line.orderId,
          productId: line.productId,
          shelf: other.shelf,
          quantity: some,
          picked: 0,
        })
      }
    }
  }
  const stays = wanted.flatMap(({ id, orderId, productId, shelf, picked, open }) => {
    const quantity = picked + open
    return quantity === 0 ? [] : [{ id, orderId, productId, shelf, quantity, picked }]
  })
  return { picks: [...stays, ...fresh], moved: fresh.length, short }
}

/** What the orders lack that go without, at the shelves that were short. */
function shortOf(
  picks: readonly RunningPick[],
  order: ReadonlyMap<string, RunningOrder>,
  shortages: readonly Shortage[],
  without: ReadonlySet<string>,
  { picks: after }: Served,
): Served['short'] {
  const missing = new Map<string, { orderId: string; productId: number; missing: number }>()
  for (const pick of picks) {
    const short = shortages.some(
      ({ shelf, productId }) => shelf === pick.shelf && productId === pick.productId,
    )
    if (!short || !without.has(pick.orderId) || order.get(pick.orderId)?.over !== false) continue
    const had = after.find(({ id }) => id === pick.id)?.picked ?? 0
    const lacks = pick.quantity - had
    if (lacks === 0) continue
    const key = `${pick.orderId} ${pick.productId}`
    const known = missing.get(key)
    if (known === undefined)
      missing.set(key, { orderId: pick.orderId, productId: pick.productId, missing: lacks })
    else known.missing += lacks
  }
  return [...missing.values()]
}
