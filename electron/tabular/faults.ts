import { TableError, type TableFault } from '#electron/ports/table-files.ts'

export const tableError = (code: TableFault['code'], message: string, row?: number): TableError =>
  new TableError(row === undefined ? { code, message } : { code, message, row })

/** Stops a reader that nobody waits for any more; looked at once per piece of the file. */
export function stopWhenCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw tableError('cancelled', 'Reading was cancelled.')
}
