import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'

/** The program of a thread, which lies beside this file in the sources as in what is built; null where it is not. */
export function threadProgram(name: 'order-reader' | 'document' | 'checkpoint'): string | null {
  const program = join(import.meta.dirname, `${name}-thread${extname(import.meta.filename)}`)
  return existsSync(program) ? program : null
}
