import { describe, expect, it } from 'vitest'
import { placeBitmap } from '#electron/labels/place.ts'
import type { Bitmap, Placement } from '#electron/ports/label-press.ts'
import { drawn, noise, rowsOf } from '#test/support/bitmaps.ts'

const place = (bitmap: Bitmap, placement: Partial<Placement>) =>
  placeBitmap(bitmap, { dpi: 203, ...placement })

/** Where each black dot of a picture is, as text. */
const blackDots = (rows: readonly string[]): string[] =>
  rows.flatMap((row, y) => [...row].flatMap((dot, x) => (dot === '#' ? [`${x},${y}`] : []))).toSorted()

describe('a label on its paper', () => {
  it('is turned clockwise, dot by dot', () => {
    const label = drawn('##........', '#.........', '..........', '.........#')
    expect(rowsOf(place(label, { rotation: 90 }))).toEqual([
      '..##',
      '...#',
      ...Array.from({ length: 7 }, () => '....'),
      '#...',
    ])
    expect(rowsOf(place(label, { rotation: 180 }))).toEqual([
      '#.........',
      '..........',
      '.........#',
      '........##',
    ])
    expect(rowsOf(place(label, { rotation: 270 }))).toEqual([
      '...#',
      ...Array.from({ length: 7 }, () => '....'),
      '#...',
      '##..',
    ])
  })

  it.each([
    [801, 59],
    [16, 9],
    [1181, 31],
  ])('of %d×%d dots comes back after four quarter turns, and two are half a turn', (width, height) => {
    const label = noise(width, height, 0.3)
    const quarter = (bitmap: Bitmap) => place(bitmap, { rotation: 90 })
    expect(quarter(quarter(label))).toEqual(place(label, { rotation: 180 }))
    expect(quarter(quarter(quarter(label)))).toEqual(place(label, { rotation: 270 }))
    expect(quarter(quarter(quarter(quarter(label))))).toEqual(label)
  })

  it('moves by millimetres in all four directions', () => {
    const blank = '.'.repeat(40)
    const label = drawn(
      ...Array.from({ length: 40 }, (_, y) => (y === 20 ? `${'.'.repeat(20)}#${'.'.repeat(19)}` : blank)),
    )
    const dotAt = (placement: Partial<Placement>) => blackDots(rowsOf(place(label, placement)))
    expect(dotAt({ offsetXMm: 1 })).toEqual(['28,20'])
    expect(dotAt({ offsetXMm: -0.4, offsetYMm: 2 })).toEqual(['17,36'])
    expect(dotAt({ offsetYMm: -2.5 })).toEqual(['20,0'])
    expect(dotAt({ offsetXMm: 1, dpi: 300 })).toEqual(['32,20'])
    // The offset is of the paper as it leaves the printer, whichever way the label lies on it.
    expect(dotAt({ offsetXMm: 1, rotation: 180 })).toEqual(['27,19'])
  })

  it('never loses a dot to an offset: it stops at the edge of the paper', () => {
    for (const [width, height] of [
      [800, 60],
      [797, 60],
      [90, 200],
    ] as const) {
      const middle = noise(width - 50, height - 30, 0.3)
      const rows = rowsOf(middle).map((row) => `${'.'.repeat(20)}${row}${'.'.repeat(30)}`)
      const blank = '.'.repeat(width)
      const label = drawn(
        ...Array.from({ length: 10 }, () => blank),
        ...rows,
        ...Array.from({ length: 20 }, () => blank),
      )
      const count = blackDots(rowsOf(label)).length
      for (const [offsetXMm, offsetYMm] of [
        [-50, -50],
        [50, 50],
        [-1.1, 1.3],
        [300, 0],
      ] as const) {
        const moved = rowsOf(place(label, { offsetXMm, offsetYMm }))
        expect(blackDots(moved)).toHaveLength(count)
        expect(moved.every((row) => row.length === width)).toBe(true)
      }
      const corner = rowsOf(place(label, { offsetXMm: -50, offsetYMm: -50 }))
      expect([corner[0], corner.map((row) => row[0]).join('')].every((edge) => edge?.includes('#'))).toBe(
        true,
      )
    }
  })

  it('is the same bitmap when there is nothing to do', () => {
    const label = noise(80, 60, 0.3)
    expect(place(label, {})).toBe(label)
    expect(place(label, { rotation: 0, offsetXMm: 0, offsetYMm: 0 })).toBe(label)
    const white = noise(80, 60, 0)
    expect(place(white, { offsetXMm: 3 })).toBe(white)
  })
})
