import { basename, dirname } from 'node:path'
import { fail, ok, type Result } from '#shared/support/result.ts'
import type { AreaContext, CallContext } from '#electron/features/area.ts'
import type { Rejected } from '#electron/ports/order-reader.ts'
import {
  TableError,
  type TableFiles,
  type TableReader,
  type TextEncodingName,
} from '#electron/ports/table-files.ts'

/** Where an import's files are: sent by a page, or named by the command line. */
export type SourceFile = { readonly upload: string } | { readonly path: string }

export interface LocatedFile {
  readonly name: string
  readonly path: string
  /** Where other files that it names may lie; null for one that a page sent, which came alone. */
  readonly folder: string | null
}

export interface OpenedFile extends Pick<LocatedFile, 'name' | 'folder'> {
  readonly table: TableReader
}

/** Where the files of an import are on this disk; the first that may not be read is the answer. */
export function locateSources(
  core: Pick<AreaContext, 'heldFiles'>,
  call: CallContext,
  files: readonly SourceFile[],
): Result<LocatedFile[]> {
  const found: LocatedFile[] = []
  for (const file of files) {
    // A page may not read the disk: only the command line of the same user names paths.
    if ('path' in file && call.caller.kind !== 'cli') return fail('pathRefused', 'A page sends its files')
    if ('path' in file) {
      const name = ownName(basename(file.path), found)
      found.push({ path: file.path, name, folder: dirname(file.path) })
      continue
    }
    const held = core.heldFiles.path(file.upload)
    if (held === null) return fail('fileMissing', 'This file is no longer held; choose it again')
    found.push({ path: held.path, name: ownName(held.name, found), folder: null })
  }
  return ok(found)
}

/** Rows and headers of an import are told apart by the names of their files. */
function ownName(name: string, others: readonly LocatedFile[]): string {
  let own = name
  for (let n = 2; others.some((other) => other.name === own); n += 1) own = `${name} (${n})`
  return own
}

/** Opens all files of an import; the first that cannot be read is the answer. */
export async function openSources(
  core: Pick<AreaContext, 'heldFiles' | 'tables'>,
  call: CallContext,
  files: readonly SourceFile[],
  encoding: TextEncodingName | undefined,
): Promise<Result<OpenedFile[]>> {
  const located = locateSources(core, call, files)
  return located.ok ? openFiles(core.tables, located.value, encoding) : located
}

export async function openFiles(
  tables: TableFiles,
  files: readonly (Pick<LocatedFile, 'name' | 'path'> & Partial<Pick<LocatedFile, 'folder'>>)[],
  encoding: TextEncodingName | undefined,
): Promise<Result<OpenedFile[]>> {
  const opened: OpenedFile[] = []
  for (const { name, path, folder = null } of files) {
    const table = await tables.open(path, encoding === undefined ? {} : { encoding })
    if (!table.ok) return fail(table.fault.code, `${name}: ${table.fault.message}`, { file: name })
    opened.push({ name, folder, table: table.table })
  }
  return ok(opened)
}

/** What reading needs of a call. */
export type ReadCall = Pick<CallContext, 'signal' | 'progress'>

/**
 * Gives every row to `take`, with progress by bytes; a file that breaks half-way, or a cancel, is a failure. Between
 * two pieces of the file it waits for `between`, by default until what came in meanwhile was answered.
 */
export async function readRows(
  file: OpenedFile,
  call: ReadCall,
  take: (cells: readonly string[], row: number) => void,
  between: () => Promise<void> = breathe,
): Promise<Result<null>> {
  try {
    for await (const rows of file.table.batches(call.signal)) {
      for (const row of rows) take(row.cells, row.number)
      call.progress('reading', rows.at(-1)?.position ?? 0, file.table.size)
      await between()
      if (call.signal.aborted) return cancelled
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

/**
 * Gives rows that were left out for what stands in other rows their cells, by reading the files once more: cells of
 * all rows are not held, and few imports have such rows.
 */
export async function withCells(
  files: readonly OpenedFile[],
  rejected: readonly Rejected[],
  call: ReadCall,
): Promise<Result<Rejected[]>> {
  const found = new Map<string, Map<number, readonly string[]>>()
  for (const { file, row, cells } of rejected) {
    if (cells.length > 0 || row === 0) continue
    const rows = found.get(file) ?? new Map<number, readonly string[]>()
    found.set(file, rows.set(row, []))
  }
  for (const file of files) {
    const rows = found.get(file.name)
    if (rows === undefined) continue
    const read = await readRows(file, call, (cells, row) => {
      if (rows.has(row)) rows.set(row, cells)
    })
    if (!read.ok) return read
  }
  return ok(
    rejected.map((one) =>
      one.cells.length > 0 ? one : { ...one, cells: found.get(one.file)?.get(one.row) ?? [] },
    ),
  )
}
