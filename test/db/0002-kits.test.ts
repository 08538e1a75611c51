import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { migrate } from '#electron/db/migrate.ts'
import { migrations } from '#electron/db/migrations/index.ts'
import { openDatabase } from '#electron/db/open.ts'

const stamp = '2026-11-22T00:00:00.000Z'

/** A database as 0001 left it, with an order of two lines of which one was dropped. */
async function before() {
  const dir = mkdtempSync(join(tmpdir(), 'packbench-0002-'))
  const db = openDatabase(join(dir, 'packbench.sqlite'))
  const { '0001-foundation': first } = migrations
  if (first === undefined) throw new Error('0001 is not there')
  await migrate(db, join(dir, 'backups'), stamp, { '0001-foundation': first })
  db.connection.exec(`
    INSERT INTO shop (id, name, platform, zone) VALUES ('s', 'Shop', 'other', 'Asia/Shanghai');
    INSERT INTO "order" (id, shop_id, number, state, platform_status, known_at, currency, amount_minor, buyer_note,
      seller_note, receiver_masked, receiver_hash, content_hash, created_at)
    VALUES ('o', 's', 'O-1', 'open', '', '${stamp}', 'CNY', 0, '', '', '', '', '', '${stamp}');
    INSERT INTO order_line (id, order_id, position, external_id, sku, title, spec, quantity, dropped)
    VALUES (1, 'o', 0, 'x1', 'SET', 'A set', 'red', 2, 0), (2, 'o', 0, '', 'OLD', 'Old', '', 1, 1);
  `)
  return { dir, db }
}

it('0002 keeps every line as it was and makes none of them a part', async () => {
  const { dir, db } = await before()
  expect(await migrate(db, join(dir, 'backups'), stamp, twoOnly())).toEqual(['0002-kits'])
  expect(db.connection.prepare('SELECT * FROM order_line ORDER BY id').all()).toEqual([
    row(1, { external_id: 'x1', sku: 'SET', title: 'A set', spec: 'red', quantity: 2, dropped: 0 }),
    row(2, { external_id: '', sku: 'OLD', title: 'Old', spec: '', quantity: 1, dropped: 1 }),
  ])
  db.close()
})

it('0002 refuses a kit of itself, a part without its count, and a line of no kit', async () => {
  const { dir, db } = await before()
  await migrate(db, join(dir, 'backups'), stamp, twoOnly())
  const tries = [
    "INSERT INTO kit (sku, part, quantity, position) VALUES ('A', 'A', 1, 0)",
    "INSERT INTO kit (sku, part, quantity, position) VALUES ('A', 'B', 0, 0)",
    'UPDATE order_line SET kit_units = 1 WHERE id = 1',
    'UPDATE order_line SET kit_id = 7, kit_units = 1 WHERE id = 1',
  ]
  for (const text of tries) expect(() => db.connection.exec(text), text).toThrow('constraint failed')
  db.connection.exec(`INSERT INTO order_kit (id, order_id, sku, title, spec, quantity, parts)
    VALUES (7, 'o', 'SET', 'A set', 'red', 2, 1)`)
  expect(() => db.connection.exec('UPDATE order_line SET kit_id = 7 WHERE id = 1')).toThrow('constraint')
  db.connection.exec('UPDATE order_line SET kit_id = 7, kit_units = 3 WHERE id = 1')
  expect(() => db.connection.exec('DELETE FROM order_kit')).toThrow('FOREIGN KEY')
  db.close()
})

function twoOnly() {
  return Object.fromEntries(Object.entries(migrations).slice(0, 2))
}

const row = (id: number, of: Record<string, string | number>) => ({
  id,
  order_id: 'o',
  position: 0,
  kit_id: null,
  kit_units: null,
  ...of,
})
