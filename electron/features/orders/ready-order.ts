import { canonicalOrder, type ImportedOrder, type SourceRow } from '#shared/domain/orders/import/index.ts'
import type { ShopLine } from '#shared/domain/orders/kits.ts'
import type { OrderBatch } from '#electron/ports/order-reader.ts'
import { type MasterKey, maskReceiver, type Receiver, receiverHash, sealReceiver } from './receiver.ts'

/** An order with all worked out that can be without the database, its person already sealed. */
export interface ReadyOrder {
  readonly number: string
  /** `heads` and `lines`: one of two files was read, and says nothing of what stands in the other. */
  readonly part: 'whole' | 'heads' | 'lines'
  readonly status: ImportedOrder['status']
  readonly statusText: string | null
  readonly stop: ImportedOrder['stop']
  readonly waybill: string | null
  readonly paidAt: string | null
  readonly shipBy: string | null
  /** From when the shop's own promise counts where the file names no deadline. */
  readonly promisedFrom: string | null
  readonly courier: string | null
  readonly currency: string
  readonly amountMinor: number
  readonly buyerNote: string
  readonly sellerNote: string
  readonly contentHash: string
  readonly receiverMasked: string
  readonly receiverHash: string
  /** Whether the file says where the parcel goes or whom to call, and not a name alone. */
  readonly addressGiven: boolean
  /** Null where the file names no receiver. */
  readonly receiver: { readonly sealed: Uint8Array; readonly wrapped: Uint8Array } | null
  readonly lines: readonly ShopLine[]
  /** The rows that it was made of, where somebody asked for them. */
  readonly rows: readonly SourceRow[]
}

export function readyOrder(master: MasterKey, order: ImportedOrder): ReadyOrder {
  const receiver: Receiver = {
    name: order.receiver?.name ?? '',
    phone: order.receiver?.phone ?? '',
    address: order.receiver?.address ?? '',
  }
  return {
    number: order.number,
    part: 'whole',
    status: order.status,
    statusText: order.statusText,
    stop: order.stop,
    waybill: order.waybill,
    paidAt: order.paidAt,
    shipBy: order.shipBy,
    promisedFrom: order.paidAt ?? order.createdAt,
    courier: order.courier,
    currency: order.currency,
    amountMinor: order.amountMinor ?? 0,
    buyerNote: order.buyerNote ?? '',
    sellerNote: order.sellerNote ?? '',
    // Keyed: the text holds the receiver, who must not be found by guessing against the database.
    contentHash: master.mac(`content:${canonicalOrder(order)}`),
    receiverMasked: maskReceiver(receiver),
    receiverHash: receiverHash(master, receiver),
    addressGiven: receiver.phone !== '' || receiver.address !== '',
    receiver: order.receiver === null ? null : sealReceiver(master, receiver),
    lines: order.lines.map((line) => ({
      externalId: line.externalId ?? '',
      sku: line.sku ?? '',
      title: line.title ?? '',
      spec: line.spec ?? '',
      quantity: line.quantity,
    })),
    rows: [],
  }
}

/** An order of which only one of two files was read: it says something of an order that is here, and makes none. */
export function readyPart(master: MasterKey, order: ImportedOrder): ReadyOrder {
  const ready = readyOrder(master, order)
  if (order.lines.length + order.settledLines.length === 0) return { ...ready, part: 'heads' }
  const none = {
    waybill: null,
    paidAt: null,
    shipBy: null,
    promisedFrom: null,
    courier: null,
    receiver: null,
  }
  return {
    ...ready,
    ...none,
    part: 'lines',
    amountMinor: 0,
    buyerNote: '',
    sellerNote: '',
    addressGiven: false,
  }
}

export function packOrders(orders: readonly ReadyOrder[], total: number): OrderBatch {
  const cells: (string | number | null)[] = []
  const bytes: Uint8Array[] = []
  for (const order of orders) {
    const { stop, receiver, lines, rows } = order
    cells.push(
      order.number,
      order.part,
      order.status,
      order.statusText,
      stop?.kind ?? null,
      stop?.words ?? null,
    )
    cells.push(order.waybill, order.paidAt, order.shipBy, order.promisedFrom, order.courier, order.currency)
    cells.push(order.amountMinor, order.buyerNote, order.sellerNote, order.contentHash)
    cells.push(order.receiverMasked, order.receiverHash, order.addressGiven ? 1 : 0)
    cells.push(receiver?.sealed.length ?? null, receiver?.wrapped.length ?? null, lines.length, rows.length)
    if (receiver !== null) bytes.push(receiver.sealed, receiver.wrapped)
    for (const line of lines) cells.push(line.externalId, line.sku, line.title, line.spec, line.quantity)
    for (const { file, row } of rows) cells.push(file, row)
  }
  const together = new Uint8Array(bytes.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of bytes) {
    together.set(part, at)
    at += part.length
  }
  return { orders: orders.length, cells, bytes: together, total }
}

/** Undoes `packOrders`, one order at a time. */
export function* unpackOrders({ orders, cells, bytes }: OrderBatch): Generator<ReadyOrder, void> {
  let at = 0
  let byte = 0
  const cell = <T>(): T => cells[at++] as T
  const piece = (length: number) => bytes.subarray(byte, (byte += length))
  for (let order = 0; order < orders; order += 1) {
    const number = cell<string>()
    const part = cell<ReadyOrder['part']>()
    const status = cell<ReadyOrder['status']>()
    const statusText = cell<string | null>()
    const kind = cell<NonNullable<ReadyOrder['stop']>['kind'] | null>()
    const words = cell<string | null>()
    const head = {
      number,
      part,
      status,
      statusText,
      stop: kind === null ? null : { kind, words: words ?? '' },
      waybill: cell<string | null>(),
      paidAt: cell<string | null>(),
      shipBy: cell<string | null>(),
      promisedFrom: cell<string | null>(),
      courier: cell<string | null>(),
      currency: cell<string>(),
      amountMinor: cell<number>(),
      buyerNote: cell<string>(),
      sellerNote: cell<string>(),
      contentHash: cell<string>(),
      receiverMasked: cell<string>(),
      receiverHash: cell<string>(),
      addressGiven: cell<number>() === 1,
    }
    const sealed = cell<number | null>()
    const wrapped = cell<number | null>()
    const receiver =
      sealed === null || wrapped === null ? null : { sealed: piece(sealed), wrapped: piece(wrapped) }
    const lines: ShopLine[] = []
    const lineCount = cell<number>()
    const rowCount = cell<number>()
    for (let left = lineCount; left > 0; left -= 1) {
      lines.push({
        externalId: cell<string>(),
        sku: cell<string>(),
        title: cell<string>(),
        spec: cell<string>(),
        quantity: cell<number>(),
      })
    }
    const rows: SourceRow[] = []
    for (let left = rowCount; left > 0; left -= 1) rows.push({ file: cell<number>(), row: cell<number>() })
    yield { ...head, receiver, lines, rows }
  }
}
