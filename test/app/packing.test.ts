import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Input } from '#shared/contract/index.ts'
import type { ScanAnswer } from '#shared/contract/packing.ts'
import { commandCode, commands, pickCode, slotCode, waveCode } from '#shared/domain/packing/codes.ts'
import {
  addWaybills,
  codes,
  csv,
  faults,
  handOver,
  importOrders,
  importText,
  openStation,
  orderByNumber,
  plan,
  scan,
  scanAll,
  type Station,
  stockWarehouse,
  told,
} from '#test/support/station.ts'

let station: Station
beforeEach(async () => {
  station = await openStation()
  await stockWarehouse(station)
})
afterEach(async () => {
  const found = faults(station)
  await station.close()
  expect(found).toEqual([])
})

const bench = (rules: Omit<Input<'packing.setBench'>, 'bench'>, name = 'Bench 1') =>
  station.desk.call('packing.setBench', { bench: name, ...rules })
const waybillOf = (answer: ScanAnswer | undefined): string => answer?.label?.waybill ?? 'no label'

describe('the main job', () => {
  it('imports, plans, packs by scans, labels, hands over and exports', async () => {
    const made = await importOrders(station, [
      {
        number: 'M-1',
        lines: [
          ['RED', 2],
          ['TEA', 1],
        ],
      },
      {
        number: 'M-2',
        lines: [
          ['BLUE', 1],
          ['TEA', 2],
        ],
      },
      { number: 'S-1', lines: [['TEA', 1]], shipBy: '2026-11-24 18:00:00' },
      { number: 'S-2', lines: [['TEA', 1]], shipBy: '2026-11-22 18:00:00' },
    ])
    expect(made).toMatchObject({ created: 4, updated: 0, unchanged: 0, held: 0, rejectedCount: 0 })
    const { waves, leftOut } = await plan(station)
    expect(leftOut).toEqual([])
    expect(waves.map((wave) => [wave.kind, wave.orders])).toEqual([
      ['single', 2],
      ['multi', 2],
    ])

    const packed = await scanAll(station, ['PB-S-2-1', codes.red, codes.tea, codes.red])
    expect(packed.map(told)).toEqual(['opened', 'right', 'right', 'complete'])
    expect(packed.map((one) => one.remaining)).toEqual([3, 2, 1, 0])
    expect(packed[0]?.expected.map((one) => [one.sku, one.quantity, one.location])).toEqual([
      ['RED', 2, 'A-01-01'],
      ['TEA', 1, 'A-02-01'],
    ])
    expect(packed[3]?.label).toMatchObject({ courier: 'SF', state: 'sent' })
    expect(station.printer.jobs).toEqual([waybillOf(packed[3])])

    // Any item opens the most urgent order that needs it.
    const single = await scanAll(station, ['PB-W-1', codes.tea, codes.tea])
    expect(single.map(told)).toEqual(['opened waveOpened', 'complete', 'complete'])
    expect(single.map((one) => one.order?.number)).toEqual([undefined, 'S-2', 'S-1'])

    const second = await scanAll(station, ['PB-S-2-2', codes.tea, codes.tea, codes.blue])
    for (const answer of [packed[3], single[1], single[2], second[3]]) {
      expect(told(await handOver(station, waybillOf(answer)))).toBe('handedOver')
    }
    const day = await station.desk.call('shipments.day', { offset: 0, limit: 100 })
    expect(day).toMatchObject({ total: 4, labels: 4, handOvers: 4, waiting: [] })
    expect(station.sql('SELECT state FROM wave')).toEqual([{ state: 'done' }, { state: 'done' }])
  })

  it('hands no parcel over by a scanner for goods', async () => {
    await importOrders(station, [{ number: 'M-1', lines: [['RED', 1]] }])
    const [, packed] = await scanAll(station, ['M-1', codes.red])
    const by = async (role: 'item' | 'label') => {
      const at = { bench: 'Dock', mode: 'handover', gesture: randomUUID(), code: waybillOf(packed) } as const
      return told(await station.desk.call('packing.scan', { ...at, role }))
    }
    expect(await by('item')).toBe('wrongParcel scannerForItems')
    expect(station.sql('SELECT state FROM parcel')).toEqual([{ state: 'packed' }])
    expect(await by('label')).toBe('handedOver')
  })

  it('answers the same order scanned with each kind of wrong scan by its own verdict', async () => {
    await importOrders(station, [
      {
        number: 'A-1',
        lines: [
          ['RED', 2],
          ['TEA', 1],
        ],
      },
      {
        number: 'A-2',
        lines: [
          ['BLUE', 1],
          ['SOCK-M', 1],
        ],
      },
      { number: 'A-3', lines: [['BLUE', 2]] },
    ])
    await plan(station, { singles: false })
    const given = await scanAll(station, [
      'PB-S-1-1',
      codes.blue, // not in this order
      'no such code',
      codes.sock, // two goods share it
      'PB-PICK-1', // socks: not in this order either
      codes.red,
      codes.red6, // a pack that is too large: nothing of it counts
      codes.red,
      codes.red, // one too many
      'PB-S-1-2', // another order while this box is open
      'PB-CMD-NEXT',
      'A-1',
      codes.tea,
      'A-1', // packed already
    ])
    expect(given.map(told)).toEqual([
      'opened',
      'wrongItem notInOrder',
      'unknown unknownCode',
      'ambiguous chooseByPicture',
      'wrongItem notInOrder',
      'right',
      'tooMany packTooLarge',
      'right',
      'tooMany oneTooMany',
      'wrongItem otherOrderOpen',
      'command parked',
      'opened',
      'complete',
      'alreadyShipped packed',
    ])
    expect(given[6]).toMatchObject({ surplus: 5, remaining: 2 })
    expect(given[3]?.choices.map((one) => one.sku)).toEqual(['SOCK-L', 'SOCK-M'])
    await station.desk.call('orders.hold', {
      id: (await orderByNumber(station, 'A-3')).id,
      reason: 'ask first',
    })
    expect(told(await scan(station, 'A-3'))).toBe('stopped hold')
    expect(told(await handOver(station, waybillOf(given[12])))).toBe('handedOver')
    expect(told(await scan(station, 'A-1'))).toBe('alreadyShipped handedOver')
    expect(told(await handOver(station, waybillOf(given[12])))).toBe('alreadyShipped handedOver')
  })

  it('counts a gesture once and answers it as before, also after a restart', async () => {
    await importOrders(station, [{ number: 'G-1', lines: [['RED', 3]] }])
    await scan(station, 'G-1')
    const once = await scan(station, codes.red, { gesture: 'g-1' })
    await scan(station, codes.red, { gesture: 'g-2' })
    const again = await scan(station, codes.red, { gesture: 'g-1' })
    expect(again).toEqual(once)
    await station.restart()
    expect(await scan(station, codes.red, { gesture: 'g-1' })).toEqual(once)
    expect(await scan(station, codes.red, { gesture: 'g-3' })).toMatchObject({ verdict: 'complete' })
    expect(station.sql('SELECT sum(units) AS units FROM scan')).toEqual([{ units: 3 }])
  })

  it('answers a gesture as before after its parcel has left', async () => {
    await importOrders(station, [{ number: 'G-2', lines: [['RED', 2]] }])
    await scan(station, 'G-2')
    const once = await scan(station, codes.red, { gesture: 'g-4' })
    expect(once.expected.map((one) => one.quantity)).toEqual([1])
    expect(told(await handOver(station, waybillOf(await scan(station, codes.red))))).toBe('handedOver')
    const again = await scan(station, codes.red, { gesture: 'g-4' })
    expect({ ...again, label: null }).toEqual(once)
  })

  it('says the same of a bench after a restart', async () => {
    await importOrders(station, [{ number: 'G-1', lines: [['RED', 3]] }])
    await bench({ errorsWait: true })
    await scanAll(station, ['G-1', codes.red, codes.tea])
    const before = await station.desk.call('packing.bench', { bench: 'Bench 1' })
    await station.restart()
    expect(await station.desk.call('packing.bench', { bench: 'Bench 1' })).toEqual(before)
    expect(before.pending).toEqual({ kind: 'error' })
    expect((await scanAll(station, [codes.red, 'PB-CMD-OK', codes.red])).map(told)).toEqual([
      'wrongItem acknowledgeFirst',
      'command acknowledged',
      'right',
    ])
  })
})

describe('undo', () => {
  it('takes a whole multi-pack out again, step by step', async () => {
    await importOrders(station, [{ number: 'U-1', lines: [['RED', 8]] }])
    const given = await scanAll(station, [
      'U-1',
      codes.red6,
      codes.red,
      'PB-CMD-UNDO',
      'PB-CMD-UNDO',
      'PB-CMD-UNDO',
      codes.red6,
      codes.red,
      codes.red,
      'PB-CMD-UNDO',
    ])
    expect(given.map(told)).toEqual([
      'opened',
      'right',
      'right',
      'command undone',
      'command undone',
      'wrongItem nothingToUndo',
      'right',
      'right',
      'complete',
      'wrongItem nothingToUndo',
    ])
    expect(given.map((one) => one.remaining)).toEqual([8, 2, 1, 2, 8, 8, 2, 1, 0, 0])
  })

  it('spreads a pack over two lines of one SKU and takes it out of both', async () => {
    await importOrders(station, [
      {
        number: 'U-2',
        lines: [
          ['RED', 2],
          ['TEA', 1],
          ['RED', 5],
        ],
      },
    ])
    const given = await scanAll(station, ['U-2', codes.red6, 'PB-CMD-UNDO', codes.red6, codes.tea, codes.red])
    expect(given.map(told)).toEqual(['opened', 'right', 'command undone', 'right', 'right', 'complete'])
  })
})

describe('labels out of the ordinary', () => {
  it('packs without a number when the pool is empty, says so, and labels later', async () => {
    const empty = await openStation()
    try {
      await stockWarehouse(empty, 0)
      await importOrders(empty, [{ number: 'E-1', lines: [['RED', 1]] }])
      const first = await scanAll(empty, ['E-1', codes.red])
      expect(first.map(told)).toEqual(['opened', 'complete noCourier'])
      expect(first[1]?.label).toBeNull()
      const incomplete = await empty.desk.call('orders.list', { only: 'incomplete', offset: 0, limit: 10 })
      expect(incomplete.rows.map((row) => row.number)).toEqual(['E-1'])
      const [number] = await addWaybills(empty, 1)
      const labelled = await scan(empty, 'E-1')
      expect(told(labelled)).toBe('opened labelMissing')
      expect(labelled.label).toMatchObject({ waybill: number, state: 'sent' })
      expect(told(await handOver(empty, number ?? ''))).toBe('handedOver')
      expect(faults(empty)).toEqual([])
    } finally {
      await empty.close()
    }
  })

  it("takes the next free number of the order's own courier and never that of another", async () => {
    const [yunda] = await addWaybills(station, 1, 'YD')
    await importOrders(station, [
      { number: 'C-1', lines: [['RED', 1]], courier: 'YD' },
      { number: 'C-2', lines: [['RED', 1]], courier: 'YD' },
    ])
    const given = await scanAll(station, ['C-1', codes.red, 'C-2', codes.red])
    expect(given[1]?.label).toMatchObject({ waybill: yunda, courier: 'YD' })
    expect(told(given[3] ?? (given[0] as ScanAnswer))).toBe('complete noWaybill')
  })

  it('a printer that refuses leaves notSent, and REPRINT prints the same number', async () => {
    await bench({ checkLabel: true })
    await importOrders(station, [{ number: 'P-1', lines: [['RED', 1]] }])
    station.printer.next.push({ kind: 'notSent', reason: 'no paper' })
    const [, done] = await scanAll(station, ['P-1', codes.red])
    expect(done?.label?.state).toBe('notSent')
    expect(station.printer.jobs).toEqual([])
    const again = await scan(station, 'PB-CMD-REPRINT')
    expect(told(again)).toBe('command reprinting')
    expect(again.label).toEqual({ ...done?.label, state: 'sent' })
    expect(station.printer.jobs).toEqual([waybillOf(done)])
    expect(told(await scan(station, waybillOf(done)))).toBe('right labelChecked')
  })

  it('where nobody checks labels, REPRINT means the box that was packed last', async () => {
    await importOrders(station, [{ number: 'P-1', lines: [['RED', 1]] }])
    station.printer.next.push({ kind: 'unknown', reason: 'broke off' })
    const [, done] = await scanAll(station, ['P-1', codes.red])
    expect(told(await scan(station, 'PB-CMD-REPRINT'))).toBe('command chooseReason')
    const again = await scan(station, 'PB-PICK-2')
    expect(told(again)).toBe('command reprinting')
    expect(again.label).toEqual({ ...done?.label, state: 'sent' })
    expect(
      station.sql(`SELECT state, reason FROM label_event WHERE state = 'requested' ORDER BY id DESC LIMIT 1`),
    ).toEqual([{ state: 'requested', reason: 'reprint: spoilt' }])
  })

  it('what never left goes when the printer is there again', async () => {
    await importOrders(station, [
      { number: 'P-1', lines: [['RED', 1]] },
      { number: 'P-3', lines: [['RED', 1]] },
    ])
    station.printer.next.push({ kind: 'notSent', reason: 'switched off' })
    const first = (await scanAll(station, ['P-1', codes.red]))[1]
    expect(station.printer.jobs).toEqual([])
    const second = (await scanAll(station, ['P-3', codes.red]))[1]
    await expect.poll(() => station.printer.jobs).toEqual([waybillOf(second), waybillOf(first)])
    await expect
      .poll(() => station.sql('SELECT state FROM label'))
      .toEqual([{ state: 'sent' }, { state: 'sent' }])
  })

  it('what cannot be drawn is not tried again with every other label', async () => {
    await importText(station, 'waybills', csv([['waybill'], ['W'.repeat(60)]]), { courier: 'LONG' })
    await importOrders(station, [
      { number: 'P-1', lines: [['RED', 1]], courier: 'LONG' },
      { number: 'P-3', lines: [['RED', 1]] },
    ])
    const [, refused] = await scanAll(station, ['P-1', codes.red])
    expect(refused?.label?.state).toBe('notSent')
    const events = () => station.sql(`SELECT state FROM label_event WHERE label_id = '${refused?.label?.id}'`)
    const before = events()
    expect((await scanAll(station, ['P-3', codes.red]))[1]?.label?.state).toBe('sent')
    await new Promise((done) => void setTimeout(done, 100))
    expect(events()).toEqual(before)
  })

  it('an unknown outcome is never repeated by itself, not even by a restart', async () => {
    await importOrders(station, [{ number: 'P-2', lines: [['RED', 1]] }])
    station.printer.next.push({ kind: 'unknown', reason: 'broke off' })
    const [, done] = await scanAll(station, ['P-2', codes.red])
    expect(done?.label?.state).toBe('unknown')
    await station.restart()
    await station.restart()
    expect(station.printer.jobs).toHaveLength(1)
    expect(station.sql('SELECT state, prints FROM label')).toEqual([{ state: 'unknown', prints: 1 }])
  })

  it('a label that a crash left half-way is marked unknown; one that never left is printed', async () => {
    await importOrders(station, [
      { number: 'P-3', lines: [['RED', 1]] },
      { number: 'P-4', lines: [['RED', 1]] },
    ])
    await scanAll(station, ['P-3', codes.red, 'P-4', codes.red])
    await station.app.close()
    const { openDatabase } = await import('#electron/db/open.ts')
    const { join } = await import('node:path')
    const db = openDatabase(join(station.dataDir, 'packbench.sqlite'))
    db.connection.exec("UPDATE label SET state = 'sending' WHERE id = (SELECT min(id) FROM label)")
    db.connection.exec("UPDATE label SET state = 'requested' WHERE id = (SELECT max(id) FROM label)")
    db.close()
    await station.restart()
    // A command line that asks something prints nothing; a page is somebody who works here.
    await station.desk.call('orders.list', { offset: 0, limit: 1 })
    expect(station.printer.jobs).toHaveLength(2)
    station.page()
    await expect
      .poll(() => station.sql('SELECT state FROM label ORDER BY id'))
      .toEqual([{ state: 'unknown' }, { state: 'sent' }])
    expect(station.printer.jobs).toHaveLength(3)
  })

  it('at hand-over OK takes note of what went wrong', async () => {
    expect(told(await handOver(station, 'no such label'))).toMatch(/^(?:wrongParcel|unknown) /)
    expect(told(await handOver(station, 'PB-CMD-OK'))).toBe('command acknowledged')
  })

  it('reprint keeps the number, void spends it and the parcel gets another', async () => {
    await importOrders(station, [{ number: 'P-5', lines: [['RED', 1]] }])
    const [, done] = await scanAll(station, ['P-5', codes.red])
    const first = waybillOf(done)
    const id = done?.label?.id ?? ''
    await station.desk.call('labels.reprint', { id, reason: 'torn' })
    await expect.poll(() => station.printer.jobs).toEqual([first, first])
    await station.desk.call('labels.void', { id, reason: 'wrong courier' })
    expect(told(await handOver(station, first))).toBe('wrongParcel voidLabel')
    expect(told(await scan(station, first))).toBe('wrongItem voidLabel')
    const anew = await scan(station, 'P-5')
    expect(told(anew)).toBe('opened labelMissing')
    expect(waybillOf(anew)).not.toBe(first)
    expect(await station.desk.ask('labels.reprint', { id, reason: 'again' })).toMatchObject({
      ok: false,
      error: { code: 'labelVoid' },
    })
    expect(told(await handOver(station, waybillOf(anew)))).toBe('handedOver')
    expect(await station.desk.ask('labels.void', { id: anew.label?.id ?? '', reason: 'late' })).toMatchObject(
      {
        ok: false,
        error: { code: 'labelGone' },
      },
    )
  })
})

describe('print-first benches', () => {
  it('print when the order opens, and never twice', async () => {
    await bench({ printMode: 'first' })
    await importOrders(station, [{ number: 'F-1', lines: [['RED', 2]] }])
    const given = await scanAll(station, ['F-1', codes.red, codes.red])
    expect(given.map(told)).toEqual(['opened', 'right', 'complete'])
    expect(given.map(waybillOf)).toEqual(Array(3).fill(waybillOf(given[0])))
    expect(station.printer.jobs).toEqual([waybillOf(given[0])])
  })

  it('give a parked box its label when one item opens and completes it', async () => {
    await importOrders(station, [{ number: 'F-2', lines: [['RED', 1]] }])
    await plan(station)
    await scanAll(station, ['F-2', 'PB-CMD-NEXT']) // opened on a print-last bench, nothing in it yet
    await bench({ printMode: 'first' }, 'Bench 2')
    const given = await scanAll(station, ['PB-W-1', codes.red], { bench: 'Bench 2' })
    expect(given.map(told)).toEqual(['opened waveOpened', 'complete'])
    expect(station.printer.jobs).toEqual([waybillOf(given[1])])
  })
})

describe('the countdown', () => {
  it('prints after it, at once on OK, not after CANCEL until PRINT', async () => {
    await bench({ countdownMs: 30_000 })
    await importOrders(station, [
      { number: 'T-1', lines: [['RED', 1]] },
      { number: 'T-2', lines: [['RED', 1]] },
    ])
    const given = await scanAll(station, ['T-1', codes.red, 'PB-CMD-OK', 'T-2', codes.red, 'PB-CMD-CANCEL'])
    expect(given.map(told)).toEqual([
      'opened',
      'complete',
      'command printing',
      'opened',
      'complete',
      'command cancelled',
    ])
    expect(station.printer.jobs).toHaveLength(1)
    expect((await station.desk.call('packing.bench', { bench: 'Bench 1' })).pending).toBeNull()
    expect(told(await scan(station, 'PB-CMD-PRINT'))).toBe('command printing')
    expect(station.printer.jobs).toHaveLength(2)
  })

  it('runs on when a badge is scanned, and after a restart', async () => {
    const boss = await station.desk.call('operators.save', { name: 'Boss', role: 'supervisor', pin: '1234' })
    await bench({ countdownMs: 300 })
    await importOrders(station, [
      { number: 'T-3', lines: [['RED', 1]] },
      { number: 'T-4', lines: [['RED', 1]] },
    ])
    await scanAll(station, ['T-3', codes.red, boss.badge])
    await expect.poll(() => station.printer.jobs.length, { timeout: 3000 }).toBe(1)
    await scanAll(station, ['T-4', codes.red])
    await station.restart()
    await expect.poll(() => station.printer.jobs.length, { timeout: 3000 }).toBe(2)
  })

  it('a complete box that was put aside does not catch the items of other orders', async () => {
    await bench({ countdownMs: 30_000 })
    await importOrders(station, [
      { number: 'T-5', lines: [['RED', 1]], shipBy: '2026-11-22 18:00:00' },
      { number: 'T-6', lines: [['RED', 1]], shipBy: '2026-11-23 18:00:00' },
    ])
    await plan(station)
    const given = await scanAll(station, ['PB-W-1', codes.red, 'PB-CMD-NEXT', codes.red])
    expect(given.map(told)).toEqual(['opened waveOpened', 'complete', 'command parked', 'complete'])
    expect(given[3]?.order?.number).toBe('T-6')
  })
})

describe('the check of the label on the box', () => {
  beforeEach(async () => {
    await bench({ checkLabel: true })
    await importOrders(station, [
      { number: 'K-1', lines: [['RED', 1]] },
      { number: 'K-2', lines: [['BLUE', 1]] },
    ])
  })

  it('waits no longer for a label that was voided from the story; the order’s own code brings a new one', async () => {
    const [, done] = await scanAll(station, ['K-1', codes.red])
    const { id } = await orderByNumber(station, 'K-1')
    const before = await station.desk.call('orders.story', { id })
    await station.desk.call('labels.void', { id: before?.label?.id ?? '', reason: 'wrong courier' })
    const given = await scanAll(station, [waybillOf(done), 'K-1'])
    expect(told(given[0] as ScanAnswer)).toBe('wrongItem voidLabel')
    const fresh = station.printer.jobs.at(-1) ?? ''
    expect(fresh).not.toBe(waybillOf(done))
    expect(given[1]?.label?.waybill).toBe(fresh)
    expect((await scanAll(station, [fresh, 'K-2', codes.blue])).map(told)).toEqual([
      'right labelChecked',
      'opened',
      'complete',
    ])
  })

  it('is printed again from the story with a word in the audit, and not for an order on hold', async () => {
    const [, done] = await scanAll(station, ['K-1', codes.red])
    const { id } = await orderByNumber(station, 'K-1')
    const label = (await station.desk.call('orders.story', { id }))?.label?.id ?? ''
    await station.desk.call('labels.reprint', { id: label, reason: 'torn' })
    await expect.poll(() => station.printer.jobs).toEqual([waybillOf(done), waybillOf(done)])
    const story = await station.desk.call('orders.story', { id })
    expect(story?.events).toContainEqual(
      expect.objectContaining({ kind: 'audit', code: 'label.reprint', text: 'torn' }),
    )
    await station.desk.call('orders.hold', { id, reason: 'call the buyer' })
    expect(await station.desk.ask('labels.reprint', { id: label, reason: 'torn' })).toMatchObject({
      ok: false,
      error: { code: 'labelStopped' },
    })
    expect(station.printer.jobs).toHaveLength(2)
  })

  it('wants this label and no other, and nothing gets past it', async () => {
    const [, other] = await scanAll(station, ['K-2', codes.blue], { bench: 'Bench 2' })
    const [, done] = await scanAll(station, ['K-1', codes.red])
    const given = await scanAll(station, [
      'PB-CMD-NEXT',
      'K-2',
      codes.blue,
      codes.sock, // shared by two goods: a choice must not make the bench forget the label
      'PB-CMD-NEXT',
      waybillOf(other),
      'PB-CMD-VOID',
      'PB-CMD-CANCEL', // the void was thought better of: the label still waits
      'PB-CMD-NEXT',
      waybillOf(done),
    ])
    expect(given.map(told)).toEqual([
      'wrongItem scanLabelFirst',
      'wrongItem scanLabelFirst',
      'wrongItem scanLabelFirst',
      'wrongItem scanLabelFirst',
      'wrongItem scanLabelFirst',
      'wrongItem otherLabel',
      'command scanSupervisorBadge',
      'command cancelled',
      'wrongItem scanLabelFirst',
      'right labelChecked',
    ])
    expect(station.sql("SELECT count(*) AS n FROM label WHERE state = 'checked'")).toEqual([{ n: 1 }])
  })

  it('is over when the parcel is handed over, and the bench works on', async () => {
    const [, done] = await scanAll(station, ['K-1', codes.red])
    expect(told(await handOver(station, waybillOf(done)))).toBe('handedOver')
    expect((await station.desk.call('packing.bench', { bench: 'Bench 1' })).pending).toBeNull()
    expect((await scanAll(station, ['PB-CMD-PRINT', 'K-2', codes.blue])).map(told)).toEqual([
      'wrongItem notComplete',
      'opened',
      'complete',
    ])
  })

  it('is over when the same bench hands the parcel over', async () => {
    const [, done] = await scanAll(station, ['K-1', codes.red])
    expect(told(await handOver(station, waybillOf(done), 'Bench 1'))).toBe('handedOver')
    expect((await scanAll(station, ['K-2', codes.blue])).map(told)).toEqual(['opened', 'complete'])
  })
})

describe('partial shipments', () => {
  it('need a supervisor, and the rest goes in a second parcel', async () => {
    const boss = await station.desk.call('operators.save', { name: 'Boss', role: 'supervisor', pin: '1234' })
    const packer = await station.desk.call('operators.save', { name: 'Ann', role: 'packer', pin: '1111' })
    await importOrders(station, [
      {
        number: 'R-1',
        lines: [
          ['RED', 3],
          ['TEA', 1],
        ],
      },
    ])
    await plan(station)
    const given = await scanAll(station, [
      'PB-CMD-PARTIAL',
      'R-1',
      'PB-CMD-PARTIAL', // nothing in the box
      codes.red,
      codes.red,
      'PB-CMD-PARTIAL',
      packer.badge,
      'PB-BADGE-NOBODY',
      boss.badge,
    ])
    expect(given.map(told)).toEqual([
      'wrongItem nothingPacked',
      'opened',
      'wrongItem nothingPacked',
      'right',
      'right',
      'command scanSupervisorBadge',
      'wrongItem notASupervisor',
      'unknown badgeUnknown',
      'complete partial',
    ])
    expect(told(await handOver(station, waybillOf(given[8])))).toBe('handedOver')
    expect((await orderByNumber(station, 'R-1')).state).toBe('open')
    // The rest is picked like any other order.
    const again = await plan(station)
    expect(again.waves.map((wave) => [wave.orders, wave.units])).toEqual([[1, 2]])
    const rest = await scanAll(station, ['R-1', codes.red, codes.red, codes.tea])
    expect(rest.map(told)).toEqual(['opened', 'right', 'tooMany oneTooMany', 'complete'])
    expect(told(await handOver(station, waybillOf(rest[3])))).toBe('handedOver')
    expect((await orderByNumber(station, 'R-1')).state).toBe('handedOver')
    expect(
      station.sql(`SELECT sum(quantity) AS units FROM parcel_line JOIN shipment USING (parcel_id)`),
    ).toEqual([{ units: 4 }])
    expect(station.sql('SELECT count(*) AS n FROM shipment')).toEqual([{ n: 2 }])
  })

  it('that shipped already still count when the shop changes the order', async () => {
    const boss = await station.desk.call('operators.save', { name: 'Boss', role: 'supervisor', pin: '1234' })
    const order = (red: number) => ({
      number: 'R-3',
      lines: [
        ['RED', red],
        ['TEA', 1],
      ] as const,
    })
    await importOrders(station, [order(3)])
    const first = await scanAll(station, ['R-3', codes.red, codes.red, 'PB-CMD-PARTIAL', boss.badge])
    expect(told(await handOver(station, waybillOf(first[4])))).toBe('handedOver')
    expect(await importOrders(station, [order(4)])).toMatchObject({ held: 1 })
    await station.desk.call('orders.release', {
      id: (await orderByNumber(station, 'R-3')).id,
      reason: 'one more',
    })
    expect((await plan(station)).waves.map((wave) => wave.units)).toEqual([3])
    const rest = await scanAll(station, ['R-3', codes.red, codes.red, codes.red, codes.tea])
    expect(rest.map(told)).toEqual(['opened', 'right', 'right', 'tooMany oneTooMany', 'complete'])
    expect(told(await handOver(station, waybillOf(rest[4])))).toBe('handedOver')
    expect(
      station.sql('SELECT sum(quantity) AS units FROM parcel_line JOIN shipment USING (parcel_id)'),
    ).toEqual([{ units: 5 }])
    expect((await orderByNumber(station, 'R-3')).state).toBe('handedOver')
  })

  describe('of an order that the shop cuts down afterwards', () => {
    type Lines = readonly (readonly [string, number])[]
    /** Ships so many red cups of an order that asks for these lines, then brings the lines that it asks for now. */
    async function shipThenChange(number: string, asked: Lines, reds: number, now: Lines) {
      const boss = await station.desk.call('operators.save', {
        name: 'Boss',
        role: 'supervisor',
        pin: '1234',
      })
      await importOrders(station, [{ number, lines: asked }])
      const cups = Array.from({ length: reds }, () => codes.red)
      const given = await scanAll(station, [number, ...cups, 'PB-CMD-PARTIAL', boss.badge])
      expect(told(await handOver(station, waybillOf(given.at(-1))))).toBe('handedOver')
      return importOrders(station, [{ number, lines: now }])
    }
    const release = async (number: string) =>
      station.desk.call('orders.release', {
        id: (await orderByNumber(station, number)).id,
        reason: 'seen',
      })

    it('counts what has left for every line of the same goods', async () => {
      const changed = await shipThenChange(
        'R-4',
        [
          ['RED', 3],
          ['RED', 2],
        ],
        3,
        [
          ['RED', 1],
          ['RED', 3],
        ],
      )
      expect(changed).toMatchObject({ held: 1 })
      await release('R-4')
      // 4 are asked for and 3 have left: one is missing, for the picker, the packer and the next person who asks.
      expect((await plan(station)).waves.map((wave) => wave.units)).toEqual([1])
      const rest = await scanAll(station, ['R-4', codes.red])
      expect(rest.map(told)).toEqual(['opened', 'complete'])
      expect(rest[0]?.remaining).toBe(1)
      expect(told(await handOver(station, waybillOf(rest[1])))).toBe('handedOver')
      expect((await orderByNumber(station, 'R-4')).state).toBe('handedOver')
    })

    it('is over at once when exactly what is asked for has left', async () => {
      const changed = await shipThenChange(
        'R-5',
        [
          ['RED', 3],
          ['TEA', 1],
        ],
        2,
        [['RED', 2]],
      )
      expect(changed).toMatchObject({ updated: 1, held: 0 })
      const order = await orderByNumber(station, 'R-5')
      expect(order).toMatchObject({ state: 'handedOver', stop: null })
      expect((await plan(station)).waves).toEqual([])
      expect(told(await scan(station, 'R-5'))).toBe('alreadyShipped handedOver')
      const story = await station.desk.call('orders.story', { id: order.id })
      expect(story?.events.map(({ code }) => code)).toContain('order.allShipped')
    })

    it('is over when a supervisor has seen it, where more has left or a box was begun', async () => {
      await shipThenChange('R-6', [['RED', 5]], 3, [['RED', 2]])
      expect(await orderByNumber(station, 'R-6')).toMatchObject({ state: 'open', stop: 'changed' })
      await release('R-6')
      expect((await orderByNumber(station, 'R-6')).state).toBe('handedOver')

      const boss = (await station.desk.call('operators.list', {})).operators[0]?.badge ?? ''
      await importOrders(station, [{ number: 'R-7', lines: [['RED', 5]] }])
      const given = await scanAll(station, ['R-7', codes.red, 'PB-CMD-PARTIAL', boss])
      await handOver(station, waybillOf(given.at(-1)))
      await scanAll(station, ['R-7', codes.red])
      expect(await importOrders(station, [{ number: 'R-7', lines: [['RED', 1]] }])).toMatchObject({ held: 1 })
      expect(await orderByNumber(station, 'R-7')).toMatchObject({ state: 'open', stop: 'changed' })
      await release('R-7')
      expect((await orderByNumber(station, 'R-7')).state).toBe('handedOver')
      expect(station.sql("SELECT count(*) AS n FROM parcel WHERE state = 'abandoned'")).toEqual([{ n: 1 }])
    })

    it('stays open while somebody holds it', async () => {
      await shipThenChange('R-8', [['RED', 3]], 1, [['RED', 3]])
      await station.desk.call('orders.hold', {
        id: (await orderByNumber(station, 'R-8')).id,
        reason: 'the buyer called',
      })
      await importOrders(station, [{ number: 'R-8', lines: [['RED', 1]] }])
      expect((await orderByNumber(station, 'R-8')).state).toBe('open')
      await release('R-8')
      expect((await orderByNumber(station, 'R-8')).state).toBe('handedOver')
    })
  })

  it('SHORT puts the order on hold with what is missing, and a supervisor frees it', async () => {
    await importOrders(station, [
      {
        number: 'R-2',
        lines: [
          ['RED', 2],
          ['TEA', 1],
        ],
      },
    ])
    const given = await scanAll(station, ['R-2', codes.red, 'PB-CMD-SHORT', 'R-2'])
    expect(given.map(told)).toEqual(['opened', 'right', 'command short', 'stopped hold'])
    const order = await orderByNumber(station, 'R-2')
    expect(order.hold).toBe('short: RED×1 TEA×1')
    await station.desk.call('orders.release', { id: order.id, reason: 'found it' })
    const rest = await scanAll(station, ['R-2', codes.red, codes.tea])
    expect(rest.map(told)).toEqual(['opened', 'right', 'complete']) // the box is gone on with
  })
})

describe('several benches', () => {
  it('never hold one box twice; a parked box goes on at another bench', async () => {
    await importOrders(station, [{ number: 'B-1', lines: [['RED', 2]] }])
    await scanAll(station, ['B-1', codes.red])
    expect(told(await scan(station, 'B-1', { bench: 'Bench 2' }))).toBe('stopped otherBench')
    await scan(station, 'PB-CMD-NEXT')
    const given = await scanAll(station, ['B-1', codes.red], { bench: 'Bench 2' })
    expect(given.map(told)).toEqual(['opened', 'complete'])
  })

  it('take different orders of one single-item wave', async () => {
    await importOrders(station, [
      { number: 'B-2', lines: [['RED', 2]] },
      { number: 'B-3', lines: [['RED', 2]] },
    ])
    await plan(station)
    const [one] = await scanAll(station, [codes.red])
    const [two] = await scanAll(station, [codes.red], { bench: 'Bench 2' })
    const [none] = await scanAll(station, [codes.red], { bench: 'Bench 3' })
    expect(new Set([one?.order?.number, two?.order?.number])).toEqual(new Set(['B-2', 'B-3']))
    expect(none && told(none)).toBe('wrongItem openAJobFirst')
  })
})

describe('a wave at the bench', () => {
  it('goes past an order that is stopped', async () => {
    await importOrders(station, [
      {
        number: 'W-1',
        lines: [
          ['RED', 1],
          ['TEA', 1],
        ],
      },
      {
        number: 'W-2',
        lines: [
          ['BLUE', 1],
          ['TEA', 1],
        ],
      },
    ])
    await plan(station)
    const first = await orderByNumber(station, 'W-1')
    await station.desk.call('orders.hold', { id: first.id, reason: 'wait' })
    const given = await scanAll(station, ['PB-W-1', codes.blue, codes.tea])
    expect(given.map(told)).toEqual(['opened waveOpened', 'right', 'complete'])
    expect(told(await scan(station, 'PB-S-1-1'))).toBe('stopped hold')
  })

  it('a sealed pack opens the order that can take it', async () => {
    await importOrders(station, [
      { number: 'W-3', lines: [['RED', 1]], shipBy: '2026-11-22 18:00:00' },
      { number: 'W-4', lines: [['RED', 6]], shipBy: '2026-11-23 18:00:00' },
    ])
    await plan(station)
    const given = await scanAll(station, ['PB-W-1', codes.red6, codes.red])
    expect(given.map(told)).toEqual(['opened waveOpened', 'complete', 'complete'])
    expect(given.map((one) => one.order?.number)).toEqual([undefined, 'W-4', 'W-3'])
  })

  it('leaves out orders of goods that nobody knows, and says which', async () => {
    await importOrders(station, [
      {
        number: 'W-5',
        lines: [
          ['RED', 1],
          ['GHOST', 1],
        ],
      },
      {
        number: 'W-6',
        lines: [
          ['RED', 1],
          ['TEA', 1],
        ],
      },
    ])
    const { waves, leftOut } = await plan(station)
    expect(waves.map((wave) => wave.orders)).toEqual([1])
    expect(leftOut).toEqual([{ order: 'W-5', reason: { code: 'unknownSku', params: { sku: 'GHOST' } } }])
    await importText(station, 'catalog', 'sku,name,barcode\nGHOST,Ghost,6900000000999\n')
    expect((await plan(station)).waves.map((wave) => wave.orders)).toEqual([1])
  })

  it('dissolves only while nothing of it was touched', async () => {
    await importOrders(station, [{ number: 'W-7', lines: [['RED', 2]] }])
    const [wave] = (await plan(station)).waves
    const id = wave?.id ?? ''
    expect(await station.desk.call('waves.dissolve', { id })).toEqual({ orders: 1 })
    const [again] = (await plan(station)).waves
    await scanAll(station, ['W-7', codes.red])
    expect(await station.desk.ask('waves.dissolve', { id: again?.id ?? '' })).toMatchObject({
      ok: false,
      error: { code: 'waveTouched' },
    })
  })
})

/** C0 and DEL: all that a keyboard wedge or a broken symbol may send among the signs of a code. */
const controls = [...Array(32).keys(), 127].map((code) => String.fromCharCode(code))

describe('control characters', () => {
  it('change nothing at a running bench that the plain code would not', async () => {
    await bench({ errorsWait: false })
    const { badge } = await station.desk.call('operators.save', { name: 'Ann', role: 'packer', pin: '1111' })
    await importOrders(station, [
      { number: 'C-1', lines: [['RED', 500]] },
      { number: 'C-2', lines: [['TEA', 1]] },
      { number: 'C-3', lines: [['TEA', 2]] },
    ])
    await plan(station)
    await scanAll(station, ['C-1', codes.red])
    const state = () =>
      ['order', 'parcel', 'parcel_line', 'label', 'waybill', 'wave', 'wave_order', 'bench'].map((table) =>
        // What the bench answered last is no state of the box.
        station.sql(`SELECT * FROM "${table}"`).map((row) => ({ ...row, last_scan: null })),
      )
    const before = state()
    const packed = () =>
      station.sql<{ quantity: number }>('SELECT quantity FROM parcel_line')[0]?.quantity ?? 0
    const own = [...commands.map(commandCode), waveCode(1), slotCode(1, 1), pickCode(1), badge]
    for (const control of controls) {
      const within = (code: string, at: number) => `${code.slice(0, at)}${control}${code.slice(at)}`
      const misread = own.flatMap((code) => [within(code, 1), within(code, 4), within(code, code.length - 1)])
      for (const code of [control, control.repeat(3), ...misread])
        expect([code, (await scan(station, code)).verdict]).toEqual([code, 'unknown'])
      expect(state(), JSON.stringify(control)).toEqual(before)
      const undo = commandCode('UNDO')
      for (const [item, back] of [
        [`${control}${codes.red}`, `${control}${undo}`],
        [`${codes.red}${control}`, `${undo}${control}`],
        [within(codes.red, 6), undo],
      ] as const) {
        expect([item, told(await scan(station, item)), packed()]).toEqual([item, 'right', 2])
        expect([back, told(await scan(station, back)), packed()]).toEqual([back, 'command undone', 1])
      }
      expect(state(), JSON.stringify(control)).toEqual(before)
    }
  }, 60_000)
})

describe('a code in another form', () => {
  it('finds the item by its number, with leading zeros, inside GS1 texts and in links', async () => {
    await importText(
      station,
      'catalog',
      csv([
        ['sku', 'name', 'barcode'],
        ['GS', 'Goods', '6901234567892'],
      ]),
    )
    const forms: [string, string | undefined][] = [
      ['6901234567892', undefined],
      ['06901234567892', undefined],
      [']E06901234567892', undefined],
      ['6901234567892', ']E0'],
      ['0106901234567892172712311012AB\u001D21SERIAL', ']C1'],
      ['(01)06901234567892(10)LOT-7', undefined],
      ['https://id.gs1.org/01/06901234567892/10/LOT-7?17=271231', undefined],
    ]
    await importOrders(station, [{ number: 'F-1', lines: [['GS', forms.length]] }])
    expect(told(await scan(station, 'F-1'))).toBe('opened')
    for (const [nth, [code, aim]] of forms.entries()) {
      const answer = await station.desk.call('packing.scan', {
        bench: 'Bench 1',
        mode: 'pack',
        gesture: `form-${nth}`,
        code,
        aim,
      })
      expect([code, answer.verdict, answer.scanned?.sku]).toEqual([
        code,
        nth === forms.length - 1 ? 'complete' : 'right',
        'GS',
      ])
    }
    expect(told(await scan(station, '(01)06901234567891'))).toBe('unknown unknownCode')
  })

  it('counts what a carton says is inside, packs of the catalogue too, and nothing where it says nonsense', async () => {
    await bench({ errorsWait: false })
    await importText(
      station,
      'catalog',
      csv([
        ['sku', 'name', 'barcode', 'units'],
        ['CUP', 'Cup', '6901234567892', 1],
        ['CUP', '', '16901234567899', 6],
      ]),
    )
    await importOrders(station, [
      { number: 'F-1', lines: [['CUP', 1]] },
      { number: 'F-12', lines: [['CUP', 12]] },
      { number: 'F-18', lines: [['CUP', 18]] },
    ])
    const carton = '(02)06901234567892(37)12'
    await scan(station, 'F-1')
    expect(await scan(station, carton)).toMatchObject({
      verdict: 'tooMany',
      reason: { code: 'packTooLarge' },
      surplus: 11,
      remaining: 1,
    })
    await scanAll(station, ['PB-CMD-NEXT', 'F-12'])
    for (const nonsense of ['(37)0', '(37)10001', '(37)00000000', ''])
      expect(told(await scan(station, `(02)06901234567892${nonsense}`))).toBe('unknown unknownCode')
    expect(await scan(station, ']C102069012345678923712')).toMatchObject({ verdict: 'complete' })
    await scan(station, 'F-18')
    expect(await scan(station, '(01)06901234567892(30)6')).toMatchObject({ verdict: 'right', remaining: 12 })
    expect(await scan(station, '(02)16901234567899(37)2')).toMatchObject({ verdict: 'complete' })
    expect(station.sql('SELECT units FROM scan WHERE units > 0 ORDER BY seq')).toEqual([
      { units: 12 },
      { units: 6 },
      { units: 12 },
    ])
  })
})
