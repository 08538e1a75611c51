import { PNG } from 'pngjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { sampleLabels } from '#scripts/bench/sample-labels.ts'
import { createLabelPress } from '#electron/labels/index.ts'
import type { LabelMedia, ShippingLabel } from '#electron/ports/label-press.ts'
import { bitsOfPng, naughtyStrings, readByZbar, readByZxing, renderZpl } from '#test/support/label-reader.ts'
import { someLabel } from '#test/support/labels.ts'

const press = createLabelPress()
const papers: readonly LabelMedia[] = [
  { widthMm: 100, heightMm: 150, dpi: 203 },
  { widthMm: 76, heightMm: 130, dpi: 203 },
  { widthMm: 100, heightMm: 150, dpi: 300 },
  { widthMm: 76, heightMm: 130, dpi: 300 },
  { widthMm: 100, heightMm: 180, dpi: 203 },
]
const [large = { widthMm: 100, heightMm: 150, dpi: 203 }] = papers
const receiver = someLabel().receiver

beforeAll(() => press.warm())

const bothCodes = (waybill: string) => [
  { kind: 'code128', text: waybill },
  { kind: 'qr', text: waybill },
]
/** Each code once: the tear-off of a two-part label has the bars again. */
const sorted = (codes: readonly { readonly kind: string; readonly text: string }[]) =>
  [...new Map(codes.map((code) => [`${code.kind} ${code.text}`, code])).values()].toSorted((a, b) =>
    a.kind.localeCompare(b.kind),
  )

describe('barcodes', () => {
  it('of 120 labels on every paper are read by two readers as exactly the waybill number', async () => {
    const labels = sampleLabels(120)
    const pngs = labels.map((label, index) =>
      press.toPng(press.render(label, papers[index % papers.length] ?? large).bitmap),
    )
    const byZbar = await readByZbar(pngs)
    for (const [index, label] of labels.entries()) {
      expect(sorted(byZbar[index] ?? [])).toEqual(bothCodes(label.waybill))
    }
    for (const [index, label] of labels.entries()) {
      const codes = await readByZxing(pngs[index] ?? new Uint8Array())
      expect(sorted(codes)).toEqual(bothCodes(label.waybill))
    }
  }, 120_000)

  it('are read from the ZPL job as another renderer draws it', async () => {
    const label = someLabel()
    const job = press.encode(press.render(label, large).bitmap, 'zpl', { copies: 1, dpi: 203 })
    const pngs = await renderZpl(job, large)
    expect((await readByZbar(pngs)).map(sorted)).toEqual([bothCodes(label.waybill)])
    expect(sorted(await readByZxing(pngs[0] ?? new Uint8Array()))).toEqual(bothCodes(label.waybill))
  })

  it('take every visible ASCII character and long numbers', async () => {
    const waybills = [
      'AB-12/3.4_5+6',
      '!"#$%&\'()*',
      ',;<=>?@[\\]^',
      '`{|}~^FNC1',
      '9'.repeat(34),
      'a'.repeat(26),
    ]
    const pngs = waybills.map((waybill) => {
      const label = press.render(someLabel({ waybill }), large)
      expect(label.refused).toBeUndefined()
      return press.toPng(label.bitmap)
    })
    for (const png of pngs.keys()) {
      const codes = await readByZxing(pngs[png] ?? new Uint8Array())
      expect(sorted(codes)).toEqual(bothCodes(waybills[png] ?? ''))
    }
  })

  it.each([
    ['', 'waybillEmpty'],
    ['包裹1', 'waybillCharacters'],
    ['SF1\u001d2', 'waybillCharacters'],
    [' SF12', 'waybillCharacters'],
    ['SF12\n', 'waybillCharacters'],
    ['A'.repeat(40), 'waybillTooLong'],
    ['1'.repeat(10_000), 'waybillTooLong'],
  ] as const)('refuse %.20s as %s and draw a preview without codes', async (waybill, refused) => {
    const label = press.render(someLabel({ waybill }), large)
    expect(label.refused).toBe(refused)
    expect(await readByZbar([press.toPng(label.bitmap)])).toEqual([[]])
  })
})

describe('text', () => {
  it('prints rare characters of names and misses none', () => {
    const name = '\u{20BB7}\u{212E4}㐂𠮷'
    const { missing, bitmap } = press.render(someLabel({ receiver: { ...receiver, name } }), large)
    expect(missing).toEqual([])
    // Each has its own shape: none is a stand-in.
    const shapes = new Set(
      [...name].map((char) =>
        Buffer.from(
          press.render(someLabel({ receiver: { ...receiver, name: char } }), large).bitmap.data,
        ).toString('base64'),
      ),
    )
    expect(shapes.size).toBe(new Set(name).size)
    expect(bitmap.data.some((byte) => byte !== 0)).toBe(true)
  })

  it('tells every character that no font has, once, and draws it as a box', () => {
    const blank = press.render(someLabel({ note: '' }), large)
    const label = press.render(someLabel({ note: '🎁 ش 🎁 \ud800', shop: '👨‍👩‍👧' }), large)
    expect(label.missing.toSorted()).toEqual(['🎁', 'ش', '\ufffd', '👨', '👩', '👧'].toSorted())
    expect(Buffer.compare(label.bitmap.data, blank.bitmap.data)).not.toBe(0)
  })

  it('makes invisible and reordering characters harmless', () => {
    const plain = press.render(someLabel({ note: 'ab cd' }), large)
    for (const note of [
      '\u202eab\u202c cd',
      'a\u200bb\ufeff cd',
      '\u2066ab\u2069\tcd',
      'ab\u0000 cd',
      'ab\r\ncd',
      'ab\u{e0041} cd\ufe0f',
    ]) {
      const label = press.render(someLabel({ note }), large)
      expect(Buffer.compare(label.bitmap.data, plain.bitmap.data), JSON.stringify(note)).toBe(0)
      expect(label.missing).toEqual([])
    }
  })

  it('shrinks long text before it cuts, and tells what it cut', () => {
    const address = '内蒙古自治区呼伦贝尔市新巴尔虎左旗阿木古郎镇巴尔图街道幸福路'
    const twice = press.render(someLabel({ receiver: { ...receiver, address: address.repeat(3) } }), large)
    expect(twice.cut).toEqual([])
    const endless = press.render(someLabel({ receiver: { ...receiver, address: address.repeat(40) } }), large)
    expect(endless.cut).toEqual(['receiver.address'])
    const everything = 'x'.repeat(100_000)
    const full = press.render(
      someLabel({
        courier: everything,
        receiver: { name: everything, phone: everything, address: everything },
        sender: everything,
        orderNumber: everything,
        shop: everything,
        slot: everything,
        contents: Array.from({ length: 1000 }, () => everything),
        note: everything,
        printedAt: everything,
      }),
      large,
    )
    expect(full.cut.toSorted()).toEqual(
      [
        'contents',
        'courier',
        'note',
        'orderNumber',
        'printedAt',
        'receiver.address',
        'receiver.name',
        'receiver.phone',
        'sender',
        'shop',
        'slot',
      ].toSorted(),
    )
  })

  it('shows the time in the zone of the warehouse', () => {
    const at = (over: Partial<ShippingLabel>) =>
      Buffer.from(press.render(someLabel(over), large).bitmap.data).toString('base64')
    expect(at({})).toBe(at({ zone: 'Asia/Shanghai' }))
    expect(at({})).toBe(at({ zone: 'Asia/Singapore' }))
    expect(at({})).not.toBe(at({ zone: 'UTC' }))
  })
})

describe('every naughty string in every field', () => {
  const fields: readonly ((text: string) => Partial<ShippingLabel>)[] = [
    (courier) => ({ courier }),
    (name) => ({ receiver: { ...receiver, name } }),
    (phone) => ({ receiver: { ...receiver, phone } }),
    (address) => ({ receiver: { ...receiver, address } }),
    (sender) => ({ sender }),
    (orderNumber) => ({ orderNumber }),
    (shop) => ({ shop }),
    (slot) => ({ slot }),
    (line) => ({ contents: [line, line] }),
    (note) => ({ note }),
    (printedAt) => ({ printedAt }),
  ]

  it('gives a label', () => {
    const strings = naughtyStrings()
    expect(strings.length).toBeGreaterThan(480)
    for (const [index, text] of strings.entries()) {
      for (const [field, put] of fields.entries()) {
        const paper = papers[(index + field) % papers.length] ?? large
        const label = press.render(someLabel(put(text)), paper)
        expect(label.refused).toBeUndefined()
        expect(label.bitmap.data.length).toBe(label.bitmap.bytesPerRow * label.bitmap.height)
      }
    }
  }, 120_000)

  it('as a waybill number gives a label that says exactly that, or a refusal', async () => {
    const pngs: Uint8Array[] = []
    const texts: string[] = []
    for (const waybill of naughtyStrings()) {
      const label = press.render(someLabel({ waybill }), large)
      if (label.refused !== undefined) continue
      pngs.push(press.toPng(label.bitmap))
      texts.push(waybill)
    }
    expect(texts.length).toBeGreaterThan(50)
    for (const [index, png] of pngs.entries()) {
      expect(sorted(await readByZxing(png)), texts[index]).toEqual(bothCodes(texts[index] ?? ''))
    }
  }, 120_000)
})

describe('the raster', () => {
  it('is the same for the same label, whatever was drawn before', () => {
    const fresh = createLabelPress()
    for (const label of sampleLabels(5).toReversed()) {
      for (const paper of papers) {
        const [first, again] = [press.render(label, paper), press.render(label, paper)]
        const elsewhere = fresh.render(label, paper)
        expect(Buffer.compare(first.bitmap.data, again.bitmap.data)).toBe(0)
        expect(Buffer.compare(first.bitmap.data, elsewhere.bitmap.data)).toBe(0)
      }
    }
  })

  it('has the size of the paper in dots and white padding', () => {
    const { bitmap } = press.render(someLabel(), { ...large, dpi: 300 })
    expect([bitmap.width, bitmap.height, bitmap.bytesPerRow]).toEqual([1181, 1772, 148])
    for (let row = 1; row <= bitmap.height; row += 1) {
      expect((bitmap.data[row * bitmap.bytesPerRow - 1] ?? 0) & 0b111).toBe(0)
    }
  })

  it('keeps ink off the margins, so that nothing is clipped', () => {
    for (const label of [...sampleLabels(40), someLabel({ courier: 'ÅÄÖ Ĝĵ China Post EMS' })]) {
      const { bitmap } = press.render(label, large)
      const margin = 16
      for (let y = 0; y < bitmap.height; y += 1) {
        const row = bitmap.data.subarray(y * bitmap.bytesPerRow, (y + 1) * bitmap.bytesPerRow)
        const inside = y >= margin && y < bitmap.height - margin ? row.subarray(0, 2) : row
        expect(inside.every((byte) => byte === 0)).toBe(true)
        expect(row.subarray(-2).every((byte) => byte === 0)).toBe(true)
      }
    }
  })

  it('is shown as it is printed', () => {
    for (const paper of papers) {
      const { bitmap } = press.render(someLabel(), paper)
      const png = press.toPng(bitmap)
      expect(PNG.sync.read(Buffer.from(png))).toMatchObject({ width: bitmap.width, height: bitmap.height })
      expect(bitsOfPng(png)).toEqual(bitmap)
    }
  })

  it('is refused for paper that no layout fits on', () => {
    expect(press.render(someLabel(), { widthMm: 60, heightMm: 40, dpi: 203 }).refused).toBe('mediaTooSmall')
  })
})
