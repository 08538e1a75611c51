import { type Courier, platform, type Shop } from '#shared/contract/settings.ts'
import { fail, ok } from '#shared/support/result.ts'
import type { Reader } from '#electron/db/query.ts'
import type { AreaContext, Handlers } from '#electron/features/area.ts'
import { general } from './general.ts'
import { ensureCourier } from './couriers.ts'
import { ensureShop } from './shops.ts'
import { courierRows, saveCourier, saveSetting, saveShop, shopRows } from './repository.ts'

type Calls =
  | 'settings.shops'
  | 'settings.saveShop'
  | 'settings.couriers'
  | 'settings.saveCourier'
  | 'settings.get'
  | 'settings.set'

export function settingsHandlers(core: AreaContext): Handlers<Calls> {
  return {
    'settings.shops': () => ok({ shops: shopRows(core.db, {}).map(shopOf) }),
    'settings.saveShop': (input) =>
      core.db.transaction((tx) => {
        if (nameTaken(shopRows(tx, {}), input.id, input.name)) return nameTakenFailure(input.name)
        const id = input.id ?? ensureShop(tx, core, input.name, input.platform)
        const row = shopRows(tx, {}).find((one) => one.id === id)
        if (row === undefined) return fail('shopUnknown', 'There is no such shop')
        const courierId =
          input.courier === undefined
            ? row.courier_id
            : input.courier === null
              ? null
              : ensureCourier(tx, core, input.courier)
        saveShop(tx, {
          id,
          name: input.name,
          platform: input.platform ?? row.platform,
          zone: input.zone ?? row.zone,
          courier: courierId,
          promise: input.promiseHours ?? row.promise_hours,
          policy: input.stalePolicy ?? row.stale_policy,
          fresh: input.freshMinutes ?? row.fresh_minutes,
          sender: input.sender ?? row.sender,
          returns: input.returnsText ?? row.returns_text,
        })
        core.announce('settings', 'packing')
        return ok(shopById(tx, id))
      }),
    'settings.couriers': () => ok({ couriers: courierRows(core.db, {}).map(courierOf) }),
    'settings.saveCourier': (input) =>
      core.db.transaction((tx) => {
        if (nameTaken(courierRows(tx, {}), input.id, input.name)) return nameTakenFailure(input.name)
        const id = input.id ?? ensureCourier(tx, core, input.name)
        const row = courierRows(tx, {}).find((one) => one.id === id)
        if (row === undefined) return fail('courierUnknown', 'There is no such courier')
        saveCourier(tx, {
          id,
          name: input.name,
          cutoff: input.cutoff === undefined ? row.cutoff : input.cutoff,
        })
        core.announce('settings')
        const saved = courierRows(tx, {}).find((one) => one.id === id)
        return ok(courierOf(saved ?? row))
      }),
    'settings.get': () => ok(general(core.db)),
    'settings.set': (input) => {
      core.db.transaction((tx) => {
        saveSetting(tx, { key: 'general', value: JSON.stringify({ ...general(tx), ...input }) })
      })
      core.announce('settings')
      return ok({})
    },
  }
}

const nameTaken = (rows: readonly { id: string; name: string }[], id: string | undefined, name: string) =>
  rows.some((row) => row.name === name && id !== undefined && row.id !== id)
const nameTakenFailure = (name: string) => fail('nameTaken', `The name ${name} is taken`, { name })

function shopById(db: Reader, id: string): Shop {
  const row = shopRows(db, {}).find((one) => one.id === id)
  if (row === undefined) throw new Error(`shop ${id} was not saved`)
  return shopOf(row)
}

function shopOf(row: ReturnType<typeof shopRows>[number]): Shop {
  return {
    id: row.id,
    name: row.name,
    platform: platform.safeParse(row.platform).data ?? 'other',
    zone: row.zone,
    courier: row.courier,
    promiseHours: row.promise_hours,
    stalePolicy: row.stale_policy,
    freshMinutes: row.fresh_minutes,
    sender: row.sender,
    returnsText: row.returns_text,
  }
}

function courierOf(row: ReturnType<typeof courierRows>[number]): Courier {
  return { id: row.id, name: row.name, cutoff: row.cutoff, free: row.free }
}
