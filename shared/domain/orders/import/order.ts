/** What an order file says, in our own words. Times are ISO 8601 UTC, money is in minor units of `currency`. */
export interface ImportedOrder {
  readonly number: string
  readonly status: OrderStatus
  /** The platform's own words for the status; null where the file has none. */
  readonly statusText: string | null
  /** Why the order must not ship although its status may say so. */
  readonly stop: OrderStop | null
  readonly createdAt: string | null
  readonly paidAt: string | null
  /** The earliest promise of the order and its lines. */
  readonly shipBy: string | null
  readonly buyerNote: string | null
  readonly sellerNote: string | null
  /** Courier or service that the buyer chose or the shop noted. */
  readonly courier: string | null
  /** Waybill number that the order already has. */
  readonly waybill: string | null
  /** ISO 4217. */
  readonly currency: string
  readonly amountMinor: number | null
  readonly receiver: ImportedReceiver | null
  /** What is to be packed, in file order. */
  readonly lines: readonly ImportedLine[]
  /** Lines that are not to be packed although the order is: shipped before, closed, or nothing to ship. */
  readonly settledLines: readonly ImportedLine[]
  readonly sourceRows: readonly SourceRow[]
}

export type OrderStatus = 'toShip' | 'shipped' | 'cancelled' | 'unpaid' | 'closed' | 'other'

export interface OrderStop {
  readonly kind: 'refund' | 'cancel' | 'risk'
  /** The platform's own words. */
  readonly words: string
}

export interface ImportedReceiver {
  readonly name: string | null
  readonly phone: string | null
  readonly address: string | null
  /** The marketplace hides part of it behind asterisks. */
  readonly masked: boolean
}

export interface ImportedLine {
  /** The platform's id of the line, needed to confirm a part of an order. */
  readonly externalId: string | null
  /** The platform's id of the goods. */
  readonly productId: string | null
  /** The seller's own code. */
  readonly sku: string | null
  readonly title: string | null
  readonly spec: string | null
  readonly quantity: number
  /** The line's own status where the platform keeps one. */
  readonly status: OrderStatus | null
  /** The platform's words for a refund of this line; null for none. */
  readonly refundStatus: string | null
  readonly shipBy: string | null
}

/** Where in the input something stood. */
export interface SourceRow {
  /** The caller's number of the file. */
  readonly file: number
  /** 1-based, as in a spreadsheet. */
  readonly row: number
}

/** The order's meaning as one line of text: equal for equal orders, wherever in a file they stood. For hashing. */
export const canonicalOrder = (order: ImportedOrder): string =>
  JSON.stringify([
    order.number,
    order.status,
    order.statusText,
    order.stop === null ? null : [order.stop.kind, order.stop.words],
    order.createdAt,
    order.paidAt,
    order.shipBy,
    order.buyerNote,
    order.sellerNote,
    order.courier,
    order.waybill,
    order.currency,
    order.amountMinor,
    order.receiver === null ? null : [order.receiver.name, order.receiver.phone, order.receiver.address],
    order.lines.map(canonicalLine),
    order.settledLines.map(canonicalLine),
  ])

export const canonicalLine = (line: ImportedLine): readonly (string | number | null)[] => [
  line.externalId,
  line.productId,
  line.sku,
  line.title,
  line.spec,
  line.quantity,
  line.status,
  line.refundStatus,
  line.shipBy,
]
