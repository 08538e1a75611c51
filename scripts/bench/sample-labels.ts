import type { ShippingLabel } from '#electron/ports/label-press.ts'

const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余']
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英梓涵浩宇欣怡子轩雨泽诗琪佳俊凯博文']
const regions = [
  '浙江省杭州市余杭区',
  '广东省深圳市南山区',
  '江苏省苏州市工业园区',
  '四川省成都市武侯区',
  '北京市朝阳区',
  '上海市嘉定区',
  '湖北省武汉市洪山区',
  '陕西省西安市雁塔区',
  '新疆维吾尔自治区乌鲁木齐市天山区',
  '黑龙江省哈尔滨市道里区',
]
const streets = [
  '文一西路',
  '科技园南区深南大道',
  '星湖街',
  '天府大道北段',
  '望京街',
  '银翔路',
  '珞喻路',
  '长安南路',
]
const places = [
  '西溪八方城',
  '软件产业基地',
  '创意产业园',
  '阳光花园',
  '翡翠城',
  '万科金域',
  '大学城学生公寓',
  '人民小区',
]
const goods = [
  '儿童雨鞋 墨绿',
  '保温杯 红 500ml',
  '真皮腰带 黑 115cm',
  '纯棉毛巾 灰',
  '运动短袜 白 三双装',
  '手机壳 透明',
  '台灯 暖光',
]
const notes = ['', '', '', '请包装好,送礼', '不要放小票', '放门口快递柜']
const couriers = [
  ['顺丰速运', 'SF'],
  ['中通快递', '7'],
  ['圆通速递', 'YT'],
  ['韵达快递', '4'],
  ['京东物流', 'JDVB'],
] as const

/** The same `count` orders on every machine: names, addresses and goods as a Chinese shop has them. */
export function sampleLabels(count: number): ShippingLabel[] {
  let state = 20_261_122
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T
  const digits = (length: number) => Array.from({ length }, () => below(10)).join('')
  return Array.from({ length: count }, (_, index) => {
    const [courier, prefix] = pick(couriers)
    return {
      waybill: prefix + digits(13),
      courier,
      receiver: {
        name: pick(surnames) + pick(given) + (below(3) === 0 ? '' : pick(given)),
        phone: `1${3 + below(7)}${below(10)}****${digits(4)}`,
        address: `${pick(regions)}${pick(streets)}${1 + below(999)}号${pick(places)}${1 + below(20)}幢${1 + below(6)}单元${1 + below(30)}0${1 + below(8)}室`,
      },
      sender: '一号店仓库 400-820-8820 上海市嘉定区银翔路799号',
      orderNumber: `35153${digits(14)}`,
      shop: '一号店 · 天猫',
      slot: `W-${String(1 + Math.floor(index / 20)).padStart(4, '0')} · ${1 + (index % 20)}`,
      contents: Array.from(
        { length: 1 + below(3) },
        () => `${pick(['KD', 'BW', 'PD'])}-${digits(3)} ${pick(goods)} ×${1 + below(3)}`,
      ),
      note: pick(notes),
      printedAt: '2026-11-22T06:03:07.000Z',
    }
  })
}
