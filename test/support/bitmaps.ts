import type { Bitmap } from '#electron/ports/label-press.ts'

/** Dots drawn by chance, so that no run length is special; every third band of seven rows is plain. */
export function noise(width: number, height: number, share: number, seed = 1): Bitmap {
  let state = seed
  const bytesPerRow = Math.ceil(width / 8)
  const data = new Uint8Array(bytesPerRow * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      const black = Math.floor(y / 7) % 3 === 0 ? share > 0.5 : state / 2 ** 32 < share
      const at = y * bytesPerRow + (x >> 3)
      if (black) data[at] = (data[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return { width, height, bytesPerRow, data }
}

/** A bitmap of rows such as `#..#`. */
export function drawn(...rows: readonly string[]): Bitmap {
  const width = rows[0]?.length ?? 0
  const bytesPerRow = Math.ceil(width / 8)
  const bytes = rows.flatMap((row) =>
    Array.from({ length: bytesPerRow }, (_, at) => {
      const bits = row.slice(at * 8, at * 8 + 8).padEnd(8, '.')
      return Number.parseInt(bits.replaceAll('#', '1').replaceAll('.', '0'), 2)
    }),
  )
  return { width, height: rows.length, bytesPerRow, data: Uint8Array.from(bytes) }
}

/** The rows of a bitmap, padding included only where it is not white. */
export function rowsOf({ width, height, bytesPerRow, data }: Bitmap): string[] {
  return Array.from({ length: height }, (_, y) => {
    const bits = [...data.subarray(y * bytesPerRow, (y + 1) * bytesPerRow)]
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join('')
      .replaceAll('1', '#')
      .replaceAll('0', '.')
    return bits.slice(0, width) + bits.slice(width).replaceAll('.', '')
  })
}
