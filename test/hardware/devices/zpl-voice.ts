import type { PrinterDevice } from './usb-printer.ts'

/** Answers after a job for which it is still in the printer's buffer: one would do, two cannot be missed. */
const busyAnswers = 2

const questions = /~(?:HS|HQES)\r\n/g

/** What was printed, without the questions that were asked behind each job. */
export const labelsOf = (printer: PrinterDevice) =>
  Buffer.from(printer.printed().toString('latin1').replaceAll(questions, ''), 'latin1')

/**
 * Lets a printer answer `~HS` as Zebra's ZPL programming guide describes it: three lines, each in STX and ETX. After
 * each job some answers say that a format is in its buffer. Returns how to silence it.
 */
export function giveVoice(printer: PrinterDevice, headOpen = false): () => void {
  const asked = () => printer.printed().toString('latin1').split('~HS').length - 1
  let answered = asked()
  let jobBytes = labelsOf(printer).length
  let busy = 0
  const timer = setInterval(() => {
    const bytes = labelsOf(printer).length
    if (bytes > jobBytes) busy = busyAnswers
    jobBytes = bytes
    for (const all = asked(); answered < all; answered += 1) {
      const formats = busy > 0 ? 1 : 0
      busy -= 1
      const lines = [
        `030,0,0,1245,00${formats},0,0,0,000,0,0,0`,
        `000,0,${headOpen ? '1' : '0'},0,0,2,4,0,0000000${formats},1,000`,
        '1234,0',
      ]
      printer.answer(Buffer.from(lines.map((line) => `\u0002${line}\u0003\r\n`).join('')))
    }
  }, 20)
  return () => clearInterval(timer)
}
