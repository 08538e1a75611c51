import type { ShippingLabel } from '#electron/ports/label-press.ts'

/** A label with everything on it; override what a test is about. */
export function someLabel(over: Partial<ShippingLabel> = {}): ShippingLabel {
  return {
    waybill: 'SF1234567890123',
    courier: '顺丰速运',
    receiver: { name: '欧阳娜', phone: '138****5678', address: '浙江省杭州市余杭区文一西路969号5幢1801室' },
    sender: '一号店仓库 400-820-8820 上海市嘉定区银翔路799号',
    orderNumber: '3515329577461209579',
    shop: '一号店',
    slot: 'W-0142 · 7',
    contents: ['KD-014 儿童雨鞋 墨绿 28 ×2', 'BW-001 保温杯 红 ×1'],
    note: '请包装好,送礼',
    printedAt: '2026-11-22T06:03:07.000Z',
    ...over,
  }
}
