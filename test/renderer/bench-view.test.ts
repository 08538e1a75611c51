import { describe, expect, it } from 'vitest'
import {
  applied,
  benchView,
  hear,
  hearRefusal,
  labelTrouble,
  lineInHand,
  nothingHeard,
  warningOn,
} from '#renderer/features/packing/bench-view.ts'
import type { BenchState, ScanAnswer } from '#shared/contract/packing.ts'

const item = (sku: string) => ({ sku, title: `title ${sku}`, spec: '', picture: null, location: null })
const kit = { nth: 1, sku: 'K', title: 'Kit', quantity: 3 }
const orderId = '019000aa-0000-7000-8000-000000000001'

const bench = (part: Partial<BenchState> = {}): BenchState => ({
  id: '019000aa-0000-7000-8000-000000000000',
  name: 'bench',
  printMode: 'last',
  countdownMs: 0,
  errorsWait: true,
  checkLabel: true,
  weigh: 'off',
  printer: null,
  printerState: null,
  doubts: [],
  operator: null,
  wave: null,
  order: {
    id: orderId,
    number: '35',
    shop: 'shop',
    slot: 7,
    shipBy: null,
    courier: null,
    buyerNote: '',
    sellerNote: '',
    knownAt: '2026-03-01T06:00:00.000Z',
    stop: null,
    hold: null,
    lines: [
      { ...item('A'), quantity: 2, packed: 0, kit: null },
      { ...item('B'), quantity: 1, packed: 0, kit: null },
      { ...item('A'), quantity: 3, packed: 0, kit },
    ],
    expectedWeightG: null,
    inBox: null,
  },
  pending: null,
  label: null,
  unprinted: 0,
  last: null,
  packedToday: 0,
  nextShipBy: null,
  waiting: 0,
  ...part,
})

const answer = (part: Partial<ScanAnswer>): ScanAnswer => ({
  gesture: 'g',
  at: '2026-03-01T06:03:00.000Z',
  mode: 'pack',
  code: 'code',
  verdict: 'right',
  reason: null,
  warning: null,
  order: { id: orderId, number: '35', shop: 'shop', wave: null, slot: 7 },
  expected: [],
  scanned: null,
  remaining: 0,
  surplus: 0,
  label: null,
  choices: [],
  knownAt: null,
  ...part,
})

describe('bench view', () => {
  it('ticks the lines from the answer alone, each line by itself', () => {
    const expected = [
      { ...item('B'), line: 1, quantity: 1 },
      { ...item('A'), line: 2, quantity: 2 },
    ]
    const after = applied(bench(), answer({ remaining: 3, expected }))
    expect(after.order?.lines.map((line) => line.packed)).toEqual([2, 0, 1])
  })

  it('says nothing of lines beyond those that an answer names, nor of other lines than it has', () => {
    const first = [{ ...item('A'), line: 0, quantity: 1 }]
    const cut = applied(bench(), answer({ remaining: 5, expected: first }))
    expect(cut.order?.lines.map((line) => line.packed)).toEqual([1, 0, 0])
    const other = [{ ...item('Z'), line: 0, quantity: 1 }]
    expect(applied(bench(), answer({ remaining: 1, expected: other }))).toEqual(bench())
  })

  it('does not touch another order', () => {
    const other = answer({ order: { id: 'x', number: '36', shop: 's', wave: null, slot: null } })
    expect(applied(bench(), other).order?.lines.every((line) => line.packed === 0)).toBe(true)
  })

  it('stays with the item just scanned while it still needs units', () => {
    const { order } = bench()
    if (order === null) throw new Error('no order')
    expect(lineInHand(order, answer({ scanned: item('B') }))?.sku).toBe('B')
    expect(lineInHand(order, answer({ scanned: item('Z') }))?.sku).toBe('A')
  })

  it('keeps the first error until it is acknowledged, and counts what was scanned meanwhile', () => {
    const wrong = hear(nothingHeard, answer({ verdict: 'wrongItem', scanned: item('Z') }))
    const nudged = hear(wrong, answer({ verdict: 'wrongItem', reason: { code: 'acknowledgeFirst' } }))
    const view = benchView(bench({ pending: { kind: 'error' } }), nudged, 'pack')
    expect(view.scene).toMatchObject({ kind: 'error', answer: { scanned: { sku: 'Z' } } })
    expect(nudged.nudges).toBe(1)
    const gone = hear(nudged, answer({ verdict: 'command', reason: { code: 'acknowledged' } }))
    expect(benchView(bench(), gone, 'pack').scene.kind).toBe('order')
  })

  it('shows an error that was standing when the screen was opened', () => {
    const stopped = bench({ pending: { kind: 'error' }, last: answer({ verdict: 'stopped' }) })
    expect(benchView(stopped, nothingHeard, 'pack')).toMatchObject({ tone: 'hold', scene: { kind: 'error' } })
    expect(benchView(stopped, nothingHeard, 'handover').scene.kind).toBe('idle')
  })

  it('offers a choice before the whole state is here', () => {
    const heard = hear(nothingHeard, answer({ verdict: 'ambiguous', choices: [item('A'), item('B')] }))
    expect(benchView(bench(), heard, 'pack').scene).toMatchObject({ kind: 'choice' })
  })

  it('says that a refused scan did not count', () => {
    const heard = hearRefusal(nothingHeard, { code: 'signInFirst', message: 'Sign in first' }, '690')
    expect(benchView(bench(), heard, 'pack').scene).toMatchObject({ kind: 'refused', code: '690' })
  })

  it('goes from countdown to the label on the box', () => {
    const until = '2026-03-01T06:03:05.000Z'
    expect(benchView(bench({ pending: { kind: 'countdown', until } }), nothingHeard, 'pack').scene.kind).toBe(
      'countdown',
    )
    const pending: BenchState['pending'] = { kind: 'label', waybill: 'SF1', contents: [] }
    expect(benchView(bench({ pending }), nothingHeard, 'pack').scene.kind).toBe('label')
    expect(benchView(bench({ order: null }), nothingHeard, 'pack').scene.kind).toBe('idle')
  })

  it('waits for the scale, turns amber when the box weighs something else, and asks why it goes', () => {
    const expected = { grams: 805, band: 12 }
    const at = (pending: BenchState['pending']) => benchView(bench({ pending }), nothingHeard, 'pack')
    expect(at({ kind: 'weight', expected, got: null })).toMatchObject({ tone: 'idle', scene: { expected } })
    expect(at({ kind: 'weight', expected, got: 1187 })).toMatchObject({ tone: 'hold', scene: { got: 1187 } })
    expect(at({ kind: 'release', expected, got: 1187 }).scene.kind).toBe('release')
  })

  it('shows what the scale says against the newest scan, whoever made it', () => {
    const warning = { code: 'scannedTwice' }
    const heard = hear(nothingHeard, answer({ warning }))
    expect(benchView(bench(), heard, 'pack')).toMatchObject({ tone: 'hold', scene: { kind: 'order' } })
    expect(warningOn(bench(), heard, 'pack')).toEqual(warning)
    const older = answer({ at: '2026-03-01T06:02:00.000Z' })
    const byItself = answer({ at: '2026-03-01T06:04:00.000Z', verdict: 'command' })
    expect(warningOn(bench({ last: older }), heard, 'pack')).toEqual(warning)
    expect(warningOn(bench({ last: byItself }), heard, 'pack')).toBeNull()
    expect(warningOn(bench({ last: { ...byItself, warning } }), nothingHeard, 'handover')).toBeNull()
  })
})

describe('a label that is not surely out, or not whole', () => {
  const label = (state: 'sent' | 'notSent' | 'unknown', reason: string, notWhole = '') => ({
    id: orderId,
    waybill: 'SF1',
    courier: 'SF',
    state,
    reason,
    notWhole,
  })
  it.each([
    [label('sent', 'P1'), 'ok'],
    [label('notSent', 'noPrinter'), 'hold'],
    [label('sent', 'P1', 'incomplete: receiver.address'), 'hold'],
  ] as const)('%j turns the bench %s', (on, tone) => {
    const pending: BenchState['pending'] = { kind: 'label', waybill: 'SF1', contents: [] }
    const heard = hear(nothingHeard, answer({ verdict: 'right' }))
    expect(benchView(bench({ pending, label: on }), heard, 'pack').tone).toBe(tone)
  })
  it.each([
    [null, null],
    [label('sent', 'P1'), null],
    [label('unknown', 'not confirmed'), 'unknown'],
    [label('notSent', 'waits: paperOut'), 'notSent'],
    [label('notSent', '192.0.2.8:9100: does not answer'), 'notSent'],
    [label('notSent', 'noPrinter'), 'noPrinter'],
    [label('notSent', 'needsComponent'), 'held'],
    [label('notSent', 'waybillTooLong'), 'held'],
    [label('notSent', 'refused: noFreshParams'), 'held'],
    [label('notSent', 'stopped: refund'), 'stopped'],
  ] as const)('%j: %s', (on, trouble) => expect(labelTrouble(on)).toBe(trouble))
})
