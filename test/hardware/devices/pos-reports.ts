/**
 * Scanned data reports of HID point-of-sale scanners (HID Usage Tables, page 0x8C): report id 2, 64 bytes, 56 of them
 * data, the last byte's bit 0 set while more follows.
 */
export interface PosScanner {
  /** HID report descriptor. */
  readonly descriptor: Buffer
  /** The reports of one scan; `aim` is left out where the maker's reports have no room for it. */
  reports(text: string, aim: string): readonly Buffer[]
}

const dataBytes = 56

/** Hand Held Products USB guide, p. 1-11: length, three bytes of AIM identifier, data, the maker's own identifier. */
export const honeywell: PosScanner = {
  descriptor: Buffer.from(
    '058c0902a10185020912a102150026ff00750895010501093b8102058c950309fb09fc09fd8102953809fe820201' +
      '9502810325017501950109ff810275078103c0c0',
    'hex',
  ),
  reports: (text, aim) => cut(text, (report) => report.write(aim, 2, 'latin1'), 5),
}

/** Newland FM420 guide: the same without AIM identifiers, the maker's own identifier at byte 62. */
export const newland: PosScanner = {
  descriptor: Buffer.from(
    '058c0902a10185020912a102150026ff00750895010501093b8102058c953809fe820201' +
      '95058103250175019501' +
      '09ff810275078103c0c0',
    'hex',
  ),
  reports: (text) => cut(text, () => undefined, 2),
}

function cut(text: string, mark: (report: Buffer) => void, dataAt: number): Buffer[] {
  const data = Buffer.from(text, 'utf8')
  const reports: Buffer[] = []
  for (let from = 0; from === 0 || from < data.length; from += dataBytes) {
    const part = data.subarray(from, from + dataBytes)
    const report = Buffer.alloc(64)
    report[0] = 2
    report[1] = part.length
    mark(report)
    part.copy(report, dataAt)
    report[63] = from + dataBytes < data.length ? 1 : 0
    reports.push(report)
  }
  return reports
}
