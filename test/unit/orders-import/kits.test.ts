import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  collectKits,
  detectCatalog,
  type KitRow,
  kitOfRow,
  planCatalog,
  readCatalogRow,
} from '#shared/domain/catalog/import/index.ts'
import {
  explodeKits,
  hasAllLeft,
  type PackLine,
  placeLines,
  type ShippedLine,
  type ShopLine,
} from '#shared/domain/orders/kits.ts'

const parts = (kit: string, ...of: readonly (readonly [string, number])[]): KitRow[] =>
  of.map(([part, quantity], index) => ({ row: index + 2, kit, part, quantity }))
const told = (rows: readonly KitRow[], broken: readonly string[] = []) => {
  const { items, problems } = collectKits(rows, new Set(broken))
  return [items.map((kit) => kit.sku), problems.map(({ code, key, rows: at }) => `${code} ${key} ${at[0]}`)]
}

describe('a file of kits', () => {
  it.each([
    [['kit', 'part', 'quantity']],
    [['套装编码', '组成编码', '数量']],
    [['组合装商家编码', '商家编码', '数量', '备注']],
    [['Bundle SKU', 'Component', 'Qty']],
  ])('is known by its headers %j', (headers) => {
    expect(detectCatalog(headers)).toBe('kits')
  })

  it.each([
    [['', 'A', '1'], 'kit', 'missing'],
    [['K', '', '1'], 'part', 'missing'],
    [['K', 'K', '1'], 'part', 'kitOfItself'],
    [['K', 'A', ''], 'quantity', 'missing'],
    [['K', 'A', '0'], 'quantity', 'quantityNotPositive'],
    [['K', 'A', '-2'], 'quantity', 'quantityNotPositive'],
    [['K', 'A', '1.5'], 'quantity', 'quantityNotInteger'],
    [['K', 'A', 'two'], 'quantity', 'quantityNotInteger'],
    [['K', '6.9E+12', '1'], 'part', 'digitsLost'],
  ])('%j is rejected in %s', (cells, column, code) => {
    const plan = planCatalog('kits', ['kit', 'part', 'quantity'])
    const read = readCatalogRow(plan, cells, 2)
    expect(read).toMatchObject({ ok: false, rejection: { column, reason: { code } } })
    expect(kitOfRow(plan, cells)).toBe(cells[0] === '' ? null : 'K')
  })

  it('is taken kit by kit, whole or not at all', () => {
    expect(told([...parts('K', ['A', 1], ['B', 2]), ...parts('L', ['A', 3])])).toEqual([['K', 'L'], []])
    expect(told([...parts('K', ['A', 1]), ...parts('L', ['A', 3])], ['K'])).toEqual([
      ['L'],
      ['kitIncomplete K 2'],
    ])
    expect(told(parts('K', ['A', 1], ['A', 1]))).toEqual([[], ['kitPartTwice K 3']])
    expect(told([...parts('K', ['A', 1], ['L', 1]), ...parts('L', ['B', 1])])).toEqual([
      ['L'],
      ['kitInKit K 3'],
    ])
    // A kit of which nothing could be read is a kit all the same.
    expect(told(parts('K', ['L', 1]), ['L'])).toEqual([[], ['kitInKit K 2']])
  })
})

const sold = (sku: string, quantity: number): ShopLine => ({
  externalId: `x-${sku}`,
  sku,
  title: `title ${sku}`,
  spec: 'spec',
  quantity,
})
const recipe = (sku: string) =>
  sku === 'K'
    ? [
        { sku: 'RED', quantity: 1 },
        { sku: 'TEA', quantity: 2 },
      ]
    : []
const brief = (lines: readonly PackLine[]) =>
  lines.map(({ sku, quantity, kit }) => `${sku}×${quantity}${kit === null ? '' : ` of ${kit.sold.quantity}`}`)

describe('exploding', () => {
  it('makes a line of every part, in the place of the kit, and leaves the rest alone', () => {
    const lines = explodeKits([sold('RED', 1), sold('K', 3), sold('CUP', 1)], recipe)
    expect(brief(lines)).toEqual(['RED×1', 'RED×3 of 3', 'TEA×6 of 3', 'CUP×1'])
    expect(lines[1]).toEqual({
      externalId: 'x-K',
      sku: 'RED',
      title: 'RED',
      spec: '',
      quantity: 3,
      kit: { sold: { sku: 'K', title: 'title K', spec: 'spec', quantity: 3, parts: 2 }, units: 1 },
    })
    expect(lines[1]?.kit?.sold).toBe(lines[2]?.kit?.sold)
  })

  it('does not explode what left as the kit itself', () => {
    const gone = new Map([['K', 3]])
    expect(brief(explodeKits([sold('K', 2), sold('K', 4)], recipe, gone))).toEqual([
      'K×2',
      'K×1',
      'RED×3 of 3',
      'TEA×6 of 3',
    ])
  })
})

describe('lines of which units have left', () => {
  const place = (lines: readonly PackLine[], shipped: readonly ShippedLine[]) =>
    placeLines(lines, shipped).map(({ id, line, quantity }) => `${id ?? 'new'} ${line.sku}×${quantity}`)
  const plain = (sku: string, quantity: number): PackLine => ({ ...sold(sku, quantity), kit: null })
  const left = (id: number, sku: string, units: number, kit: string | null = null): ShippedLine => ({
    id,
    sku,
    units,
    kit,
  })
  const red = (quantity: number): PackLine => ({
    ...plain('RED', quantity),
    kit: { sold: { sku: 'K', title: '', spec: '', quantity, parts: 2 }, units: 1 },
  })

  it.each([
    ['go on as themselves', [plain('RED', 3)], [left(1, 'RED', 2)], ['1 RED×3']],
    ['may have been two', [plain('RED', 5)], [left(1, 'RED', 2), left(2, 'RED', 1)], ['1 RED×2', '2 RED×3']],
    ['may be asked for less', [plain('RED', 1)], [left(1, 'RED', 2)], ['1 RED×1']],
    [
      'count for the next line too',
      [plain('RED', 1), plain('RED', 2)],
      [left(1, 'RED', 2)],
      ['1 RED×2', 'new RED×1'],
    ],
    ['count for all lines', [plain('RED', 1), plain('RED', 1)], [left(1, 'RED', 2)], ['1 RED×2']],
    [
      'go on in their own kit first',
      [plain('RED', 1), red(1)],
      [left(1, 'RED', 1, 'K'), left(2, 'RED', 1)],
      ['2 RED×1', '1 RED×1'],
    ],
    ['count for a kit as well', [red(2)], [left(1, 'RED', 1)], ['1 RED×2']],
  ])('%s', (_name, lines, shipped, expected) => {
    expect(place(lines, shipped)).toEqual(expected)
  })

  it('leave as much of each SKU to pack as the whole order still misses, whatever has left and is asked', () => {
    const sku = fc.constantFrom('RED', 'TEA')
    const units = fc.integer({ min: 1, max: 5 })
    const asked = fc.array(fc.tuple(sku, units, fc.boolean()), { maxLength: 5 })
    const gone = fc.array(fc.tuple(sku, units, fc.constantFrom('K', null)), { maxLength: 5 })
    fc.assert(
      fc.property(asked, gone, (asks, went) => {
        const lines = asks.map(([of, count, part]) => (part ? { ...red(count), sku: of } : plain(of, count)))
        const shipped = went.map(([of, count, kit], id) => left(id, of, count, kit))
        const placed = placeLines(lines, shipped)
        const kept = placed.flatMap(({ id }) => (id === null ? [] : [id]))
        expect(new Set(kept).size).toBe(kept.length)
        for (const one of ['RED', 'TEA']) {
          const sum = (of: readonly { sku: string; units: number }[]) =>
            of.reduce((total, each) => (each.sku === one ? total + each.units : total), 0)
          const wanted = sum(lines.map((line) => ({ sku: line.sku, units: line.quantity })))
          const missing = sum(
            placed.map(({ id, line, quantity }) => ({
              sku: line.sku,
              units: Math.max(0, quantity - (shipped.find((row) => row.id === id)?.units ?? 0)),
            })),
          )
          expect(missing).toBe(Math.max(0, wanted - sum(shipped)))
        }
      }),
      { numRuns: 2000, seed: 1 },
    )
  })

  it('are all that is asked for only when each SKU left exactly so', () => {
    expect(hasAllLeft([plain('RED', 1), red(2)], [left(1, 'RED', 3)])).toBe(true)
    expect(hasAllLeft([plain('RED', 2)], [left(1, 'RED', 3)])).toBe(false)
    expect(hasAllLeft([plain('RED', 3)], [left(1, 'RED', 2)])).toBe(false)
    expect(hasAllLeft([plain('RED', 3)], [left(1, 'RED', 3), left(2, 'TEA', 1)])).toBe(false)
  })
})
