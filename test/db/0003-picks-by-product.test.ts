import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { migrate } from '#electron/db/migrate.ts'
import { migrations } from '#electron/db/migrations/index.ts'
import { openDatabase } from '#electron/db/open.ts'

const stamp = '2026-11-22T00:00:00.000Z'
const upTo = (count: number) => Object.fromEntries(Object.entries(migrations).slice(0, count))

it('0003 finds the picks of a wave by product and leaves every line where it is', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packbench-0003-'))
  const db = openDatabase(join(dir, 'packbench.sqlite'))
  await migrate(db, join(dir, 'backups'), stamp, upTo(2))
  db.connection.exec(`
    INSERT INTO shop (id, name, platform, zone) VALUES ('s', 'Shop', 'other', 'Asia/Shanghai');
    INSERT INTO "order" (id, shop_id, number, state, platform_status, known_at, currency, amount_minor, buyer_note,
      seller_note, receiver_masked, receiver_hash, content_hash, created_at)
    VALUES ('o', 's', 'O-1', 'open', '', '${stamp}', 'CNY', 0, '', '', '', '', '', '${stamp}');
    INSERT INTO order_line (id, order_id, position, external_id, sku, title, spec, quantity)
    VALUES (1, 'o', 0, '', 'A', 'a', '', 2);
    INSERT INTO product (id, sku, name) VALUES (7, 'A', 'a');
    INSERT INTO wave (id, number, kind, state, created_at, strategy) VALUES ('w', 1, 'single', 'open', '${stamp}', 'x');
    INSERT INTO pick (wave_id, position, product_id, order_id, quantity) VALUES ('w', 0, 7, 'o', 2);
  `)
  const rows = () => db.connection.prepare('SELECT * FROM order_line, pick').all()
  const before = rows()
  expect(await migrate(db, join(dir, 'backups'), stamp, upTo(3))).toEqual(['0003-picks-by-product'])
  expect(rows()).toEqual(before)
  const plan = db.connection
    .prepare(`EXPLAIN QUERY PLAN SELECT order_id FROM pick WHERE wave_id = 'w' AND product_id = 7`)
    .all() as { detail: string }[]
  expect(plan[0]?.detail).toContain('pick_product')
  const names = db.connection.prepare(`SELECT name FROM sqlite_schema WHERE name = 'order_line_sku'`).all()
  expect(names).toEqual([])
  db.close()
})
