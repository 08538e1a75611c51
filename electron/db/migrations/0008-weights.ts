import { type Kysely, sql } from 'kysely'

/** Frozen: its hash is locked in electron/db/migrations/lock.json. Change the schema by a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `ALTER TABLE bench ADD COLUMN weigh TEXT NOT NULL DEFAULT 'off' CHECK (weigh IN ('off', 'check'))`,

  // What one unit weighs, learned from parcels (Welford: mean and sum of squared deviations).
  `CREATE TABLE sku_weight (
    product_id INTEGER PRIMARY KEY REFERENCES product (id),
    samples INTEGER NOT NULL CHECK (samples >= 0),
    mean_g REAL NOT NULL,
    m2 REAL NOT NULL CHECK (m2 >= 0),
    -- The catalogue's weight that a supervisor found wrong: it counts no more, until the catalogue says another.
    wrong_g INTEGER,
    at TEXT NOT NULL
  ) STRICT`,

  `CREATE TABLE parcel_weight (
    parcel_id TEXT PRIMARY KEY REFERENCES parcel (id),
    -- What stood on the scale before the first unit; NULL: not seen.
    base_g INTEGER,
    -- How far the scale has followed the scans (JSON).
    followed TEXT NOT NULL CHECK (json_valid(followed)),
    -- NULL until all units are in.
    verdict TEXT CHECK (verdict IN ('ok', 'released', 'unknown', 'notWeighed')),
    net_g INTEGER,
    expected_g INTEGER,
    band_g INTEGER,
    -- Why it was released or not weighed, and who released it.
    reason TEXT,
    released_by TEXT,
    at TEXT NOT NULL,
    CHECK ((verdict IS 'released') = (released_by IS NOT NULL)),
    CHECK (verdict IS NOT 'ok' OR coalesce(abs(net_g - expected_g) <= band_g, 0))
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE scan_weight (
    scan_seq INTEGER PRIMARY KEY REFERENCES scan (seq),
    gain_g INTEGER NOT NULL,
    -- What was told of a gain that fits nothing that was scanned.
    odd TEXT CHECK (odd IN ('twice', 'notIn', 'two', 'other'))
  ) STRICT`,
  `CREATE TRIGGER scan_weight_keeps_text BEFORE UPDATE ON scan_weight BEGIN SELECT RAISE(ABORT, 'scan_weight is append-only'); END`,
  `CREATE TRIGGER scan_weight_keeps_rows BEFORE DELETE ON scan_weight BEGIN SELECT RAISE(ABORT, 'scan_weight is append-only'); END`,
]
