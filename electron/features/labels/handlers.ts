import type { Output } from '#shared/contract/index.ts'
import { isOnItsWay } from '#shared/domain/packing/decide-scan.ts'
import { stopGate } from '#shared/domain/packing/stop-gate.ts'
import { fail, ok } from '#shared/support/result.ts'
import { ask } from '#electron/db/query.ts'
import type { AreaContext, Handlers } from '#electron/features/area.ts'
import { auditAct } from '#electron/features/backup/index.ts'
import { reprintLabel, voidLabel } from './ledger.ts'
import type { PrintService } from './print-service.ts'
import {
  gateFacts,
  labelById,
  labelEvents,
  simulatedPrinters,
  stopWaiting,
  waybillPool,
} from './repository.ts'

type Calls = 'labels.list' | 'labels.reprint' | 'labels.void' | 'labels.pool' | 'labels.simulated'

export function labelsHandlers(core: AreaContext, printing: PrintService): Handlers<Calls> {
  return {
    'labels.list': ({ state, offset, limit }) => {
      const page = ask(core.db, (db) => {
        const query = db
          .selectFrom('label')
          .innerJoin('parcel', 'parcel.id', 'label.parcel_id')
          .innerJoin('order', 'order.id', 'parcel.order_id')
          .innerJoin('shop', 'shop.id', 'order.shop_id')
          .innerJoin('courier', 'courier.id', 'label.courier_id')
          .select((eb) => [
            'label.id',
            'label.waybill',
            'label.state',
            'label.prints',
            'label.requested_at as requestedAt',
            'courier.name as courier',
            'order.id as orderId',
            'order.number as order',
            'shop.name as shop',
            eb.fn.countAll<number>().over().as('total'),
          ])
          .orderBy('label.id', 'desc')
          .limit(limit)
          .offset(offset)
        return state === undefined ? query : query.where('label.state', '=', state)
      })
      return ok({
        total: page[0]?.total ?? 0,
        rows: page.map(({ total: _total, ...row }) => ({
          ...row,
          events: labelEvents(core.db, { label: row.id }),
        })),
      })
    },

    'labels.reprint': ({ id, reason }, call) => {
      const label = labelById(core.db, { id })
      if (label === undefined || label.state === 'void')
        return fail('labelVoid', 'This label is void or not there')
      if (label.state === 'handedOver') return fail('labelGone', 'This parcel was handed over')
      if (isOnItsWay(label.state) || printing.running().has(id))
        return fail('labelOnItsWay', 'This label is still being printed')
      const facts = gateFacts(core.db, { order: label.order_id })
      if (facts === undefined || stopGate(facts, 'label', core.clock.now()).kind === 'stop')
        return fail('labelStopped', 'The order of this label is stopped, held or not known well enough')
      core.db.transaction((tx) => {
        reprintLabel(tx, core, id, reason, call.caller.operator?.id ?? null)
        auditAct(tx, core, call.caller, {
          act: 'label.reprint',
          subject: label.order_id,
          reason,
          detail: { waybill: label.waybill },
        })
      })
      printing.print(id)
      core.announce('labels', 'packing', 'orders')
      return ok({})
    },

    'labels.void': ({ id, reason }, call) => {
      const label = labelById(core.db, { id })
      if (label === undefined || label.state === 'void')
        return fail('labelVoid', 'This label is void or not there')
      if (label.state === 'handedOver') return fail('labelGone', 'This parcel was handed over')
      core.db.transaction((tx) => {
        voidLabel(tx, core, id, reason, call.caller.operator?.id ?? null)
        stopWaiting(tx, { label: id })
        auditAct(tx, core, call.caller, {
          act: 'label.void',
          subject: label.order_id,
          reason,
          detail: { waybill: label.waybill },
        })
      })
      core.announce('labels', 'packing', 'orders')
      return ok({})
    },

    'labels.pool': () => ok({ couriers: waybillPool(core.db, {}) }),

    'labels.simulated': ({ printer, limit }) => ok({ labels: simulatedLabels(core, printer, limit) }),
  }
}

/** Draws from the stored bytes, never from the ledger: what is shown is what reached the printer. */
function simulatedLabels(
  core: AreaContext,
  printer: string | undefined,
  limit: number,
): Output<'labels.simulated'>['labels'] {
  return simulatedPrinters(core.db, {})
    .filter(({ name }) => printer === undefined || name === printer)
    .filter((one, index, all) => all.findIndex(({ address }) => address === one.address) === index)
    .flatMap(({ address, language }) =>
      core.simulatedJobs.newest(address, limit).map((job) => ({ address, language, job })),
    )
    .toSorted((one, other) => other.job.at.localeCompare(one.job.at) || other.job.number - one.job.number)
    .slice(0, limit)
    .map(({ address, language, job }) => {
      const label = labelById(core.db, { id: job.name })
      const bitmap = core.labelPress.decode(job.bytes, language)
      return {
        id: `${address} ${job.number}`,
        at: job.at,
        waybill: label?.waybill ?? '',
        order: label?.number ?? '',
        png: bitmap === undefined ? null : Buffer.from(core.labelPress.toPng(bitmap)).toString('base64'),
      }
    })
}
