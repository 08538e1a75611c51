import type { LayoutKind } from '#shared/domain/labels/layout.ts'
import { specBeside } from '#shared/domain/orders/spec.ts'
import type { AreaContext } from '#electron/features/area.ts'
import type { LabelData } from '#electron/ports/label-press.ts'
import { liveLabelOf, locationLabelOf, orderLabelFacts, productLabelOf } from './layout-repository.ts'
import { labelById } from './repository.ts'
import { shippingLabel } from './shipping-label.ts'

interface Found {
  readonly data: LabelData
  /** The id of the order whose receiver it shows; null where it shows none. */
  readonly order: string | null
}

/** What a label of this kind says of `code`: an order's number or waybill, an SKU or barcode, a location; undefined where there is no such thing. */
export function labelDataOf(core: AreaContext, kind: LayoutKind, code: string): Found | undefined {
  if (kind === 'location') {
    const place = locationLabelOf(core.db, { code })
    return place === undefined ? undefined : { data: { kind, ...place }, order: null }
  }
  if (kind === 'product') {
    const product = productLabelOf(core.db, { code })
    if (product === undefined) return undefined
    const { name, sku, barcode, spec } = product
    const data = { kind, name, sku, barcode: barcode ?? '', spec: specBeside(name, spec ?? '') }
    return { data, order: null }
  }
  return orderLabel(core, code)
}

/** As it would be printed now. A waybill number that is not bound yet is empty. */
function orderLabel(core: AreaContext, code: string): Found | undefined {
  const live = liveLabelOf(core.db, { code })
  const label = live === undefined ? undefined : labelById(core.db, { id: live.id })
  if (label !== undefined) return { data: shippingLabel(core, label), order: label.order_id }
  const order = orderLabelFacts(core.db, { number: code })
  if (order === undefined) return undefined
  const facts = { ...order, courier: order.courier ?? '', parcel_id: '', waybill: '' }
  return { data: shippingLabel(core, facts), order: order.order_id }
}
