import type { DocumentLanguage } from '#electron/ports/document-press.ts'

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
    short: '实拣',
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
    stops: 'Stops',
    printedAt: 'Printed',
    couriers: 'Couriers',
    shelf: 'Shelf',
    goods: 'Item',
    slots: 'Slot × units',
    quantity: 'Qty',
    short: 'Picked',
    noShelf: 'No shelf',
    zone: (zone) => `Zone ${zone}`,
    aisle: (aisle) => `Aisle ${aisle}`,
    continued: 'continued',
    countStops: (count) => plural(count, 'stop'),
    countUnits: (count) => plural(count, 'unit'),
    countOrders: (count) => plural(count, 'order'),
    countParcels: (count) => plural(count, 'parcel'),
    total: 'Total',
    differs: (listed, claimed) =>
      `Note: this list has ${listed}, the wave has ${claimed}, difference ${claimed - listed}`,
    picker: 'Picked by',
    finished: 'Finished at',
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
