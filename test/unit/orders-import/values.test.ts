import { describe, expect, it } from 'vitest'
import { cleanCell, headerKey, readQuantity } from '#shared/domain/orders/import/cells.ts'
import { readMoney } from '#shared/domain/orders/import/money.ts'
import { createTimeReader } from '#shared/domain/orders/import/times.ts'

describe('cells', () => {
  it.each([
    ['="35153131473293579"', '35153131473293579'],
    ['=""', ''],
    ["'13000000001", '13000000001'],
    ['260901-1\t', '260901-1'],
    ['\t6918', '6918'],
    ['\ufeff订单号', '订单号'],
    ['\u3000杯\u00a0', '杯'],
    ["'quoted'", "'quoted'"],
    ["'=1+1", '=1+1'],
    ['  ', ''],
    ['"x"', '"x"'],
  ])('%j is %j', (raw, text) => expect(cleanCell(raw)).toBe(text))

  it('compares headers by what they say', () => {
    expect(headerKey(' 商品数量（件） ')).toBe(headerKey('商品数量(件)'))
    expect(headerKey('ship_by-date')).toBe(headerKey('Ship By Date'))
  })

  it.each([
    ['1', 1],
    ['1.0', 1],
    ['1,000', 1000],
    ['００３', 3],
    ['1000000', 1_000_000],
  ])('%s is %i pieces', (text, value) => {
    expect(readQuantity(text)).toEqual({ ok: true, value })
  })
})

describe('money', () => {
  it.each([
    ['0.1', 2, 10, null],
    ['1,234.50', 2, 123_450, null],
    ['￥12', 2, 1200, null],
    ['¥12.5', 2, 1250, null],
    ['$25.00', 2, 2500, null],
    ['US $25.00', 2, 2500, 'USD'],
    ['£3', 2, 300, 'GBP'],
    ['EUR 3.5', 2, 350, 'EUR'],
    ['12.5元', 2, 1250, 'CNY'],
    ['-5.00', 2, -500, null],
    ['19.995', 2, 2000, null],
    ['1.004', 2, 100, null],
    ['90071992547409.91', 2, 9_007_199_254_740_991, null],
    ['1500', 0, 1500, null],
    ['.5', 2, 50, null],
  ])('%s', (text, scale, units, currency) => {
    expect(readMoney(text, scale)).toEqual({ ok: true, value: { units, currency } })
  })

  it.each(['12,5', '1.2.3', 'abc', '', '.', '$', '1,23', '1e5', '99999999999999999'])(
    '%j is none',
    (text) => {
      expect(readMoney(text, 2).ok).toBe(false)
    },
  )
})

describe('times', () => {
  const china = createTimeReader('Asia/Shanghai')
  const newYork = createTimeReader('America/New_York')

  it.each([
    ['2026-09-01 09:12:30', '2026-09-01T01:12:30.000Z'],
    ['2026/9/1 9:12', '2026-09-01T01:12:00.000Z'],
    ['2026年9月1日 09时12分30秒', '2026-09-01T01:12:30.000Z'],
    ['2026-09-01', '2026-08-31T16:00:00.000Z'],
    ['2026-09-01T09:12:30Z', '2026-09-01T09:12:30.000Z'],
    ['2026-09-01 09:12:30 +0900', '2026-09-01T00:12:30.000Z'],
    ['2026-09-01T09:12:30.123-05:30', '2026-09-01T14:42:30.000Z'],
    ['Sep-27-26', '2026-09-26T16:00:00.000Z'],
    ['27-Sep-26', '2026-09-26T16:00:00.000Z'],
    ['September 27, 2026 10:00', '2026-09-27T02:00:00.000Z'],
  ])('%s', (text, expected) => expect(china.read(text)).toBe(expected))

  it.each(['01/02/2026', '2026-13-01', '2026-02-29', '2026-01-01 25:00', 'soon', '46266.38', 'Foo-01-26'])(
    '%s is not sure',
    (text) => {
      expect(china.read(text)).toBeNull()
    },
  )

  it('means the end of the day by a deadline without a time', () => {
    expect(china.read('2026-09-03', true)).toBe('2026-09-03T15:59:59.000Z')
    expect(china.read('2026-09-03 10:00:00', true)).toBe('2026-09-03T02:00:00.000Z')
  })

  it('knows summer time, the hour that is missing and the one that comes twice', () => {
    expect(newYork.read('2026-01-15 12:00:00')).toBe('2026-01-15T17:00:00.000Z')
    expect(newYork.read('2026-07-15 12:00:00')).toBe('2026-07-15T16:00:00.000Z')
    expect(newYork.read('2026-03-08 02:30:00')).toBe('2026-03-08T07:30:00.000Z')
    expect(newYork.read('2026-03-08 03:30:00')).toBe('2026-03-08T07:30:00.000Z')
    expect(newYork.read('2026-11-01 01:30:00')).toBe('2026-11-01T05:30:00.000Z')
    expect(newYork.read('2026-11-01 02:30:00')).toBe('2026-11-01T07:30:00.000Z')
    expect(createTimeReader('Europe/London').read('2026-03-29 00:30:00')).toBe('2026-03-29T00:30:00.000Z')
  })

  it('refuses a zone that does not exist', () => {
    expect(() => createTimeReader('Mars/Olympus')).toThrow(RangeError)
  })
})
