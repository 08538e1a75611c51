import { sql } from 'kysely'
import { many, writeOne } from '#electron/db/query.ts'

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
