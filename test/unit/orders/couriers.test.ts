import { describe, expect, it } from 'vitest'
import { courierKey, namesCourier } from '#shared/domain/orders/couriers.ts'

describe('couriers by name', () => {
  it.each([
    ['顺丰', '顺丰速运'],
    ['圆通速递', '圆通'],
    ['京东物流', '京东快递'],
    ['ems', 'EMS'],
    ['极兔 速递', '极兔速递'],
  ])('%s is %s', (one, other) => expect(courierKey(one)).toBe(courierKey(other)))
  it.each([
    ['顺丰', '圆通'],
    ['中通快递', '申通快递'],
  ])('%s is not %s', (one, other) => expect(courierKey(one)).not.toBe(courierKey(other)))
  it.each(['顺丰', '中通快递', 'EMS', '汇森速运', '德邦物流'])('%s promises a courier', (word) =>
    expect(namesCourier(word)).toBe(true),
  )
  it.each([
    '快递',
    '物流',
    '普通快递',
    'Standard Shipping',
    '平邮',
    'USPS First Class',
    'Express',
    '自提',
    '',
  ])('"%s" promises none', (word) => expect(namesCourier(word)).toBe(false))
})
