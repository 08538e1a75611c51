import { cleanText } from '#shared/domain/labels/clean-text.ts'
import type { LayoutField } from '#shared/domain/labels/layout.ts'
import type { LabelData, LabelField, ShippingLabel } from '#electron/ports/label-press.ts'

export interface LabelText {
  readonly text: string
  /** The field to name when this text was cut. */
  readonly field: LabelField
}

/** What a layout can place of a label. A field that labels of this kind do not have is not there. */
export interface LabelTexts {
  /** Cleaned for paper. */
  readonly texts: Readonly<Partial<Record<LayoutField, LabelText>>>
  /** For codes: every character as it came. */
  readonly codes: Readonly<Partial<Record<LayoutField, string>>>
}

export function labelTexts(label: LabelData): LabelTexts {
  if (!('kind' in label)) return orderTexts(label)
  if (label.kind === 'product') {
    const { name, spec, sku, barcode } = label
    return {
      texts: {
        name: clean('name', name),
        spec: clean('spec', spec),
        sku: clean('sku', sku),
        barcode: clean('barcode', barcode),
      },
      codes: { barcode, sku },
    }
  }
  const { code, zone, aisle, bay, level } = label
  return {
    texts: {
      code: clean('code', code),
      zone: clean('zone', zone),
      aisle: clean('aisle', aisle),
      bay: clean('bay', bay),
      level: clean('level', level),
    },
    codes: { code },
  }
}

const text = (field: LabelField, words: string): LabelText => ({ field, text: words })
const clean = (field: LabelField, words: string) => text(field, cleanText(words))

function orderTexts(label: ShippingLabel): LabelTexts {
  const slot = cleanText(label.slot)
  const parts = slot.split(' · ')
  const waybill = cleanText(label.waybill)
  return {
    texts: {
      waybill: text('waybill', inFours(waybill)),
      'waybill.tail': text('waybill', waybill.slice(-4)),
      courier: clean('courier', label.courier),
      'receiver.name': clean('receiver.name', label.receiver.name),
      'receiver.phone': clean('receiver.phone', label.receiver.phone),
      'receiver.address': clean('receiver.address', label.receiver.address),
      sender: clean('sender', label.sender),
      orderNumber: clean('orderNumber', label.orderNumber),
      shop: clean('shop', label.shop),
      slot: text('slot', slot),
      'slot.number': text('slot', parts.at(-1) ?? ''),
      'slot.wave': text('slot', parts.length > 1 ? parts.slice(0, -1).join(' · ') : ''),
      contents: text('contents', cleanText(label.contents.slice(0, 100).join('\n'), true)),
      note: clean('note', label.note),
      printedAt: text('printedAt', localTime(label.printedAt, label.zone ?? 'Asia/Shanghai')),
    },
    codes: { waybill: label.waybill, orderNumber: label.orderNumber },
  }
}

/** Eyes compare four characters at a time. Letters in front stay together: `SF 1234 5678 9012 3`. */
function inFours(waybill: string): string {
  const [, letters = '', digits = ''] = /^([A-Z]{0,4})(\d{8,})$/.exec(waybill) ?? []
  if (digits === '') return waybill
  return [letters, ...(digits.match(/\d{1,4}/g) ?? [])].filter(Boolean).join(' ')
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** `11-22 17:05` of an ISO-8601 UTC moment; the text itself when it is no moment. */
function localTime(iso: string, zone: string): string {
  const moment = new Date(iso)
  if (Number.isNaN(moment.getTime())) return cleanText(iso)
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  )
  return `${parts['month']}-${parts['day']} ${parts['hour']}:${parts['minute']}`
}

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known !== undefined) return known
  const clock = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  clocks.set(zone, clock)
  return clock
}
