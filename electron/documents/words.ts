import type { DocumentLanguage, PickListTurn } from '#electron/ports/document-press.ts'

/** What the papers say, in both languages; a word missing in one does not compile. */
export interface Words {
  readonly pickList: string
  readonly single: string
  readonly multi: string
  readonly shipBy: string
  readonly noDeadline: string
  readonly orders: string
  readonly units: string
  readonly stops: string
  readonly printedAt: string
  readonly couriers: string
  readonly shelf: string
  readonly goods: string
  readonly slots: string
  readonly quantity: string
  readonly short: string
  readonly noShelf: string
  readonly zone: (zone: string) => string
  readonly aisle: (aisle: string) => string
  readonly continued: string
  readonly countStops: (count: number) => string
  readonly countUnits: (count: number) => string
  readonly countOrders: (count: number) => string
  readonly countParcels: (count: number) => string
  readonly total: string
  readonly differs: (listed: number, claimed: number) => string
  readonly picker: string
  readonly finished: string
  readonly walk: (metres: number) => string
  readonly route: string
  readonly noFloor: string
  readonly reversed: string
  readonly revision: (revision: number) => string
  readonly part: (part: number, parts: number) => string
  readonly attention: string
  readonly heavy: string
  readonly fragile: string
  /** Where to turn, told as it is seen on the plan: the picker may face any way. */
  readonly turn: (turn: PickListTurn) => string
  readonly start: string
  readonly drop: string
  readonly startAndDrop: string
  readonly stopHere: string
  readonly oneWay: string
  readonly closedWay: string
  readonly metres: (metres: number) => string
  readonly mapOn: (page: number) => string
  readonly mapTooWide: string
  readonly slotStrip: string
  readonly slot: string
  readonly leftOut: (count: number) => string
  readonly page: (page: number, pages: number) => string

  readonly packingSlip: string
  readonly order: string
  readonly paidAt: string
  readonly receiver: string
  readonly note: string
  readonly returns: string
  readonly thanks: string
  readonly partOfKit: (kit: string, quantity: number) => string

  readonly manifest: string
  readonly day: string
  readonly warehouse: string
  readonly parcels: string
  readonly weight: string
  readonly unweighed: (count: number) => string
  readonly handedOverBy: string
  readonly takenBy: string
  readonly signature: string
  readonly counted: string
  readonly time: string

  readonly commandSheet: string
  readonly commandHint: string
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

type Ways = readonly [left: string, right: string, up: string, down: string]

/** `on the map right, then up`; empty where the way goes nowhere. */
function told(
  where: string,
  [left, right, up, down]: Ways,
  then: string,
  across: PickListTurn['across'],
  along: PickListTurn['along'],
): string {
  const steps = [
    across === 'left' ? left : across === 'right' ? right : '',
    along === 'up' ? up : along === 'down' ? down : '',
  ].filter(Boolean)
  const [first, second] = steps
  if (first === undefined) return ''
  const comma = then.endsWith(' ') ? ', ' : '，'
  return second === undefined ? `${where}${first}` : `${where}${first}${comma}${then}${second}`
}

export const words: Readonly<Record<DocumentLanguage, Words>> = {
  'zh-CN': {
    pickList: '拣货单',
    single: '单件波次',
    multi: '多件波次 · 按格口播种',
    shipBy: '承诺发货',
    noDeadline: '未设截止',
    orders: '订单',
    units: '件数',
    stops: '拣货行',
    printedAt: '打印',
    couriers: '快递',
    shelf: '货架',
    goods: '商品',
    slots: '格口 × 件数',
    quantity: '数量',
    short: '缺货',
    noShelf: '无货位',
    zone: (zone) => `${zone} 区`,
    aisle: (aisle) => `${aisle} 巷`,
    continued: '续',
    countStops: (count) => `${count} 行`,
    countUnits: (count) => `${count} 件`,
    countOrders: (count) => `${count} 单`,
    countParcels: (count) => `${count} 票`,
    total: '合计',
    differs: (listed, claimed) => `注意：本单列出 ${listed}，波次为 ${claimed}，差 ${claimed - listed}`,
    picker: '拣货人',
    finished: '完成时间',
    walk: (metres) => `走 ${metres} 米`,
    route: '路线',
    noFloor: '没有库房平面图：本单按货架编号排序，不是最短路线',
    reversed: '面单倒序叠放：最上面一张是最后一单',
    revision: (revision) => `第 ${revision} 版，替换之前的单子`,
    part: (part, parts) => `${part}/${parts} ${parts === 2 ? '两' : parts}人分拣`,
    attention: '注意',
    heavy: '重物',
    fragile: '易碎',
    turn: ({ across, along }) => told('图上', ['往左', '往右', '往上', '往下'], '再', across, along),
    start: '起点',
    drop: '终点',
    startAndDrop: '起点和终点',
    stopHere: '停下拣货，号码同单上的圆圈',
    oneWay: '单行',
    closedWay: '不通',
    metres: (metres) => `${metres} 米`,
    mapOn: (page) => `路线图在第 ${page} 页`,
    mapTooWide: '库房太宽，这种纸上印不下路线图；A4 拣货单上有',
    slotStrip: '格口条码　沿虚线剪下贴在格口，或在打包台扫描',
    slot: '格口',
    leftOut: (count) => `未进入本波次的订单（${count}）`,
    page: (page, pages) => `第 ${page} / ${pages} 页`,
    packingSlip: '发货单',
    order: '订单',
    paidAt: '付款',
    receiver: '收件人',
    note: '买家备注',
    returns: '退换货说明',
    thanks: '请核对商品与数量',
    partOfKit: (kit, quantity) => `套装 ${kit} × ${quantity}`,
    manifest: '交接单',
    day: '日期',
    warehouse: '仓库',
    parcels: '包裹',
    weight: '重量',
    unweighed: (count) => `另有 ${count} 票未称重`,
    handedOverBy: '仓库交出',
    takenBy: '快递揽收',
    signature: '签名',
    counted: '实收票数',
    time: '时间',
    commandSheet: '扫码指令',
    commandHint: '覆膜后放在打包台上，扫描即执行',
  },
  en: {
    pickList: 'Pick list',
    single: 'Single-item wave',
    multi: 'Multi-item wave · sort into slots',
    shipBy: 'Ship by',
    noDeadline: 'No deadline',
    orders: 'Orders',
    units: 'Units',
    stops: 'Lines',
    printedAt: 'Printed',
    couriers: 'Couriers',
    shelf: 'Shelf',
    goods: 'Item',
    slots: 'Slot × units',
    quantity: 'Qty',
    short: 'Short',
    noShelf: 'No shelf',
    zone: (zone) => `Zone ${zone}`,
    aisle: (aisle) => `Aisle ${aisle}`,
    continued: 'continued',
    countStops: (count) => plural(count, 'line'),
    countUnits: (count) => plural(count, 'unit'),
    countOrders: (count) => plural(count, 'order'),
    countParcels: (count) => plural(count, 'parcel'),
    total: 'Total',
    differs: (listed, claimed) =>
      `Note: this list has ${listed}, the wave has ${claimed}, difference ${claimed - listed}`,
    picker: 'Picked by',
    finished: 'Finished at',
    walk: (metres) => `Walk ${metres} m`,
    route: 'Route',
    noFloor: 'No floor plan is known: this list follows the shelf codes, not the shortest walk',
    reversed: 'Labels are stacked in reverse: the top label is of the last order',
    revision: (revision) => `Revision ${revision}, replaces earlier lists`,
    part: (part, parts) => `Part ${part}/${parts}, ${parts === 2 ? 'two' : parts} pickers`,
    attention: 'Note',
    heavy: 'HEAVY',
    fragile: 'FRAGILE',
    turn: ({ across, along }) => told('on the map ', ['left', 'right', 'up', 'down'], 'then ', across, along),
    start: 'Start',
    drop: 'Drop',
    startAndDrop: 'Start and drop',
    stopHere: 'stop and pick, numbered as in the list',
    oneWay: 'one way',
    closedWay: 'closed',
    metres: (metres) => `${metres} m`,
    mapOn: (page) => `Map of the route on page ${page}`,
    mapTooWide: 'The floor is too wide for a map on this paper; the A4 list has it',
    slotStrip: 'Slot barcodes: cut along the dashes for the put wall, or scan at the bench',
    slot: 'Slot',
    leftOut: (count) => `Orders left out of this wave (${count})`,
    page: (page, pages) => `Page ${page} / ${pages}`,
    packingSlip: 'Packing slip',
    order: 'Order',
    paidAt: 'Paid',
    receiver: 'Ship to',
    note: "Buyer's note",
    returns: 'Returns',
    thanks: 'Please check items and quantities',
    partOfKit: (kit, quantity) => `part of kit ${kit} × ${quantity}`,
    manifest: 'Hand-over manifest',
    day: 'Day',
    warehouse: 'Warehouse',
    parcels: 'Parcels',
    weight: 'Weight',
    unweighed: (count) => `plus ${plural(count, 'parcel')} not weighed`,
    handedOverBy: 'Handed over by the warehouse',
    takenBy: 'Taken by the courier',
    signature: 'Signature',
    counted: 'Parcels counted',
    time: 'Time',
    commandSheet: 'Command barcodes',
    commandHint: 'Laminate, keep at the bench, scan to act',
  },
}

/** `2026-07-24 16:30` in the zone given; the raw text where it is no instant, UTC where the zone is unknown. */
export function printedTime(instant: string, zone: string): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return instant
  const clock = clockOf(zone)
  const parts = new Map(
    (clock ?? clockOf('UTC'))?.formatToParts(date).map(({ type, value }) => [type, value]),
  )
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  const time = `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}`
  return clock ? time : `${time} UTC`
}

/** A clock takes a millisecond to make and every page needs it. */
const clocks = new Map<string, Intl.DateTimeFormat | null>()

function clockOf(zone: string): Intl.DateTimeFormat | null {
  const known = clocks.get(zone)
  if (known !== undefined) return known
  const clock = madeClock(zone)
  clocks.set(zone, clock)
  return clock
}

function madeClock(timeZone: string): Intl.DateTimeFormat | null {
  try {
    const number = '2-digit'
    return new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: number,
      day: number,
      hour: number,
      minute: number,
      hourCycle: 'h23',
    })
  } catch {
    return null
  }
}
