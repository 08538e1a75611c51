import type { PrinterTrouble } from '#shared/domain/devices/printer-status.ts'
import { type StatusDialect, troublesOfBits, unique } from './dialect.ts'

/**
 * ESC/POS real-time status `DLE EOT 1..4` (Custom TG02H and Zebra ZQ110 command manuals, CBM-262 user manual, Epson
 * TM-U295 reference): one byte each with fixed bits `0xx1xx10`. Says nothing of paper that is near its end: it prints.
 */
export const escposStatus: StatusDialect = {
  questions: [question(1), question(2), question(3), question(4)],
  // "Busy" is no answer of theirs, and what they say is of their buffer.
  provesPrint: false,
  read(answers) {
    const bytes = answers.map(statusByte)
    const offline = ((bytes[0] ?? 0) & 0x08) !== 0
    const causes = unique(bytes.flatMap((byte, at) => troublesOfBits(byte ?? 0, bitsOf[at] ?? [])))
    // An error has its cause in the third answer, where one came.
    const named = causes.filter((cause) => cause !== 'other')
    const troubles: PrinterTrouble[] =
      named.length > 0 ? named : causes.length > 0 || offline ? ['other'] : []
    if (bytes[0] === undefined && troubles.length === 0) return undefined
    return { troubles, busy: false }
  },
}

function question(number: number): StatusDialect['questions'][0] {
  return {
    bytes: Buffer.from([0x10, 0x04, number]),
    isWhole: (answer) => statusByte(answer) !== undefined,
  }
}

/** The last byte with the fixed bits: anything else is noise. */
const statusByte = (answer: Uint8Array | undefined) => answer?.findLast((byte) => (byte & 0x93) === 0x12)

const bitsOf: readonly (readonly (readonly [number, PrinterTrouble])[])[] = [
  [],
  [
    [0x04, 'headOpen'], // the cover
    [0x20, 'paperOut'],
    [0x40, 'other'],
  ],
  [
    [0x04, 'other'],
    [0x08, 'cutter'],
    [0x20, 'other'],
    [0x40, 'headHot'],
  ],
  [[0x60, 'paperOut']],
]
