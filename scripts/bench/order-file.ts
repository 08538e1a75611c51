import { closeSync, openSync, writeSync } from 'node:fs'
import { sampleLabels } from './sample-labels.ts'

const headers =
  '订单号,状态,付款时间,承诺发货时间,商家编码,商品名称,规格,数量,单价,收件人,手机,省,市,区,详细地址,买家留言,快递'

export const linesPerOrder = 4

/** Writes an order file of our own format with `lines` lines, four an order, each order with its own receiver. */
export function writeOrderFile(path: string, lines: number, prefix = 'A'): void {
  const people = sampleLabels(997)
  const file = openSync(path, 'w')
  const parts: string[] = [headers]
  for (let line = 0; line < lines; line += 1) {
    const order = Math.floor(line / linesPerOrder)
    const person = people[order % people.length]
    if (person === undefined) throw new Error('there are no sample labels')
    const product = (Math.imul(line + 1, 2_654_435_761) >>> 0) % 50_000
    const second = String(order % 60).padStart(2, '0')
    const minute = String(Math.floor(order / 60) % 60).padStart(2, '0')
    const hour = String(Math.floor(order / 3600) % 24).padStart(2, '0')
    parts.push(
      [
        `${prefix}${String(order).padStart(12, '0')}`,
        '待发货',
        `2026-09-01 ${hour}:${minute}:${second}`,
        '2026-09-03 18:00:00',
        `SKU-${String(product).padStart(6, '0')}`,
        `儿童雨鞋 墨绿 ${product}`,
        `尺码${20 + (product % 16)}`,
        String(1 + (line % 3)),
        '29.90',
        person.receiver.name,
        `1${String(3e9 + order)}`,
        '浙江省',
        '杭州市',
        '余杭区',
        person.receiver.address,
        person.note,
        '',
      ].join(','),
    )
    if (parts.length >= 5000) {
      writeSync(file, `${parts.join('\n')}\n`)
      parts.length = 0
    }
  }
  if (parts.length > 0) writeSync(file, `${parts.join('\n')}\n`)
  closeSync(file)
}
