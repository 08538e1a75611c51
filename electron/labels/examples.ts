import type { LayoutKind } from '#shared/domain/labels/layout.ts'
import type { LabelData, ShippingLabel } from '#electron/ports/label-press.ts'

const order: ShippingLabel = {
  waybill: 'SF1234567890123',
  courier: '顺丰速运',
  receiver: {
    name: '欧阳娜娜',
    phone: '138****5678',
    address: '浙江省杭州市余杭区文一西路969号阳光花园5幢2单元1801室',
  },
  sender: '一号仓 400-820-8820 上海市嘉定区银翔路799号',
  orderNumber: '3515329577461209579',
  shop: '一号店 · 天猫',
  slot: 'W-0142 · 7',
  contents: ['KD-014 儿童雨鞋 墨绿 28 ×2', 'BW-001 保温杯 红 500ml ×1', 'PD-220 真皮腰带 黑 115cm ×1'],
  note: '请包装好,送礼',
  printedAt: '2026-11-22T06:03:07.000Z',
}

const examples: Readonly<Record<LayoutKind, LabelData>> = {
  shipping: order,
  slip: order,
  product: {
    kind: 'product',
    name: '儿童雨鞋 防滑加厚',
    spec: '墨绿 28 码',
    sku: 'KD-014-MG-28',
    barcode: '6901234567892',
  },
  location: { kind: 'location', code: 'A-03-12-2', zone: 'A', aisle: '03', bay: '12', level: '2' },
}

/** A made-up label with everything on it: nobody's order. */
export const exampleLabel = (kind: LayoutKind): LabelData => examples[kind]
