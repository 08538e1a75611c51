import { type Kysely, sql } from 'kysely'

/** Frozen: its hash is locked in electron/db/migrations/lock.json. Change the schema by a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // A pick may be younger than its wave: an order joined, or a shelf was empty. What is older is as old as its wave.
  `ALTER TABLE pick ADD COLUMN made_at TEXT NOT NULL DEFAULT ''`,
  // Nobody wrote down when the stock of before was counted; it was counted at the latest when this ran, since what was
  // on lists until then is in it or was never subtracted by anybody.
  `UPDATE stock SET counted_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE counted_at = ''`,
  // Rows of before they were sealed cannot be tried again, and hold people's names.
  `UPDATE import_reject SET cells = '[]', reason = json_remove(reason, '$.params.text') WHERE sealed IS NULL`,
]
