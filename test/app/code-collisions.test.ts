import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commandCode } from '#shared/domain/packing/codes.ts'
import { checkDigit } from '#shared/domain/devices/codes/gtin.ts'
import {
  codes,
  csv,
  faults,
  importOrders,
  importText,
  openStation,
  plan,
  scan as scanAt,
  type Station,
  stockWarehouse,
  told,
} from '#test/support/station.ts'

/** Codes that mean two things, or one thing in two spellings: nothing is taken for what it may not be. */
let station: Station
beforeEach(async () => {
  station = await openStation()
  await stockWarehouse(station)
  await station.desk.call('packing.setBench', {
    bench: 'Bench 1',
    countdownMs: 0,
    errorsWait: false,
    checkLabel: false,
  })
})
afterEach(async () => {
  const found = faults(station)
  await station.close()
  expect(found).toEqual([])
})

const scan = (code: string, more: Parameters<typeof scanAt>[2] = {}) => scanAt(station, code, more)
const catalogue = (rows: readonly (readonly [string, string, string])[]) =>
  importText(station, 'catalog', csv([['sku', 'name', 'barcode'], ...rows]))
const choices = async (code: string) => (await scan(code)).choices.map(({ sku }) => sku)
const reasons = (made: Awaited<ReturnType<typeof importText>>) =>
  made.rejected.map(({ reason }) => reason.code)

describe('two products under one code', () => {
  it('are asked about where the SKU of one is the barcode of the other', async () => {
    await catalogue([
      ['2001', 'Blue lamp', '6911111111113'],
      ['LAMP-R', 'Red lamp', '2001'],
    ])
    await importOrders(station, [{ number: 'M-1', lines: [['LAMP-R', 1]] }])
    await scan('M-1')
    expect(await choices('2001')).toEqual(['LAMP-R', '2001'])
  })

  it('are asked about in whichever spelling of one number they stand, and by whichever it is scanned', async () => {
    await catalogue([
      ['UPC', 'One', '012345678905'],
      ['EAN', 'Other', '0012345678905'],
    ])
    await importOrders(station, [{ number: 'M-1', lines: [['UPC', 1]] }])
    await scan('M-1')
    for (const code of [
      '012345678905',
      '0012345678905',
      '00012345678905',
      '0100012345678905',
      'https://id.gs1.org/01/00012345678905',
    ]) {
      expect((await choices(code)).toSorted(), code).toEqual(['EAN', 'UPC'])
      await scan(commandCode('CANCEL'))
    }
  })

  it('a product whose barcode is its SKU as well is one', async () => {
    await catalogue([['6911111111113', 'Cup', '6911111111113']])
    await importOrders(station, [{ number: 'M-1', lines: [['6911111111113', 1]] }])
    await scan('M-1')
    expect(told(await scan('6911111111113'))).toBe('complete')
  })

  it('reads a number that a spreadsheet took the zeros from, and an ISBN with its hyphens', async () => {
    await catalogue([
      ['UPC', 'One', '12345678905'],
      ['BOOK', 'Book', '978-7-111-12345-9'],
    ])
    const isbn = `978711112345${checkDigit('978711112345')}`
    await catalogue([['BOOK', 'Book', `978-7-111-12345-${isbn.slice(-1)}`]])
    await importOrders(station, [
      {
        number: 'M-1',
        lines: [
          ['UPC', 2],
          ['BOOK', 1],
        ],
      },
    ])
    await scan('M-1')
    expect(told(await scan('012345678905'))).toBe('right')
    expect(told(await scan('0012345678905'))).toBe('right')
    expect(told(await scan(isbn))).toBe('complete')
  })
})

describe('a number of an order', () => {
  it('opens the order, and packs no other by its slip, where goods are called the same', async () => {
    await catalogue([['1001', 'Mug', '']])
    await importText(
      station,
      'stock',
      csv([
        ['sku', 'location', 'quantity'],
        ['1001', 'A-01-01', 50],
      ]),
    )
    await importOrders(station, [
      {
        number: '1001',
        lines: [
          ['RED', 1],
          ['1001', 1],
        ],
      },
      { number: 'M-2', lines: [['1001', 1]] },
    ])
    await plan(station)
    const opened = await scan('1001')
    expect([opened.verdict, opened.order?.number]).toEqual(['opened', '1001'])
    expect(told(await scan('1001'))).toBe('right') // with a box there it is the goods
    expect(station.sql('SELECT count(*) AS made FROM label')).toEqual([{ made: 0 }])
  })
})

describe("the bench's own codes", () => {
  it('are no barcodes, no order numbers, and no SKU by which goods would have to be scanned', async () => {
    const made = await catalogue([
      ['PB-W-1', 'White power bank', ''],
      ['BLACK', 'Black power bank', 'PB-W-2'],
      ['PB-W-3', 'Grey power bank', '6911111111113'],
      ['PB-1001', 'Green power bank', ''],
    ])
    expect(reasons(made)).toEqual(['ownCode', 'ownCode'])
    const orders = await importOrders(station, [
      { number: 'PB-CMD-VOID', lines: [['RED', 1]] },
      { number: 'PB-1001', lines: [['RED', 1]] },
    ])
    expect([reasons(orders), orders.created]).toEqual([['ownCode'], 1])
  })

  it('work with an AIM identifier before them, as do SKUs and order numbers', async () => {
    await station.desk.call('packing.setBench', { bench: 'Bench 1', errorsWait: true })
    await importOrders(station, [{ number: 'M-1', lines: [['RED', 2]] }])
    expect(told(await scan(']C0M-1'))).toMatch(/^opened/)
    expect(told(await scan('NO-SUCH'))).toBe('unknown unknownCode')
    expect(told(await scan(']C0PB-CMD-OK'))).toBe('command acknowledged')
    expect(told(await scan(']C0RED'))).toBe('right')
    expect(told(await scan(`]E0${codes.red}`))).toBe('complete')
    // And on a board, or where people sign in.
    const found = await station.desk.call('orders.list', { find: ']C0M-1', offset: 0, limit: 2 })
    expect(found.rows.map(({ number }) => number)).toEqual(['M-1'])
    await station.desk.call('operators.save', { name: 'Li', role: 'packer', pin: '135790' })
    const [li] = station.sql<{ badge: string }>('SELECT badge FROM operator')
    expect(await station.desk.call('operators.byBadge', { badge: `]C0${li?.badge}` })).toEqual({ name: 'Li' })
  })
})

describe('a GS1 code', () => {
  const a = '06900000000014'
  const b = '06911111111113'
  beforeEach(() =>
    catalogue([
      ['CUP', 'Cup', a.slice(1)],
      ['LAMP', 'Lamp', b.slice(1)],
    ]),
  )
  it('that says one thing twice and differently counts nothing', async () => {
    await importOrders(station, [
      {
        number: 'M-1',
        lines: [
          ['CUP', 3],
          ['LAMP', 1],
        ],
      },
    ])
    await scan('M-1')
    for (const code of [
      `01${a}1727123101${b}17271231`,
      `(01)${a}(17)271231(17)200101`,
      `https://id.gs1.org/01/${a}?17=271231&17=200101`,
    ])
      expect(told(await scan(code)), code).toBe('unknown unknownCode')
    // Said twice in the same words it is one thing.
    expect(told(await scan(`(01)${a}(10)A(10)A`))).toBe('right')
  })

  it('is read with STX and ETX around it', async () => {
    await importOrders(station, [{ number: 'M-1', lines: [['CUP', 2]] }])
    await scan('M-1')
    expect(told(await scan(`\u000201${a}17271231\u0003`))).toBe('right')
    expect(told(await scan(`\u001D01${a}10A7\u0003`))).toBe('complete')
    expect(station.sql('SELECT lot, expiry FROM unit_mark')).toEqual([
      { lot: null, expiry: '2027-12-31' },
      { lot: 'A7', expiry: null },
    ])
  })
})

describe('a label that the bench waits for', () => {
  const packed = async () => {
    await station.desk.call('packing.setBench', { bench: 'Bench 1', checkLabel: true })
    await importOrders(station, [
      { number: 'M-1', lines: [['RED', 1]] },
      { number: 'M-2', lines: [['RED', 1]] },
    ])
    await scan('M-1')
    return (await scan(codes.red)).label?.waybill ?? ''
  }

  it('is checked also where goods are called the same', async () => {
    const waybill = await packed()
    await catalogue([[waybill, 'Lamp', '']])
    expect(told(await scan(waybill))).toBe('right labelChecked')
  })

  it.each(['VOID', 'REPRINT'] as const)(
    'is waited for after %s was asked for and not done',
    async (command) => {
      const waybill = await packed()
      await scan(commandCode(command))
      expect(told(await scan(commandCode('NEXT')))).toBe('wrongItem scanLabelFirst')
      await scan(commandCode(command))
      expect(told(await scan('M-2'))).toBe('wrongItem scanLabelFirst')
      expect(told(await scan(waybill))).toBe('right labelChecked')
    },
  )
})

it('a scan that two benches hear counts at one of them, and the other is told so', async () => {
  await importOrders(station, [
    { number: 'M-1', lines: [['RED', 2]] },
    { number: 'M-2', lines: [['RED', 2]] },
  ])
  await scan('M-1')
  await scan('M-2', { bench: 'Bench 2' })
  expect(told(await scan(codes.red, { gesture: 'g' }))).toBe('right')
  const beside = { bench: 'Bench 2', mode: 'pack', gesture: 'g', code: codes.red } as const
  expect(await station.desk.ask('packing.scan', beside)).toMatchObject({
    ok: false,
    error: { code: 'countedElsewhere', params: { bench: 'Bench 1' } },
  })
  // Asked again at its own bench it is the same answer.
  expect(told(await scan(codes.red, { gesture: 'g' }))).toBe('right')
  expect(station.sql('SELECT sum(quantity) AS units FROM parcel_line')).toEqual([{ units: 1 }])
})

it('a label comes in its time when the clock was set back while it counted down', async () => {
  await station.desk.call('packing.setBench', { bench: 'Bench 1', countdownMs: 300 })
  await importOrders(station, [{ number: 'M-1', lines: [['RED', 1]] }])
  await scan('M-1')
  await scan(codes.red)
  station.clock.forward(-60)
  await station.restart()
  await expect
    .poll(() => station.sql('SELECT count(*) AS made FROM label'), { timeout: 5000 })
    .toEqual([{ made: 1 }])
})
