import { afterEach, beforeEach, expect, it } from 'vitest'
import { createLabelPress } from '#electron/labels/index.ts'
import {
  codes,
  importOrders,
  openStation,
  orderByNumber,
  scanAll,
  type Station,
  stockWarehouse,
} from '#test/support/station.ts'

/** A courier reads the receiver from the paper: what is not whole there is told, and printed all the same. */
let station: Station
beforeEach(async () => {
  station = await openStation({ labelPress: createLabelPress() })
  await stockWarehouse(station)
  await station.desk.call('packing.setBench', { bench: 'Bench 1', checkLabel: true })
})
afterEach(() => station.close())

const onBench = async () => (await station.desk.call('packing.bench', { bench: 'Bench 1' })).label

/** What the order's story says of its label when it was drawn. */
async function drawn(number: string, address: string): Promise<string | undefined> {
  await importOrders(station, [{ number, lines: [['RED', 1]], address }])
  await scanAll(station, [number, codes.red])
  const { id } = await orderByNumber(station, number)
  const story = await station.desk.call('orders.story', { id })
  expect(story?.events.map(({ code }) => code)).toContain('sent')
  return story?.events.find(({ kind, code }) => kind === 'label' && code === 'rendered')?.text
}

it('says nothing of a label that has all of it', async () => {
  expect(await drawn('I-1', '浙江省杭州市余杭区文一西路969号5幢1801室')).not.toContain(' · ')
  expect((await onBench())?.notWhole).toBe('')
})

it('tells an address that was cut to fit, on the bench too', async () => {
  expect(await drawn('I-2', `${'浙江省杭州市'.repeat(90)}88号`)).toMatch(/ · incomplete: receiver\.address$/)
  expect(await onBench()).toMatchObject({ notWhole: 'incomplete: receiver.address' })
})

it('tells characters that no font has, and keeps them out of the ledger', async () => {
  const text = await drawn('I-3', 'Gulou Road شارع 5')
  expect(text).toMatch(/ · incomplete: receiver\.address$/)
  expect(JSON.stringify(station.sql('SELECT * FROM label_event'))).not.toMatch(/[\u0600-\u06ff]/)
})
