import { assertNever } from '#shared/support/assert-never.ts'
import {
  type Command,
  releaseReasons,
  type ReleaseReason,
  type ReprintReason,
  reprintReasons,
} from './codes.ts'
import {
  stoppedTotal,
  weighAgain,
  weighBase,
  weighOpening,
  weighPut,
  weighReleased,
  weighTakeOut,
  weighTotal,
  type WeightEffect,
  weightLessons,
  weightNow,
  type WeightStep,
} from './decide-weight.ts'
import type {
  ErrorVerdict,
  KitFacts,
  LabelFacts,
  LineFacts,
  Meaning,
  OrderFacts,
  Pending,
  Put,
  ScannedProduct,
  Releaser,
  Situation,
  WaveFacts,
  WeightPending,
} from './situation.ts'
import { type GatePoint, stopGate } from './stop-gate.ts'

export type Verdict = 'opened' | 'right' | 'complete' | 'ambiguous' | 'command' | ErrorVerdict

/** What the packer is told. `reason.code` names a text in both languages. */
export interface Verdicted {
  readonly verdict: Verdict
  readonly reason: Reason | null
  /** The order that the answer speaks of. */
  readonly order: OrderFacts | null
  readonly scanned: ScannedProduct | null
  readonly surplus: number
  readonly choices: readonly ScannedProduct[]
  /** What the scale or its own code says against it: told at once, and neither blocks nor counts. */
  readonly warning: Reason | null
}

export interface Reason {
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>>
}

/** What must be saved, all in one transaction. */
export type Effect =
  | { readonly kind: 'openParcel'; readonly orderId: string }
  | { readonly kind: 'put'; readonly puts: readonly Put[] }
  | { readonly kind: 'takeOut'; readonly puts: readonly Put[]; readonly undoes: number }
  | { readonly kind: 'complete'; readonly short: string | null }
  | { readonly kind: 'requestLabel' }
  | { readonly kind: 'checkLabel'; readonly labelId: string }
  | { readonly kind: 'reprint'; readonly labelId: string; readonly reason: ReprintReason | 'notSent' }
  | { readonly kind: 'voidLabel'; readonly labelId: string; readonly by: string }
  | { readonly kind: 'hold'; readonly orderId: string; readonly reason: string }
  | { readonly kind: 'signIn'; readonly operatorId: string }
  | { readonly kind: 'releaseWeight'; readonly by: Releaser; readonly reason: ReleaseReason }
  | WeightEffect

/** Where the bench stands afterwards. */
export interface BenchAfter {
  readonly waveId: string | null
  readonly orderId: string | null
  readonly pending: Pending | null
}

export interface Decision {
  readonly answer: Verdicted
  readonly effects: readonly Effect[]
  readonly bench: BenchAfter
}

/**
 * Decides one scan at the bench. Pure: the situation in, what to answer and what to save out. The rules:
 * nothing counts that the order does not need, nothing ships past the stop gate, and a scan that is refused
 * changes nothing but what the bench waits for.
 */
export function decideScan(before: Situation): Decision {
  const at = withoutAsking(before)
  const { meaning, pending } = at
  if (pending?.kind === 'error' && at.bench.errorsWait && !isCommand(meaning, 'OK')) {
    return refuse(at, pending.verdict, { code: 'acknowledgeFirst' }, { keep: true })
  }
  if (at.scanner === 'item' && meaning.kind === 'label')
    return refuse(at, 'wrongItem', { code: 'scannerForItems' }, { order: meaning.order })
  if (at.scanner === 'label' && !saidByLabelScanner.has(meaning.kind))
    return refuse(at, 'wrongItem', { code: 'scannerForLabels' })
  switch (meaning.kind) {
    case 'command':
      return decideCommand(at, meaning.command, meaning.last ?? null)
    case 'pick':
      return at.pending?.kind === 'reason'
        ? decideReason(at, at.pending.labelId, meaning.choice, meaning.about ?? null)
        : at.pending?.kind === 'release'
          ? decideRelease(at, at.pending, meaning.choice)
          : decideChoice(at, meaning.choice, meaning.candidate)
    case 'badge':
      return decideBadge(at, meaning)
    case 'wave':
      return decideWave(at, meaning.wave, meaning.left)
    case 'slot':
      return decideSlot(at, meaning.wave, meaning.order)
    case 'order':
      return decideOrders(at, meaning.orders)
    case 'label':
      return decideLabel(at, meaning)
    case 'product':
      return decideProducts(at, meaning.products, meaning.candidate)
    case 'unknown':
      return refuse(at, 'unknown', { code: 'unknownCode' })
    default:
      return assertNever(meaning)
  }
}

/** A scanner that is there for labels may also say commands and badges. */
const saidByLabelScanner: ReadonlySet<Meaning['kind']> = new Set(['label', 'command', 'pick', 'badge'])

/**
 * The question for a reason ends with any scan that does not answer it: what stood behind it stands again. So does the
 * wait for a badge, but only before a label that waits to be checked.
 */
function withoutAsking(at: Situation): Situation {
  const { pending } = at
  if (at.meaning.kind === 'pick' || isCommand(at.meaning, 'CANCEL')) return at
  if (pending?.kind === 'release') return { ...at, pending: pending.weight }
  if (pending?.kind === 'badge' && at.meaning.kind !== 'badge')
    return { ...at, pending: labelToCheck(at) ?? pending }
  return pending?.kind === 'reason' ? { ...at, pending: labelToCheck(at) } : at
}

/** Units that the order still needs in the box on the bench. */
export const remainingOf = (order: OrderFacts): number =>
  order.lines.reduce((sum, line) => sum + missing(line), 0)

/** Units of one line that are in no box yet. */
export const missing = (line: { quantity: number; packed: number; shipped: number }): number =>
  Math.max(0, line.quantity - line.packed - line.shipped)

/** Spreads units of one SKU, or whole kits of it, over the lines that still need them. */
function spread(order: OrderFacts, sku: string, units: number): { puts: Put[]; surplus: number } {
  const single = fill(inPackingOrder(order, sku), units)
  return kitsIn(order, sku).reduce(({ puts, surplus }, kit) => {
    const count = Math.min(surplus, wholeKits(kit))
    return { puts: [...puts, ...takeKits(kit, count)], surplus: surplus - count }
  }, single)
}

function fill(lines: readonly LineFacts[], units: number): { puts: Put[]; surplus: number } {
  const puts: Put[] = []
  let left = units
  for (const line of lines) {
    if (left === 0) break
    const take = Math.min(left, missing(line))
    if (take > 0) puts.push({ lineId: line.id, units: take })
    left -= take
  }
  return { puts, surplus: left }
}

/**
 * Lines of one SKU as single pieces fill them: lines of their own first, then kits that were begun, each in line order.
 * So a kit stays whole for its own barcode as long as it can.
 */
function inPackingOrder(order: OrderFacts, sku: string): readonly LineFacts[] {
  const lines = order.lines.filter((line) => line.sku === sku)
  if (lines.every((line) => line.kit === null)) return lines
  const begun = new Set(
    order.lines.flatMap(({ kit, packed, shipped }) => (kit !== null && packed + shipped > 0 ? [kit.id] : [])),
  )
  const rank = ({ kit }: LineFacts) => (kit === null ? 0 : begun.has(kit.id) ? 1 : 2)
  return lines.toSorted((a, b) => rank(a) - rank(b))
}

// --- kits ----------------------------------------------------------------------------------------------------

type KitLine = LineFacts & { readonly kit: KitFacts }

/** The order's kits of one SKU, each with its lines by part. */
function kitsIn(order: OrderFacts, sku: string): readonly (readonly (readonly KitLine[])[])[] {
  const lines = order.lines.filter((line): line is KitLine => line.kit?.sku === sku)
  return [...Map.groupBy(lines, (line) => line.kit.id).values()].map((kit) => [
    ...Map.groupBy(kit, (line) => line.sku).values(),
  ])
}

/** How many of these kits have every part still to come: what a scan of the kit itself may count. */
function wholeKits(parts: readonly (readonly KitLine[])[]): number {
  const [one] = parts[0] ?? []
  if (one === undefined || parts.length < one.kit.parts) return 0
  return Math.min(
    ...parts.map((lines) =>
      Math.floor(lines.reduce((sum, line) => sum + missing(line), 0) / (lines[0]?.kit.units ?? Infinity)),
    ),
  )
}

const takeKits = (parts: readonly (readonly KitLine[])[], count: number): Put[] =>
  parts.flatMap((lines) => fill(lines, count * (lines[0]?.kit.units ?? 0)).puts)

/** Pieces of this SKU's kits are in the box and others are not: the kit itself can no longer go in. */
const kitBegun = (order: OrderFacts, sku: string): boolean => {
  const kits = kitsIn(order, sku)
  return kits.every((kit) => wholeKits(kit) === 0) && kits.flat(2).some((line) => missing(line) > 0)
}

// --- opening -------------------------------------------------------------------------------------------------

function decideWave(at: Situation, wave: WaveFacts | null, left: number): Decision {
  if (wave === null) return refuse(at, 'unknown', { code: 'waveUnknown' })
  const busy = busyWithAnother(at, null)
  if (busy !== null) return busy
  if (left === 0) return refuse(at, 'alreadyShipped', { code: 'waveDone', params: { wave: wave.number } })
  return {
    answer: says('opened', { code: 'waveOpened', params: { wave: wave.number, left } }, null),
    effects: [],
    bench: { waveId: wave.id, orderId: null, pending: null },
  }
}

function decideSlot(at: Situation, wave: WaveFacts | null, order: OrderFacts | null): Decision {
  if (wave === null || order === null) return refuse(at, 'unknown', { code: 'slotUnknown' })
  return open(at, order)
}

function decideOrders(at: Situation, orders: readonly OrderFacts[]): Decision {
  const [order, second] = orders
  if (order === undefined) return refuse(at, 'unknown', { code: 'unknownCode' })
  // Two shops may use the same number: the slot barcode tells them apart, the number cannot.
  if (second !== undefined) return refuse(at, 'unknown', { code: 'orderNumberTwice' })
  return open(at, order)
}

function open(at: Situation, order: OrderFacts): Decision {
  const busy = busyWithAnother(at, order.id)
  if (busy !== null) return busy
  const waveId = order.wave?.id ?? at.wave?.id ?? null
  if (order.parcel?.state === 'packed' && order.parcel.label === null) {
    // Packed while no waybill number was left, or its label was voided: all that is missing is the label.
    return (
      gateAnswer(at, order, 'label') ?? {
        answer: says('opened', { code: 'labelMissing' }, order),
        effects: [{ kind: 'requestLabel' }],
        bench: afterLabel(at, order, null, waveId),
      }
    )
  }
  const refused = cannotOpen(at, order)
  if (refused !== null) return refused
  return {
    answer: says('opened', null, order),
    effects: [...openingEffects(at, order), ...weighOpening(at, order).effects],
    bench: { waveId, orderId: order.id, pending: null },
  }
}

function openingEffects(at: Situation, order: OrderFacts): Effect[] {
  const effects: Effect[] = []
  if (order.parcel === null) effects.push({ kind: 'openParcel', orderId: order.id })
  if (at.bench.printMode === 'first' && (order.parcel?.label ?? null) === null)
    effects.push({ kind: 'requestLabel' })
  return effects
}

/** Why this order may not be opened at this bench now, or null. */
function cannotOpen(at: Situation, order: OrderFacts): Decision | null {
  if (order.state === 'handedOver') return refuse(at, 'alreadyShipped', { code: 'handedOver' }, { order })
  const gate = gateAnswer(at, order, 'open')
  if (gate !== null) return gate
  if (order.state === 'packed' || order.parcel?.state === 'packed') {
    return refuse(at, 'alreadyShipped', { code: 'packed' }, { order })
  }
  const elsewhere = order.parcel?.bench ?? null
  if (elsewhere !== null && elsewhere.id !== at.bench.id) {
    return refuse(at, 'stopped', { code: 'otherBench', params: { bench: elsewhere.name } }, { order })
  }
  return null
}

/** One box at a time: a box with something in it is finished or put aside before another is opened. */
function busyWithAnother(at: Situation, orderId: string | null): Decision | null {
  if (at.pending?.kind === 'label' && at.pending.orderId !== orderId) {
    return refuse(at, 'wrongItem', { code: 'scanLabelFirst', params: { waybill: at.pending.waybill } })
  }
  const current = at.current
  if (current === null || current.id === orderId) return null
  if (current.lines.some((line) => line.packed > 0)) {
    return refuse(at, 'wrongItem', { code: 'otherOrderOpen', params: { order: current.number } })
  }
  return null
}

// --- items ---------------------------------------------------------------------------------------------------

function decideProducts(
  at: Situation,
  products: readonly ScannedProduct[],
  candidate: OrderFacts | null,
): Decision {
  const [only] = products
  if (only === undefined) return refuse(at, 'unknown', { code: 'unknownCode' })
  // A box that waits for its label asks for it before it asks which of several goods this was.
  if (products.length > 1 && at.pending?.kind !== 'label') {
    // A shared barcode cannot say which of them is in the hand, even when the order needs only one of them.
    return {
      answer: { ...says('ambiguous', { code: 'chooseByPicture' }, at.current), choices: products },
      effects: [],
      bench: { ...stay(at), pending: { kind: 'choice', choices: products } },
    }
  }
  return decideProduct(at, only, candidate)
}

function decideChoice(at: Situation, choice: number, candidate: OrderFacts | null): Decision {
  if (at.pending?.kind !== 'choice') return refuse(at, 'unknown', { code: 'nothingToChoose' })
  const chosen = at.pending.choices[choice - 1]
  if (chosen === undefined) return refuse(at, 'unknown', { code: 'noSuchChoice' }, { keep: true })
  return decideProduct({ ...at, pending: null }, chosen, candidate)
}

function decideProduct(at: Situation, product: ScannedProduct, candidate: OrderFacts | null): Decision {
  if (at.pending?.kind === 'label') {
    return refuse(
      at,
      'wrongItem',
      { code: 'scanLabelFirst', params: { waybill: at.pending.waybill } },
      { scanned: product },
    )
  }
  const order = at.current ?? candidate
  if (order === null) {
    return refuse(
      at,
      'wrongItem',
      { code: at.wave === null ? 'openAJobFirst' : 'noOrderNeedsIt' },
      { scanned: product },
    )
  }
  const opening = at.current === null
  if (opening) {
    const refused = cannotOpen(at, order)
    if (refused !== null) return refused
  }
  if (!order.lines.some((line) => line.sku === product.sku || line.kit?.sku === product.sku)) {
    return refuse(at, 'wrongItem', { code: 'notInOrder' }, { order, scanned: product })
  }
  const unfit = unfitUnit(product)
  if (unfit !== null) return refuse(at, 'wrongItem', unfit, { order, scanned: product })
  const { puts, surplus } = spread(order, product.sku, product.units)
  if (surplus > 0 && kitBegun(order, product.sku)) {
    return refuse(at, 'wrongItem', { code: 'kitBegun' }, { order, scanned: product })
  }
  if (surplus > 0) {
    // Nothing of the pack is counted: a box with five of a six-pack is not something that a scan can say.
    return refuse(
      at,
      'tooMany',
      { code: product.units > 1 ? 'packTooLarge' : 'oneTooMany', params: { surplus } },
      { order, scanned: product, surplus },
    )
  }
  const after = withPuts(order, puts)
  const complete = remainingOf(after) === 0
  // A change that reached us while the box was being filled stops it here, before the label is out.
  const gate = gateAnswer(at, order, complete ? 'label' : 'open')
  if (gate !== null) return gate

  const weighed = weighPut(at, order, puts, opening)
  const warning = doubtedUnit(product) ?? weighed.warning
  const effects: Effect[] = [
    ...(opening ? openingEffects(at, order) : []),
    { kind: 'put', puts },
    ...weighed.effects,
  ]
  const waveId = order.wave?.id ?? at.wave?.id ?? null
  if (!complete) {
    return {
      answer: { ...says('right', null, after), scanned: product, warning },
      effects,
      bench: { waveId, orderId: order.id, pending: null },
    }
  }
  const close = closing(weighed.at, after, waveId, effects, null)
  return {
    answer: {
      ...says('complete', null, after),
      scanned: product,
      warning: warning ?? close.warning,
    },
    effects: [...effects, ...close.effects],
    bench: close.bench,
  }
}

/** Why this very unit may not go in although its kind is wanted. */
function unfitUnit({ mark }: ScannedProduct): Reason | null {
  if (mark === undefined) return null
  if (mark.expired) return { code: 'expired', params: { expiry: mark.expiry ?? '' } }
  if (mark.alreadyIn !== null)
    return { code: 'unitTwice', params: { serial: mark.serial ?? '', order: mark.alreadyIn } }
  return null
}

/** The unit goes in, for all of a batch can be marked like this; but somebody must look at what is printed on it. */
function doubtedUnit({ mark }: ScannedProduct): Reason | null {
  const digits = mark?.unreadExpiry ?? null
  return digits === null ? null : { code: 'unreadExpiry', params: { digits } }
}

interface Closing {
  readonly effects: readonly Effect[]
  readonly bench: BenchAfter
  readonly warning: Reason | null
}

/** The box has all that goes into it: it is weighed where the bench does that, and then finished. */
function closing(
  at: Situation,
  order: OrderFacts,
  waveId: string | null,
  before: readonly Effect[],
  short: string | null,
): Closing {
  const total = weighTotal(at, order, short)
  if (total.kind === 'wait')
    return { effects: [], bench: { waveId, orderId: order.id, pending: total.pending }, warning: null }
  return closed(total, order, waveId, before, short)
}

function closed(
  weighed: WeightStep,
  order: OrderFacts,
  waveId: string | null,
  before: readonly Effect[],
  short: string | null,
): Closing {
  const finish = finishing(weighed.at, order, waveId, before, short)
  return {
    effects: [...weighed.effects, ...finish.effects],
    bench: finish.bench,
    warning: weighed.warning,
  }
}

/** What happens after the last unit: a countdown, the label, the check of the label on the box. */
function finishing(
  at: Situation,
  order: OrderFacts,
  waveId: string | null,
  before: readonly Effect[],
  short: string | null,
): { effects: Effect[]; bench: BenchAfter } {
  const label = order.parcel?.label ?? null
  // A scan that opens and completes an order at once may have asked for the label on opening.
  const printsNow = label === null && !before.some((effect) => effect.kind === 'requestLabel')
  if (printsNow && short === null && at.bench.countdownMs > 0) {
    const until = new Date(Date.parse(at.now) + at.bench.countdownMs).toISOString()
    return { effects: [], bench: { waveId, orderId: order.id, pending: { kind: 'countdown', until } } }
  }
  const effects: Effect[] = [{ kind: 'complete', short }, ...weightLessons(at, order)]
  if (printsNow) effects.push({ kind: 'requestLabel' })
  return { effects, bench: afterLabel(at, order, label, waveId) }
}

/** The saver fills in the number of a label that it has just made (an empty labelId asks for that). */
function afterLabel(
  at: Situation,
  order: OrderFacts,
  label: LabelFacts | null,
  waveId: string | null,
): BenchAfter {
  if (!at.bench.checkLabel) return { waveId, orderId: null, pending: null }
  return {
    waveId,
    orderId: order.id,
    pending: { kind: 'label', labelId: label?.id ?? '', waybill: label?.waybill ?? '', orderId: order.id },
  }
}

/** The wait that stands behind another one: a packed box on this bench whose label was not scanned yet. */
function labelToCheck({ bench, current }: Situation): Pending | null {
  const label = current?.parcel?.label ?? null
  if (!bench.checkLabel || current === null || label === null || current.parcel?.state !== 'packed')
    return null
  return { kind: 'label', labelId: label.id, waybill: label.waybill, orderId: current.id }
}

function withPuts(order: OrderFacts, puts: readonly Put[]): OrderFacts {
  return {
    ...order,
    lines: order.lines.map((line) => {
      const units = puts.reduce((sum, put) => (put.lineId === line.id ? sum + put.units : sum), 0)
      return units === 0 ? line : { ...line, packed: line.packed + units }
    }),
  }
}

// --- labels --------------------------------------------------------------------------------------------------

function decideLabel(at: Situation, meaning: Extract<Meaning, { kind: 'label' }>): Decision {
  const { label, order } = meaning
  if (label.state === 'void')
    return refuse(at, 'wrongItem', { code: 'voidLabel', params: { waybill: label.waybill } }, { order })
  if (at.pending?.kind === 'label' && at.pending.labelId !== label.id) {
    return refuse(at, 'wrongItem', { code: 'otherLabel', params: { waybill: at.pending.waybill } }, { order })
  }
  if (meaning.handedOver) return refuse(at, 'alreadyShipped', { code: 'handedOver' }, { order })
  if (order.parcel?.state !== 'packed') return open(at, order)
  const gate = gateAnswer(at, order, 'label')
  // The bench asks for labels in doubt whatever stands on it: seen on its box, one is in doubt no more.
  if (label.state === 'unknown' && at.current !== null && at.current.id !== order.id && gate === null) {
    return {
      answer: says('right', { code: 'labelChecked' }, order),
      effects: [{ kind: 'checkLabel', labelId: label.id }],
      bench: stay(at),
    }
  }
  const busy = busyWithAnother(at, order.id)
  if (busy !== null) return busy
  if (gate !== null) return gate
  return {
    answer: says('right', { code: 'labelChecked' }, order),
    effects: label.state === 'checked' ? [] : [{ kind: 'checkLabel', labelId: label.id }],
    bench: { waveId: at.wave?.id ?? order.wave?.id ?? null, orderId: null, pending: null },
  }
}

// --- commands ------------------------------------------------------------------------------------------------

function decideCommand(at: Situation, command: Command, last: OrderFacts | null): Decision {
  const { current, pending } = at
  switch (command) {
    case 'OK':
      if (pending?.kind === 'countdown' && current !== null) return printNow(at, current)
      return did(at, pending?.kind === 'error' ? 'acknowledged' : 'nothingToDo', [], {
        ...stay(at),
        pending: pending?.kind === 'error' ? null : pending,
      })
    case 'WEIGH':
      return decideWeigh(at)
    case 'CANCEL':
      if (pending?.kind === 'release')
        return did(at, 'weightWaits', [], { ...stay(at), pending: pending.weight })
      if (pending === null || pending.kind === 'label')
        return did(at, 'nothingToDo', [], { ...stay(at), pending })
      return did(at, 'cancelled', [], { ...stay(at), pending: labelToCheck(at) })
    case 'PRINT':
      if (current === null || remainingOf(current) > 0)
        return refuse(at, 'wrongItem', { code: 'notComplete' })
      return printNow(at, current)
    case 'UNDO': {
      const undo = current?.parcel?.undoable ?? null
      if (current === null || undo === null || current.parcel?.state !== 'open') {
        return refuse(at, 'wrongItem', { code: 'nothingToUndo' })
      }
      const minus = undo.puts.map((put) => ({ ...put, units: -put.units }))
      return {
        answer: says('command', { code: 'undone' }, withPuts(current, minus)),
        effects: [{ kind: 'takeOut', puts: undo.puts, undoes: undo.seq }, ...weighTakeOut(at).effects],
        bench: { ...stay(at), pending: null },
      }
    }
    case 'NEXT':
      if (pending?.kind === 'label')
        return refuse(at, 'wrongItem', { code: 'scanLabelFirst', params: { waybill: pending.waybill } })
      return did(at, current === null ? 'nothingToDo' : 'parked', [], {
        ...stay(at),
        orderId: null,
        pending: null,
      })
    case 'HOLD':
    case 'SHORT': {
      if (current === null || current.parcel?.state === 'packed')
        return refuse(at, 'wrongItem', { code: 'openAJobFirst' })
      const code = command === 'HOLD' ? 'held' : 'short'
      return did(
        at,
        code,
        [{ kind: 'hold', orderId: current.id, reason: command === 'HOLD' ? 'bench' : shortNote(current) }],
        { ...stay(at), orderId: null, pending: null },
      )
    }
    case 'PARTIAL':
      if (
        current === null ||
        !current.lines.some((line) => line.packed > 0) ||
        current.parcel?.state !== 'open'
      ) {
        return refuse(at, 'wrongItem', { code: 'nothingPacked' })
      }
      return did(at, 'scanSupervisorBadge', [], { ...stay(at), pending: { kind: 'badge', act: 'partial' } })
    case 'VOID':
      if ((current?.parcel?.label ?? null) === null) return refuse(at, 'wrongItem', { code: 'noLabel' })
      return did(at, 'scanSupervisorBadge', [], { ...stay(at), pending: { kind: 'badge', act: 'void' } })
    case 'REPRINT':
    case 'MISSING':
      return decideReprint(at, command, last)
    default:
      return assertNever(command)
  }
}

/** Bytes of it may be leaving at this moment. */
export const isOnItsWay = (state: LabelFacts['state']): boolean =>
  state === 'requested' || state === 'rendered' || state === 'sending'

/** Seen on the box, or its printer's own word: that it never came is then no reason by itself. */
const isOut = (state: LabelFacts['state']): boolean => state === 'checked' || state === 'printed'

/**
 * A second paper with the same number: never while the first is still on its way, never past the stop gate, never
 * without a reason. MISSING is the reason itself; REPRINT asks for one.
 */
function decideReprint(at: Situation, command: 'REPRINT' | 'MISSING', last: OrderFacts | null): Decision {
  // A box that has left has no parcel here any more: it is nobody's to label.
  const beside = last === null || last.parcel === null ? null : last
  // What the bench asks about comes before the box that stands there.
  const about = (command === 'MISSING' ? (beside ?? at.current) : at.current) ?? beside
  const label = about?.parcel?.label ?? null
  if (about === null || label === null) return refuse(at, 'wrongItem', { code: 'noLabel' })
  if (isPrinting(at, label)) return refuse(at, 'wrongItem', { code: 'labelOnItsWay' }, { order: about })
  // It comes out of its memory once the printer is well, and would be the second paper then. REPRINT is for who knows better.
  if (command === 'MISSING' && at.stuck.has(label.id))
    return refuse(at, 'wrongItem', { code: 'labelInPrinter' }, { order: about })
  const gate = gateAnswer(at, about, 'label')
  if (gate !== null) return gate
  // Nothing of it ever left: this is no second paper.
  if (label.state === 'notSent') return reprint(at, about, label, 'notSent')
  if (command === 'MISSING' && !isOut(label.state)) return reprint(at, about, label, 'notOut')
  return did({ ...at, current: about }, 'chooseReason', [], {
    ...stay(at),
    pending: { kind: 'reason', labelId: label.id, orderId: about.id },
  })
}

function decideReason(at: Situation, labelId: string, choice: number, about: OrderFacts | null): Decision {
  const reason = reprintReasons[choice - 1]
  if (reason === undefined) return refuse(at, 'unknown', { code: 'noSuchChoice' }, { keep: true })
  const label = about?.parcel?.label ?? null
  if (about === null || label?.id !== labelId) {
    return refuse({ ...at, pending: labelToCheck(at) }, 'wrongItem', { code: 'noLabel' })
  }
  // Somebody may have printed it from elsewhere while this was asked.
  if (isPrinting(at, label))
    return refuse(
      { ...at, pending: labelToCheck(at) },
      'wrongItem',
      { code: 'labelOnItsWay' },
      { order: about },
    )
  return reprint(at, about, label, reason)
}

const isPrinting = (at: Situation, { id, state }: LabelFacts): boolean =>
  isOnItsWay(state) || at.printing.has(id)

function reprint(
  at: Situation,
  about: OrderFacts,
  label: LabelFacts,
  reason: ReprintReason | 'notSent',
): Decision {
  // Another box stands on the bench, and stays there.
  const isBeside = at.current !== null && at.current.id !== about.id
  // The new paper belongs on its box as the first did, and is looked for there.
  const waits = about.parcel?.state === 'packed'
  return did(
    { ...at, current: about },
    'reprinting',
    [{ kind: 'reprint', labelId: label.id, reason }],
    isBeside
      ? stay(at)
      : waits
        ? afterLabel(at, about, label, at.wave?.id ?? null)
        : { ...stay(at), pending: null },
  )
}

/** Every unit is in, and the label has not been asked for: the countdown ran out, was cut short or was cancelled. */
function printNow(at: Situation, order: OrderFacts): Decision {
  const gate = gateAnswer(at, order, 'label')
  if (gate !== null) return gate
  const completes = order.parcel?.state === 'open'
  const now = { ...at, bench: { ...at.bench, countdownMs: 0 } }
  const stopped = completes ? stoppedTotal(now, order) : null
  if (stopped !== null) return decideTotal(now, order, stopped)
  const waveId = waveAfter(at, order)
  // A packed box was weighed before, or stands on no scale any longer.
  const close = completes
    ? closing(now, order, waveId, [], null)
    : { ...finishing(now, order, waveId, [], null), warning: null }
  const waits = close.bench.pending?.kind === 'weight'
  return {
    answer: {
      ...says('command', { code: waits ? 'weightWaits' : 'printing' }, order),
      warning: close.warning,
    },
    effects: close.effects.filter((effect) => completes || effect.kind !== 'complete'),
    bench: close.bench,
  }
}

const waveAfter = (at: Situation, order: OrderFacts): string | null => at.wave?.id ?? order.wave?.id ?? null

// --- weight --------------------------------------------------------------------------------------------------

/** The scale stood still, or somebody asks for a second look. */
function decideWeigh(at: Situation): Decision {
  const { pending, current } = at
  if (at.weight === null) {
    // The setting was switched off while the box waited.
    return pending?.kind === 'weight' && current !== null && remainingOf(current) === 0
      ? printNow(at, current)
      : refuse(at, 'wrongItem', { code: 'weighsNot' })
  }
  if (current === null) return refuse(at, 'wrongItem', { code: 'openAJobFirst' })
  if (current.parcel?.state !== 'open') return did(at, 'nothingToDo', [], stay(at))
  if (pending?.kind === 'weight') return decideTotal(at, current, pending)
  if (!current.lines.some((line) => line.packed > 0)) {
    const base = weighBase(at)
    if (base === null) {
      const moving = at.weight.scale.reading.kind === 'moving'
      return did(at, moving ? 'weightMoving' : 'weightNone', [], stay(at))
    }
    return did(at, 'weightBase', base.effects, stay(at))
  }
  const now = weightNow(at, current)
  if (now.kind !== 'known')
    return did(at, now.kind === 'moving' ? 'weightMoving' : 'weightNone', [], stay(at))
  const { gotG, expectedG, bandG } = now
  return did(at, now.fits ? 'weightFits' : 'weightOff', [], stay(at), {
    got: gotG,
    expected: expectedG,
    band: bandG,
  })
}

function decideTotal(at: Situation, order: OrderFacts, pending: WeightPending): Decision {
  const look = weighAgain(at, order, pending)
  if (look.kind === 'wait') return did(at, 'weightWaits', [], { ...stay(at), pending: look.pending })
  if (look.kind === 'moving')
    return did(at, 'weightMoving', [], { ...stay(at), pending: { ...pending, gotG: null } })
  if (look.kind === 'off') {
    const { gotG, expected } = look.stopped
    return did(
      at,
      look.silent === null ? 'weightOff' : `weightStopped.${look.silent}`,
      look.step.effects,
      { ...stay(at), pending: { ...pending, expected, gotG } },
      { got: gotG, expected: expected.grams, band: expected.band },
    )
  }
  // What came to us while the box was weighed stops it. It must not be asked again with every reading.
  const gate = gateAnswer({ ...at, pending: null }, order, 'label')
  if (gate !== null) return gate
  return goesOn(at, order, look, pending.short, 'weightFits')
}

function goesOn(
  at: Situation,
  order: OrderFacts,
  weighed: WeightStep,
  short: string | null,
  code: string,
): Decision {
  const close = closed(weighed, order, waveAfter(at, order), [], short)
  return {
    answer: { ...says('command', weighed.warning ?? { code }, order), warning: weighed.warning },
    effects: close.effects,
    bench: close.bench,
  }
}

function decideRelease(
  at: Situation,
  pending: Extract<Pending, { kind: 'release' }>,
  choice: number,
): Decision {
  const reason = releaseReasons[choice - 1]
  if (reason === undefined) return refuse(at, 'unknown', { code: 'noSuchChoice' }, { keep: true })
  const order = at.current
  if (order === null) return did(at, 'nothingToDo', [], { ...stay(at), pending: null })
  const gate = gateAnswer({ ...at, pending: pending.weight }, order, 'label')
  if (gate !== null) return gate
  const released = weighReleased(at, order, pending, reason)
  const gone = goesOn(at, order, released, pending.weight.short, 'weightReleased')
  return { ...gone, effects: [...gone.effects, { kind: 'releaseWeight', by: pending.by, reason }] }
}

function decideBadge(at: Situation, badge: Extract<Meaning, { kind: 'badge' }>): Decision {
  if (badge.operatorId === null) return refuse(at, 'unknown', { code: 'badgeUnknown' })
  const { pending } = at
  // Goods of unknown weight need nobody's release: they only wait to be learned.
  if (pending?.kind === 'weight' && pending.expected !== null && badge.role === 'supervisor') {
    const by = { operatorId: badge.operatorId, name: badge.name }
    return did(at, 'chooseRelease', [], { ...stay(at), pending: { kind: 'release', weight: pending, by } })
  }
  if (pending?.kind !== 'badge') {
    return did(at, 'signedIn', [{ kind: 'signIn', operatorId: badge.operatorId }], stay(at), {
      name: badge.name,
    })
  }
  if (badge.role !== 'supervisor') return refuse(at, 'wrongItem', { code: 'notASupervisor' }, { keep: true })
  const order = at.current
  if (order === null) return did(at, 'nothingToDo', [], { ...stay(at), pending: null })
  switch (pending.act) {
    case 'partial': {
      const gate = gateAnswer(at, order, 'label')
      if (gate !== null) return gate
      const close = closing(at, order, waveAfter(at, order), [], `${shortNote(order)} / ${badge.name}`)
      return {
        answer: { ...says('complete', { code: 'partial' }, order), warning: close.warning },
        effects: close.effects,
        bench: close.bench,
      }
    }
    case 'void': {
      const label = order.parcel?.label ?? null
      if (label === null) return refuse(at, 'wrongItem', { code: 'noLabel' })
      return did(at, 'voided', [{ kind: 'voidLabel', labelId: label.id, by: badge.name }], {
        ...stay(at),
        pending: null,
      })
    }
    default:
      return assertNever(pending.act)
  }
}

const shortNote = (order: OrderFacts): string =>
  `short: ${order.lines
    .filter((line) => missing(line) > 0)
    .map((line) => `${line.sku}×${missing(line)}`)
    .join(' ')}`

// --- answers -------------------------------------------------------------------------------------------------

function says(verdict: Verdict, reason: Reason | null, order: OrderFacts | null): Verdicted {
  return { verdict, reason, order, scanned: null, surplus: 0, choices: [], warning: null }
}

const stay = (at: Situation): BenchAfter => ({
  waveId: at.wave?.id ?? null,
  orderId: at.current?.id ?? null,
  pending: at.pending,
})

function did(
  at: Situation,
  code: string,
  effects: readonly Effect[],
  bench: BenchAfter,
  params?: Readonly<Record<string, string | number>>,
): Decision {
  return {
    answer: says('command', params === undefined ? { code } : { code, params }, at.current),
    effects,
    bench,
  }
}

interface Refusal {
  readonly order?: OrderFacts
  readonly scanned?: ScannedProduct
  readonly surplus?: number
  /** What the bench waits for stays as it is. */
  readonly keep?: boolean
}

/** A scan that changes nothing: what was counted stays counted, and the error waits where the bench says so. */
function refuse(at: Situation, verdict: ErrorVerdict, reason: Reason, more: Refusal = {}): Decision {
  // A box that waits for its label or to be weighed and a badge that was asked for outlast a wrong scan; a countdown
  // does not: what was wrong may be in the box, so the label then waits for PRINT.
  const waits = at.pending !== null && outlasting.has(at.pending.kind)
  return {
    answer: {
      ...says(verdict, reason, more.order ?? at.current),
      scanned: more.scanned ?? null,
      surplus: more.surplus ?? 0,
    },
    effects: [],
    bench: {
      ...stay(at),
      pending:
        more.keep === true || waits ? at.pending : at.bench.errorsWait ? { kind: 'error', verdict } : null,
    },
  }
}

const outlasting: ReadonlySet<Pending['kind']> = new Set(['label', 'badge', 'weight', 'release'])

function gateAnswer(at: Situation, order: OrderFacts, point: GatePoint): Decision | null {
  const gate = stopGate(order, point, at.now)
  if (gate.kind === 'go') return null
  return refuse(
    at,
    'stopped',
    { code: gate.code, params: { note: gate.note, minutes: gate.ageMinutes } },
    { order },
  )
}

const isCommand = (meaning: Meaning, command: Command): boolean =>
  meaning.kind === 'command' && meaning.command === command
