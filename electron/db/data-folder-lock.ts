import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

/** Another process owns the data folder. */
export class DataFolderInUseError extends Error {
  constructor(folder: string) {
    super(`Another Packbench is using ${folder}`)
    this.name = 'DataFolderInUseError'
  }
}

/**
 * One core owns a data folder. The lock is an exclusive transaction on a small SQLite file: the operating system
 * lets go of it when the process dies, however it dies.
 *
 * @throws DataFolderInUseError
 */
export function lockDataFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = new Sqlite(join(folder, 'owner.lock'), { timeout: 0 })
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_BUSY')
      throw new DataFolderInUseError(folder)
    throw error
  }
  return () => void lock.close()
}
