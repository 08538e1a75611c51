/** An EPL2 printer from the commands of the EPL programming guide (14245L-003) that a whole-label bitmap needs. */
import { bitsOf, createPaper, createTape, wholeNumber, type Paper, type PrintedPage } from './printed-page.ts'

/** Form length in dots as a printer has it from its own sensing when no `Q` comes. */
export function printEpl(job: Uint8Array, sensed: number): { pages: PrintedPage[]; said: string[] } {
  const tape = createTape(job)
  const pages: PrintedPage[] = []
  const said: string[] = []
  let width: number | undefined
  let height = sensed
  let paper: Paper | undefined
  let cleared = false

  /** `q` and `Q` make the image buffer anew, so the paper is laid in when something is drawn. */
  const laidIn = (): Paper => {
    if (!cleared) throw new Error('drawn before N')
    if (width === undefined) throw new Error('drawn before q')
    paper ??= createPaper(width, height)
    return paper
  }
  const number = (text: string) => wholeNumber(text, 0, 65_535)

  function graphic(): void {
    const [x, y, bytes] = ['', '', ''].map(() => number(tape.until(',')))
    // The guide has a comma before the data, CUPS sends a line feed: printers take both.
    let rows = ''
    while (/\d/.test(String.fromCharCode(tape.peek()))) rows += String.fromCharCode(tape.bytes(1)[0] ?? 0)
    const separator = String.fromCharCode(tape.bytes(1)[0] ?? 0)
    if (separator !== ',' && separator !== '\n') throw new Error('no data after GW')
    const data = tape.bytes((bytes ?? 0) * number(rows))
    for (const [at, byte] of data.entries()) {
      const [across, down] = [at % (bytes ?? 1), Math.floor(at / (bytes ?? 1))]
      laidIn().eight((x ?? 0) + across * 8, (y ?? 0) + down, bitsOf(byte, '0'))
    }
    if (tape.until('\n') !== '') throw new Error('GW has more data than it said')
    if (said.at(-1) !== 'GW') said.push('GW')
  }

  while (!tape.atEnd) {
    if (tape.peek() === 'G'.charCodeAt(0)) {
      if (Buffer.from(tape.bytes(2)).toString() !== 'GW') throw new Error('unknown graphics command')
      graphic()
      continue
    }
    const line = tape.until('\n')
    const rest = line.slice(1)
    if (line === '') continue
    else if (line === 'N') [cleared, paper] = [true, undefined]
    else if (line === 'ZT') said.push(line)
    else if (line.startsWith('q')) width = number(rest)
    else if (line.startsWith('Q')) {
      const parts = /^(\d+),(B?)(\d+)(?:,(\d+))?$/.exec(rest)
      if (parts === null) throw new Error(`Q cannot be read: ${line}`)
      const [, length = '', mark, gap = '', offset] = parts
      if (mark === 'B' && offset === undefined) throw new Error('Q with a mark needs an offset')
      height = number(length)
      if (number(gap) !== 0) wholeNumber(gap, 16, 240)
    } else if (line.startsWith('D')) wholeNumber(rest, 0, 15)
    else if (line.startsWith('S')) wholeNumber(rest, 0, 6)
    else if (line.startsWith('P')) {
      pages.push({ bitmap: laidIn().picture(), copies: wholeNumber(rest, 1, 65_535) })
    } else throw new Error(`unknown command ${JSON.stringify(line)}`)
    if (said.at(-1) !== line) said.push(line)
  }
  return { pages, said }
}
