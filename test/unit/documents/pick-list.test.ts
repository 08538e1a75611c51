import { describe, expect, it } from 'vitest'
import { createDocumentPress } from '#electron/documents/index.ts'
import type { DocumentLanguage, PickListDocument } from '#electron/ports/document-press.ts'
import { pdfBarcodes, pdfPages, pdfTexts } from '#test/support/pdf-reader.ts'
import { chineseName, wave } from './papers.ts'
import { expectWellSet } from './well-set.ts'

const press = createDocumentPress()
const plain = (text: string) => text.replaceAll(/\s+/g, '')
const papers = [
  ['A4', 'zh-CN'],
  ['A4', 'en'],
  ['80mm', 'zh-CN'],
  ['80mm', 'en'],
] as const

async function texts(list: PickListDocument, paper: 'A4' | '80mm', language: DocumentLanguage) {
  return (await pdfTexts(await press.pickList(list, paper, language))).map(plain)
}

/** Everything that a list can say at once. */
const full = wave(
  20,
  {
    revision: 2,
    part: { part: 1, parts: 2 },
    notes: ['加急订单 351530009999 并入', 'A-01-04 缺 1 件'],
    labels: 'reversed',
    units: 1,
  },
  { blocks: 2, ways: true, idle: 1 },
)

describe('what a pick list says', () => {
  const said = {
    'zh-CN': [
      '拣货单',
      '多件波次',
      '第2版，替换之前的单子',
      '1/2两人分拣',
      '承诺发货',
      '2026-07-2416:30',
      '路线',
      '走412米',
      '拣货人',
      '王小明',
      '面单倒序叠放：最上面一张是最后一单',
      '加急订单351530009999并入',
      '货架',
      '商品',
      '格口×件数',
      '数量',
      '缺货',
      'A区·01巷',
      '图上往上',
      '图上往右，再往下',
      '重物',
      '易碎',
      '停下拣货，号码同单上的圆圈',
      '起点',
      '终点',
      '打包台3',
      '单行',
      '不通',
      '合计20行',
      '注意：本单列出',
      '完成时间',
      '格口条码',
      '无货位',
      '未进入本波次的订单（1）',
      '打印2026-07-2414:02',
      '顺丰速运',
      '5米',
    ],
    en: [
      'Pick list',
      'Multi-item wave',
      'Revision 2, replaces earlier lists',
      'Part 1/2, two pickers',
      'Ship by',
      'Route',
      'Walk 412 m',
      'Picked by',
      '王小明',
      'Labels are stacked in reverse: the top label is of the last order',
      'Shelf',
      'Item',
      'Slot × units',
      'Qty',
      'Short',
      'Zone A · Aisle 01',
      'on the map up',
      'on the map right, then down',
      'HEAVY',
      'FRAGILE',
      'stop and pick, numbered as in the list',
      'Start',
      'Drop',
      'one way',
      'closed',
      'Total 20 lines',
      'Note: this list has',
      'Finished at',
      'Slot barcodes',
      'No shelf',
      'Orders left out of this wave (1)',
      '5 m',
      'Printed 2026-07-24 14:02',
    ],
  } as const

  it.each(papers)('is all there, %s %s', async (paper, language) => {
    const all = (await texts(full, paper, language)).join('')
    const narrow = ['货架', '商品', '格口×件数', '数量', 'Shelf', 'Item', 'Slot × units', 'Qty', '5米', '5 m']
    for (const words of said[language]) {
      if (paper === '80mm' && narrow.includes(words)) continue // its columns have no heads, its map another scale
      expect(all, words).toContain(plain(words))
    }
  })

  it('tells that no floor is known, and turns nowhere', async () => {
    const stops = full.stops.map((stop) => ({ ...stop, number: null, turn: null }))
    const list = { ...full, walkM: null, map: null, stops }
    const chinese = (await texts(list, 'A4', 'zh-CN')).join('')
    expect(chinese).toContain('没有库房平面图：本单按货架编号排序')
    expect(chinese).not.toMatch(/图上|走\d+米|起点/)
    const english = (await texts(list, '80mm', 'en')).join('')
    expect(english).toContain(plain('No floor plan is known: this list follows the shelf codes'))
    expect(english).not.toContain(plain('on the map'))
  })

  it('says nothing of revisions, parts and reversed labels where there are none', async () => {
    const all = (await texts(wave(5), 'A4', 'zh-CN')).join('')
    expect(all).not.toMatch(/替换|分拣|倒序|注意/)
  })

  it('has the number of every stop in the list and on the map of its first page', async () => {
    const list = wave(40)
    const [first] = await pdfPages(await press.pickList(list, 'A4', 'zh-CN'))
    const onMap = (first?.words ?? []).filter(
      ({ left, top, bottom }) => left > 60 && top > 170 && bottom < 520,
    )
    const shown = new Set(onMap.map(({ text }) => text))
    const numbers = list.stops.flatMap(({ number }) => number ?? [])
    expect(numbers.filter((number) => shown.has(String(number))).length).toBeGreaterThan(30)
    const all = await texts(list, 'A4', 'zh-CN')
    for (const number of numbers) expect(all.join('')).toContain(String(number))
  })

  it('puts a map that would be too small before the list on the last page, and says where', async () => {
    const { map } = wave(240, {}, { blocks: 2, ways: false, idle: 0 })
    if (!map) throw new Error('no floor')
    const tall = {
      ...map,
      crossAisles: map.crossAisles.map((cross, at) => ({ ...cross, yMm: at * 60_000 })),
      stops: map.stops.map((stop) => ({ ...stop, yMm: stop.yMm * 6 })),
      path: map.path.map(([x, y]) => [x, y * 6] as const),
    }
    for (const language of ['zh-CN', 'en'] as const) {
      const pages = await texts(wave(30, { map: tall }), 'A4', language)
      const words =
        language === 'en' ? `Map of the route on page ${pages.length}` : `路线图在第 ${pages.length} 页`
      expect(pages[0]).toContain(plain(words))
      expect(pages.at(-1)).toContain(language === 'en' ? 'Start' : '起点')
      expect(pages[0]).not.toContain(language === 'en' ? 'Start' : '起点')
    }
  })

  it('tells a roll that cannot hold the floor where the map is', async () => {
    const list = wave(250)
    expect((await texts(list, '80mm', 'zh-CN')).join('')).toContain('A4拣货单上有')
    expect((await texts(list, '80mm', 'en')).join('')).toContain(plain('the A4 list has it'))
  })
})

describe('a pick list under strain', () => {
  const [one, two, three, four, five, ...rest] = wave(40).stops
  if (!one || !two || !three || !four || !five) throw new Error('too few stops')
  const strained = wave(40, {
    notes: Array.from({ length: 6 }, (_, at) => `加急订单 ${at} 并入：${chineseName(9 * at + 9)}`),
    picker: '欧阳'.repeat(5),
    part: { part: 12, parts: 15 },
    revision: 1234,
    walkM: 123_456,
    stops: [
      { ...one, name: '罕'.repeat(200), quantity: 99_999, mark: 'heavy', number: 4321 },
      { ...two, location: 'W'.repeat(80), sku: 'S'.repeat(80), barcode: '1'.repeat(80) },
      { ...three, slots: Array.from({ length: 120 }, (_, at) => ({ slot: at + 1, quantity: 99_999 })) },
      {
        ...four,
        name: '𠮷㐂鿫'.repeat(40),
        barcode: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
        mark: 'fragile',
      },
      { ...five, aisle: '很长的巷道名称'.repeat(9), slots: [{ slot: 12_345, quantity: 99_999 }] },
      ...rest.map((stop, at) => ({ ...stop, name: chineseName(9 * at) })),
    ],
  })

  it.each(papers)('cuts and covers nothing, %s %s', async (paper, language) => {
    const file = await press.pickList(strained, paper, language)
    expectWellSet(await pdfPages(file))
    const all = plain((await pdfTexts(file)).join(''))
    for (const stop of strained.stops) {
      if (!stop.name.startsWith('罕')) expect(all).toContain(plain(stop.name).slice(0, 6))
      expect(all).toContain(String(stop.quantity))
    }
    expect(all.split('罕').length - 1).toBe(200)
    expect(all.split('S').length - 1).toBeGreaterThanOrEqual(80)
    expect(all.split('W').length - 1).toBeGreaterThanOrEqual(80)
    expect(all).not.toContain('…')
  })

  it.each(['A4', '80mm'] as const)(
    'has every barcode readable on %s',
    { timeout: 120_000 },
    async (paper) => {
      const list = {
        ...strained,
        slots: Array.from({ length: 120 }, (_, at) => ({
          slot: at + 1,
          code: `PB-S-142-${at + 1}`,
          order: `3515300010${at}`,
          units: 1,
          courier: '顺丰速运',
        })),
      }
      const file = await press.pickList(list, paper, 'zh-CN')
      const read = new Set((await pdfBarcodes(file, paper === 'A4' ? 300 : 203)).flat())
      const units = list.stops.flatMap(({ barcode }) =>
        barcode !== null && barcode.length <= 13 ? barcode : [],
      )
      for (const code of [list.waveCode, ...list.slots.map(({ code }) => code), ...units])
        expect(read.has(code), code).toBe(true)
      if (paper === 'A4') expect(read.has('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')).toBe(true)
    },
  )

  it.each([
    ['500 stops', wave(500)],
    ['50 aisles with six cross aisles', wave(300, {}, { blocks: 5, ways: true, idle: 0 })],
    ['one aisle', wave(5)],
    ['a floor without a walk', wave(12, { map: { ...(wave(12).map ?? never()), path: [] } })],
    ['a single-item wave', wave(30, { kind: 'single', slots: [] })],
  ] as const)('is well set with %s', { timeout: 60_000 }, async (_, list) => {
    for (const paper of ['A4', '80mm'] as const)
      expectWellSet(await pdfPages(await press.pickList(list, paper, 'zh-CN')))
  })
})

function never(): never {
  throw new Error('no floor')
}
