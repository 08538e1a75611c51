import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { migrate } from '#electron/db/migrate.ts'
import { migrations } from '#electron/db/migrations/index.ts'
import { openDatabase } from '#electron/db/open.ts'

const stamp = '2026-11-22T00:00:00.000Z'
const upTo = (count: number) => Object.fromEntries(Object.entries(migrations).slice(0, count))

it('0006 dates the stock that nobody dated and forgets the plain cells of rows that were kept, and nothing else', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packbench-0006-'))
  const db = openDatabase(join(dir, 'packbench.sqlite'))
  await migrate(db, join(dir, 'backups'), stamp, upTo(5))
  db.connection.exec(`
    INSERT INTO product (id, sku, name) VALUES (1, 'RED', 'Red'), (2, 'TEA', 'Tea');
    INSERT INTO location (id, code, zone, aisle, bay, level) VALUES (1, 'A-1', 'A', '1', '1', '1');
    INSERT INTO stock (location_id, product_id, quantity, counted_at) VALUES (1, 1, 5, ''), (1, 2, 6, '${stamp}');
    INSERT INTO import (id, kind, file, at, created, updated, unchanged, held)
    VALUES ('i', 'orders', 'a.csv', '${stamp}', 1, 0, 0, 0);
    INSERT INTO import_reject (import_id, file, row, column, reason, cells, sealed)
    VALUES ('i', 'a.csv', 2, 'sku', '{"code":"missing","params":{"text":"Li Lei"}}', '["Li Lei"]', NULL),
           ('i', 'a.csv', 3, 'sku', '{"code":"missing"}', '["kept"]', x'01');
  `)
  expect(await migrate(db, join(dir, 'backups'), stamp, upTo(6))).toEqual(['0006-picks-by-time'])
  const stock = db.connection.prepare('SELECT quantity, counted_at FROM stock ORDER BY product_id').all()
  expect(stock).toMatchObject([
    { quantity: 5, counted_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) },
    { quantity: 6, counted_at: stamp },
  ])
  expect(
    db.connection.prepare('SELECT row, cells, reason FROM import_reject ORDER BY row').all(),
  ).toMatchObject([
    { row: 2, cells: '[]', reason: '{"code":"missing","params":{}}' },
    { row: 3, cells: '["kept"]' },
  ])
  db.close()
})
