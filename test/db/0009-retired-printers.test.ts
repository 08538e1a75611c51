import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { migrate } from '#electron/db/migrate.ts'
import { migrations } from '#electron/db/migrations/index.ts'
import { openDatabase } from '#electron/db/open.ts'

const stamp = '2026-11-25T00:00:00.000Z'
const upTo = (count: number) => Object.fromEntries(Object.entries(migrations).slice(0, count))

it('0009 retires no printer that was in use', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packbench-0009-'))
  const db = openDatabase(join(dir, 'packbench.sqlite'))
  await migrate(db, join(dir, 'backups'), stamp, upTo(8))
  db.connection.exec(`INSERT INTO printer (id, name, transport, address, language, width_mm, height_mm, dpi)
    VALUES ('p', 'P1', 'tcp', '10.0.0.9:9100', 'zpl', 100, 150, 203)`)
  expect(await migrate(db, join(dir, 'backups'), stamp, upTo(9))).toEqual(['0009-retired-printers'])
  expect(db.connection.prepare('SELECT name, retired_at FROM printer').all()).toEqual([
    { name: 'P1', retired_at: null },
  ])
  db.close()
})
