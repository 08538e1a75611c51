import { type Kysely, sql } from 'kysely'

/** Frozen: its hash is locked in electron/db/migrations/lock.json. Change the schema by a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // A lot that its maker calls back is looked for among years of units.
  'CREATE INDEX unit_mark_lot ON unit_mark (lot) WHERE lot IS NOT NULL',
]
