import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { migrate } from '#electron/db/migrate.ts'
import { migrations } from '#electron/db/migrations/index.ts'
import { openDatabase } from '#electron/db/open.ts'

const stamp = '2026-11-25T00:00:00.000Z'
const upTo = (count: number) => Object.fromEntries(Object.entries(migrations).slice(0, count))

it('0011 makes room for marks of units, which are only ever added', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packbench-0011-'))
  const db = openDatabase(join(dir, 'packbench.sqlite'))
  const run = (text: string) => db.connection.exec(text)
  await migrate(db, join(dir, 'backups'), stamp, upTo(10))
  run(`
    INSERT INTO bench (id, name) VALUES ('b', '1');
    INSERT INTO scan (seq, gesture, bench_id, mode, code, at, verdict, answer)
    VALUES (1, 'g', 'b', 'pack', 'c', '${stamp}', 'right', '{}');
  `)
  expect(await migrate(db, join(dir, 'backups'), stamp, upTo(11))).toEqual(['0011-unit-marks'])
  run(`INSERT INTO unit_mark (scan_seq, gtin, serial) VALUES (1, '06900000000011', 'S1')`)
  expect(() => run('UPDATE unit_mark SET serial = NULL')).toThrow(/append-only/)
  expect(() => run('DELETE FROM unit_mark')).toThrow(/append-only/)
  expect(() => run(`INSERT INTO unit_mark (scan_seq, gtin) VALUES (2, 'x')`)).toThrow(/FOREIGN KEY/)
  db.close()
})
