import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import type { AreaContext } from '#electron/features/area.ts'

/**
 * The core's log, one JSON object a line in the data folder. Callers give codes and numbers, never the words of an
 * order; names of fields that could hold a person are censored all the same.
 */
export function createLog(dataDir: string): AreaContext['log'] {
  const folder = join(dataDir, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const logger = pino(
    { redact: ['name', 'phone', 'address', 'receiver', 'pin', 'token'], base: null },
    pino.destination({ dest: join(folder, 'core.log'), sync: true, mode: 0o600 }),
  )
  return (level, message, detail) => logger[level](detail ?? {}, message)
}
