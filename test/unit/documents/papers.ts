import type {
  CommandSheetEntry,
  ManifestDocument,
  PackingSlipDocument,
  PickListDocument,
  PickListMap,
} from '#electron/ports/document-press.ts'

const signs = [
  ...'儿童雨鞋墨绿保温杯真皮腰带加厚毛巾不锈钢餐具收纳盒折叠伞蓝牙耳机充电宝数据线手机壳连衣裙牛仔裤',
]

/** The same names in every run, most of one or two lines, some too long for two. */
export function chineseName(seed: number): string {
  const length = seed % 9 === 0 ? 60 : 5 + (seed % 17)
  const pick = (index: number) => signs[(seed * 31 + index * 7 + ((seed * index) % 11)) % signs.length] ?? ''
  return `${Array.from({ length }, (_, index) => pick(index)).join('')} ${20 + (seed % 30)} 码`
}

type Unwalked = Omit<PickListDocument['stops'][number], 'number' | 'turn'>

export interface FloorShape {
  readonly blocks: number
  /** Every third aisle may be walked one way only, and one passage is closed. */
  readonly ways: boolean
  /** Aisles that nobody has to enter, between those that the stops are in. */
  readonly idle: number
}

const oneBlock: FloorShape = { blocks: 1, ways: false, idle: 0 }
const lengthMm = 20_000
const pitchMm = 3_000

/** The floor that these stops are on and the walk through it: up the first aisle, down the next one, and so on. */
export function walked(stops: readonly Unwalked[], { blocks, ways, idle }: FloorShape = oneBlock) {
  const names = [...new Set(stops.flatMap(({ zone, aisle }) => (aisle === '' ? [] : `${zone}/${aisle}`)))]
  const xOf = (index: number) => index * (idle + 1) * pitchMm
  const inAisle = Map.groupBy(
    stops.filter(({ aisle }) => aisle !== ''),
    ({ zone, aisle }) => `${zone}/${aisle}`,
  )
  const placed: { number: number; xMm: number; yMm: number }[] = []
  const path: (readonly [number, number])[] = [[-1_000, -2_000]]
  const numbered: PickListDocument['stops'][number][] = []
  names.forEach((name, index) => {
    const isUp = index % 2 === 0
    const own = inAisle.get(name) ?? []
    path.push([xOf(index), isUp ? 0 : lengthMm], [xOf(index), isUp ? lengthMm : 0])
    own.forEach((stop, at) => {
      const way = (lengthMm * (at + 0.7)) / (own.length + 0.4)
      const number = placed.length + 1
      placed.push({ number, xMm: xOf(index) + (at % 2 === 0 ? -900 : 900), yMm: isUp ? way : lengthMm - way })
      const turn = { across: index === 0 ? 'none' : 'right', along: isUp ? 'up' : 'down' } as const
      numbered.push({ ...stop, number, turn: at === 0 ? turn : null })
    })
  })
  const end = xOf(names.length - 1) + 2_000
  if (names.length > 0) path.push([xOf(names.length - 1), 0], [end, 0], [end, -2_000])
  const map: PickListMap = {
    crossAisles: Array.from({ length: blocks + 1 }, (_, at) => ({
      name: String(at + 1),
      yMm: (lengthMm * at) / blocks,
    })),
    aisles: Array.from({ length: Math.max(0, (names.length - 1) * (idle + 1)) + 1 }, (_, at) => ({
      names: at % (idle + 1) === 0 ? [names[at / (idle + 1)] ?? ''] : [],
      xMm: at * pitchMm,
      ways: Array.from({ length: blocks }, (_, block) =>
        !ways || at % 3 !== 1 ? 'both' : block === blocks - 1 ? 'backward' : 'forward',
      ),
    })),
    crossWays: ways ? [{ cross: blocks, aisle: 0, way: 'closed' }] : [],
    depots: [
      { name: '', xMm: -1_000, yMm: -2_000, role: 'start' },
      { name: '打包台 3', xMm: end, yMm: -2_000, role: 'drop' },
    ],
    stops: placed,
    path: names.length > 0 ? path : [],
  }
  const shelfless = stops.filter(({ aisle }) => aisle === '')
  return { map, stops: [...numbered, ...shelfless.map((stop) => ({ ...stop, number: null, turn: null }))] }
}

/** A wave of `count` stops over two zones that adds up, with a place less stop at the end. */
export function wave(
  count: number,
  change: Partial<PickListDocument> = {},
  shape: FloorShape = oneBlock,
): PickListDocument {
  const slots = Math.min(40, Math.max(4, Math.ceil(count / 4)))
  const unwalked = Array.from({ length: count }, (_, index): Unwalked => {
    const last = index === count - 1
    const zone = index < count / 2 ? 'A' : 'B'
    const aisle = String(1 + Math.floor(index / 6)).padStart(2, '0')
    const shares = Array.from({ length: 1 + (index % 3) }, (_, share) => ({
      slot: 1 + ((index * 3 + share * 5) % slots),
      quantity: 1 + ((index + share) % 3),
    }))
    return {
      location: last ? null : `${zone}-${aisle}-${String(1 + (index % 6) * 3).padStart(2, '0')}`,
      zone: last ? '' : zone,
      aisle: last ? '' : aisle,
      sku: `KD-${1000 + index}`,
      name: chineseName(index + 1),
      quantity: shares.reduce((sum, share) => sum + share.quantity, 0),
      barcode: index % 8 === 7 ? null : String(6_901_234_500_000 + index * 7919),
      slots: shares,
      mark: index % 10 === 3 ? 'heavy' : index % 10 === 6 ? 'fragile' : null,
    }
  })
  const { map, stops } = walked(unwalked, shape)
  return {
    wave: 'W-0142',
    waveCode: 'PB-W-142',
    kind: 'multi',
    revision: 1,
    part: null,
    picker: '王小明',
    walkM: 412.4,
    map,
    notes: [],
    labels: 'list',
    printedAt: '2026-07-24T06:02:00Z',
    zone: 'Asia/Shanghai',
    shipBy: '2026-07-24T08:30:00Z',
    orders: slots,
    units: stops.reduce((sum, stop) => sum + stop.quantity, 0),
    couriers: [
      { name: '顺丰速运', orders: Math.ceil(slots / 2) },
      { name: '中通快递', orders: Math.floor(slots / 2) },
    ],
    slots: Array.from({ length: slots }, (_, index) => ({
      slot: index + 1,
      code: `PB-S-142-${index + 1}`,
      order: `35153000${1000 + index}9579`,
      units: 1 + (index % 4),
      courier: index % 2 === 0 ? '顺丰速运' : '中通快递',
    })),
    stops,
    leftOut: [{ order: '351530001234', reason: '缺货：货位 A-01-04 只剩 1 件' }],
    ...change,
  }
}

export function slip(count: number, change: Partial<PackingSlipDocument> = {}): PackingSlipDocument {
  return {
    shop: '小熊鞋帽旗舰店',
    order: '351530001009579',
    orderCode: '351530001009579',
    paidAt: '2026-07-24T01:12:00Z',
    zone: 'Asia/Shanghai',
    receiver: '张**',
    lines: Array.from({ length: count }, (_, index) => ({
      sku: `KD-${1000 + index}`,
      name: chineseName(index + 1),
      spec: '颜色：墨绿；尺码：28',
      quantity: 1 + (index % 4),
      kit: null,
    })),
    buyerNote: '请包装好，送礼用',
    returnsText: '签收后 7 天内可无理由退换，请保持吊牌完整。',
    slot: '7',
    ...change,
  }
}

export function handOver(count: number, courier = '顺丰速运'): ManifestDocument {
  return {
    courier,
    day: '2026-07-24',
    printedAt: '2026-07-24T09:30:00Z',
    zone: 'Asia/Shanghai',
    warehouse: '杭州一号仓',
    parcels: Array.from({ length: count }, (_, index) => ({
      waybill: `SF16${10_000_000_000 + index * 102_947}`,
      order: `35${index}`,
      shop: index % 2 === 0 ? '小熊鞋帽旗舰店' : '北岸户外',
      weightG: index % 17 === 5 ? null : 300 + index * 37,
    })),
  }
}

const words = [
  ['ok', '确认', 'OK'],
  ['undo', '撤销', 'Undo'],
  ['hold', '挂起', 'Hold'],
  ['reprint', '重打面单', 'Reprint'],
  ['short', '缺货', 'Short'],
  ['next', '下一单', 'Next'],
  ['cancel', '取消', 'Cancel'],
  ['print', '打印', 'Print'],
  ['void', '作废面单', 'Void label'],
  ['finish', '完成', 'Finish'],
  ['missing', '面单没出来', 'No label came'],
  ['weigh', '称重', 'Weigh'],
  [1, '选第 1 个', 'Choose 1'],
  [2, '选第 2 个', 'Choose 2'],
  [3, '选第 3 个', 'Choose 3'],
  [4, '选第 4 个', 'Choose 4'],
] as const

export const commands: readonly CommandSheetEntry[] = words.map(([icon, zh, en]) => ({
  icon,
  zh,
  en,
  code: typeof icon === 'number' ? `PB-PICK-${icon}` : `PB-CMD-${icon.toUpperCase()}`,
}))
