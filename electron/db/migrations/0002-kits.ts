import { type Kysely, sql } from 'kysely'

/** Frozen: its hash is locked in electron/db/migrations/lock.json. Change the schema by a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // By SKU, as order lines are: a kit or a part may be written down before the catalogue knows it.
  `CREATE TABLE kit (
    sku TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part <> sku),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    position INTEGER NOT NULL,
    PRIMARY KEY (sku, part)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX kit_part ON kit (part)`,

  // What the shop sold, where an order's lines are the parts of it.
  `CREATE TABLE order_kit (
    id INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES "order" (id),
    sku TEXT NOT NULL,
    title TEXT NOT NULL,
    spec TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    -- Different parts: a kit of which a line is missing is no longer whole.
    parts INTEGER NOT NULL CHECK (parts > 0)
  ) STRICT`,
  `CREATE INDEX order_kit_order ON order_kit (order_id)`,
  `CREATE INDEX order_kit_sku ON order_kit (sku)`,
  `ALTER TABLE order_line ADD COLUMN kit_id INTEGER REFERENCES order_kit (id)`,
  // Units of the part in one kit.
  `ALTER TABLE order_line ADD COLUMN kit_units INTEGER
    CHECK (kit_units > 0) CHECK ((kit_id IS NULL) = (kit_units IS NULL))`,
  `CREATE INDEX order_line_kit ON order_line (kit_id) WHERE kit_id IS NOT NULL`,
]
