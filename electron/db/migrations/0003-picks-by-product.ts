import { type Kysely, sql } from 'kysely'

/** Frozen: its hash is locked in electron/db/migrations/lock.json. Change the schema by a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // A scan finds its order by the picks of the open waves. The lines of one SKU lay all over this index, so that every
  // line of an import dirtied a page of its own.
  'DROP INDEX order_line_sku',
  'CREATE INDEX pick_product ON pick (wave_id, product_id)',
]
