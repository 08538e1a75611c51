import { type Kysely, sql } from 'kysely'

/**
 * A printer may be reached through the driver of its queue. SQLite cannot widen a CHECK: the table is made anew as it is,
 * but for the list of its languages. Foreign keys are off in migrations and checked at their end.
 *
 * Frozen: its hash is locked in electron/db/migrations/lock.json. Change the schema by a new migration.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ sql: string }>`
    SELECT sql FROM sqlite_schema WHERE tbl_name = 'printer' AND sql IS NOT NULL ORDER BY type = 'table' DESC
  `.execute(db)
  const [table = '', ...others] = rows.map((row) => row.sql)
  const next = table
    .replace(/^CREATE TABLE "?printer"?/, 'CREATE TABLE printer_next')
    .replace("'cpcl', 'escpos')", "'cpcl', 'escpos', 'driver')")
  if (!next.includes('printer_next') || !next.includes("'driver'"))
    throw new Error('the table of printers is not as it was')
  for (const statement of [
    next,
    'INSERT INTO printer_next SELECT * FROM printer',
    'DROP TABLE printer',
    'ALTER TABLE printer_next RENAME TO printer',
    ...others,
  ])
    await sql.raw(statement).execute(db)
}
