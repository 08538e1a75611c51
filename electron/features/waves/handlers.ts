import type { WaveRow } from '#shared/contract/waves.ts'
import { specBeside } from '#shared/domain/orders/spec.ts'
import { commands, commandCode, slotCode, waveCode, waveName } from '#shared/domain/packing/codes.ts'
import {
  type OrderToPlan,
  planWaves,
  type Shelf,
  type WaveOptions,
  type WavePlan,
} from '#shared/domain/waves/plan-waves.ts'
import { fail, ok } from '#shared/support/result.ts'
import { type AreaContext, type Handlers, makePaper } from '#electron/features/area.ts'
import { general } from '#electron/features/settings/index.ts'
import type { CommandSheetEntry, PickListDocument } from '#electron/ports/document-press.ts'
import {
  dissolveWave,
  insertPick,
  insertWave,
  insertWaveOrder,
  lastWaveNumber,
  markPicking,
  ordersToPlan,
  type PlanFilter,
  picksOf,
  shelves,
  slipLines,
  slipsOf,
  slotsOf,
  touched,
  waveIdByNumber,
  waveRowById,
  wavesByState,
} from './repository.ts'

type Calls =
  | 'waves.list'
  | 'waves.get'
  | 'waves.preview'
  | 'waves.plan'
  | 'waves.pickList'
  | 'waves.packingSlips'
  | 'waves.commandSheet'
  | 'waves.dissolve'
  | 'waves.open'

export function wavesHandlers(core: AreaContext): Handlers<Calls> {
  return {
    'waves.list': ({ state }) => ok({ waves: wavesByState(core.db, { state: state ?? '' }).map(waveRow) }),

    'waves.get': ({ id }) => {
      const wave = findWave(core, id)
      if (wave === undefined) return ok(null)
      return ok({
        ...waveRow(wave),
        code: waveCode(wave.number),
        slots: slotsOf(core.db, { wave: wave.id }).map((slot) => ({
          slot: slot.slot,
          code: slot.slot === null ? slot.number : slotCode(wave.number, slot.slot),
          orderId: slot.id,
          order: slot.number,
          units: slot.units,
          state: slotState(slot),
        })),
        stops: stopsOf(core, wave.id).map(({ location, zone, aisle, sku, name, quantity, slots }) => ({
          location,
          zone,
          aisle,
          sku,
          name,
          quantity,
          slots,
        })),
      })
    },

    'waves.preview': (options) => {
      const plan = planNow(core, options, options)
      return ok({
        waves: plan.waves.map((wave) => ({
          kind: wave.kind,
          orders: wave.orders.length,
          units: wave.picks.reduce((sum, pick) => sum + pick.quantity, 0),
          stops: new Set(wave.picks.map((pick) => pick.productId)).size,
          shipBy: wave.shipBy,
        })),
        leftOut: plan.leftOut.map(({ number, reason }) => ({ order: number, reason })),
      })
    },

    'waves.plan': (options) => {
      const made = core.db.transaction((tx) => {
        const plan = planNow(core, options, options)
        let number = lastWaveNumber(tx, {})?.number ?? 0
        const ids = plan.waves.map((wave) => {
          const id = core.ids.next()
          number += 1
          insertWave(tx, { id, number, kind: wave.kind, at: core.clock.now(), shipBy: wave.shipBy })
          for (const [position, order] of wave.orders.entries()) {
            insertWaveOrder(tx, { wave: id, order: order.id, slot: order.slot, position })
          }
          for (const [position, pick] of wave.picks.entries()) {
            insertPick(tx, {
              wave: id,
              position,
              location: pick.shelf?.id ?? null,
              product: pick.productId,
              order: pick.orderId,
              quantity: pick.quantity,
            })
          }
          return id
        })
        return { ids, leftOut: plan.leftOut }
      })
      core.announce('waves', 'orders', 'packing')
      return ok({
        waves: made.ids.flatMap((id) => {
          const row = waveRowById(core.db, { id })
          return row === undefined ? [] : [waveRow(row)]
        }),
        leftOut: made.leftOut.map(({ number, reason }) => ({ order: number, reason })),
      })
    },

    'waves.pickList': async ({ id, paper, language }, call) => {
      const wave = findWave(core, id)
      if (wave === undefined) return noWave(id)
      const all = slotsOf(core.db, { wave: wave.id })
      const slots = all.filter((slot) => takenBack(slot) === null)
      const stops = stopsOf(core, wave.id)
      const { zone } = general(core.db)
      const list: PickListDocument = {
        wave: waveName(wave.number),
        waveCode: waveCode(wave.number),
        kind: wave.kind,
        printedAt: core.clock.now(),
        zone,
        shipBy: wave.ship_by,
        orders: slots.length,
        units: stops.reduce((sum, stop) => sum + stop.quantity, 0),
        couriers: waveRow(wave).couriers,
        slots: slots.flatMap((slot) =>
          slot.slot === null
            ? []
            : [
                {
                  slot: slot.slot,
                  code: slotCode(wave.number, slot.slot),
                  order: slot.number,
                  units: slot.units,
                  courier: slot.own_courier ?? slot.shop_courier ?? '',
                },
              ],
        ),
        stops,
        leftOut: all.flatMap((slot) => {
          const why = takenBack(slot)
          return why === null ? [] : [{ order: slot.number, reason: takenBackWords[language][why] }]
        }),
      }
      const pdf = await makePaper(call, (work) => core.documents.pickList(list, paper, language, work))
      if (!pdf.ok) return pdf
      // A printed list is how a pick begins.
      if (core.db.transaction((tx) => markPicking(tx, { wave: wave.id })) > 0) core.announce('waves')
      return ok(core.heldFiles.hold(`${waveName(wave.number)}-${paper}.pdf`, 'application/pdf', pdf.value))
    },

    'waves.packingSlips': async ({ id, paper, language }, call) => {
      const wave = findWave(core, id)
      if (wave === undefined) return noWave(id)
      const { zone } = general(core.db)
      const slips = slipsOf(core.db, { wave: wave.id }).map((slip) => ({
        shop: slip.shop,
        order: slip.number,
        orderCode: slip.slot === null ? slip.number : slotCode(wave.number, slip.slot),
        paidAt: slip.paid_at,
        zone,
        receiver: slip.receiver_masked,
        lines: slipLines(core.db, { order: slip.id }).map((line) => ({
          sku: line.sku,
          name: line.name ?? line.title,
          spec: specBeside(line.name ?? line.title, line.spec),
          quantity: line.quantity,
          kit:
            line.kit_sku === null || line.kit_quantity === null
              ? null
              : { name: line.kit_name ?? (line.kit_title || line.kit_sku), quantity: line.kit_quantity },
        })),
        buyerNote: slip.buyer_note,
        returnsText: slip.returns_text,
        slot: slip.slot === null ? '' : `${waveName(wave.number)} · ${slip.slot}`,
      }))
      const pdf = await makePaper(call, (work) => core.documents.packingSlip(slips, paper, language, work))
      if (!pdf.ok) return pdf
      return ok(core.heldFiles.hold(`${waveName(wave.number)}-slips.pdf`, 'application/pdf', pdf.value))
    },

    'waves.commandSheet': async ({ language }) => {
      const pdf = await core.documents.commandSheet(
        commands.map((command) => ({ code: commandCode(command), ...commandWords[command] })),
        language,
      )
      return ok(core.heldFiles.hold('commands.pdf', 'application/pdf', pdf))
    },

    'waves.dissolve': ({ id }) => {
      if (waveRowById(core.db, { id }) === undefined) return noWave(id)
      const result = core.db.transaction((tx) => {
        if (touched(tx, { wave: id }) !== undefined) return null
        return dissolveWave(tx, id)
      })
      if (result === null) return fail('waveTouched', 'Something of this wave was packed already')
      core.announce('waves', 'orders')
      return ok({ orders: result })
    },

    'waves.open': () => ok({ waiting: new Set(ordersToPlan(core.db, noFilter).map((row) => row.id)).size }),
  }
}

const noFilter: PlanFilter = { shop: undefined, before: undefined }

const noWave = (id: string | number) => fail('waveUnknown', `There is no wave ${id}`, { wave: String(id) })

/** A wave by its id, its number (142) or its name (W-0142). */
function findWave(core: AreaContext, id: string | number) {
  const text = String(id)
  const number = /^(?:W-)?0*([1-9]\d*)$/.exec(text)?.[1]
  const found = number === undefined ? text : waveIdByNumber(core.db, { number: Number(number) })?.id
  return found === undefined ? undefined : waveRowById(core.db, { id: found })
}

function waveRow(row: NonNullable<ReturnType<typeof waveRowById>>): WaveRow {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    state: row.state,
    createdAt: row.created_at,
    shipBy: row.ship_by,
    orders: row.orders,
    packed: row.packed,
    stopped: row.stopped,
    lines: row.lines,
    units: row.units,
    distanceMm: row.distance_mm,
    couriers: Object.entries(JSON.parse(row.couriers) as Record<string, number>)
      .filter(([name]) => name !== '')
      .map(([name, orders]) => ({ name, orders })),
  }
}

function slotState(slot: ReturnType<typeof slotsOf>[number]) {
  if (slot.state === 'handedOver') return 'handedOver'
  if (slot.stop !== null || slot.hold !== null || slot.state === 'cancelled') return 'stopped'
  if (slot.state === 'packed') return 'packed'
  return slot.packing === 1 ? 'packing' : 'waiting'
}

/** One line a stop: the picks of one product at one shelf, with what each slot gets. */
const takenBackWords = {
  'zh-CN': { cancel: '已取消，不用拣', refund: '退款中，不用拣' },
  en: { cancel: 'Cancelled: do not pick', refund: 'Refund: do not pick' },
} as const

/** Why nobody needs to pick for this order any more, or null. */
function takenBack(order: {
  readonly state: string
  readonly stop: string | null
}): 'cancel' | 'refund' | null {
  if (order.stop === 'refund') return 'refund'
  return order.state === 'cancelled' || order.stop === 'cancel' ? 'cancel' : null
}

function stopsOf(core: AreaContext, wave: string) {
  const stops: {
    location: string | null
    zone: string
    aisle: string
    sku: string
    name: string
    barcode: string | null
    quantity: number
    slots: { slot: number; quantity: number }[]
  }[] = []
  for (const pick of picksOf(core.db, { wave })) {
    if (takenBack(pick) !== null) continue
    let stop = stops.at(-1)
    if (stop === undefined || stop.sku !== pick.sku || stop.location !== pick.location) {
      stop = {
        location: pick.location,
        zone: pick.zone ?? '',
        aisle: pick.aisle ?? '',
        sku: pick.sku,
        name: pick.name,
        barcode: pick.barcode,
        quantity: 0,
        slots: [],
      }
      stops.push(stop)
    }
    stop.quantity += pick.quantity
    if (pick.slot !== null) stop.slots.push({ slot: pick.slot, quantity: pick.quantity })
  }
  return stops
}

function planNow(
  core: AreaContext,
  filter: { shop?: string | undefined; before?: string | undefined },
  options: WaveOptions,
): WavePlan {
  const orders: (OrderToPlan & { lines: OrderToPlan['lines'][number][] })[] = []
  for (const row of ordersToPlan(core.db, { shop: filter.shop, before: filter.before })) {
    let order = orders.at(-1)
    if (order?.id !== row.id) {
      order = { id: row.id, number: row.number, shipBy: row.ship_by, lines: [] }
      orders.push(order)
    }
    order.lines.push({ sku: row.sku, productId: row.product_id, quantity: row.quantity })
  }
  const shelfOf = new Map<number, Shelf>(shelves(core.db, {}).map((row) => [row.product_id, row]))
  return planWaves(orders, { shelfOf }, options)
}

const commandWords: Record<(typeof commands)[number], Pick<CommandSheetEntry, 'zh' | 'en' | 'icon'>> = {
  OK: { zh: '确认', en: 'OK', icon: 'ok' },
  UNDO: { zh: '撤销上一件', en: 'Undo', icon: 'undo' },
  HOLD: { zh: '挂起订单', en: 'Hold', icon: 'hold' },
  SHORT: { zh: '缺货', en: 'Short', icon: 'short' },
  PARTIAL: { zh: '部分发货', en: 'Ship partial', icon: 'finish' },
  NEXT: { zh: '下一单', en: 'Next', icon: 'next' },
  CANCEL: { zh: '取消', en: 'Cancel', icon: 'cancel' },
  PRINT: { zh: '打印面单', en: 'Print', icon: 'print' },
  REPRINT: { zh: '重打面单', en: 'Reprint', icon: 'reprint' },
  VOID: { zh: '作废面单', en: 'Void', icon: 'void' },
}
