import type { RawScan } from '#electron/ports/scanner.ts'
import { afterSilence } from '#electron/devices/input/after-silence.ts'
import { scanOf } from '#electron/devices/input/scan-text.ts'
import type { ReadReport, ReportPiece } from './scanner-layout.ts'

/** Milliseconds after which a scan that has not gone on never will. */
const joinSilence = 500

/** Nothing that a scanner reads is longer: what is, is no scan. Bytes. */
const longest = 64 * 1024

/**
 * Joins reports into scans. Call it with each report as it came; it answers with a scan when one is whole. A scan is
 * given whole or not at all: behind a damaged report everything is dropped up to the end of its scan, or until silence.
 */
export function createScanJoiner(read: ReadReport): (report: Uint8Array) => RawScan | undefined {
  let pieces: ReportPiece[] = []
  let bytes = 0
  let spoilt = false
  const begin = () => {
    pieces = []
    bytes = 0
    spoilt = false
  }
  // By a timer and not by the clock at the next report: the end of a scan that was read late would pass for a whole one.
  const quiet = afterSilence(joinSilence, begin)
  return (report) => {
    const piece = read(report)
    if (piece === 'foreign') return undefined
    quiet.heard()
    if (piece === 'damaged') {
      begin()
      spoilt = true
      return undefined
    }
    bytes += piece.data.length
    if (bytes > longest) spoilt = true
    if (!spoilt) pieces.push(piece)
    if (piece.more) return undefined
    quiet.stop()
    const whole = spoilt ? [] : pieces
    begin()
    const aim = whole.find((one) => one.aim !== '')?.aim ?? ''
    return scanOf(withoutEnd(Buffer.concat(whole.map((one) => one.data))), aim)
  }
}

/** Without the Enter that a scanner adds for keyboards: CR, LF or both. */
function withoutEnd(data: Uint8Array): Uint8Array {
  let end = data.length
  if (data[end - 1] === 0x0a) end -= 1
  if (data[end - 1] === 0x0d) end -= 1
  return data.subarray(0, end)
}
