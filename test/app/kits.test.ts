import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pdfTexts } from '#test/support/pdf-reader.ts'
import {
  codes,
  csv,
  faults,
  type FileOrder,
  handOver,
  importKits,
  importOrders,
  importText,
  openStation,
  orderByNumber,
  plainPress,
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

/** A gift of one red cup and two teas. */
const gift = [
  ['GIFT', 'RED', 1],
  ['GIFT', 'TEA', 2],
] as const
const order = (quantity: number, over: Partial<FileOrder> = {}): FileOrder => ({
  number: 'O-1',
  lines: [
    ['GIFT', quantity],
    ['BLUE', 1],
  ],
  ...over,
})
/** The lines to pack, as they stand in the file: `RED×2 of GIFT×2`. */
const lines = (number = 'O-1') =>
  station
    .sql<{ sku: string; quantity: number; kit: string | null; kits: number }>(
      `SELECT line.sku, line.quantity, kit.sku AS kit, kit.quantity AS kits FROM order_line line
       JOIN "order" o ON o.id = line.order_id LEFT JOIN order_kit kit ON kit.id = line.kit_id
       WHERE o.number = ? AND line.dropped = 0 ORDER BY line.position`,
      number,
    )
    .map(({ sku, quantity, kit, kits }) => `${sku}×${quantity}${kit === null ? '' : ` of ${kit}×${kits}`}`)
const reasons = (result: Awaited<ReturnType<typeof importKits>>) =>
  result.rejected.map(({ row, reason }) => `${row} ${reason.code}`)
const release = async (number: string) =>
  station.desk.call('orders.release', { id: (await orderByNumber(station, number)).id, reason: 'looked' })

describe('a file of kits', () => {
  it('is taken, changed, and the same again changes nothing', async () => {
    expect(await importKits(station, gift)).toMatchObject({
      created: 1,
      rejected: [],
      notes: [],
      exploded: 0,
    })
    expect(await importKits(station, gift)).toMatchObject({ created: 0, updated: 0, unchanged: 1 })
    expect(await importKits(station, [['GIFT', 'RED', 2]])).toMatchObject({ updated: 1 })
    expect(station.sql('SELECT sku, part, quantity FROM kit')).toEqual([
      { sku: 'GIFT', part: 'RED', quantity: 2 },
    ])
  })

  it('names what is wrong and takes no kit in part', async () => {
    const result = await importKits(station, [
      ['A', 'RED', 1],
      ['A', 'A', 1],
      ['B', 'RED', 1],
      ['B', 'TEA', 0],
      ['C', 'RED', 1],
      ['C', 'RED', 2],
      ['D', 'GOOD', 1],
      ['GOOD', 'RED', 1],
      ['E', 'RED', 1],
      ['', 'TEA', 1],
    ])
    expect(reasons(result)).toEqual([
      '3 kitOfItself',
      '5 quantityNotPositive',
      '11 missing',
      '2 kitIncomplete',
      '4 kitIncomplete',
      '7 kitPartTwice',
      '8 kitInKit',
      '10 kitIncomplete',
    ])
    expect(station.sql('SELECT sku FROM kit')).toEqual([{ sku: 'GOOD' }])
  })

  it('is held against the kits that are there, but those it replaces', async () => {
    await importKits(station, gift)
    expect(reasons(await importKits(station, [['BOX', 'GIFT', 1]]))).toEqual(['2 kitInKit'])
    expect(reasons(await importKits(station, [['TEA', 'BLUE', 1]]))).toEqual(['2 kitIsPart'])
    expect(
      await importKits(station, [
        ['TEA', 'BLUE', 1],
        ['GIFT', 'RED', 1],
      ]),
    ).toMatchObject({ created: 1, updated: 1, rejected: [] })
  })

  it('takes a part that the catalogue does not know, and says so', async () => {
    const result = await importKits(station, [
      ['GIFT', 'RED', 1],
      ['GIFT', 'RIBBON', 1],
    ])
    expect(result).toMatchObject({
      created: 1,
      rejected: [],
      notes: [{ row: 3, reason: { code: 'partUnknown', params: { key: 'GIFT', part: 'RIBBON' } } }],
    })
    await importOrders(station, [order(1)])
    expect((await plan(station)).leftOut).toMatchObject([
      { order: 'O-1', reason: { code: 'unknownSku', params: { sku: 'RIBBON' } } },
    ])
  })

  it('is previewed without writing', async () => {
    await importOrders(station, [order(2)])
    writeFileSync(`${station.dataDir}/kits.csv`, '套装编码,组成编码,数量\nGIFT,RED,1\n')
    const files = [{ path: `${station.dataDir}/kits.csv` }]
    const shown = await station.desk.call('imports.preview', { job: randomUUID(), kind: 'kits', files })
    expect(shown).toMatchObject({ created: 1, things: 1, exploded: 1 })
    expect(station.sql('SELECT sku FROM kit')).toEqual([])
    expect(lines()).toEqual(['GIFT×2', 'BLUE×1'])
  })
})

describe('orders with kits', () => {
  it('are exploded when they are saved, picked as parts, and unchanged when they come again', async () => {
    await importKits(station, gift)
    await importOrders(station, [order(2)])
    expect(lines()).toEqual(['RED×2 of GIFT×2', 'TEA×4 of GIFT×2', 'BLUE×1'])
    expect(await importOrders(station, [order(2)])).toMatchObject({ updated: 0, unchanged: 1, held: 0 })
    expect((await orderByNumber(station, 'O-1')).firstTitle).toBe('goods GIFT')
    const [wave] = (await plan(station)).waves
    expect(wave).toMatchObject({ units: 7, kind: 'multi' })
    // The shop says something else of the order, but sells the same: nobody is stopped.
    expect(await importOrders(station, [order(2, { courier: 'SF' })])).toMatchObject({ held: 0 })
  })

  it('are exploded while they wait, and only then', async () => {
    await importOrders(station, [order(1), order(1, { number: 'O-2' }), order(1, { number: 'O-3' })])
    await scan(station, 'O-2')
    await plan(station, { slots: 1 })
    await importOrders(station, [
      order(3, { number: 'O-4' }),
      order(1, { number: 'O-5', status: 'cancelled' }),
      { number: 'O-6', lines: [['RED', 1]] },
    ])
    // GIFT is in no catalogue: the plan left both orders out.
    expect(await importKits(station, gift)).toMatchObject({ created: 1, exploded: 3 })
    expect(lines('O-1')).toEqual(['RED×1 of GIFT×1', 'TEA×2 of GIFT×1', 'BLUE×1'])
    expect(lines('O-2')).toEqual(['GIFT×1', 'BLUE×1'])
    expect(lines('O-4')).toEqual(['RED×3 of GIFT×3', 'TEA×6 of GIFT×3', 'BLUE×1'])
    expect(await importKits(station, gift)).toMatchObject({ unchanged: 1, exploded: 0 })
    expect(await importKits(station, [['GIFT', 'RED', 2]])).toMatchObject({ updated: 1, exploded: 3 })
    expect(lines('O-4')).toEqual(['RED×6 of GIFT×3', 'BLUE×1'])
  })

  it('keep their list while they are in a wave, and are exploded when it is dissolved', async () => {
    await importOrders(station, [{ number: 'O-1', lines: [['RED', 2]] }])
    const [wave] = (await plan(station)).waves
    expect(await importKits(station, [['RED', 'TEA', 3]])).toMatchObject({ created: 1, exploded: 0 })
    expect(lines()).toEqual(['RED×2'])
    await station.desk.call('waves.dissolve', { id: wave?.id ?? '' })
    expect(lines()).toEqual(['TEA×6 of RED×2'])
  })

  it('that the shop changes are updated while they wait and held while somebody has them', async () => {
    await importKits(station, gift)
    await importOrders(station, [order(1)])
    expect(await importOrders(station, [order(2)])).toMatchObject({ updated: 1, held: 0 })
    expect(lines()).toEqual(['RED×2 of GIFT×2', 'TEA×4 of GIFT×2', 'BLUE×1'])
    await scanAll(station, ['O-1', codes.red])
    expect(await importOrders(station, [order(1)])).toMatchObject({ updated: 0, held: 1 })
    expect(told(await scan(station, codes.red))).toBe('stopped changed')
    await release('O-1')
    const again = await scanAll(station, ['O-1', codes.tea, codes.red, codes.tea, codes.blue])
    expect(again.map(told)).toEqual(['opened', 'right', 'right', 'right', 'complete'])
    expect(told(await handOver(station, again[4]?.label?.waybill ?? ''))).toBe('handedOver')
  })

  it('of which a kit left as itself are not sent its parts again', async () => {
    // RED is sold as itself today and known as a kit of two teas tomorrow.
    await station.desk.call('operators.save', { name: 'Boss', role: 'supervisor', pin: '1234' })
    const badge = station.sql<{ badge: string }>('SELECT badge FROM operator')[0]?.badge ?? ''
    await importOrders(station, [{ number: 'O-1', lines: [['RED', 3]] }])
    const partial = await scanAll(station, ['O-1', codes.red, 'PB-CMD-PARTIAL', badge])
    expect(told(await handOver(station, partial[3]?.label?.waybill ?? ''))).toBe('handedOver')
    expect(await importKits(station, [['RED', 'TEA', 2]])).toMatchObject({ exploded: 1 })
    expect(lines()).toEqual(['RED×1', 'TEA×4 of RED×2'])
    expect(
      await importOrders(station, [{ number: 'O-1', lines: [['RED', 3]], courier: 'SF' }]),
    ).toMatchObject({
      held: 0,
    })
    const rest = await scanAll(station, ['O-1', codes.tea, codes.tea, codes.tea, codes.tea])
    expect(rest.map(told)).toEqual(['opened', 'right', 'right', 'right', 'complete'])
  })

  it('count what left for another line once, however often they are looked at again', async () => {
    await importKits(station, gift)
    const boss = await station.desk.call('operators.save', { name: 'Boss', role: 'supervisor', pin: '1234' })
    const asking = (red: number, gifts: number) => ({
      number: 'O-1',
      lines: [
        ['RED', red],
        ['GIFT', gifts],
      ] as const,
    })
    await importOrders(station, [asking(2, 1)])
    const part = await scanAll(station, ['O-1', codes.red, codes.red, 'PB-CMD-PARTIAL', boss.badge])
    await handOver(station, part.at(-1)?.label?.waybill ?? '')
    // Three red cups are asked for now, two have left: one of them for a part of the gift.
    await importOrders(station, [asking(1, 2)])
    expect(lines()).toEqual(['RED×2', 'RED×1 of GIFT×2', 'TEA×4 of GIFT×2'])
    await release('O-1')
    expect(await importKits(station, gift)).toMatchObject({ exploded: 0 })
    expect(lines()).toEqual(['RED×2', 'RED×1 of GIFT×2', 'TEA×4 of GIFT×2'])
    const rest = await scanAll(station, ['O-1', codes.red, codes.tea, codes.tea, codes.tea, codes.tea])
    expect(rest.map(told)).toEqual(['opened', 'right', 'right', 'right', 'right', 'complete'])
  })
})

describe('a kit at the bench', () => {
  const giftCode = '2009000000017'
  beforeEach(async () => {
    await importText(
      station,
      'catalog',
      csv([
        ['sku', 'name', 'barcode', 'units'],
        ['GIFT', 'Gift box', giftCode, 1],
        ['TRIO', 'Three blue cups', '2009000000024', 1],
        ['TRIO', '', '2009000000031', 2],
      ]),
    )
    await importKits(station, [...gift, ['TRIO', 'BLUE', 3]])
  })
  const bench = () => station.desk.call('packing.bench', { bench: 'Bench 1' })

  it('is packed by its barcode or by its pieces, and undone by one gesture', async () => {
    await importOrders(station, [order(2)])
    const first = await scanAll(station, ['O-1', giftCode])
    expect(first.map(told)).toEqual(['opened', 'right'])
    expect(first[1]).toMatchObject({ scanned: { sku: 'GIFT', title: 'Gift box' }, remaining: 4 })
    const kit = { nth: 1, sku: 'GIFT', title: 'Gift box', quantity: 2 }
    expect((await bench()).order?.lines).toMatchObject([
      { sku: 'RED', quantity: 2, packed: 1, kit },
      { sku: 'TEA', quantity: 4, packed: 2, kit },
      { sku: 'BLUE', quantity: 1, packed: 0, kit: null },
    ])
    expect(told(await scan(station, 'PB-CMD-UNDO'))).toBe('command undone')
    expect((await bench()).order?.lines.map((line) => line.packed)).toEqual([0, 0, 0])
    const rest = await scanAll(station, [codes.tea, giftCode, giftCode, codes.red, codes.tea, giftCode])
    expect(rest.map(told)).toEqual([
      'right',
      'right',
      'wrongItem kitBegun',
      'right',
      'right',
      'tooMany oneTooMany',
    ])
    expect(rest[2]?.expected).toMatchObject([
      { sku: 'RED', line: 0, quantity: 1 },
      { sku: 'TEA', line: 1, quantity: 1 },
      { sku: 'BLUE', line: 2, quantity: 1 },
    ])
    const done = await scan(station, codes.blue)
    expect(told(done)).toBe('complete')
    expect(told(await handOver(station, done.label?.waybill ?? ''))).toBe('handedOver')
    const story = await station.desk.call('orders.story', { id: (await orderByNumber(station, 'O-1')).id })
    expect(story?.orderLines.map((line) => line.kit?.title)).toEqual(['Gift box', 'Gift box', undefined])
  })

  it('answers a repeated gesture as before and counts the kit once', async () => {
    await importOrders(station, [order(2)])
    await scan(station, 'O-1')
    const once = await scan(station, giftCode, { gesture: 'g-1' })
    expect(await scan(station, giftCode, { gesture: 'g-1' })).toEqual(once)
    expect(station.sql('SELECT sum(quantity) AS units FROM parcel_line')).toEqual([{ units: 3 }])
  })

  it('opens the most urgent order of a single-item wave that takes it whole', async () => {
    const trio = (number: string, quantity: number, shipBy: string): FileOrder => ({
      number,
      lines: [['TRIO', quantity]],
      shipBy,
    })
    await importOrders(station, [
      trio('T-1', 1, '2026-11-23 18:00:00'),
      trio('T-2', 2, '2026-11-23 19:00:00'),
      { number: 'T-3', lines: [['BLUE', 2]], shipBy: '2026-11-23 12:00:00' },
    ])
    const [wave] = (await plan(station)).waves
    expect(wave).toMatchObject({ kind: 'single', orders: 3, units: 11 })
    const [pair, one, none] = await scanAll(station, ['2009000000031', '2009000000024', '2009000000024'])
    expect([pair?.order?.number, one?.order?.number]).toEqual(['T-2', 'T-1'])
    expect([pair, one].map((answer) => answer?.verdict)).toEqual(['complete', 'complete'])
    expect(none?.verdict).toBe('wrongItem')
  })

  it('is found by its SKU, on the list and at the bench', async () => {
    await importKits(station, [['NAMELESS', 'TEA', 2]])
    await importOrders(station, [{ number: 'O-9', lines: [['NAMELESS', 1]] }])
    const { rows } = await station.desk.call('orders.list', { find: 'NAMELESS', offset: 0, limit: 10 })
    expect(rows.map((row) => row.number)).toEqual(['O-9'])
    const answers = await scanAll(station, ['O-9', 'NAMELESS'])
    expect(answers.map(told)).toEqual(['opened', 'complete'])
    expect(answers[1]?.scanned).toMatchObject({ sku: 'NAMELESS', title: 'goods NAMELESS' })
  })

  it('says on the packing slip what the shop sold', async () => {
    await importOrders(station, [order(1)])
    const [wave] = (await plan(station)).waves
    const file = await station.desk.call('waves.packingSlips', {
      id: wave?.id ?? '',
      paper: 'A5',
      language: 'en',
    })
    const { base64 } = await station.desk.call('files.read', { id: file.id, offset: 0, length: 1_000_000 })
    const text = (await pdfTexts(Buffer.from(base64, 'base64'))).join('')
    expect(text.replaceAll(/\s/g, '').split('partofkitGiftbox×1')).toHaveLength(3)
  })
})

describe('the made-up day', () => {
  it('holds kits, of goods that the warehouse has', async () => {
    const demo = await openStation()
    await demo.desk.call('app.demo', { job: randomUUID(), orders: 30 })
    const sold = demo.sql<{ sku: string; orders: number }>(
      'SELECT sku, count(*) AS orders FROM order_kit GROUP BY sku ORDER BY sku',
    )
    expect(sold).toEqual([
      { sku: 'TZ-001', orders: 4 },
      { sku: 'TZ-002', orders: 2 },
    ])
    expect((await plan(demo)).leftOut).toEqual([])
    expect(faults(demo)).toEqual([])
    await demo.close()
  })
})

describe('the label of a box with a kit', () => {
  it('names its parts as the catalogue does', async () => {
    await station.close()
    const contents: (readonly string[])[] = []
    const labelPress = {
      ...plainPress,
      render: (...label: Parameters<typeof plainPress.render>) => {
        if ('contents' in label[0]) contents.push(label[0].contents)
        return plainPress.render(...label)
      },
    }
    station = await openStation({ labelPress })
    await stockWarehouse(station)
    await importKits(station, gift)
    await importOrders(station, [order(1)])
    const box = ['O-1', codes.red, codes.tea, codes.tea, codes.blue]
    expect((await scanAll(station, box)).at(-1)?.verdict).toBe('complete')
    expect(contents).toEqual([['RED Red cup ×1', 'TEA Green tea ×2', 'BLUE goods BLUE ×1']])
  })
})
