import type { ImportedKit, ImportedProduct, ShelfRow, StockRow } from '#shared/domain/catalog/import/index.ts'
import { createSeeded } from '#shared/support/seeded.ts'
import type { ImportedOrder } from '#shared/domain/orders/import/index.ts'

/** A made-up warehouse day. Nobody in it exists; phone numbers are of the 199-0000 kind that no one has. */
export interface DemoDay {
  readonly products: readonly ImportedProduct[]
  readonly kits: readonly ImportedKit[]
  readonly shelves: readonly ShelfRow[]
  readonly stock: readonly StockRow[]
  readonly couriers: readonly { readonly name: string; readonly prefix: string; readonly numbers: number }[]
  readonly shops: readonly {
    readonly name: string
    readonly platform: string
    readonly courier: string
    readonly sender: string
  }[]
  readonly orders: readonly { readonly shop: string; readonly order: ImportedOrder }[]
}

/**
 * Makes the day from a seed. Its shape is that of a busy day of a general web shop: one order in four has a single
 * line, the median has three, a tail runs to thirty; a tenth of the goods carries a third of the lines.
 */
export function demoDay(orders: number, now: string, seed: number): DemoDay {
  const random = createSeeded(seed)
  const goods = makeGoods()
  const popularity = goods.map((_, rank) => 1 / (rank + 8))
  const pick = weighted(popularity, random)
  const shopOf = weighted([5, 3, 2], random)
  return {
    products: [...goods.map((item) => item.product), ...kits.map(kitProduct)],
    kits: kits.map(({ sku, parts }) => ({ sku, parts })),
    shelves: goods.map((item) => item.shelf),
    stock: goods.map((item, index) => ({
      row: index + 2,
      sku: item.product.sku,
      location: item.shelf.location,
      quantity: Math.max(200, 2 * orders),
    })),
    couriers: [
      { name: '顺丰速运', prefix: 'SF', numbers: orders + 50 },
      { name: '中通快递', prefix: 'ZT', numbers: orders + 50 },
      { name: '圆通速递', prefix: 'YT', numbers: orders + 50 },
    ],
    shops,
    orders: Array.from({ length: orders }, (_, index) => {
      const shop = shops[shopOf()] ?? shops[0]
      const paid = new Date(Date.parse(now) - Math.floor(random() * 20 * 3_600_000)).toISOString()
      return {
        shop: shop?.name ?? '',
        order: makeOrder(shop?.platform ?? 'other', index, paid, random, () => goods[pick()] ?? goods[0]),
      }
    }),
  }
}

type Goods = {
  readonly product: ImportedProduct
  readonly shelf: ShelfRow
  readonly price: number
  readonly spec: string
}

const shops = [
  {
    name: '山野童装旗舰店',
    platform: 'tmall',
    courier: '中通快递',
    sender: '浙江省湖州市织里镇示范路1号 发货仓 199-0000-0000',
  },
  {
    name: '山野优选',
    platform: 'pinduoduo',
    courier: '圆通速递',
    sender: '浙江省湖州市织里镇示范路1号 发货仓 199-0000-0000',
  },
  {
    name: '山野直播间',
    platform: 'douyin',
    courier: '顺丰速运',
    sender: '浙江省湖州市织里镇示范路1号 发货仓 199-0000-0000',
  },
] as const

const kinds: readonly (readonly [
  code: string,
  name: string,
  grams: number,
  fen: number,
  specs: readonly string[],
])[] = [
  ['KD', '儿童雨鞋', 420, 5900, ['墨绿 26码', '墨绿 28码', '鹅黄 26码', '鹅黄 28码', '藏青 30码']],
  ['BW', '保温杯', 310, 7900, ['红 350ml', '红 500ml', '白 350ml', '黑 500ml']],
  ['WZ', '纯棉中筒袜', 60, 990, ['5双装 白', '5双装 灰', '5双装 黑', '3双装 条纹']],
  ['TX', '圆领短袖', 180, 4900, ['白 110', '白 120', '雾蓝 110', '雾蓝 120', '燕麦 130']],
  ['PD', '真皮腰带', 240, 12900, ['黑 110cm', '棕 110cm', '棕 120cm']],
  ['MJ', '洗脸巾', 350, 1990, ['60抽×3包', '80抽×6包']],
  ['SB', '双肩书包', 780, 15900, ['雾蓝', '奶茶', '石墨']],
  ['YS', '折叠晴雨伞', 390, 4500, ['樱粉', '藏青', '格纹']],
  ['SH', '硅胶收纳盒', 270, 2600, ['大号', '中号', '小号 四只']],
  ['CB', '手账本', 330, 3200, ['A5 方格', 'A5 空白', 'A6 点阵']],
  ['GX', '珐琅锅小号', 2100, 26900, ['番茄红', '鼠尾草']],
  ['XZ', '小夜灯', 150, 3900, ['月亮', '兔子', '云朵']],
  ['DJ', '长柄勺', 95, 1500, ['木柄', '不锈钢']],
  ['TD', '浴室地垫', 640, 5600, ['40×60 灰', '50×80 灰', '50×80 米']],
  ['ZW', '桌面植物 仿真', 520, 4800, ['龟背竹', '琴叶榕', '文竹']],
  ['FM', '防晒帽', 120, 6900, ['米 M', '米 L', '黑 L']],
]

/** Every so many orders hold a kit: one of two goods, which has a barcode of its own, and one of three of a kind. */
const kits = [
  {
    sku: 'TZ-001',
    name: '暖冬礼盒 保温杯配袜',
    barcode: '200990000101',
    price: 9900,
    every: 9,
    parts: [
      { sku: 'BW-001', quantity: 1, row: 2 },
      { sku: 'WZ-001', quantity: 2, row: 3 },
    ],
  },
  {
    sku: 'TZ-002',
    name: '洗脸巾囤货装',
    barcode: null,
    price: 5500,
    every: 14,
    parts: [{ sku: 'MJ-001', quantity: 3, row: 4 }],
  },
] as const

const kitProduct = ({ sku, name, barcode }: (typeof kits)[number]): ImportedProduct => ({
  sku,
  name,
  barcodes: barcode === null ? [] : [{ code: ean13(barcode), units: 1 }],
  weightGrams: null,
  costMinor: null,
  picture: null,
  volumeMl: null,
  fragile: null,
  sourceRows: [],
})

function makeGoods(): Goods[] {
  const goods: Goods[] = []
  for (const [kind, [code, name, grams, fen, specs]] of kinds.entries()) {
    for (const [index, spec] of specs.entries()) {
      const number = goods.length
      const aisle = (number % 6) + 1
      const bay = (Math.floor(number / 6) % 10) + 1
      const level = 1 + (kind % 3)
      // 20 is for use inside one house (GS1 General Specifications §2.1.11): no real product has these numbers.
      const ean = ean13(`200${String(100_000_000 + number * 7919).slice(0, 9)}`)
      goods.push({
        spec,
        price: fen,
        product: {
          sku: `${code}-${String(index + 1).padStart(3, '0')}`,
          name: `${name} ${spec}`,
          barcodes:
            // The three boxes carry one barcode, as goods of careless makers do: the packer chooses by picture.
            code === 'SH'
              ? [{ code: ean13('200999000001'), units: 1 }]
              : // Socks and towels also come in a carton with a code of its own.
                code === 'WZ' || code === 'MJ'
                ? [
                    { code: ean, units: 1 },
                    { code: ean13(`201${String(100_000_000 + number * 7919).slice(0, 9)}`), units: 6 },
                  ]
                : [{ code: ean, units: 1 }],
          weightGrams: grams,
          costMinor: Math.floor(fen * 0.4),
          picture: null,
          volumeMl: grams * 4,
          fragile: code === 'GX' || code === 'BW',
          sourceRows: [],
        },
        shelf: {
          row: number + 2,
          location: `A-${aisle}-${String(bay).padStart(2, '0')}-${level}`,
          zone: 'A',
          aisle: String(aisle),
          bay: String(bay),
          level: String(level),
          xMm: aisle * 2400,
          yMm: bay * 1200,
        },
      })
    }
  }
  return goods
}

function makeOrder(
  platform: string,
  index: number,
  paid: string,
  random: () => number,
  pick: () => Goods | undefined,
): ImportedOrder {
  const share = random()
  const lines =
    share < 0.28
      ? 1
      : share < 0.55
        ? 2
        : share < 0.9
          ? 3 + Math.floor(random() * 4)
          : 7 + Math.floor(random() * 20)
  const chosen = new Map<string, { goods: Goods; quantity: number }>()
  for (let line = 0; line < lines; line += 1) {
    const goods = pick()
    if (goods === undefined) continue
    const quantity = random() < 0.82 ? 1 : 2 + Math.floor(random() * 3)
    const before = chosen.get(goods.product.sku)
    chosen.set(goods.product.sku, { goods, quantity: (before?.quantity ?? 0) + quantity })
  }
  const items = [...chosen.values()]
  const sets = kits.filter((kit) => index % kit.every === 2)
  const digits = (length: number) => Array.from({ length }, () => Math.floor(random() * 10)).join('')
  const day = paid.slice(2, 10).replaceAll('-', '')
  const number =
    platform === 'pinduoduo' ? `${day}-${digits(15)}` : `${index % 2 === 0 ? '35' : '69'}${digits(17)}`
  const refunded = random() < 0.02
  const city = cities[Math.floor(random() * cities.length)] ?? ''
  return {
    number,
    status: 'toShip',
    statusText: '待发货',
    stop: refunded ? { kind: 'refund', words: '退款中' } : null,
    createdAt: paid,
    paidAt: paid,
    shipBy: null,
    buyerNote: random() < 0.08 ? (notes[Math.floor(random() * notes.length)] ?? null) : null,
    sellerNote: null,
    courier: null,
    waybill: null,
    currency: 'CNY',
    amountMinor:
      items.reduce((sum, item) => sum + item.goods.price * item.quantity, 0) +
      sets.reduce((sum, kit) => sum + kit.price, 0),
    receiver: {
      name: `${surnames[Math.floor(random() * surnames.length)] ?? '王'}${givenNames[Math.floor(random() * givenNames.length)] ?? '一'}`,
      phone: `1990000${digits(4)}`,
      address: `${city}示范街道${1 + Math.floor(random() * 200)}号${1 + Math.floor(random() * 30)}幢${101 + Math.floor(random() * 30) * 100}室`,
      masked: false,
    },
    lines: [
      ...items.map(({ goods, quantity }) => ({
        sku: goods.product.sku,
        title: goods.product.name ?? '',
        spec: goods.spec,
        quantity,
      })),
      ...sets.map((kit) => ({ sku: kit.sku, title: kit.name, spec: '', quantity: 1 })),
    ].map((line, position) => ({
      ...line,
      externalId: `${number}-${position + 1}`,
      productId: null,
      status: 'toShip',
      refundStatus: null,
      shipBy: null,
    })),
    settledLines: [],
    sourceRows: [],
  }
}

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕']
const givenNames = [
  '一诺',
  '子涵',
  '雨桐',
  '浩然',
  '欣怡',
  '宇轩',
  '思琪',
  '梓萱',
  '明',
  '静',
  '伟',
  '芳',
  '㐂',
  '𠮷',
  '建国',
  '秀英',
]
const cities = [
  '浙江省杭州市余杭区',
  '广东省深圳市南山区',
  '上海市浦东新区',
  '北京市朝阳区',
  '四川省成都市武侯区',
  '湖北省武汉市洪山区',
  '陕西省西安市雁塔区',
  '新疆维吾尔自治区乌鲁木齐市天山区',
  '黑龙江省哈尔滨市道里区',
]
const notes = ['请包装好,送礼', '急用,麻烦今天发', '不要放快递柜', '生日礼物,请不要放价格单', '请放门口']

/** EAN-13 with its check digit (GS1 General Specifications §7.9) from the first twelve. */
function ean13(twelve: string): string {
  const sum = [...twelve].reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  )
  return `${twelve}${(10 - (sum % 10)) % 10}`
}

function weighted(weights: readonly number[], random: () => number): () => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return () => {
    let left = random() * total
    for (const [index, weight] of weights.entries()) {
      left -= weight
      if (left < 0) return index
    }
    return weights.length - 1
  }
}
