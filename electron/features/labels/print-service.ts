import { specBeside } from '#shared/domain/orders/spec.ts'
import { waveName } from '#shared/domain/packing/codes.ts'
import type { AreaContext } from '#electron/features/area.ts'
import { readReceiver } from '#electron/features/orders/index.ts'
import type { LabelMedia, PrintOptions, RenderedLabel, ShippingLabel } from '#electron/ports/label-press.ts'
import {
  countPrint,
  insertLabelEvent,
  labelById,
  type LabelRow,
  moveLabel,
  notSentBy,
  orderContents,
  parcelContents,
  printerById,
  unfinishedLabels,
} from './repository.ts'

/** Takes labels from the ledger to the printer, one at a time, and writes down how far each came. */
export interface PrintService {
  /** Starts a label on its way; comes back at once. Call it after the commit that asked for the label. */
  print(label: string): void
  /** When the label has left, or could not. */
  settled(label: string): Promise<void>
  stateOf(label: string): LabelRow['state'] | undefined
  /** After a start: what was never sent goes now; what may have been sent is marked unknown, never repeated. */
  recover(): void
  idle(): Promise<void>
}

const defaultMedia: LabelMedia = { widthMm: 100, heightMm: 150, dpi: 203 }

export function createPrintService(core: AreaContext): PrintService {
  const running = new Map<string, Promise<void>>()

  /** One event and one state, in one transaction, unless a scan has proved more in the meantime. */
  function move(id: string, from: LabelRow['state'], to: LabelRow['state'], reason: string): boolean {
    const moved = core.db.transaction((tx) => {
      if (moveLabel(tx, { id, from, to }) === 0) return false
      if (to === 'sending') countPrint(tx, { id })
      insertLabelEvent(tx, { label: id, at: core.clock.now(), state: to, reason, operator: null })
      return true
    })
    if (moved) core.announce('labels', 'packing')
    return moved
  }

  async function run(id: string): Promise<void> {
    const label = labelById(core.db, { id })
    if (label === undefined || (label.state !== 'requested' && label.state !== 'notSent')) return
    const printer = label.printer_id === null ? undefined : printerById(core.db, { id: label.printer_id })
    if (printer === undefined) {
      move(id, label.state, 'notSent', 'noPrinter')
      return
    }
    const media: LabelMedia = { widthMm: printer.width_mm, heightMm: printer.height_mm, dpi: printer.dpi }
    const options: PrintOptions = {
      copies: 1,
      compression: printer.compression,
      ...(printer.darkness === null ? {} : { darkness: printer.darkness }),
      ...(printer.speed === null ? {} : { speed: printer.speed }),
    }
    let job: Uint8Array
    try {
      const rendered = core.labelPress.render(shippingLabel(core, label), media)
      if (rendered.refused !== undefined) {
        move(id, label.state, 'notSent', rendered.refused)
        return
      }
      job = core.labelPress.encode(rendered.bitmap, printer.language, options)
    } catch (error) {
      move(id, label.state, 'notSent', `render: ${error instanceof Error ? error.message : String(error)}`)
      return
    }
    // From here on bytes may reach the printer: a crash before the answer leaves `sending`, which becomes `unknown`.
    if (!move(id, label.state, 'sending', printer.name)) return
    const outcome = await core
      .openPrinter({ transport: printer.transport, address: printer.address, language: printer.language })
      .send(job, { name: id })
    move(id, 'sending', outcome.kind, 'reason' in outcome ? outcome.reason : printer.name)
    // The printer is there again: what never left for it goes now, before somebody looks for it.
    if (outcome.kind !== 'sent' && outcome.kind !== 'printed') return
    for (const one of notSentBy(core.db, { printer: printer.id })) if (!running.has(one.id)) print(one.id)
  }

  function print(id: string): void {
    const before = running.get(id) ?? Promise.resolve()
    const now = before
      .then(() => run(id))
      .catch((error: unknown) => core.log('error', 'label', { label: id, error: String(error) }))
      .finally(() => {
        if (running.get(id) === now) running.delete(id)
      })
    running.set(id, now)
  }

  return {
    print,
    settled: async (id) => {
      await running.get(id)
    },
    stateOf: (id) => labelById(core.db, { id })?.state,
    recover: () => {
      for (const { id, state } of unfinishedLabels(core.db, {})) {
        if (state === 'sending') move(id, 'sending', 'unknown', 'stopped while sending')
        else print(id)
      }
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running.values())
    },
  }
}

/** The dots of a label as they would be printed now. */
export function renderLabel(core: AreaContext, label: LabelRow): RenderedLabel {
  const printer = label.printer_id === null ? undefined : printerById(core.db, { id: label.printer_id })
  const media: LabelMedia =
    printer === undefined
      ? defaultMedia
      : { widthMm: printer.width_mm, heightMm: printer.height_mm, dpi: printer.dpi }
  return core.labelPress.render(shippingLabel(core, label), media)
}

function shippingLabel(core: AreaContext, label: LabelRow): ShippingLabel {
  const packed = parcelContents(core.db, { parcel: label.parcel_id })
  const contents = packed.length > 0 ? packed : orderContents(core.db, { order: label.order_id })
  return {
    waybill: label.waybill,
    courier: label.courier,
    receiver: readReceiver(core, label.order_id) ?? { name: label.receiver_masked, phone: '', address: '' },
    sender: label.sender,
    orderNumber: label.number,
    shop: label.shop,
    slot:
      label.wave === null
        ? ''
        : [waveName(label.wave), label.slot].filter((part) => part !== null).join(' · '),
    contents: contents.map((line) =>
      [line.sku, line.title, specBeside(line.title, line.spec), `×${line.quantity}`]
        .filter((part) => part !== '')
        .join(' '),
    ),
    note: label.buyer_note,
    printedAt: core.clock.now(),
  }
}
