import { type Kysely, sql } from 'kysely'

/** Frozen: its hash is locked in electron/db/migrations/lock.json. Change the schema by a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // SQLite cannot widen a CHECK: the table is made anew. Foreign keys are off in migrations and checked at their end.
  `CREATE TABLE printer_next (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    transport TEXT NOT NULL CHECK (transport IN
      ('tcp', 'serial', 'usbLp', 'usb', 'spooler', 'cups', 'component', 'simulated')),
    address TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('zpl', 'tspl', 'epl', 'cpcl', 'escpos')),
    width_mm INTEGER NOT NULL CHECK (width_mm BETWEEN 20 AND 300),
    height_mm INTEGER NOT NULL CHECK (height_mm BETWEEN 10 AND 600),
    dpi INTEGER NOT NULL CHECK (dpi IN (203, 300)),
    -- In the language's own steps: ZPL 0..30, TSPL and EPL 0..15, CPCL 0..200.
    darkness INTEGER CHECK (darkness BETWEEN 0 AND 200),
    speed INTEGER CHECK (speed BETWEEN 0 AND 14),
    compression TEXT NOT NULL DEFAULT 'z64' CHECK (compression IN ('z64', 'acs', 'hex')),
    -- How labels are parted; NULL: as the printer is set.
    media TEXT CHECK (media IN ('gap', 'mark', 'continuous')),
    gap_mm REAL NOT NULL DEFAULT 2 CHECK (gap_mm BETWEEN 0 AND 20),
    offset_x_mm REAL NOT NULL DEFAULT 0 CHECK (offset_x_mm BETWEEN -30 AND 30),
    offset_y_mm REAL NOT NULL DEFAULT 0 CHECK (offset_y_mm BETWEEN -30 AND 30),
    rotation INTEGER NOT NULL DEFAULT 0 CHECK (rotation IN (0, 90, 180, 270)),
    -- It has said of a label that it is out: when it does not say so, that means something.
    confirms INTEGER NOT NULL DEFAULT 0 CHECK (confirms IN (0, 1)),
    -- The model in resources/devices/printers.json, and the layout by its name; NULL: not known, chosen by the paper.
    profile TEXT,
    layout TEXT,
    -- What this component calls the printer.
    component_printer TEXT,
    -- Where the shop's template for the area under the waybill lies.
    component_template TEXT,
    -- Takes the jobs that surely never reached this one.
    spare_id TEXT REFERENCES printer (id) CHECK (spare_id <> id)
  ) STRICT`,
  `INSERT INTO printer_next (id, name, transport, address, language, width_mm, height_mm, dpi, darkness, speed, compression)
   SELECT id, name, transport, address, language, width_mm, height_mm, dpi, darkness, speed, compression FROM printer`,
  'DROP TABLE printer',
  'ALTER TABLE printer_next RENAME TO printer',

  // Scanners and scales that are driven directly. A scanner that types needs no row.
  `CREATE TABLE input_device (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('scanner', 'scale')),
    way TEXT NOT NULL CHECK (way IN ('hidPos', 'hidScale', 'serial', 'keyboard')),
    -- usb:VENDOR:PRODUCT:SERIAL where the device has one, else a path: never a port that changes.
    address TEXT NOT NULL,
    -- What this scanner may say: anything, only goods and commands, only labels.
    role TEXT NOT NULL DEFAULT 'any' CHECK (role IN ('any', 'item', 'label')),
    settings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings)),
    bench_id TEXT REFERENCES bench (id)
  ) STRICT`,
  'CREATE UNIQUE INDEX input_device_address ON input_device (way, address)',

  // What a marketplace gave with a waybill number for its own print component, as it came (JSON, sealed by them).
  'ALTER TABLE waybill ADD COLUMN print_data TEXT CHECK (print_data IS NULL OR json_valid(print_data))',
  'ALTER TABLE waybill ADD COLUMN platform TEXT',

  `CREATE INDEX label_sent ON label (printer_id) WHERE state = 'sent'`,
  `CREATE INDEX label_doubt ON label (id) WHERE state = 'unknown'`,

  `CREATE TABLE label_layout (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    layout TEXT NOT NULL CHECK (json_valid(layout)),
    at TEXT NOT NULL,
    who TEXT NOT NULL
  ) STRICT`,
]
