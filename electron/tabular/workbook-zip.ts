import { crc32 } from 'node:zlib'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { TableError } from '#electron/ports/table-files.ts'
import { stopWhenCancelled, tableError } from '#electron/tabular/faults.ts'
import { limits } from '#electron/tabular/limits.ts'

/** A workbook's archive, opened and found harmless by its headers. Headers lie, so `read` counts again. */
export interface WorkbookZip {
  has(name: string): boolean
  /** A part's inflated bytes. Throws `TableError` when there are more than `maxBytes`, or other than promised. */
  read(name: string, maxBytes: number, signal?: AbortSignal): AsyncGenerator<InflatedPiece>
  close(): void
}

export interface InflatedPiece {
  readonly bytes: Buffer
  /** Share of the part that is read, 0 to 1. */
  readonly share: number
}

/** Opens the archive and looks at every header before anything is inflated. Throws `TableError`. */
export async function openZip(path: string): Promise<WorkbookZip> {
  const zip = await yauzl.openPromise(path, { autoClose: false }).catch(throwBroken)
  try {
    return new CheckedZip(zip, await checkedEntries(zip))
  } catch (error) {
    zip.close()
    return throwBroken(error)
  }
}

class CheckedZip implements WorkbookZip {
  readonly #zip: ZipFile
  readonly #entries: ReadonlyMap<string, Entry>

  constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip
    this.#entries = entries
  }

  has(name: string): boolean {
    return this.#entries.has(name)
  }

  async *read(name: string, maxBytes: number, signal?: AbortSignal): AsyncGenerator<InflatedPiece> {
    const entry = this.#entries.get(name)
    if (entry === undefined) throw tableError('workbookBroken', `The workbook has no part ${name}.`)
    if (entry.uncompressedSize > maxBytes) throw tooLarge(name)
    const stream = await this.#zip.openReadStreamPromise(entry).catch(throwBroken)
    let inflated = 0
    let sum = 0
    try {
      for await (const bytes of stream as AsyncIterable<Buffer>) {
        stopWhenCancelled(signal)
        inflated += bytes.length
        if (inflated > maxBytes || isBomb(inflated, entry.compressedSize)) throw tooLarge(name)
        sum = crc32(bytes, sum)
        yield { bytes, share: inflated / entry.uncompressedSize }
      }
    } catch (error) {
      throwBroken(error)
    } finally {
      stream.destroy()
    }
    if (sum !== entry.crc32) throw tableError('workbookBroken', `The part ${name} is damaged.`)
  }

  close(): void {
    this.#zip.close()
  }
}

const isBomb = (inflated: number, deflated: number) =>
  inflated > limits.ratioFrom && inflated > deflated * limits.ratio

const tooLarge = (name: string) =>
  tableError(
    'workbookTooLarge',
    `The workbook's part ${name} inflates to more than a table of orders can have.`,
  )

async function checkedEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries) throw tooMany()
  const entries = new Map<string, Entry>()
  let total = 0
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName
    if (entries.size >= limits.entries) throw tooMany()
    if (entry.isEncrypted()) {
      throw tableError('workbookEncrypted', 'The workbook is protected by a password.')
    }
    if (entries.has(name)) throw tableError('workbookBroken', `The workbook holds ${name} twice.`)
    if (/\.(?:zip|xlsx|xlsm|7z|rar|gz|tar)$/i.test(name) && !name.startsWith('xl/embeddings/')) {
      throw tableError('workbookBroken', 'The file is an archive with archives in it, not a workbook.')
    }
    total += entry.uncompressedSize
    if (total > limits.inflatedBytes || isBomb(entry.uncompressedSize, entry.compressedSize)) {
      throw tooLarge(name)
    }
    entries.set(name, entry)
  }
  refuseOverlaps([...entries.values()], zip.fileSize)
  return entries
}

const tooMany = () =>
  tableError('workbookTooLarge', `The workbook's archive holds more than ${limits.entries} files.`)

/** A bomb may point many headers at the same bytes (D. Fifield, "A better zip bomb", 2019). */
function refuseOverlaps(entries: Entry[], fileSize: number): void {
  entries.sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  let free = 0
  for (const entry of entries) {
    const localHeader = 30
    if (entry.relativeOffsetOfLocalHeader < free) {
      throw tableError('workbookBroken', "Files in the workbook's archive overlap.")
    }
    free = entry.relativeOffsetOfLocalHeader + localHeader + entry.fileNameLength + entry.compressedSize
  }
  if (free > fileSize) throw tableError('workbookBroken', 'The workbook is cut off.')
}

/** Whatever the archive reader says about bad bytes becomes one fault; our own faults pass. */
function throwBroken(error: unknown): never {
  if (error instanceof TableError) throw error
  throw tableError(
    'workbookBroken',
    `The workbook is damaged: ${error instanceof Error ? error.message : 'unreadable'}.`,
  )
}
