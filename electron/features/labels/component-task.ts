import type { ComponentPlatform } from '#shared/domain/devices/component-address.ts'
import type { ShippingLabel } from '#electron/ports/label-press.ts'
import type { ComponentTask } from '#electron/ports/print-component.ts'

/** A label with what the area under its waybill may say. No word of the receiver: the sealed part has them. */
export interface ComponentLabel extends Pick<
  ShippingLabel,
  'waybill' | 'orderNumber' | 'shop' | 'slot' | 'contents' | 'note'
> {
  readonly id: string
  /** How often it went to a printer, this time included. */
  readonly prints: number
  /** The name of the bench that prints it, or empty. */
  readonly bench: string
}

export interface WaybillPrintData {
  /** JSON, as the marketplace gave it; null where the number came without. */
  readonly printData: string | null
  /** The number of the order that the data was made for; null where it was not said. */
  readonly order: string | null
  /** Null: whichever component prints it. */
  readonly platform: string | null
}

export interface ComponentTarget {
  readonly platform: ComponentPlatform
  /** As the component calls it; null where nobody chose one. */
  readonly printer: string | null
  /** Where the shop's template for the area under the waybill lies; null: nothing is printed there. */
  readonly customTemplate: string | null
}

/** Why a label cannot go to a component at all: trying again changes nothing. */
export type ComponentRefusal =
  | 'noComponentPrinter'
  | 'noPrintData'
  | 'printDataUnreadable'
  | 'printDataOfOtherPlatform'
  | 'printDataOfOtherOrder'

/** The task that prints a label, named anew for each print. `params`: what the platform wants freshly signed. */
export function componentTask(
  label: ComponentLabel,
  kept: WaybillPrintData,
  target: ComponentTarget,
  params?: string,
):
  | { readonly ok: true; readonly task: ComponentTask }
  | { readonly ok: false; readonly reason: ComponentRefusal } {
  if (target.printer === null || target.printer === '') return { ok: false, reason: 'noComponentPrinter' }
  if (kept.printData === null) return { ok: false, reason: 'noPrintData' }
  if (kept.platform !== null && kept.platform !== target.platform)
    return { ok: false, reason: 'printDataOfOtherPlatform' }
  // It names its receiver, whom nobody here can read: on another box the parcel goes to a stranger.
  if (kept.order !== label.orderNumber) return { ok: false, reason: 'printDataOfOtherOrder' }
  const printData = readObject(kept.printData)
  if (printData === undefined) return { ok: false, reason: 'printDataUnreadable' }
  return {
    ok: true,
    task: {
      id: `${label.id}-${label.prints}`,
      printer: target.printer,
      waybill: label.waybill,
      printData,
      ...(target.customTemplate === null
        ? {}
        : { custom: { templateUrl: target.customTemplate, data: customArea(label) } }),
      ...(params === undefined ? {} : { params }),
    },
  }
}

/** The names that a shop's template may use; written down in docs/formats.md. */
const customArea = ({ orderNumber, shop, slot, bench, contents, note }: ComponentLabel) => ({
  order: orderNumber,
  shop,
  slot,
  bench,
  items: contents.join('\n'),
  note,
})

function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}
