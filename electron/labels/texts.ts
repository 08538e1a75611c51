import type { LabelField, ShippingLabel } from '#electron/ports/label-press.ts'
import { cleanText } from './clean-text.ts'
import type { TextName } from './layout.ts'

export interface LabelText {
  readonly text: string
  /** The field to name when this text was cut. */
  readonly field: LabelField
}

/** Every text that a layout can place, cleaned for paper. */
export function labelTexts(label: ShippingLabel): Readonly<Record<TextName, LabelText>> {
  const slot = cleanText(label.slot)
  const parts = slot.split(' · ')
  const number = parts.at(-1) ?? ''
  const orderNumber = cleanText(label.orderNumber)
  const text = (field: LabelField, words: string): LabelText => ({ field, text: words })
  const clean = (field: LabelField, words: string) => text(field, cleanText(words))
  return {
    waybill: text('waybill', inFours(cleanText(label.waybill))),
    courier: clean('courier', label.courier),
    'receiver.name': clean('receiver.name', label.receiver.name),
    'receiver.phone': clean('receiver.phone', label.receiver.phone),
    'receiver.address': clean('receiver.address', label.receiver.address),
    sender: clean('sender', label.sender),
    orderNumber: text('orderNumber', orderNumber),
    shop: clean('shop', label.shop),
    slot: text('slot', slot),
    'slot.number': text('slot', number),
    'slot.wave': text('slot', parts.length > 1 ? parts.slice(0, -1).join(' · ') : ''),
    contents: text('contents', cleanText(label.contents.slice(0, 100).join('\n'), true)),
    note: clean('note', label.note),
    printedAt: text('printedAt', localTime(label.printedAt, label.zone ?? 'Asia/Shanghai')),
    'order.line': text('orderNumber', orderNumber === '' ? '' : `订单 ${orderNumber}`),
    'note.title': text('note', cleanText(label.note) === '' ? '' : '备注'),
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
