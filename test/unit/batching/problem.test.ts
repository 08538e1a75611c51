import { describe, expect, it } from 'vitest'
import { type BatchingProblem, toUnits } from '#shared/domain/waves/batching/problem.ts'
import { someProblem } from './problems.ts'

const sound = someProblem(1, { orders: 3 })
const [first, ...others] = sound.orders
const withFirst = (change: object): BatchingProblem => ({
  ...sound,
  orders: [{ ...(first ?? { id: '', stops: [], loads: [] }), ...change }, ...others],
})

describe('a problem that cannot be planned is refused', () => {
  it.each<[string, BatchingProblem]>([
    ['batching.capacity', { ...sound, capacities: [0] }],
    ['batching.capacity', { ...sound, capacities: [-1] }],
    ['batching.capacity', { ...sound, capacities: [Number.NaN] }],
    ['batching.load', withFirst({ loads: [-1] })],
    ['batching.load', withFirst({ loads: [Number.NaN] })],
    ['batching.load', withFirst({ loads: [Infinity] })],
    ['batching.loads', withFirst({ loads: [] })],
    ['batching.due', withFirst({ due: Number.NaN })],
    ['batching.minutes', withFirst({ units: -1 })],
    ['batching.minutes', withFirst({ handlingMinutes: Number.NaN })],
    ['batching.duplicate', withFirst({ id: 'o1' })],
    ['batching.stop', withFirst({ stops: [{ aisle: 99, block: 0, offset: 1 }] })],
    ['batching.stop', withFirst({ stops: [{ aisle: 0, block: 0, offset: -1 }] })],
    ['batching.floor', { ...sound, floor: { aisles: [], crossAisles: [] } }],
    ['batching.pace', { ...sound, pace: { ...sound.pace, pickers: 0 } }],
    ['batching.pace', { ...sound, pace: { ...sound.pace, pickers: 1.5 } }],
    ['batching.pace', { ...sound, pace: { ...sound.pace, metresPerMinute: 0 } }],
    ['batching.pace', { ...sound, pace: { ...sound.pace, minutesPerStop: Number.NaN } }],
  ])('%s', (code, problem) => {
    const units = toUnits(problem)
    expect(units.ok ? null : units.error.code).toBe(code)
  })

  it('takes no orders, orders without stops, and no limit at all', () => {
    expect(toUnits({ ...sound, orders: [] }).ok).toBe(true)
    expect(toUnits(withFirst({ stops: [] })).ok).toBe(true)
    expect(toUnits({ ...sound, capacities: [Infinity] }).ok).toBe(true)
  })
})
