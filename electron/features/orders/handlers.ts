import type { OrderStory } from '#shared/contract/orders.ts'
import { specBeside } from '#shared/domain/orders/spec.ts'
import { dayBounds, dayIn } from '#shared/support/zoned-day.ts'
import { fail, ok } from '#shared/support/result.ts'
import type { Reader } from '#electron/db/query.ts'
import type { AreaContext, Handlers } from '#electron/features/area.ts'
import { auditAct } from '#electron/features/backup/index.ts'
import { heldLabels } from '#electron/features/labels/index.ts'
import { general } from '#electron/features/settings/index.ts'
import { wantedAgain } from '#electron/features/waves/index.ts'
import { startOver, unreleasedChange } from './content-change.ts'
import {
  benchCards,
  clearStops,
  countOrders,
  courierQueues,
  lateOrders,
  listOrders,
  riverCounts,
  rowById,
  setHold,
  storyAudit,
  storyHead,
  storyLabel,
  storyLabels,
  storyLines,
  storyScans,
  storyWave,
  storyWeights,
} from './repository.ts'

type Calls = 'orders.list' | 'orders.story' | 'orders.hold' | 'orders.release' | 'orders.today'

export function ordersHandlers(core: AreaContext): Handlers<Calls> {
  return {
    'orders.list': (filter) => {
      const now = core.clock.now()
      const rows = listOrders(core.db, filter, now, filter)
      return ok({ rows, total: countOrders(core.db, filter, now) })
    },

    'orders.story': ({ id }) => ok(story(core.db, id)),

    'orders.hold': ({ id, reason }, call) =>
      core.db.transaction((tx) => {
        const who = call.caller.operator?.name ?? call.caller.kind
        if (setHold(tx, { id, hold: reason, by: who }) === 0)
          return fail('orderGone', 'This order was handed over or is not there')
        auditAct(tx, core, call.caller, { act: 'order.hold', subject: id, reason, detail: {} })
        core.announce('orders', 'packing', 'waves')
        return ok({})
      }),

    'orders.release': ({ id, reason }, call) => {
      const released = core.db.transaction((tx) => {
        const before = rowById(tx, { id })
        const change = unreleasedChange(tx, id)
        if (before === undefined || clearStops(tx, { id }) === 0) {
          return fail('orderGone', 'This order was handed over or is not there')
        }
        const overtaken = change !== null || before.stop === 'changed' || before.stop === 'addressChange'
        const voided = overtaken ? startOver(tx, core, id, reason, call.caller.operator?.id ?? null) : null
        auditAct(tx, core, call.caller, {
          act: 'order.release',
          subject: id,
          reason,
          detail: { hold: before.hold ?? '', stop: before.stop ?? '', voided: voided ?? '' },
        })
        return ok({})
      })
      // A short pick took its goods off the list: they are wanted again.
      if (released.ok) wantedAgain(core, call.caller, id)
      core.announce('orders', 'packing', 'waves', 'labels')
      return released
    },

    'orders.today': () => {
      const { zone } = general(core.db)
      const now = core.clock.now()
      const { from, until } = dayBounds(zone, dayIn(zone, now))
      const river = riverCounts(core.db, { from, until })
      const late = lateOrders(core.db, { now })?.count ?? 0
      return ok({
        waiting: river?.waiting ?? 0,
        inWave: river?.inWave ?? 0,
        packing: river?.packing ?? 0,
        packed: river?.packed ?? 0,
        handedOver: river?.handedOver ?? 0,
        stopped: river?.stopped ?? 0,
        total: river?.total ?? 0,
        late,
        unprinted: heldLabels(core.db, {})?.count ?? 0,
        couriers: courierQueues(core.db, {}),
        benches: benchCards(core.db, { from }),
      })
    },
  }
}

function story(db: Reader, id: string): OrderStory | null {
  const row = rowById(db, { id })
  const head = storyHead(db, { id })
  if (row === undefined || head === undefined) return null
  const wave = storyWave(db, { id })
  const lines = storyLines(db, { id })
  const kits = [...new Set(lines.flatMap((line) => line.kit_id ?? []))]
  const events: OrderStory['events'] = [
    ...(row.paidAt === null
      ? []
      : [{ at: row.paidAt, kind: 'paid' as const, code: 'paid', text: '', who: null }]),
    {
      at: head.created_at,
      kind: 'imported' as const,
      code: 'imported',
      text: head.platform_status,
      who: null,
    },
    ...(wave === undefined
      ? []
      : [{ at: wave.created_at, kind: 'wave' as const, code: 'wave', text: String(wave.number), who: null }]),
    ...storyScans(db, { id }).map((scan) => ({
      at: scan.at,
      kind: scan.verdict === 'handedOver' ? ('handOver' as const) : ('scan' as const),
      code: scan.verdict,
      text: [scan.gtin ?? scan.code.slice(0, 200), ...markText(scan), ...gainText(scan)].join(' · '),
      who: scan.operator === null ? scan.bench : `${scan.bench} · ${scan.operator}`,
    })),
    ...storyWeights(db, { id }).map((weight) => ({
      at: weight.at,
      kind: 'weight' as const,
      code: weight.reason === null ? (weight.verdict ?? '') : `${weight.verdict}.${weight.reason}`,
      text: weightText(weight),
      who: weight.released_by,
    })),
    ...storyLabels(db, { id }).map((label) => ({
      at: label.at,
      kind: 'label' as const,
      code: label.state,
      text: [label.waybill, label.reason].filter((part) => part !== '').join(' · '),
      who: null,
    })),
    ...storyAudit(db, { id }).map((audit) => ({
      at: audit.at,
      kind: 'audit' as const,
      code: audit.act,
      text: audit.reason,
      who: audit.actor,
    })),
  ]
  return {
    ...row,
    platformStatus: head.platform_status,
    stopNote: head.stop_note,
    buyerNote: head.buyer_note,
    sellerNote: head.seller_note,
    receiverMasked: head.receiver_masked,
    currency: head.currency,
    amountMinor: head.amount_minor,
    label: storyLabel(db, { id }) ?? null,
    orderLines: lines.map((line) => ({
      sku: line.sku,
      title: line.name ?? line.title,
      spec: specBeside(line.name ?? line.title, line.spec),
      quantity: line.quantity,
      packed: line.packed,
      location: line.location,
      picture: line.picture,
      known: line.product_id !== null,
      kit:
        line.kit_id === null
          ? null
          : {
              nth: kits.indexOf(line.kit_id) + 1,
              sku: line.kit_sku ?? '',
              title: line.kit_name ?? (line.kit_title || (line.kit_sku ?? '')),
              quantity: line.kit_quantity ?? 0,
            },
    })),
    events: events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
  }
}

/** In the words that stand on packages everywhere. */
const markText = (mark: { lot: string | null; expiry: string | null; serial: string | null }): string[] => [
  ...(mark.lot === null ? [] : [`LOT ${mark.lot}`]),
  ...(mark.expiry === null ? [] : [`EXP ${mark.expiry}`]),
  ...(mark.serial === null ? [] : [`SN ${mark.serial}`]),
]

/** What came onto the scale before this scan; a gain that fitted nothing has a mark. */
const gainText = ({ gain_g: gain, odd }: { gain_g: number | null; odd: string | null }): string[] =>
  gain === null ? [] : [`${gain > 0 ? '+' : ''}${gain} g${odd === null ? '' : ' !'}`]

function weightText(weight: ReturnType<typeof storyWeights>[number]): string {
  const net = weight.net_g === null ? [] : [`${weight.net_g} g`]
  const expected = weight.expected_g === null ? [] : [`${weight.expected_g} ± ${weight.band_g ?? 0} g`]
  return [...net, ...expected].join(' / ')
}
