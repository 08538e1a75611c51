import { describe, expect, it } from 'vitest'
import { createLabelPress } from '#electron/labels/index.ts'
import { layoutFaults } from '#shared/domain/labels/check-layout.ts'
import type { CodeItem, LabelLayout, LayoutItem } from '#shared/domain/labels/layout.ts'
import { readByZxing } from '#test/support/label-reader.ts'
import { someLabel } from '#test/support/labels.ts'

const of = (...items: LayoutItem[]): LabelLayout => ({
  name: 'x',
  kind: 'shipping',
  paper: [100, 150],
  items,
})
const code = (kind: CodeItem['kind'], at: CodeItem['at'], orElse?: CodeItem['kind']): CodeItem => ({
  kind,
  field: 'waybill',
  at,
  orElse,
})
const solid = (at: CodeItem['at']): LayoutItem => ({ kind: 'solid', at })
const told = (...items: LayoutItem[]) => layoutFaults(of(...items)).map(({ item, what }) => `${item} ${what}`)
const bars = code('code128', [5, 20, 90, 20])
const square = code('qr', [10, 50, 80, 40])

/** A black one. */
const onePixel = Buffer.from(
  createLabelPress().toPng({ width: 1, height: 1, bytesPerRow: 1, data: Uint8Array.of(0x80) }),
).toString('base64')

describe('a main code', () => {
  it('too small to be scanned is told', () => {
    const small = [
      code('code128', [5, 5, 90, 0.1]),
      code('code128', [5, 5, 40, 6.3]),
      code('code128', [5, 5, 90, 13.4]),
      code('code128', [5, 5, 16, 10]),
      code('ean13', [5, 5, 29, 20]),
      code('qr', [5, 5, 90, 7.3]),
      code('datamatrix', [5, 5, 3.5, 20]),
      // It is wide enough for bars, and no QR code comes in their place.
      code('code128', [5, 5, 60, 8], 'qr'),
    ]
    for (const item of small) expect(told(item), JSON.stringify(item)).toEqual(['1 layoutCodeSmall'])
  })

  it('large enough is told nothing of', () => {
    const enough = [
      code('code128', [5, 5, 40, 6.4]),
      code('code128', [5, 5, 90, 13.5]),
      code('code128', [0, 5, 100, 15]),
      code('ean13', [5, 5, 30, 10], 'code128'),
      code('ean13', [5, 5, 20, 10], 'code128'),
      code('qr', [5, 5, 7.4, 7.4]),
      code('code128', [5, 5, 16, 16], 'qr'),
      code('datamatrix', [5, 5, 3.6, 3.6]),
    ]
    for (const item of enough) expect(told(item), JSON.stringify(item)).toEqual([])
  })

  it('is told with a black area on it, drawn before or after', () => {
    const over = solid([0, 0, 100, 150])
    expect(told(bars, over)).toEqual(['1 layoutCodeCovered'])
    expect(told(over, bars)).toEqual(['2 layoutCodeCovered'])
    expect(told(bars, solid([40, 20, 10, 20]))).toEqual(['1 layoutCodeCovered'])
    expect(told(bars, solid([0, 26, 100, 8]))).toEqual(['1 layoutCodeCovered'])
    expect(told(bars, solid([0, 20, 100, 8]), solid([0, 24, 100, 8]))).toEqual(['1 layoutCodeCovered'])
    expect(told(square, solid([45, 65, 2, 2]))).toEqual(['1 layoutCodeCovered'])
    expect(told(square, { ...over, when: 'note' })).toEqual(['1 layoutCodeCovered'])
  })

  it('can be scanned with a black area beside it, or where it is not drawn itself', async () => {
    const touched: readonly LayoutItem[] = [solid([0, 19, 100, 2.5]), solid([0, 39.5, 100, 10])]
    expect(told(bars, ...touched)).toEqual([])
    expect(told(square, solid([10, 50, 15, 40]), solid([75, 50, 15, 40]))).toEqual([])
    expect(told(bars, { ...solid([0, 0, 100, 150]), unless: 'waybill' })).toEqual([])
    const press = createLabelPress()
    const drawn = (layout: LabelLayout) =>
      press.render(someLabel(), { widthMm: 100, heightMm: 150, dpi: 203 }, layout)
    for (const layout of [of(bars, ...touched), of(square, solid([10, 50, 15, 40]), solid([75, 50, 15, 40]))])
      expect((await readByZxing(press.toPng(drawn(layout).bitmap))).map(({ text }) => text)).toEqual([
        someLabel().waybill,
      ])
  })

  it('is told with anything else on it: lines, frames, a picture, another code', async () => {
    const lines = Array.from({ length: 50 }, (_, nth): LayoutItem => {
      return { kind: 'line', at: [10 + nth * 1.4, 20, 1, 20], line: 1 }
    })
    const frames = [0, 5, 10].map((off): LayoutItem => ({
      kind: 'frame',
      at: [5 + off, 20 + off / 2, 90 - 2 * off, 20 - off],
      line: 5,
    }))
    const other: LayoutItem = { ...bars, field: 'orderNumber' }
    const press = createLabelPress()
    for (const over of [lines, frames, [other]]) {
      expect(told(bars, ...over)).toEqual(['1 layoutCodeCovered'])
      // From outside: nothing reads it.
      const label = { ...someLabel(), orderNumber: 'A-1' }
      const drawn = press.render(label, { widthMm: 100, heightMm: 150, dpi: 203 }, of(bars, ...over))
      expect(await readByZxing(press.toPng(drawn.bitmap))).toEqual([])
    }
    expect(told(bars, { kind: 'image', at: [5, 20, 90, 20], png: onePixel })).toEqual(['1 layoutCodeCovered'])
    expect(told(bars, { kind: 'frame', at: [2, 18, 96, 24], line: 0.3 })).toEqual([])
    expect(told(bars, { kind: 'line', at: [0, 38.5, 100, 1], line: 0.3 })).toEqual([])
  })

  it('once as it should be is enough', () => {
    expect(told(code('code128', [5, 5, 90, 0.1]), square)).toEqual([])
    expect(told(bars, square, solid([0, 20, 100, 20]))).toEqual([])
  })
})

describe('a label with several main codes', () => {
  const press = createLabelPress()
  const drawn = (...items: LayoutItem[]) => {
    const media = { widthMm: 100, heightMm: 150, dpi: 203 } as const
    return press.render(someLabel({ waybill: 'SF1234567890123' }), media, of(...items))
  }
  const narrow = code('code128', [5, 100, 20, 20])
  const noEan = code('ean13', [5, 100, 60, 20])

  it.each([
    ['bars that are too narrow beside good ones', bars, narrow],
    ['too narrow ones in front', narrow, bars],
    ['a kind that its number does not go into', bars, noEan],
    ['that kind in front', noEan, bars],
    ['that kind beside a square', square, noEan],
  ])('is printed with %s, and one left out is told', async (_, ...items) => {
    expect(told(...items)).toEqual([])
    const { bitmap, refused, cut } = drawn(...items)
    expect([refused, cut]).toEqual([undefined, ['waybill']])
    const read = await readByZxing(press.toPng(bitmap))
    expect(read.map(({ text }) => text)).toEqual(['SF1234567890123'])
  })

  it('is refused where none is drawn that is scanned', () => {
    expect(drawn(narrow, noEan).refused).toBe('waybillTooLong')
    expect(drawn(noEan, narrow).refused).toBe('waybillCharacters')
    // The one that is drawn lies under black.
    expect(drawn(narrow, bars, solid([5, 15, 90, 30])).refused).toBe('waybillTooLong')
    // A laser reads no squares.
    expect(drawn(square, narrow).refused).toBe('waybillTooLong')
    const both = drawn(bars, square)
    expect([both.refused, both.cut]).toEqual([undefined, []])
  })
})
