import type { PrinterTrouble } from '#shared/domain/devices/printer-status.ts'
import { framesIn, type PrinterAnswer, type StatusDialect, troublesOfBits, unique } from './dialect.ts'

/**
 * TSPL: `<ESC>!?`, one byte (Gprinter GP-2120T manual), and `<ESC>!S`, four bytes in a frame (TSC programming manual,
 * from firmware V6.29 EZ). Many printers that speak TSPL answer neither.
 */
export const tsplStatus: StatusDialect = {
  questions: [
    { bytes: Buffer.from('\u001b!?', 'latin1'), isWhole: (answer) => answer.length > 0 },
    { bytes: Buffer.from('\u001b!S', 'latin1'), isWhole: (answer) => frameOf(answer) !== undefined },
  ],
  provesPrint: true,
  read([byte, frame]) {
    const answers = [readByte(byte), readFrame(frame)].filter((one) => one !== undefined)
    if (answers.length === 0) return undefined
    return {
      troubles: unique(answers.flatMap(({ troubles }) => troubles)),
      busy: answers.some(({ busy }) => busy),
    }
  },
}

/** The last byte: what was on its way before it is older. */
function readByte(answer: Uint8Array | undefined): PrinterAnswer | undefined {
  const byte = answer?.at(-1)
  if (byte === undefined) return undefined
  return { troubles: troublesOfBits(byte, byteBits), busy: (byte & 0x20) !== 0 }
}

const byteBits = [
  [0x01, 'headOpen'],
  [0x02, 'jam'],
  [0x04, 'paperOut'],
  [0x08, 'ribbonOut'],
  [0x10, 'paused'],
  [0x40, 'headOpen'], // the cover, where it has a switch of its own
  [0x80, 'other'], // heat on some models, any further error on others
] as const

/** Every byte of a frame has bit 6 set, which tells it from noise. */
const frameOf = (answer: Uint8Array | undefined) =>
  framesIn(answer).findLast((frame) => /^[@-\u007f]{4}$/.test(frame))

function readFrame(answer: Uint8Array | undefined): PrinterAnswer | undefined {
  const frame = frameOf(answer)
  if (frame === undefined) return undefined
  const [message = 0, , errors = 0, media = 0] = Buffer.from(frame, 'latin1')
  const said = messages[message] ?? 'other'
  return {
    troubles: unique([
      ...(said === 'idle' || said === 'busy' ? [] : [said]),
      ...troublesOfBits(errors, errorBits),
      ...troublesOfBits(media, mediaBits),
    ]),
    busy: said === 'busy',
  }
}

const messages: Readonly<Record<number, PrinterTrouble | 'idle' | 'busy'>> = {
  0x40: 'idle',
  0x42: 'busy', // the backing is wound up
  0x43: 'busy', // cuts
  0x45: 'other',
  0x46: 'busy', // feeds
  0x4b: 'paused', // waits for its button
  0x4c: 'takeLabel',
  0x50: 'busy',
  0x57: 'busy', // draws
  0x60: 'paused',
}

const errorBits = [
  [0x01, 'headHot'],
  [0x02, 'other'], // the motor is too hot
  [0x08, 'cutter'],
  [0x10, 'memory'],
  [0x20, 'other'],
  [0x04, 'other'],
] as const

const mediaBits = [
  [0x01, 'paperOut'],
  [0x02, 'jam'],
  [0x04, 'ribbonOut'],
  [0x08, 'ribbonOut'], // the ribbon is jammed
  [0x20, 'headOpen'],
  [0x10, 'other'],
] as const
