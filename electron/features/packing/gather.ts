import { cleanCode, longestCode, parseOwnCode, type OwnCode } from '#shared/domain/packing/codes.ts'
import type { HandOverSituation } from '#shared/domain/packing/decide-hand-over.ts'
import type {
  Meaning,
  OrderFacts,
  Pending,
  ScannedProduct,
  ScannerRole,
  Situation,
  WaveFacts,
} from '#shared/domain/packing/situation.ts'
import type { Reader } from '#electron/db/query.ts'
import {
  type BenchRow,
  labelsByWaybill,
  labelsInDoubt,
  neediestInSingleWaves,
  neediestInWave,
  neediestOfKitInSingleWaves,
  neediestOfKitInWave,
  nextInWave,
  operatorByBadge,
  orderFacts,
  orderInSlot,
  orderOfParcel,
  ordersByNumber,
  ordersLeftInWave,
  lastOrderAt,
  productBySku,
  productsByBarcode,
  scannedProduct,
  waveById,
  waveByNumber,
} from './repository.ts'

/** Gathers all that the decision about this scan may look at. Reads only. */
export function gatherSituation(
  db: Reader,
  bench: BenchRow,
  scan: { readonly code: string; readonly at: string; readonly scanner: ScannerRole },
): Situation {
  const code = cleanCode(scan.code)
  const own = parseOwnCode(code)
  const parcelOrder = bench.parcel_id === null ? undefined : orderOfParcel(db, { parcel: bench.parcel_id })
  const undo = own?.kind === 'command' && own.command === 'UNDO'
  const current = parcelOrder === undefined ? null : orderFacts(db, parcelOrder.order_id, undo)
  const wave = bench.wave_id === null ? null : waveFacts(waveById(db, { id: bench.wave_id }))
  const pending = bench.pending === null ? null : (JSON.parse(bench.pending) as Pending)
  return {
    now: scan.at,
    scanner: scan.scanner,
    bench: {
      id: bench.id,
      printMode: bench.print_mode,
      countdownMs: bench.countdown_ms,
      errorsWait: bench.errors_wait === 1,
      checkLabel: bench.check_label === 1,
    },
    pending,
    wave,
    current,
    meaning:
      own === null
        ? foreignMeaning(db, code, current, wave, pending)
        : ownMeaning(db, own, bench.id, current, wave, pending),
  }
}

const waveFacts = (row: ReturnType<typeof waveById>): WaveFacts | null =>
  row === undefined ? null : { id: row.id, number: row.number, kind: row.kind }

function ownMeaning(
  db: Reader,
  own: OwnCode,
  bench: string,
  current: OrderFacts | null,
  wave: WaveFacts | null,
  pending: Pending | null,
): Meaning {
  switch (own.kind) {
    case 'command': {
      if ((own.command !== 'REPRINT' && own.command !== 'MISSING') || current !== null) return own
      const doubt = own.command === 'MISSING' ? labelsInDoubt(db, { bench })[0] : undefined
      const last = doubt?.orderId ?? lastOrderAt(db, { bench })?.order_id ?? null
      return { ...own, last: last === null ? null : orderFacts(db, last) }
    }
    case 'pick': {
      const chosen = pending?.kind === 'choice' ? pending.choices[own.choice - 1] : undefined
      const candidate = chosen === undefined ? null : candidateFor(db, [chosen], current, wave)
      const about = pending?.kind === 'reason' ? orderFacts(db, pending.orderId) : null
      return { kind: 'pick', choice: own.choice, candidate, about }
    }
    case 'badge': {
      const operator = operatorByBadge(db, { badge: own.badge })
      return operator === undefined
        ? { kind: 'badge', role: null, name: '', operatorId: null }
        : { kind: 'badge', role: operator.role, name: operator.name, operatorId: operator.id }
    }
    case 'wave': {
      const row = waveByNumber(db, { number: own.wave })
      if (row === undefined) return { kind: 'wave', wave: null, left: 0 }
      return { kind: 'wave', wave: waveFacts(row), left: ordersLeftInWave(db, { wave: row.id })?.left ?? 0 }
    }
    case 'slot': {
      const row = waveByNumber(db, { number: own.wave })
      const slot = row === undefined ? undefined : orderInSlot(db, { wave: row.id, slot: own.slot })
      return {
        kind: 'slot',
        wave: waveFacts(row),
        order: slot === undefined ? null : orderFacts(db, slot.order_id),
      }
    }
  }
}

/**
 * A code that is not ours may be an item, a waybill or an order number. With an order on the bench an item of the
 * catalogue comes first; a label comes before an order number, because it names one parcel for certain.
 */
function foreignMeaning(
  db: Reader,
  code: string,
  current: OrderFacts | null,
  wave: WaveFacts | null,
  pending: Pending | null,
): Meaning {
  if (code === '' || code.length > longestCode) return { kind: 'unknown' }
  const barcodes = productsByBarcode(db, { code })
  const products = barcodes.length > 0 ? barcodes : productBySku(db, { sku: code })
  if (products.length > 0) {
    const scanned = products.map(scannedProduct)
    return { kind: 'product', products: scanned, candidate: candidateFor(db, scanned, current, wave) }
  }
  const labels = labelsByWaybill(db, { waybill: code })
  // Two couriers may use one number: the label that this bench waits for is the one in the packer's hand.
  const label =
    labels.find((one) => pending?.kind === 'label' && one.id === pending.labelId) ??
    labels.find((one) => one.state !== 'void') ??
    labels[0]
  if (label !== undefined) {
    const order = orderFacts(db, label.order_id)
    if (order !== null)
      return { kind: 'label', label, order, handedOver: label.parcel_state === 'handedOver' }
  }
  // A SKU that is in no catalogue can still be a line of the order on the bench.
  const line = current?.lines.find((one) => one.sku === code)
  if (line !== undefined) {
    return { kind: 'product', products: [{ ...line, units: 1 }], candidate: null }
  }
  const kit = current?.lines.find((one) => one.kit?.sku === code)?.kit ?? null
  if (kit !== null) {
    const { sku, title } = kit
    const product = { sku, title, spec: '', picture: null, productId: null, units: 1 }
    return { kind: 'product', products: [product], candidate: null }
  }
  const orders = ordersByNumber(db, { number: code })
    .map((row) => orderFacts(db, row.id))
    .filter((order) => order !== null)
  return orders.length > 0 ? { kind: 'order', orders } : { kind: 'unknown' }
}

/** The order that an item opens when no box stands on the bench. */
function candidateFor(
  db: Reader,
  products: readonly ScannedProduct[],
  current: OrderFacts | null,
  wave: WaveFacts | null,
): OrderFacts | null {
  if (current !== null) return null
  if (wave?.kind === 'multi') {
    const next = nextInWave(db, { wave: wave.id })
    return next === undefined ? null : orderFacts(db, next.order_id)
  }
  const [product, second] = products
  if (product === undefined || second !== undefined) return null
  const { productId, sku } = product
  if (productId === null) return null
  const needing = (units: number) =>
    wave === null
      ? (neediestInSingleWaves(db, { product: productId, sku, wave: '', units }) ??
        neediestOfKitInSingleWaves(db, { sku, wave: '', units }))
      : (neediestInWave(db, { product: productId, sku, wave: wave.id, units }) ??
        neediestOfKitInWave(db, { sku, wave: wave.id, units }))
  // A sealed pack goes to the first order that takes it whole; if none does, the first that needs any says so.
  const row = needing(product.units) ?? (product.units > 1 ? needing(1) : undefined)
  return row === undefined ? null : orderFacts(db, row.order_id)
}

export function gatherHandOver(
  db: Reader,
  waveId: string | null,
  rawCode: string,
  now: string,
): HandOverSituation {
  const code = cleanCode(rawCode)
  return {
    now,
    waveId,
    labels: labelsByWaybill(db, { waybill: code }).flatMap((label) => {
      const order = orderFacts(db, label.order_id)
      return order === null
        ? []
        : [{ label, order, parcelId: label.parcel_id, handedOver: label.parcel_state === 'handedOver' }]
    }),
  }
}
