import type { PrinterDevice } from './usb-printer.ts'

export interface ZplVoice {
  /** Formats in its buffer, as its next answers tell: a job that is printing counts. */
  readonly formats: readonly number[]
  readonly paperOut: boolean
  readonly headOpen: boolean
}

/**
 * Lets a printer answer `~HS` as Zebra's ZPL programming guide describes it: three lines, each in STX and ETX. Each
 * answer uses one of `formats`, the last one again and again. Returns how to silence it.
 */
export function giveVoice(printer: PrinterDevice, state: () => ZplVoice): () => void {
  let answered = printer.printed().toString('latin1').split('~HS').length - 1
  let asked = 0
  const timer = setInterval(() => {
    const questions = printer.printed().toString('latin1').split('~HS').length - 1
    for (; answered < questions; answered += 1) {
      const { formats, paperOut, headOpen } = state()
      const inBuffer = formats[Math.min(asked, formats.length - 1)] ?? 0
      asked += 1
      const lines = [
        `030,${flag(paperOut)},0,1245,${String(inBuffer).padStart(3, '0')},0,0,0,000,0,0,0`,
        `000,0,${flag(headOpen)},0,0,2,4,0,${String(inBuffer).padStart(8, '0')},1,000`,
        '1234,0',
      ]
      printer.answer(Buffer.from(lines.map((line) => `\u0002${line}\u0003\r\n`).join('')))
    }
  }, 20)
  return () => clearInterval(timer)
}

const flag = (isSet: boolean) => (isSet ? '1' : '0')
