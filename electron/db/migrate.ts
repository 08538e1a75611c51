import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { backupTo } from './backup.ts'
import { migrations } from './migrations/index.ts'
import { assertDurable, type OpenDatabase } from './open.ts'

/** The database was written by a newer version: it is not touched. */
export class DatabaseFromFutureError extends Error {
  readonly unknown: readonly string[]
  constructor(unknown: readonly string[]) {
    super(`The database knows migrations that this version does not: ${unknown.join(', ')}`)
    this.name = 'DatabaseFromFutureError'
    this.unknown = unknown
  }
}

/**
 * Brings the database to the newest schema. A verified backup is taken first; every migration runs in one
 * transaction with its foreign keys checked before the commit, so that a failure or a power cut leaves the old one.
 *
 * @returns the names of the migrations that ran.
 */
export async function migrate(
  db: OpenDatabase,
  backupDir: string,
  stamp: string,
  list: Readonly<Record<string, Migration>> = migrations,
): Promise<string[]> {
  const applied = appliedMigrations(db)
  const unknown = applied.filter((name) => !Object.hasOwn(list, name))
  if (unknown.length > 0) throw new DatabaseFromFutureError(unknown)
  assertDurable(db)
  const pending = Object.keys(list).filter((name) => !applied.includes(name))
  if (pending.length === 0) return []
  if (applied.length > 0) {
    mkdirSync(backupDir, { recursive: true })
    backupTo(db, join(backupDir, `before-${pending[0] ?? ''}-${stamp.replaceAll(/[:.]/g, '-')}.sqlite`))
  }

  const raw = db.connection.raw
  raw.pragma('foreign_keys = OFF')
  try {
    const kysely = new Kysely<unknown>({ dialect: new TransactionalSqlite({ database: raw }) })
    const migrator = new Migrator({
      db: kysely,
      provider: { getMigrations: async () => checked(list, db) },
    })
    const { error } = await migrator.migrateToLatest()
    if (error !== undefined) throw error
  } finally {
    raw.pragma('foreign_keys = ON')
  }
  return pending
}

/** Kysely runs no transaction around SQLite migrations unless the adapter says that DDL is transactional: it is. */
class TransactionalSqlite extends SqliteDialect {
  override createAdapter() {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl() {
        return true
      }
    })()
  }
}

function checked(list: Readonly<Record<string, Migration>>, db: OpenDatabase): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(list).map(([name, migration]) => [
      name,
      {
        up: async (kysely) => {
          await migration.up(kysely)
          const broken = db.connection.pragma('foreign_key_check') as unknown[]
          if (broken.length > 0)
            throw new Error(`migration ${name} leaves ${broken.length} broken foreign keys`)
        },
      },
    ]),
  )
}

function appliedMigrations(db: OpenDatabase): string[] {
  const raw = db.connection.raw
  const table = raw.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'kysely_migration'").get()
  if (table === undefined) return []
  return raw.prepare('SELECT name FROM kysely_migration ORDER BY name').pluck().all() as string[]
}
