import type { ImportedOrder } from '#shared/domain/orders/import/index.ts'
import { ok, type Result } from '#shared/support/result.ts'
import type { AreaContext, CallContext } from '#electron/features/area.ts'
import { saveKit, saveProduct, saveShelf, saveStock, saveWaybill } from '#electron/features/catalog/index.ts'
import { demoDay, type DemoDay } from './demo-day.ts'
import { openMasterKey, saveOrder } from '#electron/features/orders/index.ts'
import { ensureCourier, ensureShop, saveSetting } from '#electron/features/settings/index.ts'
import { demoPrinter, demoShop } from './demo-settings.ts'

/** Fills an empty warehouse with a made-up day: goods, kits, shelves, orders of three shops, numbers, a simulated printer. */
export async function loadDemo(
  core: AreaContext,
  call: CallContext,
  orders: number,
): Promise<Result<{ orders: number }>> {
  const day = demoDay(orders, core.clock.now(), 1)
  const shops = core.db.transaction((tx) => {
    saveSetting(tx, { key: 'general', value: JSON.stringify({ warehouse: '示范仓', zone: 'Asia/Shanghai' }) })
    for (const product of day.products) saveProduct(tx, product)
    for (const kit of day.kits) saveKit(tx, kit)
    for (const shelf of day.shelves) saveShelf(tx, shelf)
    for (const stock of day.stock) saveStock(tx, stock, core.clock.now())
    const couriers = new Map(day.couriers.map(({ name }) => [name, ensureCourier(tx, core, name)]))
    for (const { name, prefix, numbers } of day.couriers) {
      const id = couriers.get(name)
      if (id === undefined) continue
      for (let index = 0; index < numbers; index += 1) {
        const waybill = `${prefix}${String(7_310_000_000 + index * 37)}`
        saveWaybill(tx, id, { waybill, printData: null, platform: null, order: null })
      }
    }
    demoPrinter(tx, core)
    return new Map(
      day.shops.map((shop) => {
        const id = ensureShop(tx, core, shop.name, shop.platform)
        demoShop(tx, { id, courier: couriers.get(shop.courier) ?? null, sender: shop.sender })
        return [shop.name, { id, promise_hours: 48 }]
      }),
    )
  })
  await saveOrders(core, call, day, shops)
  core.announce('orders', 'catalog', 'waves', 'packing', 'labels', 'settings', 'devices', 'imports')
  return ok({ orders: day.orders.length })
}

async function saveOrders(
  core: AreaContext,
  call: CallContext,
  day: DemoDay,
  shops: ReadonlyMap<string, { id: string; promise_hours: number }>,
): Promise<void> {
  const masterKey = openMasterKey(core.secrets.masterKey())
  const now = core.clock.now()
  for (let start = 0; start < day.orders.length && !call.signal.aborted; start += 100) {
    core.db.transaction((tx) => {
      for (const { shop, order } of day.orders.slice(start, start + 100)) {
        const known = shops.get(shop)
        if (known !== undefined)
          saveOrder(
            tx,
            { ids: core.ids, masterKey, shop: known, now, caller: call.caller },
            order satisfies ImportedOrder,
          )
      }
    })
    call.progress('saving', start, day.orders.length)
    await new Promise((resolve) => void setImmediate(resolve))
  }
}
