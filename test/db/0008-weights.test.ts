import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { migrate } from '#electron/db/migrate.ts'
import { migrations } from '#electron/db/migrations/index.ts'
import { openDatabase } from '#electron/db/open.ts'

const stamp = '2026-11-22T00:00:00.000Z'
const upTo = (count: number) => Object.fromEntries(Object.entries(migrations).slice(0, count))

it('0008 weighs at no bench that did not before, and keeps what a scale has seen', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packbench-0008-'))
  const db = openDatabase(join(dir, 'packbench.sqlite'))
  const run = (text: string) => db.connection.exec(text)
  await migrate(db, join(dir, 'backups'), stamp, upTo(7))
  run(`
    INSERT INTO shop (id, name, platform, zone) VALUES ('s', 'S', 'other', 'Asia/Shanghai');
    INSERT INTO bench (id, name) VALUES ('b', '1');
    INSERT INTO "order" (id, shop_id, number, state, platform_status, known_at, currency, amount_minor, buyer_note,
      seller_note, receiver_masked, receiver_hash, content_hash, created_at)
    VALUES ('o', 's', '1', 'open', '', '${stamp}', 'CNY', 1, '', '', '', '', '', '${stamp}');
    INSERT INTO parcel (id, order_id, bench_id, state, opened_at) VALUES ('p', 'o', 'b', 'open', '${stamp}');
    INSERT INTO scan (seq, gesture, bench_id, mode, code, at, verdict, answer)
    VALUES (1, 'g', 'b', 'pack', 'c', '${stamp}', 'right', '{}');
  `)
  expect(await migrate(db, join(dir, 'backups'), stamp, upTo(8))).toEqual(['0008-weights'])
  expect(db.connection.prepare('SELECT name, weigh FROM bench').all()).toEqual([{ name: '1', weigh: 'off' }])
  run(`INSERT INTO scan_weight (scan_seq, gain_g, odd) VALUES (1, 382, 'two')`)
  expect(() => run('UPDATE scan_weight SET gain_g = 1')).toThrow(/append-only/)
  expect(() => run('DELETE FROM scan_weight')).toThrow(/append-only/)
  const weighed = (verdict: string, net: string, by: string) =>
    run(`INSERT OR REPLACE INTO parcel_weight (parcel_id, followed, verdict, net_g, expected_g, band_g, released_by, at)
      VALUES ('p', '{}', ${verdict}, ${net}, 382, 10, ${by}, '${stamp}')`)
  weighed(`'ok'`, '390', 'NULL')
  expect(() => weighed(`'ok'`, '393', 'NULL')).toThrow(/CHECK/)
  expect(() => weighed(`'ok'`, 'NULL', 'NULL')).toThrow(/CHECK/)
  expect(() => weighed(`'released'`, '393', 'NULL')).toThrow(/CHECK/)
  weighed(`'released'`, '393', `'Boss'`)
  db.close()
})
