import { first, many, write, writeOne } from '#electron/db/query.ts'

export const operators = many((db) => db.selectFrom('operator').selectAll().orderBy('name'))

export const operatorByName = first((db, p: { name: string }) =>
  db.selectFrom('operator').selectAll().where('name', '=', p.name).where('active', '=', 1),
)

export const insertOperator = writeOne(
  (
    db,
    p: { id: string; name: string; role: 'picker' | 'packer' | 'supervisor'; pin: string; badge: string },
  ) =>
    db
      .insertInto('operator')
      .values({ id: p.id, name: p.name, role: p.role, pin_hash: p.pin, badge: p.badge, locked_until: null }),
)

export const updateOperator = writeOne(
  (
    db,
    p: { id: string; name: string; role: 'picker' | 'packer' | 'supervisor'; pin: string; active: number },
  ) =>
    db
      .updateTable('operator')
      .set({ name: p.name, role: p.role, pin_hash: p.pin, active: p.active })
      .where('id', '=', p.id),
)

export const countFailures = write((db, p: { id: string; failures: number; until: string | null }) =>
  db.updateTable('operator').set({ failures: p.failures, locked_until: p.until }).where('id', '=', p.id),
)

/** Who this is now; undefined when they no longer work here. */
export const activeOperator = first((db, p: { id: string }) =>
  db.selectFrom('operator').select(['id', 'name', 'role']).where('id', '=', p.id).where('active', '=', 1),
)

export const operatorByBadge = first((db, p: { badge: string }) =>
  db.selectFrom('operator').select('name').where('badge', '=', p.badge).where('active', '=', 1),
)

export const supervisors = first((db) =>
  db
    .selectFrom('operator')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('role', '=', 'supervisor')
    .where('active', '=', 1),
)
