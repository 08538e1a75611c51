import { many, writeOne } from '#electron/db/query.ts'

export const printers = many((db) => db.selectFrom('printer').selectAll().orderBy('name'))

export const upsertPrinter = writeOne(
  (
    db,
    p: {
      id: string
      name: string
      transport: 'tcp' | 'simulated'
      address: string
      language: 'zpl'
      width: number
      height: number
      dpi: 203 | 300
      darkness: number | null
      speed: number | null
      compression: 'z64' | 'acs' | 'hex'
    },
  ) => {
    const values = {
      name: p.name,
      transport: p.transport,
      address: p.address,
      language: p.language,
      width_mm: p.width,
      height_mm: p.height,
      dpi: p.dpi,
      darkness: p.darkness,
      speed: p.speed,
      compression: p.compression,
    }
    return db
      .insertInto('printer')
      .values({ id: p.id, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
  },
)

/** A bench that was opened before there was a printer gets the first one. */
export const adoptPrinter = many((db, p: { printer: string }) =>
  db.updateTable('bench').set({ printer_id: p.printer }).where('printer_id', 'is', null).returning('id'),
)
