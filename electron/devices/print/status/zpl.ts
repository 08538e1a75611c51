import type { PrinterTrouble } from '#shared/domain/devices/printer-status.ts'
import {
  framesIn,
  latin1,
  type PrinterAnswer,
  type StatusDialect,
  troublesOfBits,
  unique,
} from './dialect.ts'

/**
 * ZPL II: `~HS` (Zebra ZPL programming guide) and `~HQES` (its bits: `^WQ` and `~HQ` pages at docs.zebra.com, Oki LE850
 * technical reference). Printers say nothing to `~HS` while paper, ribbon or head stop them, so that silence there is
 * never health, whatever `~HQES` says.
 */
export const zplStatus: StatusDialect = {
  questions: [
    { bytes: Buffer.from('~HS\r\n'), isWhole: (answer) => framesOf(answer).length >= 3 },
    {
      bytes: Buffer.from('~HQES\r\n'),
      isWhole: (answer) => /WARNINGS:\s+\d\s+[0-9A-F]{8}\s+[0-9A-F]{8}\s/i.test(latin1(answer)),
    },
  ],
  provesPrint: true,
  read([hostStatus, hostQuery]) {
    const status = readHostStatus(hostStatus)
    const errors = readErrors(hostQuery)
    const troubles = unique([...(status?.troubles ?? []), ...errors])
    if (status === undefined && troubles.length === 0) return undefined
    return { troubles, busy: status?.busy ?? false }
  },
}

const framesOf = (answer: Uint8Array | undefined): string[][] =>
  framesIn(answer)
    .filter((frame) => /^[\d,]+$/.test(frame))
    .map((frame) => frame.split(','))

/** Places count from 0 in `aaa,b,c,dddd,eee,f,g,h,iii,j,k,l` and `mmm,n,o,p,q,r,s,t,uuuuuuuu,v,www`. */
function readHostStatus(answer: Uint8Array | undefined): PrinterAnswer | undefined {
  const frames = framesOf(answer)
  const first = frames.findLast(({ length }) => length === 12)
  const second = frames.findLast(({ length }) => length === 11)
  if (first === undefined || second === undefined) return undefined
  const flag = (field: string | undefined, trouble: PrinterTrouble) => (Number(field) === 1 ? [trouble] : [])
  const troubles = [
    ...flag(first[1], 'paperOut'),
    ...flag(first[2], 'paused'),
    ...flag(first[9], 'memory'),
    ...flag(first[10], 'other'), // too cold to print
    ...flag(first[11], 'headHot'),
    ...flag(second[2], 'headOpen'),
    ...flag(second[3], 'ribbonOut'),
    ...flag(second[7], 'takeLabel'),
  ]
  const [formats, partial, labels] = [first[4], first[7], second[8]].map(Number)
  return { troubles, busy: formats !== 0 || partial !== 0 || labels !== 0 }
}

/** `ERRORS: 1 00000000 00000005`: found by its words, because firmware differs in what stands around them. */
function readErrors(answer: Uint8Array | undefined): PrinterTrouble[] {
  const line = /ERRORS:\s+(\d)\s+([0-9A-F]{8})\s+([0-9A-F]{8})(?![0-9A-F])/i.exec(latin1(answer))
  if (line === null || line[1] === '0') return []
  const [second, first] = [line[2], line[3]].map((digits) => Number.parseInt(digits ?? '', 16))
  const known = troublesOfBits(first ?? 0, errorBits)
  const strange = ((first ?? 0) & ~knownErrors) !== 0 || second !== 0
  return strange || known.length === 0 ? unique([...known, 'other' as const]) : known
}

const errorBits = [
  [0x1, 'paperOut'],
  [0x2, 'ribbonOut'],
  [0x4, 'headOpen'],
  [0x8, 'cutter'],
  [0x10, 'headHot'],
] as const
const knownErrors = errorBits.reduce((all, [mask]) => all | mask, 0)
