import type { ScanAnswer } from '#shared/contract/packing.ts'
import { ownCodeIn } from '#shared/domain/packing/codes.ts'
import { decideHandOver } from '#shared/domain/packing/decide-hand-over.ts'
import { decideScan, type Decision, type Effect, type Reason } from '#shared/domain/packing/decide-scan.ts'
import type { ScaleNow } from '#shared/domain/packing/follow-scale.ts'
import type { Pending, Put, ScannerRole } from '#shared/domain/packing/situation.ts'
import type { Writer } from '#electron/db/query.ts'
import type { AreaContext, Caller } from '#electron/features/area.ts'
import {
  markLabel,
  type PrintService,
  reprintLabel,
  requestLabel,
  voidLabel,
} from '#electron/features/labels/index.ts'
import { recordShipment } from '#electron/features/shipments/index.ts'
import { auditAct } from '#electron/features/backup/index.ts'
import { leaveWave } from '#electron/features/waves/index.ts'
import { answerOf, needsOf, type StoredAnswer } from './answer.ts'
import { gatherHandOver, gatherSituation } from './gather.ts'
import { insertUnitMark } from './unit-marks.ts'
import {
  advanceWave,
  type BenchRow,
  clearBenches,
  closeParcel,
  handOverParcel,
  holdOrder,
  insertParcel,
  insertScan,
  markOrder,
  orderFacts,
  placeParcel,
  putUnits,
  saveBench,
  saveHandOver,
  scanByGesture,
  signInAtBench,
  takeOutUnits,
  waveByNumber,
} from './repository.ts'
import { doubtWeight, insertGain, saveKnownWeight, saveWeighing } from './weights.ts'

export interface Scan {
  readonly gesture: string
  readonly code: string
  readonly at: string
  readonly scanner: ScannerRole
  readonly aim?: string
}

export interface Scanned {
  readonly answer: ScanAnswer
  /** A label that this scan asked for: print it now that the scan is durable. */
  readonly label: string | null
  /** The name of the bench that counted it: another one, where a scanner is heard at several. */
  readonly bench: string
}

/** Gather, decide, save the scan with all that follows from it in one transaction, answer. */
export function packScan(
  core: AreaContext,
  bench: BenchRow,
  scan: Scan,
  scale: ScaleNow,
  labels: Pick<PrintService, 'running' | 'isStuck'>,
): Scanned {
  return core.db.transaction((tx) => {
    const before = scanByGesture(tx, { gesture: scan.gesture })
    if (before !== undefined) return { answer: answerOf(tx, before), label: null, bench: before.bench }
    const decision = decideScan(gatherSituation(tx, bench, scan, scale, labels))
    return save(tx, core, bench, scan, decision)
  })
}

function save(tx: Writer, core: AreaContext, bench: BenchRow, scan: Scan, decision: Decision): Scanned {
  const { answer } = decision
  const orderId = answer.order?.id ?? null
  let parcelId = answer.order?.parcel?.id ?? null
  let printing: string | null = null
  let requested: { id: string; waybill: string } | null = null
  let reason: Reason | null = answer.reason
  let puts: readonly Put[] = []
  let undoes: number | null = null
  const scale: { gain: Extract<Effect, { kind: 'weigh' }>['gain'] } = { gain: null }

  const needParcel = (): string => {
    if (parcelId === null) throw new Error('a decision touched a parcel that is not there')
    return parcelId
  }
  const apply = (effect: Effect): void => {
    switch (effect.kind) {
      case 'openParcel':
        parcelId = core.ids.next()
        insertParcel(tx, {
          id: parcelId,
          order: effect.orderId,
          bench: bench.id,
          at: scan.at,
          operator: bench.operator_id,
        })
        return
      case 'put':
        puts = effect.puts
        for (const put of puts) putUnits(tx, { parcel: needParcel(), line: put.lineId, units: put.units })
        return
      case 'takeOut':
        puts = effect.puts.map((put) => ({ ...put, units: -put.units }))
        undoes = effect.undoes
        for (const put of effect.puts)
          takeOutUnits(tx, { parcel: needParcel(), line: put.lineId, units: put.units })
        return
      case 'complete':
        closeParcel(tx, { id: needParcel(), at: scan.at, short: effect.short })
        if (orderId !== null) markOrder(tx, { id: orderId, state: 'packed' })
        return
      case 'requestLabel': {
        const label = requestLabel(tx, core, {
          id: needParcel(),
          orderId: orderId ?? '',
          printerId: bench.printer_id,
          operatorId: bench.operator_id,
        })
        // Packed but unlabelled is a state that everybody sees: the box waits, nothing is lost.
        if (!label.ok)
          reason =
            label.error.params === undefined
              ? { code: label.error.code }
              : { code: label.error.code, params: label.error.params }
        else {
          requested = label.value
          printing = label.value.id
        }
        return
      }
      case 'checkLabel':
        markLabel(tx, core, effect.labelId, 'checked', bench.operator_id)
        return
      case 'reprint':
        reprintLabel(tx, core, effect.labelId, effect.reason, bench.operator_id)
        printing = effect.labelId
        return
      case 'voidLabel':
        voidLabel(tx, core, effect.labelId, `bench, ${effect.by}`, bench.operator_id)
        return
      case 'hold':
        holdOrder(tx, { id: effect.orderId, reason: effect.reason, by: bench.name })
        return
      case 'signIn':
        signInAtBench(tx, { id: bench.id, operator: effect.operatorId })
        return
      case 'weigh':
        saveWeighing(tx, needParcel(), effect.weighing, scan.at)
        scale.gain ??= effect.gain
        return
      case 'knowWeight': {
        const { samples, meanG, m2 } = effect.known
        saveKnownWeight(tx, { product: effect.productId, samples, mean: meanG, m2, at: scan.at })
        return
      }
      case 'doubtWeight':
        doubtWeight(tx, { product: effect.productId, at: scan.at })
        return
      case 'releaseWeight': {
        const { operatorId, name } = effect.by
        const by: Caller = { kind: 'page', operator: { id: operatorId, name, role: 'supervisor' } }
        auditAct(tx, core, by, {
          act: 'parcel.releaseWeight',
          subject: needParcel(),
          reason: effect.reason,
          detail: { bench: bench.name, order: answer.order?.number ?? '' },
        })
        return
      }
    }
  }
  for (const effect of decision.effects) apply(effect)

  const stored: StoredAnswer = {
    verdict: answer.verdict,
    reason,
    scanned: answer.scanned?.sku ?? null,
    surplus: answer.surplus,
    choices: answer.choices.map((choice) => choice.sku),
    ...(answer.warning !== null && { warning: answer.warning }),
    ...needsOf(answer.order),
  }
  const seq = insertScan(tx, {
    gesture: scan.gesture,
    bench: bench.id,
    mode: 'pack',
    code: scan.code,
    at: scan.at,
    operator: bench.operator_id,
    verdict: answer.verdict,
    order: orderId,
    parcel: parcelId,
    units: puts.reduce((sum, put) => sum + put.units, 0),
    puts: JSON.stringify(puts.map((put) => [put.lineId, put.units])),
    undoes,
    answer: JSON.stringify(stored),
  })
  const mark = answer.scanned?.mark
  if (mark !== undefined && puts.length > 0 && undoes === null) {
    const { gtin, lot, expiry, serial } = mark
    insertUnitMark(tx, { scan: seq, gtin, lot, expiry, serial })
  }
  if (scale.gain !== null) insertGain(tx, { scan: seq, gain: scale.gain.grams, odd: scale.gain.odd })
  const after = decision.bench
  const isHere = after.orderId === orderId || decision.effects.length > 0
  if (parcelId !== null && isHere) placeParcel(tx, { id: parcelId, bench: bench.id })
  saveBench(tx, {
    id: bench.id,
    wave: after.waveId,
    parcel: after.orderId === null ? null : after.orderId === orderId ? parcelId : bench.parcel_id,
    pending: pendingText(after.pending, requested),
    scan: seq,
  })
  const waveId = answer.order?.wave?.id ?? null
  if (waveId !== null && decision.effects.length > 0) advanceWave(tx, { wave: waveId })
  return {
    answer: answerOf(tx, {
      ...scan,
      seq,
      mode: 'pack',
      order_id: orderId,
      parcel_id: parcelId,
      answer: JSON.stringify(stored),
    }),
    label: printing,
    bench: bench.name,
  }
}

/** The wait for the label on the box gets the number of the label that was made in this same transaction. */
function pendingText(
  pending: Pending | null,
  requested: { id: string; waybill: string } | null,
): string | null {
  if (pending === null) return null
  if (pending.kind !== 'label' || pending.labelId !== '') return JSON.stringify(pending)
  // No number was to be had: there is no label to wait for.
  return requested === null
    ? null
    : JSON.stringify({ ...pending, labelId: requested.id, waybill: requested.waybill })
}

/** Hand-over: the label on the box is scanned where the courier takes it. */
export function handOverScan(core: AreaContext, bench: BenchRow, scan: Scan): Scanned {
  return core.db.transaction((tx) => {
    const before = scanByGesture(tx, { gesture: scan.gesture })
    if (before !== undefined) return { answer: answerOf(tx, before), label: null, bench: before.bench }
    const own = ownCodeIn(scan.code)
    if (own?.kind === 'wave') return openHandOverWave(tx, bench, scan, own.wave)
    // What went wrong is on the screen until somebody has seen it.
    if (own?.kind === 'command' && own.command === 'OK') {
      const reason = { code: 'acknowledged' }
      const wave = bench.handover_wave_id
      return record(tx, bench, scan, { verdict: 'command', reason, orderId: null, parcelId: null, wave })
    }

    const decision = decideHandOver(gatherHandOver(tx, bench.handover_wave_id, scan))
    const { order, label, parcelId } = decision
    let stands = bench
    if (decision.verdict === 'handedOver' && order !== null && label !== null && parcelId !== null) {
      handOverParcel(tx, { id: parcelId, at: scan.at })
      // Scanned where the courier takes it, the label is checked: no bench waits for it any longer.
      clearBenches(tx, { parcel: parcelId })
      if (bench.parcel_id === parcelId) stands = { ...bench, parcel_id: null, pending: null }
      markLabel(tx, core, label.id, 'handedOver', bench.operator_id)
      // A partial parcel leaves the rest of its order open.
      const rest = order.lines.some((line) => line.quantity > line.packed + line.shipped)
      markOrder(tx, { id: order.id, state: rest ? 'open' : 'handedOver' })
      // What is missing was not on this wave's cart: it is planned, and picked, anew.
      if (rest) leaveWave(tx, order.id)
      recordShipment(tx, core, { orderId: order.id, parcelId, labelId: label.id, at: scan.at, partial: rest })
    }
    return record(tx, stands, scan, {
      verdict: decision.verdict,
      reason: decision.reason,
      orderId: order?.id ?? null,
      parcelId,
      wave: bench.handover_wave_id,
    })
  })
}

/** A wave scanned at hand-over narrows what is taken to its parcels; the same wave again widens it back. */
function openHandOverWave(tx: Writer, bench: BenchRow, scan: Scan, number: number): Scanned {
  const wave = waveByNumber(tx, { number })
  const found = wave !== undefined
  const next = !found ? bench.handover_wave_id : bench.handover_wave_id === wave.id ? null : wave.id
  return record(tx, bench, scan, {
    verdict: found ? 'command' : 'unknown',
    reason: {
      code: !found ? 'waveUnknown' : next === null ? 'handOverAllWaves' : 'handOverWave',
      params: { wave: number },
    },
    orderId: null,
    parcelId: null,
    wave: next,
  })
}

function record(
  tx: Writer,
  bench: BenchRow,
  scan: Scan,
  of: {
    verdict: StoredAnswer['verdict']
    reason: Reason | null
    orderId: string | null
    parcelId: string | null
    wave: string | null
  },
): Scanned {
  const order = of.orderId === null ? null : orderFacts(tx, of.orderId)
  const stored: StoredAnswer = {
    verdict: of.verdict,
    reason: of.reason,
    scanned: null,
    surplus: 0,
    choices: [],
    ...needsOf(order),
  }
  const answer = JSON.stringify(stored)
  const seq = insertScan(tx, {
    gesture: scan.gesture,
    bench: bench.id,
    mode: 'handover',
    code: scan.code,
    at: scan.at,
    operator: bench.operator_id,
    verdict: of.verdict,
    order: of.orderId,
    parcel: of.parcelId,
    units: 0,
    puts: '[]',
    undoes: null,
    answer,
  })
  saveHandOver(tx, { id: bench.id, wave: of.wave, scan: seq })
  return {
    answer: answerOf(tx, {
      ...scan,
      seq,
      mode: 'handover',
      order_id: of.orderId,
      parcel_id: of.parcelId,
      answer,
    }),
    label: null,
    bench: bench.name,
  }
}
