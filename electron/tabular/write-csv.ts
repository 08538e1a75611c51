import iconv from 'iconv-lite'
import type { TableToWrite } from '#electron/ports/table-files.ts'
import { tableError } from '#electron/tabular/faults.ts'
import { neutralised } from '#electron/tabular/neutral.ts'

/**
 * A table as CSV with CRLF, safe to open in a spreadsheet (`neutral.ts`).
 *
 * `gbk` is code page 936, which Chinese Excel takes a CSV without a mark for; it does not know GB18030's four-byte
 * characters. A text that the code page cannot hold throws `TableError` `encodingUnknown` with its row (1-based,
 * headers are row 1) and the character, so that nobody ships to `?`; `utf-8-bom` holds everything.
 */
export function writeCsv(table: TableToWrite, encoding: 'gbk' | 'utf-8-bom'): Uint8Array {
  const lines = [table.headers, ...table.rows].map((row) => csvLine(row, neutralised))
  if (encoding === 'utf-8-bom') return Buffer.from(`\ufeff${lines.join('')}`, 'utf8')
  const encoded = lines.map((line, index) => {
    const bytes = iconv.encode(line, 'cp936')
    if (iconv.decode(bytes, 'cp936') !== line) throw unencodable(line, index + 1)
    return bytes
  })
  return Buffer.concat(encoded)
}

/** One record with its line end. A single empty cell is quoted, or its line would read as no record at all. */
export function csvLine(row: readonly (string | number | null)[], guard: (text: string) => string): string {
  if (row.length === 1 && (row[0] === '' || row[0] === null)) return '""\r\n'
  let line = ''
  for (let at = 0; at < row.length; at += 1) {
    if (at > 0) line += ','
    line += csvCell(row[at] ?? null, guard)
  }
  return `${line}\r\n`
}

function csvCell(value: string | number | null, guard: (text: string) => string): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = guard(value)
  return /[",;\t\r\n]|^\s|\s$|^sep=/i.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function unencodable(line: string, row: number) {
  const char = [...line].find((one) => iconv.decode(iconv.encode(one, 'cp936'), 'cp936') !== one) ?? ''
  const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return tableError(
    'encodingUnknown',
    `Row ${row} holds the character ${char} (U+${code}), which GBK does not have; write UTF-8 or XLSX instead.`,
    row,
  )
}
