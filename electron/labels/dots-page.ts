import type { Bitmap, PrintOptions } from '#electron/ports/label-press.ts'

/**
 * Dots for the driver of a queue: binary PBM (netpbm, pbm(5): `P4`, the size, rows of whole bytes, 1 is black) with the dots
 * an inch as a comment, one picture after the other for copies. The driver's own way in makes of it what the system takes
 * (`electron/devices/print/driver-page.ts`).
 */
export function encodeDots(
  { width, height, data }: Bitmap,
  { dpi, copies }: Pick<PrintOptions, 'dpi' | 'copies'>,
): Uint8Array {
  const page = Buffer.concat([Buffer.from(`P4\n# ${dpi} dpi\n${width} ${height}\n`), data])
  return Buffer.concat(Array.from({ length: copies }, () => page))
}

/** The dots of a job that `encodeDots` made; undefined for any other job and for one that is not whole. */
export function decodeDots(job: Uint8Array): Bitmap | undefined {
  const bytes = Buffer.from(job)
  const head = /^P4\n# \d+ dpi\n(\d{1,5}) (\d{1,5})\n/.exec(bytes.subarray(0, 40).toString('latin1'))
  if (head === null) return undefined
  const [width, height] = [Number(head[1]), Number(head[2])]
  const bytesPerRow = Math.ceil(width / 8)
  const page = head[0].length + bytesPerRow * height
  if (bytes.length === 0 || bytes.length % page !== 0) return undefined
  return { width, height, bytesPerRow, data: new Uint8Array(bytes.subarray(head[0].length, page)) }
}
