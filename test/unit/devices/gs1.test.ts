import fc from 'fast-check'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { parseDigitalLink } from '#shared/domain/devices/codes/digital-link.ts'
import { gs1Date } from '#shared/domain/devices/codes/gs1-date.ts'
import { goodsInside, gs1Facts } from '#shared/domain/devices/codes/gs1-facts.ts'
import { parseBracketed, parseElementString } from '#shared/domain/devices/codes/gs1.ts'

interface OracleElement {
  readonly ai: string
  readonly data: unknown
  readonly isoDate: string
  readonly unit: string
}
const { parseBarcode } = createRequire(import.meta.url)('gs1-barcode-parser-mod') as {
  parseBarcode(code: string): {
    readonly codeName: string
    readonly parsedCodeItems: readonly OracleElement[]
  }
}

const gs = '\u001D'
const year = new Date().getFullYear()

const digits = (least: number, most = least) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: least, maxLength: most })
const signs = (most: number) =>
  fc.string({
    unit: fc.constantFrom(...'ABCXYZabcxyz0123456789-./_+*!%&'),
    minLength: 1,
    maxLength: most,
  })
const summed = (length: number) =>
  digits(length - 1).map((body) => {
    const sum = [...body]
      .toReversed()
      .reduce((all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 3 : 1), 0)
    return `${body}${(10 - (sum % 10)) % 10}`
  })
const day = fc
  .date({ min: new Date('2000-01-02'), max: new Date('2070-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(2, 10).replaceAll('-', ''))

/** Written from the standard's list, not from the parser's table: identifier, value, whether it needs no separator. */
const kinds: readonly (readonly [string, fc.Arbitrary<string>, 'fixed' | 'variable'])[] = [
  ['00', summed(18), 'fixed'],
  ['01', summed(14), 'fixed'],
  ['02', summed(14), 'fixed'],
  ['10', signs(20), 'variable'],
  ['11', day, 'fixed'],
  ['15', day, 'fixed'],
  ['17', day, 'fixed'],
  ['20', digits(2), 'fixed'],
  ['21', signs(20), 'variable'],
  ['22', signs(20), 'variable'],
  ['240', signs(30), 'variable'],
  ['30', digits(1, 8), 'variable'],
  ['3100', digits(6), 'fixed'],
  ['3103', digits(6), 'fixed'],
  ['3202', digits(6), 'fixed'],
  ['3301', digits(6), 'fixed'],
  ['37', digits(1, 8), 'variable'],
  ['3922', digits(3, 15), 'variable'], // the oracle misplaces the point of an amount with fewer digits than decimals
  ['400', signs(30), 'variable'],
  ['410', summed(13), 'fixed'],
  ['420', signs(20), 'variable'],
  ['4300', signs(35), 'variable'],
  ['422', digits(3), 'variable'],
  ['7003', digits(10), 'variable'],
  ['8005', digits(6), 'variable'],
  ['8008', digits(8, 12), 'variable'],
  ['91', signs(90), 'variable'],
]

const element = fc
  .constantFrom(...kinds)
  .chain(([ai, value, length]) => value.map((text) => ({ ai, value: text, length })))
const elements = fc.array(element, { minLength: 1, maxLength: 6 })
const joined = (list: readonly { ai: string; value: string; length: string }[]) =>
  list
    .map(
      ({ ai, value, length }, at) =>
        `${ai}${value}${length === 'variable' && at < list.length - 1 ? gs : ''}`,
    )
    .join('')

describe('GS1 element strings', () => {
  it('come apart into what they were made of', () => {
    fc.assert(
      fc.property(elements, fc.boolean(), (list, leading) => {
        const read = parseElementString(`${leading ? gs : ''}${joined(list)}`)
        expect(read.ok && read.value.map(({ ai, value }) => ({ ai, value }))).toEqual(
          list.map(({ ai, value }) => ({ ai, value })),
        )
      }),
      { numRuns: 2000 },
    )
  })

  it('mean what another parser says that they mean', () => {
    const dated = new Set(['11', '15', '17'])
    const counted = /^(?:3[0-7]|392)/
    fc.assert(
      fc.property(elements, (list) => {
        const theirs = parseBarcode(`]C1${joined(list)}`).parsedCodeItems
        const ours = parseElementString(joined(list))
        if (!ours.ok) throw new Error(JSON.stringify(ours.error))
        expect(ours.value.map((one) => one.ai.slice(0, 3))).toEqual(theirs.map((one) => one.ai.slice(0, 3)))
        for (const [at, mine] of ours.value.entries()) {
          const other = theirs[at]
          if (dated.has(mine.ai)) expect(gs1Date(mine.value, year)).toBe(other?.isoDate)
          else if (counted.test(mine.ai) && typeof other?.data === 'number') {
            expect(Number(mine.value) / 10 ** mine.decimals).toBeCloseTo(other.data, 6)
          } else if (typeof other?.data === 'string') expect(mine.value.endsWith(other.data)).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('are refused with the place and the reason, whatever is thrown at them', () => {
    expect(parseElementString('0106901234567893')).toEqual({
      ok: false,
      error: { reason: 'checkDigit', at: 2 },
    })
    expect(parseElementString('01069012345678')).toEqual({ ok: false, error: { reason: 'tooShort', at: 2 } })
    expect(parseElementString(`10${'A'.repeat(21)}`)).toEqual({
      ok: false,
      error: { reason: 'tooLong', at: 2 },
    })
    expect(parseElementString('10A\u001D05X')).toEqual({ ok: false, error: { reason: 'unknownAi', at: 4 } })
    expect(parseElementString('30X')).toEqual({ ok: false, error: { reason: 'notDigits', at: 2 } })
    expect(parseElementString('10批')).toEqual({ ok: false, error: { reason: 'character', at: 2 } })
    expect(parseElementString(gs)).toEqual({ ok: false, error: { reason: 'empty', at: 0 } })
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseElementString(text)))
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseBracketed(`(${text}`)))
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => void parseDigitalLink(`https://a/01/${text}`)),
    )
  })

  it.each([
    '(01)06901234567892(17)261231(10)A(7)-B(21)42',
    '(01) 06901234567892 (17) 261231 (10) A(7)-B (21)42 ',
    '(01)06901234567892 (17)261231\n(10)A(7)-B (21)42',
  ])('are read in brackets as people write them: %j', (text) => {
    const read = parseBracketed(text)
    expect(read.ok && read.value.map(({ ai, value }) => `${ai} ${value}`)).toEqual([
      '01 06901234567892',
      '17 261231',
      '10 A(7)-B',
      '21 42',
    ])
  })
})

describe('what a GS1 code says', () => {
  const facts = (text: string) => {
    const read = parseElementString(text)
    if (!read.ok) throw new Error(read.error.reason)
    return gs1Facts(read.value, 2026)
  }

  it('item, lot, expiry, serial, weight, count', () => {
    expect(facts(`010690123456789217261200310300125010L-7${gs}21S1`)).toMatchObject({
      gtin: '06901234567892',
      expiry: '2026-12-31',
      lot: 'L-7',
      serial: 'S1',
      weightGrams: 1250,
      count: null,
      wrongDates: [],
    })
    expect(facts(`02069012345678923724`)).toMatchObject({ contentGtin: '06901234567892', count: 24 })
    expect(facts('0106901234567892306')).toMatchObject({ gtin: '06901234567892', count: 6 })
    // Each count belongs to its own number.
    expect(facts(`02069012345678923724${gs}301`).count).toBe(24)
    expect(facts('01069012345678923724').count).toBeNull()
    expect(facts('3201000010').weightGrams).toBe(454) // 1.0 lb
    expect(facts(`70032602281830`).expiry).toBe('2026-02-28')
  })

  it.each([
    ['0106901234567892', 1],
    ['0106901234567892306', 6],
    ['02069012345678923712', 12],
    ['020690123456789237012', 12],
    ['020690123456789237010000', 10_000],
    ['020690123456789237010001', null],
    ['020690123456789237000', null],
    ['0106901234567892300', null],
    ['0206901234567892', null],
    ['01069012345678920206901234567892371', null],
    ['00106141411234567897', null],
  ])('%s stands for so many of its item: %s', (text, units) =>
    expect(goodsInside(facts(text))).toEqual(units === null ? null : { gtin: '06901234567892', units }),
  )

  it('a date that is none leaves the item known', () => {
    expect(facts('010690123456789217261332')).toMatchObject({
      gtin: '06901234567892',
      expiry: null,
      wrongDates: ['17'],
    })
  })

  it('puts two-digit years into the nearest century', () => {
    expect(gs1Date('770101', 2026)).toBe('1977-01-01') // 51 ahead
    expect(gs1Date('760101', 2026)).toBe('2076-01-01') // 50 ahead
    expect(gs1Date('490101', 2099)).toBe('2149-01-01') // 50 back
    expect(gs1Date('500101', 2099)).toBe('2050-01-01') // 49 back
    expect(gs1Date('240200', 2026)).toBe('2024-02-29')
    expect(gs1Date('250229', 2026)).toBeUndefined()
  })
})

describe('GS1 Digital Link', () => {
  const read = (text: string) => {
    const link = parseDigitalLink(text)
    return link?.ok === true ? link.value.map(({ ai, value }) => `${ai} ${value}`) : link
  }

  it('is read from path and query, wherever its key begins', () => {
    expect(read('https://id.gs1.org/01/06901234567892/10/A%2F7/21/9?17=261231&linkType=all')).toEqual([
      '01 06901234567892',
      '10 A/7',
      '21 9',
      '17 261231',
    ])
    expect(read('http://shop.example/p/01/01/6901234567892')).toEqual(['01 06901234567892'])
  })

  it('is no other web address', () => {
    expect(read('https://shop.example/item/42')).toBeUndefined()
    expect(read('https://shop.example/')).toBeUndefined()
    expect(read('SF1234567890123')).toBeUndefined()
  })

  it('says what is wrong with one', () => {
    // A path of the shop's own before it.
    expect(parseDigitalLink('https://x.example/01/shop/01/06901234567892/10/L')).toMatchObject({ ok: true })
    expect(parseDigitalLink('https://id.gs1.org/01/06901234567893')).toMatchObject({
      ok: false,
      error: { reason: 'checkDigit' },
    })
  })
})
