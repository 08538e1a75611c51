import type { PrinterTrouble } from '#shared/domain/devices/printer-status.ts'
import { latin1, type StatusDialect, unique } from './dialect.ts'

/**
 * EPL2 `^ee`: two-digit codes with commas between them and CR LF behind (Intermec ESim v5.12 reference for the EasyCoder
 * PD4; Zebra EPL programming guide 14245L-003 for code 11). Codes 07 and 12 are known from practice only.
 */
export const eplStatus: StatusDialect = {
  questions: [{ bytes: Buffer.from('^ee\r\n'), isWhole: (answer) => codesOf(answer) !== undefined }],
  provesPrint: false,
  read([answer]) {
    const codes = codesOf(answer)?.filter((code) => code !== '00')
    return codes && { troubles: unique(codes.map((code) => words[code] ?? 'other')), busy: false }
  },
}

const codesOf = (answer: Uint8Array | undefined) =>
  [...latin1(answer).matchAll(/(?<![\d,])(\d\d(?:,\d\d)*)\r\n/g)].at(-1)?.[1]?.split(',')

const words: Readonly<Record<string, PrinterTrouble>> = {
  '04': 'memory',
  '07': 'paperOut',
  '11': 'headOpen',
  '12': 'paused',
}
