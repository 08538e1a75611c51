import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ScanAnswer } from '#shared/contract/packing.ts'
import { commandCode, pickCode } from '#shared/domain/packing/codes.ts'
import {
  addWaybills,
  type Caller,
  codes,
  csv,
  faults,
  handOver,
  importOrders,
  importText,
  openStation,
  orderByNumber,
  scan as scanAt,
  type Station,
  stockWarehouse,
  told,
} from '#test/support/station.ts'

/** A whole core with a scale on its bench. An empty box weighs 120 g; the catalogue says RED 382, TEA 318. */
let station: Station
let page: Caller
let boss: string
beforeEach(async () => {
  station = await openStation()
  await stockWarehouse(station)
  boss = (await station.desk.call('operators.save', { name: 'Boss', role: 'supervisor', pin: '1234' })).badge
  await station.desk.call('packing.setBench', {
    bench: 'Bench 1',
    weigh: 'check',
    countdownMs: 0,
    errorsWait: false,
    checkLabel: false,
  })
  await station.desk.call('devices.saveInput', {
    name: 'Scale',
    kind: 'scale',
    way: 'serial',
    address: '/dev/scale',
    bench: 'Bench 1',
  })
  await plugIn()
})
afterEach(async () => {
  const found = faults(station)
  await station.close()
  expect(found).toEqual([])
})

/** Only a page wakes the devices. */
async function plugIn() {
  page = station.page()
  await eventually(async () => {
    station.scale.stands(0)
    return (await weight()).grams
  }, 0)
}
const weight = () => page.call('packing.weight', { bench: 'Bench 1' })
const bench = () => page.call('packing.bench', { bench: 'Bench 1' })
const scan = (code: string) => scanAt(station, code)
const order = (number: string, ...lines: [string, number][]) => importOrders(station, [{ number, lines }])
const parcels = () =>
  station.sql<{ verdict: string | null; net: number | null; reason: string | null; by: string | null }>(
    'SELECT verdict, net_g AS net, reason, released_by AS "by" FROM parcel_weight ORDER BY parcel_id',
  )
const labels = () => station.sql('SELECT id FROM label').length
async function eventually(what: () => unknown, wanted: unknown, ms = 4000) {
  for (const end = Date.now() + ms; Date.now() < end;) {
    if (JSON.stringify(await what()) === JSON.stringify(wanted)) return
    await new Promise((done) => setTimeout(done, 20))
  }
  expect(await what()).toEqual(wanted)
}
const box = 120
async function openBox(number: string) {
  station.scale.stands(0)
  station.scale.stands(box)
  await scan(number)
}

it('prints as soon as the last item lies on the scale, and tells the story with what it weighed', async () => {
  await order('W-1', ['RED', 1], ['TEA', 1])
  await openBox('W-1')
  station.scale.stands(box + 382)
  await scan(codes.red)
  expect((await bench()).order?.inBox?.grams).toBe(382)
  expect(await weight()).toEqual({ kind: 'stable', grams: 502, netGrams: 382 })
  expect(told(await scan(codes.tea))).toBe('complete')
  expect((await bench()).pending).toMatchObject({ kind: 'weight', expected: { grams: 700 }, got: null })
  station.scale.moving(box + 600)
  await new Promise((done) => setTimeout(done, 100))
  expect(labels()).toBe(0)
  station.scale.stands(box + 705)
  await eventually(parcels, [{ verdict: 'ok', net: 705, reason: null, by: null }])
  expect(labels()).toBe(1)
  const { last } = await bench()
  expect([last?.verdict, last?.reason?.code]).toEqual(['command', 'weightFits'])
  const { id } = await orderByNumber(station, 'W-1')
  const story = await page.call('orders.story', { id })
  expect(story?.events.filter(({ kind }) => kind === 'weight')).toMatchObject([
    { code: 'ok', text: expect.stringMatching(/^705 g \/ 700 ± \d+ g$/) },
  ])
  expect(story?.events.map(({ text }) => text)).toContain(`${codes.red} · +382 g`)
})

it('waits for a scale that tells no weight while it moves, however long that takes', async () => {
  await order('W-1', ['RED', 1])
  await openBox('W-1')
  await scan(codes.red)
  station.scale.says({ kind: 'moving' })
  expect(await weight()).toMatchObject({ kind: 'moving', grams: null })
  const { inputs } = await page.call('devices.inputs', {})
  expect(inputs[0]?.weight).toMatchObject({ kind: 'moving', grams: null, stable: false })
  // Longer than a scale in trouble is waited for.
  await new Promise((done) => setTimeout(done, 2000))
  expect([labels(), parcels()[0]?.verdict]).toEqual([0, null])
  station.scale.stands(box + 382)
  await eventually(parcels, [{ verdict: 'ok', net: 382, reason: null, by: null }])
})

it('stops a box that is too heavy; WEIGH looks again', async () => {
  await order('W-1', ['RED', 1])
  await openBox('W-1')
  await scan(codes.red)
  station.scale.stands(box + 764)
  await eventually(async () => (await bench()).pending, {
    kind: 'weight',
    expected: { grams: 382, band: 95 },
    got: 764,
  })
  // What came in is right now, but somebody must look.
  station.scale.stands(box + 380)
  await new Promise((done) => setTimeout(done, 300))
  expect([labels(), parcels()[0]?.verdict]).toEqual([0, null])
  expect(told(await scan(commandCode('WEIGH')))).toBe('command weightFits')
  expect([labels(), parcels()]).toEqual([1, [{ verdict: 'ok', net: 380, reason: null, by: null }]])
  // It taught: the next band is narrower.
  await order('W-2', ['RED', 1])
  await openBox('W-2')
  station.scale.stands(box + 380)
  expect(told(await scan(codes.red))).toBe('complete')
  expect(station.sql('SELECT samples, mean_g FROM sku_weight')).toEqual([{ samples: 2, mean_g: 380 }])
  expect(station.sql('SELECT band_g FROM parcel_weight ORDER BY parcel_id')).toMatchObject([
    { band_g: 95 },
    { band_g: 33 },
  ])
})

it('shows what it learned, and a supervisor takes it back', async () => {
  await order('W-1', ['RED', 1])
  await openBox('W-1')
  station.scale.stands(box + 380)
  await scan(codes.red)
  await eventually(parcels, [{ verdict: 'ok', net: 380, reason: null, by: null }])
  const list = (find?: string) =>
    page.call('weights.list', { ...(find !== undefined && { find }), offset: 0, limit: 10 })
  expect(await list()).toMatchObject({
    total: 1,
    rows: [{ sku: 'RED', catalogueG: 382, catalogueWrong: false, samples: 1, expected: { grams: 380 } }],
  })
  expect((await list('cup')).total).toBe(1)
  expect((await list('%')).total).toBe(0)
  expect(await page.ask('weights.forget', { sku: 'RED' })).toMatchObject({ error: { code: 'signInFirst' } })
  await station.desk.call('weights.forget', { sku: 'RED' })
  expect(await list()).toEqual({ total: 0, rows: [] })
  expect(station.sql('SELECT act, subject, detail FROM audit')).toMatchObject([
    { act: 'weight.forget', subject: 'RED', detail: '{"samples":1,"grams":380}' },
  ])
  expect(await station.desk.ask('weights.forget', { sku: 'RED' })).toMatchObject({
    error: { code: 'notLearned', params: { sku: 'RED' } },
  })
  // The catalogue counts again.
  await order('W-2', ['RED', 1])
  await openBox('W-2')
  await scan(codes.red)
  expect((await bench()).pending).toMatchObject({ kind: 'weight', expected: { grams: 382, band: 95 } })
})

it('goes against its weight only with a supervisor and a reason, teaches nothing by that, and is written down', async () => {
  await order('W-1', ['RED', 1])
  await openBox('W-1')
  station.scale.stands(box + 500)
  await scan(codes.red)
  expect(told(await scan(boss))).toBe('command chooseRelease')
  expect((await bench()).pending?.kind).toBe('release')
  expect(told(await scan(pickCode(1)))).toBe('command weightReleased')
  expect(parcels()).toEqual([{ verdict: 'released', net: 500, reason: 'packaging', by: 'Boss' }])
  expect(station.sql('SELECT * FROM sku_weight')).toEqual([])
  expect(station.sql("SELECT actor, reason, detail FROM audit WHERE act = 'parcel.releaseWeight'")).toEqual([
    { actor: 'Boss', reason: 'packaging', detail: '{"bench":"Bench 1","order":"W-1"}' },
  ])
  expect(labels()).toBe(1)
})

it('no longer believes a catalogue that a supervisor calls wrong, until it says something else', async () => {
  await order('W-1', ['RED', 1])
  await openBox('W-1')
  station.scale.stands(box + 500)
  await scan(codes.red)
  await scan(boss)
  await scan(pickCode(2))
  const open = async (number: string) => {
    await order(number, ['RED', 1])
    await openBox(number)
    station.scale.stands(box + 500)
    return scan(codes.red)
  }
  expect((await open('W-2')).warning?.code).toBe('weightUnknown')
  expect(parcels()[1]).toMatchObject({ verdict: 'unknown', net: 500 })
  // What the scale taught is taken back; that the catalogue is wrong stands.
  await station.desk.call('weights.forget', { sku: 'RED' })
  expect(await page.call('weights.list', { offset: 0, limit: 10 })).toMatchObject({
    rows: [{ sku: 'RED', catalogueWrong: true, samples: 0, expected: null }],
  })
  expect(await station.desk.ask('weights.forget', { sku: 'RED' })).toMatchObject({
    error: { code: 'notLearned' },
  })
  expect((await open('W-2a')).warning?.code).toBe('weightUnknown')
  // The catalogue is put right: it is believed again, and what was learned since agrees.
  await importText(
    station,
    'catalog',
    csv([
      ['sku', 'weight_g'],
      ['RED', 505],
    ]),
  )
  expect((await open('W-3')).warning).toBeNull()
  expect(parcels()[3]).toMatchObject({ verdict: 'ok', net: 500 })
})

it('warns at once of one unit scanned twice and of two dropped in, and counts all the same', async () => {
  await order('W-1', ['RED', 4], ['TEA', 1])
  await openBox('W-1')
  await scan(codes.red)
  const twice = await scan(codes.red)
  expect([twice.verdict, twice.warning?.code, twice.remaining]).toEqual(['right', 'scannedTwice', 3])
  await scan(commandCode('NEXT'))
  await order('W-2', ['RED', 3])
  await openBox('W-2')
  station.scale.stands(box + 2 * 382)
  const two = await scan(codes.red)
  expect([two.verdict, two.warning]).toMatchObject([
    'right',
    { code: 'twoOnScale', params: { item: 'Red cup', gain: 764, grams: 382 } },
  ])
  expect(station.sql('SELECT gain_g, odd FROM scan_weight ORDER BY scan_seq')).toEqual([
    { gain_g: 0, odd: null },
    { gain_g: 0, odd: 'twice' },
    { gain_g: 764, odd: 'two' },
  ])
  // A repeated gesture is answered with its warning.
  const again = await scanAt(station, codes.red, { gesture: two.gesture })
  expect(again.warning).toEqual(two.warning)
})

/** Goods of which nobody says what they weigh. */
const stockUnweighed = () =>
  importText(
    station,
    'catalog',
    csv([
      ['sku', 'name', 'barcode'],
      ['NEW', 'New', '6900000000059'],
    ]),
  )

it('learns goods that nobody knows, and checks them when three parcels agree', async () => {
  await stockUnweighed()
  for (const number of ['N-1', 'N-2', 'N-3']) {
    await order(number, ['NEW', 2])
    await openBox(number)
    await scan('6900000000059')
    station.scale.stands(box + 200)
    await scan('6900000000059')
    station.scale.stands(box + 400)
    await eventually(() => parcels().at(-1), { verdict: 'unknown', net: 400, reason: null, by: null })
  }
  await order('N-4', ['NEW', 2])
  await openBox('N-4')
  await scan('6900000000059')
  station.scale.stands(box + 200)
  await scan('6900000000059')
  expect((await bench()).pending).toMatchObject({ kind: 'weight', expected: { grams: 400 } })
  station.scale.stands(box + 400)
  await eventually(() => parcels().at(-1)?.verdict, 'ok')
})

it('checks no box against what one odd parcel has taught, an empty one least of all', async () => {
  await stockUnweighed()
  const pack = async (number: string, grams: number, verdict: string) => {
    await order(number, ['NEW', 1])
    await openBox(number)
    await scan('6900000000059')
    station.scale.stands(box + grams)
    await eventually(() => parcels().at(-1), { verdict, net: grams, reason: null, by: null })
  }
  for (const [nth, grams] of [764, 382, 382, 382].entries()) await pack(`N-${nth}`, grams, 'unknown')
  await pack('N-4', 383, 'ok')
  await order('N-5', ['NEW', 1])
  await openBox('N-5')
  await scan('6900000000059')
  await new Promise((done) => setTimeout(done, 200))
  expect((await bench()).pending).toMatchObject({ kind: 'weight', expected: { grams: 382 } })
  station.scale.stands(box + 764)
  await new Promise((done) => setTimeout(done, 200))
  expect(parcels().at(-1)?.verdict).toBeNull()
})

it('goes on without the scale and says so: unplugged before, or while it is waited for', async () => {
  await order('W-1', ['RED', 1])
  await order('W-2', ['RED', 1])
  await openBox('W-1')
  await scan(codes.red)
  station.scale.unplug()
  await eventually(parcels, [{ verdict: 'notWeighed', net: null, reason: 'gone', by: null }])
  expect(labels()).toBe(1)
  expect(await weight()).toEqual({ kind: 'gone', grams: null, netGrams: null })
  await scan('W-2')
  const last = await scan(codes.red)
  expect([last.verdict, last.warning?.code]).toEqual(['complete', 'notWeighed.gone'])
  expect(labels()).toBe(2)
})

/** A box that stands still with two cups in it for one. */
async function stopBox(number: string) {
  await order(number, ['RED', 1])
  await openBox(number)
  await scan(codes.red)
  station.scale.stands(box + 764)
  await eventually(async () => (await bench()).pending, {
    kind: 'weight',
    expected: { grams: 382, band: 95 },
    got: 764,
  })
}
const stays = async (answer: Promise<ScanAnswer>, wanted: string) => {
  expect(told(await answer)).toBe(wanted)
  expect([labels(), parcels().at(-1)?.verdict]).toEqual([0, null])
}

it.each([{ kind: 'overload' }, { kind: 'underload' }, { kind: 'fault', reason: 'E1' }] as const)(
  'lets no stopped box go for a scale in trouble: $kind',
  async (trouble) => {
    await stopBox('W-1')
    station.scale.says(trouble)
    await stays(scan(commandCode('WEIGH')), `command weightStopped.${trouble.kind}`)
    await stays(scan(commandCode('PRINT')), `command weightStopped.${trouble.kind}`)
  },
)

it('lets no stopped box go without its scale: unplugged, parked, at another bench, after a restart', async () => {
  await stopBox('W-1')
  station.scale.unplug()
  await stays(scan(commandCode('PRINT')), 'command weightStopped.gone')
  await scan(commandCode('CANCEL'))
  await stays(scan(commandCode('PRINT')), 'command weightStopped.gone')
  await station.restart()
  await stays(scan(commandCode('WEIGH')), 'command weightStopped.gone')
  await scan(commandCode('NEXT'))
  const away = (code: string) => scanAt(station, code, { bench: 'Bench 2' })
  expect(told(await away('W-1'))).toBe('opened')
  await stays(away(commandCode('PRINT')), 'command weightStopped.gone')
  // Nobody at a screen is no supervisor either.
  await stays(
    station.desk.call('packing.scan', {
      bench: 'Bench 2',
      mode: 'pack',
      gesture: 'g-unattended',
      code: commandCode('PRINT'),
      unattended: true,
    }),
    'command weightStopped.gone',
  )
  await away(boss)
  expect(told(await away(pickCode(4)))).toBe('command weightReleased')
  expect([labels(), parcels()]).toEqual([1, [{ verdict: 'released', net: 764, reason: 'other', by: 'Boss' }]])
})

it('lets no stopped box go when weighing is switched off, and lets no packer switch it off', async () => {
  await station.desk.call('packing.setBench', { bench: 'Bench 1', checkLabel: true })
  await station.desk.call('operators.save', { name: 'Pia', role: 'packer', pin: '5678' })
  await page.call('operators.signIn', { operator: 'Pia', pin: '5678' })
  await stopBox('W-1')
  for (const less of [{ weigh: 'off' }, { checkLabel: false }, { weigh: 'off', checkLabel: false }] as const)
    expect(await page.ask('packing.setBench', { bench: 'Bench 1', ...less })).toMatchObject({
      ok: false,
      error: { code: 'supervisorOnly' },
    })
  expect(await bench()).toMatchObject({ weigh: 'check', checkLabel: true })
  // What a packer may: anything that checks no less.
  const more = { bench: 'Bench 1', weigh: 'check', checkLabel: true, countdownMs: 0 } as const
  expect((await page.ask('packing.setBench', more)).ok).toBe(true)
  // Nor by a page that says that nobody looks at it.
  const unattended = { bench: 'Bench 1', mode: 'pack', code: commandCode('PRINT'), unattended: true } as const
  await stays(page.call('packing.scan', { ...unattended, gesture: 'g-page' }), 'command weightOff')

  await page.call('operators.signIn', { operator: 'Boss', pin: '1234' })
  expect((await page.ask('packing.setBench', { bench: 'Bench 1', weigh: 'off' })).ok).toBe(true)
  await stays(scan(commandCode('WEIGH')), 'command weightOff')
  await stays(scan(commandCode('PRINT')), 'command weightOff')
  station.scale.stands(box + 382)
  expect(told(await scan(commandCode('PRINT')))).toBe('command weightFits')
  expect([labels(), parcels()]).toMatchObject([1, [{ verdict: 'ok', net: 382 }]])
})

it('waits on after a restart', async () => {
  await order('W-1', ['RED', 1])
  await openBox('W-1')
  await scan(codes.red)
  await station.restart()
  await plugIn()
  expect((await bench()).pending?.kind).toBe('weight')
  station.scale.stands(box + 382)
  await eventually(() => parcels()[0]?.verdict, 'ok')
})

it('does nothing by itself once the box was taken off the bench', async () => {
  await order('W-1', ['RED', 1])
  await openBox('W-1')
  await scan(codes.red)
  const { id } = await orderByNumber(station, 'W-1')
  await order('W-1', ['TEA', 1])
  await station.desk.call('orders.release', { id, reason: 'changed' })
  expect((await bench()).pending).toBeNull()
  const before = station.sql('SELECT seq FROM scan').length
  station.scale.stands(box + 382)
  await new Promise((done) => setTimeout(done, 300))
  expect(station.sql('SELECT seq FROM scan').length).toBe(before)
})

it('closes a print-first box only when it weighs what it should', async () => {
  await station.desk.call('packing.setBench', { bench: 'Bench 1', printMode: 'first' })
  await order('W-1', ['RED', 1])
  await openBox('W-1')
  expect(labels()).toBe(1)
  await scan(codes.red)
  const state = () => station.sql<{ state: string }>('SELECT state FROM parcel')[0]?.state
  expect(state()).toBe('open')
  station.scale.stands(box + 382)
  await eventually(state, 'packed')
})

it('asks a supervisor who ships a part to weigh it as well, and keeps what is missing', async () => {
  await order('W-1', ['RED', 1], ['TEA', 1])
  await openBox('W-1')
  await scan(codes.red)
  await scan(commandCode('PARTIAL'))
  await scan(boss)
  expect((await bench()).pending).toMatchObject({ kind: 'weight', expected: { grams: 382 } })
  station.scale.stands(box + 382)
  await eventually(() => parcels()[0]?.verdict, 'ok')
  expect(station.sql('SELECT state, short_reason FROM parcel')).toEqual([
    { state: 'packed', short_reason: 'short: TEA×1 / Boss' },
  ])
})

it('never keeps a command line waiting, and never weighs where nobody set it', async () => {
  await order('W-1', ['RED', 1])
  await order('W-2', ['RED', 1])
  await scan('W-1')
  const answer = await station.desk.call('packing.scan', {
    bench: 'Bench 1',
    mode: 'pack',
    gesture: 'g-unattended',
    code: codes.red,
    unattended: true,
  })
  expect(answer).toMatchObject({ verdict: 'complete', warning: null })
  await scanAt(station, 'W-2', { bench: 'Bench 2' })
  expect(told(await scanAt(station, codes.red, { bench: 'Bench 2' }))).toBe('complete')
  expect(labels()).toBe(2)
  expect(parcels().filter(({ verdict }) => verdict !== null)).toEqual([])
})

it('ships what it weighed: the day shows the weight of the scale', async () => {
  await addWaybills(station, 1)
  await order('W-1', ['RED', 1])
  await openBox('W-1')
  station.scale.stands(box + 390)
  const { label } = await scan(codes.red)
  await handOver(station, label?.waybill ?? '')
  const day = await station.desk.call('shipments.day', { offset: 0, limit: 10 })
  expect(day.rows).toMatchObject([{ order: 'W-1', weightG: 390 }])
})

it('takes a scale that was set up for every bench for that of the benches that have none', async () => {
  const db = new Sqlite(join(station.dataDir, 'packbench.sqlite'))
  db.exec('UPDATE input_device SET bench_id = NULL')
  db.close()
  await station.restart()
  await plugIn()
  await order('W-1', ['RED', 1])
  await openBox('W-1')
  await scan(codes.red)
  expect((await bench()).pending).toMatchObject({ kind: 'weight', expected: { grams: 382 } })
  // The bench hears it by itself.
  station.scale.stands(box + 382)
  await eventually(() => parcels()[0]?.verdict, 'ok')
  // A bench with its own is deaf to it.
  const own = { name: 'Own', kind: 'scale', way: 'serial', address: '/dev/own', bench: 'Bench 1' } as const
  await station.desk.call('devices.saveInput', own)
  const all = (await station.desk.call('devices.inputs', {})).inputs
  expect(all.map((one) => one.bench)).toEqual(['Bench 1', null])
  expect((await weight()).kind).toBe('gone')
})
