import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commands } from '#shared/domain/packing/codes.ts'
import { decideScan } from '#shared/domain/packing/decide-scan.ts'
import type { Meaning, Pending, Situation } from '#shared/domain/packing/situation.ts'
import { at, boxed, filled, gifts, goods, item, label, line, now, order, packed, wave } from './facts.ts'

/** `verdict reason | effects | what the bench waits for`. */
function told(situation: Situation): string {
  const { answer, effects, bench } = decideScan(situation)
  return [
    `${answer.verdict}${answer.reason === null ? '' : ` ${answer.reason.code}`}`,
    effects.map((effect) => effect.kind).join(' '),
    bench.pending?.kind ?? '',
  ].join(' | ')
}
const command = (name: (typeof commands)[number]): Meaning => ({ kind: 'command', command: name })
const badge = (role: 'packer' | 'supervisor' | null): Meaning => ({
  kind: 'badge',
  role,
  name: 'Boss',
  operatorId: role === null ? null : 'op-1',
})
const labelPending: Pending = { kind: 'label', labelId: 'label-1', waybill: 'SF1', orderId: 'order-1' }
const errorPending: Pending = { kind: 'error', verdict: 'wrongItem' }
const countdown: Pending = { kind: 'countdown', until: now }
const onBench = packed({ parcel: boxed({ state: 'packed', label }) })
const elsewhere = order({ parcel: boxed({ bench: { id: 'bench-2', name: 'Bench 2' } }) })
const other = order({ id: 'order-2', number: 'O-2' })
const one = order({ lines: [line({ quantity: 1 })] })
const ofLabel = (of = packed(), over: Partial<typeof label> = {}, handedOver = false): Meaning => ({
  kind: 'label',
  label: { ...label, ...over },
  order: of,
  handedOver,
})
const choice: Pending = { kind: 'choice', choices: [goods('RED'), goods('BLUE')] }
const pick = (number: number): Meaning => ({ kind: 'pick', choice: number, candidate: null })
const orders = (...all: ReturnType<typeof order>[]): Meaning => ({ kind: 'order', orders: all })
const checks = { checkLabel: true }
const reasonPending: Pending = { kind: 'reason', labelId: 'label-1', orderId: 'order-1' }
const withLabel = (state: typeof label.state) =>
  packed({ parcel: boxed({ state: 'packed', label: { ...label, state } }) })
const reasonFor = (number: number, about = onBench): Meaning => ({
  kind: 'pick',
  choice: number,
  candidate: null,
  about,
})
const waits = { errorsWait: true }

const cases: readonly (readonly [string, Situation, string])[] = [
  // opening
  ['an order number', at(orders(order())), 'opened | openParcel | '],
  [
    'an order number, print-first',
    at(orders(order()), { bench: { printMode: 'first' } }),
    'opened | openParcel requestLabel | ',
  ],
  ['a parked box', at(orders(filled(1, 0, { parcel: boxed({ bench: null }) }))), 'opened |  | '],
  [
    'a parked box with a label, print-first',
    at(orders(filled(1, 0, { parcel: boxed({ bench: null, label }) })), { bench: { printMode: 'first' } }),
    'opened |  | ',
  ],
  ['a number of two shops', at(orders(order(), other)), 'unknown orderNumberTwice |  | '],
  ['a box on another bench', at(orders(elsewhere)), 'stopped otherBench |  | '],
  ['a packed order', at(orders(packed())), 'alreadyShipped packed |  | '],
  [
    'a packed order without a label',
    at(orders(packed({ parcel: boxed({ state: 'packed', bench: null }) }))),
    'opened labelMissing | requestLabel | ',
  ],
  [
    'the same, stopped',
    at(orders(packed({ stop: 'refund', parcel: boxed({ state: 'packed' }) }))),
    'stopped refund |  | ',
  ],
  ['an order that has left', at(orders(order({ state: 'handedOver' }))), 'alreadyShipped handedOver |  | '],
  ['a cancelled order', at(orders(order({ state: 'cancelled' }))), 'stopped cancel |  | '],
  ['an order on hold', at(orders(order({ hold: 'ask' }))), 'stopped hold |  | '],
  [
    'another order beside a filled box',
    at(orders(other), { current: filled(1, 0) }),
    'wrongItem otherOrderOpen |  | ',
  ],
  [
    'another order beside an empty box',
    at(orders(other), { current: filled(0, 0) }),
    'opened | openParcel | ',
  ],
  ['WEIGH where nobody weighs', at(command('WEIGH')), 'wrongItem weighsNot |  | '],
  ['a wave', at({ kind: 'wave', wave, left: 3 }), 'opened waveOpened |  | '],
  ['a wave that is done', at({ kind: 'wave', wave, left: 0 }), 'alreadyShipped waveDone |  | '],
  ['a wave nobody made', at({ kind: 'wave', wave: null, left: 0 }), 'unknown waveUnknown |  | '],
  [
    'a wave while a box is open',
    at({ kind: 'wave', wave, left: 3 }, { current: filled(1, 0) }),
    'wrongItem otherOrderOpen |  | ',
  ],
  ['a slot', at({ kind: 'slot', wave, order: order({ wave, slot: 1 }) }), 'opened | openParcel | '],
  ['a slot without an order', at({ kind: 'slot', wave, order: null }), 'unknown slotUnknown |  | '],
  ['an item that opens its order', at(item('RED', 1, order())), 'right | openParcel put | '],
  [
    'an item that opens and completes',
    at(item('RED', 1, one)),
    'complete | openParcel put complete requestLabel | ',
  ],
  [
    'the same, print-first',
    at(item('RED', 1, one), { bench: { printMode: 'first' } }),
    'complete | openParcel requestLabel put complete | ',
  ],
  [
    'the same, parked without a label',
    at(item('RED', 1, { ...one, parcel: boxed({ bench: null }) }), { bench: { printMode: 'first' } }),
    'complete | requestLabel put complete | ',
  ],
  ['an item and nothing open', at(item('RED')), 'wrongItem openAJobFirst |  | '],
  ['an item nobody in the wave needs', at(item('RED'), { wave }), 'wrongItem noOrderNeedsIt |  | '],
  ['an item that opens a stopped order', at(item('RED', 1, order({ stop: 'risk' }))), 'stopped risk |  | '],
  // items
  ['a right item', at(item('RED'), { current: filled(0, 0) }), 'right | put | '],
  ['a right pack', at(item('RED', 2), { current: filled(0, 0) }), 'right | put | '],
  ['the last item', at(item('TEA'), { current: filled(2, 0) }), 'complete | put complete requestLabel | '],
  [
    'the last item, label there',
    at(item('TEA'), { current: filled(2, 0, { parcel: boxed({ label }) }) }),
    'complete | put complete | ',
  ],
  [
    'the last item, countdown',
    at(item('TEA'), { current: filled(2, 0), bench: { countdownMs: 1000 } }),
    'complete | put | countdown',
  ],
  [
    'the last item, countdown, label there',
    at(item('TEA'), { current: filled(2, 0, { parcel: boxed({ label }) }), bench: { countdownMs: 1000 } }),
    'complete | put complete | ',
  ],
  [
    'the last item, label to check',
    at(item('TEA'), { current: filled(2, 0), bench: { checkLabel: true } }),
    'complete | put complete requestLabel | label',
  ],
  ['one too many', at(item('RED'), { current: filled(2, 0) }), 'tooMany oneTooMany |  | '],
  ['a pack too large', at(item('RED', 6), { current: filled(0, 0) }), 'tooMany packTooLarge |  | '],
  [
    'units that left before',
    at(item('RED'), { current: order({ lines: [line({ shipped: 2 })], parcel: boxed() }) }),
    'tooMany oneTooMany |  | ',
  ],
  ['a wrong item', at(item('BLUE'), { current: filled(0, 0) }), 'wrongItem notInOrder |  | '],
  [
    'a wrong item where errors wait',
    at(item('BLUE'), { current: filled(0, 0), bench: waits }),
    'wrongItem notInOrder |  | error',
  ],
  [
    'anything while an error waits',
    at(item('RED'), { current: filled(0, 0), bench: waits, pending: errorPending }),
    'wrongItem acknowledgeFirst |  | error',
  ],
  [
    'OK while an error waits',
    at(command('OK'), { current: filled(0, 0), bench: waits, pending: errorPending }),
    'command acknowledged |  | ',
  ],
  ['an unknown code', at({ kind: 'unknown' }, { current: filled(0, 0) }), 'unknown unknownCode |  | '],
  [
    'an unknown code in the countdown',
    at({ kind: 'unknown' }, { current: filled(2, 1), pending: countdown }),
    'unknown unknownCode |  | ',
  ],
  [
    'an item that the shop stopped meanwhile',
    at(item('RED'), { current: filled(0, 0, { stop: 'refund' }) }),
    'stopped refund |  | ',
  ],
  [
    'the last item, stopped',
    at(item('TEA'), { current: filled(2, 0, { stop: 'addressChange' }) }),
    'stopped addressChange |  | ',
  ],
  [
    'an item while the label is awaited',
    at(item('RED'), { current: onBench, pending: labelPending }),
    'wrongItem scanLabelFirst |  | label',
  ],
  // kits
  ['a whole kit', at(item('GIFT'), { current: gifts(0, 0) }), 'right | put | '],
  [
    'a whole kit that completes',
    at(item('GIFT'), { current: gifts(1, 2) }),
    'complete | put complete requestLabel | ',
  ],
  [
    'a kit that opens its order',
    at(item('GIFT', 1, gifts(0, 0, 0, { parcel: null }))),
    'right | openParcel put | ',
  ],
  ['both kits in one pack', at(item('GIFT', 2), { current: gifts(0, 0, 0) }), 'right | put | '],
  ['a pack of too many kits', at(item('GIFT', 3), { current: gifts(0, 0) }), 'tooMany packTooLarge |  | '],
  ['one kit too many', at(item('GIFT'), { current: gifts(2, 4, 0) }), 'tooMany oneTooMany |  | '],
  ['a kit beside a begun one', at(item('GIFT'), { current: gifts(1, 0) }), 'right | put | '],
  ['a kit of which pieces are in', at(item('GIFT'), { current: gifts(1, 3) }), 'wrongItem kitBegun |  | '],
  ['a kit of which one part is in', at(item('GIFT'), { current: gifts(2, 0) }), 'wrongItem kitBegun |  | '],
  [
    'a kit of which a line has left whole',
    at(item('GIFT'), { current: gifts(0, 0, 0, { lines: gifts(0, 0).lines.slice(1) }) }),
    'wrongItem kitBegun |  | ',
  ],
  ['a kit that was not sold', at(item('GIFT'), { current: filled(0, 0) }), 'wrongItem notInOrder |  | '],
  ['a part of a kit', at(item('TEA'), { current: gifts(0, 0) }), 'right | put | '],
  ['a part too many', at(item('RED'), { current: gifts(2, 0) }), 'tooMany oneTooMany |  | '],
  [
    'a kit in a stopped order',
    at(item('GIFT'), { current: gifts(0, 0, 1, { stop: 'refund' }) }),
    'stopped refund |  | ',
  ],
  // shared barcodes
  [
    'a shared barcode',
    at(
      { kind: 'product', products: [goods('RED'), goods('BLUE')], candidate: null },
      { current: filled(0, 0) },
    ),
    'ambiguous chooseByPicture |  | choice',
  ],
  [
    'a shared barcode while the label is awaited',
    at(
      { kind: 'product', products: [goods('RED'), goods('BLUE')], candidate: null },
      { current: onBench, pending: labelPending },
    ),
    'wrongItem scanLabelFirst |  | label',
  ],
  ['a choice', at(pick(1), { current: filled(0, 0), pending: choice }), 'right | put | '],
  ['the other choice', at(pick(2), { current: filled(0, 0), pending: choice }), 'wrongItem notInOrder |  | '],
  [
    'a choice that is not there',
    at(pick(3), { current: filled(0, 0), pending: choice }),
    'unknown noSuchChoice |  | choice',
  ],
  ['a choice of nothing', at(pick(1), { current: filled(0, 0) }), 'unknown nothingToChoose |  | '],
  // labels
  [
    'the label on the box',
    at(ofLabel(), { current: onBench, pending: labelPending }),
    'right labelChecked | checkLabel | ',
  ],
  ['a label again', at(ofLabel(packed(), { state: 'checked' })), 'right labelChecked |  | '],
  [
    'another label',
    at(ofLabel(other, { id: 'label-2' }), { current: onBench, pending: labelPending }),
    'wrongItem otherLabel |  | label',
  ],
  ['a void label', at(ofLabel(packed(), { state: 'void' })), 'wrongItem voidLabel |  | '],
  [
    'a label that has left',
    at(ofLabel(order({ state: 'handedOver' }), {}, true)),
    'alreadyShipped handedOver |  | ',
  ],
  ['a label of a stopped order', at(ofLabel(packed({ stop: 'cancel' }))), 'stopped cancel |  | '],
  [
    'a print-first label opens its box',
    at(ofLabel(filled(0, 0, { parcel: boxed({ bench: null, label }) }))),
    'opened |  | ',
  ],
  [
    "another box's label beside a filled box",
    at(ofLabel(), { current: filled(1, 0, { id: 'order-2', number: 'O-2' }) }),
    'wrongItem otherOrderOpen |  | ',
  ],
  // commands
  ['OK and nothing to say', at(command('OK')), 'command nothingToDo |  | '],
  [
    'OK in the countdown',
    at(command('OK'), { current: filled(2, 1), pending: countdown, bench: { countdownMs: 1000 } }),
    'command printing | complete requestLabel | ',
  ],
  [
    'OK in the countdown, stopped',
    at(command('OK'), { current: filled(2, 1, { stop: 'refund' }), pending: countdown }),
    'stopped refund |  | ',
  ],
  [
    'CANCEL in the countdown',
    at(command('CANCEL'), { current: filled(2, 1), pending: countdown }),
    'command cancelled |  | ',
  ],
  [
    'CANCEL of a choice',
    at(command('CANCEL'), { current: filled(0, 0), pending: choice }),
    'command cancelled |  | ',
  ],
  [
    'CANCEL of a badge',
    at(command('CANCEL'), { current: filled(1, 0), pending: { kind: 'badge', act: 'partial' } }),
    'command cancelled |  | ',
  ],
  [
    'CANCEL of a void keeps the wait for the label',
    at(command('CANCEL'), {
      current: onBench,
      pending: { kind: 'badge', act: 'void' },
      bench: { checkLabel: true },
    }),
    'command cancelled |  | label',
  ],
  [
    'CANCEL of the label',
    at(command('CANCEL'), { current: onBench, pending: labelPending }),
    'command nothingToDo |  | label',
  ],
  ['CANCEL and nothing there', at(command('CANCEL')), 'command nothingToDo |  | '],
  [
    'PRINT of a complete box',
    at(command('PRINT'), { current: filled(2, 1) }),
    'command printing | complete requestLabel | ',
  ],
  ['PRINT too early', at(command('PRINT'), { current: filled(1, 1) }), 'wrongItem notComplete |  | '],
  ['PRINT and nothing there', at(command('PRINT')), 'wrongItem notComplete |  | '],
  [
    'PRINT after a void',
    at(command('PRINT'), { current: packed({ parcel: boxed({ state: 'packed' }) }) }),
    'command printing | requestLabel | ',
  ],
  [
    'UNDO',
    at(command('UNDO'), {
      current: filled(1, 0, { parcel: boxed({ undoable: { seq: 7, puts: [{ lineId: 1, units: 1 }] } }) }),
    }),
    'command undone | takeOut | ',
  ],
  ['UNDO of nothing', at(command('UNDO'), { current: filled(0, 0) }), 'wrongItem nothingToUndo |  | '],
  [
    'UNDO of a packed box',
    at(command('UNDO'), {
      current: packed({ parcel: boxed({ state: 'packed', undoable: { seq: 7, puts: [] } }) }),
    }),
    'wrongItem nothingToUndo |  | ',
  ],
  ['NEXT', at(command('NEXT'), { current: filled(1, 0) }), 'command parked |  | '],
  ['NEXT and nothing there', at(command('NEXT')), 'command nothingToDo |  | '],
  [
    'NEXT past the label',
    at(command('NEXT'), { current: onBench, pending: labelPending }),
    'wrongItem scanLabelFirst |  | label',
  ],
  ['HOLD', at(command('HOLD'), { current: filled(1, 0) }), 'command held | hold | '],
  ['HOLD and nothing there', at(command('HOLD')), 'wrongItem openAJobFirst |  | '],
  ['HOLD of a packed box', at(command('HOLD'), { current: onBench }), 'wrongItem openAJobFirst |  | '],
  ['SHORT', at(command('SHORT'), { current: filled(1, 0) }), 'command short | hold | '],
  ['PARTIAL', at(command('PARTIAL'), { current: filled(1, 0) }), 'command scanSupervisorBadge |  | badge'],
  [
    'PARTIAL of an empty box',
    at(command('PARTIAL'), { current: filled(0, 0) }),
    'wrongItem nothingPacked |  | ',
  ],
  ['VOID', at(command('VOID'), { current: onBench }), 'command scanSupervisorBadge |  | badge'],
  ['VOID without a label', at(command('VOID'), { current: filled(1, 0) }), 'wrongItem noLabel |  | '],
  [
    'REPRINT',
    at(command('REPRINT'), { current: onBench, pending: labelPending }),
    'command chooseReason |  | reason',
  ],
  [
    'REPRINT and a reason',
    at(reasonFor(1), { bench: checks, current: onBench, pending: reasonPending }),
    'command reprinting | reprint | label',
  ],
  [
    'REPRINT and no such reason',
    at(reasonFor(9), { bench: checks, current: onBench, pending: reasonPending }),
    'unknown noSuchChoice |  | reason',
  ],
  [
    'REPRINT, a reason, and another label meanwhile',
    at(reasonFor(1, other), { bench: checks, current: onBench, pending: reasonPending }),
    'wrongItem noLabel |  | label',
  ],
  [
    'REPRINT, and the label was found',
    at(ofLabel(), { bench: checks, current: onBench, pending: reasonPending }),
    'right labelChecked | checkLabel | ',
  ],
  [
    'REPRINT, and an item instead of a reason',
    at(item('RED'), { bench: checks, current: onBench, pending: reasonPending }),
    'wrongItem scanLabelFirst |  | label',
  ],
  [
    'REPRINT, and CANCEL',
    at(command('CANCEL'), { bench: checks, current: onBench, pending: reasonPending }),
    'command cancelled |  | label',
  ],
  [
    'REPRINT of a label that is on its way',
    at(command('REPRINT'), { current: withLabel('sending'), pending: labelPending }),
    'wrongItem labelOnItsWay |  | label',
  ],
  [
    'REPRINT of a label that never left asks nothing',
    at(command('REPRINT'), { bench: checks, current: withLabel('notSent'), pending: labelPending }),
    'command reprinting | reprint | label',
  ],
  [
    'REPRINT of an order that was refunded meanwhile',
    at(command('REPRINT'), { current: { ...onBench, stop: 'refund' }, pending: labelPending }),
    'stopped refund |  | label',
  ],
  [
    'MISSING says the reason itself',
    at(command('MISSING'), { bench: checks, current: withLabel('unknown'), pending: labelPending }),
    'command reprinting | reprint | label',
  ],
  [
    'MISSING of a label that a printer has which cannot print',
    at(command('MISSING'), {
      bench: checks,
      current: withLabel('unknown'),
      pending: labelPending,
      stuck: new Set([withLabel('unknown').parcel?.label?.id ?? '']),
    }),
    'wrongItem labelInPrinter |  | label',
  ],
  [
    'MISSING of a box that was packed before',
    at({ kind: 'command', command: 'MISSING', last: onBench }, { bench: checks }),
    'command reprinting | reprint | label',
  ],
  ['MISSING and no box', at(command('MISSING')), 'wrongItem noLabel |  | '],
  // scanners with a role
  [
    'a label from the scanner for goods',
    at(ofLabel(), { current: onBench, pending: labelPending, scanner: 'item' }),
    'wrongItem scannerForItems |  | label',
  ],
  [
    'goods from the scanner for labels',
    at(item('RED'), { current: filled(1, 0), scanner: 'label' }),
    'wrongItem scannerForLabels |  | ',
  ],
  [
    'a command from the scanner for labels',
    at(command('OK'), { scanner: 'label' }),
    'command nothingToDo |  | ',
  ],
  ['REPRINT without a label', at(command('REPRINT'), { current: filled(1, 0) }), 'wrongItem noLabel |  | '],
  // badges
  ['a badge signs in', at(badge('packer')), 'command signedIn | signIn | '],
  [
    'a badge signs in while the label is awaited',
    at(badge('packer'), { current: onBench, pending: labelPending }),
    'command signedIn | signIn | label',
  ],
  [
    'a badge in the countdown',
    at(badge('packer'), { current: filled(2, 1), pending: countdown }),
    'command signedIn | signIn | countdown',
  ],
  ['a badge nobody has', at(badge(null)), 'unknown badgeUnknown |  | '],
  [
    "a packer's badge for a supervisor's act",
    at(badge('packer'), { current: filled(1, 0), pending: { kind: 'badge', act: 'partial' } }),
    'wrongItem notASupervisor |  | badge',
  ],
  [
    "a supervisor's badge for a partial",
    at(badge('supervisor'), { current: filled(1, 0), pending: { kind: 'badge', act: 'partial' } }),
    'complete partial | complete requestLabel | ',
  ],
  [
    'the same with a label',
    at(badge('supervisor'), {
      current: filled(1, 0, { parcel: boxed({ label }) }),
      pending: { kind: 'badge', act: 'partial' },
    }),
    'complete partial | complete | ',
  ],
  [
    'the same, stopped',
    at(badge('supervisor'), {
      current: filled(1, 0, { stop: 'refund' }),
      pending: { kind: 'badge', act: 'partial' },
    }),
    'stopped refund |  | badge',
  ],
  [
    "a supervisor's badge for a void",
    at(badge('supervisor'), { current: onBench, pending: { kind: 'badge', act: 'void' } }),
    'command voided | voidLabel | ',
  ],
  [
    'a wrong item while the badge is awaited',
    at({ kind: 'unknown' }, { current: filled(1, 0), pending: { kind: 'badge', act: 'partial' } }),
    'unknown unknownCode |  | badge',
  ],
]

describe('decideScan', () => {
  it.each(cases)('%s', (_name, situation, expected) => {
    expect(told(situation)).toBe(expected)
  })

  it('has a case for every verdict and every command', () => {
    const verdicts = new Set(cases.map(([, situation]) => decideScan(situation).answer.verdict))
    expect([...verdicts].sort()).toEqual(
      [
        'opened',
        'right',
        'complete',
        'wrongItem',
        'tooMany',
        'unknown',
        'ambiguous',
        'stopped',
        'alreadyShipped',
        'command',
      ].sort(),
    )
    const tried = new Set(cases.map(([, { meaning }]) => (meaning.kind === 'command' ? meaning.command : '')))
    expect(commands.filter((name) => !tried.has(name))).toEqual([])
  })

  it('saves nothing when it refuses', () => {
    const refused = new Set(['wrongItem', 'tooMany', 'unknown', 'stopped', 'alreadyShipped', 'ambiguous'])
    for (const [name, situation] of cases) {
      const { answer, effects } = decideScan(situation)
      if (refused.has(answer.verdict)) expect([name, effects]).toEqual([name, []])
    }
  })

  it('spreads a pack over the lines of its SKU in line order, and takes the same out', () => {
    const two = order({
      lines: [line({ quantity: 2 }), line({ id: 2, sku: 'TEA', quantity: 1 }), line({ id: 3, quantity: 5 })],
      parcel: boxed(),
    })
    const put = decideScan(at(item('RED', 6), { current: two }))
    expect(put.effects).toEqual([
      {
        kind: 'put',
        puts: [
          { lineId: 1, units: 2 },
          { lineId: 3, units: 4 },
        ],
      },
    ])
    const undo = at(command('UNDO'), {
      current: {
        ...two,
        parcel: boxed({
          undoable: {
            seq: 9,
            puts: [
              { lineId: 1, units: 2 },
              { lineId: 3, units: 4 },
            ],
          },
        }),
      },
    })
    expect(decideScan(undo).effects).toEqual([
      {
        kind: 'takeOut',
        puts: [
          { lineId: 1, units: 2 },
          { lineId: 3, units: 4 },
        ],
        undoes: 9,
      },
    ])
  })

  it('counts a kit as all its parts, and takes all of them out again', () => {
    const puts = [
      { lineId: 1, units: 1 },
      { lineId: 2, units: 2 },
    ]
    expect(decideScan(at(item('GIFT'), { current: gifts(0, 0) })).effects).toEqual([{ kind: 'put', puts }])
    const undoable = { seq: 9, puts }
    const undo = at(command('UNDO'), { current: gifts(1, 2, 1, { parcel: boxed({ undoable }) }) })
    expect(decideScan(undo).effects).toEqual([{ kind: 'takeOut', puts, undoes: 9 }])
  })

  it('puts a single piece where it leaves a kit whole: its own line, then a begun kit', () => {
    const putOf = (current: ReturnType<typeof gifts>) => decideScan(at(item('RED'), { current })).effects[0]
    expect(putOf(gifts(0, 0, 0))).toEqual({ kind: 'put', puts: [{ lineId: 3, units: 1 }] })
    expect(putOf(gifts(0, 0, 1))).toEqual({ kind: 'put', puts: [{ lineId: 1, units: 1 }] })
    const kit = { id: 8, sku: 'SET', title: 'Set', quantity: 1, parts: 2, units: 1 }
    const two = gifts(0, 0, 1)
    const begun = [
      line({ id: 4, quantity: 1, kit }),
      line({ id: 5, sku: 'BLUE', quantity: 1, packed: 1, kit }),
    ]
    expect(putOf({ ...two, lines: [...two.lines, ...begun] })).toEqual({
      kind: 'put',
      puts: [{ lineId: 4, units: 1 }],
    })
  })

  it('counts a kit whole or not at all, whatever was scanned before', () => {
    const scans = fc.array(fc.constantFrom('RED', 'TEA', 'GIFT', 'GIFT2'), { maxLength: 12 })
    fc.assert(
      fc.property(scans, fc.boolean(), (codes, own) => {
        let current = gifts(0, 0, own ? 0 : 1)
        for (const code of codes) {
          const units = code === 'GIFT2' ? 2 : 1
          const sku = code === 'GIFT2' ? 'GIFT' : code
          const { answer, effects } = decideScan(at(item(sku, units), { current }))
          const put = effects.find((effect) => effect.kind === 'put')
          const sum = (of: string) =>
            (put?.puts ?? []).reduce(
              (all, one) =>
                all + (current.lines.find(({ id }) => id === one.lineId)?.sku === of ? one.units : 0),
              0,
            )
          const expected =
            sku === 'GIFT' ? [units, 2 * units] : [Number(sku === 'RED'), Number(sku === 'TEA')]
          expect([sum('RED'), sum('TEA')]).toEqual(put === undefined ? [0, 0] : expected)
          if (put !== undefined && answer.order !== null) current = { ...answer.order, parcel: boxed() }
          for (const { packed: inBox, quantity } of current.lines) expect(inBox).toBeLessThanOrEqual(quantity)
          if (answer.verdict === 'complete') return
        }
      }),
      { numRuns: 300 },
    )
  })

  it('names what is missing when the rest stays behind', () => {
    const [effect] = decideScan(at(command('SHORT'), { current: filled(1, 0) })).effects
    expect(effect).toEqual({ kind: 'hold', orderId: 'order-1', reason: 'short: RED×1 TEA×1' })
    const [complete] = decideScan(
      at(badge('supervisor'), { current: filled(1, 0), pending: { kind: 'badge', act: 'partial' } }),
    ).effects
    expect(complete).toEqual({ kind: 'complete', short: 'short: RED×1 TEA×1 / Boss' })
  })

  it('gives the end of the countdown and says how old its knowledge is', () => {
    const { bench } = decideScan(at(item('TEA'), { current: filled(2, 0), bench: { countdownMs: 1500 } }))
    expect(bench.pending).toEqual({ kind: 'countdown', until: '2026-11-22T03:00:01.500Z' })
    const stale = decideScan(
      at(item('RED'), { current: filled(0, 0, { knownAt: '2026-11-22T01:30:30.000Z' }) }),
    )
    expect(stale.answer.reason).toEqual({ code: 'stale', params: { note: '', minutes: 89 } })
  })
})
