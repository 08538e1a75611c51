import type { LayoutKind } from '#shared/domain/labels/layout.ts'
import { specBeside } from '#shared/domain/orders/spec.ts'
import type { AreaContext } from '#electron/features/area.ts'
import type { LabelData } from '#electron/ports/label-press.ts'
import { liveLabelOf, locationLabelOf, orderLabelFacts, productLabelOf } from './layout-repository.ts'
import { labelById } from './repository.ts'
import { shippingLabel } from './shipping-label.ts'

/** What a label of this kind says of `code`: an order's number or waybill, an SKU or barcode, a location; undefined where there is no such thing. */
export function labelDataOf(core: AreaContext, kind: LayoutKind, code: string): LabelData | undefined {
  if (kind === 'location') {
    const place = locationLabelOf(core.db, { code })
    return place === undefined ? undefined : { kind, ...place }
  }
  if (kind === 'product') {
    const product = productLabelOf(core.db, { code })
    if (product === undefined) return undefined
    const { name, sku, barcode, spec } = product
    return { kind, name, sku, barcode: barcode ?? '', spec: specBeside(name, spec ?? '') }
  }
  return orderLabel(core, code)
}

/** As it would be printed now. A waybill number that is not bound yet is empty. */
function orderLabel(core: AreaContext, code: string): LabelData | undefined {
  const live = liveLabelOf(core.db, { code })
  const label = live === undefined ? undefined : labelById(core.db, { id: live.id })
  if (label !== undefined) return shippingLabel(core, label)
  const order = orderLabelFacts(core.db, { number: code })
  if (order === undefined) return undefined
  return shippingLabel(core, { ...order, courier: order.courier ?? '', parcel_id: '', waybill: '' })
}
