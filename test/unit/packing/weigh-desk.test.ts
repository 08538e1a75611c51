import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { InputService } from '#electron/features/devices/index.ts'
import { createWeighDesk } from '#electron/features/packing/weigh-desk.ts'
import type { ScaleReading } from '#electron/ports/scale.ts'
import type { WeightPending } from '#shared/domain/packing/situation.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const pending: WeightPending = {
  kind: 'weight',
  orderId: 'o',
  baseG: 120,
  expected: { grams: 764, band: 10 },
  gotG: null,
  short: null,
}

function scale() {
  let reading: ScaleReading | undefined
  let tell: (bench: string) => void = () => undefined
  const listening: Pick<InputService, 'weightAt' | 'onWeight'> = {
    weightAt: () => (reading === undefined ? undefined : { reading, at: '' }),
    onWeight: (listener) => {
      tell = listener
      return () => undefined
    },
  }
  const weighed = vi.fn<(bench: string) => void>()
  const desk = createWeighDesk(listening, weighed)
  const says = (next: ScaleReading | undefined) => {
    reading = next
    tell('1')
  }
  const shows = (grams: number, stable = true) => says({ kind: 'weight', grams, stable, tareGrams: 0 })
  /** Whether it was weighed within so many milliseconds. */
  const within = (ms: number) => {
    weighed.mockClear()
    vi.advanceTimersByTime(ms)
    return weighed.mock.calls.length
  }
  return { desk, says, shows, within }
}

it('weighs a box that is right at once, one that is not after a while, and never one that moves', () => {
  const { desk, says, shows, within } = scale()
  shows(502)
  desk.wait('1', pending)
  expect(within(7900)).toBe(0)
  expect(within(200)).toBe(1)
  shows(1266)
  expect(within(900)).toBe(0)
  shows(1270, false)
  expect(within(60_000)).toBe(0)
  // A counter scale tells no weight while it moves.
  says({ kind: 'moving' })
  expect(within(60_000)).toBe(0)
  shows(1266)
  expect(within(1100)).toBe(1)
  expect(within(60_000)).toBe(0)
  shows(884)
  expect(within(1)).toBe(1)
  desk.close()
})

it('waits for a box that was taken away, and gives up a scale that was', () => {
  const { desk, shows, says, within } = scale()
  shows(884, false)
  desk.wait('1', pending)
  shows(0)
  expect(within(60_000)).toBe(0)
  says(undefined)
  expect(within(1600)).toBe(1)
  says({ kind: 'overload' })
  expect(within(1400)).toBe(0)
  shows(884, false)
  expect(within(60_000)).toBe(0)
  desk.close()
})

it('waits no longer once it has said what it got, or the bench has gone on', () => {
  const { desk, shows, within } = scale()
  desk.wait('1', { ...pending, gotG: 900 })
  shows(884)
  expect(within(60_000)).toBe(0)
  desk.wait('1', pending)
  desk.wait('1', null)
  shows(885)
  expect(within(60_000)).toBe(0)
})

it('takes goods of unknown weight as soon as something has come', () => {
  const { desk, shows, within } = scale()
  shows(120)
  desk.wait('1', { ...pending, expected: null })
  shows(247)
  expect(within(1)).toBe(1)
})

it('knows how fine a scale is by what it shows', () => {
  const { desk, shows } = scale()
  for (const grams of [0, 100, 500]) shows(grams)
  expect(desk.look('1').stepG).toBe(5)
  for (let grams = 0; grams < 500; grams += 20) shows(grams, false)
  expect(desk.look('1').stepG).toBe(20)
  shows(125)
  expect(desk.look('1')).toMatchObject({ stepG: 5, reading: { kind: 'stable', grams: 125 } })
})
