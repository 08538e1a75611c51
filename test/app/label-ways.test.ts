import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventually, labelStates, oneCupEach, savePrinter } from '#test/support/label-ledger.ts'
import {
  codes,
  csv,
  faults,
  importOrders,
  importText,
  openStation,
  plainPress,
  scan,
  scanAll,
  type Station,
  stockWarehouse,
  told,
} from '#test/support/station.ts'

/** Which printer a label goes to, when it waits, when it must not go at all, and when nobody may print it twice. */
let station: Station
beforeEach(async () => {
  station = await openStation({ outside: { watchPaces: { idle: 50, trouble: [20, 20] } } })
  await stockWarehouse(station)
})
afterEach(async () => {
  const found = faults(station)
  await station.close()
  expect(found).toEqual([])
})

const orders = (...numbers: string[]) => oneCupEach(station, numbers)
const states = () => labelStates(station)
const soon = () => new Promise((done) => setTimeout(done, 100))
/** Nobody waits for the label: it is on its way while the test goes on. */
const hurry = (bench: string, code: string) =>
  station.desk.call('packing.scan', { bench, mode: 'pack', gesture: crypto.randomUUID(), code })
function shut(printer: { gate: Promise<void> | null }): () => void {
  let open = () => undefined as void
  printer.gate = new Promise((done) => {
    open = done
  })
  return () => {
    printer.gate = null
    open()
  }
}

it('labels that stand behind one which met trouble go to the spare that is well', async () => {
  const spare = await savePrinter(station, 'Spare', '192.0.2.9:9100')
  await savePrinter(station, 'P1', '192.0.2.8:9100', spare.id)
  const own = station.printerAt('192.0.2.8:9100')
  const other = station.printerAt('192.0.2.9:9100')
  await orders('P-1', 'P-2', 'P-3')
  station.page()
  await soon()
  const open = shut(own)
  own.next.push({ kind: 'sent', troubles: ['paperOut'] })
  for (const nth of [1, 2, 3]) {
    await hurry(`Bench ${nth}`, `P-${nth}`)
    await hurry(`Bench ${nth}`, codes.red)
  }
  own.status = { kind: 'trouble', troubles: ['paperOut'] }
  open()
  await eventually(states, ['unknown', 'sent', 'sent'])
  expect([own.jobs.length, other.jobs.length]).toEqual([1, 2])
})

it('a label that met a broken printer and a broken spare goes with the first of them that is well', async () => {
  const spare = await savePrinter(station, 'Spare', '192.0.2.9:9100')
  await savePrinter(station, 'P1', '192.0.2.8:9100', spare.id)
  const own = station.printerAt('192.0.2.8:9100')
  const other = station.printerAt('192.0.2.9:9100')
  await orders('P-1')
  station.page()
  await soon()
  for (const printer of [own, other]) {
    printer.status = { kind: 'absent', reason: 'off' }
    printer.next.push({ kind: 'notSent', reason: 'off' }, { kind: 'notSent', reason: 'off' })
  }
  await scanAll(station, ['P-1', codes.red])
  await eventually(states, ['notSent'])
  await soon()
  own.next.length = 0
  own.status = { kind: 'ready' }
  await eventually(states, ['sent'])
  expect([own.jobs.length, other.jobs.length]).toEqual([1, 0])
})

it('a label whose printer died goes to the printer that its bench has now', async () => {
  await savePrinter(station, 'P1', '192.0.2.8:9100')
  await savePrinter(station, 'P2', '192.0.2.7:9100')
  const dead = station.printerAt('192.0.2.8:9100')
  const alive = station.printerAt('192.0.2.7:9100')
  dead.next.push({ kind: 'notSent', reason: 'off' })
  await orders('P-1')
  await scanAll(station, ['P-1', codes.red])
  expect(states()).toEqual(['notSent'])
  await station.desk.call('packing.setBench', { bench: 'Bench 1', printer: 'P2' })
  await eventually(states, ['sent'])
  expect([dead.jobs.length, alive.jobs.length]).toEqual([0, 1])
})

it('a label that was packed before its bench had a printer is printed when it has one', async () => {
  await station.desk.call('packing.bench', { bench: 'Bench 1' })
  await station.desk.call('packing.setBench', { bench: 'Bench 1', printer: null })
  await orders('P-1')
  await scanAll(station, ['P-1', codes.red])
  expect(states()).toEqual(['notSent'])
  await station.desk.call('packing.setBench', { bench: 'Bench 1', printer: 'P1' })
  await scan(station, 'PB-CMD-REPRINT')
  expect(states()).toEqual(['sent'])
})

it('a queue that says only what is wrong is well again when it says nothing', async () => {
  await savePrinter(station, 'P1', 'Queue', null, 'spooler')
  const queue = station.printerAt('Queue')
  await orders('P-1', 'P-2')
  queue.status = { kind: 'unasked' }
  queue.next.push({ kind: 'sent', troubles: ['paperOut'] })
  await scanAll(station, ['P-1', codes.red])
  station.page()
  await soon()
  await scanAll(station, ['P-2', codes.red])
  await eventually(states, ['unknown', 'sent'])
})

it.each([
  [{ kind: 'sent' }, 'sent'],
  [{ kind: 'sent', troubles: ['paused'] }, 'unknown'],
  [{ kind: 'notSent', reason: 'QL: this queue has no driver' }, 'notSent'],
  [{ kind: 'unknown', reason: 'QL: the queue gave the job up' }, 'unknown'],
] as const)(
  'a label that a driver answers with %j is %s, and goes no second time by itself',
  async (answer, state) => {
    await station.desk.call('devices.savePrinter', {
      name: 'P1',
      transport: 'cups',
      address: 'QL',
      language: 'driver',
      widthMm: 100,
      heightMm: 150,
      dpi: 300,
    })
    const driver = station.printerAt('QL')
    driver.status = { kind: 'unasked' }
    driver.next.push(answer)
    await orders('P-1')
    await scanAll(station, ['P-1', codes.red])
    await soon()
    expect(states()).toEqual([state])
    expect(driver.jobs).toHaveLength(state === 'notSent' ? 0 : 1)
  },
)

it('a driver that takes the place of a printer which said when a label was out is not waited for', async () => {
  await orders('P-1', 'P-2')
  station.printer.next.push({ kind: 'printed' })
  const [before] = (await station.desk.call('devices.printers', {})).printers
  if (before === undefined) throw new Error('no printer')
  const { state: _, ...printer } = before
  await station.desk.call('packing.setBench', { bench: 'Bench 1', checkLabel: false })
  await scanAll(station, ['P-1', codes.red])
  expect(states()).toEqual(['printed'])
  await station.desk.call('devices.savePrinter', { ...printer, darkness: 12 })
  expect(station.sql('SELECT confirms FROM printer')).toEqual([{ confirms: 1 }])
  const driver = station.printerAt('QL')
  driver.status = { kind: 'unasked' }
  const instead = { transport: 'cups', address: 'QL', language: 'driver', darkness: null } as const
  await station.desk.call('devices.savePrinter', { ...printer, ...instead })
  await scanAll(station, ['P-2', codes.red])
  expect(states()).toEqual(['printed', 'sent'])
})

it('a printer that holds a label out to be taken keeps the next: the spare is for others', async () => {
  const spare = await savePrinter(station, 'Spare', '192.0.2.9:9100')
  const { address } = await savePrinter(station, 'P1', '192.0.2.8:9100', spare.id)
  const [own, other] = [station.printerAt(address), station.printerAt(spare.address)]
  await orders('P-1', 'P-2')
  station.page()
  const troubles = async () =>
    (await station.desk.call('devices.printers', {})).printers.find(({ name }) => name === 'P1')?.state
      ?.troubles
  own.status = { kind: 'trouble', troubles: ['takeLabel'] }
  await expect.poll(troubles).toEqual(['takeLabel'])
  await scanAll(station, ['P-1', codes.red])
  expect([own.jobs.length, other.jobs.length]).toEqual([1, 0])
  own.status = { kind: 'trouble', troubles: ['takeLabel', 'paperOut'] }
  await expect.poll(troubles).toEqual(['takeLabel', 'paperOut'])
  await scanAll(station, ['P-2', codes.red])
  expect([own.jobs.length, other.jobs.length]).toEqual([1, 1])
})

it('a label that its spare cannot take waits for its own printer, however it was refused', async () => {
  await station.close()
  station = await openStation({
    outside: { watchPaces: { idle: 50, trouble: [20, 20] } },
    labelPress: {
      ...plainPress,
      render: (label, media) => ({
        ...plainPress.render(label, media),
        ...(media.widthMm < 50 && { refused: 'mediaTooSmall' as const }),
      }),
    },
  })
  await stockWarehouse(station)
  await orders('P-1', 'P-2', 'P-3')
  const spare = await savePrinter(station, 'Spare', '192.0.2.9:9100')
  const own = await savePrinter(station, 'P1', '192.0.2.8:9100', spare.id)
  const [away, small] = [station.printerAt(own.address), station.printerAt(spare.address)]
  station.page()
  for (let time = 0; time < 9; time += 1) away.next.push({ kind: 'notSent', reason: 'off' })
  away.status = { kind: 'absent', reason: 'off' }
  await soon()
  // By the one who is asked, and by our own drawing, where the printer is away and where it is in trouble.
  small.next.push({ kind: 'notSent', reason: 'cannot read it', refused: true })
  await scanAll(station, ['P-1', codes.red])
  await station.desk.call('devices.savePrinter', { ...spare, widthMm: 40 })
  await scanAll(station, ['P-2', codes.red])
  away.status = { kind: 'trouble', troubles: ['paperOut'] }
  await soon()
  await scanAll(station, ['P-3', codes.red])
  expect(states()).toEqual(['notSent', 'notSent', 'notSent'])
  away.next.length = 0
  away.status = { kind: 'ready' }
  await eventually(states, ['sent', 'sent', 'sent'])
  expect([away.jobs.length, small.jobs.length]).toEqual([3, 0])
})

it('what waits goes at once to a queue that reports nothing, new or in the place of a printer that is away', async () => {
  await orders('P-1', 'P-2')
  station.page()
  const own = (await station.desk.call('devices.printers', {})).printers[0]
  if (own === undefined) throw new Error('no printer')
  await station.desk.call('packing.setBench', { bench: 'Bench 1', printer: null })
  await scanAll(station, ['P-1', codes.red])
  station.printer.status = { kind: 'absent', reason: 'gone' }
  for (let time = 0; time < 3; time += 1) station.printer.next.push({ kind: 'notSent', reason: 'gone' })
  await scanAll(station, ['P-2', codes.red], { bench: 'Bench 2' })
  expect(states()).toEqual(['notSent', 'notSent'])
  station.printerAt('Queue 1').status = { kind: 'unasked' }
  station.printerAt('Queue 2').status = { kind: 'unasked' }
  const queue = await savePrinter(station, 'Queue 1', 'Queue 1', null, 'spooler')
  await station.desk.call('packing.setBench', { bench: 'Bench 1', printer: queue.name })
  await station.desk.call('devices.savePrinter', { ...own, transport: 'spooler', address: 'Queue 2' })
  // Sooner than a printer that refused is tried again.
  await expect.poll(states, { timeout: 1500 }).toEqual(['sent', 'sent'])
})

it('a question that was broken off changes nothing of what is known', async () => {
  await orders('P-1')
  station.printer.status = { kind: 'trouble', troubles: ['headOpen'] }
  station.page()
  await soon()
  station.printer.status = { kind: 'interrupted' }
  await soon()
  await scanAll(station, ['P-1', codes.red])
  expect(states()).toEqual(['notSent'])
})

it('a printer that claims trouble for ever prints what a person insists on', async () => {
  await orders('P-1')
  station.printer.status = { kind: 'trouble', troubles: ['other'] }
  station.page()
  await soon()
  await scanAll(station, ['P-1', codes.red])
  expect(states()).toEqual(['notSent'])
  expect(station.printer.jobs).toEqual([])
  await scan(station, 'PB-CMD-REPRINT')
  expect(states()).toEqual(['sent'])
  expect(station.printer.jobs).toHaveLength(1)
})

it('nobody prints a label once more while it is on its way', async () => {
  await orders('P-1')
  const open = shut(station.printer)
  station.printer.next.push({ kind: 'printed' })
  await hurry('Bench 1', 'P-1')
  await hurry('Bench 1', codes.red)
  await eventually(states, ['sending'])
  const [label] = station.sql<{ id: string }>('SELECT id FROM label')
  expect(await station.desk.ask('labels.reprint', { id: label?.id ?? '', reason: 'damaged' })).toMatchObject({
    ok: false,
    error: { code: 'labelOnItsWay' },
  })
  expect(told(await hurry('Bench 1', 'PB-CMD-MISSING'))).toBe('wrongItem labelOnItsWay')
  open()
  await eventually(states, ['printed'])
  expect(station.printer.jobs).toHaveLength(1)
})

it('that a label is missing is asked twice when it was seen on its box', async () => {
  await orders('P-1')
  const [, done] = await scanAll(station, ['P-1', codes.red])
  await scan(station, done?.label?.waybill ?? '')
  expect(told(await scan(station, 'PB-CMD-MISSING'))).toBe('command chooseReason')
  expect(states()).toEqual(['checked'])
  expect(station.printer.jobs).toHaveLength(1)
  await scan(station, 'PB-CMD-CANCEL')
  expect(states()).toEqual(['checked'])
})

it('a label in doubt is asked about where labels are printed first, too', async () => {
  await station.desk.call('packing.setBench', { bench: 'Bench 1', printMode: 'first' })
  await orders('P-1')
  station.printer.next.push({ kind: 'unknown', reason: 'broke off' })
  await scan(station, 'P-1')
  await scan(station, 'PB-CMD-NEXT')
  const { doubts } = await station.desk.call('packing.bench', { bench: 'Bench 1' })
  expect(doubts.map(({ order }) => order)).toEqual(['P-1'])
  expect(told(await scan(station, 'PB-CMD-MISSING'))).toBe('command reprinting')
  expect(states()).toEqual(['sent'])
  expect(station.printer.jobs).toHaveLength(2)
})

it('a label that waits for paper is not printed when its order was refunded meanwhile', async () => {
  await orders('P-1', 'P-2')
  station.printer.next.push({ kind: 'sent', troubles: ['paperOut'] })
  station.printer.status = { kind: 'trouble', troubles: ['paperOut'] }
  await scanAll(station, ['P-1', codes.red])
  await scanAll(station, ['P-2', codes.red], { bench: 'Bench 2' })
  await importOrders(station, [{ number: 'P-2', lines: [['RED', 1] as const], refund: 'refunding' }])
  station.printer.status = { kind: 'ready' }
  station.page()
  await soon()
  await soon()
  expect(states()[1]).toBe('notSent')
  expect(station.printer.jobs).toHaveLength(1)
})

it('a printer that says when labels are out is known for it after a restart', async () => {
  await orders('P-1', 'P-2')
  station.printer.next.push({ kind: 'printed' })
  await scanAll(station, ['P-1', codes.red])
  await station.restart()
  await scanAll(station, ['P-2', codes.red])
  expect(states()).toEqual(['printed', 'unknown'])
})

it('a sealed waybill of a marketplace is never drawn by us', async () => {
  await importText(
    station,
    'waybills',
    csv([
      ['waybill', 'print_data', 'platform', 'order_number'],
      ['YT1', '{"encryptedData":"x","templateURL":"https://t.example/1"}', 'cainiao', 'P-1'],
    ]),
    { courier: 'YT' },
  )
  await importOrders(station, [{ number: 'P-1', lines: [['RED', 1] as const], courier: 'YT' }])
  await scanAll(station, ['P-1', codes.red])
  expect(states()).toEqual(['notSent'])
  expect(station.printer.jobs).toEqual([])
  expect(station.sql(`SELECT reason FROM label_event ORDER BY id DESC LIMIT 1`)).toEqual([
    { reason: 'needsComponent' },
  ])
})

it('the label of a box that goes on at another bench comes out there, and is asked about there', async () => {
  const near = await savePrinter(station, 'Near', '192.0.2.8:9100')
  await savePrinter(station, 'Far', '192.0.2.9:9100')
  const own = station.printerAt(near.address)
  const far = station.printerAt('192.0.2.9:9100')
  await station.desk.call('packing.setBench', { bench: 'Bench 1', printer: 'Far' })
  await station.desk.call('packing.setBench', { bench: 'Bench 2', printer: 'Near' })
  await importOrders(station, [{ number: 'P-1', lines: [['RED', 2] as const] }])
  await scanAll(station, ['P-1', codes.red, 'PB-CMD-NEXT'])
  own.next.push({ kind: 'unknown', reason: 'broke off' })
  await scanAll(station, ['P-1', codes.red], { bench: 'Bench 2' })
  expect([own.jobs.length, far.jobs.length]).toEqual([1, 0])
  const doubts = async (bench: string) =>
    (await station.desk.call('packing.bench', { bench })).doubts.map(({ order }) => order)
  expect([await doubts('Bench 1'), await doubts('Bench 2')]).toEqual([[], ['P-1']])
})
