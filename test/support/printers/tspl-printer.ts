/** A TSPL printer from the commands of the TSPL/TSPL2 programming manual that a whole-label bitmap needs. */
import { bitsOf, createPaper, createTape, wholeNumber, type Paper, type PrintedPage } from './printed-page.ts'

/** Refuses whatever it does not know, and a job in which a command that is obeyed at once hides among the dots. */
export function printTspl(job: Uint8Array, dpi: 203 | 300): { pages: PrintedPage[]; said: string[] } {
  for (const hidden of ['\u001b!', '~!']) {
    if (Buffer.from(job).includes(hidden, 0, 'latin1'))
      throw new Error(`${JSON.stringify(hidden)} in the job`)
  }
  const tape = createTape(job)
  const pages: PrintedPage[] = []
  const said: string[] = []
  let size: { readonly width: number; readonly height: number } | undefined
  let paper: Paper | undefined

  const millimetres = (text: string): number => {
    const [, number = ''] = /^(\d+(?:\.\d+)?) mm$/.exec(text) ?? []
    if (number === '') throw new Error(`${JSON.stringify(text)} is no length in mm`)
    return Number(number)
  }
  const dots = (text: string) => Math.round((millimetres(text) * (dpi === 203 ? 203.2 : 300)) / 25.4)
  const two = (text: string): [string, string] => {
    const [first, second, ...more] = text.split(',')
    if (first === undefined || second === undefined || more.length > 0) throw new Error(`not two: ${text}`)
    return [first, second]
  }
  const commands: Readonly<Record<string, (rest: string) => void>> = {
    SIZE(rest) {
      const [width, height] = two(rest)
      size = { width: dots(width), height: dots(height) }
    },
    GAP: (rest) => void two(rest).map(millimetres),
    BLINE: (rest) => void two(rest).map(millimetres),
    DENSITY: (rest) => void wholeNumber(rest, 0, 15),
    SPEED: (rest) => void wholeNumber(rest, 1, 18),
    DIRECTION(rest) {
      if (rest !== '0,0') throw new Error(`this printer draws upright and unmirrored only, not ${rest}`)
    },
    REFERENCE(rest) {
      if (rest !== '0,0') throw new Error(`this printer draws from its corner only, not ${rest}`)
    },
    CLS() {
      if (size === undefined) throw new Error('CLS before SIZE')
      paper = createPaper(size.width, size.height)
    },
    PRINT(rest) {
      const [sets, copies] = two(rest).map((text) => wholeNumber(text, 1, 999_999_999))
      if (paper === undefined) throw new Error('PRINT before CLS')
      pages.push({ bitmap: paper.picture(), copies: (sets ?? 0) * (copies ?? 0) })
    },
  }

  function bitmap(): void {
    const [x, y, bytes, rows, mode] = [0, 0, 0, 0, 0].map(() =>
      wholeNumber(tape.until(',').trimStart(), 0, 65_535),
    )
    if (mode !== 0) throw new Error(`this printer overwrites only (mode 0), not ${mode}`)
    if (paper === undefined) throw new Error('BITMAP before CLS')
    const data = tape.bytes((bytes ?? 0) * (rows ?? 0))
    for (const [at, byte] of data.entries()) {
      const [across, down] = [at % (bytes ?? 1), Math.floor(at / (bytes ?? 1))]
      paper.eight((x ?? 0) + across * 8, (y ?? 0) + down, bitsOf(byte, '0'))
    }
    if (tape.until('\r\n') !== '') throw new Error('BITMAP has more data than it said')
  }

  while (!tape.atEnd) {
    const name = tape.word()
    if (name === 'BITMAP') {
      if (String.fromCharCode(tape.peek()) !== ' ') throw new Error('nothing parts BITMAP from its place')
      bitmap()
      said.push(name)
      continue
    }
    const rest = tape.until('\r\n').trimStart()
    const command = commands[name]
    if (command === undefined) throw new Error(`unknown command ${JSON.stringify(`${name} ${rest}`)}`)
    command(rest)
    said.push(`${name} ${rest}`.trim())
  }
  return { pages, said }
}
