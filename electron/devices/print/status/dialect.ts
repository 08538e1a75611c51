import type { PrinterStatus, PrinterTrouble } from '#shared/domain/devices/printer-status.ts'

/** How printers of one language are asked how they are, and what their answers mean. Pure. */
export interface StatusDialect {
  /** The first alone is asked while a job comes out; all of them, one after the other, for a status. */
  readonly questions: readonly [StatusQuestion, ...StatusQuestion[]]
  /**
   * One answer for each question, empty where none came; later ones may be missing. Undefined: nothing that says how
   * the printer is. Half an answer is none.
   */
  read(answers: readonly Uint8Array[]): PrinterAnswer | undefined
  /** Busy that turns into idle without a trouble means that the label is out, as far as a printer can tell. */
  readonly provesPrint: boolean
}

export interface StatusQuestion {
  readonly bytes: Uint8Array
  /** Nothing more is to come. May be asked of an answer with noise around it. */
  isWhole(answer: Uint8Array): boolean
}

export interface PrinterAnswer {
  readonly troubles: readonly PrinterTrouble[]
  /** Has something to print, or prints. */
  readonly busy: boolean
}

export function statusOf(answer: PrinterAnswer | undefined): PrinterStatus {
  if (answer === undefined) return { kind: 'silent' }
  if (answer.troubles.length > 0) return { kind: 'trouble', troubles: answer.troubles }
  return { kind: answer.busy ? 'busy' : 'ready' }
}

/** The troubles whose bits are set, each once. */
export function troublesOfBits(
  byte: number,
  bits: readonly (readonly [mask: number, trouble: PrinterTrouble])[],
): PrinterTrouble[] {
  return unique(bits.filter(([mask]) => (byte & mask) !== 0).map(([, trouble]) => trouble))
}

export const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]

/** What stands between each STX and the next ETX, whatever is around them. */
export const framesIn = (bytes: Uint8Array | undefined): string[] =>
  latin1(bytes)
    .split('\u0002')
    .slice(1)
    .flatMap((frame) => (frame.includes('\u0003') ? [frame.slice(0, frame.indexOf('\u0003'))] : []))

export const latin1 = (bytes: Uint8Array | undefined): string =>
  bytes === undefined ? '' : Buffer.from(bytes).toString('latin1')
