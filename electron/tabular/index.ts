import { open, stat } from 'node:fs/promises'
import {
  TableError,
  type OpenedTable,
  type TableFault,
  type TableFiles,
} from '#electron/ports/table-files.ts'
import { openText } from '#electron/tabular/text-table.ts'
import { openWorkbook } from '#electron/tabular/workbook-table.ts'
import { writeCsv } from '#electron/tabular/write-csv.ts'
import { writeWorkbook } from '#electron/tabular/write-workbook.ts'

/** The tables that people exchange, read from and written to real files. */
export function createTableFiles(): TableFiles {
  return {
    async open(path, options = {}) {
      const head = await readStart(path)
      if (head === null) return refused('fileMissing', 'The file does not exist or cannot be read.')
      if (head.size === 0) return refused('fileEmpty', 'The file is empty.')
      if (startsWith(head.bytes, 'PK\x03\x04') || startsWith(head.bytes, 'PK\x05\x06')) {
        return openWorkbook(path, head.size, options.sheet ?? 0)
      }
      if (startsWith(head.bytes, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return compoundFile(path, head.bytes)
      const named = magic.find(([start]) => startsWith(head.bytes, start))
      if (named !== undefined) return refused('fileBinary', `The file is ${named[1]}, not a table.`)
      if (
        /^\s*<(?:!doctype|html|table|meta|head|\?xml)/i.test(
          head.bytes.toString('latin1').replace('\xef\xbb\xbf', ''),
        )
      ) {
        return refused(
          'workbookBroken',
          'The file is a web page or XML under the name of a table; open it in Excel and save it as XLSX or CSV.',
        )
      }
      try {
        return await openText(path, head.size, options.encoding)
      } catch (error) {
        if (error instanceof TableError) return { ok: false, fault: error.fault }
        throw error
      }
    },
    async write(table, format) {
      return format.kind === 'csv' ? writeCsv(table, format.encoding) : writeWorkbook(table)
    },
  }
}

const magic: readonly (readonly [start: string, name: string])[] = [
  ['%PDF-', 'a PDF'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
  ['\x1f\x8b', 'compressed with gzip'],
  ['Rar!', 'a RAR archive'],
  ['7z\xbc\xaf\x27\x1c', 'a 7-Zip archive'],
  ['SQLite format 3\0', 'a database'],
]

const startsWith = (bytes: Buffer, text: string) =>
  bytes.subarray(0, text.length).equals(Buffer.from(text, 'latin1'))

const refused = (code: TableFault['code'], message: string): OpenedTable => ({
  ok: false,
  fault: { code, message },
})

async function readStart(path: string): Promise<{ size: number; bytes: Buffer } | null> {
  try {
    const { size } = await stat(path)
    return { size, bytes: await readAt(path, 0, 512) }
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}

async function readAt(path: string, position: number, length: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const bytes = Buffer.alloc(length)
    const { bytesRead } = await file.read(bytes, 0, length, position)
    return bytes.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/**
 * Office's older container holds either a workbook with a password or an old `.xls`; the names in its first
 * directory sector tell which (MS-CFB 2.2 and 2.6).
 */
async function compoundFile(path: string, header: Buffer): Promise<OpenedTable> {
  const sector = 1 << Math.min(header.length < 52 ? 9 : header.readUInt16LE(30), 12)
  const first = header.length < 52 ? 0 : header.readUInt32LE(48)
  const directory = (await readAt(path, (first + 1) * sector, 4096)).toString('utf16le')
  return directory.includes('EncryptedPackage')
    ? refused('workbookEncrypted', 'The workbook is protected by a password; save it without one.')
    : refused('workbookBroken', 'The file is an old .xls workbook; save it as XLSX or CSV.')
}
