import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWeighing, reportFromDescriptor, usualReport } from '#electron/devices/scale/hid-report.ts'
import {
  createLineReader,
  readBareLine,
  readCasLine,
  readSicsLine,
  readSmaLine,
} from '#electron/devices/scale/lines.ts'
import { createNciReader } from '#electron/devices/scale/nci.ts'
import type { ReadScale } from '#electron/devices/scale/reader.ts'
import { createAsker } from '#electron/devices/scale/requests.ts'
import { createToledoReader } from '#electron/devices/scale/toledo.ts'
import type { ScaleReading } from '#electron/ports/scale.ts'
import { honeywellDescriptor, scaleDescriptor } from './hid-reports.ts'

const ascii = (text: string) => Buffer.from(text, 'latin1')
const grams = (value: number, stable = true, tareGrams = 0): ScaleReading => ({
  kind: 'weight',
  grams: value,
  stable,
  tareGrams,
})

/** Word A 0x2D: three decimals (bits 0-2 = 5), increment 1, constant bit 5. Word B 0x30: kg, constant. */
const threeDecimals = 0x2d
const kg = 0x30

/** A frame drawn from the manual: word A tells the decimals, word B the state and unit. */
function toledo(
  shown: string,
  tare: string,
  b: number,
  { a = threeDecimals, c = 0x20, sum = false } = {},
): Buffer {
  const bytes = [2, a, b, c, ...ascii(shown.padStart(6)), ...ascii(tare.padStart(6, '0')), 13]
  const checksum = (0x80 - (bytes.reduce((all, byte) => all + (byte & 0x7f), 0) & 0x7f)) & 0x7f
  return Buffer.from(sum ? [...bytes, checksum] : bytes)
}

const frames: readonly (readonly [name: string, frame: Buffer, reading: ScaleReading])[] = [
  ['1.250 kg stable', toledo('001250', '0', kg), grams(1250)],
  ['moving, leading blanks', toledo('  1250', '0', kg | 8), grams(1250, false)],
  ['net with tare', toledo('001000', '000250', kg | 1), grams(1000, true, 250)],
  ['negative', toledo('000005', '0', kg | 2), grams(-5)],
  ['overload', toledo('001250', '0', kg | 4), { kind: 'overload' }],
  ['underload', toledo('001250', '0', kg | 6), { kind: 'underload' }],
  ['pounds, two decimals', toledo('000100', '0', 0x20, { a: 0x2c }), grams(454)],
  ['grams by word C', toledo('001250', '0', kg, { a: 0x2a, c: 0x21 }), grams(1250)],
  ['dummy zero', toledo('000125', '0', kg, { a: 0x29, c: 0x21 }), grams(1250)],
  ['with checksum', toledo('001250', '0', kg, { sum: true }), grams(1250)],
  ['with parity bits', Buffer.from(toledo('001250', '0', kg).map((byte) => byte | 0x80)), grams(1250)],
]

/** Every way that a scale speaks, with noise that its frames can be told from. */
const speakers: readonly {
  readonly name: string
  readonly reader: () => ReadScale
  readonly frames: readonly (readonly [name: string, frame: Buffer, reading: ScaleReading])[]
  readonly noise: fc.Arbitrary<Uint8Array>
}[] = [
  {
    name: 'toledo',
    reader: createToledoReader,
    frames,
    noise: fc.uint8Array({ maxLength: 30 }).map((bytes) => bytes.filter((byte) => (byte & 0x7f) !== 2)),
  },
  {
    name: 'cas',
    reader: () => createLineReader(readCasLine),
    frames: [
      [
        '22 bytes',
        Buffer.concat([ascii('ST,GS,1'), Buffer.of(0xc1), ascii(',  0013.5 kg\r\n')]),
        grams(13_500),
      ],
      [
        'moving, net',
        Buffer.concat([ascii('US,NT,1'), Buffer.of(0x86), ascii(',00013.55 kg\r\n')]),
        grams(13_550, false),
      ],
      ['18 bytes', ascii('ST,GS,+00012.5kg\r\n'), grams(12_500)],
      ['grams', ascii('ST,NT,+  00125 g\r\n'), grams(125)],
      ['negative', ascii('ST,NT,-  0.012kg\r\n'), grams(-12)],
      ['pounds', ascii('ST,GS,+00002.0lb\r\n'), grams(907)],
      ['A&D', ascii('ST,+00123.45  g\r\n'), grams(123)],
      ['decimal comma', ascii('ST,GS,1\u00c1,   0,500 kg\r\n'), grams(500)],
      ['decimal comma, 18 bytes', ascii('US,NT,-00012,5kg\r\n'), grams(-12_500, false)],
      ['decimal comma, no state of net', ascii('ST,+0001,250 kg\r\n'), grams(1250)],
      ['id and lamps that are digits', ascii('ST,GS,12,00012500  g\r\n'), grams(12_500)],
      ['overload', ascii('OL,GS,+9999999kg\r\n'), { kind: 'overload' }],
    ],
    noise: fc
      .uint8Array({ maxLength: 20 })
      .map((bytes) => bytes.filter((byte) => byte > 3 && byte !== 10 && byte !== 13)),
  },
  {
    name: 'SICS',
    reader: () => createLineReader(readSicsLine),
    frames: [
      ['stable', ascii('S S     100.00 g\r\n'), grams(100)],
      ['moving', ascii('S D      1.250 kg\r\n'), grams(1250, false)],
      ['negative', ascii('S S      -1.25 g\r\n'), grams(-1)],
      ['overload', ascii('S +\r\n'), { kind: 'overload' }],
      ['underload', ascii('S -\r\n'), { kind: 'underload' }],
      ['not now', ascii('S I\r\n'), { kind: 'fault', reason: 'cannot weigh at this moment' }],
    ],
    noise: fc.constantFrom(ascii('\r\n'), ascii('ES\r\n'), ascii('Z A\r\n')),
  },
  {
    name: 'NCI',
    reader: createNciReader,
    frames: [
      ['stable', ascii('\n0001.25KG\r\nS00\r\u0003'), grams(1250)],
      ['without S', ascii('\n0001.25KG\r\n00\r\u0003'), grams(1250)],
      ['moving', ascii('\n00.500LB\r\nS10\r\u0003'), grams(227, false)],
      ['moving without a weight', ascii('\nS10\r\u0003'), { kind: 'moving' }],
      ['no zero', ascii('\nS0ph\r\u0003'), { kind: 'fault', reason: 'not set to zero' }],
      ['over', ascii('\nS02\r\u0003'), { kind: 'overload' }],
      ['under', ascii('\nS01\r\u0003'), { kind: 'underload' }],
      ['broken memory', ascii('\nS40\r\u0003'), { kind: 'fault', reason: 'reports a fault of its own' }],
    ],
    noise: fc.uint8Array({ maxLength: 20 }).map((bytes) => bytes.filter((byte) => (byte & 0x7f) !== 3)),
  },
  {
    name: 'bare',
    reader: () => createLineReader(readBareLine),
    frames: [
      ['weight', ascii('\u000201.250\r'), grams(1250)],
      ['moving', ascii('\u0002?A\r'), { kind: 'moving' }],
      ['not to be weighed, no reason given', ascii('\u0002?\u0000\r'), { kind: 'moving' }],
      ['no zero', ascii('\u0002?h\r'), { kind: 'fault', reason: 'not set to zero' }],
      ['over', ascii('\u0002?B\r'), { kind: 'overload' }],
      ['under', ascii('\u0002?D\r'), { kind: 'underload' }],
    ],
    noise: fc.constantFrom(ascii('\r'), ascii('\u0002?\r'), ascii('\u0002F\r')),
  },
  {
    name: 'SMA',
    reader: () => createLineReader(readSmaLine),
    frames: [
      ['stable', ascii('\n 1G       1.250kg \r'), grams(1250)],
      ['moving net', ascii('\n 1NM      0.500lb \r'), grams(227, false)],
      ['zero', ascii('\nZ1G       0.000kg \r'), grams(0)],
      ['over', ascii('\nO1G      99.999kg \r'), { kind: 'overload' }],
    ],
    noise: fc.constantFrom(ascii('\r'), ascii('\n?\r')),
  },
]

describe.each(speakers)('$name', ({ reader, frames, noise }) => {
  it.each(frames)('%s', (_, frame, reading) => {
    expect(reader()(frame)).toEqual([reading])
  })

  it('the same readings, cut at every byte', () => {
    const stream = Buffer.concat(frames.map(([, frame]) => frame))
    for (let cut = 0; cut <= stream.length; cut += 1) {
      const read = reader()
      expect([...read(stream.subarray(0, cut)), ...read(stream.subarray(cut))]).toEqual(
        frames.map(([, , reading]) => reading),
      )
    }
  })

  it('the same readings in any pieces, with noise between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(noise, fc.constantFrom(...frames)), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 20 }),
        (said, size) => {
          const stream = Buffer.concat(said.flatMap(([rubbish, [, frame]]) => [rubbish, frame]))
          const read = reader()
          const heard: ScaleReading[] = []
          for (let at = 0; at < stream.length; at += size) heard.push(...read(stream.subarray(at, at + size)))
          expect(heard).toEqual(said.map(([, [, , reading]]) => reading))
        },
      ),
    )
  })

  it('a stream begun in the middle gives whole readings or none', () => {
    const stream = Buffer.concat(frames.map(([, frame]) => frame))
    const tail = frames.slice(1).map(([, , reading]) => reading)
    for (let from = 1; from < (frames[0]?.[1].length ?? 0); from += 1) {
      const heard = reader()(stream.subarray(from))
      expect(heard.slice(-tail.length)).toEqual(tail)
    }
  })

  it('rubbish is no weight and no fault of ours, however long', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => void reader()(bytes)))
    const read = reader()
    read(Buffer.alloc(1_000_000, 0x39))
    read(ascii('\r\n\u0003\u0002'))
    expect(read(frames[0]?.[1] ?? Buffer.alloc(0))).toEqual([frames[0]?.[2]])
  })
})

/** Scales that are asked, by the question that they answer; the others by what reads them. */
const listeners: Readonly<Record<string, () => ReadScale>> = {
  cas: () => createLineReader(readCasLine),
  SICS: () => asked('SI\r\n'),
  NCI: () => asked('W\r'),
  bare: () => asked('W\r'),
  SMA: () => asked('\nW\r'),
}

function asked(question: string): ReadScale {
  let newest = ''
  const asker = createAsker((bytes) => void (newest = Buffer.from(bytes).toString('latin1')))
  const times = Array.from({ length: 50 }).findIndex(() => {
    asker.ask()
    return newest === question
  })
  expect(times).not.toBe(-1)
  return asker.read
}

describe.each(speakers)('$name on a line that loses bytes', ({ name, frames }) => {
  const listen = listeners[name] ?? createToledoReader
  const still = frames.filter(([, , reading]) => reading.kind === 'weight' && reading.stable)

  it.each(still)('%s: right, or not still', (_, frame, reading) => {
    for (let lost = 0; lost < frame.length; lost += 1) {
      const cut = Buffer.concat([frame.subarray(0, lost), frame.subarray(lost + 1)])
      const read = listen()
      const heard = [cut, frame, frame, cut, frame, frame].flatMap((bytes) => read(bytes))
      for (const one of heard) if (one.kind === 'weight' && one.stable) expect(one).toEqual(reading)
      expect(heard.at(-1)).toEqual(reading)
    }
  })
})

describe('USB scale page', () => {
  it('the descriptor gives the places that postal scales have', () => {
    const described = reportFromDescriptor(scaleDescriptor)
    for (const report of [
      [3, 4, 2, 0, 0xe2, 0x04],
      [3, 4, 3, 0xfd, 0xe2, 0x04],
      [3, 5, 2, 0, 1, 0],
    ]) {
      const bytes = Uint8Array.from(report)
      expect(described && readWeighing(bytes, described)).toEqual(readWeighing(bytes, usualReport))
    }
    expect(reportFromDescriptor(honeywellDescriptor)).toBeUndefined()
  })

  it.each<readonly [string, readonly number[], ScaleReading | undefined]>([
    ['grams', [3, 4, 2, 0, 0xe2, 0x04], grams(1250)],
    ['kilograms with three decimals', [3, 4, 3, 0xfd, 0xe2, 0x04], grams(1250)],
    ['tenths of an ounce, as Dymo sends', [3, 4, 11, 0xff, 49, 0], grams(139)],
    ['pounds, moving', [3, 3, 12, 0xff, 10, 0], grams(454, false)],
    ['zero', [3, 2, 2, 0, 0, 0], grams(0)],
    ['under zero', [3, 5, 2, 0, 1, 0], { kind: 'underload' }],
    ['over', [3, 6, 2, 0, 1, 0], { kind: 'overload' }],
    ['to be calibrated', [3, 7, 2, 0, 1, 0], { kind: 'fault', reason: 'wants to be calibrated' }],
    ['carats', [3, 4, 4, 0, 1, 0], { kind: 'fault', reason: 'weighs in an unknown unit' }],
    ['another report', [4, 4, 2, 0, 1, 0], undefined],
    ['cut', [3, 4, 2, 0, 1], undefined],
  ])('%s', (_, report, reading) => {
    expect(readWeighing(Uint8Array.from(report), usualReport)).toEqual(reading)
  })
})

it('NCI: noise that looks like a weight is none of an answer that has no weight', () => {
  expect(createNciReader()(ascii('0G\nS10\r\u0003'))).toEqual([{ kind: 'moving' }])
})
