import { basename } from 'node:path'
import { fail, ok, type Result } from '#shared/support/result.ts'
import type { AreaContext, CallContext } from '#electron/features/area.ts'
import { TableError, type TableReader, type TextEncodingName } from '#electron/ports/table-files.ts'

/** Where an import's files are: sent by a page, or named by the command line. */
export type SourceFile = { readonly upload: string } | { readonly path: string }

export interface OpenedFile {
  readonly name: string
  readonly table: TableReader
}

/** Opens all files of an import; the first that cannot be read is the answer. */
export async function openSources(
  core: AreaContext,
  call: CallContext,
  files: readonly SourceFile[],
  encoding: TextEncodingName | undefined,
): Promise<Result<OpenedFile[]>> {
  const opened: OpenedFile[] = []
  for (const file of files) {
    // A page may not read the disk: only the command line of the same user names paths.
    if ('path' in file && call.caller.kind !== 'cli') return fail('pathRefused', 'A page sends its files')
    const at =
      'path' in file ? { path: file.path, name: basename(file.path) } : core.heldFiles.path(file.upload)
    if (at === null) return fail('fileMissing', 'This file is no longer held; choose it again')
    const table = await core.tables.open(at.path, encoding === undefined ? {} : { encoding })
    if (!table.ok) return fail(table.fault.code, `${at.name}: ${table.fault.message}`, { file: at.name })
    opened.push({ name: at.name, table: table.table })
  }
  return ok(opened)
}

/** Gives every row to `take`, with progress by bytes; a file that breaks half-way, or a cancel, is a failure. */
export async function readRows(
  file: OpenedFile,
  call: CallContext,
  take: (cells: readonly string[], row: number) => void,
): Promise<Result<null>> {
  let count = 0
  try {
    for await (const row of file.table.rows(call.signal)) {
      take(row.cells, row.number)
      count += 1
      if (count % 2000 === 0) {
        call.progress('reading', row.position, file.table.size)
        // Scans are answered between two pieces of a file.
        await breathe()
        if (call.signal.aborted) return cancelled
      }
    }
  } catch (error) {
    if (!(error instanceof TableError)) throw error
    const { code, message, row } = error.fault
    if (code === 'cancelled') return cancelled
    return fail(code, `${file.name}: ${message}`, { file: file.name, ...(row === undefined ? {} : { row }) })
  }
  return ok(null)
}

/** Lets the core answer whatever came in meanwhile. */
export const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

export const cancelled = fail(
  'cancelled',
  'Cancelled; what was saved before stays, importing again goes on from there',
)
