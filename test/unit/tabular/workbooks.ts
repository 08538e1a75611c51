import { buffer } from 'node:stream/consumers'
import { crc32, deflateRawSync } from 'node:zlib'
import yazl from 'yazl'

/** A file in an archive; what the headers say may be a lie. */
export interface Part {
  readonly name: string
  readonly data: Buffer | string
  readonly claimedSize?: number
  readonly claimedCompressed?: number
  /** Points this header at another part's bytes instead of own ones. */
  readonly sameAs?: string
  readonly flags?: number
  readonly stored?: boolean
}

/** Writes an archive by hand (APPNOTE 6.3.3), because no library writes lying ones. */
export function zipOf(parts: readonly Part[]): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  const offsets = new Map<string, number>()
  let offset = 0
  for (const part of parts) {
    const data = Buffer.from(part.data)
    const packed = part.stored === true ? data : deflateRawSync(data)
    const name = Buffer.from(part.name)
    const header = Buffer.alloc(26)
    header.writeUInt16LE(20, 0)
    header.writeUInt16LE(part.flags ?? 0x800, 2)
    header.writeUInt16LE(part.stored === true ? 0 : 8, 4)
    header.writeUInt32LE(crc32(data), 10)
    header.writeUInt32LE(part.claimedCompressed ?? packed.length, 14)
    header.writeUInt32LE(part.claimedSize ?? data.length, 18)
    header.writeUInt16LE(name.length, 22)
    const at = part.sameAs === undefined ? offset : (offsets.get(part.sameAs) ?? 0)
    if (part.sameAs === undefined) {
      const entry = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), header, name, packed])
      offsets.set(part.name, offset)
      offset += entry.length
      local.push(entry)
    }
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), header, rest, name]))
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 8)
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, directory, end])
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export interface BookParts {
  /** Rows of the sheet: the inside of `<sheetData>`. */
  readonly rows: string
  /** The inside of `<sst>`. */
  readonly shared?: string
  /** The inside of `<styleSheet>`. */
  readonly styles?: string
  readonly epoch1904?: boolean
  /** Goes before the root element of the sheet. */
  readonly prolog?: string
}

/** The parts of a small workbook. */
export function bookParts(book: BookParts): Part[] {
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="r${id}" Type="${office}/${type}" Target="${target}"/>`
  const parts: Part[] = [
    {
      name: '_rels/.rels',
      data: `<Relationships>${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      data: `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr date1904="${book.epoch1904 === true ? 1 : 0}"/><sheets><sheet name="hidden" sheetId="1" state="hidden" r:id="r9"/><sheet name="one" sheetId="2" r:id="r1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: `<Relationships>${relation(1, 'worksheet', 'worksheets/s.xml')}${relation(2, 'sharedStrings', '/xl/t.xml')}${relation(3, 'styles', 'styles.xml')}</Relationships>`,
    },
    {
      name: 'xl/worksheets/s.xml',
      data: `${book.prolog ?? ''}<worksheet xmlns="${main}"><sheetData>${book.rows}</sheetData></worksheet>`,
    },
  ]
  if (book.shared !== undefined)
    parts.push({ name: 'xl/t.xml', data: `<sst xmlns="${main}">${book.shared}</sst>` })
  if (book.styles !== undefined) {
    parts.push({ name: 'xl/styles.xml', data: `<styleSheet xmlns="${main}">${book.styles}</styleSheet>` })
  }
  return parts
}

export const bookOf = (book: BookParts) => zipOf(bookParts(book))

/** An archive as a common library writes it. */
export async function yazlOf(parts: readonly (readonly [string, string])[]): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const [name, data] of parts) zip.addBuffer(Buffer.from(data), name)
  zip.end()
  return buffer(zip.outputStream)
}
