import { type Kysely, sql } from 'kysely'

/** Frozen: its hash is locked in electron/db/migrations/lock.json. Change the schema by a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // What the GS1 code of a unit that was put in said beside its number.
  `CREATE TABLE unit_mark (
    scan_seq INTEGER PRIMARY KEY REFERENCES scan (seq),
    -- 14 digits.
    gtin TEXT NOT NULL,
    lot TEXT,
    -- YYYY-MM-DD.
    expiry TEXT,
    serial TEXT
  ) STRICT`,
  'CREATE INDEX unit_mark_serial ON unit_mark (serial, gtin) WHERE serial IS NOT NULL',
  `CREATE TRIGGER unit_mark_keeps_text BEFORE UPDATE ON unit_mark BEGIN SELECT RAISE(ABORT, 'unit_mark is append-only'); END`,
  `CREATE TRIGGER unit_mark_keeps_rows BEFORE DELETE ON unit_mark BEGIN SELECT RAISE(ABORT, 'unit_mark is append-only'); END`,
]
