import { readComponentAddress } from '#shared/domain/devices/component-address.ts'
import type { AreaContext } from '#electron/features/area.ts'
import {
  mediaOf,
  printerById,
  type PrinterRow,
  printOptions,
  type PrinterWatch,
  standsStill,
} from '#electron/features/devices/index.ts'
import type { SendOutcome } from '#electron/ports/label-printer.ts'
import { layoutOf } from './layouts.ts'
import { componentTask } from './component-task.ts'
import {
  countPrint,
  insertLabelEvent,
  labelById,
  type LabelRow,
  moveLabel,
  movePrinter,
  printDataOf,
  unfinishedLabels,
  waitingLabels,
} from './repository.ts'
import { shippingLabel } from './shipping-label.ts'

/** Takes labels from the ledger to the printer, one at a time, and writes down how far each came. */
export interface PrintService {
  /** Starts a label on its way; comes back at once. Call it after the commit that asked for the label. */
  print(label: string): void
  /** When the label has left, or could not. */
  settled(label: string): Promise<void>
  stateOf(label: string): LabelRow['state'] | undefined
  /** After a start: what was never sent goes now; what may have been sent is marked unknown, never repeated. */
  recover(): void
  idle(): Promise<void>
}

type State = LabelRow['state']

interface Job {
  readonly send: (onSent: () => void) => Promise<SendOutcome>
}
interface Refused {
  /** Why this label cannot be printed there at all. */
  readonly refused: string
}

/** From these a label may start: nothing of it can be on paper. */
const unsent: readonly State[] = ['requested', 'rendered', 'notSent']

export function createPrintService(core: AreaContext, watch: PrinterWatch): PrintService {
  const running = new Map<string, Promise<void>>()
  /** The end of each printer's queue: a label is `sending` only when its turn has come. */
  const queues = new Map<string, Promise<unknown>>()

  /** One event and one state, in one transaction, unless a scan has proved more in the meantime. */
  function move(id: string, from: State, to: State, reason: string): boolean {
    const moved = core.db.transaction((tx) => {
      if (moveLabel(tx, { id, from, to }) === 0) return false
      if (to === 'sending') countPrint(tx, { id })
      insertLabelEvent(tx, { label: id, at: core.clock.now(), state: to, reason, operator: null })
      return true
    })
    if (moved) core.announce('labels', 'packing')
    return moved
  }

  /** The printer that takes the label now: its own, or the spare while its own stands still and the spare does not. */
  function choose(label: LabelRow): PrinterRow | undefined {
    const own = label.printer_id === null ? undefined : printerById(core.db, { id: label.printer_id })
    const spare =
      own === undefined || own.spare_id === null ? undefined : printerById(core.db, { id: own.spare_id })
    if (own === undefined || spare === undefined) return own
    const stands = ({ id }: PrinterRow) => standsStill(watch.known(id)?.status)
    return stands(own) && !stands(spare) ? spare : own
  }

  async function run(id: string): Promise<void> {
    const label = labelById(core.db, { id })
    if (label === undefined || !unsent.includes(label.state)) return
    const printer = choose(label)
    if (printer === undefined) {
      move(id, label.state, 'notSent', 'noPrinter')
      return
    }
    const outcome = await inTurn(printer.id, () => printAt(printer, id))
    if (outcome === undefined) return
    watch.told(printer.id, outcome)
    // Nothing left this machine, and there is a printer for just that case.
    if (outcome.kind === 'notSent' && choose(label)?.id !== printer.id && printer.id === label.printer_id)
      await run(id)
  }

  function inTurn<T>(printer: string, work: () => Promise<T>): Promise<T> {
    const turn = (queues.get(printer) ?? Promise.resolve()).then(work)
    queues.set(
      printer,
      turn.catch(() => undefined),
    )
    return turn
  }

  /** One label at one printer; undefined when it never came to sending. */
  async function printAt(printer: PrinterRow, id: string): Promise<SendOutcome | undefined> {
    // Its turn has come: a scan, a void or another start may have changed it meanwhile.
    const label = labelById(core.db, { id })
    if (label === undefined || !unsent.includes(label.state)) return undefined
    const status = watch.known(printer.id)?.status
    if (status?.kind === 'trouble') {
      // The printer itself says that it cannot print: the job stays here until it can.
      move(id, label.state, 'notSent', `waits: ${status.troubles.join(' ')}`)
      return undefined
    }
    const made = makeJob(printer, label)
    if ('refused' in made) {
      move(id, label.state, 'notSent', made.refused)
      return undefined
    }
    if (!move(id, label.state, 'rendered', '')) return undefined
    if (printer.id !== label.printer_id)
      core.db.transaction((tx) => movePrinter(tx, { id, printer: printer.id }))
    // From here on bytes may reach the printer: a crash before the answer leaves `sending`, which becomes `unknown`.
    if (!move(id, 'rendered', 'sending', printer.name)) return undefined
    let left = false
    const onSent = () => {
      left = true
      move(id, 'sending', 'sent', printer.name)
    }
    const outcome = await made.send(onSent)
    if (outcome.kind === 'printed' || outcome.kind === 'sent') {
      if (!left) onSent()
      if (outcome.kind === 'printed') move(id, 'sent', 'printed', printer.name)
      // This printer says when a label is out, and it did not: the label hangs in it or is lost. The packer looks.
      else if (outcome.troubles !== undefined || watch.known(printer.id)?.confirms === true)
        move(id, 'sent', 'unknown', outcome.troubles?.join(' ') ?? 'not confirmed')
    } else {
      const refused = outcome.kind === 'notSent' && outcome.refused === true
      move(id, left ? 'sent' : 'sending', outcome.kind, `${refused ? 'refused: ' : ''}${outcome.reason}`)
    }
    return outcome
  }

  /** The marketplace's own print component draws the waybill; only the area under it is ours. */
  function componentJob(printer: PrinterRow, label: LabelRow): Job | Refused {
    const place = readComponentAddress(printer.address)
    if (place === undefined) return { refused: 'noComponentPrinter' }
    const made = componentTask(
      {
        ...shippingLabel(core, label),
        id: label.id,
        prints: label.prints + 1,
        bench: label.bench,
      },
      printDataOf(core.db, { courier: label.courier_id, number: label.waybill }) ?? {
        printData: null,
        platform: null,
      },
      {
        platform: place.platform,
        printer: printer.component_printer,
        customTemplate: printer.component_template,
      },
    )
    if (!made.ok) return { refused: made.reason }
    return { send: (onSent) => core.openComponent(place.platform, place.url).print(made.task, onSent) }
  }

  function makeJob(printer: PrinterRow, label: LabelRow): Job | Refused {
    try {
      const { transport, address, language } = printer
      if (transport === 'component') return componentJob(printer, label)
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

  function print(id: string): void {
    const before = running.get(id) ?? Promise.resolve()
    const now = before
      .then(() => run(id))
      .catch((error: unknown) => core.log('error', 'label', { label: id, error: String(error) }))
      .finally(() => {
        if (running.get(id) === now) running.delete(id)
      })
    running.set(id, now)
  }

  // A printer is there again, or its spare is: what surely never left goes now, before somebody looks for it.
  watch.onChange(() => {
    for (const { id } of waitingLabels(core.db, {})) {
      const label = running.has(id) ? undefined : labelById(core.db, { id })
      const printer = label === undefined ? undefined : choose(label)
      if (printer !== undefined && !standsStill(watch.known(printer.id)?.status)) print(id)
    }
  })

  return {
    print,
    settled: async (id) => {
      await running.get(id)
    },
    stateOf: (id) => labelById(core.db, { id })?.state,
    recover: () => {
      for (const { id, state } of unfinishedLabels(core.db, {})) {
        if (state === 'sending') move(id, 'sending', 'unknown', 'stopped while sending')
        else print(id)
      }
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running.values())
    },
  }
}
