import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ComponentFault, type SimulatedComponent, startComponent } from '#scripts/simulate/component.ts'
import {
  codes,
  csv,
  importOrders,
  importText,
  openStation,
  scanAll,
  type Station,
  stockWarehouse,
} from '#test/support/station.ts'

let station: Station
let component: SimulatedComponent
let fault: ComponentFault | undefined
beforeEach(async () => {
  fault = undefined
  component = await startComponent({ platform: 'cainiao', port: 0, pace: 1, fault: () => fault })
  station = await openStation()
  await stockWarehouse(station, 0)
  const [printer] = station.sql<{ id: string }>('SELECT id FROM printer')
  await station.desk.call('devices.savePrinter', {
    id: printer?.id ?? '',
    name: 'P1',
    transport: 'component',
    address: `cainiao ${component.url}`,
    componentPrinter: '面单机',
    componentTemplate: 'https://templates.example/custom/7',
    language: 'zpl',
    widthMm: 100,
    heightMm: 150,
    dpi: 203,
  })
  const data = JSON.stringify({ encryptedData: 'x', signature: 'y', templateURL: 'https://t/1' })
  await importText(
    station,
    'waybills',
    csv([
      ['运单号', '电子面单数据', '平台', '订单号'],
      ['YT1', data, '菜鸟', 'O-1'],
      ['YT2', data, '菜鸟', 'O-2'],
      ['YT3', '', '', ''],
    ]),
    { courier: '圆通' },
  )
  await importOrders(
    station,
    ['O-1', 'O-2', 'O-3'].map((number) => ({ number, courier: '圆通', lines: [['TEA', 1]] as const })),
  )
})
afterEach(async () => {
  await station.close()
  await component.close()
})

const pack = (order: string) => scanAll(station, [order, codes.tea])
const ledger = () =>
  station.sql<{ waybill: string; state: string; prints: number }>(
    'SELECT waybill, state, prints FROM label ORDER BY id',
  )

it('a label of a component printer is printed by its component, with what the box holds under it', async () => {
  await pack('O-1')
  expect(ledger()).toEqual([{ waybill: 'YT1', state: 'printed', prints: 1 }])
  expect(component.printed).toEqual([
    { task: expect.stringMatching(/^[\da-f-]{36}-1$/) as string, document: 'YT1', printer: '面单机' },
  ])
  expect(component.received).toMatchObject([
    {
      task: {
        documents: [
          {
            contents: [
              { encryptedData: 'x', signature: 'y' },
              {
                templateURL: 'https://templates.example/custom/7',
                data: {
                  order: 'O-1',
                  bench: 'Bench 1',
                  items: expect.stringMatching(/^TEA .*×1$/) as string,
                },
              },
            ],
          },
        ],
      },
    },
  ])
})

it('a sealed waybill goes on the box of the order that it was made for, whichever is packed first', async () => {
  await pack('O-3')
  await pack('O-2')
  await pack('O-1')
  expect(ledger().map(({ waybill }) => waybill)).toEqual(['YT3', 'YT2', 'YT1'])
  expect(component.printed.map(({ document }) => document)).toEqual(['YT2', 'YT1'])
  expect(component.received).toMatchObject(
    ['O-2', 'O-1'].map((order) => ({ task: { documents: [{ contents: [{}, { data: { order } }] }] } })),
  )
})

it('what was sealed about an address is printed no more when the order has another, until it is brought again', async () => {
  const order = { number: 'O-1', courier: '圆通', lines: [['TEA', 1]] as const }
  await importOrders(station, [{ ...order, address: '浙江省杭州市西湖区文三路 9 号' }])
  await pack('O-1')
  expect(ledger()).toMatchObject([{ waybill: 'YT3', state: 'notSent' }])
  expect(component.received).toEqual([])
})

it('a waybill that the component refuses is sent once, and holds nothing up', async () => {
  fault = 'failAccept'
  await pack('O-1')
  fault = undefined
  await pack('O-2')
  // Each label that comes out wakes those that wait for the printer: this one waits for a person.
  expect(ledger()).toEqual([
    { waybill: 'YT1', state: 'notSent', prints: 1 },
    { waybill: 'YT2', state: 'printed', prints: 1 },
  ])
  expect(component.received).toHaveLength(2)
})

it('a number without print data goes to no component, and the ledger says why', async () => {
  await pack('O-1')
  await pack('O-2')
  await pack('O-3')
  expect(ledger()[2]).toEqual({ waybill: 'YT3', state: 'notSent', prints: 0 })
  expect(station.sql('SELECT reason FROM label_event ORDER BY id DESC LIMIT 1')).toEqual([
    { reason: 'noPrintData' },
  ])
  expect(component.received).toHaveLength(2)
})

it('a waybill of Douyin, which nobody signs for us, is refused by a word and goes nowhere', async () => {
  const shop = await startComponent({ platform: 'douyin', port: 0, pace: 1 })
  const [printer] = station.sql<{ id: string }>('SELECT id FROM printer')
  await station.desk.call('devices.savePrinter', {
    id: printer?.id ?? '',
    name: 'P1',
    transport: 'component',
    address: `douyin ${shop.url}`,
    componentPrinter: '面单机',
    language: 'zpl',
    widthMm: 100,
    heightMm: 150,
    dpi: 203,
  })
  const data = JSON.stringify({ encryptedData: 'x', signature: 'y', templateURL: 'https://t/1' })
  const rows = [
    ['运单号', '电子面单数据', '平台', '订单号'],
    ['DY1', data, '抖音', 'O-9'],
  ]
  await importText(station, 'waybills', csv(rows), { courier: '中通' })
  await importOrders(station, [{ number: 'O-9', courier: '中通', lines: [['TEA', 1]] as const }])
  await pack('O-9')
  expect(ledger()).toMatchObject([{ waybill: 'DY1', state: 'notSent' }])
  expect(station.sql('SELECT reason FROM label_event ORDER BY id DESC LIMIT 1')).toEqual([
    { reason: 'refused: noFreshParams' },
  ])
  expect(shop.received).toEqual([])
  await shop.close()
})

it('a task that the component took and lost is unknown, also after a restart', async () => {
  fault = 'crash'
  await pack('O-1')
  expect(ledger()).toEqual([{ waybill: 'YT1', state: 'unknown', prints: 1 }])
  fault = undefined
  await station.restart()
  await pack('O-2')
  expect(ledger()[0]).toEqual({ waybill: 'YT1', state: 'unknown', prints: 1 })
  expect(component.printed.map(({ document }) => document)).toEqual(['YT2'])
}, 30_000)
