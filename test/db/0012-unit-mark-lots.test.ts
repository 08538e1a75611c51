import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { migrate } from '#electron/db/migrate.ts'
import { migrations } from '#electron/db/migrations/index.ts'
import { openDatabase } from '#electron/db/open.ts'

const stamp = '2026-11-26T00:00:00.000Z'
const upTo = (count: number) => Object.fromEntries(Object.entries(migrations).slice(0, count))

it('0012 finds a lot among years of units, of which it keeps every row', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packbench-0012-'))
  const db = openDatabase(join(dir, 'packbench.sqlite'))
  const run = (text: string) => db.connection.exec(text)
  const ask = (text: string) => db.connection.prepare(text).all()
  await migrate(db, join(dir, 'backups'), stamp, upTo(11))
  run(`
    INSERT INTO bench (id, name) VALUES ('b', '1');
    INSERT INTO scan (seq, gesture, bench_id, mode, code, at, verdict, answer)
    VALUES (1, 'g', 'b', 'pack', 'c', '${stamp}', 'right', '{}'), (2, 'h', 'b', 'pack', 'c', '${stamp}', 'right', '{}');
    INSERT INTO unit_mark (scan_seq, gtin, lot) VALUES (1, '06900000000011', 'L1'), (2, '06900000000011', NULL);
  `)
  const kept = ask('SELECT * FROM unit_mark')
  expect(await migrate(db, join(dir, 'backups'), stamp, upTo(12))).toEqual(['0012-unit-mark-lots'])
  expect(ask('SELECT * FROM unit_mark')).toEqual(kept)
  const plan = ask(`EXPLAIN QUERY PLAN SELECT * FROM unit_mark
    WHERE (lot >= 'L' AND lot < 'M') OR (serial >= 'L' AND serial < 'M')`)
  expect(JSON.stringify(plan)).toMatch(/unit_mark_lot.*unit_mark_serial/)
  db.close()
})
