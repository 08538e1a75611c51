import { type Kysely, sql } from 'kysely'

/** Frozen: its hash is locked in electron/db/migrations/lock.json. Change the schema by a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // A row that was not taken means something under the header of its file only.
  `CREATE TABLE import_file (
    import_id TEXT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    file TEXT NOT NULL,
    headers TEXT NOT NULL CHECK (json_valid(headers)),
    PRIMARY KEY (import_id, file)
  ) STRICT, WITHOUT ROWID`,
  // Whose waybill numbers they were.
  'ALTER TABLE import ADD COLUMN courier TEXT',
  // The cells of a row hold people's names and addresses: from here on they are sealed, and `cells` is empty.
  'ALTER TABLE import_reject ADD COLUMN sealed BLOB',
  // The order that a row belongs to: its rows are tried together or not at all.
  `ALTER TABLE import_reject ADD COLUMN order_number TEXT NOT NULL DEFAULT ''`,
]
