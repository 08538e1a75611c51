import { cleanCode, longestCode, type OwnCode, ownCodeIn } from '#shared/domain/packing/codes.ts'
import { asTyped } from '#shared/domain/devices/codes/aim.ts'
import { spellings } from '#shared/domain/devices/codes/gtin.ts'
import { readCode } from '#shared/domain/devices/codes/read-code.ts'
import type { ScaleNow } from '#shared/domain/packing/follow-scale.ts'
import type { HandOverSituation } from '#shared/domain/packing/decide-hand-over.ts'
import type {
  Meaning,
  OrderFacts,
  Pending,
  ScannedProduct,
  ScannerRole,
  Situation,
  UnitMark,
  WaveFacts,
} from '#shared/domain/packing/situation.ts'
import type { Reader } from '#electron/db/query.ts'
import type { PrintService } from '#electron/features/labels/index.ts'
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
import { unitMarkIn } from './unit-marks.ts'
import { weightFacts } from './weights.ts'

interface ScanFacts {
  readonly code: string
  readonly at: string
  readonly scanner: ScannerRole
  readonly aim?: string
}

/**
 * Gathers all that the decision about this scan may look at. Reads only.
 *
 * @param scale what the bench's scale says, whether or not the bench checks weights
 * @param labels what their printers do with them
 */
export function gatherSituation(
  db: Reader,
  bench: BenchRow,
  scan: ScanFacts,
  scale: ScaleNow,
  labels: Pick<PrintService, 'running' | 'isStuck'>,
): Situation {
  const code = cleanCode(scan.code)
  const own = ownCodeIn(scan.code)
  const parcelOrder = bench.parcel_id === null ? undefined : orderOfParcel(db, { parcel: bench.parcel_id })
  const undo = own?.kind === 'command' && own.command === 'UNDO'
  const current = parcelOrder === undefined ? null : orderFacts(db, parcelOrder.order_id, undo)
  const wave = bench.wave_id === null ? null : waveFacts(waveById(db, { id: bench.wave_id }))
  const pending = bench.pending === null ? null : (JSON.parse(bench.pending) as Pending)
  const meaning =
    own === null
      ? foreignMeaning(db, code, scan, current, wave, pending)
      : ownMeaning(db, own, bench.id, current, wave, pending)
  return {
    now: scan.at,
    scanner: scan.scanner,
    printing: labels.running(),
    stuck: new Set(labelsOf(current, meaning).filter(labels.isStuck)),
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
    meaning,
    weight: weightFacts(db, scale, current ?? openedBy(meaning), bench.weigh === 'check'),
  }
}

/** Of whichever box a command may be about; of no other scan, which most are, is it asked. */
function labelsOf(current: OrderFacts | null, meaning: Meaning): string[] {
  if (meaning.kind !== 'command') return []
  return [current, meaning.last ?? null].flatMap((order) => order?.parcel?.label?.id ?? [])
}

/** The order that a scan would open. */
function openedBy(meaning: Meaning): OrderFacts | null {
  switch (meaning.kind) {
    case 'order':
      return meaning.orders[0] ?? null
    case 'slot':
    case 'label':
      return meaning.order
    case 'product':
    case 'pick':
      return meaning.candidate
    default:
      return null
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
      if (own.command !== 'REPRINT' && own.command !== 'MISSING') return own
      const last = current === null ? (lastOrderAt(db, { bench })?.order_id ?? null) : null
      const about = (own.command === 'MISSING' ? doubtAt(db, bench, current) : null) ?? last
      return { ...own, last: about === null ? null : orderFacts(db, about) }
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

/** The order whose label the bench asks about first, unless the label of the box that stands there is in doubt itself. */
function doubtAt(db: Reader, bench: string, current: OrderFacts | null): string | null {
  if (current?.parcel?.label?.state === 'unknown') return null
  return labelsInDoubt(db, { bench })[0]?.orderId ?? null
}

/**
 * A code that is not ours may be an item, a waybill or an order number. The label that the bench waits for comes first;
 * with an order on the bench then an item of the catalogue; a label before an order number, because it names one parcel
 * for certain. Without one a number that an order has as well is the order: nothing is packed by its slip.
 */
function foreignMeaning(
  db: Reader,
  code: string,
  scan: ScanFacts,
  current: OrderFacts | null,
  wave: WaveFacts | null,
  pending: Pending | null,
): Meaning {
  if (code === '') return { kind: 'unknown' }
  const goods = (rows: readonly ProductFound[], count = 1, mark: UnitMark | null = null): Meaning | null => {
    const scanned = rows
      .map(scannedProduct)
      .map((one) => ({ ...one, units: one.units * count, ...(mark !== null && { mark }) }))
    if (scanned.length === 0) return null
    return { kind: 'product', products: scanned, candidate: candidateFor(db, scanned, current, wave) }
  }
  const exactly = (text: string): Meaning | null => {
    if (pending?.kind === 'label' && pending.waybill === text) return labelMeaning(db, text, pending)
    const rows = eachOnce([...productsCalled(db, text), ...productBySku(db, { sku: text })])
    return (
      (rows.length > 0 && current === null ? orderMeaning(db, text) : null) ??
      goods(rows) ??
      labelMeaning(db, text, pending)
    )
  }
  const typed = scan.aim === undefined ? asTyped(code) : [code]
  const texts = typed.filter((text) => text.length <= longestCode)
  for (const text of texts) {
    const exact = exactly(text)
    if (exact !== null) return exact
  }
  // The same number in another form: with or without leading zeros, inside a GS1 text or a link, a parcel of a waybill.
  const text = { text: scan.code, ...(scan.aim !== undefined && { aim: scan.aim }) }
  const read = readCode(text, Number(scan.at.slice(0, 4)))
  // A carton's code names the item and how many of it are inside.
  const count = read.kind === 'gs1' ? read.units : 1
  const mark = unitMarkIn(db, read, scan.at)
  for (const form of read.candidates) {
    if (texts.includes(form) || form.length > longestCode) continue
    const found = goods(eachOnce(productsCalled(db, form)), count, mark) ?? labelMeaning(db, form, pending)
    if (found !== null) return found
  }
  for (const text of texts) {
    const found = strangeGoods(text, current) ?? orderMeaning(db, text)
    if (found !== null) return found
  }
  return { kind: 'unknown' }
}

type ProductFound = ReturnType<typeof productsByBarcode>[number]

/** Those whose barcode is this number, however the catalogue spells it. */
const productsCalled = (db: Reader, code: string): ProductFound[] =>
  spellings(code).flatMap((spelling) => productsByBarcode(db, { code: spelling }))

const eachOnce = (rows: readonly ProductFound[]): ProductFound[] =>
  rows.filter(({ id }, at) => rows.findIndex((row) => row.id === id) === at)

/** A SKU that is in no catalogue can still be a line of the order on the bench. */
function strangeGoods(code: string, current: OrderFacts | null): Meaning | null {
  const line = current?.lines.find((one) => one.sku === code)
  if (line !== undefined) {
    return { kind: 'product', products: [{ ...line, units: 1 }], candidate: null }
  }
  const kit = current?.lines.find((one) => one.kit?.sku === code)?.kit ?? null
  if (kit === null) return null
  const { sku, title } = kit
  const product = { sku, title, spec: '', picture: null, productId: null, units: 1 }
  return { kind: 'product', products: [product], candidate: null }
}

function orderMeaning(db: Reader, number: string): Meaning | null {
  const orders = ordersByNumber(db, { number })
    .map((row) => orderFacts(db, row.id))
    .filter((order) => order !== null)
  return orders.length > 0 ? { kind: 'order', orders } : null
}

function labelMeaning(db: Reader, waybill: string, pending: Pending | null): Meaning | null {
  const labels = labelsByWaybill(db, { waybill })
  // Two couriers may use one number: the label that this bench waits for is the one in the packer's hand.
  const label =
    labels.find((one) => pending?.kind === 'label' && one.id === pending.labelId) ??
    labels.find((one) => one.state !== 'void') ??
    labels[0]
  const order = label === undefined ? null : orderFacts(db, label.order_id)
  if (label === undefined || order === null) return null
  return { kind: 'label', label, order, handedOver: label.parcel_state === 'handedOver' }
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

export function gatherHandOver(db: Reader, waveId: string | null, scan: ScanFacts): HandOverSituation {
  const { at: now, scanner } = scan
  const code = cleanCode(scan.code)
  const exact = labelsByWaybill(db, { waybill: code })
  const found =
    exact.length > 0
      ? exact
      : readCode({ text: scan.code }, Number(now.slice(0, 4))).candidates.flatMap((form) =>
          labelsByWaybill(db, { waybill: form }),
        )
  return {
    now,
    scanner,
    waveId,
    labels: found.flatMap((label) => {
      const order = orderFacts(db, label.order_id)
      return order === null
        ? []
        : [{ label, order, parcelId: label.parcel_id, handedOver: label.parcel_state === 'handedOver' }]
    }),
  }
}
