import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cleanCode,
  commandCode,
  commands,
  ownCodeIn,
  parseOwnCode,
  pickCode,
  slotCode,
  waveCode,
  waveName,
} from '#shared/domain/packing/codes.ts'
import { decideHandOver, type HandOverSituation } from '#shared/domain/packing/decide-hand-over.ts'
import { type GateFacts, type GatePoint, stopGate } from '#shared/domain/packing/stop-gate.ts'
import type { OrderFacts } from '#shared/domain/packing/situation.ts'
import { boxed, label, now, order, packed, wave } from './facts.ts'

describe('stopGate', () => {
  const facts = (over: Partial<GateFacts> = {}): GateFacts => order(over as Partial<OrderFacts>)
  const minutesAgo = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000).toISOString()
  const says = (of: GateFacts, point: GatePoint = 'handOver') => {
    const gate = stopGate(of, point, now)
    return gate.kind === 'go' ? 'go' : gate.code
  }

  it.each(['refund', 'cancel', 'addressChange', 'changed', 'risk', 'merge'] as const)(
    'stops for %s everywhere',
    (stop) => {
      for (const point of ['open', 'label', 'handOver'] as const) {
        expect(stopGate(facts({ stop, stopNote: 'words' }), point, now)).toEqual({
          kind: 'stop',
          code: stop,
          note: 'words',
          ageMinutes: 1,
        })
      }
    },
  )

  it('names a certain stop before a hold, and a hold before a doubt', () => {
    const stale = minutesAgo(1000)
    expect(says(facts({ stop: 'refund', hold: 'h', knownAt: stale }))).toBe('refund')
    expect(says(facts({ state: 'cancelled', hold: 'h', knownAt: stale }))).toBe('cancel')
    expect(says(facts({ hold: 'h', knownAt: stale }))).toBe('hold')
    expect(says(facts({ knownAt: stale }))).toBe('stale')
  })

  it.each([
    // policy, fresh minutes, age, open, label, handOver
    ['block', 60, 0, 'go', 'go', 'go'],
    ['block', 60, 4, 'go', 'go', 'go'],
    ['block', 60, 5, 'stale', 'stale', 'stale'],
    ['block', 2, 2, 'stale', 'stale', 'stale'],
    ['allowFresh', 60, 59, 'go', 'go', 'go'],
    ['allowFresh', 60, 60, 'stale', 'stale', 'stale'],
    ['quarantine', 60, 59, 'go', 'go', 'go'],
    ['quarantine', 60, 60, 'go', 'go', 'quarantine'],
    ['quarantine', 60, 100_000, 'go', 'go', 'quarantine'],
    ['allowFresh', 60, -30, 'go', 'go', 'go'], // a clock that was set back
  ] as const)('%s within %d min at an age of %d min', (stalePolicy, freshMinutes, age, ...expected) => {
    const of = facts({ stalePolicy, freshMinutes, knownAt: minutesAgo(age) })
    expect((['open', 'label', 'handOver'] as const).map((point) => says(of, point))).toEqual(expected)
  })
})

describe('decideHandOver', () => {
  const parcel = (of: OrderFacts = packed(), over: Partial<typeof label> = {}, handedOver = false) => ({
    label: { ...label, ...over },
    order: of,
    parcelId: 'parcel-1',
    handedOver,
  })
  const told = (
    labels: HandOverSituation['labels'],
    waveId: string | null = null,
    scanner: HandOverSituation['scanner'] = 'any',
  ) => {
    const { verdict, reason } = decideHandOver({ now, scanner, waveId, labels })
    return reason === null ? verdict : `${verdict} ${reason.code}`
  }
  const gone = order({ state: 'handedOver' })
  const inWave = packed({ wave })

  it.each([
    ['a packed parcel', [parcel()], null, 'handedOver'],
    ["nobody's code", [], null, 'unknown notALabel'],
    ['a void label', [parcel(packed(), { state: 'void' })], null, 'wrongParcel voidLabel'],
    ['a void label beside the live one', [parcel(packed(), { state: 'void' }), parcel()], null, 'handedOver'],
    [
      'a number of two couriers',
      [parcel(), parcel(packed({ id: 'order-2' }), { id: 'label-2' })],
      null,
      'wrongParcel waybillTwice',
    ],
    ['a parcel that has left', [parcel(gone, {}, true)], null, 'alreadyShipped handedOver'],
    [
      'a parcel that has left of an order stopped since',
      [parcel(order({ stop: 'refund' }), {}, true)],
      null,
      'alreadyShipped handedOver',
    ],
    ['an open box', [parcel(order({ parcel: boxed({ label }) }))], null, 'wrongParcel notPacked'],
    ['a box that was given up', [parcel(order())], null, 'wrongParcel notPacked'],
    [
      'a label of a box before this one',
      [parcel(packed({ parcel: boxed({ id: 'parcel-2', state: 'packed', label }) }))],
      null,
      'wrongParcel notPacked',
    ],
    ['a refunded order', [parcel(packed({ stop: 'refund' }))], null, 'stopped refund'],
    ['an order on hold', [parcel(packed({ hold: 'x' }))], null, 'stopped hold'],
    [
      'old knowledge in quarantine',
      [parcel(packed({ stalePolicy: 'quarantine', knownAt: '2026-11-20T00:00:00.000Z' }))],
      null,
      'stopped quarantine',
    ],
    ["this wave's parcel", [parcel(inWave)], 'wave-1', 'handedOver'],
    ["another wave's parcel", [parcel(inWave)], 'wave-2', 'wrongParcel otherWave'],
    ['a parcel of no wave', [parcel()], 'wave-2', 'wrongParcel otherWave'],
    ["another wave's stopped parcel", [parcel({ ...inWave, stop: 'refund' })], 'wave-2', 'stopped refund'],
  ] as const)('%s', (_name, labels, waveId, expected) => {
    expect(told(labels, waveId)).toBe(expected)
  })

  it('takes no label from a scanner for goods, as the bench does not', () => {
    expect(told([parcel()], null, 'item')).toBe('wrongParcel scannerForItems')
    expect(told([], null, 'item')).toBe('unknown notALabel')
    expect(told([parcel()], null, 'label')).toBe('handedOver')
  })
})

describe('our own codes', () => {
  it('are read as they were made', () => {
    for (const command of commands)
      expect(parseOwnCode(commandCode(command))).toEqual({ kind: 'command', command })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999 }),
        fc.integer({ min: 1, max: 200 }),
        (number, slot) => {
          expect(parseOwnCode(waveCode(number))).toEqual({ kind: 'wave', wave: number })
          expect(parseOwnCode(slotCode(number, slot))).toEqual({ kind: 'slot', wave: number, slot })
          expect(parseOwnCode(pickCode(slot))).toEqual({ kind: 'pick', choice: slot })
        },
      ),
    )
    expect(parseOwnCode('PB-BADGE-00FF')).toEqual({ kind: 'badge', badge: 'PB-BADGE-00FF' })
    expect(waveName(142)).toBe('W-0142')
  })

  it.each([
    '',
    'PB',
    'PB-',
    'pb-cmd-ok',
    'PB-CMD-',
    'PB-CMD-ok',
    'PB-CMD-OK-',
    'PB-CMD-OK-1',
    'PB-CMD-OKPB-CMD-OK',
    'PB-W-0',
    'PB-W-01',
    'PB-W--1',
    'PB-W-1-2',
    'PB-W-1e3',
    'PB-W-9999999999',
    'PB-S-1',
    'PB-S-1-0',
    'PB-S-1-2-3',
    'PB-PICK-',
    'PB-PICK-1-1',
    'PB-NO-1',
    ' PB-W-1',
  ])('%j is none of them', (code) => expect(parseOwnCode(code)).toBeNull())

  it('are known by what stands within them, not around them', () => {
    expect(ownCodeIn('\u0002PB-CMD-HOLD\u0003\r\n')).toEqual({ kind: 'command', command: 'HOLD' })
    expect(ownCodeIn('\uFEFF PB-W-12\t')).toEqual({ kind: 'wave', wave: 12 })
    expect(ownCodeIn(']C0PB-S-1-2\r')).toEqual({ kind: 'slot', wave: 1, slot: 2 })
    for (const code of [
      'PB-CMD-HO\u0001LD',
      'P\u0000B-W-12',
      'PB-W-1\u001D2',
      'PB-BADGE-0\u200B0FF',
      'PB-S-1-\n2',
    ])
      expect(ownCodeIn(code), JSON.stringify(code)).toBeNull()
  })

  it('lose what a scanner puts around a code and nothing within it', () => {
    const controls = Array.from({ length: 33 }, (_, code) =>
      String.fromCharCode(code === 32 ? 127 : code),
    ).join('')
    expect(cleanCode(`${controls}\uFEFF 690 123 \u200B\r\n`)).toBe('690 123')
    expect(cleanCode('\u001D0106901\u001D10A')).toBe('010690110A')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => cleanCode(cleanCode(text)) === cleanCode(text)),
    )
  })
})
