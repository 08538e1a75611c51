import { open } from 'node:fs/promises'
import type { OpenedTable, TableReader, TableRow, TextEncodingName } from '#electron/ports/table-files.ts'
import { CsvSplitter } from '#electron/tabular/csv-splitter.ts'
import { createDecoder, NotInEncoding } from '#electron/tabular/decoder.ts'
import { EncodingJudge } from '#electron/tabular/encoding.ts'
import { stopWhenCancelled, tableError } from '#electron/tabular/faults.ts'
import { limits } from '#electron/tabular/limits.ts'
import { streamRows } from '#electron/tabular/row-stream.ts'

const pieceBytes = 256 * 1024

/** Opens delimited text. `encoding` overrides what the bytes look like; they are still checked while reading. */
export async function openText(
  path: string,
  size: number,
  encoding: TextEncodingName | undefined,
): Promise<OpenedTable> {
  if (size > limits.textBytes) {
    return {
      ok: false,
      fault: { code: 'fileTooLarge', message: `The file is larger than ${limits.textBytes} bytes.` },
    }
  }
  let taken = encoding
  if (taken === undefined) {
    const verdict = await judgeEncoding(path)
    if (!verdict.ok) return verdict
    taken = verdict.encoding
  }
  const head = await readHead(path, taken)
  if (head.trim() === '') {
    return { ok: false, fault: { code: 'fileEmpty', message: 'The file has no text in it.' } }
  }
  return { ok: true, table: new TextTable(path, size, taken, layoutOf(head)) }
}

class TextTable implements TableReader {
  readonly kind = 'csv'
  readonly encoding: TextEncodingName
  readonly delimiter: string
  readonly size: number
  readonly #path: string
  readonly #skip: number

  constructor(path: string, size: number, encoding: TextEncodingName, layout: Layout) {
    this.#path = path
    this.size = size
    this.encoding = encoding
    this.delimiter = layout.delimiter
    this.#skip = layout.skip
  }

  rows(signal?: AbortSignal): AsyncIterable<TableRow> {
    return streamRows(() => this.batches(signal))
  }

  async *batches(signal?: AbortSignal): AsyncGenerator<readonly TableRow[]> {
    const decoder = createDecoder(this.encoding)
    const splitter = new CsvSplitter(this.delimiter)
    let skip = this.#skip
    const split = (text: string, last: boolean, position: number) => {
      const dropped = Math.min(skip, text.length)
      skip -= dropped
      return splitter.push(dropped === 0 ? text : text.slice(dropped), last, position)
    }
    try {
      let position = 0
      for await (const piece of pieces(this.#path)) {
        stopWhenCancelled(signal)
        position += piece.length
        const rows = split(decoder.push(piece), false, position)
        if (rows.length > 0) yield rows
      }
      yield split(decoder.end(), true, position)
    } catch (error) {
      if (!(error instanceof NotInEncoding)) throw error
      throw tableError(
        'encodingUnknown',
        `From about row ${splitter.row} on, the bytes are not ${this.encoding} any more (a damaged or cut file, or another encoding).`,
        splitter.row,
      )
    }
  }
}

/** The file's bytes; every piece lies in the same buffer and is gone with the next. */
async function* pieces(path: string): AsyncGenerator<Buffer> {
  const file = await open(path).catch(throwUnreadable)
  try {
    const buffer = Buffer.allocUnsafe(pieceBytes)
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, pieceBytes).catch(throwUnreadable)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/** A file that was moved away, or a stick that was pulled out, while it is read. */
function throwUnreadable(): never {
  throw tableError('fileMissing', 'The file can no longer be read.')
}

async function judgeEncoding(path: string) {
  const judge = new EncodingJudge()
  for await (const piece of pieces(path)) {
    if (!judge.push(piece)) break
  }
  return judge.verdict()
}

/** The first text of the file, as far as it can be decoded; the reader itself reports what cannot. */
async function readHead(path: string, encoding: TextEncodingName): Promise<string> {
  const decoder = createDecoder(encoding)
  try {
    for await (const piece of pieces(path)) {
      const text = decoder.push(piece)
      if (text.trim() !== '') return text
    }
  } catch (error) {
    if (!(error instanceof NotInEncoding)) throw error
    return '?'
  }
  return ''
}

interface Layout {
  readonly delimiter: string
  /** Characters before the table: Excel's own `sep=;` line, which a spreadsheet does not show. */
  readonly skip: number
}

function layoutOf(head: string): Layout {
  const declared = /^sep=([,;\t])(?:\r\n|\n|\r)/i.exec(head)
  if (declared !== null) return { delimiter: declared[1] ?? ',', skip: declared[0].length }
  return { delimiter: delimiterOf(head), skip: 0 }
}

/**
 * The delimiter of the first record that has text, by counting outside quotes. A tab beside another delimiter is
 * a cell's own: Pinduoduo ends values with a tab and Douyin begins them with one.
 */
function delimiterOf(head: string): string {
  const counts = { ',': 0, ';': 0, '\t': 0 }
  let quoted = false
  let written = false
  for (let at = 0; at < head.length; at += 1) {
    const char = head[at] ?? ''
    if (char === '"') quoted = !quoted
    else if (quoted) continue
    else if (char === '\n' || char === '\r') {
      if (written) break
    } else if (char === ',' || char === ';') counts[char] += 1
    else if (char === '\t') {
      if (!isOtherDelimiter(head[at - 1]) && !isOtherDelimiter(head[at + 1])) counts[char] += 1
    } else if (char.trim() !== '') written = true
  }
  if (counts['\t'] > counts[','] && counts['\t'] > counts[';']) return '\t'
  return counts[';'] > counts[','] ? ';' : ','
}

const isOtherDelimiter = (char: string | undefined) => char === ',' || char === ';'
