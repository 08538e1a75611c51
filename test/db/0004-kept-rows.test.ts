import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { migrate } from '#electron/db/migrate.ts'
import { migrations } from '#electron/db/migrations/index.ts'
import { openDatabase } from '#electron/db/open.ts'

const stamp = '2026-11-22T00:00:00.000Z'
const upTo = (count: number) => Object.fromEntries(Object.entries(migrations).slice(0, count))

it('0004 leaves imports and their rows as they were, and lets go of an import with all that is kept of it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packbench-0004-'))
  const db = openDatabase(join(dir, 'packbench.sqlite'))
  await migrate(db, join(dir, 'backups'), stamp, upTo(3))
  db.connection.exec(`
    INSERT INTO import (id, kind, file, at, created, updated, unchanged, held)
    VALUES ('i', 'stock', 'a.csv', '${stamp}', 1, 0, 0, 0);
    INSERT INTO import_reject (import_id, file, row, column, reason, cells)
    VALUES ('i', 'a.csv', 2, 'sku', '{"code":"missing"}', '["","A-1","3"]');
  `)
  expect(await migrate(db, join(dir, 'backups'), stamp, upTo(4))).toEqual(['0004-kept-rows'])
  expect(db.connection.prepare('SELECT * FROM import').all()).toMatchObject([
    { id: 'i', file: 'a.csv', created: 1, courier: null },
  ])
  expect(db.connection.prepare('SELECT * FROM import_reject').all()).toMatchObject([
    { row: 2, cells: '["","A-1","3"]', sealed: null, order_number: '' },
  ])
  db.connection.exec(`INSERT INTO import_file VALUES ('i', 'a.csv', '["sku"]'); DELETE FROM import`)
  expect(db.connection.prepare('SELECT * FROM import_file').all()).toEqual([])
  db.close()
})
