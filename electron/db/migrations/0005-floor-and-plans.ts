import { type Kysely, sql } from 'kysely'

/** Frozen: its hash is locked in electron/db/migrations/lock.json. Change the schema by a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // One floor, drawn or imported whole; without a row it is guessed from the shelves' coordinates.
  `CREATE TABLE floor_plan (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    plan TEXT NOT NULL CHECK (json_valid(plan)),
    at TEXT NOT NULL,
    who TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE strategy (
    name TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    options TEXT NOT NULL CHECK (json_valid(options))
  ) STRICT, WITHOUT ROWID`,

  'ALTER TABLE product ADD COLUMN volume_ml INTEGER CHECK (volume_ml >= 0)',
  'ALTER TABLE product ADD COLUMN fragile INTEGER NOT NULL DEFAULT 0 CHECK (fragile IN (0, 1))',
  // What was put on lists since the count is no longer on the shelf.
  `ALTER TABLE stock ADD COLUMN counted_at TEXT NOT NULL DEFAULT ''`,

  // What makes a wave what it is beside its kind: 'identical', 'hot', 'zone A', 'urgent' or nothing.
  `ALTER TABLE wave ADD COLUMN theme TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE wave ADD COLUMN picker TEXT NOT NULL DEFAULT ''`,
  // Estimated work of one picker, and the hour by which the last order of it must be with its courier.
  'ALTER TABLE wave ADD COLUMN seconds INTEGER CHECK (seconds >= 0)',
  'ALTER TABLE wave ADD COLUMN due_at TEXT',
  // Counts the lists that were given out: one of an older number is no longer to be followed.
  'ALTER TABLE wave ADD COLUMN revision INTEGER NOT NULL DEFAULT 1 CHECK (revision > 0)',
  `CREATE TABLE wave_event (
    id INTEGER PRIMARY KEY,
    wave_id TEXT NOT NULL REFERENCES wave (id),
    at TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('joined', 'left', 'short', 'moved', 'replanned', 'picker')),
    -- The order's number, the shelf or the person that it is about.
    about TEXT NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL
  ) STRICT`,
  'CREATE INDEX wave_event_wave ON wave_event (wave_id, id)',
  `CREATE TRIGGER wave_event_keeps_text BEFORE UPDATE ON wave_event BEGIN SELECT RAISE(ABORT, 'wave_event is append-only'); END`,
  `CREATE TRIGGER wave_event_keeps_rows BEFORE DELETE ON wave_event BEGIN SELECT RAISE(ABORT, 'wave_event is append-only'); END`,
]
