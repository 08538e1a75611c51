import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { plainStrategy } from '#shared/domain/waves/strategy.ts'
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
  scan,
  scanAll,
  type Station,
  stockWarehouse,
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

/** Two aisles, three metres apart; RED and BLUE in the first, TEA and the socks in the second; SPARE holds RED too. */
async function layFloor(): Promise<void> {
  await importText(
    station,
    'layout',
    csv([
      ['location', 'zone', 'aisle', 'bay', 'level', 'x_m', 'y_m'],
      ['A-01-01', 'A', '01', '01', '1', 0, 2],
      ['A-01-02', 'A', '01', '02', '1', 0, 6],
      ['A-02-01', 'A', '02', '01', '1', 3, 4],
      ['A-02-02', 'A', '02', '02', '1', 3, 8],
      ['B-01-01', 'A', '02', '03', '1', 3, 9],
      ['SPARE', 'A', '02', '04', '1', 3, 1],
    ]),
  )
  await importText(
    station,
    'layout',
    csv([
      ['what', 'name', 'zone', 'x_m', 'y_m', 'way'],
      ['cross aisle', '1', '', '', 0, ''],
      ['cross aisle', '2', '', '', 10, ''],
      ['aisle', '01', 'A', 0, '', ''],
      ['aisle', '02', 'A', 3, '', ''],
      ['bench', 'Bench 1', '', 0, 0, ''],
    ]),
  )
}

const two = (number: string, first: string, second: string) => ({
  number,
  lines: [
    [first, 1],
    [second, 1],
  ] as [string, number][],
})
const plan = (more: object = {}) => station.desk.call('waves.plan', { job: randomUUID(), ...more })
const compare = (strategies: string[] = ['shortest', 'byHand']) =>
  station.desk.call('waves.compare', { strategies, job: randomUUID() })
const waveNow = async (id: string) => {
  const wave = await station.desk.call('waves.get', { id })
  if (wave === null) throw new Error('no wave')
  return wave
}
/** Counted on the list that is out. */
const replan = async (id: string, more: object = {}) =>
  station.desk.call('waves.replan', { id, revision: (await waveNow(id)).revision, ...more })

describe('planning', () => {
  it('compares strategies without writing anything, and releases the one that is chosen', async () => {
    await layFloor()
    await importOrders(station, [
      two('O-1', 'RED', 'TEA'),
      two('O-2', 'BLUE', 'TEA'),
      two('O-3', 'RED', 'SOCK-L'),
    ])
    const { plans } = await compare()
    expect(plans.map(({ strategy, orders, walkedBy }) => [strategy, orders, walkedBy])).toEqual([
      ['shortest', 3, 'floor'],
      ['byHand', 3, 'floor'],
    ])
    const [best, worst] = plans
    expect(best?.distanceMm).toBeLessThanOrEqual(worst?.distanceMm ?? 0)
    expect((await station.desk.call('waves.list', {})).waves).toEqual([])
    const map = await station.desk.call('waves.draftMap', { plan: best?.plan ?? '', index: 0 })
    expect(map?.distanceMm).toBe(best?.waves[0]?.distanceMm)
    expect(map?.stops.map(({ number }) => number)).toEqual([1, 2, 3, 4])

    const made = await station.desk.call('waves.release', { plan: best?.plan ?? '', job: randomUUID() })
    expect(made).toMatchObject({ leftOut: [], waves: [{ orders: 3, strategy: 'shortest', revision: 1 }] })
    const [wave] = made.waves
    expect(wave?.distanceMm).toBe(best?.distanceMm)
    expect((await station.desk.call('waves.map', { id: wave?.id ?? '' }))?.distanceMm).toBe(wave?.distanceMm)
    // The same plan once more finds nobody who waits.
    const again = await station.desk.call('waves.release', { plan: best?.plan ?? '', job: randomUUID() })
    expect(again).toMatchObject({ waves: [], leftOut: [{}, {}, {}] })
  })

  it('leaves out, when a plan is released late, what was changed, stopped or taken since, and walks the rest anew', async () => {
    await layFloor()
    const orders = [two('O-1', 'RED', 'BLUE'), two('O-2', 'BLUE', 'SOCK-L'), two('O-3', 'RED', 'BLUE')]
    await importOrders(station, orders)
    const [best] = (await compare(['shortest'])).plans
    await importOrders(station, [{ ...two('O-2', 'BLUE', 'SOCK-L'), refund: 'asked for it' }])
    const made = await station.desk.call('waves.release', { plan: best?.plan ?? '', job: randomUUID() })
    expect(made.leftOut).toEqual([{ order: 'O-2', reason: { code: 'changedSince' } }])
    const [wave] = made.waves
    expect(wave).toMatchObject({ orders: 2, revision: 1 })
    expect(wave?.distanceMm).toBeLessThan(best?.distanceMm ?? 0)
    expect((await station.desk.call('waves.map', { id: wave?.id ?? '' }))?.distanceMm).toBe(wave?.distanceMm)
  })

  it('says when a plan is gone, when a strategy is not there, and that a built-in one stays', async () => {
    const gone = await station.desk.ask('waves.release', { plan: randomUUID(), job: randomUUID() })
    expect(gone).toMatchObject({ ok: false, error: { code: 'planGone' } })
    expect(await station.desk.ask('waves.plan', { strategy: 'fastest', job: randomUUID() })).toMatchObject({
      ok: false,
      error: { code: 'strategyUnknown' },
    })
    expect(await station.desk.ask('waves.dropStrategy', { name: 'shortest' })).toMatchObject({
      ok: false,
      error: { code: 'strategyBuiltIn' },
    })
  })

  it('keeps a supervisor’s own strategies, renamed and removed', async () => {
    const names = async () =>
      (await station.desk.call('waves.strategies', {})).strategies
        .filter(({ builtIn }) => !builtIn)
        .map(({ name, strategy }) => [name, strategy.slots])
    await station.desk.call('waves.saveStrategy', { name: '大车', strategy: { ...plainStrategy, slots: 30 } })
    await station.desk.call('waves.saveStrategy', {
      name: '最大的车',
      was: '大车',
      strategy: { ...plainStrategy, slots: 40 },
    })
    expect(await names()).toEqual([['最大的车', 40]])
    await station.desk.call('waves.dropStrategy', { name: '最大的车' })
    expect(await names()).toEqual([])
    const zero = { ...plainStrategy, slots: 0 }
    expect(await station.desk.ask('waves.saveStrategy', { name: 'x', strategy: zero })).toMatchObject({
      ok: false,
      error: { code: 'rpc.input' },
    })
  })

  it('begins and ends a walk where the strategy says', async () => {
    await layFloor()
    const { plan: drawn } = await station.desk.call('waves.floor', {})
    if (drawn === null) throw new Error('no floor')
    const depots = [
      { name: 'near', xMm: 0, yMm: 0, role: 'both' as const },
      { name: 'far', xMm: 3_000, yMm: 10_000, role: 'both' as const },
    ]
    await station.desk.call('waves.saveFloor', { plan: { ...drawn, depots } })
    await importOrders(station, [two('O-1', 'RED', 'BLUE')])
    const walk = async (start: string, drop: string) => {
      const strategies = [{ name: 'own', strategy: { ...plainStrategy, start, drop } }]
      return (await station.desk.call('waves.compare', { strategies, job: randomUUID() })).plans[0]
        ?.distanceMm
    }
    // RED at 2 m and BLUE at 6 m of the first aisle; far is across and at its other end.
    expect(await walk('', '')).toBe(12_000)
    expect(await walk('near', 'far')).toBe(13_000)
    expect(await walk('far', 'near')).toBe(13_000)
    expect(await walk('far', 'far')).toBe(22_000)
    // A name that is not there any more leaves the first.
    expect(await walk('gone', '')).toBe(12_000)
  })

  it('walks by the shelf codes where no floor is known, and says so', async () => {
    await importOrders(station, [two('O-1', 'RED', 'TEA')])
    expect((await compare(['shortest'])).plans).toMatchObject([
      { walkedBy: 'codes', distanceMm: null, orders: 1 },
    ])
    expect(await station.desk.call('waves.floor', {})).toMatchObject({
      plan: null,
      source: 'none',
      findings: [{ code: 'noCoordinates' }],
    })
  })

  it('counts what lists have taken as no longer there', async () => {
    await importText(
      station,
      'stock',
      csv([
        ['sku', 'location', 'quantity'],
        ['RED', 'A-01-01', 3],
      ]),
    )
    await importOrders(station, [{ number: 'O-1', lines: [['RED', 2]] }])
    expect((await plan()).waves).toHaveLength(1)
    await importOrders(station, [{ number: 'O-2', lines: [['RED', 2]] }])
    expect(await plan()).toMatchObject({
      waves: [],
      leftOut: [{ order: 'O-2', reason: { code: 'noStock', params: { sku: 'RED', needed: 2, free: 1 } } }],
    })
    // Counted again, the shelf is as full as it is.
    await importText(
      station,
      'stock',
      csv([
        ['sku', 'location', 'quantity'],
        ['RED', 'A-01-01', 3],
      ]),
    )
    expect((await plan()).waves).toHaveLength(1)
  })

  it('plans goods that nobody counted, with no shelf to go to', async () => {
    await layFloor()
    await importText(
      station,
      'catalog',
      csv([
        ['sku', 'name', 'barcode', 'units', 'weight_g'],
        ['NEW', 'Never counted', '6901234567892', 1, 100],
      ]),
    )
    await importOrders(station, [two('O-1', 'RED', 'NEW')])
    const made = await plan()
    expect(made).toMatchObject({ leftOut: [], waves: [{ orders: 1, units: 2 }] })
  })

  it('promises the last one once, whatever two plans thought', async () => {
    await layFloor()
    await importText(
      station,
      'stock',
      csv([
        ['sku', 'location', 'quantity'],
        ['RED', 'A-01-01', 1],
        ['RED', 'SPARE', 0],
      ]),
    )
    await importOrders(station, [two('O-1', 'RED', 'TEA')])
    const [first] = (await compare(['shortest'])).plans
    await importOrders(station, [two('O-2', 'RED', 'BLUE')])
    await importOrders(station, [{ ...two('O-1', 'RED', 'TEA'), refund: 'asked for it' }])
    const [second] = (await compare(['shortest'])).plans
    expect(second?.leftOut).toEqual([])
    const release = (of: typeof first) =>
      station.desk.call('waves.release', { plan: of?.plan ?? '', job: randomUUID() })
    expect(await release(second)).toMatchObject({ leftOut: [], waves: [{ orders: 1 }] })
    expect((await release(first)).leftOut).toEqual([{ order: 'O-1', reason: { code: 'changedSince' } }])
    // A third cup is promised to an order that was not stopped meanwhile, and is gone when the plan is released.
    await importText(
      station,
      'stock',
      csv([
        ['sku', 'location', 'quantity'],
        ['BLUE', 'A-01-02', 1],
      ]),
    )
    await importOrders(station, [two('O-3', 'BLUE', 'TEA')])
    const [third] = (await compare(['shortest'])).plans
    await importText(
      station,
      'stock',
      csv([
        ['sku', 'location', 'quantity'],
        ['BLUE', 'A-01-02', 0],
      ]),
    )
    expect(await release(third)).toMatchObject({
      waves: [],
      leftOut: [{ order: 'O-3', reason: { code: 'stockGone' } }],
    })
  })

  it('plans only what the next courier takes, when it is asked to', async () => {
    const [, courier] = [await addWaybills(station, 1, 'EARLY'), 'EARLY']
    const couriers = (await station.desk.call('settings.couriers', {})).couriers
    const id = couriers.find(({ name }) => name === courier)?.id
    await station.desk.call('settings.saveCourier', { id, name: courier, cutoff: '12:00' })
    const at = (day: string) => `2026-11-${day} 18:00:00`
    await importText(
      station,
      'orders',
      csv([
        ['order number', 'sku', 'quantity', 'ship by', 'courier'],
        ['O-1', 'RED', 1, at('22'), courier],
        ['O-2', 'RED', 1, at('24'), courier],
      ]),
      { shop: 'Shop' },
    )
    // The clock of the test says 09:00 in Shanghai on the 22nd.
    const { waiting, cutoffs } = await station.desk.call('waves.open', {})
    expect(waiting).toBe(2)
    expect(cutoffs).toEqual([
      { at: '2026-11-22T04:00:00.000Z', orders: 1 },
      { at: '2026-11-24T04:00:00.000Z', orders: 1 },
    ])
    const next = await plan({ before: cutoffs[0]?.at })
    expect(next.waves).toMatchObject([{ orders: 1, dueAt: '2026-11-22T04:00:00.000Z' }])
    expect((await station.desk.call('waves.urgent', { limit: 5 })).orders).toEqual([
      { order: 'O-2', dueAt: '2026-11-24T04:00:00.000Z' },
    ])
  })
})

describe('a wave that is being picked', () => {
  async function running() {
    await layFloor()
    await importText(
      station,
      'stock',
      csv([
        ['sku', 'location', 'quantity'],
        ['RED', 'A-01-01', 50],
        ['RED', 'SPARE', 1],
      ]),
    )
    await importOrders(station, [
      two('O-1', 'RED', 'TEA'),
      two('O-2', 'RED', 'BLUE'),
      two('O-3', 'BLUE', 'TEA'),
    ])
    const [wave] = (await plan({ singles: false })).waves
    if (wave === undefined) throw new Error('no wave')
    await station.desk.call('waves.pickList', { id: wave.id })
    return wave
  }

  it('asks for nothing twice once stops are on the cart, and counts its lists', async () => {
    const wave = await running()
    const before = (await waveNow(wave.id)).stops
    const after = await replan(wave.id, { picked: 1 })
    expect(after).toMatchObject({ revision: 2, moved: 0, left: [] })
    const { stops, revision, picked } = await waveNow(wave.id)
    expect(revision).toBe(2)
    expect(picked).toBe(before[0]?.quantity)
    expect(stops.filter((one) => one.picked).map(({ sku }) => sku)).toEqual([before[0]?.sku])
    expect(stops.map(({ listed, number }) => [listed, number])).toEqual([
      [false, null],
      [true, 1],
      [true, 2],
    ])
    expect(stops.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(6)
    const refused = async (wish: object) => {
      const answer = await station.desk.ask('waves.replan', { id: wave.id, ...wish })
      return answer.ok ? null : answer.error.code
    }
    expect(await refused({ picked: 9, revision: 2 })).toBe('waveFewerStops')
    // Number 1 of the old list is on the cart already: on the new one it would be other goods.
    expect(await refused({ picked: 1, revision: 1 })).toBe('listOld')
    expect(await refused({ picked: 1 })).toBe('listNumberNeeded')
    const rest = (await waveNow(wave.id)).stops.filter((stop) => !stop.picked)
    await station.desk.call('waves.replan', {
      id: wave.id,
      lines: rest.slice(1).map(({ location, sku }) => ({ location, sku })),
    })
    expect((await waveNow(wave.id)).stops.filter((stop) => !stop.picked)).toMatchObject([
      { sku: rest[0]?.sku },
    ])
  })

  it('puts the goods of an order back on the list once it is let go', async () => {
    const wave = await running()
    const { left } = await replan(wave.id, { shorts: [{ location: 'A-01-01', sku: 'RED', found: 0 }] })
    const held = await orderByNumber(station, left[0]?.order ?? '')
    const units = async () => (await waveNow(wave.id)).stops.reduce((sum, { quantity }) => sum + quantity, 0)
    expect(await units()).toBe(4)
    await station.desk.call('orders.release', { id: held.id, reason: '到货了' })
    expect(await units()).toBe(6)
    expect((await waveNow(wave.id)).events.at(-1)).toMatchObject({ kind: 'joined', about: held.number })
  })

  it('takes what is in a box off the list that is printed next', async () => {
    const wave = await running()
    const slot = (await waveNow(wave.id)).slots.find(({ order }) => order === 'O-1')
    await scanAll(station, [slot?.code ?? '', codes.red, codes.tea])
    await station.desk.call('waves.pickList', { id: wave.id })
    const { revision, stops } = await waveNow(wave.id)
    expect(revision).toBe(2)
    expect(stops.reduce((sum, stop) => sum + (stop.picked ? 0 : stop.quantity), 0)).toBe(4)
    expect(await station.desk.ask('waves.dissolve', { id: wave.id })).toMatchObject({
      ok: false,
      error: { code: 'waveTouched' },
    })
  })

  it('takes from another shelf what the first one did not have; an order that nobody can fill is held by name', async () => {
    const wave = await running()
    const after = await replan(wave.id, { shorts: [{ location: 'A-01-01', sku: 'RED', found: 0 }] })
    expect(after).toMatchObject({
      moved: 1,
      left: [{ reason: { code: 'shortPick', params: { sku: 'RED', missing: 1 } } }],
    })
    const held = after.left[0]?.order ?? ''
    expect(await orderByNumber(station, held)).toMatchObject({ hold: 'short: RED × 1' })
    const { stops, events } = await waveNow(wave.id)
    expect(
      stops.filter(({ sku }) => sku === 'RED').map(({ location, quantity }) => [location, quantity]),
    ).toEqual([['SPARE', 1]])
    expect(events.map(({ kind }) => kind)).toEqual(['moved', 'short', 'replanned'])
    // The bench knows as well.
    const slot = (await waveNow(wave.id)).slots.find(({ order }) => order === held)
    expect((await scan(station, slot?.code ?? '')).verdict).toBe('stopped')
    // The shelf is known to be empty from now on.
    expect(
      station.sql(
        "SELECT quantity FROM stock JOIN location ON location.id = location_id WHERE code = 'A-01-01'",
      ),
    ).toEqual([{ quantity: 0 }])
  })

  it('lets go of an order at once when it is taken back, and says so', async () => {
    const wave = await running()
    await importOrders(station, [{ ...two('O-3', 'BLUE', 'TEA'), refund: 'asked for it' }])
    const { stops, events, revision } = await waveNow(wave.id)
    expect(revision).toBe(2)
    // The same news once more is no news.
    await importOrders(station, [{ ...two('O-3', 'BLUE', 'TEA'), refund: 'asked for it' }])
    expect((await waveNow(wave.id)).revision).toBe(2)
    const slot = (await waveNow(wave.id)).slots.find(({ order }) => order === 'O-3')
    expect((await scan(station, slot?.code ?? '')).verdict).toBe('stopped')
    expect(stops.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(4)
    expect(events).toMatchObject([{ kind: 'left', about: 'O-3', reason: 'refund' }, { kind: 'replanned' }])
    // Taken back was taken back: nothing of the order is forgotten.
    await importOrders(station, [two('O-3', 'BLUE', 'TEA')])
    expect((await waveNow(wave.id)).stops.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(6)
  })

  it('takes in an order that cannot wait, in a slot of its own, with the reason for everybody', async () => {
    const wave = await running()
    await replan(wave.id, { picked: 2 })
    await importOrders(station, [two('URGENT', 'RED', 'BLUE')])
    const joined = await station.desk.call('waves.join', {
      id: wave.id,
      order: 'URGENT',
      reason: '客户在门口等',
    })
    expect(joined).toEqual({ revision: 3, slot: 4 })
    const { stops, slots, events } = await waveNow(wave.id)
    expect(slots.map(({ order }) => order)).toContain('URGENT')
    expect(events.at(-1)).toMatchObject({ kind: 'joined', about: 'URGENT', reason: '客户在门口等' })
    const open = stops.filter((one) => !one.picked)
    const asked = open.flatMap(({ slots: its }) => its.filter(({ slot }) => slot === 4))
    expect(asked.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(2)
    const twice = await station.desk.ask('waves.join', { id: wave.id, order: 'URGENT', reason: 'again' })
    expect(twice).toMatchObject({ ok: false, error: { code: 'orderNotWaiting' } })
  })

  it.each([
    ['slots', { slots: 1 }, 'waveFull'],
    ['units', { units: 3 }, 'cartFull'],
  ])('says that the cart has no %s left', async (_, limit, code) => {
    await layFloor()
    await importOrders(station, [two('O-1', 'RED', 'TEA')])
    await station.desk.call('waves.saveStrategy', { name: 'small', strategy: { ...plainStrategy, ...limit } })
    const [wave] = (await plan({ strategy: 'small' })).waves
    await importOrders(station, [two('O-2', 'RED', 'TEA')])
    expect(
      await station.desk.ask('waves.join', { id: wave?.id ?? '', order: 'O-2', reason: 'now' }),
    ).toMatchObject({ ok: false, error: { code } })
  })

  it('names its picker, and is packed and handed over like any other after all that', async () => {
    const wave = await running()
    await station.desk.call('waves.assign', { id: wave.id, picker: '小王' })
    await replan(wave.id, { picked: 1 })
    await replan(wave.id, { picked: 1 })
    expect(await waveNow(wave.id)).toMatchObject({ picker: '小王', revision: 3 })
    const slot = (await waveNow(wave.id)).slots.find(({ order }) => order === 'O-1')
    const answers = await scanAll(station, [slot?.code ?? '', codes.red, codes.tea])
    expect(answers.at(-1)?.verdict).toBe('complete')
    expect((await handOver(station, answers.at(-1)?.label?.waybill ?? '')).verdict).toBe('handedOver')
  })
})

describe('the labels of a wave', () => {
  it('come in the order of its list or in reverse, each once, and the bench packs to them', async () => {
    await importOrders(station, [
      two('O-1', 'RED', 'TEA'),
      two('O-2', 'BLUE', 'TEA'),
      two('O-3', 'RED', 'SOCK-L'),
    ])
    const [wave] = (await plan()).waves
    if (wave === undefined) throw new Error('no wave')
    await importOrders(station, [{ ...two('O-2', 'BLUE', 'TEA'), refund: 'asked for it' }])
    const print = (reversed: boolean) =>
      station.desk.call('packing.printWave', { bench: 'Bench 1', wave: wave.id, reversed, job: randomUUID() })
    expect(await print(true)).toEqual({ printed: 2, left: [{ order: 'O-2', reason: { code: 'refund' } }] })
    expect(await print(false)).toMatchObject({ printed: 0 })
    const listed = (await waveNow(wave.id)).slots.map(({ order }) => order).filter((order) => order !== 'O-2')
    const waybills = await Promise.all(
      listed.map(async (number) => (await orderByNumber(station, number)).waybill),
    )
    await station.restart()
    expect(station.printer.jobs).toEqual(waybills.toReversed())
    const slot = (await waveNow(wave.id)).slots.find(({ order }) => order === 'O-1')
    const answers = await scanAll(station, [slot?.code ?? '', codes.red, codes.tea])
    expect(answers.at(-1)).toMatchObject({
      verdict: 'complete',
      label: { waybill: waybills[listed.indexOf('O-1')] },
    })
    expect(station.printer.jobs).toHaveLength(2)
  })
})

describe('a floor', () => {
  it('comes in a file, whole or not at all', async () => {
    const bad = await importText(
      station,
      'layout',
      csv([
        ['what', 'name', 'x_m', 'y_m'],
        ['cross aisle', '1', '', 0],
        ['aisle', '01', 0, ''],
      ]),
    )
    expect(bad.rejected.map(({ reason }) => reason.code)).toEqual(['floorCrossAisles', 'floorNoDepot'])
    expect(await station.desk.call('waves.floor', {})).toMatchObject({ source: 'none' })
    await layFloor()
    expect(await station.desk.call('waves.floor', {})).toMatchObject({ source: 'drawn', findings: [] })
  })

  it('is guessed from coordinates until somebody draws it, and refused where it cannot be walked', async () => {
    await importText(
      station,
      'layout',
      csv([
        ['location', 'zone', 'aisle', 'bay', 'level', 'x_m', 'y_m'],
        ['A-01-01', 'A', '01', '01', '1', 0, 2],
        ['A-02-01', 'A', '02', '01', '1', 3, 4],
      ]),
    )
    const guess = await station.desk.call('waves.floor', {})
    expect(guess).toMatchObject({ source: 'guessed', plan: { aisles: [{ xMm: 0 }, { xMm: 3_000 }] } })
    if (guess.plan === null) throw new Error('no guess')
    const closed = {
      ...guess.plan,
      crossWays: [0, 1].map((cross) => ({ cross, aisle: 0, way: 'closed' as const })),
    }
    expect((await station.desk.call('waves.saveFloor', { plan: closed })).findings).toMatchObject(
      [{ code: 'shelfUnreachable', about: ['A-02-01'] }, { code: 'shelfWithoutCoordinates' }]
        .toSorted((a, b) => a.code.localeCompare(b.code))
        .toReversed(),
    )
    expect(await station.desk.ask('waves.saveFloor', { plan: { ...closed, depots: [] } })).toMatchObject({
      ok: false,
      error: { code: 'floorBad' },
    })
    await station.desk.call('waves.dropFloor', {})
    expect(await station.desk.call('waves.floor', {})).toMatchObject({ source: 'guessed' })
  })
})
