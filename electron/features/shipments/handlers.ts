import { sql } from 'kysely'
import { dayBounds, dayIn } from '#shared/support/zoned-day.ts'
import { fail, ok } from '#shared/support/result.ts'
import { ask, first, many } from '#electron/db/query.ts'
import { type AreaContext, type Handlers, makePaper } from '#electron/features/area.ts'
import { auditAct } from '#electron/features/backup/index.ts'
import { general } from '#electron/features/settings/index.ts'
import type { ManifestDocument } from '#electron/ports/document-press.ts'
import type { TableToWrite } from '#electron/ports/table-files.ts'

type Calls = 'shipments.day' | 'shipments.export'

interface Window {
  readonly from: string
  readonly until: string
  readonly courier: string | undefined
}

/** Weight of a parcel from its contents, or null when one product's weight is not known. */
const parcelWeight = sql<number | null>`(
  SELECT CASE WHEN sum(product.weight_g IS NULL) > 0 THEN NULL ELSE sum(parcel_line.quantity * product.weight_g) END
  FROM parcel_line JOIN order_line ON order_line.id = parcel_line.line_id
  LEFT JOIN product ON product.sku = order_line.sku
  WHERE parcel_line.parcel_id = shipment.parcel_id AND parcel_line.quantity > 0)`

function shipmentsBetween(core: AreaContext, window: Window, page?: { offset: number; limit: number }) {
  return ask(core.db, (db) => {
    let query = db
      .selectFrom('shipment')
      .innerJoin('order', 'order.id', 'shipment.order_id')
      .innerJoin('shop', 'shop.id', 'order.shop_id')
      .innerJoin('courier', 'courier.id', 'shipment.courier_id')
      .innerJoin('parcel', 'parcel.id', 'shipment.parcel_id')
      .innerJoin('bench', 'bench.id', 'parcel.bench_id')
      .select([
        'shipment.id',
        'order.id as orderId',
        'order.number as order',
        'shop.name as shop',
        'courier.name as courier',
        'shipment.waybill',
        'shipment.handed_over_at as handedOverAt',
        'bench.name as bench',
        sql<number>`(SELECT coalesce(sum(quantity), 0) FROM parcel_line WHERE parcel_line.parcel_id = shipment.parcel_id)`.as(
          'units',
        ),
        parcelWeight.as('weightG'),
      ])
      .where('shipment.handed_over_at', '>=', window.from)
      .where('shipment.handed_over_at', '<', window.until)
      .orderBy('shipment.handed_over_at')
      .orderBy('shipment.id')
    if (window.courier !== undefined) query = query.where('courier.name', '=', window.courier)
    return page === undefined ? query : query.offset(page.offset).limit(page.limit)
  })
}

/** Labels whose parcel was packed on this day and that are not void: what must have been handed over by the evening. */
const labelsOfDay = first((db, p: { from: string; until: string }) =>
  db
    .selectFrom('label')
    .innerJoin('parcel', 'parcel.id', 'label.parcel_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('label.state', '<>', 'void')
    .where(sql<string>`coalesce(parcel.handed_over_at, parcel.packed_at)`, '>=', p.from)
    .where(sql<string>`coalesce(parcel.handed_over_at, parcel.packed_at)`, '<', p.until),
)

const waitingParcels = many((db) =>
  db
    .selectFrom('parcel')
    .innerJoin('order', 'order.id', 'parcel.order_id')
    .innerJoin('shop', 'shop.id', 'order.shop_id')
    .leftJoin('label', (join) =>
      join.onRef('label.parcel_id', '=', 'parcel.id').on('label.state', '<>', 'void'),
    )
    .select([
      'order.id as orderId',
      'order.number as order',
      'shop.name as shop',
      'label.waybill',
      'parcel.packed_at',
      'order.stop',
      'order.hold',
    ])
    .where('parcel.state', '=', 'packed')
    .orderBy('parcel.packed_at'),
)

export function shipmentsHandlers(core: AreaContext): Handlers<Calls> {
  const bounds = (day: string | undefined) => {
    const { zone } = general(core.db)
    const chosen = day ?? dayIn(zone, core.clock.now())
    return { day: chosen, zone, ...dayBounds(zone, chosen) }
  }

  return {
    'shipments.day': ({ day, courier, offset, limit }) => {
      const { day: chosen, from, until } = bounds(day)
      const all = shipmentsBetween(core, { from, until, courier })
      const sums = new Map<string, { courier: string; parcels: number; weightG: number }>()
      for (const row of all) {
        const sum = sums.get(row.courier) ?? { courier: row.courier, parcels: 0, weightG: 0 }
        sum.parcels += 1
        sum.weightG += row.weightG ?? 0
        sums.set(row.courier, sum)
      }
      return ok({
        day: chosen,
        rows: all.slice(offset, offset + limit),
        total: all.length,
        couriers: [...sums.values()],
        labels: labelsOfDay(core.db, { from, until })?.count ?? 0,
        handOvers: all.length,
        waiting: waitingParcels(core.db, {}).map(({ packed_at, ...row }) => ({
          ...row,
          packedAt: packed_at ?? from,
        })),
      })
    },

    'shipments.export': async ({ day, format, encoding, courier, language }, call) => {
      const { day: chosen, zone, from, until } = bounds(day)
      const rows = shipmentsBetween(core, { from, until, courier })
      const name = `shipments-${chosen}${courier === undefined ? '' : `-${courier}`}.${format}`
      core.db.transaction((tx) =>
        auditAct(tx, core, call.caller, {
          act: 'shipments.export',
          subject: chosen,
          reason: '',
          detail: { rows: rows.length, format },
        }),
      )
      if (format === 'pdf') {
        const couriers = [...new Set(rows.map((row) => row.courier))]
        if (couriers.length === 0)
          return fail('nothingShipped', `Nothing was handed over on ${chosen}`, { day: chosen })
        const manifests: ManifestDocument[] = couriers.map((one) => ({
          courier: one,
          day: chosen,
          printedAt: core.clock.now(),
          zone,
          warehouse: general(core.db).warehouse,
          parcels: rows
            .filter((row) => row.courier === one)
            .map(({ waybill, order, shop, weightG }) => ({ waybill, order, shop, weightG })),
        }))
        const pdf = await makePaper(call, (work) => core.documents.manifest(manifests, language, work))
        return pdf.ok ? ok(core.heldFiles.hold(name, 'application/pdf', pdf.value)) : pdf
      }
      const local = localTimes(zone)
      const table: TableToWrite = {
        sheet: chosen,
        headers: headers[language],
        rows: rows.map((row) => [
          row.order,
          row.shop,
          row.courier,
          row.waybill,
          row.units,
          row.weightG,
          local.format(Date.parse(row.handedOverAt)),
          row.bench,
        ]),
      }
      const bytes = await core.tables.write(
        table,
        format === 'csv' ? { kind: 'csv', encoding } : { kind: 'xlsx' },
      )
      return ok(core.heldFiles.hold(name, format === 'csv' ? 'text/csv' : xlsxType, bytes))
    },
  }
}

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const headers = {
  'zh-CN': ['订单号', '店铺', '快递公司', '运单号', '件数', '重量(克)', '交接时间', '打包台'],
  en: ['order', 'shop', 'courier', 'waybill', 'units', 'weight_g', 'handed_over_at', 'bench'],
} as const

/** `2026-11-22 14:03:07` in the warehouse's zone; made once a table, since making it costs more than a row. */
const localTimes = (zone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
