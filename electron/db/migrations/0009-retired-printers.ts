import { type Kysely, sql } from 'kysely'

/** Frozen: its hash is locked in electron/db/migrations/lock.json. Change the schema by a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // Labels tell of a printer after it is gone: its row stays and nothing is sent there any more. ISO-8601 UTC.
  'ALTER TABLE printer ADD COLUMN retired_at TEXT',
]
