/** An order as the planner sees it. */
export interface OrderToPlan {
  readonly id: string
  readonly number: string
  /** Counts its changes: a plan is of one of them. */
  readonly revision: number
  /** ISO-8601 UTC; null is planned last. */
  readonly shipBy: string | null
  /** When it must be with its courier (`dueOf`). */
  readonly due: string | null
  /** Tells buyers apart; empty where nobody knows. */
  readonly buyer: string
  readonly lines: readonly LineToPlan[]
}

export interface LineToPlan {
  readonly sku: string
  readonly productId: number | null
  readonly quantity: number
  /** Of one unit; 0 where nobody knows. */
  readonly weightG: number
  readonly volumeMl: number
  readonly fragile: boolean
}

export interface Reason {
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>>
}

export interface LeftOut {
  readonly id: string
  readonly number: string
  readonly reason: Reason
}

/** What an order asks of one product, over all its lines. */
export interface Need {
  readonly productId: number
  readonly sku: string
  readonly quantity: number
}

/** A reason as it is told: with a list of params of its own, or none. */
export const told = ({ code, params }: Reason): { code: string; params?: Record<string, string | number> } =>
  params === undefined ? { code } : { code, params: { ...params } }

export function needsOf(order: OrderToPlan): Need[] {
  const needs = new Map<number, { productId: number; sku: string; quantity: number }>()
  for (const { productId, sku, quantity } of order.lines) {
    if (productId === null) continue
    const need = needs.get(productId)
    if (need === undefined) needs.set(productId, { productId, sku, quantity })
    else need.quantity += quantity
  }
  return [...needs.values()]
}

const sum = (order: OrderToPlan, of: (line: LineToPlan) => number): number =>
  order.lines.reduce((total, line) => total + of(line) * line.quantity, 0)

export const unitsOf = (order: OrderToPlan): number => sum(order, () => 1)
export const weightOf = (order: OrderToPlan): number => sum(order, ({ weightG }) => weightG)
export const volumeOf = (order: OrderToPlan): number => sum(order, ({ volumeMl }) => volumeMl)
