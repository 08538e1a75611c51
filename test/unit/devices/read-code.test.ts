import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitAim, symbologyOf } from '#shared/domain/devices/codes/aim.ts'
import { expandUpcE, gtinForms, isChecked, readGtins } from '#shared/domain/devices/codes/gtin.ts'
import { readCode } from '#shared/domain/devices/codes/read-code.ts'
import { courierOfWaybill } from '#shared/domain/devices/codes/waybills.ts'
import { commandCode, commands, slotCode, waveCode } from '#shared/domain/packing/codes.ts'

const read = (text: string, aim?: string) => readCode(aim === undefined ? { text } : { text, aim }, 2026)

describe('GTINs', () => {
  it('are known by their check digits (numbers printed on goods and in the standards)', () => {
    for (const code of ['6901234567892', '4006381333931', '036000291452', '96385074', '00012345678905']) {
      expect(readGtins(code), code).not.toEqual([])
    }
    expect(readGtins('6901234567893')).toEqual([])
    expect(readGtins('690123456789')).toEqual([])
  })

  it('UPC-E expands as the standard shows, for each way of leaving zeros out', () => {
    expect(expandUpcE('01234505')).toBe('012000003455')
    expect(expandUpcE('04252614')).toBe('042100005264')
    expect(expandUpcE('01234531')).toBe('012300000451')
    expect(expandUpcE('01234543')).toBe('012340000053')
    expect(expandUpcE('01234565')).toBe('012345000065')
  })

  it('of magazines and books are found without the digits behind them, where the symbol says what it is', () => {
    for (const more of ['12', '51234'])
      expect(read(`]E39771234567003${more}`)).toMatchObject({
        kind: 'gtin',
        gtin: '09771234567003',
        candidates: [`9771234567003${more}`, '9771234567003', '09771234567003'],
      })
    expect(read('977123456700312').kind).not.toBe('gtin')
  })

  it('one digit wrong is always found', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('6901234567892', '96385074', '036000291452'),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        (code, place, by) => {
          const at = place % code.length
          const wrong = `${code.slice(0, at)}${(Number(code[at]) + by) % 10}${code.slice(at + 1)}`
          expect(isChecked(wrong)).toBe(false)
        },
      ),
    )
  })

  it('a UPC-E comes back from its own UPC-A, whatever its digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 999_999 }), (system, body) => {
        const open = `${system}${String(body).padStart(6, '0')}`
        const upcA = [...'0123456789']
          .map((check) => expandUpcE(`${open}${check}`) ?? '')
          .find((text) => isChecked(text))
        const forms = gtinForms((upcA ?? '').padStart(14, '0'))
        expect(forms.map((form) => (form.length === 8 ? expandUpcE(form) : undefined))).toContain(upcA)
      }),
    )
  })

  it('are looked for in every form that a catalogue may hold', () => {
    expect(read('036000291452')).toMatchObject({
      kind: 'gtin',
      gtin: '00036000291452',
      candidates: ['036000291452', '0036000291452', '00036000291452', '36000291452'],
    })
    expect(read('0036000291452').candidates).toContain('036000291452')
    expect(read('96385074', ']E4')).toMatchObject({
      kind: 'gtin',
      candidates: ['96385074', '0000096385074', '000096385074', '00000096385074'],
    })
    expect(read('04252614').candidates).toContain('042100005264')
    expect(read('16901234567899')).toMatchObject({ kind: 'gtin', candidates: ['16901234567899'] })
  })
})

describe('AIM identifiers', () => {
  it.each([
    [']C0', 'code128'],
    [']C1', 'gs1-128'],
    [']E0', 'ean'],
    [']E4', 'ean8'],
    [']d2', 'gs1-datamatrix'],
    [']d1', 'datamatrix'],
    [']Q3', 'gs1-qr'],
    [']Q1', 'qr'],
    [']e0', 'gs1-databar'],
    [']A0', 'code39'],
    [']L2', 'pdf417'],
    [']h0', 'hanxin'],
  ])('%s is %s', (aim, symbology) => expect(symbologyOf(aim)).toBe(symbology))

  it('are taken off the front only where they are one', () => {
    expect(splitAim(']C0SF1')).toEqual({ aim: ']C0', text: 'SF1' })
    expect(splitAim(']]SF1')).toEqual({ text: ']]SF1' })
    for (const aim of [']X0', ']S0', ']M0', ']R0', ']U1'])
      expect(splitAim(`${aim}123`)).toEqual({ aim, text: '123' })
    expect(splitAim('')).toEqual({ text: '' })
  })
})

describe('what a scan may be', () => {
  it('our own codes are nobody else’s', () => {
    for (const command of commands) expect(read(commandCode(command)).kind).toBe('command')
    for (const code of [waveCode(7), slotCode(7, 3)]) expect(read(code).kind).toBe('command')
    expect(read('PB-CMD-NONSENSE')).toEqual({ kind: 'plain', candidates: ['PB-CMD-NONSENSE'] })
  })

  it.each([
    [']C1', '0106901234567892\u001D10A7'],
    [']d2', '010690123456789210A7'],
    [']Q3', '(01)06901234567892(10)A7'],
    [']e0', '010690123456789210A7'],
    [undefined, '\u001D010690123456789210A7'],
    [undefined, '010690123456789210A7'],
    [undefined, ']C1010690123456789210A7'],
    [undefined, 'https://id.example/01/06901234567892/10/A7'],
  ])('GS1 by %s in %j', (aim, text) => {
    const code = read(text, aim)
    expect(code).toMatchObject({ kind: 'gs1', facts: { gtin: '06901234567892', lot: 'A7' } })
    expect(code.candidates[0]).toBe('6901234567892')
  })

  it('what is no GS1 stays what it is', () => {
    expect(read('0106901234567893')).toMatchObject({ kind: 'plain', candidates: ['0106901234567893'] })
    expect(read('(see back)')).toEqual({ kind: 'plain', candidates: ['(see back)'] })
    expect(read('https://shop.example/item/42').kind).toBe('plain')
    expect(read('0106901234567893', ']C1')).toMatchObject({ kind: 'plain', fault: { reason: 'checkDigit' } })
    expect(read('SF1234567890123', ']C1')).toMatchObject({ kind: 'waybill', couriers: [{ courier: 'SF' }] })
  })

  it('waybills by their form, with the parcels that share one', () => {
    expect(courierOfWaybill('SF1234567890123')).toEqual([{ courier: 'SF', key: '顺丰', certain: true }])
    expect(courierOfWaybill('JDVA11408814483')[0]).toMatchObject({
      courier: 'JD',
      key: '京东',
      certain: true,
    })
    expect(courierOfWaybill('JT0006968326954')[0]?.courier).toBe('JT')
    expect(courierOfWaybill('DPK364112047425')[0]?.courier).toBe('DEPPON')
    expect(courierOfWaybill('YT1234567890123')[0]?.courier).toBe('YTO')
    expect(courierOfWaybill('77316523125896')[0]?.courier).toBe('STO')
    expect(courierOfWaybill('462598779470531')[0]?.courier).toBe('YUNDA')
    expect(courierOfWaybill('75812345678901')[0]?.courier).toBe('ZTO')
    expect(courierOfWaybill('EE123456785CN')[0]).toEqual({ courier: 'EMS', key: 'ems', certain: true })
    expect(courierOfWaybill('EE123456784CN')).toEqual([])
    expect(read('JDVA11408814483-2-3-')).toMatchObject({
      kind: 'waybill',
      candidates: ['JDVA11408814483-2-3-', 'JDVA11408814483'],
    })
  })

  it('digits that may be both are looked for as both, unless the symbol is an EAN', () => {
    expect(read('4006381333931')).toMatchObject({ kind: 'gtin', couriers: [{ courier: 'YUNDA' }] })
    expect(read('4006381333931', ']E0')).toMatchObject({ kind: 'gtin', couriers: [] })
  })

  it('never throws, and always keeps the text itself as a candidate', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const code = read(text)
        expect(code.kind === 'command' || code.candidates.length > 0).toBe(true)
        expect(new Set(code.candidates).size).toBe(code.candidates.length)
      }),
      { numRuns: 2000 },
    )
    expect(read('9'.repeat(10_000)).kind).toBe('plain')
  })
})
