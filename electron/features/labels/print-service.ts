import { setTimeout as sleep } from 'node:timers/promises'
import { lastMomentMs } from '#shared/domain/labels/last-moment.ts'
import { queueOfWaiting } from '#shared/domain/labels/waits-in-queue.ts'
import { stopGate } from '#shared/domain/packing/stop-gate.ts'
import type { AreaContext } from '#electron/features/area.ts'
import {
  printerById,
  type PrinterRow,
  type PrinterWatch,
  setConfirms,
  standsStill,
} from '#electron/features/devices/index.ts'
import type { SendOutcome } from '#electron/ports/label-printer.ts'
import { labelJob } from './label-job.ts'
import {
  begunLabels,
  countPrint,
  gateFacts,
  insertLabelEvent,
  labelById,
  labelEvents,
  type LabelRow,
  moveLabel,
  movePrinter,
  sendingLabels,
  unconfirmedLabels,
  waitingLabels,
} from './repository.ts'

/** Takes labels from the ledger to the printer, one at a time, and writes down how far each came. */
export interface PrintService {
  /** Starts a label on its way; comes back at once. Call it after the commit that asked for the label. */
  print(label: string): void
  /** When the label has left, or could not. */
  settled(label: string): Promise<void>
  stateOf(label: string): LabelRow['state'] | undefined
  /** Labels that are on their way, or whose printer may still say what became of them. */
  running(): ReadonlySet<string>
  /** It went to a printer which says itself that it cannot print now, or waits in the queue of one that is away: it may still come out. */
  isStuck(label: string): boolean
  /** After a start: what may have been sent is marked unknown, never repeated. */
  recover(): void
  /**
   * Somebody works here: what was never sent goes now, and again whenever a printer is there. Nothing goes before it: a
   * command line that only asks something prints no label.
   */
  start(): void
  /** A bench has another printer now: what waited for that goes. */
  again(): void
  /**
   * No label begins its way any more; those on their way have a moment to end. What does not end in it is unknown: now
   * where it was sent, at the next start where it was still leaving.
   */
  close(): Promise<void>
}

/** Milliseconds before a label goes again to a printer that took it not and says nothing of being well, by tries. */
const pauses = [0, 2000, 5000, 15_000, 60_000] as const

type State = LabelRow['state']

const ownOf = (label: LabelRow): string | null => label.bench_printer_id ?? label.printer_id

/** Where a printer is reached: another place is another machine, which has refused nothing yet. */
const placeOf = ({ transport, address }: PrinterRow): string => `${transport} ${address}`

/** From these a label may start: nothing of it can be on paper. */
const unsent: readonly State[] = ['requested', 'rendered', 'notSent']

export function createPrintService(core: AreaContext, watch: PrinterWatch): PrintService {
  const running = new Map<string, Promise<void>>()
  /** No label begins its way any more; nothing is written down any more. */
  let [closing, over] = [false, false]
  /** The end of each printer's queue: a label is `sending` only when its turn has come. */
  const queues = new Map<string, Promise<unknown>>()
  /** Labels that did not get away: where, how often, and not before when (performance.now) they are tried there by themselves. */
  const failed = new Map<
    string,
    { readonly at: string; readonly tries: number; readonly notBefore: number }
  >()
  const later = new Map<string, NodeJS.Timeout>()
  /** Labels with the spare, as its row was then, that cannot print them at all: they wait for their own printer. */
  const unfit = new Map<string, string>()
  let started = false
  const stands = ({ id }: PrinterRow) => standsStill(watch.known(id)?.status)

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

  /**
   * The printer that takes the label now: the one that its bench has today, or that one's spare while it stands still and
   * the spare does not. A marketplace's sealed waybill has no spare but another component, and what a spare cannot print
   * has none.
   */
  function choose(label: LabelRow): PrinterRow | undefined {
    const id = ownOf(label)
    const own = id === null ? undefined : printerById(core.db, { id })
    if (own === undefined || own.spare_id === null) return own
    const spare = printerById(core.db, { id: own.spare_id })
    if (spare === undefined || (own.transport === 'component') !== (spare.transport === 'component'))
      return own
    if (!stands(own) || stands(spare) || unfit.get(label.id) === JSON.stringify(spare)) return own
    return spare
  }

  /** A printer cannot take this label: passes it over from now on where it is only the spare, and says whether it is. */
  function passOver(label: LabelRow, printer: PrinterRow): boolean {
    if (printer.id === ownOf(label)) return false
    unfit.set(label.id, JSON.stringify(printer))
    return true
  }

  async function run(id: string): Promise<void> {
    if (closing) return
    const label = labelById(core.db, { id })
    if (label === undefined || !unsent.includes(label.state)) return
    const printer = choose(label)
    if (printer === undefined) {
      move(id, label.state, 'notSent', 'noPrinter')
      return
    }
    const outcome = await inTurn(printer.id, () => printAt(printer.id, id))
    if (outcome === 'refused' || over) return
    // The bench has another printer by now, or this one stands still.
    if (outcome === 'moved') return run(id)
    remember(id, placeOf(printer), outcome)
    if (outcome !== 'waits') watch.told(printer.id, outcome)
    if (outcome !== 'waits' && outcome.kind !== 'notSent') return
    if (outcome !== 'waits' && outcome.refused === true) return passOver(label, printer) ? run(id) : undefined
    // Nothing left this machine, and there may be a printer for just that case.
    const other = choose(label)
    if (other !== undefined && other.id !== printer.id && !stands(other)) await run(id)
  }

  function inTurn<T>(printer: string, work: () => Promise<T>): Promise<T> {
    const turn = (queues.get(printer) ?? Promise.resolve()).then(work)
    queues.set(
      printer,
      turn.catch(() => undefined),
    )
    return turn
  }

  /** So that a queue which refuses and says nothing more is not asked again and again. */
  function remember(id: string, at: string, outcome: SendOutcome | 'waits'): void {
    if (outcome === 'waits') return
    // One that took a label takes the next.
    if (outcome.kind !== 'notSent') return failed.clear()
    const before = failed.get(id)
    const tries = (before?.at === at ? before.tries : 0) + 1
    const pause = pauses[Math.min(tries, pauses.length - 1)] ?? 0
    failed.set(id, { at, tries, notBefore: performance.now() + pause })
  }

  /**
   * One label at one printer: it `waits` for the printer to be well, is `refused` for what no waiting mends, or has `moved`
   * to another printer while it stood in the queue.
   */
  async function printAt(
    printerId: string,
    id: string,
  ): Promise<SendOutcome | 'waits' | 'refused' | 'moved'> {
    if (closing) return 'refused'
    // Its turn has come: a scan, a void, a refund or another start may have changed it meanwhile.
    const label = labelById(core.db, { id })
    if (label === undefined || !unsent.includes(label.state)) return 'refused'
    const printer = choose(label)
    if (printer?.id !== printerId) return 'moved'
    const stop = stopOf(label)
    if (stop !== null) {
      move(id, label.state, 'notSent', `stopped: ${stop}`)
      return 'refused'
    }
    const status = watch.known(printer.id)?.status
    // The printer itself says that it cannot print: the job stays here until it can, or until a person insists.
    if (status?.kind === 'trouble' && standsStill(status) && !isInsisted(label)) {
      move(id, label.state, 'notSent', `waits: ${status.troubles.join(' ')}`)
      return 'waits'
    }
    const job = labelJob(core, printer, label)
    if ('refused' in job) {
      if (passOver(label, printer)) return 'moved'
      move(id, label.state, 'notSent', job.refused)
      return 'refused'
    }
    if (!move(id, label.state, 'rendered', job.told)) return 'refused'
    if (printer.id !== label.printer_id)
      core.db.transaction((tx) => movePrinter(tx, { id, printer: printer.id }))
    // From here on bytes may reach the printer: a crash before the answer leaves `sending`, which becomes `unknown`.
    if (!move(id, 'rendered', 'sending', printer.name)) return 'refused'
    let left = false
    const onSent = () => {
      if (over) return
      left = true
      move(id, 'sending', 'sent', printer.name)
    }
    // What broke off with an error may have been on its way: `sending` it would stay until the next start.
    const outcome = await job
      .send(onSent)
      .catch((error: unknown): SendOutcome => ({ kind: 'unknown', reason: String(error) }))
    if (over) return outcome
    if (!left && (outcome.kind === 'printed' || outcome.kind === 'sent')) onSent()
    conclude(printer, id, left ? 'sent' : 'sending', outcome)
    return outcome
  }

  function conclude(printer: PrinterRow, id: string, from: 'sending' | 'sent', outcome: SendOutcome): void {
    switch (outcome.kind) {
      case 'printed':
        move(id, from, 'printed', printer.name)
        if (printer.confirms === 0) core.db.transaction((tx) => setConfirms(tx, { id: printer.id }))
        return
      case 'sent':
        // This printer says when a label is out, and it did not: the label hangs in it or is lost. The packer looks.
        if (outcome.troubles !== undefined || printer.confirms === 1)
          move(id, from, 'unknown', outcome.troubles?.join(' ') ?? 'not confirmed')
        return
      default: {
        const refused = outcome.kind === 'notSent' && outcome.refused === true
        move(id, from, outcome.kind, `${refused ? 'refused: ' : ''}${outcome.reason}`)
      }
    }
  }

  /** Why the order of this label must not ship now: what the bench knew when it asked may be old by its turn. */
  function stopOf(label: LabelRow): string | null {
    const facts = gateFacts(core.db, { order: label.order_id })
    const gate = facts === undefined ? null : stopGate(facts, 'label', core.clock.now())
    return gate?.kind === 'stop' ? gate.code : null
  }

  /** Somebody stands at the printer and asked for just this paper: printers are wrong about themselves. */
  function isInsisted(label: LabelRow): boolean {
    const last = labelEvents(core.db, { label: label.id }).at(-1)
    return last?.state === 'requested' && last.reason.startsWith('reprint:')
  }

  /** Its queue has it and gives it to the printer as soon as that is back. */
  const isQueued = (id: string) =>
    queueOfWaiting(labelEvents(core.db, { label: id }).at(-1)?.reason ?? '') !== undefined

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

  /** A printer is there again, or its spare is: what surely never left goes now, before somebody looks for it. */
  function goOn(): void {
    if (!started || closing) return
    for (const { id } of waitingLabels(core.db, {})) {
      const label = running.has(id) ? undefined : labelById(core.db, { id })
      const printer = label === undefined ? undefined : choose(label)
      if (printer === undefined || stands(printer)) continue
      // One that says itself that it is well is asked at once.
      const isWell = watch.known(printer.id)?.status.kind === 'ready'
      const before = failed.get(id)
      const pause = isWell || before?.at !== placeOf(printer) ? 0 : before.notBefore - performance.now()
      if (pause <= 0) print(id)
      else if (!later.has(id)) later.set(id, setTimeout(() => (later.delete(id), goOn()), pause).unref())
    }
  }
  watch.onChange(goOn)

  return {
    print,
    settled: async (id) => {
      await running.get(id)
    },
    stateOf: (id) => labelById(core.db, { id })?.state,
    running: () => new Set(running.keys()),
    isStuck: (id) => {
      const { state, printer_id: printer = null } = labelById(core.db, { id }) ?? {}
      if (printer === null || (state !== 'sent' && state !== 'unknown')) return false
      const status = watch.known(printer)?.status.kind
      return status === 'trouble' || (status === 'absent' && isQueued(id))
    },
    again: goOn,
    start: () => {
      if (started) return
      started = true
      for (const { id } of begunLabels(core.db, {})) print(id)
      goOn()
    },
    recover: () => {
      for (const { id } of sendingLabels(core.db, {})) move(id, 'sending', 'unknown', 'stopped while sending')
      // Printers that say when a label is out were not heard to the end.
      for (const { id } of unconfirmedLabels(core.db, {})) move(id, 'sent', 'unknown', 'not confirmed')
    },
    close: async () => {
      closing = true
      for (const timer of later.values()) clearTimeout(timer)
      const ended = new AbortController()
      // An aborted pause is no fault.
      const pause = sleep(lastMomentMs, undefined, { signal: ended.signal }).catch(() => undefined)
      await Promise.race([Promise.all(running.values()), pause])
      ended.abort()
      // Nobody hears any more what becomes of these.
      for (const id of running.keys()) move(id, 'sent', 'unknown', 'stopped while sending')
      over = true
    },
  }
}
