import childProcess from 'node:child_process'
import dns from 'node:dns'
import fs from 'node:fs'
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLabelPress } from '#electron/labels/index.ts'
import { exampleLayout } from '#test/support/layouts.ts'
import { harmlessFiles, refusedFiles } from '#test/support/hostile-layouts.ts'
import { bitsOfPng, readByZxing } from '#test/support/label-reader.ts'
import {
  codes,
  importOrders,
  openStation,
  orderByNumber,
  scan,
  type Station,
  stockWarehouse,
} from '#test/support/station.ts'

const press = createLabelPress()
let station: Station
beforeEach(async () => {
  station = await openStation({ labelPress: press, realPrinters: true })
  await stockWarehouse(station)
})
afterEach(() => station.close())

const list = async () => (await station.desk.call('layouts.list', {})).layouts
const own = async () => (await list()).filter(({ id }) => id !== null).map(({ name }) => name)
const printerOf = async () => {
  const [printer] = (await station.desk.call('devices.printers', {})).printers
  if (printer === undefined) throw new Error('no printer')
  const { id, name } = printer
  const simulated = { transport: 'simulated', address: 'Paperless', language: 'zpl', dpi: 203 } as const
  await station.desk.call('devices.savePrinter', { id, name, ...simulated, widthMm: 100, heightMm: 150 })
  return printer
}
/** What the simulated printer put out last. */
const paper = async () => {
  const [newest] = (await station.desk.call('labels.simulated', { limit: 1 })).labels
  return Buffer.from(newest?.png ?? '', 'base64')
}
const codeOf = async (what: string) => {
  const result = await station.desk.ask('layouts.import', { text: what })
  return result.ok ? 'ok' : result.error.code
}

/** Ways out of the program; each call is written down and still done. */
function watchWaysOut(): { readonly calls: string[]; stop(): void } {
  const calls: string[] = []
  const doors: readonly (readonly [object, readonly string[]])[] = [
    [
      fs,
      [
        'open',
        'openSync',
        'readFile',
        'readFileSync',
        'createReadStream',
        'readdirSync',
        'statSync',
        'existsSync',
        'lstatSync',
      ],
    ],
    [fs.promises, ['open', 'readFile', 'readdir', 'stat']],
    [net, ['connect', 'createConnection']],
    [net.Socket.prototype, ['connect']],
    [http, ['request', 'get']],
    [dns, ['lookup', 'resolve']],
    [childProcess, ['spawn', 'spawnSync', 'exec', 'execFile', 'fork']],
    [globalThis, ['fetch']],
  ]
  const undo = doors.flatMap(([room, names]) =>
    names.map((name) => {
      const before = Reflect.get(room, name) as (...args: unknown[]) => unknown
      Reflect.set(room, name, function watched(this: unknown, ...args: unknown[]) {
        calls.push(`${name} ${String(args[0])}`)
        return Reflect.apply(before, this, args)
      })
      return () => Reflect.set(room, name, before)
    }),
  )
  syncBuiltinESMExports()
  return {
    calls,
    stop: () => {
      for (const one of undo) one()
      syncBuiltinESMExports()
    },
  }
}

describe('a layout file from a stranger', () => {
  it('is kept out when anything about it is not a layout, and says where', async () => {
    expect(refusedFiles.length).toBeGreaterThanOrEqual(40)
    for (const { about, text } of refusedFiles) {
      const started = performance.now()
      const code = await codeOf(text)
      expect(code, about).toMatch(/^(layout\w+|rpc\.input)$/)
      expect(performance.now() - started, about).toBeLessThan(1000)
    }
    expect(await own()).toEqual([])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('can name commands, addresses and paths in its words: they become ink', async () => {
    for (const { about, text } of harmlessFiles) expect(await codeOf(text), about).toBe('ok')
    expect((await own()).length).toBe(harmlessFiles.length)
  })

  it('opens no file and asks no network, neither when it is read nor when it is drawn', async () => {
    press.warm()
    await station.desk.call('layouts.preview', { layout: 'courier-100x150', of: '', dpi: 203 })
    const watch = watchWaysOut()
    try {
      for (const { text } of [...refusedFiles, ...harmlessFiles]) await codeOf(text)
      for (const name of await own())
        await station.desk.call('layouts.preview', { layout: name, of: '', dpi: 203 })
      expect(watch.calls).toEqual([])
      const files = refusedFiles.length + harmlessFiles.length
      console.log(`figure: B7.reached 0 network calls and 0 files by ${files} hostile layouts`)
      // The watch sees what there would be to see.
      fs.readFileSync('/dev/null')
      fs.existsSync('/dev/null')
      net.connect(9, '127.0.0.1').on('error', () => undefined)
      expect(watch.calls.length).toBeGreaterThanOrEqual(3)
    } finally {
      watch.stop()
    }
  })
})

describe('the layouts of a bench', () => {
  it('are the seven ready ones, which nobody can take the name of or remove', async () => {
    expect((await list()).map(({ name, id }) => [name, id])).toEqual([
      ['courier-100x150', null],
      ['courier-100x180', null],
      ['courier-76x130', null],
      ['courier-a6', null],
      ['product-60x40', null],
      ['location-40x30', null],
      ['slip-80', null],
    ])
    const taken = await station.desk.ask('layouts.save', { layout: exampleLayout({ name: 'courier-a6' }) })
    expect(taken).toMatchObject({ ok: false, error: { code: 'nameTaken' } })
  })

  it('go out as a file and come in again under a name that is free', async () => {
    const { text, file } = await station.desk.call('layouts.export', { name: 'product-60x40' })
    expect(file).toBe('product-60x40.label.json')
    expect((await station.desk.call('layouts.import', { text })).name).toBe('product-60x40 2')
    expect((await station.desk.call('layouts.import', { text })).name).toBe('product-60x40 3')
    const marked = await station.desk.call('layouts.import', { text: `\uFEFF${text}` }) // as editors on Windows save it
    expect(marked.name).toBe('product-60x40 4')
    const again = await station.desk.call('layouts.get', { name: 'product-60x40 3' })
    expect(again?.layout).toEqual({ ...JSON.parse(text), name: 'product-60x40 3' })
  })

  it('keep what was changed, under another name as well, and printers follow', async () => {
    const printer = await printerOf()
    const { id } = await station.desk.call('layouts.save', { layout: exampleLayout() })
    await station.desk.call('layouts.use', { printer: printer.id, layout: 'Mine' })
    await station.desk.call('layouts.save', { id, layout: exampleLayout({ name: 'Ours' }) })
    expect((await list()).find((one) => one.id === id)).toMatchObject({
      name: 'Ours',
      printers: [printer.name],
    })
    expect(await station.desk.ask('layouts.remove', { id })).toMatchObject({ error: { code: 'layoutInUse' } })
    await station.desk.call('layouts.use', { printer: printer.id, layout: null })
    await station.desk.call('layouts.remove', { id })
    expect(await own()).toEqual([])
  })

  it('stay what they are of while a printer prints with them', async () => {
    const printer = await printerOf()
    const { id } = await station.desk.call('layouts.save', { layout: exampleLayout() })
    await station.desk.call('layouts.use', { printer: printer.id, layout: 'Mine' })
    const slip = exampleLayout({
      kind: 'slip',
      name: 'Slip',
      items: [{ kind: 'qr', field: 'orderNumber', at: [30, 50, 40, 40] }],
    })
    const answer = await station.desk.ask('layouts.save', { id, layout: slip })
    const params = { printer: printer.name }
    expect(answer).toMatchObject({ ok: false, error: { code: 'layoutKindUsed', params } })
    expect((await list()).find((one) => one.id === id)).toMatchObject({ name: 'Mine', kind: 'shipping' })
    await station.desk.call('layouts.use', { printer: printer.id, layout: null })
    await station.desk.call('layouts.save', { id, layout: slip })
    expect((await list()).find((one) => one.id === id)).toMatchObject({ name: 'Slip', kind: 'slip' })
  })

  it('saved in two windows keep what was saved first, and the other window is told', async () => {
    const { id } = await station.desk.call('layouts.save', { layout: exampleLayout() })
    const over = (await station.desk.call('layouts.get', { name: 'Mine' }))?.at ?? ''
    const larger = (side: number) =>
      exampleLayout({ items: [{ kind: 'qr', field: 'waybill', at: [10, 10, side, side] }] })
    station.clock.forward(1)
    // Twice the same is no quarrel.
    for (const layout of [larger(50), larger(50)])
      await station.desk.call('layouts.save', { id, over, layout })
    expect(await station.desk.ask('layouts.save', { id, over, layout: larger(60) })).toMatchObject({
      error: { code: 'layoutChanged', params: { name: 'Mine' } },
    })
    const now = await station.desk.call('layouts.get', { name: 'Mine' })
    expect(now?.layout).toEqual(larger(50))
    await station.desk.call('layouts.save', { id, over: now?.at ?? '', layout: larger(60) })
    expect((await station.desk.call('layouts.get', { name: 'Mine' }))?.layout).toEqual(larger(60))
  })

  it('with a fault are told by the item and not kept', async () => {
    const off = exampleLayout()
    off.items.push({ kind: 'words', words: 'x', at: [90, 0, 20, 5], size: [3, 3] })
    const answer = await station.desk.ask('layouts.save', { layout: off })
    expect(answer).toMatchObject({ ok: false, error: { code: 'layoutOutside', params: { item: 2 } } })
    expect(await own()).toEqual([])
  })
})

describe('a printer with a layout of its own', () => {
  it('prints courier labels with it, and the preview shows the same dots', async () => {
    const printer = await printerOf()
    await station.desk.call('layouts.save', { layout: exampleLayout() })
    await station.desk.call('layouts.use', { printer: printer.id, layout: 'Mine' })
    await importOrders(station, [{ number: 'L-1', lines: [['RED', 1]] }])
    await scan(station, 'L-1')
    const { label } = await scan(station, codes.red)
    const printed = await paper()
    expect(await readByZxing(printed)).toEqual([{ kind: 'qr', text: label?.waybill }])
    const preview = await station.desk.call('layouts.preview', { layout: 'Mine', of: 'L-1', dpi: 203 })
    expect(bitsOfPng(Buffer.from(preview.png, 'base64'))).toEqual(bitsOfPng(printed))
    // The receiver was seen in clear: it is written down, once for one look.
    await station.desk.call('layouts.preview', { layout: 'courier-a6', of: 'L-1', dpi: 203 })
    await station.desk.call('layouts.preview', { layout: 'Mine', of: '', dpi: 203 })
    const looks = () => station.sql("SELECT subject FROM audit WHERE act = 'label.look'")
    const { id } = await orderByNumber(station, 'L-1')
    expect(looks()).toEqual([{ subject: id }])
    station.clock.forward(10)
    await station.desk.call('layouts.preview', { layout: 'Mine', of: 'L-1', dpi: 203 })
    expect(looks()).toEqual([{ subject: id }, { subject: id }])
  })

  it('takes none that has no waybill', async () => {
    const printer = await printerOf()
    const answer = await station.desk.ask('layouts.use', { printer: printer.id, layout: 'product-60x40' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'layoutNoWaybill' } })
  })

  it('is saved with no other than a courier layout that is there', async () => {
    const { id, name } = await printerOf()
    await station.desk.call('layouts.save', {
      layout: exampleLayout({
        kind: 'slip',
        items: [{ kind: 'qr', field: 'orderNumber', at: [30, 50, 40, 40] }],
      }),
    })
    const at = { transport: 'simulated', address: 'Paperless', language: 'zpl', dpi: 203 } as const
    const save = async (layout: string | null) => {
      const paper = { widthMm: 100, heightMm: 150 }
      const answer = await station.desk.ask('devices.savePrinter', { id, name, ...at, ...paper, layout })
      return answer.ok ? answer.value.layout : answer.error.code
    }
    expect(await save('nothing')).toBe('layoutUnknown')
    expect(await save('Mine')).toBe('layoutNoWaybill')
    expect(await save('product-60x40')).toBe('layoutNoWaybill')
    expect(await save('courier-a6')).toBe('courier-a6')
    expect(await save(null)).toBe(null)
  })
})

describe('one label', () => {
  it('of a product, a shelf or an order goes to the printer by what it is of', async () => {
    const printer = await printerOf()
    await importOrders(station, [{ number: 'L-2', lines: [['RED', 1]] }])
    const print = async (layout: string, of: string) => {
      const answer = await station.desk.call('layouts.printOne', {
        layout,
        of,
        printer: printer.id,
        copies: 2,
      })
      expect(answer.outcome).toMatch(/sent|printed/)
      return (await readByZxing(await paper())).map(({ text }) => text)
    }
    expect(await print('product-60x40', 'RED')).toEqual([codes.red])
    expect(await print('product-60x40', codes.red6)).toEqual([codes.red6])
    expect(await print('location-40x30', 'A-01-02')).toEqual(['A-01-02'])
    expect(await print('slip-80', 'L-2')).toEqual(['L-2'])
  })

  it('says what is not there and prints no courier label past the ledger', async () => {
    const printer = await printerOf()
    const code = async (layout: string, of: string) => {
      const answer = await station.desk.ask('layouts.printOne', {
        layout,
        of,
        printer: printer.id,
        copies: 1,
      })
      return answer.ok ? 'ok' : answer.error.code
    }
    expect(await code('product-60x40', 'NOTHING')).toBe('labelOfNothing')
    expect(await code('nothing', 'RED')).toBe('layoutUnknown')
    expect(await code('courier-a6', 'RED')).toBe('layoutOfLedger')
  })
})
