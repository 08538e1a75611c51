import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Secrets } from '#electron/ports/secrets.ts'

/**
 * The master key as a file beside the database that only the same user may read. It keeps the buyers' data out of
 * copies of the database (backups, exports of the file); it does not guard against a thief of the whole folder.
 */
export function fileSecrets(dataDir: string): Secrets {
  let key: Uint8Array | undefined
  return {
    masterKey: () => {
      key ??= readOrMake(join(dataDir, 'master.key'))
      return key
    },
  }
}

function readOrMake(file: string): Uint8Array {
  if (!existsSync(file)) {
    mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx', flush: true })
  }
  const key = readFileSync(file)
  if (key.length !== 32) throw new Error('master.key does not hold 32 bytes')
  return key
}
