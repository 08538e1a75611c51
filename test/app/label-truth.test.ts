import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SendOutcome } from '#electron/ports/label-printer.ts'
import { eventually, labelStates, oneCupEach, savePrinter } from '#test/support/label-ledger.ts'
import {
  codes,
  faults,
  importOrders,
  openStation,
  scan,
  scanAll,
  type Station,
  stockWarehouse,
  told,
} from '#test/support/station.ts'

/** What is known of a label: what its printer said, what was seen, what is in doubt; never more. */
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

const orders = (...numbers: string[]) => oneCupEach(station, numbers)
const pack = async (number: string) => (await scanAll(station, [number, codes.red]))[1]
const states = () => labelStates(station)
const story = (nth: number) =>
  station
    .sql<{ state: string; reason: string }>(
      `SELECT e.state, e.reason FROM label_event e JOIN label l ON l.id = e.label_id
       WHERE l.id = (SELECT id FROM label ORDER BY id LIMIT 1 OFFSET ?) ORDER BY e.id`,
      nth,
    )
    .map(({ state, reason }) => (reason === '' ? state : `${state} ${reason}`))

it('tells requested, rendered, sent and confirmed by the printer apart', async () => {
  await orders('P-1', 'P-2', 'P-3')
  await pack('P-1')
  station.printer.next.push({ kind: 'printed' })
  await pack('P-2')
  // A printer that says when a label is out, and does not say it of this one.
  await pack('P-3')
  expect(states()).toEqual(['sent', 'printed', 'unknown'])
  expect(story(1).map((step) => step.split(' ')[0])).toEqual([
    'requested',
    'rendered',
    'sending',
    'sent',
    'printed',
  ])
  expect(story(0).map((step) => step.split(' ')[0])).toEqual(['requested', 'rendered', 'sending', 'sent'])
  expect(story(2).at(-1)).toBe('unknown not confirmed')
})

it('asks about a label that may be out, and prints it again only when somebody says that it is missing', async () => {
  await orders('P-1', 'P-2')
  station.printer.next.push({ kind: 'unknown', reason: 'broke off' })
  const first = await pack('P-1')
  expect((await station.desk.call('packing.bench', { bench: 'Bench 1' })).doubts).toEqual([
    { waybill: first?.label?.waybill, order: 'P-1', slot: null },
  ])
  await pack('P-2')
  await station.restart()
  expect(states()).toEqual(['unknown', 'sent'])
  expect(station.printer.jobs).toHaveLength(2)
  // MISSING means the one in doubt, not the one that was packed last.
  expect(told(await scan(station, 'PB-CMD-MISSING'))).toBe('command reprinting')
  expect(states()).toEqual(['sent', 'sent'])
  expect(station.printer.jobs.at(-1)).toBe(first?.label?.waybill)
  expect(story(0)).toContain('requested reprint: notOut')
  expect((await station.desk.call('packing.bench', { bench: 'Bench 1' })).doubts).toEqual([])
})

it('ends although a printer does not answer, and tells at the next start that nobody knows', async () => {
  await orders('P-1', 'P-2')
  station.printer.gate = new Promise(() => {})
  for (const [number, shown] of [
    ['P-1', ['sending']],
    ['P-2', ['sending', 'requested']],
  ] as const) {
    await scan(station, number)
    void scan(station, codes.red) // whoever asked waits for the label as long as it takes
    await eventually(states, shown)
  }
  // The other one never began its way: it goes at the next start, where the printer is well.
  station.printer.gate = null
  const began = performance.now()
  await station.restart()
  expect(performance.now() - began).toBeLessThan(12_000)
  station.page()
  await eventually(states, ['unknown', 'sent'])
  expect(story(0).at(-1)).toBe('unknown stopped while sending')
  expect(station.printer.jobs).toHaveLength(1)
}, 30_000)

it('asks about the label that it names, whatever box stands on the bench, and leaves that box alone', async () => {
  await orders('P-1', 'P-2', 'P-3')
  station.printer.next.push({ kind: 'unknown', reason: 'broke off' })
  const doubt = (await pack('P-1'))?.label?.waybill ?? ''
  await pack('P-2')
  await scan(station, 'P-3')
  expect(told(await scan(station, 'PB-CMD-MISSING'))).toBe('command reprinting')
  expect(station.printer.jobs.filter((job) => job === doubt)).toHaveLength(2)
  const bench = await station.desk.call('packing.bench', { bench: 'Bench 1' })
  expect([bench.order?.number, bench.doubts]).toEqual(['P-3', []])
  expect(told(await scan(station, codes.red))).toBe('complete')
})

it('takes a label in doubt that is seen on its box while another box is open', async () => {
  await importOrders(station, [
    { number: 'P-1', lines: [['RED', 1]] },
    { number: 'P-2', lines: [['RED', 2]] },
  ])
  station.printer.next.push({ kind: 'unknown', reason: 'broke off' })
  const doubt = (await pack('P-1'))?.label?.waybill ?? ''
  await scanAll(station, ['P-2', codes.red])
  expect(told(await scan(station, doubt))).toBe('right labelChecked')
  expect(states()).toEqual(['checked'])
  const bench = await station.desk.call('packing.bench', { bench: 'Bench 1' })
  expect([bench.order?.number, bench.doubts]).toEqual(['P-2', []])
  expect(told(await scan(station, codes.red))).toBe('complete')
})

it('prints no second paper while the printer may still say that the first is out', async () => {
  await station.close()
  let answer: (outcome: SendOutcome) => void = () => {}
  let jobs = 0
  station = await openStation({
    outside: {
      openPrinter: () => ({
        status: async () => ({ kind: 'ready' }),
        send: (_job, options) => {
          jobs += 1
          options?.onSent?.()
          return new Promise<SendOutcome>((resolve) => {
            answer = resolve
          })
        },
      }),
    },
  })
  await stockWarehouse(station)
  await orders('P-1')
  const quick = (code: string) =>
    station.desk.call('packing.scan', { bench: 'Bench 1', mode: 'pack', gesture: code, code })
  await quick('P-1')
  await quick(codes.red)
  await eventually(states, ['sent'])
  const id = station.sql<{ id: string }>('SELECT id FROM label')[0]?.id ?? ''
  const again = { ok: false, error: { code: 'labelOnItsWay' } }
  expect(await station.desk.ask('labels.reprint', { id, reason: 'x' })).toMatchObject(again)
  expect(told(await quick('PB-CMD-MISSING'))).toBe('wrongItem labelOnItsWay')
  expect(told(await quick('PB-CMD-REPRINT'))).toBe('wrongItem labelOnItsWay')
  answer({ kind: 'printed' })
  await eventually(states, ['printed'])
  expect(jobs).toBe(1)
})

it('lists and prints labels in the order in which they were asked for, also after the clock was set back', async () => {
  await orders('P-1', 'P-2')
  await pack('P-1')
  station.clock.forward(-60 * 24)
  await station.restart()
  await pack('P-2')
  const { rows } = await station.desk.call('labels.list', { offset: 0, limit: 10 })
  expect(rows.map(({ order }) => order)).toEqual(['P-2', 'P-1'])
  expect(rows.map(({ requestedAt }) => requestedAt).toSorted()[0]).toBe(rows[0]?.requestedAt)
})

it('goes on where a way to a printer breaks with an error: the printer is away, and the label may be out', async () => {
  await station.close()
  station = await openStation({
    outside: {
      openPrinter: () => ({
        status: () => Promise.reject(new TypeError('no such address')),
        send: () => {
          throw new TypeError('no such address')
        },
      }),
    },
  })
  await stockWarehouse(station)
  await orders('P-1')
  station.page()
  const kind = async () => (await station.desk.call('devices.printers', {})).printers[0]?.state?.kind
  await expect.poll(kind).toBe('absent')
  await pack('P-1')
  await eventually(states, ['unknown'])
  expect(story(0).at(-1)).toBe('unknown TypeError: no such address')
})

it('sends what waits in a queue to the printer that the bench has by then', async () => {
  await orders('P-1', 'P-2', 'P-3')
  let answer = () => {}
  station.printer.gate = new Promise((done) => {
    answer = () => done()
  })
  for (const [nth, number] of ['P-1', 'P-2', 'P-3'].entries()) {
    await scan(station, number)
    void scan(station, codes.red)
    await eventually(() => states().length, nth + 1)
  }
  const old = (await station.desk.call('devices.printers', {})).printers[0]
  if (old === undefined) throw new Error('no printer')
  const other = station.printerAt('10.0.0.7:9100')
  await station.desk.call('devices.savePrinter', { ...old, transport: 'tcp', address: '10.0.0.7:9100' })
  station.printer.gate = null
  answer()
  await eventually(states, ['sent', 'sent', 'sent'])
  expect([station.printer.jobs.length, other.jobs.length]).toEqual([1, 2])
})

it('waits without a printer for one, and goes when the bench has it', async () => {
  station.page()
  await station.desk.call('packing.setBench', { bench: 'Bench 1', printer: null })
  await orders('P-1')
  await pack('P-1')
  expect([states(), story(0).at(-1)]).toEqual([['notSent'], 'notSent noPrinter'])
  const name = (await station.desk.call('devices.printers', {})).printers[0]?.name ?? ''
  await station.desk.call('packing.setBench', { bench: 'Bench 1', printer: name })
  await eventually(states, ['sent'])
})

it('believes nothing of another printer that only bears the name of one which said when labels are out', async () => {
  await orders('P-1', 'P-2')
  station.printer.next.push({ kind: 'printed' })
  await pack('P-1')
  const [row] = (await station.desk.call('devices.printers', {})).printers
  if (row === undefined) throw new Error('no printer')
  await station.desk.call('devices.savePrinter', { ...row, transport: 'tcp', address: '10.0.0.8:9100' })
  await pack('P-2')
  expect(states()).toEqual(['printed', 'sent'])
})

it('does not ask a queue again and again that takes nothing and says nothing', async () => {
  station.page()
  await orders('P-1')
  station.printer.status = { kind: 'unasked' }
  for (let time = 0; time < 50; time += 1)
    station.printer.next.push({ kind: 'notSent', reason: 'not accepting jobs' })
  await pack('P-1')
  await new Promise((done) => setTimeout(done, 5000))
  const tries = story(0).filter((step) => step.startsWith('notSent')).length
  expect(tries).toBeGreaterThan(1)
  expect(tries).toBeLessThan(5)
}, 15_000)

it('takes a label in doubt for printed when it is scanned on its box', async () => {
  await orders('P-1')
  station.printer.next.push({ kind: 'unknown', reason: 'broke off' })
  const done = await pack('P-1')
  expect(told(await scan(station, done?.label?.waybill ?? ''))).toBe('right labelChecked')
  expect(states()).toEqual(['checked'])
  expect(station.printer.jobs).toHaveLength(1)
})

it('sends nothing to a printer that says it stands still, and everything, once, when it is well', async () => {
  await orders('P-1', 'P-2', 'P-3')
  station.printer.next.push({ kind: 'sent', troubles: ['paperOut'] })
  await pack('P-1')
  await pack('P-2')
  await pack('P-3')
  expect(states()).toEqual(['unknown', 'notSent', 'notSent'])
  expect(story(1).at(-1)).toBe('notSent waits: paperOut')
  expect(station.printer.jobs).toHaveLength(1)
  station.printer.status = { kind: 'trouble', troubles: ['paperOut'] }
  const page = station.page()
  await eventually(() => station.printer.jobs.length, 1)
  expect((await page.call('packing.bench', { bench: 'Bench 1' })).printerState).toMatchObject({
    kind: 'trouble',
    troubles: ['paperOut'],
  })
  station.printer.status = { kind: 'ready' }
  await eventually(states, ['unknown', 'sent', 'sent'])
  expect(station.printer.jobs).toHaveLength(3)
}, 20_000)

it('does not print once more what its printer has and cannot print yet, unless a person gives a reason', async () => {
  await orders('P-1')
  station.printer.next.push({ kind: 'sent', troubles: ['paperOut'] })
  station.printer.status = { kind: 'trouble', troubles: ['paperOut'] }
  await pack('P-1')
  expect(states()).toEqual(['unknown'])
  expect(told(await scan(station, 'PB-CMD-MISSING'))).toBe('wrongItem labelInPrinter')
  await scan(station, 'PB-CMD-OK')
  expect(station.printer.jobs).toHaveLength(1)
  expect(told(await scan(station, 'PB-CMD-REPRINT'))).toBe('command chooseReason')
  await scan(station, 'PB-CMD-CANCEL')
  // New paper is in, and the label did not come.
  station.printer.status = { kind: 'ready' }
  const page = station.page()
  const troubleOf = async () => (await page.call('packing.bench', { bench: 'Bench 1' })).printerState?.kind
  await expect.poll(troubleOf, { timeout: 10_000 }).toBe('ready')
  expect(told(await scan(station, 'PB-CMD-MISSING'))).toBe('command reprinting')
  expect(station.printer.jobs).toHaveLength(2)
}, 20_000)

it('does not print once more what waits in a queue for a printer that is away, unless a person gives a reason', async () => {
  await orders('P-1')
  station.printer.next.push({ kind: 'unknown', reason: 'waits in the queue of Zebra' })
  await pack('P-1')
  expect(told(await scan(station, 'PB-CMD-MISSING'))).toBe('wrongItem labelInPrinter')
  expect(station.printer.jobs).toHaveLength(1)
  expect(told(await scan(station, 'PB-CMD-REPRINT'))).toBe('command chooseReason')
  await scan(station, 'PB-CMD-CANCEL')
  const page = station.page()
  const printerState = async () => (await page.call('packing.bench', { bench: 'Bench 1' })).printerState?.kind
  await expect.poll(printerState, { timeout: 10_000 }).toBe('ready')
  expect(told(await scan(station, 'PB-CMD-MISSING'))).toBe('command reprinting')
  expect(station.printer.jobs).toHaveLength(2)
}, 20_000)

it('moves what surely did not print to the named spare, and says so', async () => {
  const spare = await savePrinter(station, 'Spare', '192.0.2.9:9100')
  const [own] = station.sql<{ name: string; address: string }>(
    `SELECT name, address FROM printer WHERE name <> 'Spare'`,
  )
  await savePrinter(station, own?.name ?? '', '192.0.2.8:9100', spare.id)
  const broken = station.printerAt('192.0.2.8:9100')
  const other = station.printerAt('192.0.2.9:9100')
  await orders('P-1', 'P-2', 'P-3')
  broken.next.push({ kind: 'notSent', reason: 'refused the connection' })
  await pack('P-1')
  expect(states()).toEqual(['sent'])
  expect([broken.jobs.length, other.jobs.length]).toEqual([0, 1])
  expect(story(0).slice(-2)).toEqual(['sending Spare', 'sent Spare'])
  // In doubt is not surely: that one stays where it is.
  await pack('P-2')
  expect([broken.jobs.length, other.jobs.length]).toEqual([0, 2])
  other.next.push({ kind: 'unknown', reason: 'broke off' })
  await pack('P-3')
  expect(states()).toEqual(['sent', 'sent', 'unknown'])
  expect([broken.jobs.length, other.jobs.length]).toEqual([0, 3])
})
