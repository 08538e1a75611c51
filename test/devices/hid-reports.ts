/** Reports as the makers' guides draw them, and the descriptor that a Linux kernel took for the Honeywell one. */

/** Honeywell: 02, length, AIM, 56 bytes of data, maker's id, reserved, more. */
export function honeywell(scan: Uint8Array, aim = ']C0'): Uint8Array[] {
  return reports(scan, 5, (report) => report.set(Buffer.from(aim, 'latin1'), 2))
}

/** Newland: 02, length, 56 bytes of data, four reserved, maker's id, more. */
export const newland = (scan: Uint8Array): Uint8Array[] => reports(scan, 2, () => undefined)

/** One byte before the AIM identifier, as some others do. */
export function shifted(scan: Uint8Array, aim = ']C0'): Uint8Array[] {
  return reports(scan, 6, (report) => report.set(Buffer.from(aim, 'latin1'), 3))
}

function reports(scan: Uint8Array, data: number, mark: (report: Uint8Array) => void): Uint8Array[] {
  const all: Uint8Array[] = []
  for (let at = 0; at === 0 || at < scan.length; at += 56) {
    const piece = scan.subarray(at, at + 56)
    const report = new Uint8Array(64)
    report[0] = 2
    report[1] = piece.length
    mark(report)
    report.set(piece, data)
    report[63] = at + 56 < scan.length ? 1 : 0
    all.push(report)
  }
  return all
}

export const honeywellDescriptor = Buffer.from(
  '058c0902a10185020912a102150026ff00750895010501093b8102058c950309fb09fc09fd8102953809fe8202019502810325017501950109ff810275078103c0c0',
  'hex',
)

/** A Dymo-shaped scale: report 3 of status, unit, exponent, weight; composed from the usage tables of page 8D. */
export const scaleDescriptor = Buffer.from(
  '058d0920a1010932a1028503150125087508950109 70a102097109720973097409750976097709788100c0150125 0c0950a10209510952095309540955 0956095709580959095a095b095c8100c0094115812 57f8102094015 0026ffff00751095018102c0c0'.replaceAll(
    ' ',
    '',
  ),
  'hex',
)
