import { type Kysely, sql } from 'kysely'

/** Frozen: its hash is locked in electron/db/migrations/lock.json. Change the schema by a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // The number of the order that a marketplace gave the waybill for: its sealed data names that order's receiver.
  'ALTER TABLE waybill ADD COLUMN order_number TEXT',
  'CREATE INDEX waybill_of_order ON waybill (order_number) WHERE order_number IS NOT NULL',
  `CREATE INDEX waybill_pool ON waybill (courier_id, id)
    WHERE state = 'free' AND order_number IS NULL AND print_data IS NULL`,
]
