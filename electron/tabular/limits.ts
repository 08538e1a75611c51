/**
 * What a table may be at most. Beyond these a file is damaged, hostile or not a table of orders: a busy day of
 * one shop is 30,000 orders, and Excel itself ends at 1,048,576 rows.
 */
export const limits = {
  /** Bytes of a text file. */
  textBytes: 1024 * 1024 * 1024,
  /** UTF-16 code units of one cell; Excel's own limit is 32,767. */
  fieldChars: 100_000,
  /** UTF-16 code units of one row, all cells together. */
  rowChars: 2_000_000,
  columns: 1_000,
  rows: 2_000_000,
  /** Bytes of a workbook as it lies on the disk. */
  workbookBytes: 128 * 1024 * 1024,
  /** Files in a workbook's archive; an order export has about a dozen. */
  entries: 2_000,
  /** Bytes of the whole archive, inflated. */
  inflatedBytes: 1024 * 1024 * 1024,
  /** Bytes of one sheet, inflated: 100,000 lines of 40 columns are about 200 MB. It streams, so memory stays flat. */
  sheetBytes: 512 * 1024 * 1024,
  /** Bytes of the parts that are kept in memory (shared strings, styles, the list of sheets), inflated. */
  keptBytes: 48 * 1024 * 1024,
  /** Inflated to deflated size, looked at once a part has passed `ratioFrom`; real sheets stay below 40. */
  ratio: 150,
  ratioFrom: 8 * 1024 * 1024,
  /** Cells' text of a whole workbook: a few bytes of sheet can point at one long shared string again and again. */
  cellChars: 1024 * 1024 * 1024,
  /** Elements inside each other in a workbook's XML; real ones stay below ten. */
  xmlDepth: 32,
} as const
