import { createRequire } from 'node:module'
import pdfmake from 'pdfmake'
import { createDocumentPress } from '#electron/documents/index.ts'
import type { PickListDocument, PickListMap } from '#electron/ports/document-press.ts'
import type { Figure } from './figure.ts'

const lines = 500
const runs = 9

/**
 * V8: a pick list of 500 lines with Chinese names and a barcode on every line against pdfmake as it comes:
 * the same rows in a table, the same two fonts from their files, no barcodes. Both warm, turn about, median;
 * every run gets other rows, so that neither side lives on having seen them.
 */
export async function benchDocuments(): Promise<Figure[]> {
  const press = createDocumentPress()
  const stock = stockPress()
  const ours: number[] = []
  const theirs: number[] = []
  let bytes = 0
  for (let run = -2; run < runs; run += 1) {
    const list = wave(run + 3)
    const [file, own] = await timed(() => press.pickList(list, 'A4', 'zh-CN'))
    const [, other] = await timed(() => stock(list))
    if (run < 0) continue // both warm up
    ours.push(own)
    theirs.push(other)
    bytes = Math.max(bytes, file.length)
  }
  const own = median(ours)
  const other = median(theirs)
  const ratio = Math.round((own / other) * 1000) / 1000
  const against = `stock pdfmake without barcodes ${other.toFixed(0)} ms, ours with barcodes ${own.toFixed(0)} ms`
  const most = 200 * 1024
  return [
    { id: 'V8.ratio', value: ratio, unit: 'x', bound: 1, ok: ratio <= 1, against },
    {
      id: 'V8.bytes',
      value: bytes,
      unit: 'bytes',
      bound: most,
      ok: bytes <= most,
      against: `${lines} lines`,
    },
  ]
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const start = performance.now()
  const result = await work()
  return [result, performance.now() - start]
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** pdfmake is one for the whole process, so each of its runs puts its own fonts and policies in place. */
function stockPress(): (list: PickListDocument) => Promise<unknown> {
  const find = createRequire(import.meta.url).resolve
  const noto = '@expo-google-fonts/noto-sans-sc'
  const normal = find(`${noto}/400Regular/NotoSansSC_400Regular.ttf`)
  const bold = find(`${noto}/700Bold/NotoSansSC_700Bold.ttf`)
  return async (list) => {
    pdfmake.setFonts({ Noto: { normal, bold } })
    pdfmake.setUrlAccessPolicy(() => false)
    pdfmake.setLocalAccessPolicy((path) => path === normal || path === bold)
    const rows = list.stops.map((stop) => [
      '',
      { text: stop.location ?? '', bold: true, fontSize: 24 },
      [stop.name, { text: `${stop.sku} ${stop.barcode ?? ''}`, fontSize: 8.5 }],
      stop.slots.map(({ slot, quantity }) => `${slot} ×${quantity}`).join('  '),
      { text: String(stop.quantity), bold: true, fontSize: 20 },
    ])
    const head = ['', '货架', '商品', '格口', '数量']
    return pdfmake
      .createPdf({
        pageSize: 'A4',
        defaultStyle: { font: 'Noto', fontSize: 12 },
        content: [
          { text: list.wave, fontSize: 36, bold: true },
          {
            table: {
              headerRows: 1,
              dontBreakRows: true,
              widths: [16, 118, '*', 110, 44],
              body: [head, ...rows],
            },
          },
        ],
        footer: (page, pages) => `第 ${page} / ${pages} 页`,
      })
      .getBuffer()
  }
}

/** Goods as a shop names them: 276 different signs, and every name in several colours and sizes. */
const goods = (
  '儿童雨鞋 不锈钢保温杯 头层牛皮腰带 纯棉加厚毛巾 餐具收纳盒 全自动折叠伞 无线蓝牙耳机 快充移动电源 编织数据线 防摔手机壳 ' +
  '碎花连衣裙 直筒牛仔裤 缓震跑步鞋 防滑瑜伽垫 真空压缩袋 硅胶烘焙模具 竹纤维抹布 恒温电热水壶 桌面小风扇 护眼学习台灯 ' +
  '宠物自动饮水器 猫抓板瓦楞纸 婴儿连体爬服 积木拼装玩具 遥控越野汽车 水彩画笔套装 活页笔记本 中性签字笔 人体工学坐垫 记忆棉枕头 ' +
  '四件套床品 遮光窗帘成品 免打孔置物架 304厨房漏勺 陶瓷味碟 玻璃密封罐 冷萃咖啡壶 麦片早餐碗 户外登山背包 速干运动短袖'
).split(' ')
const looks = '新款 加大码 旅行便携式 家用 学生宿舍 送礼盒装 网红同款 升级版 简约北欧风 日系复古'.split(' ')
const colours = '墨绿 藏青 米白 浅灰 酒红 姜黄 雾霾蓝 奶茶色 樱花粉 黑色'.split(' ')

/** Rows of one day, every line with the barcode of its unit. */
function wave(day: number): PickListDocument {
  let state = day * 7919
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >>> 12) % below
  }
  const stops = Array.from({ length: lines }, (_, index) => {
    const shares = Array.from({ length: 1 + random(3) }, (_, share) => ({
      slot: 1 + ((index * 3 + share * 13) % 40),
      quantity: 1 + random(3),
    }))
    const of = (words: readonly string[]) => words[random(words.length)] ?? ''
    const name = `${of(looks)}${of(goods)} ${of(colours)} ${20 + random(30)} 码`
    const zone = 'ABCD'[Math.floor(index / 125)] ?? 'A'
    const aisle = String(1 + (Math.floor(index / 12) % 11)).padStart(2, '0')
    return {
      location: `${zone}-${aisle}-${String(1 + (index % 12)).padStart(2, '0')}`,
      zone,
      aisle,
      sku: `KD-${100_000 + random(900_000)}`,
      name,
      quantity: shares.reduce((sum, share) => sum + share.quantity, 0),
      barcode: `69${String(10_000_000_000 + random(500_000) * 7919).slice(0, 11)}`,
      slots: shares,
      mark: index % 20 === 3 ? ('heavy' as const) : index % 20 === 9 ? ('fragile' as const) : null,
    }
  })
  return {
    wave: `W-${String(day).padStart(4, '0')}`,
    waveCode: `PB-W-${day}`,
    kind: 'multi',
    revision: 1,
    part: null,
    picker: '王小明',
    notes: ['加急订单 351530001001 已并入：顺丰 16:30 截单'],
    labels: 'list',
    printedAt: '2026-07-24T06:02:00Z',
    zone: 'Asia/Shanghai',
    shipBy: '2026-07-24T08:30:00Z',
    orders: 40,
    units: stops.reduce((sum, stop) => sum + stop.quantity, 0),
    couriers: [
      { name: '顺丰速运', orders: 25 },
      { name: '中通快递', orders: 15 },
    ],
    ...onFloor(stops),
    slots: Array.from({ length: 40 }, (_, index) => ({
      slot: index + 1,
      code: `PB-S-${day}-${index + 1}`,
      order: `35153000${1000 + index}9579`,
      units: 1 + (index % 4),
      courier: '顺丰速运',
    })),
    leftOut: [],
  }
}

type Unwalked = Omit<PickListDocument['stops'][number], 'number' | 'turn'>

/** The stops on a floor of 44 aisles in two blocks, walked up one aisle and down the next, with the map of it. */
function onFloor(stops: readonly Unwalked[]): Pick<PickListDocument, 'map' | 'stops' | 'walkM'> {
  const [pitch, length] = [3_000, 30_000]
  const inAisle = [...Map.groupBy(stops, ({ zone, aisle }) => `${zone}/${aisle}`)]
  const path: (readonly [number, number])[] = [[0, -2_000]]
  const placed: { number: number; xMm: number; yMm: number }[] = []
  const numbered = inAisle.flatMap(([, own], aisle) => {
    const isUp = aisle % 2 === 0
    const xMm = aisle * pitch
    path.push([xMm, isUp ? 0 : length], [xMm, isUp ? length : 0])
    return own.map((stop, at) => {
      const way = (length * (at + 0.5)) / own.length
      const number = placed.length + 1
      placed.push({ number, xMm: xMm + (at % 2 === 0 ? -900 : 900), yMm: isUp ? way : length - way })
      const turn = { across: aisle === 0 ? 'none' : 'right', along: isUp ? 'up' : 'down' } as const
      return { ...stop, number, turn: at === 0 ? turn : null }
    })
  })
  const end = (inAisle.length - 1) * pitch
  const map: PickListMap = {
    crossAisles: [0, length / 2, length].map((yMm, at) => ({ name: String(at + 1), yMm })),
    aisles: inAisle.map(([name], aisle) => ({ names: [name], xMm: aisle * pitch, ways: ['both', 'both'] })),
    crossWays: [],
    depots: [{ name: '打包台', xMm: 0, yMm: -2_000, role: 'both' }],
    stops: placed,
    path: [...path, [end, -2_000], [0, -2_000]],
  }
  return { map, stops: numbered, walkM: (inAisle.length * length) / 1000 + (2 * end) / 1000 }
}

if (import.meta.main) console.log(JSON.stringify({ figures: await benchDocuments() }, null, 2))
