import { sql } from 'kysely'
import { first, many, write, writeOne } from '#electron/db/query.ts'

export const printers = many((db) =>
  db.selectFrom('printer').selectAll().where('retired_at', 'is', null).orderBy('name'),
)

/** A printer that is still in use. */
export const printerById = first((db, p: { id: string }) =>
  db.selectFrom('printer').selectAll().where('id', '=', p.id).where('retired_at', 'is', null),
)

/** Of all that are and were: a name means one printer for good. */
export const printerNames = many((db) => db.selectFrom('printer').select(['id', 'name']))

/** What the bench's own layout of this name is of. */
export const layoutKind = first((db, p: { name: string }) =>
  db
    .selectFrom('label_layout')
    .select(sql<string>`json_extract(layout, '$.kind')`.as('kind'))
    .where('name', '=', p.name),
)

export type PrinterRow = NonNullable<ReturnType<typeof printerById>>

export const setConfirms = writeOne((db, p: { id: string }) =>
  db.updateTable('printer').set({ confirms: 1 }).where('id', '=', p.id),
)

export const upsertPrinter = writeOne((db, p: Omit<PrinterRow, 'confirms' | 'retired_at'>) => {
  const values = {
    name: p.name,
    transport: p.transport,
    address: p.address,
    language: p.language,
    width_mm: p.width_mm,
    height_mm: p.height_mm,
    dpi: p.dpi,
    darkness: p.darkness,
    speed: p.speed,
    compression: p.compression,
    media: p.media,
    gap_mm: p.gap_mm,
    offset_x_mm: p.offset_x_mm,
    offset_y_mm: p.offset_y_mm,
    rotation: p.rotation,
    profile: p.profile,
    layout: p.layout,
    component_printer: p.component_printer,
    component_template: p.component_template,
    spare_id: p.spare_id,
  }
  return db
    .insertInto('printer')
    .values({ id: p.id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...values, confirms: stillConfirms }))
})

/** Another machine in its place may never say that a label is out: its silence means nothing yet. */
const stillConfirms = sql<0 | 1>`CASE WHEN printer.transport = excluded.transport
  AND printer.address = excluded.address AND printer.language = excluded.language THEN printer.confirms ELSE 0 END`

/** A bench that was opened before there was a printer gets the first one. */
export const adoptPrinter = many((db, p: { printer: string }) =>
  db.updateTable('bench').set({ printer_id: p.printer }).where('printer_id', 'is', null).returning('id'),
)

/** Labels whose story names this printer. */
export const labelsOf = first((db, p: { printer: string }) =>
  db
    .selectFrom('label')
    .select((at) => at.fn.countAll<number>().as('count'))
    .where('printer_id', '=', p.printer),
)

export const leaveBenches = write((db, p: { printer: string }) =>
  db.updateTable('bench').set({ printer_id: null }).where('printer_id', '=', p.printer),
)

/** It is nobody's spare any more. */
export const leavePrinters = write((db, p: { printer: string }) =>
  db.updateTable('printer').set({ spare_id: null }).where('spare_id', '=', p.printer),
)

export const deletePrinter = writeOne((db, p: { id: string }) =>
  db.deleteFrom('printer').where('id', '=', p.id),
)

/** Its name becomes free for its successor; it has no spare any more. */
export const retirePrinter = writeOne((db, p: { id: string; name: string; at: string }) =>
  db.updateTable('printer').set({ name: p.name, retired_at: p.at, spare_id: null }).where('id', '=', p.id),
)

export const benchId = first((db, p: { name: string }) =>
  db.selectFrom('bench').select('id').where('name', '=', p.name),
)

export const benchNames = many((db) => db.selectFrom('bench').select('name'))

export const inputs = many((db) =>
  db
    .selectFrom('input_device')
    .leftJoin('bench', 'bench.id', 'input_device.bench_id')
    .select([
      'input_device.id',
      'input_device.name',
      'input_device.kind',
      'input_device.way',
      'input_device.address',
      'input_device.role',
      'input_device.settings',
      'bench.name as bench',
    ])
    .orderBy('input_device.name'),
)
export type InputRow = ReturnType<typeof inputs>[number]

export const upsertInput = writeOne((db, p: Omit<InputRow, 'bench'> & { bench: string | null }) => {
  const values = {
    name: p.name,
    kind: p.kind,
    way: p.way,
    address: p.address,
    role: p.role,
    settings: p.settings,
    bench_id: sql<string | null>`(SELECT id FROM bench WHERE name = ${p.bench})`,
  }
  return db
    .insertInto('input_device')
    .values({ id: p.id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
})

export const removeInput = write((db, p: { id: string }) =>
  db.deleteFrom('input_device').where('id', '=', p.id),
)
