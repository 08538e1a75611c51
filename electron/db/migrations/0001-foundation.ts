import { type Kysely, sql } from 'kysely'

/** Frozen: its hash is locked in electron/db/migrations/lock.json. Change the schema by a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE operator (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('picker', 'packer', 'supervisor')),
    pin_hash TEXT NOT NULL,
    badge TEXT NOT NULL UNIQUE,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    failures INTEGER NOT NULL DEFAULT 0,
    locked_until TEXT
  ) STRICT`,

  `CREATE TABLE shop (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    platform TEXT NOT NULL,
    zone TEXT NOT NULL,
    courier_id TEXT REFERENCES courier (id),
    promise_hours INTEGER NOT NULL DEFAULT 48 CHECK (promise_hours > 0),
    stale_policy TEXT NOT NULL DEFAULT 'allowFresh' CHECK (stale_policy IN ('block', 'allowFresh', 'quarantine')),
    fresh_minutes INTEGER NOT NULL DEFAULT 1440 CHECK (fresh_minutes > 0),
    sender TEXT NOT NULL DEFAULT '',
    returns_text TEXT NOT NULL DEFAULT ''
  ) STRICT`,

  `CREATE TABLE courier (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    cutoff TEXT CHECK (cutoff IS NULL OR cutoff GLOB '[0-2][0-9]:[0-5][0-9]')
  ) STRICT`,

  `CREATE TABLE waybill (
    id INTEGER PRIMARY KEY,
    courier_id TEXT NOT NULL REFERENCES courier (id),
    number TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'free' CHECK (state IN ('free', 'used', 'void')),
    UNIQUE (courier_id, number)
  ) STRICT`,
  `CREATE INDEX waybill_free ON waybill (courier_id, id) WHERE state = 'free'`,

  `CREATE TABLE printer (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    transport TEXT NOT NULL CHECK (transport IN ('tcp', 'simulated')),
    address TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('zpl')),
    width_mm INTEGER NOT NULL CHECK (width_mm BETWEEN 20 AND 300),
    height_mm INTEGER NOT NULL CHECK (height_mm BETWEEN 10 AND 600),
    dpi INTEGER NOT NULL CHECK (dpi IN (203, 300)),
    darkness INTEGER CHECK (darkness BETWEEN 0 AND 30),
    speed INTEGER CHECK (speed BETWEEN 1 AND 14),
    compression TEXT NOT NULL DEFAULT 'z64' CHECK (compression IN ('z64', 'acs', 'hex'))
  ) STRICT`,

  `CREATE TABLE product (
    id INTEGER PRIMARY KEY,
    sku TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    weight_g INTEGER CHECK (weight_g >= 0),
    cost_fen INTEGER CHECK (cost_fen >= 0),
    picture TEXT
  ) STRICT`,

  // Shared barcodes are allowed: the packer chooses by picture.
  `CREATE TABLE barcode (
    code TEXT NOT NULL,
    product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    units INTEGER NOT NULL CHECK (units > 0),
    PRIMARY KEY (code, product_id)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX barcode_product ON barcode (product_id)`,

  `CREATE TABLE location (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    zone TEXT NOT NULL,
    aisle TEXT NOT NULL,
    bay TEXT NOT NULL,
    level TEXT NOT NULL,
    x_mm INTEGER,
    y_mm INTEGER
  ) STRICT`,

  `CREATE TABLE stock (
    product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    location_id INTEGER NOT NULL REFERENCES location (id),
    quantity INTEGER NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (product_id, location_id)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX stock_location ON stock (location_id)`,

  `CREATE TABLE "order" (
    id TEXT PRIMARY KEY,
    shop_id TEXT NOT NULL REFERENCES shop (id),
    number TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'packed', 'handedOver', 'cancelled')),
    platform_status TEXT NOT NULL,
    stop TEXT CHECK (stop IN ('refund', 'cancel', 'addressChange', 'changed', 'risk', 'merge')),
    stop_note TEXT NOT NULL DEFAULT '',
    hold TEXT,
    hold_by TEXT,
    known_at TEXT NOT NULL,
    paid_at TEXT,
    ship_by TEXT,
    courier_id TEXT REFERENCES courier (id),
    currency TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    buyer_note TEXT NOT NULL,
    seller_note TEXT NOT NULL,
    receiver_masked TEXT NOT NULL,
    receiver_hash TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    UNIQUE (shop_id, number)
  ) STRICT`,
  `CREATE INDEX order_number ON "order" (number)`,
  `CREATE INDEX order_queue ON "order" (ship_by, id) WHERE state = 'open'`,
  `CREATE INDEX order_state ON "order" (state, id)`,

  // The buyer's person, sealed with a key of its own: deleting the row erases the person in every backup made
  // after the master key, and deleting the key makes the sealed text unreadable in every copy.
  `CREATE TABLE receiver (
    order_id TEXT PRIMARY KEY REFERENCES "order" (id),
    sealed BLOB NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE receiver_key (
    order_id TEXT PRIMARY KEY REFERENCES "order" (id),
    wrapped BLOB NOT NULL
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE order_line (
    id INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES "order" (id),
    position INTEGER NOT NULL,
    external_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    title TEXT NOT NULL,
    spec TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    -- A line that the shop took back after something of it was in a box: kept for the story, never packed.
    dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped IN (0, 1))
  ) STRICT`,
  `CREATE INDEX order_line_order ON order_line (order_id, position) WHERE dropped = 0`,
  `CREATE INDEX order_line_sku ON order_line (sku, order_id) WHERE dropped = 0`,

  `CREATE TABLE import (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    preset TEXT,
    shop_id TEXT REFERENCES shop (id),
    at TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    held INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE import_reject (
    id INTEGER PRIMARY KEY,
    import_id TEXT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    file TEXT NOT NULL,
    row INTEGER NOT NULL,
    column TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (json_valid(reason)),
    cells TEXT NOT NULL CHECK (json_valid(cells))
  ) STRICT`,
  `CREATE INDEX import_reject_import ON import_reject (import_id, row)`,
  `CREATE TABLE column_mapping (
    signature TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    mapping TEXT NOT NULL CHECK (json_valid(mapping)),
    at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE wave (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('single', 'multi')),
    state TEXT NOT NULL CHECK (state IN ('open', 'picking', 'packing', 'done')),
    created_at TEXT NOT NULL,
    ship_by TEXT,
    strategy TEXT NOT NULL,
    distance_mm INTEGER
  ) STRICT`,
  `CREATE INDEX wave_state ON wave (state, number)`,
  `CREATE TABLE wave_order (
    order_id TEXT PRIMARY KEY REFERENCES "order" (id),
    wave_id TEXT NOT NULL REFERENCES wave (id),
    slot INTEGER,
    position INTEGER NOT NULL,
    UNIQUE (wave_id, slot)
  ) STRICT`,
  `CREATE INDEX wave_order_wave ON wave_order (wave_id, position)`,
  `CREATE TABLE pick (
    id INTEGER PRIMARY KEY,
    wave_id TEXT NOT NULL REFERENCES wave (id),
    position INTEGER NOT NULL,
    location_id INTEGER REFERENCES location (id),
    product_id INTEGER NOT NULL REFERENCES product (id),
    order_id TEXT NOT NULL REFERENCES "order" (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    picked INTEGER NOT NULL DEFAULT 0,
    short INTEGER NOT NULL DEFAULT 0
  ) STRICT`,
  `CREATE INDEX pick_wave ON pick (wave_id, position)`,
  `CREATE INDEX pick_order ON pick (order_id)`,

  `CREATE TABLE bench (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    printer_id TEXT REFERENCES printer (id),
    print_mode TEXT NOT NULL DEFAULT 'last' CHECK (print_mode IN ('first', 'last')),
    countdown_ms INTEGER NOT NULL DEFAULT 0 CHECK (countdown_ms BETWEEN 0 AND 30000),
    errors_wait INTEGER NOT NULL DEFAULT 0 CHECK (errors_wait IN (0, 1)),
    check_label INTEGER NOT NULL DEFAULT 0 CHECK (check_label IN (0, 1)),
    wave_id TEXT REFERENCES wave (id),
    -- Hand-over may be narrowed to one wave, whatever is packed meanwhile.
    handover_wave_id TEXT REFERENCES wave (id),
    parcel_id TEXT REFERENCES parcel (id),
    -- What the bench waits for: an acknowledgement, a choice by picture, a label on the box (JSON or NULL).
    pending TEXT CHECK (pending IS NULL OR json_valid(pending)),
    last_scan INTEGER REFERENCES scan (seq),
    operator_id TEXT REFERENCES operator (id)
  ) STRICT`,

  `CREATE TABLE parcel (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES "order" (id),
    bench_id TEXT NOT NULL REFERENCES bench (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'packed', 'handedOver', 'aside', 'abandoned')),
    aside_reason TEXT,
    short_reason TEXT,
    opened_at TEXT NOT NULL,
    packed_at TEXT,
    handed_over_at TEXT,
    operator_id TEXT REFERENCES operator (id)
  ) STRICT`,
  `CREATE UNIQUE INDEX parcel_live ON parcel (order_id) WHERE state IN ('open', 'packed')`,
  `CREATE INDEX parcel_order ON parcel (order_id)`,
  `CREATE TABLE parcel_line (
    parcel_id TEXT NOT NULL REFERENCES parcel (id),
    line_id INTEGER NOT NULL REFERENCES order_line (id),
    quantity INTEGER NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (parcel_id, line_id)
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE scan (
    seq INTEGER PRIMARY KEY,
    gesture TEXT NOT NULL UNIQUE,
    bench_id TEXT NOT NULL REFERENCES bench (id),
    mode TEXT NOT NULL CHECK (mode IN ('pack', 'handover')),
    code TEXT NOT NULL,
    at TEXT NOT NULL,
    operator_id TEXT REFERENCES operator (id),
    verdict TEXT NOT NULL,
    order_id TEXT REFERENCES "order" (id),
    parcel_id TEXT REFERENCES parcel (id),
    units INTEGER NOT NULL DEFAULT 0,
    -- [[order_line.id, units], …]: what this scan put into the box (negative: took out).
    puts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(puts)),
    undoes INTEGER REFERENCES scan (seq),
    answer TEXT NOT NULL CHECK (json_valid(answer))
  ) STRICT`,
  `CREATE INDEX scan_parcel ON scan (parcel_id, seq)`,
  `CREATE INDEX scan_order ON scan (order_id, seq)`,
  `CREATE UNIQUE INDEX scan_undoes ON scan (undoes) WHERE undoes IS NOT NULL`,
  `CREATE INDEX scan_bench ON scan (bench_id, at)`,
  `CREATE TRIGGER scan_keeps_text BEFORE UPDATE ON scan BEGIN SELECT RAISE(ABORT, 'scan is append-only'); END`,
  `CREATE TRIGGER scan_keeps_rows BEFORE DELETE ON scan BEGIN SELECT RAISE(ABORT, 'scan is append-only'); END`,

  `CREATE TABLE label (
    id TEXT PRIMARY KEY,
    parcel_id TEXT NOT NULL REFERENCES parcel (id),
    courier_id TEXT NOT NULL REFERENCES courier (id),
    waybill TEXT NOT NULL,
    printer_id TEXT REFERENCES printer (id),
    state TEXT NOT NULL CHECK (state IN
      ('requested', 'rendered', 'sending', 'notSent', 'sent', 'unknown', 'printed', 'checked', 'handedOver', 'void')),
    prints INTEGER NOT NULL DEFAULT 0,
    requested_at TEXT NOT NULL
  ) STRICT`,
  `CREATE UNIQUE INDEX label_live ON label (parcel_id) WHERE state <> 'void'`,
  `CREATE UNIQUE INDEX label_waybill ON label (courier_id, waybill)`,
  `CREATE INDEX label_number ON label (waybill)`,
  `CREATE INDEX label_unfinished ON label (state) WHERE state IN ('requested', 'rendered', 'sending', 'notSent')`,
  `CREATE TABLE label_event (
    id INTEGER PRIMARY KEY,
    label_id TEXT NOT NULL REFERENCES label (id),
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    operator_id TEXT
  ) STRICT`,
  `CREATE INDEX label_event_label ON label_event (label_id, id)`,
  `CREATE TRIGGER label_event_keeps_text BEFORE UPDATE ON label_event BEGIN SELECT RAISE(ABORT, 'label_event is append-only'); END`,
  `CREATE TRIGGER label_event_keeps_rows BEFORE DELETE ON label_event BEGIN SELECT RAISE(ABORT, 'label_event is append-only'); END`,

  `CREATE TABLE shipment (
    id TEXT PRIMARY KEY,
    parcel_id TEXT NOT NULL UNIQUE REFERENCES parcel (id),
    order_id TEXT NOT NULL REFERENCES "order" (id),
    courier_id TEXT NOT NULL REFERENCES courier (id),
    waybill TEXT NOT NULL,
    handed_over_at TEXT NOT NULL,
    UNIQUE (courier_id, waybill)
  ) STRICT`,
  `CREATE INDEX shipment_day ON shipment (handed_over_at)`,
  `CREATE INDEX shipment_order ON shipment (order_id)`,

  `CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    shop_id TEXT NOT NULL REFERENCES shop (id),
    order_id TEXT NOT NULL REFERENCES "order" (id),
    parcel_id TEXT NOT NULL REFERENCES parcel (id),
    action TEXT NOT NULL,
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'stuck')),
    created_at TEXT NOT NULL,
    UNIQUE (shop_id, order_id, parcel_id, action)
  ) STRICT`,

  `CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    operator_id TEXT,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL CHECK (json_valid(detail))
  ) STRICT`,
  `CREATE INDEX audit_subject ON audit (subject, id)`,
  `CREATE TRIGGER audit_keeps_text BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END`,
  `CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END`,
]
