import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { migrate } from '#electron/db/migrate.ts'
import { migrations } from '#electron/db/migrations/index.ts'
import { openDatabase } from '#electron/db/open.ts'

const stamp = '2026-11-26T00:00:00.000Z'
const upTo = (count: number) => Object.fromEntries(Object.entries(migrations).slice(0, count))

it('0013 keeps every waybill number, of no order as far as anybody knows', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packbench-0013-'))
  const db = openDatabase(join(dir, 'packbench.sqlite'))
  const ask = (text: string) => db.connection.prepare(text).all()
  await migrate(db, join(dir, 'backups'), stamp, upTo(12))
  db.connection.exec(`
    INSERT INTO courier (id, name) VALUES ('c', 'YTO');
    INSERT INTO waybill (courier_id, number, state, print_data, platform)
    VALUES ('c', 'YT1', 'used', '{"encryptedData":"x"}', 'cainiao'), ('c', 'YT2', 'free', NULL, NULL);
  `)
  const kept = ask('SELECT * FROM waybill ORDER BY id')
  expect(await migrate(db, join(dir, 'backups'), stamp, upTo(13))).toEqual(['0013-waybill-orders'])
  expect(ask('SELECT * FROM waybill ORDER BY id')).toEqual(
    kept.map((row) => ({ ...(row as object), order_number: null })),
  )
  db.close()
})
