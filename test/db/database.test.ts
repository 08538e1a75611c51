import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { backupTo } from '#electron/db/backup.ts'
import { DataFolderInUseError, lockDataFolder } from '#electron/db/data-folder-lock.ts'
import { DatabaseFromFutureError, migrate } from '#electron/db/migrate.ts'
import lock from '#electron/db/migrations/lock.json' with { type: 'json' }
import { migrations } from '#electron/db/migrations/index.ts'
import { openDatabase } from '#electron/db/open.ts'
import { migrationHashes } from '#scripts/config/lock-migrations.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'packbench-db-'))
const stamp = '2026-11-22T00:00:00.000Z'

async function fresh() {
  const dir = folder()
  const db = openDatabase(join(dir, 'packbench.sqlite'))
  await migrate(db, join(dir, 'backups'), stamp)
  return { dir, db }
}

describe('the database', () => {
  it('commits durably and checks foreign keys, asserted after a write', async () => {
    const { db } = await fresh()
    expect(db.connection.raw.pragma('synchronous', { simple: true })).toBe(2)
    expect(db.connection.raw.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.connection.raw.pragma('foreign_keys', { simple: true })).toBe(1)
    db.close()
  })

  it('has only STRICT tables', async () => {
    const { db } = await fresh()
    const loose = db.connection.raw
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'kysely_%'",
      )
      .pluck()
      .all()
    expect(loose).toEqual([])
    db.close()
  })

  it('keeps scans, label events and the audit as they were written', async () => {
    const { db } = await fresh()
    db.connection.exec(
      "INSERT INTO audit (at, actor, act, subject, reason, detail) VALUES ('t', 'a', 'x', 's', '', '{}')",
    )
    expect(() => db.connection.exec("UPDATE audit SET reason = 'other'")).toThrow('append-only')
    expect(() => db.connection.exec('DELETE FROM audit')).toThrow('append-only')
    db.close()
  })

  it('rolls a transaction back whole', async () => {
    const { db } = await fresh()
    expect(() =>
      db.transaction(() => {
        db.connection.exec("INSERT INTO courier (id, name) VALUES ('c', 'SF')")
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(db.connection.prepare('SELECT count(*) AS n FROM courier').get()).toEqual({ n: 0 })
    db.close()
  })
})

describe('migrations', () => {
  it('that have shipped are never changed', () => {
    expect(migrationHashes()).toEqual(lock)
    expect(Object.keys(migrations).map((name) => `${name}.ts`)).toEqual(Object.keys(lock))
  })

  it('back up first and leave the old schema when one fails half-way', async () => {
    const { dir, db } = await fresh()
    const broken = {
      ...migrations,
      '9999-broken': {
        up: async (kysely: Parameters<(typeof migrations)[string]['up']>[0]) => {
          await sql`CREATE TABLE half (id INTEGER) STRICT`.execute(kysely)
          throw new Error('power cut')
        },
      },
    }
    await expect(migrate(db, join(dir, 'backups'), stamp, broken)).rejects.toThrow('power cut')
    expect(
      db.connection.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'half'").get(),
    ).toEqual({ n: 0 })
    expect(readdirSync(join(dir, 'backups'))).toEqual([
      expect.stringMatching(/^before-9999-broken-.*\.sqlite$/),
    ])
    expect(await migrate(db, join(dir, 'backups'), stamp)).toEqual([])
    db.close()
  })

  it('refuse one that leaves broken foreign keys', async () => {
    const { dir, db } = await fresh()
    const orphan = {
      ...migrations,
      '9999-orphan': {
        up: async (kysely: Parameters<(typeof migrations)[string]['up']>[0]) => {
          await sql`INSERT INTO stock (product_id, location_id, quantity) VALUES (7, 7, 1)`.execute(kysely)
        },
      },
    }
    await expect(migrate(db, join(dir, 'backups'), stamp, orphan)).rejects.toThrow('foreign key')
    expect(db.connection.prepare('SELECT count(*) AS n FROM stock').get()).toEqual({ n: 0 })
    db.close()
  })

  it('refuse a database of a newer version and do not touch it', async () => {
    const { dir, db } = await fresh()
    db.connection.exec("INSERT INTO kysely_migration (name, timestamp) VALUES ('0999-future', 't')")
    db.connection.pragma('wal_checkpoint(TRUNCATE)')
    const file = join(dir, 'packbench.sqlite')
    db.close()
    const hash = () => createHash('sha256').update(readFileSync(file)).digest('hex')
    const before = hash()
    const again = openDatabase(file)
    await expect(migrate(again, join(dir, 'backups'), stamp)).rejects.toThrow(DatabaseFromFutureError)
    again.close()
    expect(hash()).toBe(before)
  })
})

describe('a backup', () => {
  it('is checked, complete and opens', async () => {
    const { dir, db } = await fresh()
    db.connection.exec("INSERT INTO courier (id, name) VALUES ('c', 'SF')")
    const made = backupTo(db, join(dir, 'copy.sqlite'))
    expect(made.rows).toBeGreaterThan(0)
    const copy = openDatabase(made.file, { readonly: true })
    expect(copy.connection.prepare('SELECT name FROM courier').all()).toEqual([{ name: 'SF' }])
    copy.close()
    db.close()
  })

  it('leaves nothing behind when the target cannot be written', async () => {
    const { dir, db } = await fresh()
    expect(() => backupTo(db, join(dir, 'no-such-folder', 'copy.sqlite'))).toThrow()
    db.close()
    copyFileSync(join(dir, 'packbench.sqlite'), join(dir, 'still-there'))
  })
})

describe('the data folder', () => {
  it('has one owner at a time', () => {
    const dir = folder()
    const release = lockDataFolder(dir)
    expect(() => lockDataFolder(dir)).toThrow(DataFolderInUseError)
    release()
    lockDataFolder(dir)()
  })
})
