import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { createLabelPress } from '#electron/labels/index.ts'
import type { FoundDevice } from '#electron/ports/device-finder.ts'
import type { PrinterAddress, SendOutcome } from '#electron/ports/label-printer.ts'
import type { ScaleListener, ScaleSettings } from '#electron/ports/scale.ts'
import type { ScannerListener, ScannerSettings } from '#electron/ports/scanner.ts'
import { printers as paperOf } from '#test/support/printers/index.ts'
import { freeName } from '#shared/support/free-name.ts'
import { pngOfBits, readByZxing } from '#test/support/label-reader.ts'
import {
  codes,
  importOrders,
  openStation,
  scan,
  type Station,
  type StationOptions,
  stockWarehouse,
} from '#test/support/station.ts'

let station: Station
const open = async (outside: StationOptions['outside'] = {}) => {
  station = await openStation({ outside })
  return station
}
afterEach(() => station.close())

const zebra = { vendor: 0x0a5f, product: 0x0081, serial: '50J154' }
const gprinter = { vendor: 0x6868, product: 0x0500, serial: '' }

/** A machine where things are plugged in and out by hand. */
function machine(...things: FoundDevice[]) {
  const state = { things, watchers: new Set<() => void>() }
  return {
    state,
    plug: (...now: FoundDevice[]) => {
      state.things = now
      for (const changed of state.watchers) changed()
    },
    finder: {
      find: () => Promise.resolve(state.things),
      watch: (changed: () => void) => {
        state.watchers.add(changed)
        return () => state.watchers.delete(changed)
      },
    },
  }
}

const usbPrinter = (more: Partial<Extract<FoundDevice, { kind: 'printer' }>> = {}): FoundDevice => ({
  kind: 'printer',
  name: 'Zebra Technologies ZTC ZD421-203dpi ZPL',
  transport: 'usbLp',
  address: 'usb:0a5f:0081:50J154',
  usb: zebra,
  ...more,
})
const find = async (at = station.desk) => (await at.call('devices.find', {})).found
const label = { language: 'zpl', widthMm: 100, heightMm: 150, dpi: 203 } as const

describe('what is found on the machine', () => {
  it('is listed by name, with the languages to try in order and what a thing is known again by', async () => {
    await open({
      deviceFinder: machine(
        usbPrinter(),
        usbPrinter({
          name: '/dev/usb/lp1',
          address: 'usb:6868:0500',
          usb: gprinter,
          deviceId: 'MFG:Gprinter;MDL:GP-1524D;CMD:TSPL;',
        }),
        usbPrinter({ name: 'Office', transport: 'cups', address: 'Office', usb: undefined } as never),
      ).finder,
    })
    const [first, second, third] = await find()
    expect(first).toMatchObject({
      kind: 'printer',
      name: 'Zebra Technologies ZTC ZD421-203dpi ZPL',
      bound: 'device',
      profile: 'zebra-zd',
      known: null,
    })
    expect(first?.guesses.map(({ language }) => language).slice(0, 2)).toEqual(['zpl', 'epl'])
    expect(first?.guesses[0]?.because).toBe('model')
    expect(second).toMatchObject({ name: 'Gprinter GP-1524D', bound: 'model', profile: 'gprinter' })
    expect(second?.guesses[0]?.language).toBe('tspl')
    expect(third).toMatchObject({ bound: 'place', profile: null })
    // Nothing is known of it: every language is offered, and none is said to be known.
    expect(third?.guesses.map(({ because }) => because)).toEqual(Array.from({ length: 5 }, () => 'common'))
  })

  it('is offered its queue’s driver first where nothing else is known, and alone where nothing else prints', async () => {
    const queue = (name: string, driver?: string) =>
      usbPrinter({ name, transport: 'cups', address: name, usb: undefined, driver } as never)
    await open({
      deviceFinder: machine(
        queue('Left', 'Brother QL-820NWB CUPS v1.0'),
        queue('DYMO_LabelWriter_450', 'DYMO LabelWriter 450'),
        queue('Office', 'HP LaserJet'),
        queue('Bench', 'ZDesigner ZD421-203dpi ZPL'),
        queue('Bytes'),
      ).finder,
    })
    const languages = (await find()).map(({ guesses }) => guesses.map(({ language }) => language))
    expect(languages.slice(0, 2)).toEqual([['driver'], ['driver']])
    expect(languages[2]?.[0]).toBe('driver')
    expect(languages[3]?.[0]).toBe('zpl')
    expect(languages[3]?.at(-1)).toBe('driver')
    expect(languages[4]).toHaveLength(5)
    expect(languages[4]).not.toContain('driver')
  })

  it('is one thing by whatever way, and the way that is set up', async () => {
    const both = [usbPrinter({ transport: 'usb' }), usbPrinter()]
    await open({ deviceFinder: machine(...both).finder })
    expect((await find()).map(({ way, known }) => [way, known])).toEqual([['usbLp', null]])
    const address = 'usb:0a5f:0081:50J154'
    await station.desk.call('devices.savePrinter', { name: 'Left', transport: 'usb', address, ...label })
    expect((await find()).map(({ way, known }) => [way, known])).toEqual([['usb', 'Left']])
  })

  it('is known whatever speed its port is set to', async () => {
    const port = usbPrinter({
      name: 'TSC TTP-244',
      transport: 'serial',
      address: 'COM3',
      usb: undefined,
    } as never)
    await open({ deviceFinder: machine(port).finder })
    const address = 'COM3@115200'
    await station.desk.call('devices.savePrinter', { name: 'Old', transport: 'serial', address, ...label })
    expect((await find()).map(({ kind, known }) => [kind, known])).toEqual([['printer', 'Old']])
  })

  it('says of a serial port what may be there', async () => {
    const port = {
      name: 'USB-Serial',
      address: 'usb:1a86:7523',
      usb: { vendor: 0x1a86, product: 0x7523, serial: '' },
    }
    const scanner = { vendor: 0x0c2e, product: 0x0b6a, serial: 'S1' }
    await open({
      deviceFinder: machine(
        { kind: 'printer', transport: 'serial', ...port },
        { kind: 'input', way: 'serial', ...port },
        {
          kind: 'printer',
          transport: 'serial',
          name: 'Honeywell',
          address: 'usb:0c2e:0b6a:S1',
          usb: scanner,
        },
        { kind: 'scanner', way: 'serial', name: 'Honeywell 1902', address: 'usb:0c2e:0b6a:S1', usb: scanner },
      ).finder,
    })
    expect((await find()).map(({ kind, name }) => [kind, name])).toEqual([
      ['input', 'USB-Serial'],
      ['scanner', 'Honeywell 1902'],
    ])
    await station.desk.call('packing.bench', { bench: 'Bench 1' })
    await station.desk.call('devices.saveInput', {
      name: 'Bench scale',
      kind: 'scale',
      way: 'serial',
      address: 'usb:1a86:7523',
      bench: 'Bench 1',
    })
    expect((await find())[0]?.known).toBe('Bench scale')
  })

  it('is announced when it changes, as long as a page looks', async () => {
    const { plug, state, finder } = machine()
    await open({ deviceFinder: finder })
    await find()
    expect(state.watchers.size).toBe(0)
    const page = station.page()
    const told: (readonly string[])[] = []
    page.session.subscribe((event) => event.type === 'changed' && told.push(event.topics))
    await find(page)
    await find(page)
    expect(state.watchers.size).toBe(1)
    told.length = 0
    plug(usbPrinter())
    expect(told).toEqual([['devices']])
    expect((await find(page)).length).toBe(1)
  })

  it('stays the same printer on another port', async () => {
    const { plug, finder } = machine(usbPrinter())
    const asked: PrinterAddress[] = []
    await open({
      deviceFinder: finder,
      openPrinter: (address) => {
        asked.push(address)
        return { status: async () => ({ kind: 'ready' }), send: async () => ({ kind: 'sent' }) }
      },
    })
    const [found] = await find()
    const { id } = await station.desk.call('devices.savePrinter', {
      name: 'Left',
      transport: 'usbLp',
      address: found?.address ?? '',
      ...label,
    })
    plug(usbPrinter({ name: 'Zebra Technologies ZD421' })) // the system has it at another port, under another path
    expect((await find())[0]?.known).toBe('Left')
    await station.desk.call('devices.testPrint', { id })
    expect(asked.map(({ address }) => address)).toEqual(['usb:0a5f:0081:50J154'])
  })
})

describe('trying languages', () => {
  /** Every job, with the language in which it was sent. */
  function paper(outcome: SendOutcome = { kind: 'sent' }) {
    const jobs: { readonly at: PrinterAddress; readonly bytes: Uint8Array }[] = []
    return {
      jobs,
      openPrinter: (at: PrinterAddress) => ({
        status: async () => ({ kind: 'ready' }) as const,
        send: async (bytes: Uint8Array) => {
          jobs.push({ at, bytes })
          return outcome
        },
      }),
    }
  }
  const at = { transport: 'tcp', address: '10.0.0.9:9100', dpi: 203 } as const

  it('sends one job per language and sets up nothing', async () => {
    const { jobs, openPrinter } = paper()
    station = await openStation({ labelPress: createLabelPress(), outside: { openPrinter } })
    for (const [index, language] of (['tspl', 'zpl', 'escpos', 'cpcl', 'epl'] as const).entries()) {
      const mark = 'ABCDE'[index] ?? ''
      const tried = await station.desk.call('devices.tryLanguage', { ...at, language, mark })
      expect(tried).toEqual({ outcome: 'sent', reason: '' })
      expect(jobs.length).toBe(index + 1)
      const job = jobs[index]
      expect(job?.at).toEqual({ transport: 'tcp', address: '10.0.0.9:9100', language })
      // Read by another's eyes: one picture, with much ink in the middle where the letter stands.
      const media = { widthMm: 60, heightMm: 30, dpi: 203 } as const
      const [page] = await paperOf[language](job?.bytes ?? new Uint8Array(), media)
      const ink = page === undefined ? 0 : inkIn(page.bitmap, 0.35, 0.65)
      expect(ink, language).toBeGreaterThan(3000)
    }
    expect((await station.desk.call('devices.printers', {})).printers).toEqual([])
  })

  it('draws a letter on small paper too, no larger than the paper', async () => {
    const { jobs, openPrinter } = paper()
    station = await openStation({ labelPress: createLabelPress(), outside: { openPrinter } })
    const small = { widthMm: 40, heightMm: 20, mark: 'A', language: 'zpl' } as const
    await station.desk.call('devices.tryLanguage', { ...at, ...small })
    const [page] = await paperOf.zpl(jobs[0]?.bytes ?? new Uint8Array(), { ...small, dpi: 203 })
    expect(page?.bitmap.width).toBeLessThanOrEqual(320)
    expect(page === undefined ? 0 : inkIn(page.bitmap, 0.35, 0.65)).toBeGreaterThan(1000)
  })

  it('says why nothing came', async () => {
    await open(paper({ kind: 'notSent', reason: 'refused the connection' }))
    const tried = await station.desk.call('devices.tryLanguage', { ...at, language: 'zpl', mark: 'A' })
    expect(tried).toEqual({ outcome: 'notSent', reason: 'refused the connection' })
  })

  it.each([
    [100, 150, 0],
    [100, 150, 90],
    [60, 40, 0],
    [40, 30, 0],
  ] as const)(
    'the test page fills %i × %i mm turned by %i and its code can be scanned',
    async (w, h, rotation) => {
      const { jobs, openPrinter } = paper()
      station = await openStation({ labelPress: createLabelPress(), outside: { openPrinter } })
      const { id } = await station.desk.call('devices.savePrinter', {
        name: '打包台 3',
        transport: 'tcp',
        address: '10.0.0.9:9100',
        language: 'zpl',
        dpi: 203,
        widthMm: w,
        heightMm: h,
        rotation,
      })
      await station.desk.call('devices.testPrint', { id })
      const [page] = await paperOf.zpl(jobs[0]?.bytes ?? new Uint8Array(), {
        widthMm: w,
        heightMm: h,
        dpi: 203,
      })
      if (page === undefined) throw new Error('no label')
      expect([page.bitmap.width, page.bitmap.height]).toEqual([w * 8, h * 8])
      // The frame is whole: ink near each of the four edges.
      for (const [from, to] of [
        [0, 0.06],
        [0.94, 1],
      ] as const)
        expect(inkIn(page.bitmap, from, to)).toBeGreaterThan(50)
      expect((await readByZxing(pngOfBits(page.bitmap))).map(({ text }) => text)).toEqual(['TEST-12'])
    },
  )
})

/** Black dots between two shares of the width. */
function inkIn({ width, height, bytesPerRow, data }: Bits, from: number, to: number): number {
  let dots = 0
  for (let y = 0; y < height; y += 1) {
    for (let x = Math.floor(width * from); x < Math.floor(width * to); x += 1) {
      if ((((data[y * bytesPerRow + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1) dots += 1
    }
  }
  return dots
}
interface Bits {
  readonly width: number
  readonly height: number
  readonly bytesPerRow: number
  readonly data: Uint8Array
}

describe('two of a kind without numbers', () => {
  it('are not set up beside one that would answer for both', async () => {
    await open()
    const scanner = { kind: 'scanner', way: 'hidPos', bench: null } as const
    const save = (name: string, address: string) =>
      station.desk.ask('devices.saveInput', { ...scanner, name, address })
    const first = await save('Any', 'usb:0c2e:0b61')
    const refused = { ok: false, error: { code: 'notToldApart', params: { name: 'Any' } } }
    expect(await save('Left', 'usb:0c2e:0b61@1-1')).toMatchObject(refused)
    if (!first.ok) throw new Error('not saved')
    await station.desk.call('devices.removeInput', first.value)
    for (const [name, socket] of [
      ['Left', '1-1'],
      ['Right', '1-2'],
    ] as const)
      expect(await save(name, `usb:0c2e:0b61@${socket}`)).toMatchObject({ ok: true })
    // The advice is another where the one that is there is told by its socket.
    expect(await save('Any', 'usb:0c2e:0b61')).toMatchObject({
      error: { code: 'socketMissing', params: { name: 'Left' } },
    })
    const printer = { transport: 'usbLp', ...label } as const
    await station.desk.call('devices.savePrinter', { ...printer, name: 'P', address: 'usb:0a5f:0164' })
    const second = { ...printer, name: 'Q', address: 'usb:0a5f:0164@1-2' }
    expect(await station.desk.ask('devices.savePrinter', second)).toMatchObject({
      error: { code: 'notToldApart', params: { name: 'P' } },
    })
  })

  it.each([
    ['usb:0c2e:0b61', 'usb:0c2e:0b61:SER', 'notToldApart'],
    ['usb:0c2e:0b61:SER', 'usb:0C2E:0B61:SER', 'inputTaken'],
    ['usb:0c2e:0b61@1-1', 'usb:0c2e:0b61:SER', 'socketMissing'],
    ['usb:0c2e:0b61:SER', 'usb:0c2e:0b61@1-1', 'notToldApart'],
  ])('one scanner is not set up twice, as %s and as %s', async (first, second, code) => {
    await open()
    for (const way of ['hidPos', 'serial', 'keyboard'] as const) {
      const save = (name: string, address: string) =>
        station.desk.ask('devices.saveInput', { kind: 'scanner', way, bench: null, name, address })
      expect(await save(`${way} once`, first)).toMatchObject({ ok: true })
      expect(await save(`${way} again`, second)).toMatchObject({
        error: { code, params: { name: `${way} once` } },
      })
    }
  })

  it('two of one model that can be told apart are two, and keep the one spelling of their addresses', async () => {
    await open()
    const scanner = { kind: 'scanner', way: 'hidPos', bench: null } as const
    for (const [index, address] of [
      'usb:0C2E:0B61:S1',
      'usb:0c2e:0b61:S2',
      'usb:0c2e:0b62@1-1',
      'usb:0C2E:0B62@1-2',
    ].entries())
      await station.desk.call('devices.saveInput', { ...scanner, name: `S${index}`, address })
    const { inputs } = await station.desk.call('devices.inputs', {})
    expect(inputs.map(({ address }) => address)).toEqual([
      'usb:0c2e:0b61:S1',
      'usb:0c2e:0b61:S2',
      'usb:0c2e:0b62@1-1',
      'usb:0c2e:0b62@1-2',
    ])
    const printer = { name: 'P', transport: 'usbLp', ...label } as const
    expect(
      await station.desk.call('devices.savePrinter', { ...printer, address: 'usb:0A5F:0081:50J154' }),
    ).toMatchObject({ address: 'usb:0a5f:0081:50J154' })
  })

  it('a scanner that was saved in another spelling before is the same one', async () => {
    const usb = { vendor: 0x0c2e, product: 0x0b61, serial: 'SER', socket: '1-1' }
    const scanner = { kind: 'scanner', way: 'hidPos' } as const
    await open({
      deviceFinder: machine({ ...scanner, name: 'Honeywell', address: 'usb:0c2e:0b61:SER', usb }).finder,
    })
    const mine = { ...scanner, name: 'Mine', bench: null, address: 'usb:0c2e:0b61:SER' }
    await station.desk.call('devices.saveInput', mine)
    const db = new Sqlite(join(station.dataDir, 'packbench.sqlite'))
    db.exec(`UPDATE input_device SET address = 'usb:0C2E:0B61:SER'`)
    db.close()
    expect((await find()).map(({ known }) => known)).toEqual(['Mine'])
    expect(await station.desk.ask('devices.saveInput', { ...mine, name: 'Again' })).toMatchObject({
      error: { code: 'inputTaken', params: { name: 'Mine' } },
    })
  })

  it('are known by their sockets, also while one of them is pulled out', async () => {
    const usb = { vendor: 0x0c2e, product: 0x0b61, serial: '' }
    const twin = (socket: string, address: string): FoundDevice => ({
      kind: 'scanner',
      way: 'hidPos',
      name: `In ${socket}`,
      address,
      usb: { ...usb, socket },
    })
    const place = machine(twin('1-1', 'usb:0c2e:0b61@1-1'), twin('1-2', 'usb:0c2e:0b61@1-2'))
    await open({ deviceFinder: place.finder })
    const known = async () => (await find()).map(({ address, known: name }) => [address, name])
    const scanner = { kind: 'scanner', way: 'hidPos', bench: null } as const
    for (const { address } of await find())
      await station.desk.call('devices.saveInput', { ...scanner, name: address.slice(-3), address })
    // Alone, the finder has no reason to name its socket.
    place.plug(twin('1-1', 'usb:0c2e:0b61'))
    expect(await known()).toEqual([['usb:0c2e:0b61@1-1', '1-1']])
    place.plug(twin('1-3', 'usb:0c2e:0b61'))
    expect(await known()).toEqual([['usb:0c2e:0b61@1-3', null]])
  })

  it('are two although one way sees both and the other only one of them', async () => {
    const usb = (socket: string) => ({ vendor: 0x0a5f, product: 0x0165, serial: '', socket })
    const twin = (transport: 'usb' | 'usbLp', socket: string, address: string) =>
      usbPrinter({ transport, name: 'Twin', address, usb: usb(socket) })
    await open({
      deviceFinder: machine(
        twin('usbLp', '1-2', 'usb:0a5f:0165'),
        twin('usb', '1-1', 'usb:0a5f:0165@1-1'),
        twin('usb', '1-2', 'usb:0a5f:0165@1-2'),
      ).finder,
    })
    expect((await find()).map(({ way, address }) => `${way} ${address}`)).toEqual([
      'usbLp usb:0a5f:0165@1-2',
      'usb usb:0a5f:0165@1-1',
    ])
  })

  it('are told apart on serial ports, whatever speed stands behind their addresses', async () => {
    await open()
    const save = (name: string, address: string) =>
      station.desk.ask('devices.savePrinter', { ...label, transport: 'serial', name, address })
    expect(await save('Slow', 'usb:1a86:7523')).toMatchObject({ ok: true })
    expect(await save('Fast', 'usb:1a86:7523@115200')).toMatchObject({ ok: true })
    expect(await save('Left', 'usb:1a86:7523@1-2@115200')).toMatchObject({ error: { code: 'notToldApart' } })
  })
})

it('no address has a control character, but for the serial number of a USB device', async () => {
  await open()
  const refused = { ok: false, error: { code: 'rpc.input', params: { field: 'address' } } }
  const printer = { name: 'P', transport: 'tcp', ...label } as const
  const scanner = { name: 'S', kind: 'scanner', way: 'serial', bench: null } as const
  for (const address of ['a\u0000b:9100', '/dev/a\nb', 'Queue\u009f']) {
    expect(await station.desk.ask('devices.savePrinter', { ...printer, address })).toMatchObject(refused)
    expect(await station.desk.ask('devices.saveInput', { ...scanner, address })).toMatchObject(refused)
  }
  const odd = { ...printer, transport: 'usb', address: 'usb:0a5f:0164:A\u0001B' } as const
  expect(await station.desk.ask('devices.savePrinter', odd)).toMatchObject({ ok: true })
})

describe('printers', () => {
  it('of a clone that cannot inflate are sent what they can read', async () => {
    await open()
    const arkscan = { transport: 'tcp', address: '10.0.0.9:9100', ...label } as const
    const saved = await station.desk.call('devices.savePrinter', {
      name: 'A',
      ...arkscan,
      profile: 'zpl-clone',
    })
    expect(saved.compression).toBe('acs')
    const other = await station.desk.call('devices.savePrinter', {
      name: 'B',
      ...arkscan,
      profile: 'zebra-zd',
    })
    expect(other.compression).toBe('z64')
  })

  it('can be removed; who used them has none then, and their labels still tell of them', async () => {
    await open()
    await stockWarehouse(station)
    const spare = await station.desk.call('devices.savePrinter', {
      name: 'Spare',
      transport: 'tcp',
      address: '10.0.0.9:9100',
      ...label,
    })
    const [main] = (await station.desk.call('devices.printers', {})).printers
    if (main === undefined) throw new Error('no printer')
    await station.desk.call('devices.savePrinter', { ...main, spare: spare.id })
    await station.desk.call('packing.setBench', { bench: 'Back', printer: 'Spare' })
    await station.desk.call('devices.removePrinter', { id: spare.id })
    const left = (await station.desk.call('devices.printers', {})).printers
    expect(left.map(({ name, spare: none }) => [name, none])).toEqual([['P1', null]])
    expect((await station.desk.call('packing.bench', { bench: 'Back' })).printer).toBeNull()

    await importOrders(station, [{ number: 'O-1', lines: [['RED', 1]] }])
    await scan(station, 'O-1')
    await scan(station, codes.red)
    const labelNow = async () => {
      const { rows } = await station.desk.call('labels.list', { offset: 0, limit: 5 })
      const [first] = rows
      if (first === undefined) throw new Error('no label')
      return first
    }
    const before = await labelNow()
    await station.desk.call('devices.removePrinter', { id: main.id })
    expect((await station.desk.call('devices.printers', {})).printers).toEqual([])
    expect((await station.desk.call('packing.bench', { bench: 'Bench 1' })).printer).toBeNull()
    expect(await labelNow()).toMatchObject({ id: before.id, state: before.state })
    expect(await station.desk.ask('devices.testPrint', { id: main.id })).toMatchObject({
      error: { code: 'printerUnknown' },
    })
    const [retired] = station.sql<{ name: string }>('SELECT name FROM printer')
    expect(
      await station.desk.ask('devices.savePrinter', {
        ...main,
        id: undefined,
        spare: null,
        name: retired?.name ?? '',
      }),
    ).toMatchObject({ error: { code: 'nameTaken' } })
    // Its successor may bear its name, and is removed in its turn.
    for (const _ of ['second', 'third']) {
      const next = await station.desk.call('devices.savePrinter', { ...main, id: undefined, spare: null })
      expect(next.id).not.toBe(main.id)
      expect((await station.desk.call('packing.bench', { bench: 'Bench 1' })).printer).toBe('P1')
      await station.desk.call('labels.reprint', { id: before.id, reason: 'damaged' })
      await station.desk.call('devices.removePrinter', { id: next.id })
    }
  })

  it('of one model are two: a name that is taken replaces nothing in the window, and names its printer on the command line', async () => {
    await open()
    const first = { name: 'ZD421', transport: 'tcp', address: '10.0.0.9:9100', ...label } as const
    const second = { ...first, address: '10.0.0.10:9100' }
    const page = station.page()
    const { id } = await page.call('devices.savePrinter', first)
    expect(await page.ask('devices.savePrinter', second)).toMatchObject({
      ok: false,
      error: { code: 'nameTaken', params: { name: 'ZD421' } },
    })
    const free = freeName('ZD421', ['ZD421'])
    await page.call('devices.savePrinter', { ...second, name: free })
    const set = async () =>
      (await page.call('devices.printers', {})).printers.map(({ name, address }) => `${name} ${address}`)
    expect(await set()).toEqual(['ZD421 10.0.0.9:9100', 'ZD421 2 10.0.0.10:9100'])
    expect(
      await station.desk.call('devices.savePrinter', { ...first, address: '10.0.0.11:9100' }),
    ).toMatchObject({ id })
    expect(await set()).toEqual(['ZD421 10.0.0.11:9100', 'ZD421 2 10.0.0.10:9100'])
  })

  it.each([
    ['', ['']],
    ['ZD421', []],
    ['ZD421 2', ['ZD421']],
    ['ZD421 3', ['ZD421', 'ZD421 2']],
    [`${'长'.repeat(58)} 2`, ['长'.repeat(60)]],
    [`${'A'.repeat(57)} 2`, [`${'A'.repeat(57)} BC`]],
  ])('are offered the free name %j beside %j', (free, taken) => {
    expect(freeName(taken[0] ?? 'ZD421', taken)).toBe(free)
  })

  it.each([
    ['tcp', '10.0.0.9', 'addressWrong'],
    ['usb', 'COM7', 'bindingWrong'],
    ['usbLp', '/home/packer/packbench.sqlite', 'bindingWrong'],
    ['usbLp', 'usb:zz:1', 'bindingWrong'],
    ['component', 'somebody', 'componentWrong'],
  ] as const)('an address that %s cannot take is refused: %s', async (transport, address, code) => {
    await open()
    const answer = await station.desk.ask('devices.savePrinter', { name: 'A', transport, address, ...label })
    expect(answer).toMatchObject({ ok: false, error: { code } })
  })

  it('print through a driver only where the system has a queue', async () => {
    await open()
    const printer = { ...label, name: 'A', address: '10.0.0.9:9100', language: 'driver' } as const
    const trial = { ...label, address: '10.0.0.9:9100', language: 'driver', mark: 'A' } as const
    for (const refused of [
      await station.desk.ask('devices.savePrinter', { ...printer, transport: 'tcp' }),
      await station.desk.ask('devices.tryLanguage', { ...trial, transport: 'tcp' }),
    ])
      expect(refused).toMatchObject({ ok: false, error: { code: 'driverNeedsQueue' } })
    const saved = await station.desk.call('devices.savePrinter', {
      ...printer,
      transport: 'cups',
      address: 'QL',
    })
    expect(saved).toMatchObject({ transport: 'cups', address: 'QL', language: 'driver' })
  })

  it('of a print component are asked for, and left alone when none is used', async () => {
    let closed = 0
    let answer: Awaited<
      ReturnType<ReturnType<NonNullable<NonNullable<StationOptions['outside']>['openComponent']>>['printers']>
    > = { kind: 'absent', reason: 'refused the connection' }
    await open({
      openComponent: () => ({
        printers: async () => answer,
        print: async () => ({ kind: 'sent' }),
        close: () => void (closed += 1),
      }),
    })
    const ask = () => station.desk.ask('devices.componentPrinters', { address: 'cainiao' })
    expect(await ask()).toMatchObject({ ok: false, error: { code: 'componentAbsent' } })
    answer = { kind: 'printers', printers: [{ name: 'KM-300', enabled: true, isDefault: true }] }
    expect(await ask()).toEqual({ ok: true, value: { printers: answer.printers } })
    expect(closed).toBe(2)
  })
})

describe('scanners and scales', () => {
  function inputs() {
    const opened: { settings: ScannerSettings; heard: ScannerListener; open: boolean }[] = []
    const scales: { settings: ScaleSettings; heard: ScaleListener; open: boolean }[] = []
    return {
      opened,
      scales,
      openScanner: (settings: ScannerSettings, heard: ScannerListener) => {
        const one = { settings, heard, open: true }
        opened.push(one)
        return { close: async () => void (one.open = false) }
      },
      openScale: (settings: ScaleSettings, heard: ScaleListener) => {
        const one = { settings, heard, open: true }
        scales.push(one)
        return { close: async () => void (one.open = false) }
      },
    }
  }
  const scanner = {
    name: 'Left',
    kind: 'scanner',
    way: 'serial',
    address: 'usb:0c2e:0b6a:S1',
    settings: { serial: { baud: 115_200, end: 'cr' } },
    bench: null,
  } as const

  it('are opened when they are saved, opened anew when they change, and closed when they are removed', async () => {
    const { opened, ...outside } = inputs()
    await open(outside)
    const { id } = await station.desk.call('devices.saveInput', scanner)
    expect(opened.map(({ settings, open: is }) => [settings, is])).toEqual([
      [{ way: 'serial', address: 'usb:0c2e:0b6a:S1', serial: { baud: 115_200, end: 'cr' } }, true],
    ])
    await station.desk.call('devices.saveInput', {
      ...scanner,
      id,
      name: 'Right',
      settings: { serial: { baud: 9600 } },
    })
    expect(opened.map(({ open: is, settings }) => [is, settings.serial?.baud])).toEqual([
      [false, 115_200],
      [true, 9600],
    ])
    await station.desk.call('devices.removeInput', { id })
    expect(opened.map(({ open: is }) => is)).toEqual([false, false])
    expect((await station.desk.call('devices.inputs', {})).inputs).toEqual([])
  })

  it('show how they are linked and what they said last', async () => {
    const { opened, scales, ...outside } = inputs()
    await open(outside)
    await station.desk.call('devices.saveInput', scanner)
    await station.desk.call('packing.bench', { bench: 'Bench 1' })
    await station.desk.call('devices.saveInput', {
      name: 'Scale',
      kind: 'scale',
      way: 'hidScale',
      address: 'usb:0922:8003',
      bench: 'Bench 1',
    })
    const show = async () => (await station.desk.call('devices.inputs', {})).inputs
    expect((await show()).map(({ link }) => link.kind)).toEqual(['waiting', 'waiting'])
    opened[0]?.heard.link({ kind: 'open' })
    opened[0]?.heard.scan({ text: '6901234567892', aim: ']E0' })
    scales[0]?.heard.link({ kind: 'open' })
    scales[0]?.heard.reading({ kind: 'weight', grams: 812, stable: true, tareGrams: 0 })
    expect(await show()).toMatchObject([
      { name: 'Left', link: { kind: 'open' }, last: { text: '6901234567892' }, weight: null },
      {
        name: 'Scale',
        link: { kind: 'open' },
        last: null,
        weight: { kind: 'weight', grams: 812, stable: true },
      },
    ])
    opened[0]?.heard.link({ kind: 'gone', reason: 'was unplugged' })
    scales[0]?.heard.link({ kind: 'gone', reason: 'was unplugged' })
    expect(await show()).toMatchObject([
      { link: { kind: 'gone', reason: 'was unplugged' } },
      { link: { kind: 'gone', reason: 'was unplugged' }, weight: null },
    ])
  })

  it('say nothing where nothing was scanned: the rest of a suffix, the noise of a plug', async () => {
    const { opened, ...outside } = inputs()
    await open(outside)
    await station.desk.call('devices.saveInput', scanner)
    const heard: string[] = []
    station.page().session.subscribe((event) => event.type === 'scanned' && heard.push(event.code))
    for (const text of ['\n', '\u0000', ' \t', 'SF1234567890123\n']) opened[0]?.heard.scan({ text })
    expect(heard).toEqual(['SF1234567890123\n'])
  })

  it('that weigh stand at one bench', async () => {
    const { scales, ...outside } = inputs()
    await open(outside)
    await station.desk.call('packing.bench', { bench: 'Bench 1' })
    const scale = { name: 'Scale', kind: 'scale', way: 'hidScale', address: 'usb:0922:8003' } as const
    const everywhere = await station.desk.ask('devices.saveInput', { ...scale, bench: null })
    expect(everywhere).toMatchObject({
      ok: false,
      error: { code: 'scaleNeedsBench', params: { name: 'Scale' } },
    })
    expect((await station.desk.call('devices.inputs', {})).inputs).toEqual([])
    const { id } = await station.desk.call('devices.saveInput', { ...scale, bench: 'Bench 1' })
    const freed = await station.desk.ask('devices.saveInput', { ...scale, id, bench: null })
    expect(freed).toMatchObject({ error: { code: 'scaleNeedsBench' } })
    expect((await station.desk.call('devices.inputs', {})).inputs).toMatchObject([{ bench: 'Bench 1' }])
    expect(scales).toHaveLength(1)
  })

  it.each([
    ['scanner', 'hidPos', 'banana'],
    ['scale', 'hidScale', 'usb:zz:1'],
  ] as const)('a %s is not set up as %s at %s, which no device is known by', async (kind, way, address) => {
    await open(inputs())
    await station.desk.call('packing.bench', { bench: 'Bench 1' })
    const answer = await station.desk.ask('devices.saveInput', {
      name: 'A',
      kind,
      way,
      address,
      bench: 'Bench 1',
    })
    expect(answer).toMatchObject({ ok: false, error: { code: 'bindingWrong', params: { address } } })
    expect((await station.desk.call('devices.inputs', {})).inputs).toEqual([])
  })

  it('are of a bench that there is, and of one name and one place', async () => {
    await open(inputs())
    const unknown = await station.desk.ask('devices.saveInput', { ...scanner, bench: 'Bench 9' })
    expect(unknown).toMatchObject({
      ok: false,
      error: { code: 'benchUnknown', params: { bench: 'Bench 9' } },
    })
    await station.desk.call('packing.bench', { bench: 'Bench 9' })
    await station.desk.call('devices.saveInput', { ...scanner, bench: 'Bench 9' })
    const twin = await station.desk.ask('devices.saveInput', { ...scanner, name: 'Other' })
    expect(twin).toMatchObject({ ok: false, error: { code: 'inputTaken', params: { name: 'Left' } } })
    const namesake = await station.desk.ask('devices.saveInput', { ...scanner, address: 'usb:0c2e:0b6a:S2' })
    expect(namesake).toMatchObject({ ok: false, error: { code: 'nameTaken' } })
  })
})
