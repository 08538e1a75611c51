/** Reads and writes the tables that people exchange: CSV, TSV and XLSX. */
export interface TableFiles {
  /**
   * Opens a file for reading. Looks at its bytes, not at its name: XLSX by its ZIP header, text by BOM, strict
   * UTF-8, then GB18030 (Shift-JIS when asked), delimiter by counting. Everything wrong with the file as a whole
   * is a value; nothing is thrown for bad input.
   */
  open(path: string, options?: OpenTableOptions): Promise<OpenedTable>
  write(table: TableToWrite, format: TableFormat): Promise<Uint8Array>
}

export interface OpenTableOptions {
  /** Overrides what would be detected. */
  readonly encoding?: TextEncodingName
  /** Zero-based sheet of a workbook; 0 if undefined. */
  readonly sheet?: number
}

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'shift_jis'

export type OpenedTable =
  | { readonly ok: true; readonly table: TableReader }
  | { readonly ok: false; readonly fault: TableFault }

export interface TableReader {
  readonly kind: 'csv' | 'xlsx'
  /** What the bytes were taken for; `xlsx` has none. */
  readonly encoding: TextEncodingName | null
  /** `,` `;` tab, or null for XLSX. */
  readonly delimiter: string | null
  /** Bytes of the file, for progress. */
  readonly size: number
  /**
   * Rows in file order, from the first, headers included, as the cells' raw texts. Streams: memory does not grow
   * with the file. Ends with a throw of `TableError` when the file turns out broken half-way.
   */
  rows(signal?: AbortSignal): AsyncIterable<TableRow>
  /** The same rows, as many at a time as came off the disk together. */
  batches(signal?: AbortSignal): AsyncIterable<readonly TableRow[]>
}

export interface TableRow {
  /** 1-based row as a person sees it in a spreadsheet. */
  readonly number: number
  readonly cells: readonly string[]
  /** Bytes of the file that were consumed up to here. */
  readonly position: number
}

export interface TableFault {
  readonly code:
    | 'fileMissing'
    | 'fileEmpty'
    | 'fileBinary'
    | 'fileTooLarge'
    | 'fieldTooLong'
    | 'tooManyColumns'
    | 'tooManyRows'
    | 'encodingUnknown'
    | 'quoteOpen'
    | 'workbookBroken'
    | 'workbookTooLarge'
    | 'workbookEncrypted'
    | 'cancelled'
  /** English, for logs and the command line. */
  readonly message: string
  readonly row?: number
}

export class TableError extends Error {
  readonly fault: TableFault
  constructor(fault: TableFault) {
    super(fault.message)
    this.name = 'TableError'
    this.fault = fault
  }
}

export interface TableToWrite {
  readonly sheet: string
  readonly headers: readonly string[]
  /** Every cell is text unless it is a number; null is an empty cell. Long digit strings stay text. */
  readonly rows: readonly (readonly (string | number | null)[])[]
}

export type TableFormat =
  | { readonly kind: 'csv'; readonly encoding: 'gbk' | 'utf-8-bom' }
  | { readonly kind: 'xlsx' }
