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

const upTo = (first: number, count: number) =>
  Array.from({ length: count }, (_, at) => [0x09, first + at]).flat()

/** A postal scale: report 3 of status, unit, exponent and weight, item by item from the usage tables of page 8D. */
export const scaleDescriptor = Uint8Array.of(
  0x05,
  0x8d,
  0x09,
  0x20,
  0xa1,
  0x01,
  0x09,
  0x32,
  0xa1,
  0x02,
  0x85,
  0x03,
  0x75,
  0x08,
  0x95,
  0x01,
  0x15,
  0x01,
  0x25,
  0x08,
  0x09,
  0x70,
  0xa1,
  0x02,
  ...upTo(0x71, 8),
  0x81,
  0x00,
  0xc0,
  0x25,
  0x0c,
  0x09,
  0x50,
  0xa1,
  0x02,
  ...upTo(0x51, 12),
  0x81,
  0x00,
  0xc0,
  0x09,
  0x41,
  0x15,
  0x81,
  0x25,
  0x7f,
  0x81,
  0x02,
  0x09,
  0x40,
  0x15,
  0x00,
  0x27,
  0xff,
  0xff,
  0x00,
  0x00,
  0x75,
  0x10,
  0x81,
  0x02,
  0xc0,
  0xc0,
)
