/** Floors, shelves and orders for tests of the planner, made from a number. */
import type { FloorPlan } from '#shared/domain/waves/floor/plan.ts'
import type { PlacedShelf } from '#shared/domain/waves/floor/place.ts'
import type { OrderToPlan } from '#shared/domain/waves/planning/order-to-plan.ts'

/** Numbers from 0 up to `below`, the same for the same seed: a linear congruence that shares nothing with the product. */
export function dice(seed: number): (below: number) => number {
  let state = (seed * 2654435761) % 4294967296
  return (below) => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return Math.floor((state / 4294967296) * below)
  }
}

/** Aisles 3 m apart, blocks 12 m deep, one-way aisles in turn where that is wanted, a bench before the first aisle. */
export function someFloor(aisles: number, blocks: number, oneWay = false): FloorPlan {
  return {
    crossAisles: Array.from({ length: blocks + 1 }, (_, at) => ({ name: String(at + 1), yMm: at * 12_000 })),
    aisles: Array.from({ length: aisles }, (_, at) => ({
      names: [`A/${at + 1}`],
      xMm: at * 3_000,
      ways: Array.from({ length: blocks }, () =>
        !oneWay || at === 0 || at === aisles - 1 ? 'both' : at % 2 === 0 ? 'forward' : 'backward',
      ),
    })),
    crossWays: [],
    depots: [{ name: 'bench', xMm: 0, yMm: -2_000, role: 'both' }],
    liftMmPerLevel: 0,
  }
}

/** `bays` shelves in each block of each aisle, numbered through. */
export function someShelves(plan: FloorPlan, bays: number): PlacedShelf[] {
  return plan.aisles.flatMap(({ xMm, ways }, aisle) =>
    ways.flatMap((_, block) =>
      Array.from({ length: bays }, (_unused, bay) => ({
        id: (aisle * ways.length + block) * bays + bay + 1,
        code: `A-${aisle + 1}-${block * bays + bay + 1}`,
        zone: 'A',
        aisle: String(aisle + 1),
        level: '1',
        xMm,
        yMm: block * 12_000 + 1_000 + Math.floor((bay * 10_000) / bays),
      })),
    ),
  )
}

export interface SomeOrders {
  readonly orders: number
  readonly products: number
  readonly lines?: number
  /** Minutes from now, one of these for each order; null is whenever. */
  readonly dues?: readonly (number | null)[]
  readonly now?: string
  readonly buyers?: number
}

export function someOrders(seed: number, wish: SomeOrders): OrderToPlan[] {
  const roll = dice(seed)
  const { orders, products, lines = 4, dues = [null], now = '2026-11-25T08:00:00.000Z', buyers = 0 } = wish
  return Array.from({ length: orders }, (_, index) => {
    const chosen = new Map<number, number>()
    const count = 1 + roll(lines)
    for (let line = 0; line < count; line += 1) chosen.set(1 + roll(products), 1 + roll(3))
    const minutes = dues[roll(dues.length)] ?? null
    const due = minutes === null ? null : new Date(Date.parse(now) + minutes * 60_000).toISOString()
    return {
      id: `order-${String(index).padStart(6, '0')}`,
      number: `N-${index}`,
      revision: 1,
      shipBy: due,
      due,
      buyer: buyers === 0 ? '' : `buyer ${roll(buyers)}`,
      lines: [...chosen].map(([productId, quantity]) => ({
        sku: `S-${productId}`,
        productId,
        quantity,
        weightG: 100 * productId,
        volumeMl: 50 * productId,
        fragile: productId % 5 === 0,
      })),
    }
  })
}
