import { type StatusDialect, troublesOfBits } from './dialect.ts'

/** CPCL `<ESC>h`: one byte (Zebra Mobile Printer CPCL Programming Manual, "Get Printer Status"); bits 5 to 7 are none. */
export const cpclStatus: StatusDialect = {
  questions: [
    {
      bytes: Buffer.from('\u001bh', 'latin1'),
      isWhole: (answer) => statusByte(answer) !== undefined,
    },
  ],
  provesPrint: true,
  read([answer]) {
    const byte = statusByte(answer)
    return byte === undefined
      ? undefined
      : {
          // Bit 3, a battery that is low, and bit 4, switched on again, stop nothing.
          troubles: troublesOfBits(byte, [
            [0x02, 'paperOut'],
            [0x04, 'headOpen'],
          ]),
          busy: (byte & 0x01) !== 0,
        }
  },
}

const statusByte = (answer: Uint8Array | undefined) => answer?.findLast((byte) => (byte & 0xe0) === 0)
