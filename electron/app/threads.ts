import { existsSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { extname, join } from 'node:path'

/** The program of a thread, which lies beside this file in the sources as in what is built; null where it is not. */
export function threadProgram(
  name: 'order-reader' | 'document' | 'checkpoint' | 'plan-desk' | 'pdf-pages',
): string | null {
  const program = join(import.meta.dirname, `${name}-thread${extname(import.meta.filename)}`)
  return existsSync(program) ? program : null
}

/**
 * Lets everything else go first: what a thread does can wait for a scan, also where the processor has few cores. Linux
 * only: elsewhere the call would slow the whole process down, whose first thread answers the scans.
 */
export function giveWay(): void {
  if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL)
}
