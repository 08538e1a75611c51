import { specBeside } from '#shared/domain/orders/spec.ts'
import { waveName } from '#shared/domain/packing/codes.ts'
import type { AreaContext } from '#electron/features/area.ts'
import { readReceiver } from '#electron/features/orders/index.ts'
import type { ShippingLabel } from '#electron/ports/label-press.ts'
import { type LabelRow, orderContents, parcelContents } from './repository.ts'

type LabelFacts = Pick<
  LabelRow,
  | 'order_id'
  | 'parcel_id'
  | 'waybill'
  | 'courier'
  | 'number'
  | 'buyer_note'
  | 'receiver_masked'
  | 'shop'
  | 'sender'
  | 'wave'
  | 'slot'
>

/** What stands on a label, out of its order and its box. */
export function shippingLabel(core: AreaContext, label: LabelFacts): ShippingLabel {
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
