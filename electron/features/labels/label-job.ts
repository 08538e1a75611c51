import { readComponentAddress } from '#shared/domain/devices/component-address.ts'
import type { HeldReason } from '#shared/domain/labels/held.ts'
import type { AreaContext } from '#electron/features/area.ts'
import { mediaOf, type PrinterRow, printOptions } from '#electron/features/devices/index.ts'
import type { SendOutcome } from '#electron/ports/label-printer.ts'
import { componentTask } from './component-task.ts'
import { layoutOf } from './layouts.ts'
import { type LabelRow, printDataOf } from './repository.ts'
import { shippingLabel } from './shipping-label.ts'

export type LabelJob =
  | { readonly send: (onSent: () => void) => Promise<SendOutcome> }
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
    const rendered = core.labelPress.render(
      shippingLabel(core, label),
      mediaOf(printer),
      layoutOf(core, printer),
    )
    if (rendered.refused !== undefined) return { refused: rendered.refused }
    const job = core.labelPress.encode(rendered.bitmap, language, printOptions(printer))
    return {
      send: (onSent) =>
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
    kept ?? { printData: null, platform: null },
    {
      platform: place.platform,
      printer: printer.component_printer,
      customTemplate: printer.component_template,
    },
  )
  if (!made.ok) return { refused: made.reason }
  return { send: (onSent) => core.openComponent(place.platform, place.url).print(made.task, onSent) }
}
