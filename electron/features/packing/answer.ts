import type { Item, ScanAnswer, Verdict } from '#shared/contract/packing.ts'
import type { Reason } from '#shared/domain/packing/decide-scan.ts'
import type { OrderFacts } from '#shared/domain/packing/situation.ts'
import type { Reader } from '#electron/db/query.ts'
import { labelOfParcel, orderFacts, productBySku, putsUpTo, type ScanRow, shelvesOf } from './repository.ts'

/** What is kept of an answer: enough to give the same one again for the same gesture. */
export interface StoredAnswer {
  readonly verdict: Verdict
  readonly reason: Reason | null
  /** SKU that the code stood for. */
  readonly scanned: string | null
  readonly surplus: number
  /** SKUs to choose from. */
  readonly choices: readonly string[]
  readonly remaining: number
}

/** An order can have a thousand lines; an answer names the next ones. */
const mostExpected = 40

/**
 * The answer to a scan, as it was when it was given: the box as it stood then, the label with its state of now.
 */
export function answerOf(db: Reader, scan: ScanRow, fresh = false): ScanAnswer {
  const stored = JSON.parse(scan.answer) as StoredAnswer
  const order = scan.order_id === null ? null : orderFacts(db, scan.order_id)
  const label = scan.parcel_id === null ? undefined : labelOfParcel(db, { parcel: scan.parcel_id })
  return {
    gesture: scan.gesture,
    at: scan.at,
    mode: scan.mode,
    code: scan.code,
    verdict: stored.verdict,
    reason:
      stored.reason === null
        ? null
        : { code: stored.reason.code, ...(stored.reason.params && { params: stored.reason.params }) },
    order:
      order === null
        ? null
        : {
            id: order.id,
            number: order.number,
            shop: order.shop,
            wave: order.wave?.number ?? null,
            slot: order.slot,
          },
    expected: order === null || stored.remaining === 0 ? [] : expectedThen(db, order, scan, fresh),
    scanned: stored.scanned === null ? null : itemOf(db, stored.scanned, order),
    remaining: stored.remaining,
    surplus: stored.surplus,
    label:
      label === undefined
        ? null
        : { id: label.id, waybill: label.waybill, courier: label.courier, state: label.state },
    choices: stored.choices.map((sku) => itemOf(db, sku, order)),
    knownAt: order?.knownAt ?? null,
  }
}

/** `fresh`: the scan was saved just now, so the box stands as the order says and its history need not be read. */
function expectedThen(db: Reader, order: OrderFacts, scan: ScanRow, fresh: boolean): ScanAnswer['expected'] {
  const packed = new Map<number, number>()
  if (fresh) {
    for (const line of order.lines) packed.set(line.id, line.packed)
  } else if (scan.parcel_id !== null) {
    for (const row of putsUpTo(db, { parcel: scan.parcel_id, seq: scan.seq })) {
      for (const [line, units] of JSON.parse(row.puts) as [number, number][]) {
        packed.set(line, (packed.get(line) ?? 0) + units)
      }
    }
  }
  const open = order.lines
    .map((line) => ({ line, left: line.quantity - line.shipped - (packed.get(line.id) ?? 0) }))
    .filter(({ left }) => left > 0)
    .slice(0, mostExpected)
  const shelves = shelvesOf(
    db,
    open.flatMap(({ line }) => line.productId ?? []),
  )
  return open.map(({ line, left }) => ({
    sku: line.sku,
    title: line.title,
    spec: line.spec,
    picture: line.picture,
    location: line.productId === null ? null : (shelves.get(line.productId) ?? null),
    quantity: left,
  }))
}

function itemOf(db: Reader, sku: string, order: OrderFacts | null): Item {
  const line = order?.lines.find((one) => one.sku === sku)
  const product = productBySku(db, { sku })[0]
  const id = product?.id ?? line?.productId ?? null
  return {
    sku,
    title: product?.name ?? line?.title ?? sku,
    spec: line?.spec ?? '',
    picture: product?.picture ?? line?.picture ?? null,
    location: id === null ? null : (shelvesOf(db, [id]).get(id) ?? null),
  }
}
