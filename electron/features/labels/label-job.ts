import { readComponentAddress } from '#shared/domain/devices/component-address.ts'
import type { HeldReason } from '#shared/domain/labels/held.ts'
import { cleanText } from '#shared/domain/labels/clean-text.ts'
import type { AreaContext } from '#electron/features/area.ts'
import { mediaOf, type PrinterRow, printOptions } from '#electron/features/devices/index.ts'
import type { RenderedLabel, ShippingLabel } from '#electron/ports/label-press.ts'
import type { SendOutcome } from '#electron/ports/label-printer.ts'
import { componentTask } from './component-task.ts'
import { layoutOf } from './layouts.ts'
import { type LabelRow, printDataOf } from './repository.ts'
import { shippingLabel } from './shipping-label.ts'

export type LabelJob =
  | {
      readonly send: (onSent: () => void) => Promise<SendOutcome>
      /** What the paper does not say whole, for the ledger: `incomplete: receiver.name`; empty when it does. */
      readonly told: string
    }
  /** Why this label cannot be printed there at all. */
  | { readonly refused: HeldReason | `render: ${string}` }

/** What one printer is sent for one label, ready to leave. */
export function labelJob(core: AreaContext, printer: PrinterRow, label: LabelRow): LabelJob {
  const { transport, address, language } = printer
  const kept = printDataOf(core.db, { courier: label.courier_id, number: label.waybill })
  try {
    if (transport === 'component') return componentJob(core, printer, label, kept)
    // Drawn by us it would say what we know of the receiver, which is masked.
    if (kept !== undefined && kept.printData !== null) return { refused: 'needsComponent' }
    const data = shippingLabel(core, label)
    const rendered = core.labelPress.render(data, mediaOf(printer), layoutOf(core, printer))
    if (rendered.refused !== undefined) return { refused: rendered.refused }
    const job = core.labelPress.encode(rendered.bitmap, language, printOptions(printer))
    return {
      told: incomplete(data, rendered),
      send: async (onSent) =>
        core.openPrinter({ transport, address, language }).send(job, { name: label.id, onSent }),
    }
  } catch (error) {
    return { refused: `render: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** The marketplace's own print component draws the waybill; only the area under it is ours. */
function componentJob(
  core: AreaContext,
  printer: PrinterRow,
  label: LabelRow,
  kept: ReturnType<typeof printDataOf>,
): LabelJob {
  const place = readComponentAddress(printer.address)
  if (place === undefined) return { refused: 'noComponentPrinter' }
  const made = componentTask(
    { ...shippingLabel(core, label), id: label.id, prints: label.prints + 1, bench: label.bench },
    kept ?? { printData: null, platform: null, order: null },
    {
      platform: place.platform,
      printer: printer.component_printer,
      customTemplate: printer.component_template,
    },
  )
  if (!made.ok) return { refused: made.reason }
  return {
    told: '',
    send: async (onSent) => core.openComponent(place.platform, place.url).print(made.task, onSent),
  }
}

/**
 * What a courier must read whole and cannot: it was cut to fit, or characters of it came out as boxes. The characters
 * themselves are a person's and stay out of the ledger.
 */
function incomplete(
  { receiver }: ShippingLabel,
  { cut, missing }: Pick<RenderedLabel, 'cut' | 'missing'>,
): string {
  const fields = (['name', 'phone', 'address'] as const).filter((field) => {
    const text = cleanText(receiver[field])
    return cut.includes(`receiver.${field}`) || missing.some((char) => text.includes(char))
  })
  return fields.length === 0 ? '' : `incomplete: ${fields.map((field) => `receiver.${field}`).join(' ')}`
}
