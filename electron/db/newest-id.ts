import { sql } from 'kysely'
import { first } from './query.ts'

/** Of what is listed in the order in which it was made: the id that was made last; null in a new database. */
export const newestId = first((db) =>
  db.selectNoFrom(
    sql<string | null>`(SELECT max(id) FROM (
      SELECT max(id) AS id FROM "order" UNION ALL SELECT max(id) FROM wave
      UNION ALL SELECT max(id) FROM parcel UNION ALL SELECT max(id) FROM label))`.as('id'),
  ),
)
