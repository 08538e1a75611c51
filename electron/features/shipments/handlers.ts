import { dayBounds, dayIn } from '#shared/support/zoned-day.ts'
import { fail, ok } from '#shared/support/result.ts'
import { type AreaContext, type Handlers, makePaper } from '#electron/features/area.ts'
import { auditAct } from '#electron/features/backup/index.ts'
import { general } from '#electron/features/settings/index.ts'
import type { ManifestDocument } from '#electron/ports/document-press.ts'
import { TableError, type TableToWrite } from '#electron/ports/table-files.ts'
import { labelsOfDay, shipmentsBetween, unitsHandedOver, waitingParcels } from './repository.ts'

type Calls = 'shipments.day' | 'shipments.export' | 'shipments.exportUnits'

export function shipmentsHandlers(core: AreaContext): Handlers<Calls> {
  const bounds = (day: string | undefined) => {
    const { zone } = general(core.db)
    const chosen = day ?? dayIn(zone, core.clock.now())
    return { day: chosen, zone, ...dayBounds(zone, chosen) }
  }

  const writeTable = async (
    name: string,
    table: TableToWrite,
    format: 'csv' | 'xlsx',
    encoding: 'gbk' | 'utf-8-bom',
  ) => {
    try {
      const bytes = await core.tables.write(
        table,
        format === 'csv' ? { kind: 'csv', encoding } : { kind: 'xlsx' },
      )
      return ok(core.heldFiles.hold(name, format === 'csv' ? 'text/csv' : xlsxType, bytes))
    } catch (error) {
      if (!(error instanceof TableError)) throw error
      const { code, message, row } = error.fault
      return fail(code, message, row === undefined ? {} : { row })
    }
  }

  return {
    'shipments.day': ({ day, courier, offset, limit }) => {
      const { day: chosen, from, until } = bounds(day)
      const all = shipmentsBetween(core.db, { from, until, courier })
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
      const rows = shipmentsBetween(core.db, { from, until, courier })
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
      return writeTable(name, table, format, encoding)
    },

    'shipments.exportUnits': async ({ day, format, encoding, courier, language }, call) => {
      const { day: chosen, zone, from, until } = bounds(day)
      const rows = unitsHandedOver(core.db, { from, until, courier })
      if (rows.length === 0)
        return fail(
          'noUnitMarks',
          `No unit handed over on ${chosen} was scanned with a lot, date or serial number`,
          {
            day: chosen,
          },
        )
      core.db.transaction((tx) =>
        auditAct(tx, core, call.caller, {
          act: 'shipments.exportUnits',
          subject: chosen,
          reason: '',
          detail: { rows: rows.length, format },
        }),
      )
      const local = localTimes(zone)
      const table: TableToWrite = {
        sheet: chosen,
        headers: unitHeaders[language],
        rows: rows.map((row) => [
          row.order,
          row.shop,
          row.courier,
          row.waybill,
          row.sku,
          row.gtin,
          row.lot,
          row.expiry,
          row.serial,
          row.units,
          local.format(Date.parse(row.scannedAt)),
          local.format(Date.parse(row.handedOverAt)),
        ]),
      }
      const name = `units-${chosen}${courier === undefined ? '' : `-${courier}`}.${format}`
      return writeTable(name, table, format, encoding)
    },
  }
}

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const headers = {
  'zh-CN': ['订单号', '店铺', '快递公司', '运单号', '件数', '重量(克)', '交接时间', '打包台'],
  en: ['order', 'shop', 'courier', 'waybill', 'units', 'weight_g', 'handed_over_at', 'bench'],
} as const

const unitHeaders = {
  'zh-CN': [
    '订单号',
    '店铺',
    '快递公司',
    '运单号',
    'SKU',
    'GTIN',
    '批号',
    '有效期至',
    '序列号',
    '件数',
    '扫描时间',
    '交接时间',
  ],
  en: [
    'order',
    'shop',
    'courier',
    'waybill',
    'sku',
    'gtin',
    'lot',
    'expiry',
    'serial',
    'units',
    'scanned_at',
    'handed_over_at',
  ],
} as const

/** `2026-11-22 14:03:07` in the warehouse's zone; made once a table, since making it costs more than a row. */
const localTimes = (zone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
