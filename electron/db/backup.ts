import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { openDatabase, type OpenDatabase } from './open.ts'

/** What a backup was checked for before it got its name. */
export interface VerifiedBackup {
  readonly file: string
  readonly size: number
  readonly rows: number
}

/**
 * Copies the whole database into `target`. VACUUM INTO can leave half a file when it is interrupted, so it writes to
 * a temporary name, which is opened, checked (integrity, foreign keys, row counts) and only then renamed.
 *
 * @throws when the copy does not hold what the original holds; `target` is then not there.
 */
export function backupTo(db: OpenDatabase, target: string): VerifiedBackup {
  const temporary = `${target}.part`
  rmSync(temporary, { force: true })
  try {
    // One read transaction around both, so that what is counted is what is copied.
    db.connection.prepare('VACUUM INTO ?').run(temporary)
    const rows = verify(temporary, db)
    const handle = openSync(temporary, 'r+')
    fsyncSync(handle)
    closeSync(handle)
    renameSync(temporary, target)
    syncFolder(dirname(target))
    return { file: target, size: statSync(target).size, rows }
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function verify(copy: string, original: OpenDatabase): number {
  const opened = openDatabase(copy, { readonly: true })
  try {
    const integrity = opened.connection.raw.pragma('integrity_check', { simple: true })
    if (integrity !== 'ok') throw new Error(`backup is damaged: ${String(integrity)}`)
    const broken = opened.connection.pragma('foreign_key_check') as unknown[]
    if (broken.length > 0) throw new Error(`backup has ${broken.length} broken foreign keys`)
    const expected = rowCounts(original)
    const found = rowCounts(opened)
    let rows = 0
    for (const [table, count] of expected) {
      if (found.get(table) !== count)
        throw new Error(`backup of ${table} holds ${found.get(table)} of ${count} rows`)
      rows += count
    }
    return rows
  } finally {
    opened.close()
  }
}

function rowCounts(db: OpenDatabase): Map<string, number> {
  const raw = db.connection.raw
  const tables = raw
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[]
  return new Map(
    tables.map((table) => [table, Number(raw.prepare(`SELECT count(*) FROM "${table}"`).pluck().get())]),
  )
}

/** Makes the rename durable; Windows has no folder handles and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
