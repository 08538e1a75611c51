import { isEmpty, levelsAfter, type ScaleNow } from '#shared/domain/packing/follow-scale.ts'
import type { WeightPending } from '#shared/domain/packing/situation.ts'
import { fits, nothingG } from '#shared/domain/packing/weight.ts'
import type { InputService } from '#electron/features/devices/index.ts'

/** What each bench's scale has shown, and the benches that wait for it to stand still. */
export interface WeighDesk {
  look(bench: string): ScaleNow
  /** From now on `weigh` is called for this bench as soon as the scale decides; null ends it. */
  wait(bench: string, pending: WeightPending | null): void
  close(): void
}

/**
 * A box that weighs what it should goes on at once. One that does not is left time: a hand leans on it, the last item is
 * on its way; what is too light may take as long as an item takes, what is too heavy only a moment.
 */
export const patienceMs = { heavy: 1000, light: 8000, trouble: 1500 } as const

/** Scales for trade tell apart 1, 2 or 5 times a power of ten (OIML R 76-1); a bench's no more than this. */
const steps = [50, 20, 10, 5, 2, 1] as const
/** A few round numbers do not make a coarse scale. */
const fewReadings = 20
const coarsestAtFirst = 5

interface Shown {
  /** The greatest number that divides everything that was shown, and how much that was. */
  divisor: number
  readings: number
  levels: readonly number[]
}

interface Waiting {
  readonly pending: WeightPending
  readonly fromG: number | null
  timer: NodeJS.Timeout | undefined
  /** What the timer was set for: the same again does not set it anew. */
  about: string
}

export function createWeighDesk(
  listening: Pick<InputService, 'weightAt' | 'onWeight'>,
  weigh: (bench: string) => void,
): WeighDesk {
  const shown = new Map<string, Shown>()
  const waiting = new Map<string, Waiting>()

  const stepG = (bench: string): number => {
    const { divisor, readings } = shown.get(bench) ?? nothingShown
    const coarsest = readings < fewReadings ? coarsestAtFirst : Infinity
    return divisor === 0 ? 1 : (steps.find((step) => step <= coarsest && divisor % step === 0) ?? 1)
  }

  function look(bench: string): ScaleNow {
    const reading = listening.weightAt(bench)?.reading
    const levels = shown.get(bench)?.levels ?? []
    const seen = { stepG: stepG(bench), levels }
    if (reading === undefined) return { reading: { kind: 'none', why: 'gone' }, ...seen }
    if (reading.kind === 'moving') return { reading, ...seen }
    if (reading.kind !== 'weight') return { reading: { kind: 'none', why: reading.kind }, ...seen }
    const { grams, stable } = reading
    return { reading: stable ? { kind: 'stable', grams } : { kind: 'moving' }, ...seen }
  }

  function hear(bench: string): void {
    const reading = listening.weightAt(bench)?.reading
    if (reading === undefined) shown.delete(bench)
    else if (reading.kind === 'weight') {
      const before = shown.get(bench) ?? nothingShown
      const divisor = gcd(before.divisor, Math.abs(reading.grams))
      const now = { ...before, divisor, readings: before.readings + 1 }
      shown.set(bench, now)
      if (reading.stable) now.levels = levelsAfter(now.levels, reading.grams, stepG(bench))
    }
    judge(bench)
  }

  function judge(bench: string): void {
    const one = waiting.get(bench)
    if (one === undefined || one.pending.gotG !== null) return
    const { reading, stepG: step } = look(bench)
    const { expected, baseG } = one.pending
    if (reading.kind === 'moving') return after(bench, one, 'moving', null)
    if (reading.kind === 'none') return after(bench, one, reading.why, patienceMs.trouble)
    const netG = reading.grams - baseG
    if (expected === null) {
      const came = one.fromG !== null && reading.grams - one.fromG > nothingG(step)
      return after(bench, one, `${reading.grams}`, came ? 0 : patienceMs.light)
    }
    const ms = fits(netG, expected)
      ? 0
      : netG > expected.grams
        ? patienceMs.heavy
        : // An empty scale is a box that was taken away, not one that is too light.
          isEmpty(reading.grams, step)
          ? null
          : patienceMs.light
    after(bench, one, `${reading.grams}`, ms)
  }

  function after(bench: string, one: Waiting, about: string, ms: number | null): void {
    if (one.about === about) return
    clearTimeout(one.timer)
    one.about = about
    one.timer = undefined
    // Even at once it is not done inside the device's own call.
    if (ms !== null) one.timer = setTimeout(() => weigh(bench), ms)
  }

  const stop = listening.onWeight(hear)
  return {
    look,
    wait: (bench, pending) => {
      const before = waiting.get(bench)
      clearTimeout(before?.timer)
      if (pending === null) return void waiting.delete(bench)
      const { reading } = look(bench)
      const fromG = before?.fromG ?? (reading.kind === 'stable' ? reading.grams : null)
      waiting.set(bench, { pending, fromG, timer: undefined, about: '' })
      // Not within the scan that began to wait: its answer comes first.
      if (pending.gotG === null) setImmediate(() => judge(bench))
    },
    close: () => {
      stop()
      for (const one of waiting.values()) clearTimeout(one.timer)
      waiting.clear()
    },
  }
}

const nothingShown: Shown = { divisor: 0, readings: 0, levels: [] }
const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))
