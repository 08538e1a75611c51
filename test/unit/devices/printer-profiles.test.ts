import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadPrinterProfiles } from '#electron/devices/printer-profiles.ts'
import { printerProfiles } from '#shared/contract/printer-profiles.ts'
import { spokenLanguages } from '#shared/domain/devices/printer-languages.ts'
import { guessPrinter, readDeviceId, type PrinterClue } from '#shared/domain/devices/printer-profiles.ts'
import { naughtyStrings } from '#test/support/label-reader.ts'

const profiles = loadPrinterProfiles()
const guess = (clue: PrinterClue) => {
  const { profile, languages } = guessPrinter(profiles, clue)
  return { profile: profile?.id, first: languages[0]?.language, because: languages[0]?.because }
}

describe('the table of printers', () => {
  it('holds the common makers and says what nobody has checked', () => {
    const makers = new Set(profiles.flatMap((profile) => profile.makers))
    for (const maker of [
      'Zebra',
      'TSC',
      'Gprinter',
      'Xprinter',
      'HPRT',
      'Deli',
      'Munbyn',
      'Brother',
      'Dymo',
    ]) {
      expect(makers).toContain(maker)
    }
    expect(profiles.filter(({ driver }) => driver).map(({ makers }) => makers[0])).toEqual([
      'Brother',
      'Dymo',
    ])
    expect(profiles.every(({ source }) => source !== '')).toBe(true)
  })

  it('is refused where an entry contradicts itself', () => {
    const file = join(import.meta.dirname, '../../../resources/devices/printers.json')
    const table = () =>
      JSON.parse(readFileSync(file, 'utf8')) as { profiles: Record<string, unknown>[]; more?: string }
    const spoiled = (over: Readonly<Record<string, unknown>>) => {
      const bad = table()
      Object.assign(bad.profiles[0] ?? {}, over)
      return printerProfiles.safeParse(bad)
    }
    expect(printerProfiles.safeParse(table()).success).toBe(true)
    for (const over of [
      { darkness: { lowest: 0, highest: 31 } },
      { speed: { lowest: 3, highest: 2 } },
      { languages: [] },
      { languages: ['pcl'] },
      { driver: true },
      { id: 'tsc' },
      { unverified: ['colour'] },
      { usb: [{ vendor: '0x0a5f' }] },
      { surprise: 1 },
    ]) {
      expect(spoiled(over).success, JSON.stringify(over)).toBe(false)
    }
  })
})

describe('the language of a printer that was found', () => {
  // Device ids as printers gave them; the places are named in resources/devices/printers.json.
  it.each([
    ['MFG:Zebra Technologies;CMD:EPL,ZPL;MDL:ZP 505;CLS:PRINTER;', 'zebra-zd', 'zpl', 'model'],
    ['MFG:Munbyn;CMD:TSPL;MDL:RW403B;CMT:Label Printer;', 'munbyn', 'tspl', 'model'],
    ['MFG:MARKLIFE ;CMD:XPP,XL;MDL:X4;CLS:PRINTER;DES:LABEL PRINTER;', 'rollo-marklife', 'tspl', 'model'],
    ['MFG: ;CMD:XPP,XL;MDL:PM-241-BT;CLS:PRINTER;DES:PM-241-BT;', 'rollo-marklife', 'tspl', 'model'],
    ['MFG:4BARCODE;CMD:TSPL2;MDL:3B-363B;CLS:PRINTER;', 'xprinter', 'tspl', 'model'],
    [
      'MANUFACTURER:Clabel-;COMMAND SET:ESC/POS;MODEL:G4;COMMENT:Impact Printer;ACTIVE COMMAND:ESC/POS;',
      'clabel',
      'tspl',
      'model',
    ],
    ['MFG:EPSON;CMD:ESC/POS;MDL:TM-m30;CLS:PRINTER;', 'epson-receipt', 'escpos', 'model'],
    ['MFG:Acme;CMD:CPCL;MDL:M1;', undefined, 'cpcl', 'said'],
    ['MANUFACTURER:Acme;COMMAND SET:ESC/POS;MODEL:L1;', undefined, 'escpos', 'said'],
    ['MANUFACTURER:;COMMAND SET:ESC/POS;MODEL:L1;COMMENT:Impact Printer;', undefined, 'tspl', 'common'],
    ['', undefined, 'tspl', 'common'],
  ] as const)('by what it says of itself: %s', (deviceId, profile, first, because) => {
    expect(guess({ deviceId })).toEqual({ profile, first, because })
  })

  it.each([
    ['ZDesigner GK420d', 'zebra-zd', 'zpl'],
    ['ZDesigner ZD421-203dpi ZPL', 'zebra-zd', 'zpl'],
    ['Zebra ZT410', 'zebra-zt', 'zpl'],
    ['ZDesigner LP 2844', 'zebra-lp', 'epl'],
    ['ZDesigner LP 2844-Z', 'zebra-lp-z', 'zpl'],
    ['TSC TTP-244 Pro', 'tsc', 'tspl'],
    ['TSC TE210', 'tsc', 'tspl'],
    ['佳博 GP-1324D', 'gprinter', 'tspl'],
    ['Gprinter GP-3120TU', 'gprinter', 'tspl'],
    ['Xprinter XP-420B', 'xprinter', 'tspl'],
    ['HPRT N41', 'hprt', 'tspl'],
    ['汉印 HM-A300', 'hprt-mobile', 'cpcl'],
    ['得力 DL-888D', 'deli', 'tspl'],
    ['Munbyn ITPP941', 'munbyn', 'tspl'],
  ])('by its name: %s', (name, profile, first) => {
    expect(guess({ name })).toEqual({ profile, first, because: 'model' })
  })

  it.each([
    [0x0a5f, 0x0009, 'zebra-lp', 'epl', 'model'],
    [0x0a5f, 0x0062, 'zebra-zd', 'zpl', 'model'],
    [0x0a5f, 0xffff, 'zebra-zd', 'zpl', 'usb'],
    [0x1203, 0x0230, 'tsc', 'tspl', 'model'],
    [0x2aaf, 0x9006, 'hprt', 'tspl', 'model'],
    [0x1234, 0x5678, undefined, 'tspl', 'common'],
  ])('by its USB numbers: %j:%j', (vendor, product, profile, first, because) => {
    expect(guess({ usb: { vendor, product } })).toEqual({ profile, first, because })
  })

  it('is the maker’s own where only a driver prints', () => {
    for (const clue of [
      { deviceId: 'MFG:Brother;CMD:PT-CBP;MDL:QL-700;CLS:PRINTER;' },
      { deviceId: 'MFG:DYMO;CMD: ;MDL:LabelWriter 450;CLASS:PRINTER;DESCRIPTION:DYMO LabelWriter 450;' },
      { usb: { vendor: 0x0922, product: 0x0020 } },
    ]) {
      expect(guessPrinter(profiles, clue).profile?.driver).toBe(true)
    }
  })

  it('is not taken from a model name inside another word', () => {
    expect(guess({ name: 'DATA2 PADAPTER' }).profile).toBeUndefined()
    expect(guess({ name: 'XXP-420B' }).profile).toBeUndefined()
    expect(guess({ name: 'Acme G4 TE210' }).profile).toBeUndefined()
    expect(guess({ name: 'ZDesigner' })).toMatchObject({ profile: 'zebra-zd', because: 'maker' })
  })

  it('is always one of all languages, each once, whatever the printer says', () => {
    for (const text of [...naughtyStrings(), ';'.repeat(100_000), ':::;;MFG', 'CMD:ZPL,ZPL,zpl;CMD:']) {
      const { languages } = guessPrinter(profiles, { deviceId: text, name: text })
      expect(languages.map(({ language }) => language).toSorted()).toEqual(spokenLanguages.toSorted())
    }
  })

  it('is read from a device id with short and long keys, in any case and spacing', () => {
    const wanted = { maker: 'A:B', model: 'C', languages: ['zpl', 'epl'], boilerplate: false }
    expect(readDeviceId('mfg: A:B ;mdl:C;cmd: ZPL , EPL2,PCL')).toEqual(wanted)
    expect(readDeviceId('MANUFACTURER:A:B;MODEL:C;COMMAND SET:ZPL,EPL;')).toEqual(wanted)
  })
})
