import type { Item, ScanAnswer, Verdict } from '#shared/contract/packing.ts'
import { missing, type Reason, remainingOf } from '#shared/domain/packing/decide-scan.ts'
import type { OrderFacts } from '#shared/domain/packing/situation.ts'
import type { Reader } from '#electron/db/query.ts'
import { labelOfParcel, orderFacts, productBySku, type ScanRow, shelvesOf } from './repository.ts'

/** What is kept of an answer: enough to give the same one again for the same gesture. */
export interface StoredAnswer {
  readonly verdict: Verdict
  readonly reason: Reason | null
  /** SKU that the code stood for. */
  readonly scanned: string | null
  readonly surplus: number
  /** SKUs to choose from. */
  readonly choices: readonly string[]
  /** Not kept where there was none. */
  readonly warning?: Reason
  readonly remaining: number
  /** What the order still needed: the line and its units. Kept, for later boxes change what it would be now. */
  readonly expected: readonly (readonly [line: number, units: number])[]
}

/** An order can have a thousand lines; an answer names the next ones. */
const mostExpected = 40

/** The part of an answer that tells how far the order is. */
export function needsOf(order: OrderFacts | null): Pick<StoredAnswer, 'remaining' | 'expected'> {
  if (order === null) return { remaining: 0, expected: [] }
  const open = order.lines.filter((line) => missing(line) > 0).slice(0, mostExpected)
  return { remaining: remainingOf(order), expected: open.map((line) => [line.id, missing(line)]) }
}

/**
 * The answer to a scan, as it was when it was given: the box as it stood then, the label with its state of now.
 */
export function answerOf(db: Reader, scan: Omit<ScanRow, 'bench'>): ScanAnswer {
  const stored = JSON.parse(scan.answer) as StoredAnswer
  const order = scan.order_id === null ? null : orderFacts(db, scan.order_id)
  const label = scan.parcel_id === null ? undefined : labelOfParcel(db, { parcel: scan.parcel_id })
  return {
    gesture: scan.gesture,
    at: scan.at,
    mode: scan.mode,
    code: scan.code,
    verdict: stored.verdict,
    reason: told(stored.reason),
    warning: told(stored.warning),
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
    expected: order === null ? [] : expectedOf(db, order, stored.expected),
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

const told = (reason: Reason | null | undefined): ScanAnswer['reason'] =>
  reason === null || reason === undefined
    ? null
    : { code: reason.code, ...(reason.params && { params: reason.params }) }

/** A line that the shop has replaced since is told no more. */
function expectedOf(
  db: Reader,
  order: OrderFacts,
  expected: StoredAnswer['expected'],
): ScanAnswer['expected'] {
  const lines = new Map(order.lines.map((line, nth) => [line.id, { line, nth }]))
  const open = expected.flatMap(([id, left]) => {
    const found = lines.get(id)
    return found === undefined ? [] : [{ ...found, left }]
  })
  const shelves = shelvesOf(
    db,
    open.flatMap(({ line }) => line.productId ?? []),
  )
  return open.map(({ line, nth, left }) => ({
    line: nth,
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
  const kit = order?.lines.find((one) => one.kit?.sku === sku)?.kit
  const product = productBySku(db, { sku })[0]
  const id = product?.id ?? line?.productId ?? null
  return {
    sku,
    title: product?.name ?? line?.title ?? kit?.title ?? sku,
    spec: line?.spec ?? '',
    picture: product?.picture ?? line?.picture ?? null,
    location: id === null ? null : (shelvesOf(db, [id]).get(id) ?? null),
  }
}
