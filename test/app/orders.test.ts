import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ScanAnswer } from '#shared/contract/packing.ts'
import {
  codes,
  csv,
  faults,
  type FileOrder,
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

const waybillOf = (answer: ScanAnswer | undefined): string => answer?.label?.waybill ?? 'no label'
const order: FileOrder = {
  number: 'O-1',
  lines: [
    ['RED', 2],
    ['TEA', 1],
  ],
}
const more: FileOrder = {
  ...order,
  lines: [
    ['RED', 3],
    ['TEA', 1],
  ],
}
const moved: FileOrder = { ...order, address: '2 Other Road' }
const refunded: FileOrder = { ...order, refund: 'buyer asked for a refund' }

const release = async (number: string, reason = 'looked at it') =>
  station.desk.call('orders.release', { id: (await orderByNumber(station, number)).id, reason })
const pullOut = async () =>
  (await station.desk.call('orders.list', { only: 'pullOut', offset: 0, limit: 50 })).rows.map(
    (row) => row.number,
  )
const pack = () => scanAll(station, ['O-1', codes.red, codes.red, codes.tea])

describe('importing', () => {
  it('the same orders again changes nothing but how fresh they are', async () => {
    await importOrders(station, [order])
    const before = await orderByNumber(station, 'O-1')
    const again = await importOrders(station, [order])
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 1, held: 0 })
    const after = await orderByNumber(station, 'O-1')
    expect({ ...after, knownAt: before.knownAt }).toEqual(before)
    expect(after.knownAt > before.knownAt).toBe(true)
  })

  it('updates an order that nobody works on, without a stop', async () => {
    await importOrders(station, [order])
    expect(await importOrders(station, [more])).toMatchObject({ updated: 1, held: 0 })
    expect(await orderByNumber(station, 'O-1')).toMatchObject({ units: 4, stop: null })
  })

  it('previews without writing', async () => {
    const files = [{ path: `${station.dataDir}/preview.csv` }]
    const { writeFileSync } = await import('node:fs')
    writeFileSync(`${station.dataDir}/preview.csv`, 'order number,sku,quantity\nN-1,RED,2\nN-2,RED,x\n')
    const shown = await station.desk.call('imports.preview', {
      job: randomUUID(),
      kind: 'orders',
      shop: 'New shop',
      files,
    })
    expect(shown).toMatchObject({ created: 1, things: 1, updated: 0 })
    expect(station.sql('SELECT count(*) AS n FROM "order"')).toEqual([{ n: 0 }])
    expect(station.sql('SELECT count(*) AS n FROM shop')).toEqual([{ n: 0 }])
  })
})

describe('what a file says and does not say', () => {
  const file = (rows: readonly (readonly string[])[]) =>
    importText(station, 'orders', csv(rows), { shop: 'Shop' })
  const full = [
    '订单号',
    '商家编码',
    '商品名称',
    '数量',
    '收件人',
    '手机',
    '详细地址',
    '承诺发货时间',
    '快递',
  ]

  it('a courier that the file promises is kept: no other courier’s number is taken for it', async () => {
    await file([
      full,
      ['P-1', 'TEA', 'Tea', '1', '王五', '13800000000', '杭州市 1 号', '2030-01-01 10:00:00', '顺丰'],
    ])
    const [, answer] = await scanAll(station, ['P-1', codes.tea])
    expect(answer).toMatchObject({ verdict: 'complete', label: null, reason: { code: 'noWaybill' } })
    await importText(station, 'waybills', csv([['waybill'], ['SF1234567890']]), { courier: '顺丰速运' })
    expect((await scan(station, 'P-1')).label?.waybill).toBe('SF1234567890')
  })

  it('a column that a later file does not have takes nothing away', async () => {
    await file([
      full,
      ['P-2', 'TEA', 'Tea', '1', '王五', '13800000000', '杭州市 1 号', '2030-01-01 10:00:00', '顺丰'],
    ])
    const before = await orderByNumber(station, 'P-2')
    const told = await station.desk.call('orders.story', { id: before.id })
    await file([full.slice(0, 5), ['P-2', 'TEA', 'Tea', '1', '王五']])
    const after = await station.desk.call('orders.story', { id: before.id })
    expect(after?.receiverMasked).toBe('王* · 138****0000')
    expect([after?.shipBy, after?.courier, after?.receiverMasked]).toEqual([
      told?.shipBy,
      told?.courier,
      told?.receiverMasked,
    ])
    expect(after?.shipBy).not.toBeNull()
  })
})

describe('an order that changes while it is in a box', () => {
  it('is held with the reason; released, the box starts from zero and its label is void', async () => {
    await importOrders(station, [order])
    await plan(station, { singles: false })
    const packed = await pack()
    expect(packed.map(told)).toEqual(['opened', 'right', 'right', 'complete'])
    expect(await importOrders(station, [more])).toMatchObject({ updated: 0, held: 1 })
    expect(await orderByNumber(station, 'O-1')).toMatchObject({ stop: 'changed', state: 'packed' })
    expect(await pullOut()).toEqual(['O-1'])
    expect(told(await handOver(station, waybillOf(packed[3])))).toBe('stopped changed')

    await release('O-1', 'customer wants three')
    expect(await orderByNumber(station, 'O-1')).toMatchObject({
      state: 'open',
      stop: null,
      wave: null,
      waybill: null,
    })
    expect(station.sql('SELECT state FROM parcel')).toEqual([{ state: 'abandoned' }])
    expect(station.sql('SELECT count(*) AS n FROM pick')).toEqual([{ n: 0 }])
    expect(station.sql('SELECT state FROM wave')).toEqual([{ state: 'done' }])
    expect(
      station.sql("SELECT reason, detail FROM audit WHERE act = 'order.release'").map((row) => row['reason']),
    ).toEqual(['customer wants three'])
    expect(told(await handOver(station, waybillOf(packed[3])))).toBe('wrongParcel voidLabel')

    expect((await plan(station)).waves.map((wave) => wave.units)).toEqual([4])
    const again = await scanAll(station, ['PB-S-2-1', codes.red, codes.red, codes.tea, codes.red])
    expect(again.map(told)).toEqual(['opened', 'right', 'right', 'right', 'complete'])
    expect(waybillOf(again[4])).not.toBe(waybillOf(packed[3]))
    expect(told(await handOver(station, waybillOf(again[4])))).toBe('handedOver')
    expect(
      station.sql('SELECT sum(quantity) AS units FROM parcel_line JOIN shipment USING (parcel_id)'),
    ).toEqual([{ units: 4 }])
  })

  it('stops the next scan of an open box, and the release frees the bench', async () => {
    await importOrders(station, [order])
    await scanAll(station, ['O-1', codes.red])
    await importOrders(station, [more])
    expect(told(await scan(station, codes.red))).toBe('stopped changed')
    await release('O-1')
    const state = await station.desk.call('packing.bench', { bench: 'Bench 1' })
    expect(state).toMatchObject({ order: null, pending: null })
    const again = await scanAll(station, ['O-1', codes.red, codes.red, codes.red, codes.tea])
    expect(again.map(told)).toEqual(['opened', 'right', 'right', 'right', 'complete'])
  })

  it('an address that changes after the label was printed never leaves under the old one', async () => {
    await importOrders(station, [order])
    const packed = await pack()
    expect(await importOrders(station, [moved])).toMatchObject({ held: 1 })
    expect(told(await handOver(station, waybillOf(packed[3])))).toBe('stopped addressChange')
    await release('O-1')
    expect(told(await handOver(station, waybillOf(packed[3])))).toBe('wrongParcel voidLabel')
  })

  it('stays held when a refund comes on top and is taken back again', async () => {
    for (const changed of [more, moved]) {
      const number = `O-${changed.lines[0]?.[1]}`
      const as = (one: FileOrder) => importOrders(station, [{ ...one, number }])
      await as(order)
      const packed = await scanAll(station, [number, codes.red, codes.red, codes.tea])
      await as(changed)
      await as({ ...changed, refund: 'refund asked' })
      expect((await orderByNumber(station, number)).stop).toBe('refund')
      await as(changed)
      expect((await orderByNumber(station, number)).stop).toBe(changed === more ? 'changed' : 'addressChange')
      expect(told(await handOver(station, waybillOf(packed[3])))).toMatch(/^stopped/)
      await release(number)
      expect(told(await handOver(station, waybillOf(packed[3])))).toBe('wrongParcel voidLabel')
    }
  })

  it('starts over too when the supervisor releases the refund that covers the change', async () => {
    await importOrders(station, [order])
    const packed = await pack()
    await importOrders(station, [{ ...more, refund: 'refund asked' }])
    await release('O-1', 'buyer changed her mind')
    expect(told(await handOver(station, waybillOf(packed[3])))).toBe('wrongParcel voidLabel')
    expect((await orderByNumber(station, 'O-1')).state).toBe('open')
    // Nobody has the old order in their hands any longer: a further change is only an update.
    expect(await importOrders(station, [order])).toMatchObject({ held: 0, updated: 1 })
  })

  it('keeps a change and a second one apart from a box that was packed in between', async () => {
    await importOrders(station, [order])
    await pack()
    await importOrders(station, [more])
    await release('O-1')
    const again = await scanAll(station, ['O-1', codes.red, codes.red, codes.red, codes.tea])
    expect(await importOrders(station, [order])).toMatchObject({ held: 1 })
    expect(told(await handOver(station, waybillOf(again[4])))).toBe('stopped changed')
  })

  it('a release of a hold alone keeps the box and its label', async () => {
    await importOrders(station, [order])
    const packed = await pack()
    const { id } = await orderByNumber(station, 'O-1')
    await station.desk.call('orders.hold', { id, reason: 'call the buyer' })
    expect(told(await handOver(station, waybillOf(packed[3])))).toBe('stopped hold')
    await release('O-1')
    expect(told(await handOver(station, waybillOf(packed[3])))).toBe('handedOver')
    expect(await station.desk.ask('orders.release', { id, reason: 'late' })).toMatchObject({
      ok: false,
      error: { code: 'orderGone' },
    })
  })
})

describe('what was printed and then refunded', () => {
  it('is named, stopped at hand-over, and goes when the refund is taken back', async () => {
    await importOrders(station, [order])
    const packed = await pack()
    await importOrders(station, [refunded])
    expect(await pullOut()).toEqual(['O-1'])
    const stopped = await handOver(station, waybillOf(packed[3]))
    expect(told(stopped)).toBe('stopped refund')
    expect(stopped.reason?.params).toMatchObject({ note: 'buyer asked for a refund' })
    await importOrders(station, [order])
    expect(await pullOut()).toEqual([])
    expect(told(await handOver(station, waybillOf(packed[3])))).toBe('handedOver')
  })

  it('stops at the last scan before the label too', async () => {
    await importOrders(station, [order])
    await scanAll(station, ['O-1', codes.red, codes.red])
    await importOrders(station, [refunded])
    expect(told(await scan(station, codes.tea))).toBe('stopped refund')
    expect(station.printer.jobs).toEqual([])
  })

  it('a cancelled order opens nowhere and is planned nowhere', async () => {
    await importOrders(station, [order])
    await importOrders(station, [{ ...order, status: 'cancelled' }])
    expect(told(await scan(station, 'O-1'))).toBe('stopped cancel')
    expect((await plan(station)).waves).toEqual([])
  })
})

describe('old knowledge', () => {
  const policy = (stalePolicy: 'block' | 'allowFresh' | 'quarantine', freshMinutes = 60) =>
    station.desk.call('settings.saveShop', { name: 'Shop', stalePolicy, freshMinutes })

  it('blocks at five minutes where the shop says block', async () => {
    await importOrders(station, [order])
    await policy('block')
    station.clock.forward(4)
    expect(told(await scan(station, 'O-1'))).toBe('opened')
    station.clock.forward(2)
    expect(told(await scan(station, codes.red))).toBe('stopped stale')
    await importOrders(station, [order])
    expect(told(await scan(station, codes.red))).toBe('right')
  })

  it('passes while it is fresh enough where the shop allows that', async () => {
    await importOrders(station, [order])
    await policy('allowFresh')
    station.clock.forward(59)
    const packed = await pack()
    expect(packed.map(told)).toEqual(['opened', 'right', 'right', 'complete'])
    station.clock.forward(2)
    const late = await handOver(station, waybillOf(packed[3]))
    expect(told(late)).toBe('stopped stale')
    expect(late.reason?.params).toMatchObject({ minutes: 61 })
  })

  it('is packed and labelled but not handed over in quarantine', async () => {
    await importOrders(station, [order])
    await policy('quarantine')
    station.clock.forward(600)
    const packed = await pack()
    expect(told(packed[3] as ScanAnswer)).toBe('complete')
    expect(told(await handOver(station, waybillOf(packed[3])))).toBe('stopped quarantine')
    await importOrders(station, [order])
    expect(told(await handOver(station, waybillOf(packed[3])))).toBe('handedOver')
  })
})

describe('hand-over', () => {
  it('answers a label of another wave, a foreign code and a wave each by itself', async () => {
    await importOrders(station, [
      {
        number: 'H-1',
        lines: [
          ['RED', 1],
          ['TEA', 1],
        ],
      },
      { number: 'H-2', lines: [['BLUE', 1]] },
    ])
    await plan(station)
    const one = await scanAll(station, ['H-1', codes.red, codes.tea])
    const two = await scanAll(station, ['H-2', codes.blue])
    const wave = (await orderByNumber(station, 'H-1')).wave
    expect(told(await handOver(station, `PB-W-${wave}`))).toBe('command handOverWave')
    expect(told(await handOver(station, waybillOf(two[1])))).toBe('wrongParcel otherWave')
    expect(told(await handOver(station, waybillOf(one[2])))).toBe('handedOver')
    expect(told(await handOver(station, `PB-W-${wave}`))).toBe('command handOverAllWaves')
    expect(told(await handOver(station, waybillOf(two[1])))).toBe('handedOver')
    expect(told(await handOver(station, 'not a label'))).toBe('unknown notALabel')
    expect(told(await handOver(station, 'PB-W-99'))).toBe('unknown waveUnknown')
  })

  it('takes no box that is still open, and no number that two couriers have', async () => {
    const { addWaybills } = await import('#test/support/station.ts')
    await station.desk.call('packing.setBench', { bench: 'Bench 1', printMode: 'first' })
    await importOrders(station, [order])
    const [opened] = await scanAll(station, ['O-1'])
    expect(told(await handOver(station, waybillOf(opened)))).toBe('wrongParcel notPacked')
    await importText(station, 'waybills', csv([['waybill'], [waybillOf(opened)]]), { courier: 'YD' })
    await importOrders(station, [{ number: 'H-3', lines: [['RED', 1]], courier: 'YD' }])
    await scan(station, 'PB-CMD-NEXT')
    const twin = await scanAll(station, ['H-3', codes.red])
    expect(waybillOf(twin[1])).toBe(waybillOf(opened))
    expect(told(await handOver(station, waybillOf(opened)))).toBe('wrongParcel waybillTwice')
    expect(await addWaybills(station, 0)).toEqual([])
  })
})
