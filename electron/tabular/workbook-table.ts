import { posix } from 'node:path'
import { TableError, type OpenedTable, type TableReader, type TableRow } from '#electron/ports/table-files.ts'
import { tableError } from '#electron/tabular/faults.ts'
import { limits } from '#electron/tabular/limits.ts'
import { streamRows } from '#electron/tabular/row-stream.ts'
import { columnOf, dateText, isDateFormat, numberText } from '#electron/tabular/workbook-cells.ts'
import { unescapeText, XmlReader, type XmlListener } from '#electron/tabular/workbook-xml.ts'
import { openZip, type WorkbookZip } from '#electron/tabular/workbook-zip.ts'

/** Opens an XLSX file: everything but the sheet's rows is read and kept, with limits. */
export async function openWorkbook(path: string, size: number, sheet: number): Promise<OpenedTable> {
  if (size > limits.workbookBytes) {
    return {
      ok: false,
      fault: {
        code: 'workbookTooLarge',
        message: `The workbook is larger than ${limits.workbookBytes} bytes.`,
      },
    }
  }
  try {
    const zip = await openZip(path)
    try {
      return { ok: true, table: new WorkbookTable(path, size, await readBook(zip, sheet)) }
    } finally {
      zip.close()
    }
  } catch (error) {
    if (error instanceof TableError) return { ok: false, fault: error.fault }
    throw error
  }
}

interface Book {
  readonly sheetPart: string
  readonly texts: readonly string[]
  /** Per cell style: does it show a date? */
  readonly dateStyles: readonly boolean[]
  readonly epoch1904: boolean
}

class WorkbookTable implements TableReader {
  readonly kind = 'xlsx'
  readonly encoding = null
  readonly delimiter = null
  readonly size: number
  readonly #path: string
  readonly #book: Book

  constructor(path: string, size: number, book: Book) {
    this.#path = path
    this.size = size
    this.#book = book
  }

  rows(signal?: AbortSignal): AsyncIterable<TableRow> {
    return streamRows(() => this.batches(signal))
  }

  async *batches(signal?: AbortSignal): AsyncGenerator<readonly TableRow[]> {
    const zip = await openZip(this.#path)
    try {
      const sheet = new SheetListener(this.#book)
      const xml = new XmlReader(sheet)
      for await (const piece of zip.read(this.#book.sheetPart, limits.sheetBytes, signal)) {
        sheet.position = Math.round(this.size * piece.share)
        xml.push(piece.bytes)
        const rows = sheet.take()
        if (rows.length > 0) yield rows
      }
      xml.end()
    } finally {
      zip.close()
    }
  }
}

/** Reads the parts around the sheets; each is found through the relations, since names differ between writers. */
async function readBook(zip: WorkbookZip, sheet: number): Promise<Book> {
  const bookPart = await bookPartOf(zip)
  const relations = await readRelations(zip, bookPart)
  const sheets: { id: string; hidden: boolean }[] = []
  let epoch1904 = false
  await readPart(zip, bookPart, {
    open(name, attributes) {
      if (name === 'workbookPr') epoch1904 = isTrue(attributes['date1904'])
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1]
      const state = attributes['state']
      sheets.push({ id: id ?? '', hidden: state === 'hidden' || state === 'veryHidden' })
    },
    close() {},
  })
  // People count the sheets that they see.
  const seen = sheets.some((one) => !one.hidden) ? sheets.filter((one) => !one.hidden) : sheets
  const sheetPart = relations.byId.get(seen[sheet]?.id ?? '')
  if (sheetPart === undefined || !zip.has(sheetPart)) {
    throw tableError('workbookBroken', `The workbook has no sheet ${sheet + 1}.`)
  }
  return {
    sheetPart,
    texts: await readTexts(zip, relations.byType.get('sharedStrings')),
    dateStyles: await readDateStyles(zip, relations.byType.get('styles')),
    epoch1904,
  }
}

const isTrue = (value: string | undefined) => value === '1' || value === 'true'

async function readPart(zip: WorkbookZip, part: string, listener: XmlListener): Promise<void> {
  const xml = new XmlReader(listener)
  for await (const piece of zip.read(part, limits.keptBytes)) xml.push(piece.bytes)
  xml.end()
}

async function bookPartOf(zip: WorkbookZip): Promise<string> {
  const root = zip.has('_rels/.rels') ? await readRelations(zip, '') : null
  const part = root?.byType.get('officeDocument') ?? 'xl/workbook.xml'
  if (zip.has(part) && !part.endsWith('.bin') && part.startsWith('xl/')) return part
  throw tableError('workbookBroken', 'The file is an archive, but no XLSX workbook; save it as XLSX or CSV.')
}

interface Relations {
  readonly byId: ReadonlyMap<string, string>
  readonly byType: ReadonlyMap<string, string>
}

/** The parts that `part` refers to, by id and by the last word of their type (Open Packaging, ECMA-376 part 2, 9.3). */
async function readRelations(zip: WorkbookZip, part: string): Promise<Relations> {
  const folder = posix.dirname(part)
  const file = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
  const byId = new Map<string, string>()
  const byType = new Map<string, string>()
  if (zip.has(file)) {
    await readPart(zip, file, {
      open(name, attributes) {
        if (name !== 'Relationship' || attributes['TargetMode'] === 'External') return
        const target = attributes['Target'] ?? ''
        const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target)
        byId.set(attributes['Id'] ?? '', path)
        byType.set((attributes['Type'] ?? '').split('/').at(-1) ?? '', path)
      },
      close() {},
    })
  }
  return { byId, byType }
}

async function readTexts(zip: WorkbookZip, part: string | undefined): Promise<string[]> {
  if (part === undefined || !zip.has(part)) return []
  const texts: string[] = []
  let text = ''
  let inText = false
  let phonetic = false
  await readPart(zip, part, {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') phonetic = true
      else if (name === 't') inText = !phonetic
    },
    close(name) {
      if (name === 'si') texts.push(unescapeText(text))
      else if (name === 'rPh') phonetic = false
      else if (name === 't') inText = false
    },
    text(value) {
      if (!inText) return
      text += value
      if (text.length > limits.fieldChars) {
        throw tableError(
          'fieldTooLong',
          `A text of the workbook is longer than ${limits.fieldChars} characters.`,
        )
      }
    },
  })
  return texts
}

async function readDateStyles(zip: WorkbookZip, part: string | undefined): Promise<boolean[]> {
  if (part === undefined || !zip.has(part)) return []
  const codes = new Map<number, string>()
  const styles: boolean[] = []
  let inCellStyles = false
  await readPart(zip, part, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      else if (name === 'cellXfs') inCellStyles = true
      else if (name === 'xf' && inCellStyles) {
        const id = Number(attributes['numFmtId'] ?? 0)
        styles.push(isDateFormat(id, codes.get(id)))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false
    },
  })
  return styles
}

/** Collects the rows of a sheet; those without any text are left out, hidden ones are not. */
class SheetListener implements XmlListener {
  position = 0
  readonly #book: Book
  #ready: TableRow[] = []
  #chars = 0
  #row = 0
  #rowChars = 0
  #cells: string[] = []
  #column = -1
  #type = ''
  #style = 0
  #text = ''
  #listening = false
  #phonetic = false

  constructor(book: Book) {
    this.#book = book
  }

  take(): readonly TableRow[] {
    const rows = this.#ready
    this.#ready = []
    return rows
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'c': {
        const column = columnOf(attributes['r'] ?? '')
        this.#column = column < 0 ? this.#column + 1 : column
        this.#type = attributes['t'] ?? 'n'
        this.#style = Number(attributes['s'] ?? 0)
        this.#text = ''
        break
      }
      case 'v':
        this.#listening = true
        break
      case 't':
        this.#listening = !this.#phonetic
        break
      case 'rPh':
        this.#phonetic = true
        break
      case 'row': {
        const number = Number(attributes['r'])
        this.#row = Number.isInteger(number) && number > 0 ? number : this.#row + 1
        this.#cells = []
        this.#column = -1
        this.#rowChars = 0
        break
      }
    }
  }

  close(name: string): void {
    switch (name) {
      case 'c':
        if (this.#text !== '') this.#put(this.#value())
        break
      case 'v':
      case 't':
        this.#listening = false
        break
      case 'rPh':
        this.#phonetic = false
        break
      case 'row':
        if (this.#cells.length === 0) break
        if (this.#row > limits.rows) {
          throw tableError('tooManyRows', `The sheet has more than ${limits.rows} rows.`, this.#row)
        }
        this.#ready.push({ number: this.#row, cells: this.#cells, position: this.position })
        break
    }
  }

  text(value: string): void {
    if (this.#listening) this.#text += value
  }

  #value(): string {
    const text = this.#text
    switch (this.#type) {
      case 's': {
        const shared = this.#book.texts[Number(text)]
        if (shared === undefined) {
          throw tableError('workbookBroken', `A cell in row ${this.#row} refers to no text.`, this.#row)
        }
        return shared
      }
      case 'inlineStr':
      case 'str':
        return unescapeText(text)
      case 'b':
        return text === '1' ? 'TRUE' : 'FALSE'
      case 'e':
        return text
      case 'd':
        return text.replace('T', ' ').replace(/\.\d+$|Z$/, '')
      default:
        return this.#book.dateStyles[this.#style] === true
          ? dateText(text, this.#book.epoch1904)
          : numberText(text)
    }
  }

  #put(value: string): void {
    if (value.length > limits.fieldChars) {
      throw tableError(
        'fieldTooLong',
        `A cell in row ${this.#row} is longer than ${limits.fieldChars} characters.`,
        this.#row,
      )
    }
    if (this.#column >= limits.columns) {
      throw tableError(
        'tooManyColumns',
        `Row ${this.#row} has more than ${limits.columns} columns.`,
        this.#row,
      )
    }
    this.#chars += value.length
    this.#rowChars += value.length
    if (this.#rowChars > limits.rowChars || this.#chars > limits.cellChars) {
      throw tableError(
        'workbookTooLarge',
        `The text up to row ${this.#row} is more than a table can have.`,
        this.#row,
      )
    }
    while (this.#cells.length < this.#column) this.#cells.push('')
    this.#cells[this.#column] = value
  }
}
