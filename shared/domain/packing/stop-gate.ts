import { assertNever } from '#shared/support/assert-never.ts'

/** Everything that can keep a parcel from leaving, and how old the knowledge is. */
export interface GateFacts {
  readonly state: 'open' | 'packed' | 'handedOver' | 'cancelled'
  readonly stop: 'refund' | 'cancel' | 'addressChange' | 'changed' | 'risk' | 'merge' | null
  readonly stopNote: string
  readonly hold: string | null
  /** ISO-8601 UTC: when the shop last told us about this order. */
  readonly knownAt: string
  readonly stalePolicy: 'block' | 'allowFresh' | 'quarantine'
  readonly freshMinutes: number
}

export type StopCode =
  | 'refund'
  | 'cancel'
  | 'addressChange'
  | 'changed'
  | 'risk'
  | 'merge'
  | 'hold'
  | 'stale'
  | 'quarantine'

export type Gate =
  | { readonly kind: 'go' }
  | { readonly kind: 'stop'; readonly code: StopCode; readonly note: string; readonly ageMinutes: number }

/** Where the gate stands. */
export type GatePoint = 'open' | 'label' | 'handOver'

/** Knowledge this young counts as asked just now: what the policy `block` still lets through. */
export const onlineMinutes = 5

/**
 * The stop gate. A certain stop (refund, cancel, hold …) comes before a doubt about the age of what we know. How old
 * that may be is the shop's policy: `block` wants it as good as online, `allowFresh` younger than `freshMinutes`,
 * `quarantine` lets the bench pack and label at any age but keeps the parcel from the courier until it is fresh.
 */
export function stopGate(facts: GateFacts, point: GatePoint, now: string): Gate {
  const ageMinutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(facts.knownAt)) / 60_000))
  const stop = (code: StopCode, note: string): Gate => ({ kind: 'stop', code, note, ageMinutes })
  if (facts.stop !== null) return stop(facts.stop, facts.stopNote)
  if (facts.state === 'cancelled') return stop('cancel', facts.stopNote)
  if (facts.hold !== null) return stop('hold', facts.hold)
  switch (facts.stalePolicy) {
    case 'block':
      return ageMinutes < Math.min(onlineMinutes, facts.freshMinutes) ? { kind: 'go' } : stop('stale', '')
    case 'allowFresh':
      return ageMinutes < facts.freshMinutes ? { kind: 'go' } : stop('stale', '')
    case 'quarantine':
      return point !== 'handOver' || ageMinutes < facts.freshMinutes ? { kind: 'go' } : stop('quarantine', '')
    default:
      return assertNever(facts.stalePolicy)
  }
}
