import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { migrate } from '#electron/db/migrate.ts'
import { migrations } from '#electron/db/migrations/index.ts'
import { openDatabase } from '#electron/db/open.ts'

const stamp = '2026-11-22T00:00:00.000Z'
const upTo = (count: number) => Object.fromEntries(Object.entries(migrations).slice(0, count))

it('0007 keeps every printer with its benches, and takes other languages and ways in from then on', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packbench-0007-'))
  const db = openDatabase(join(dir, 'packbench.sqlite'))
  await migrate(db, join(dir, 'backups'), stamp, upTo(6))
  db.connection.exec(`
    INSERT INTO printer (id, name, transport, address, language, width_mm, height_mm, dpi, darkness, speed, compression)
    VALUES ('p', 'P1', 'tcp', '192.0.2.7:9100', 'zpl', 100, 150, 203, 12, NULL, 'acs');
    INSERT INTO bench (id, name, printer_id) VALUES ('b', '1', 'p');
  `)
  const other = `INSERT INTO printer (id, name, transport, address, language, width_mm, height_mm, dpi)
    VALUES ('q', 'P2', 'usbLp', 'usb:1234:5678:A', 'tspl', 76, 130, 300)`
  expect(() => db.connection.exec(other)).toThrow(/CHECK/)
  expect(await migrate(db, join(dir, 'backups'), stamp, upTo(7))).toEqual(['0007-devices'])
  db.connection.exec(other)
  db.connection.exec(`UPDATE printer SET spare_id = 'q' WHERE id = 'p'`)
  expect(() => db.connection.exec(`UPDATE printer SET spare_id = 'p' WHERE id = 'p'`)).toThrow(/CHECK/)
  expect(() => db.connection.exec(`DELETE FROM printer WHERE id = 'p'`)).toThrow(/FOREIGN KEY/)
  expect(db.connection.prepare('SELECT * FROM printer ORDER BY id').all()).toMatchObject([
    { id: 'p', darkness: 12, speed: null, compression: 'acs', media: null, gap_mm: 2, rotation: 0 },
    { id: 'q', language: 'tspl', dpi: 300, compression: 'z64' },
  ])
  expect(db.connection.prepare('SELECT printer_id FROM bench').get()).toEqual({ printer_id: 'p' })
  db.close()
})
