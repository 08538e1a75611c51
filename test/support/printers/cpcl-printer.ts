/** A CPCL printer from the commands of the CPCL programming guide that a whole-label bitmap needs. */
import { bitsOf, createPaper, createTape, wholeNumber, type Paper, type PrintedPage } from './printed-page.ts'

export function printCpcl(job: Uint8Array): { pages: PrintedPage[]; said: string[] } {
  const tape = createTape(job)
  const pages: PrintedPage[] = []
  const said: string[] = []
  const number = (text: string) => wholeNumber(text, 0, 65_535)

  while (!tape.atEnd) {
    const [bang, offset = '', across = '', down = '', height = '', copies = '', ...more] = tape
      .until('\r\n')
      .split(' ')
    if (bang !== '!' || more.length > 0 || number(offset) !== 0) throw new Error('no session begins here')
    said.push(`! ${number(across)} ${number(down)}`)
    session(number(height), wholeNumber(copies, 1, 1024))
  }
  return { pages, said }

  function session(height: number, copies: number): void {
    let paper: Paper | undefined
    const graphic = () => {
      const [bytes, rows, x, y] = [0, 0, 0, 0].map(() => number(tape.until(' ')))
      if (paper === undefined) throw new Error('CG before PAGE-WIDTH')
      for (const [at, byte] of tape.bytes((bytes ?? 0) * (rows ?? 0)).entries()) {
        paper.eight(
          (x ?? 0) + (at % (bytes ?? 1)) * 8,
          (y ?? 0) + Math.floor(at / (bytes ?? 1)),
          bitsOf(byte, '1'),
        )
      }
      if (tape.until('\r\n') !== '') throw new Error('CG has more data than it said')
    }
    for (;;) {
      if (tape.peek() === 'C'.charCodeAt(0)) {
        if (tape.until(' ') !== 'CG') throw new Error('an unknown command that begins with C')
        graphic()
        if (said.at(-1) !== 'CG') said.push('CG')
        continue
      }
      const line = tape.until('\r\n')
      const [name, value = '', ...more] = line.split(' ')
      said.push(line)
      if (name === 'PAGE-WIDTH') paper = createPaper(number(value), height)
      else if (name === 'PAGE-HEIGHT' && number(value) === height) continue
      else if (name === 'TONE') wholeNumber(value, 0, 200)
      else if (name === 'SPEED') wholeNumber(value, 0, 5)
      else if (name === 'PRESENT-AT' && more.length === 1) continue
      else if (['FORM', 'GAP-SENSE', 'BAR-SENSE'].includes(line)) continue
      else if (line === 'PRINT') {
        if (paper === undefined) throw new Error('PRINT before PAGE-WIDTH')
        pages.push({ bitmap: paper.picture(), copies })
        return
      } else throw new Error(`unknown command ${JSON.stringify(line)}`)
    }
  }
}
