import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import {
  TableError,
  type OpenTableOptions,
  type TableFault,
  type TableFormat,
  type TableToWrite,
} from '#electron/ports/table-files.ts'
import { createTableFiles } from '#electron/tabular/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'packbench-tables-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

export const files = createTableFiles()

/** Puts bytes into a file of its own and returns its path. */
export function fileOf(bytes: Uint8Array | string, name = 'table'): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

export interface ReadTable {
  readonly encoding: string | null
  readonly delimiter: string | null
  readonly cells: readonly (readonly string[])[]
  readonly numbers: readonly number[]
}

/** Reads a whole table; what is wrong with it is a `TableFault`, wherever it shows. */
export async function readAll(
  bytes: Uint8Array | string,
  options?: OpenTableOptions,
): Promise<{ table: ReadTable; fault?: undefined } | { table?: undefined; fault: TableFault }> {
  const opened = await files.open(fileOf(bytes), options)
  if (!opened.ok) return { fault: opened.fault }
  const { encoding, delimiter } = opened.table
  const cells: (readonly string[])[] = []
  const numbers: number[] = []
  try {
    for await (const row of opened.table.rows()) {
      cells.push(row.cells)
      numbers.push(row.number)
    }
  } catch (error) {
    if (error instanceof TableError) return { fault: error.fault }
    throw error
  }
  return { table: { encoding, delimiter, cells, numbers } }
}

/** As `readAll`, for what must be readable. */
export async function readTable(bytes: Uint8Array | string, options?: OpenTableOptions): Promise<ReadTable> {
  const { table, fault } = await readAll(bytes, options)
  if (table === undefined) throw new Error(`${fault.code}: ${fault.message}`)
  return table
}

/** Writes a table and reads it again, headers first. */
export async function roundTrip(
  table: TableToWrite,
  format: TableFormat,
): Promise<readonly (readonly string[])[]> {
  return (await readTable(await files.write(table, format))).cells
}
