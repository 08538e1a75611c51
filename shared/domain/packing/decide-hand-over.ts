import type { Reason } from './decide-scan.ts'
import type { LabelFacts, OrderFacts, ScannerRole } from './situation.ts'
import { stopGate } from './stop-gate.ts'

/** What a scanned label is, at the place where parcels are given to the courier. */
export interface HandOverSituation {
  readonly now: string
  readonly scanner: ScannerRole
  /** Only parcels of this wave are taken, when a wave was scanned before. */
  readonly waveId: string | null
  /** Every label with this number, live or void; courier numbers can repeat between couriers. */
  readonly labels: readonly {
    readonly label: LabelFacts
    readonly order: OrderFacts
    readonly parcelId: string
    readonly handedOver: boolean
  }[]
}

export interface HandOverDecision {
  readonly verdict: 'handedOver' | 'wrongParcel' | 'stopped' | 'alreadyShipped' | 'unknown'
  readonly reason: Reason | null
  readonly order: OrderFacts | null
  readonly label: LabelFacts | null
  /** The parcel of the label; it need not be the order's live one. */
  readonly parcelId: string | null
}

/** The last of the three gates: nothing stopped, unpacked, void or already gone is given to the courier. */
export function decideHandOver(at: HandOverSituation): HandOverDecision {
  const live = at.labels.filter((one) => one.label.state !== 'void')
  const [found, second] = live
  if (found === undefined) {
    const spent = at.labels[0]
    if (spent === undefined)
      return { verdict: 'unknown', reason: { code: 'notALabel' }, order: null, label: null, parcelId: null }
    return {
      verdict: 'wrongParcel',
      reason: { code: 'voidLabel' },
      order: spent.order,
      label: spent.label,
      parcelId: spent.parcelId,
    }
  }
  if (second !== undefined) {
    return {
      verdict: 'wrongParcel',
      reason: { code: 'waybillTwice' },
      order: null,
      label: null,
      parcelId: null,
    }
  }
  const { label, order, parcelId } = found
  const says = (verdict: HandOverDecision['verdict'], code: string | null, params?: Reason['params']) => ({
    verdict,
    reason: code === null ? null : params === undefined ? { code } : { code, params },
    order,
    label,
    parcelId,
  })
  if (at.scanner === 'item') return says('wrongParcel', 'scannerForItems')
  if (found.handedOver) return says('alreadyShipped', 'handedOver')
  const { parcel } = order
  if (parcel?.id !== parcelId || parcel.state !== 'packed') return says('wrongParcel', 'notPacked')
  const gate = stopGate(order, 'handOver', at.now)
  if (gate.kind === 'stop') return says('stopped', gate.code, { note: gate.note, minutes: gate.ageMinutes })
  if (at.waveId !== null && order.wave?.id !== at.waveId) return says('wrongParcel', 'otherWave')
  return says('handedOver', null)
}
