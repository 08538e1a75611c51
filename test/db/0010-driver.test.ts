import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { migrate } from '#electron/db/migrate.ts'
import { migrations } from '#electron/db/migrations/index.ts'
import { openDatabase } from '#electron/db/open.ts'

const stamp = '2026-11-25T00:00:00.000Z'
const before = Object.keys(migrations).indexOf('0010-driver')
const upTo = (count: number) => Object.fromEntries(Object.entries(migrations).slice(0, count))

it('0010 keeps every printer with its benches, and lets one be reached through its driver', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packbench-0010-'))
  const db = openDatabase(join(dir, 'packbench.sqlite'))
  await migrate(db, join(dir, 'backups'), stamp, upTo(before))
  const insert = (id: string, language: string) =>
    db.connection
      .exec(`INSERT INTO printer (id, name, transport, address, language, width_mm, height_mm, dpi, spare_id)
      VALUES ('${id}', '${id}', 'cups', 'Q', '${language}', 62, 29, 300, ${id === 'p' ? 'NULL' : "'p'"})`)
  insert('p', 'zpl')
  db.connection.exec(`INSERT INTO bench (id, name, printer_id) VALUES ('b', '1', 'p')`)
  const rows = () => db.connection.prepare('SELECT * FROM printer').all()
  const columns = () => db.connection.prepare('SELECT * FROM pragma_table_info(?)').all('printer')
  const [kept, shape] = [rows(), columns()]
  expect(() => insert('q', 'driver')).toThrow(/CHECK/)
  expect(await migrate(db, join(dir, 'backups'), stamp, upTo(before + 1))).toEqual(['0010-driver'])
  expect([rows(), columns()]).toEqual([kept, shape])
  insert('q', 'driver')
  expect(() => insert('r', 'pcl')).toThrow(/CHECK/)
  expect(() => db.connection.exec(`UPDATE printer SET spare_id = 'q' WHERE id = 'q'`)).toThrow(/CHECK/)
  expect(() => db.connection.exec(`DELETE FROM printer WHERE id = 'p'`)).toThrow(/FOREIGN KEY/)
  expect(db.connection.prepare('SELECT printer_id FROM bench').get()).toEqual({ printer_id: 'p' })
  db.close()
})
