import { sql } from 'kysely'
import { first, many, write, writeOne } from '#electron/db/query.ts'

export const shopRows = many((db) =>
  db
    .selectFrom('shop')
    .leftJoin('courier', 'courier.id', 'shop.courier_id')
    .selectAll('shop')
    .select('courier.name as courier')
    .orderBy('shop.name'),
)

export const saveShop = writeOne(
  (
    db,
    p: {
      id: string
      name: string
      platform: string
      zone: string
      courier: string | null
      promise: number
      policy: 'block' | 'allowFresh' | 'quarantine'
      fresh: number
      sender: string
      returns: string
    },
  ) =>
    db
      .updateTable('shop')
      .set({
        name: p.name,
        platform: p.platform,
        zone: p.zone,
        courier_id: p.courier,
        promise_hours: p.promise,
        stale_policy: p.policy,
        fresh_minutes: p.fresh,
        sender: p.sender,
        returns_text: p.returns,
      })
      .where('id', '=', p.id),
)

export const courierRows = many((db) =>
  db
    .selectFrom('courier')
    .select([
      'courier.id',
      'courier.name',
      'courier.cutoff',
      sql<number>`(SELECT count(*) FROM waybill WHERE waybill.courier_id = courier.id AND state = 'free')`.as(
        'free',
      ),
    ])
    .orderBy('courier.name'),
)

export const saveCourier = writeOne((db, p: { id: string; name: string; cutoff: string | null }) =>
  db.updateTable('courier').set({ name: p.name, cutoff: p.cutoff }).where('id', '=', p.id),
)

export const setting = first((db, p: { key: string }) =>
  db.selectFrom('setting').select('value').where('key', '=', p.key),
)

export const saveSetting = write((db, p: { key: string; value: string }) =>
  db
    .insertInto('setting')
    .values({ key: p.key, value: p.value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: p.value })),
)

export const allCouriers = many((db) => db.selectFrom('courier').select(['id', 'name']).orderBy('id'))
export const courierByName = first((db, p: { name: string }) =>
  db.selectFrom('courier').select('id').where('name', '=', p.name),
)

export const insertCourier = writeOne((db, p: { id: string; name: string }) =>
  db.insertInto('courier').values({ id: p.id, name: p.name, cutoff: null }),
)

export const shopByName = first((db, p: { name: string }) =>
  db.selectFrom('shop').select('id').where('name', '=', p.name),
)

export const insertShop = writeOne((db, p: { id: string; name: string; platform: string; zone: string }) =>
  db
    .insertInto('shop')
    .values({ id: p.id, name: p.name, platform: p.platform, zone: p.zone, courier_id: null }),
)
