import { splitAim } from '#shared/domain/devices/codes/aim.ts'
import type { RawScan } from '#electron/ports/scanner.ts'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const chinese = new TextDecoder('gb18030', { fatal: true })

/** Text of scanned bytes: UTF-8 where it is that, else GB18030, as Chinese QR codes come in both; else byte for byte. */
export function scanText(bytes: Uint8Array): string {
  for (const decoder of [strict, chinese]) {
    try {
      return decoder.decode(bytes)
    } catch {
      // The next one may read it.
    }
  }
  return Buffer.from(bytes).toString('latin1')
}

/** A scan of these bytes; undefined where there is nothing in them. `aim` is what the device itself said, or empty. */
export function scanOf(bytes: Uint8Array, aim = ''): RawScan | undefined {
  const all = scanText(bytes)
  const split = aim === '' ? splitAim(all) : { text: all, aim }
  return split.text === '' ? undefined : split
}
