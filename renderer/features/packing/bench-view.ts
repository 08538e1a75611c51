import type { BenchState, Item, ScanAnswer } from '#shared/contract/packing.ts'
import { isHeld } from '#shared/domain/labels/held.ts'
import { queueLimit } from '#shared/domain/packing/queue.ts'
import type { Failure } from '#shared/support/result.ts'
import type { Tone } from '#renderer/ui/Chip.tsx'
import { isError, verdictLooks } from './verdict-look.ts'

/** What this screen has heard since it was opened. */
export interface Heard {
  /** The newest answer, or the refusal of the newest scan. */
  readonly last: { readonly answer: ScanAnswer } | { readonly failure: Failure; readonly code: string } | null
  /** The error that stays until it is acknowledged. */
  readonly standing: ScanAnswer | null
  /** Something else was scanned while an error stood: point at OK. */
  readonly nudges: number
}

export const nothingHeard: Heard = { last: null, standing: null, nudges: 0 }

export function hear(before: Heard, answer: ScanAnswer): Heard {
  if (answer.reason?.code === 'acknowledgeFirst') {
    return { last: before.last, standing: before.standing ?? answer, nudges: before.nudges + 1 }
  }
  return { last: { answer }, standing: isError(answer.verdict) ? answer : null, nudges: 0 }
}

export const hearRefusal = (before: Heard, failure: Failure, code: string): Heard => ({
  ...before,
  last: { failure, code },
})

export const queueLength = (waiting: number): string =>
  waiting < queueLimit ? String(waiting) : `${queueLimit - 1}+`

export type Line = NonNullable<BenchState['order']>['lines'][number]
type Order = NonNullable<BenchState['order']>
export type Content = Item & { readonly quantity: number }

/** The one thing that the bench is about now. */
export type Scene =
  | { readonly kind: 'idle' }
  | { readonly kind: 'wave' }
  | { readonly kind: 'order'; readonly order: Order; readonly line: Line | null }
  | { readonly kind: 'countdown'; readonly order: Order; readonly until: string }
  | { readonly kind: 'label'; readonly waybill: string; readonly contents: readonly Content[] }
  | { readonly kind: 'choice'; readonly choices: readonly Item[] }
  | { readonly kind: 'badge'; readonly act: 'partial' | 'void' }
  | { readonly kind: 'reason'; readonly waybill: string }
  | ({ readonly kind: 'weight' } & ToWeigh)
  | ({ readonly kind: 'release' } & ToWeigh)
  | { readonly kind: 'error'; readonly answer: ScanAnswer }
  | { readonly kind: 'refused'; readonly failure: Failure; readonly code: string }

export interface ToWeigh {
  readonly expected: { readonly grams: number; readonly band: number } | null
  /** What the box weighs instead; null while the scale is waited for. */
  readonly got: number | null
}

export interface BenchView {
  readonly scene: Scene
  readonly tone: Tone
  readonly answer: ScanAnswer | null
}

/**
 * The bench as the answer leaves it, before the core is asked for the whole state: a packer sees the tick in the same
 * frame as the sound.
 */
export function applied(bench: BenchState, answer: ScanAnswer | null): BenchState {
  if (answer === null || bench.order === null || answer.order?.id !== bench.order.id) return bench
  const { lines: before } = bench.order
  // The shop has other lines since: the whole state is on its way.
  if (answer.expected.some((item) => before[item.line]?.sku !== item.sku)) return bench
  const left = new Map(answer.expected.map((item) => [item.line, item.quantity]))
  // An answer names the next lines only: of what lies beyond them it says nothing.
  const told = [...left.values()].reduce((sum, units) => sum + units, 0)
  const end = told < answer.remaining ? Math.max(...left.keys()) : Infinity
  const lines = before.map((line, index) =>
    index > end ? line : { ...line, packed: line.quantity - Math.min(line.quantity, left.get(index) ?? 0) },
  )
  return { ...bench, order: { ...bench.order, lines } }
}

/** The line to look at: the one just scanned while it still needs units, else the first that needs any. */
export function lineInHand(order: Order, answer: ScanAnswer | null): Line | null {
  const open = order.lines.filter((line) => line.packed < line.quantity)
  const scanned = answer?.scanned?.sku
  return open.find((line) => line.sku === scanned) ?? open[0] ?? null
}

export function benchView(bench: BenchState, heard: Heard, mode: 'pack' | 'handover'): BenchView {
  const { last } = heard
  if (last !== null && 'failure' in last) {
    return { scene: { kind: 'refused', failure: last.failure, code: last.code }, tone: 'wrong', answer: null }
  }
  const before = bench.last?.mode === mode ? bench.last : null
  const answer = last?.answer ?? before
  const standing = heard.standing ?? (bench.pending?.kind === 'error' ? before : null)
  if (standing !== null && isError(standing.verdict)) {
    return {
      scene: { kind: 'error', answer: standing },
      tone: verdictLooks[standing.verdict].tone,
      answer: standing,
    }
  }
  const doubtful = warningOn(bench, heard, mode) !== null || isOff(bench) || labelIsStuck(bench)
  const tone = doubtful ? 'hold' : last === null ? 'idle' : verdictLooks[last.answer.verdict].tone
  const scene = mode === 'handover' ? ({ kind: 'idle' } as const) : quietScene(bench, last?.answer ?? null)
  return { scene, tone, answer }
}

/** The box is complete and its label is not surely out, or not whole: green would be a lie. */
const labelIsStuck = ({ pending, label }: BenchState): boolean =>
  pending?.kind === 'label' && (labelTrouble(label) !== null || (label?.notWhole ?? '') !== '')

/** Why the label is not surely out: it comes by itself, waits for a person, is stopped with its order, or nobody knows. */
export function labelTrouble(
  label: BenchState['label'],
): 'notSent' | 'noPrinter' | 'held' | 'stopped' | 'unknown' | null {
  if (label?.state === 'unknown') return 'unknown'
  if (label?.state !== 'notSent') return null
  if (label.reason.startsWith('stopped: ')) return 'stopped'
  // It goes by itself too, once a person has chosen a printer.
  if (label.reason === 'noPrinter') return 'noPrinter'
  return isHeld(label.reason) ? 'held' : 'notSent'
}

/** The bench stopped because the box weighs something else. */
export const isOff = ({ pending }: BenchState): boolean => pending?.kind === 'weight' && pending.got !== null

/** What the scale says against the newest scan; the bench itself may have made a newer one than was heard here. */
export function warningOn(bench: BenchState, heard: Heard, mode: 'pack' | 'handover'): ScanAnswer['warning'] {
  const answer = heard.last !== null && 'answer' in heard.last ? heard.last.answer : null
  const kept = bench.last?.mode === mode ? bench.last : null
  const newest = kept !== null && (answer === null || kept.at > answer.at) ? kept : answer
  return newest?.warning ?? null
}

function quietScene(bench: BenchState, answer: ScanAnswer | null): Scene {
  const { pending, order } = bench
  // The answer is here a moment before the bench is: a choice must not wait for it.
  if (answer?.verdict === 'ambiguous' && pending?.kind !== 'choice' && answer.choices.length > 0) {
    return { kind: 'choice', choices: answer.choices }
  }
  switch (pending?.kind) {
    case 'choice':
      return { kind: 'choice', choices: pending.choices }
    case 'badge':
      return { kind: 'badge', act: pending.act }
    case 'reason':
      return { kind: 'reason', waybill: pending.waybill }
    case 'weight':
    case 'release':
      return { kind: pending.kind, expected: pending.expected, got: pending.got }
    case 'label':
      return { kind: 'label', waybill: pending.waybill, contents: pending.contents }
    case 'countdown':
      return order === null ? { kind: 'idle' } : { kind: 'countdown', order, until: pending.until }
    default:
  }
  if (order !== null) return { kind: 'order', order, line: lineInHand(order, answer) }
  return { kind: bench.wave === null ? 'idle' : 'wave' }
}

export const unitsOf = (order: Order): { packed: number; all: number } => ({
  packed: order.lines.reduce((sum, line) => sum + line.packed, 0),
  all: order.lines.reduce((sum, line) => sum + line.quantity, 0),
})
