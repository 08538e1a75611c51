import { describe, expect, it } from 'vitest'
import { planCatalog, readCatalogRow } from '#shared/domain/catalog/import/index.ts'
import { checkPlan, checkShelves } from '#shared/domain/waves/floor/check.ts'
import { derivePlan } from '#shared/domain/waves/floor/derive.ts'
import { drawWalk } from '#shared/domain/waves/floor/draw-walk.ts'
import { type FloorRow, readFloor } from '#shared/domain/waves/floor/file.ts'
import { placeShelf } from '#shared/domain/waves/floor/place.ts'
import { depotsOf, floorOf, inOrder } from '#shared/domain/waves/floor/plan.ts'
import { measureDistances } from '#shared/domain/waves/routing/distances.ts'
import { someFloor, someShelves } from '#test/support/warehouse-floor.ts'

const shelf = (of: Partial<Parameters<typeof placeShelf>[1]> = {}) => ({
  id: 1,
  code: 'S',
  zone: '',
  aisle: '',
  level: '1',
  xMm: 0,
  yMm: 0,
  ...of,
})

describe('a floor that the shelves suggest', () => {
  it('has an aisle where shelves name one, and a cross aisle wherever no shelf stands', () => {
    const spans = [
      { zone: 'A', aisle: '1', fromXMm: -600, toXMm: 600 },
      { zone: 'A', aisle: '2', fromXMm: 2_400, toXMm: 3_600 },
      { zone: 'B', aisle: '1', fromXMm: 0, toXMm: 100 },
    ]
    const ys = [0, 1_000, 2_000, 3_000, 7_000, 8_000, 9_000]
    expect(derivePlan(spans, ys)).toMatchObject({
      crossAisles: [{ yMm: -1_000 }, { yMm: 5_000 }, { yMm: 10_000 }],
      aisles: [
        { names: ['A/1', 'B/1'], xMm: 0, ways: ['both', 'both'] },
        { names: ['A/2'], xMm: 3_000 },
      ],
      depots: [{ xMm: 0, yMm: -1_000, role: 'both' }],
    })
    expect(derivePlan([], [])).toBeNull()
  })
})

describe('a shelf on the floor', () => {
  const plan = someFloor(3, 2)
  it.each([
    [
      'in the aisle that it names, whichever is nearer',
      { zone: 'A', aisle: '2', xMm: 1_400, yMm: 13_000 },
      1,
      1,
      1_000,
    ],
    ['in the nearest aisle', { xMm: 5_000, yMm: 500 }, 2, 0, 500],
    ['at a crossing', { xMm: 0, yMm: 12_000 }, 0, 0, 12_000],
  ])('stands %s', (_, of, aisle, block, offset) => {
    expect(placeShelf(plan, shelf(of))).toMatchObject({ ok: true, stop: { aisle, block, offset } })
  })
  it.each([
    ['shelfWithoutCoordinates', { xMm: null, yMm: null }],
    ['shelfOffAisle', { xMm: 40_000, yMm: 500 }],
    ['shelfOutside', { xMm: 0, yMm: 25_000 }],
  ])('is told: %s', (why, of) => {
    expect(placeShelf(plan, shelf(of))).toEqual({ ok: false, why })
  })
  it('costs a lift for each level above the first', () => {
    const lifted = { ...plan, liftMmPerLevel: 1_500 }
    const cost = (level: string) => placeShelf(lifted, shelf({ level }))
    expect([cost('1'), cost('3'), cost('L04'), cost('')]).toMatchObject(
      [0, 3_000, 4_500, 0].map((liftMm) => ({ ok: true, liftMm })),
    )
  })
})

describe('what is wrong with a floor', () => {
  const plan = someFloor(3, 2)
  const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code)
  it('is nothing where it is sound', () => {
    expect(checkPlan(plan)).toEqual([])
    expect(checkShelves(plan, someShelves(plan, 3), [])).toEqual([])
  })
  it.each([
    ['no depot', { ...plan, depots: [] }, 'depotMissing'],
    [
      'two aisles on one spot',
      { ...plan, aisles: [...plan.aisles, ...plan.aisles.slice(-1)] },
      'aislesOnOneSpot',
    ],
    ['a lift that gives metres back', { ...plan, liftMmPerLevel: -1 }, 'liftNegative'],
    ['a length that is no number', { ...plan, liftMmPerLevel: Number.NaN }, 'lengthBad'],
    [
      'two cross aisles on one spot',
      { ...plan, crossAisles: plan.crossAisles.map((one) => ({ ...one, yMm: 0 })) },
      'crossAislesOnOneSpot',
    ],
  ])('is told: %s', (_, bad, code) => {
    expect(codes(checkPlan(bad))).toContain(code)
  })
  it('names shelves that nobody can reach, stand on one spot, or lie in what is closed, and goods without one', () => {
    const closed = {
      ...plan,
      aisles: plan.aisles.map((aisle, at) =>
        at === 1 ? { ...aisle, ways: ['both', 'closed'] as const } : aisle,
      ),
      crossWays: [0, 1].flatMap((cross) => [{ cross, aisle: 1, way: 'closed' as const }]),
    }
    const alone = {
      ...closed,
      crossWays: [0, 1, 2].map((cross) => ({ cross, aisle: 1, way: 'closed' as const })),
    }
    const one = shelf({ id: 1, code: 'IN', xMm: 3_000, yMm: 13_000 })
    const far = shelf({ id: 2, code: 'FAR', xMm: 6_000, yMm: 1_000 })
    const twin = { ...far, id: 3, code: 'TWIN' }
    expect(checkShelves(closed, [one, far], [])).toEqual([
      { severity: 'error', code: 'shelfInClosed', about: ['IN'], count: 1 },
    ])
    expect(checkShelves(alone, [far], [])).toEqual([
      { severity: 'error', code: 'shelfUnreachable', about: ['FAR'], count: 1 },
    ])
    expect(checkShelves(plan, [far, twin], [{ sku: 'LOST', shelves: [] }])).toEqual([
      { severity: 'error', code: 'shelvesOnOneSpot', about: ['FAR = TWIN'], count: 1 },
      { severity: 'warning', code: 'goodsWithoutShelf', about: ['LOST'], count: 1 },
    ])
  })
})

describe('a floor file', () => {
  const header = ['what', 'name', 'zone', 'x_m', 'y_m', 'from', 'to', 'way']
  const read = (rows: readonly (readonly string[])[], headers = header) => {
    const columns = planCatalog('floor', headers)
    const taken: FloorRow[] = []
    for (const [at, cells] of rows.entries()) {
      const result = readCatalogRow(columns, cells, at + 2)
      if (!result.ok) return { ok: false, cell: result.rejection.reason.code }
      if (result.row !== null) taken.push(result.row)
    }
    return readFloor(taken)
  }
  const sound = [
    ['cross aisle', '1', '', '', '0', '', '', ''],
    ['cross aisle', '2', '', '', '12', '', '', ''],
    ['cross aisle', '3', '', '', '24', '', '', ''],
    ['aisle', '01', 'A', '0', '', '', '', ''],
    ['aisle', '02', 'A', '3', '', '', '', 'forward'],
    ['aisle', '03', 'A', '6', '', '1', '2', ''],
    ['passage', '2', 'A', '', '', '01', '02', 'closed'],
    ['bench', 'B1', '', '0', '-1.5', '', '', ''],
    ['lift', '', '', '2', '', '', '', ''],
  ]
  it('gives the plan, in either language', () => {
    const plan = {
      crossAisles: [
        { name: '1', yMm: 0 },
        { name: '2', yMm: 12_000 },
        { name: '3', yMm: 24_000 },
      ],
      aisles: [
        { names: ['A/01'], xMm: 0, ways: ['both', 'both'] },
        { names: ['A/02'], xMm: 3_000, ways: ['forward', 'forward'] },
        { names: ['A/03'], xMm: 6_000, ways: ['both', 'closed'] },
      ],
      crossWays: [{ cross: 1, aisle: 0, way: 'closed' }],
      depots: [{ name: 'B1', xMm: 0, yMm: -1_500, role: 'both' }],
      liftMmPerLevel: 2_000,
    }
    expect(read(sound)).toEqual({ ok: true, plan })
    const words: Record<string, string> = {
      'cross aisle': '横通道',
      aisle: '巷道',
      passage: '通路',
      bench: '打包台',
      lift: '登高',
      forward: '正向',
      closed: '关闭',
    }
    const chinese = sound.map((row) => row.map((cell) => words[cell] ?? cell))
    expect(read(chinese, ['类别', '名称', '库区', 'x(米)', 'y(米)', '从', '到', '方向'])).toEqual({
      ok: true,
      plan,
    })
  })
  it.each([
    [
      'one cross aisle',
      sound.filter(([what, name]) => what !== 'cross aisle' || name === '1'),
      'floorCrossAisles',
    ],
    ['no depot', sound.filter(([what]) => what !== 'bench'), 'floorNoDepot'],
    ['an aisle without a place', [...sound, ['aisle', '09', 'A', '', '', '', '', '']], 'floorCellMissing'],
    ['an aisle in two places', [...sound, ['aisle', '01', 'A', '9', '', '', '', '']], 'floorAisleMoved'],
    [
      'a stretch between unknown cross aisles',
      [...sound, ['aisle', '01', 'A', '0', '', '1', '9', '']],
      'floorNoCrossAisle',
    ],
    ['a stretch of nothing', [...sound, ['aisle', '01', 'A', '0', '', '2', '2', '']], 'floorStretchEmpty'],
    ['a passage to nowhere', [...sound, ['passage', '2', 'A', '', '', '01', '77', '']], 'floorNoAisle'],
    ['a negative lift', [...sound.slice(0, -1), ['lift', '', '', '-2', '', '', '', '']], 'floorLiftNegative'],
  ])('says what is wrong: %s', (_, rows, code) => {
    const result = read(rows)
    expect(result).toMatchObject({ ok: false })
    expect('problems' in result ? result.problems.map((one) => one.code) : []).toContain(code)
  })
  it.each([
    ['an unknown word', ['tunnel', 'x', '', '', '', '', '', ''], 'wordUnknown'],
    ['an unknown way', ['aisle', 'x', '', '1', '', '', '', 'sideways'], 'wordUnknown'],
    ['a place that is no number', ['aisle', 'x', '', 'left', '', '', '', ''], 'numberUnreadable'],
    ['nothing', ['', 'x', '', '', '', '', '', ''], 'missing'],
  ])('refuses a row with %s', (_, row, cell) => {
    expect(read([row])).toEqual({ ok: false, cell })
  })
})

describe('where a walk begins and ends', () => {
  const depot = (name: string, xMm: number, role: 'start' | 'drop' | 'both') => ({
    name,
    xMm,
    yMm: -500,
    role,
  })
  const plan = {
    ...someFloor(3, 1),
    depots: [depot('carts', 0, 'start'), depot('bench 1', 3_000, 'both'), depot('bench 2', 6_000, 'drop')],
  }
  it.each([
    ['', '', 0, 2],
    ['bench 1', '', 1, 2],
    ['', 'bench 1', 0, 1],
    ['bench 1', 'bench 1', 1, 1],
  ])('start «%s», drop «%s»', (start, drop, from, to) => {
    expect(depotsOf(plan, { start, drop })).toMatchObject({
      start: { aisle: from, access: 500 },
      drop: { aisle: to, access: 500 },
    })
  })
  it('is nowhere by a name that is not there, or has another role', () => {
    expect(depotsOf(plan, { start: 'gone', drop: '' })).toBeNull()
    expect(depotsOf(plan, { start: 'bench 2', drop: '' })).toBeNull()
  })
})

describe('a drawn walk', () => {
  it('goes through the corners, stops once at one spot, and says where to turn', () => {
    const plan = someFloor(3, 2)
    const depots = depotsOf(plan)
    if (depots === null) throw new Error('no depot')
    const stops = [
      { aisle: 0, block: 0, offset: 4_000 },
      { aisle: 0, block: 0, offset: 4_000 },
      { aisle: 2, block: 1, offset: 1_000 },
    ]
    const walk = drawWalk(plan, depots, measureDistances(floorOf(plan)), stops)
    expect(walk.path).toEqual([
      [0, 0],
      [0, 4_000],
      [0, 12_000],
      [3_000, 12_000],
      [6_000, 12_000],
      [6_000, 13_000],
      [6_000, 12_000],
      [3_000, 12_000],
      [0, 12_000],
      [0, 0],
    ])
    expect(walk.stops).toEqual([
      { xMm: 0, yMm: 4_000 },
      { xMm: 6_000, yMm: 13_000 },
    ])
    expect(walk.stopOf).toEqual([0, 0, 1])
    expect(walk.turns).toEqual([
      { across: 'none', along: 'up' },
      { across: 'right', along: 'up' },
    ])
  })

  it('is the same for a plan that was drawn in any order', () => {
    const plan = someFloor(3, 2)
    const mixed = { ...plan, aisles: plan.aisles.toReversed(), crossAisles: plan.crossAisles.toReversed() }
    expect(inOrder(mixed).aisles).toEqual(plan.aisles)
    expect(inOrder(mixed).crossAisles).toEqual(plan.crossAisles)
  })
})
