/** Writes the hashes of the migrations that have shipped: `node scripts/config/lock-migrations.ts`. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../electron/db/migrations')

export function migrationHashes(): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => /^\d{4}-.*\.ts$/.test(name))
      .sort()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  )
}

if (import.meta.main)
  writeFileSync(join(folder, 'lock.json'), `${JSON.stringify(migrationHashes(), null, 2)}\n`)
