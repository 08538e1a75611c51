import { type Writer, write, writeOne } from '#electron/db/query.ts'
import type { Ids } from '#electron/ports/ids.ts'

const insertPrinter = writeOne((db, p: { id: string }) =>
  db.insertInto('printer').values({
    id: p.id,
    name: '模拟打印机',
    transport: 'simulated',
    address: 'demo',
    language: 'zpl',
    width_mm: 100,
    height_mm: 150,
    dpi: 203,
    darkness: null,
    speed: null,
  }),
)
const adopt = write((db, p: { printer: string }) =>
  db.updateTable('bench').set({ printer_id: p.printer }).where('printer_id', 'is', null),
)
const updateShop = writeOne((db, p: { id: string; courier: string | null; sender: string }) =>
  db.updateTable('shop').set({ courier_id: p.courier, sender: p.sender }).where('id', '=', p.id),
)

/** A printer without paper, for a first look without any hardware. */
export function demoPrinter(tx: Writer, { ids }: { readonly ids: Ids }): void {
  const id = ids.next()
  insertPrinter(tx, { id })
  adopt(tx, { printer: id })
}

export const demoShop = updateShop
