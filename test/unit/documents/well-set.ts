import { expect } from 'vitest'
import type { PdfPage } from '#test/support/pdf-reader.ts'

/** No word leaves the page or lies on another. */
export function expectWellSet(pages: readonly PdfPage[]): void {
  for (const [number, page] of pages.entries()) {
    for (const word of page.words.map(ink)) {
      const across = word.left >= 0 && word.right <= page.width + 0.1
      const inside = across && word.top >= 0 && word.bottom <= page.height
      expect(inside, `page ${number + 1}: "${word.text}" leaves the page`).toBe(true)
    }
    const boxes = page.words.map(ink).toSorted((one, other) => one.top - other.top)
    const laps: string[] = []
    boxes.forEach((one, index) => {
      for (let at = index + 1; at < boxes.length; at += 1) {
        const other = boxes[at]
        if (!other || other.top >= one.bottom) break
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left)
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
        if (across > 0.5 && down > 0.5) laps.push(`"${one.text}" on "${other.text}"`)
      }
    })
    expect(laps, `page ${number + 1}`).toEqual([])
  }
}

/** Poppler's boxes are whole lines of 1.448 em with a fifth of an em of air above and below the signs. */
function ink(word: PdfPage['words'][number]) {
  const size = (word.bottom - word.top) / 1.448
  return { ...word, top: word.top + 0.28 * size, bottom: word.bottom - 0.18 * size }
}
