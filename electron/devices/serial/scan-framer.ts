import type { RawScan, SerialSettings } from '#electron/ports/scanner.ts'
import { scanOf } from '#electron/devices/input/scan-text.ts'

/** Milliseconds of silence that end a scan without a suffix. */
export const scanSilence = 100

/** Nothing that a scanner reads is longer: what is, is noise. Bytes. */
const longest = 64 * 1024

const stx = 0x02
const etx = 0x03
const lf = 0x0a
const cr = 0x0d

export interface ScanFramer {
  /** Takes what came in, cut anywhere; gives the scans that are whole. */
  push(bytes: Uint8Array): RawScan[]
  /** The line has been silent for `scanSilence`: `lost` when a scan broke off before its end. */
  silence(): { readonly scan: RawScan | undefined; readonly lost: boolean }
  /** Whether something was begun that only silence or its end can settle. */
  readonly open: boolean
}

type End = NonNullable<SerialSettings['end']>

/**
 * Cuts a stream of bytes into scans. `any` ends one at CR, LF, ETX or silence, which suits every scanner that was not
 * told otherwise; a scan that may hold such characters needs the setting that names its real end. STX before a scan is
 * no part of it.
 */
export function createScanFramer(end: End = 'any'): ScanFramer {
  let held: number[] = []
  let tooLong = false
  const take = (): RawScan | undefined => {
    const bytes = held[0] === stx && end !== 'silence' ? held.slice(1) : held
    const whole = tooLong ? undefined : scanOf(Uint8Array.from(bytes))
    held = []
    tooLong = false
    return whole
  }
  return {
    get open() {
      return held.length > 0
    },
    push(bytes) {
      const scans: RawScan[] = []
      for (const byte of bytes) {
        // The second half of an Enter, behind an end that its first half was.
        if (held.length === 0 && skipped[end].includes(byte)) continue
        held.push(byte)
        if (held.length > longest) {
          tooLong = true
          held = [byte]
        }
        const length = endOf(held, end)
        if (length === 0) continue
        held.splice(held.length - length)
        const scan = take()
        if (scan !== undefined) scans.push(scan)
      }
      return scans
    },
    silence() {
      const wasOpen = held.length > 0
      const scan = take()
      return end === 'any' || end === 'silence'
        ? { scan, lost: wasOpen && scan === undefined }
        : { scan: undefined, lost: wasOpen }
    },
  }
}

/** How many bytes at the end of `held` are a suffix; 0 where the scan goes on. */
function endOf(held: readonly number[], end: End): number {
  const last = held.at(-1)
  switch (end) {
    case 'any':
      return last === cr || last === lf || last === etx ? 1 : 0
    case 'cr':
      return last === cr ? 1 : 0
    case 'lf':
      return last === lf ? (held.at(-2) === cr ? 2 : 1) : 0
    case 'etx':
      return last === etx ? 1 : 0
    case 'crlf':
      return last === lf && held.at(-2) === cr ? 2 : 0
    case 'silence':
      return 0
  }
}

/** Bytes that are nothing where a scan would begin. */
const skipped: Readonly<Record<End, readonly number[]>> = {
  any: [cr, lf, etx],
  cr: [lf],
  lf: [],
  crlf: [],
  etx: [cr, lf],
  silence: [],
}
