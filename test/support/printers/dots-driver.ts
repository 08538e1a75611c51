/** A driver that takes dots, from the manual of netpbm alone: pictures of type P4, one after the other. */
import { bitsOf, createPaper, createTape, type PrintedPage } from './printed-page.ts'

export function printDots(job: Uint8Array): PrintedPage[] {
  const tape = createTape(job)
  const pages: PrintedPage[] = []
  /** Words of the header; from `#` to the end of its line nothing counts. */
  const word = (): string => {
    for (let said = ''; ;) {
      const sign = String.fromCharCode(tape.bytes(1)[0] ?? 0)
      if (sign === '#') while (tape.bytes(1)[0] !== 0x0a) continue
      else if (!/\s/.test(sign)) said += sign
      else if (said !== '') return said
    }
  }
  while (!tape.atEnd) {
    if (word() !== 'P4') throw new Error('no picture of one bit a dot')
    const [width, height] = [Number(word()), Number(word())]
    const paper = createPaper(width, height)
    for (let y = 0; y < height; y += 1) {
      const row = tape.bytes(Math.ceil(width / 8))
      for (const [at, byte] of row.entries()) paper.eight(at * 8, y, bitsOf(byte, '1'))
    }
    pages.push({ bitmap: paper.picture(), copies: 1 })
  }
  return pages
}
