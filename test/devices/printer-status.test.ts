import { describe, expect, it } from 'vitest'
import type { PrinterStatus } from '#shared/domain/devices/printer-status.ts'
import { readCupsQueue } from '#electron/devices/print/status/cups.ts'
import { type StatusDialect, statusOf } from '#electron/devices/print/status/dialect.ts'
import { dialects } from '#electron/devices/print/status/index.ts'
import { readSpoolerStatus } from '#electron/devices/print/status/spooler.ts'
import { readPortStatus } from '#electron/devices/print/status/usb-port.ts'

const { zpl, tspl, epl, cpcl, escpos } = dialects
const ready: PrinterStatus = { kind: 'ready' }
const busy: PrinterStatus = { kind: 'busy' }
const silent: PrinterStatus = { kind: 'silent' }
const trouble = (...troubles: Extract<PrinterStatus, { kind: 'trouble' }>['troubles']): PrinterStatus => ({
  kind: 'trouble',
  troubles,
})
const ascii = (text: string) => Buffer.from(text, 'latin1')
const read = (dialect: StatusDialect, ...answers: (string | readonly number[])[]) =>
  statusOf(dialect.read(answers.map((one) => (typeof one === 'string' ? ascii(one) : Uint8Array.from(one)))))

const frame = (text: string) => `\u0002${text}\u0003\r\n`
const third = frame('1234,0')
/** The three lines of `~HS`; the second has its flags at its own places. */
const hs = (first: string, second: string) => frame(first) + frame(second) + third
const idleFirst = '030,0,0,1245,000,0,0,0,000,0,0,0'
const idleSecond = '000,0,0,0,0,2,4,0,00000000,1,000'
const idle = hs(idleFirst, idleSecond)
const hqes = (errors: string, warnings = '0 00000000 00000000') =>
  `\u0002\r\n\r\n  PRINTER STATUS                       \r\n   ERRORS:         ${errors} \r\n   WARNINGS:       ${warnings} \r\n\u0003`
const fine = hqes('0 00000000 00000000')

describe('ZPL', () => {
  it.each<[string, PrinterStatus]>([
    [idle, ready],
    [hs('030,1,0,1245,000,0,0,0,000,0,0,0', idleSecond), trouble('paperOut')],
    [hs('030,0,1,1245,000,0,0,0,000,0,0,0', idleSecond), trouble('paused')],
    [hs('030,0,0,1245,000,0,0,0,000,1,0,0', idleSecond), trouble('memory')],
    [hs('030,0,0,1245,000,0,0,0,000,0,1,0', idleSecond), trouble('other')],
    [hs('030,0,0,1245,000,0,0,0,000,0,0,1', idleSecond), trouble('headHot')],
    [hs(idleFirst, '000,0,1,0,0,2,4,0,00000000,1,000'), trouble('headOpen')],
    [hs(idleFirst, '000,0,0,1,0,2,4,0,00000000,1,000'), trouble('ribbonOut')],
    [hs(idleFirst, '000,0,0,0,0,2,4,1,00000000,1,000'), trouble('takeLabel')],
    [hs('030,1,1,1245,003,0,0,0,000,0,0,0', idleSecond), trouble('paperOut', 'paused')],
    [hs('030,0,0,1245,001,0,0,0,000,0,0,0', idleSecond), busy],
    [hs('030,0,0,1245,000,0,0,1,000,0,0,0', idleSecond), busy],
    [hs(idleFirst, '000,0,0,0,0,2,4,0,00000002,1,000'), busy],
    // A full buffer and thermal transfer are no troubles.
    [hs('030,0,0,1245,000,1,0,0,000,0,0,0', '000,0,0,0,1,2,4,0,00000000,1,000'), ready],
  ])('~HS %j', (answer, status) => {
    expect(read(zpl, answer)).toEqual(status)
    expect(read(zpl, `XON\u0011${answer}garbage`)).toEqual(status)
  })

  it.each<[string, PrinterStatus]>([
    ['1 00000000 00000001', trouble('paperOut')],
    ['1 00000000 00000002', trouble('ribbonOut')],
    ['1 00000000 00000005', trouble('paperOut', 'headOpen')],
    ['1 00000000 00000008', trouble('cutter')],
    ['1 00000000 00000010', trouble('headHot')],
    ['1 00000000 00000020', trouble('other')],
    ['1 00000000 00000401', trouble('paperOut', 'other')],
    ['1 00000001 00000000', trouble('other')],
    ['1 00000000 00000000', trouble('other')],
    ['1 00000000 8000000c', trouble('headOpen', 'cutter', 'other')],
  ])('~HQES %j, with or without an answer to ~HS', (errors, status) => {
    expect(read(zpl, '', hqes(errors))).toEqual(status)
    expect(read(zpl, idle, hqes(errors))).toEqual(status)
    const oneLine = `PRINTER STATUS ERRORS: ${errors} WARNINGS: 0 00000000 00000000\r\n`
    expect(read(zpl, '', oneLine)).toEqual(status)
  })

  it('takes silence to ~HS for no health, whatever ~HQES says', () => {
    expect(read(zpl, '', fine)).toEqual(silent)
    expect(read(zpl, '', '')).toEqual(silent)
    expect(read(zpl, idle, fine)).toEqual(ready)
    expect(read(zpl, idle, hqes('0 00000000 00000000', '1 00000000 00000002'))).toEqual(ready)
  })

  it('hears nothing in an answer that is cut anywhere before the end of its second line', () => {
    const sick = hs('030,1,0,1245,000,0,0,0,000,0,0,0', idleSecond)
    const end = sick.lastIndexOf('\u0003', sick.length - third.length) + 1
    for (let cut = 0; cut < sick.length; cut += 1) {
      const status = read(zpl, sick.slice(0, cut))
      expect(status, `cut at ${cut}`).toEqual(cut < end ? silent : trouble('paperOut'))
      expect(zpl.questions[0].isWhole(ascii(sick.slice(0, cut))), `cut at ${cut}`).toBe(
        cut >= sick.length - 2,
      )
      // The front is lost: the first line is no line any more.
      if (cut > 0) expect(read(zpl, sick.slice(cut)), `from ${cut}`).toEqual(silent)
    }
  })

  it('hears errors in ~HQES only where its line is whole', () => {
    const answer = hqes('1 00000000 00000001')
    const end = answer.indexOf('00000001') + 8
    for (let cut = 0; cut < answer.length; cut += 1) {
      expect(read(zpl, '', answer.slice(0, cut))).toEqual(cut < end ? silent : trouble('paperOut'))
    }
    expect(zpl.questions[1]?.isWhole(ascii(answer))).toBe(true)
    expect(zpl.questions[1]?.isWhole(ascii(answer.slice(0, -6)))).toBe(false)
  })
})

describe('TSPL', () => {
  it.each<[number, PrinterStatus]>([
    [0x00, ready],
    [0x01, trouble('headOpen')],
    [0x02, trouble('jam')],
    [0x04, trouble('paperOut')],
    [0x08, trouble('ribbonOut')],
    [0x10, trouble('paused')],
    [0x20, busy],
    [0x24, trouble('paperOut')],
    [0x40, trouble('headOpen')],
    [0x41, trouble('headOpen')],
    [0x80, trouble('other')],
    [0x0d, trouble('headOpen', 'paperOut', 'ribbonOut')],
  ])('<ESC>!? %i', (byte, status) => {
    expect(read(tspl, [byte])).toEqual(status)
    expect(read(tspl, [0x55, byte])).toEqual(status)
  })

  const full = (...bytes: number[]) => [0x02, ...bytes, 0x03, 0x0d, 0x0a]
  it.each<[number[], PrinterStatus]>([
    [[0x40, 0x40, 0x40, 0x40], ready],
    [[0x50, 0x40, 0x40, 0x40], busy],
    [[0x57, 0x48, 0x40, 0x40], busy],
    [[0x46, 0x40, 0x40, 0x40], busy],
    [[0x60, 0x40, 0x40, 0x40], trouble('paused')],
    [[0x4b, 0x40, 0x40, 0x40], trouble('paused')],
    [[0x4c, 0x40, 0x40, 0x40], trouble('takeLabel')],
    [[0x45, 0x40, 0x40, 0x41], trouble('other', 'paperOut')],
    [[0x40, 0x40, 0x41, 0x40], trouble('headHot')],
    [[0x40, 0x40, 0x42, 0x40], trouble('other')],
    [[0x40, 0x40, 0x48, 0x40], trouble('cutter')],
    [[0x40, 0x40, 0x50, 0x40], trouble('memory')],
    [[0x40, 0x40, 0x40, 0x42], trouble('jam')],
    [[0x40, 0x40, 0x40, 0x44], trouble('ribbonOut')],
    [[0x40, 0x40, 0x40, 0x60], trouble('headOpen')],
    [[0x7e, 0x40, 0x40, 0x40], trouble('other')],
  ])('<ESC>!S %j', (bytes, status) => {
    expect(read(tspl, [], full(...bytes))).toEqual(status)
    expect(read(tspl, [], [0x00, 0x41, ...full(...bytes)])).toEqual(status)
  })

  it('hears nothing in half a frame', () => {
    const answer = full(0x40, 0x40, 0x40, 0x41)
    for (let cut = 0; cut < 6; cut += 1) expect(read(tspl, [], answer.slice(0, cut))).toEqual(silent)
    for (let cut = 1; cut < 6; cut += 1) expect(read(tspl, [], answer.slice(cut))).toEqual(silent)
    expect(read(tspl, [], answer.slice(0, 6))).toEqual(trouble('paperOut'))
    expect(read(tspl)).toEqual(silent)
  })

  it('joins both answers', () => {
    expect(read(tspl, [0x20], full(0x40, 0x40, 0x41, 0x40))).toEqual(trouble('headHot'))
    expect(read(tspl, [0x20], full(0x50, 0x40, 0x40, 0x40))).toEqual(busy)
  })
})

describe('ESC/POS', () => {
  it.each<[number[][], PrinterStatus]>([
    [[[0x12], [0x12], [0x12], [0x12]], ready],
    [[[0x12]], ready],
    [[[0x1a], [0x32], [0x12], [0x72]], trouble('paperOut')],
    [[[0x1a], [0x16], [0x12], [0x12]], trouble('headOpen')],
    [[[0x1a], [0x52], [0x1a], [0x12]], trouble('cutter')],
    [[[0x1a], [0x52], [0x52], [0x12]], trouble('headHot')],
    [[[0x1a], [0x52], [0x32], [0x12]], trouble('other')],
    [[[0x1a], [0x12], [0x12], [0x12]], trouble('other')],
    [[[0x12], [0x12], [0x12], [0x1e]], ready], // paper near its end
    [[[], [], [], [0x72]], trouble('paperOut')],
    [[[], [0x12], [0x12], [0x12]], silent],
    [[], silent],
    [[[0xff, 0x00, 0x12, 0x91]], ready], // noise has other fixed bits
    [[[0xff, 0x00, 0x91]], silent],
  ])('DLE EOT %j', (answers, status) => {
    expect(read(escpos, ...answers)).toEqual(status)
  })

  it('asks four questions, and knows their answers from noise', () => {
    expect(escpos.questions.map(({ bytes }) => [...bytes])).toEqual([
      [16, 4, 1],
      [16, 4, 2],
      [16, 4, 3],
      [16, 4, 4],
    ])
    for (let byte = 0; byte < 256; byte += 1) {
      const isAnswer =
        byte
          .toString(2)
          .padStart(8, '0')
          .match(/^0..1..10$/) !== null
      expect(escpos.questions[0].isWhole(Uint8Array.of(byte))).toBe(isAnswer)
    }
  })
})

describe('EPL and CPCL', () => {
  it.each<[string, PrinterStatus]>([
    ['00\r\n', ready],
    ['11\r\n', trouble('headOpen')],
    ['07\r\n', trouble('paperOut')],
    ['12,07\r\n', trouble('paused', 'paperOut')],
    ['01\r\n', trouble('other')],
    ['00', silent],
    ['0', silent],
    ['07,1', silent],
    ['7\r\n', silent],
    ['', silent],
    ['noise\r\n11\r\n00\r\n', ready],
  ])('^ee %j', (answer, status) => {
    expect(read(epl, answer)).toEqual(status)
  })

  it.each<[number[], PrinterStatus]>([
    [[0x00], ready],
    [[0x18], ready],
    [[0x01], busy],
    [[0x02], trouble('paperOut')],
    [[0x07], trouble('paperOut', 'headOpen')],
    [[0x00, 0xe3], ready],
    [[0xff], silent],
    [[], silent],
  ])('<ESC>h %j', (answer, status) => {
    expect(read(cpcl, answer)).toEqual(status)
  })
})

describe('what no language says', () => {
  it.each<[number, PrinterStatus]>([
    [0x18, ready],
    [0x30, trouble('paperOut')],
    [0x38, trouble('paperOut')],
    [0x20, trouble('paperOut')],
    [0x10, silent],
    [0x08, silent],
    [0x00, silent], // what some cheap printers always say
  ])('USB port status %i', (byte, status) => {
    expect(statusOf(readPortStatus(byte))).toEqual(status)
  })

  it.each<[number, number, PrinterStatus['kind'] | PrinterStatus]>([
    [0, 0, 'unasked'],
    [0, 0x400, 'absent'],
    [0x80, 0, 'absent'],
    [0x1000, 0, 'absent'],
    [0x400, 0, 'busy'],
    [0x1, 0, trouble('paused')],
    [0x10 | 0x2, 0, trouble('paperOut', 'other')],
    [0x400000, 0, trouble('headOpen')],
    [0x20000, 0, 'unasked'], // toner is low
  ])('Windows queue status %i, attributes %i', (status, attributes, expected) => {
    const found = readSpoolerStatus(status, attributes)
    expect(typeof expected === 'string' ? found.kind : found).toEqual(expected)
  })

  it.each<[string, PrinterStatus['kind'] | PrinterStatus]>([
    ['printer Zebra is idle.  enabled since Wed 25 Nov 2026\n\tForm mounted:\n\tAlerts: none\n', 'unasked'],
    ['printer Zebra now printing Zebra-12.  enabled since Wed 25 Nov 2026\n\tAlerts: none\n', 'busy'],
    ['printer Zebra disabled since Wed 25 Nov 2026 -\n\tPaused\n\tAlerts: paused\n', trouble('paused')],
    ['printer Zebra disabled since Wed 25 Nov 2026 -\n', trouble('paused')],
    [
      'printer Zebra now printing Zebra-12.\n\tAlerts: media-empty-error cover-open\n',
      trouble('paperOut', 'headOpen'),
    ],
    ['printer Zebra now printing Zebra-12.\n\tAlerts: connecting-to-device\n', 'absent'],
    ['printer Zebra is idle.\n\tAlerts: offline-report\n', 'absent'],
    [
      'printer Q1 now printing Q1-2.\n\tThe printer may not exist or is unavailable at this time.\n\tAlerts: none\n',
      'absent',
    ],
    ['lpstat: Invalid destination name in list "Zebra".\n', 'absent'],
    ['', 'absent'],
  ])('CUPS queue %j', (text, expected) => {
    const found = readCupsQueue(text)
    expect(typeof expected === 'string' ? found.kind : found).toEqual(expected)
  })
})
