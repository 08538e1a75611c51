/** A label printer that speaks ESC/POS, from the Epson command reference: raster bands, feeds, and no more. */
import { bitsOf, createPaper, createTape, type PrintedPage } from './printed-page.ts'

/**
 * Paper that is `width` dots wide comes out line by line; a form feed ends a label, a feed of lines ends a strip. A band
 * of more than `tallest` rows is dropped without a word, as cheap printers do.
 */
export function printEscPos(
  job: Uint8Array,
  width: number,
  { tallest = 128 } = {},
): { pages: PrintedPage[]; said: string[] } {
  const tape = createTape(job)
  const pages: PrintedPage[] = []
  const said: string[] = []
  let lines: string[][] = []
  const low = (bytes: Uint8Array, at: number) => (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256

  function tear(name: string): void {
    said.push(name)
    const paper = createPaper(width, lines.length)
    for (const [y, line] of lines.entries())
      for (const [at, bits] of line.entries()) paper.eight(at * 8, y, bits)
    pages.push({ bitmap: paper.picture(), copies: 1 })
    lines = []
  }

  while (!tape.atEnd) {
    const code = tape.bytes(1)[0] ?? 0
    const name =
      code === 0x0c ? 'FF' : `${code === 0x1b ? 'ESC' : 'GS'} ${String.fromCharCode(tape.bytes(1)[0] ?? 0)}`
    if (code === 0x0c) tear('FF')
    else if (code === 0x1b && name === 'ESC @') said.push(name)
    else if (code === 0x1b && name === 'ESC d') tear(`${name} ${tape.bytes(1)[0]}`)
    else if (code === 0x1d && name === 'GS v') {
      const head = tape.bytes(6)
      if (head[0] !== 0x30 || head[1] !== 0) throw new Error('GS v other than 0 in normal size')
      const [bytes, rows] = [low(head, 2), low(head, 4)]
      const data = tape.bytes(bytes * rows)
      if (rows > tallest) continue
      for (let row = 0; row < rows; row += 1) {
        lines.push([...data.subarray(row * bytes, (row + 1) * bytes)].map((byte) => bitsOf(byte, '1')))
      }
    } else throw new Error(`unknown command ${code.toString(16)} ${name}`)
  }
  if (lines.length > 0) throw new Error('paper was left in the printer')
  return { pages, said }
}
