import { readComponentAddress } from '#shared/domain/devices/component-address.ts'
import type { PrinterStatus } from '#shared/domain/devices/printer-status.ts'
import { queueOfWaiting } from '#shared/domain/labels/waits-in-queue.ts'
import type { AreaContext } from '#electron/features/area.ts'
import type { SendOutcome } from '#electron/ports/label-printer.ts'
import { printerById, printers, type PrinterRow } from './repository.ts'

/** Knows how every printer is, and finds a sleeping one before the packer does. */
export interface PrinterWatch {
  /** The last that was heard of a printer; undefined before the first answer. */
  known(printer: string): Known | undefined
  /** A job's outcome tells how its printer is. */
  told(printer: string, outcome: SendOutcome): void
  /** The printer's row has changed: what was known of it is of another one. */
  moved(printer: string): void
  /** Calls after every change; returns how to stop. */
  onChange(listener: () => void): () => void
  /** Begins to ask the printers; before it nothing is asked. */
  start(): void
  close(): void
}

export interface Known {
  readonly status: Learned
  /** ISO-8601 UTC: since when it is so. */
  readonly since: string
  /** It has answered since the start: its silence means something. */
  readonly answers: boolean
}

/** What a question can teach. */
type Learned = Exclude<PrinterStatus, { kind: 'interrupted' }>

/** Somebody has to do something there. */
const isUnwell = (status: PrinterStatus | undefined): boolean =>
  status?.kind === 'trouble' || status?.kind === 'absent'

/**
 * Jobs must not be sent there now: they would be lost, or come out later when nobody expects them. One that only holds a
 * label out to be taken keeps the next until it was.
 */
export const standsStill = (status: PrinterStatus | undefined): boolean =>
  status?.kind === 'absent' ||
  (status?.kind === 'trouble' && status.troubles.some((trouble) => trouble !== 'takeLabel'))

export interface WatchPaces {
  /** Milliseconds between two questions to a printer that is well. */
  readonly idle: number
  /** A printer in trouble is asked sooner, then less and less often. */
  readonly trouble: readonly number[]
}

const usualPaces: WatchPaces = { idle: 20_000, trouble: [1000, 2000, 4000, 8000] }

export function createPrinterWatch(core: AreaContext, paces: WatchPaces = usualPaces): PrinterWatch {
  const heard = new Map<string, Known>()
  /** The printers that are asked in turn, with the timer of the next question; null while one is on its way. */
  const followed = new Map<string, NodeJS.Timeout | null>()
  /** Asked at this moment, and changed since: what they answer is of another one. */
  const changed = new Set<string>()
  const listeners = new Set<() => void>()
  let running = false

  function saw(printer: string, status: Learned): void {
    const before = heard.get(printer)
    const answers = before?.answers === true || status.kind === 'ready' || status.kind === 'busy'
    const same = before !== undefined && JSON.stringify(before.status) === JSON.stringify(status)
    if (same && before.answers === answers) return
    heard.set(printer, { status, since: same ? before.since : core.clock.now(), answers })
    core.announce('devices')
    for (const listener of listeners) listener()
  }

  /** One question and, after a pause, the next; the row is read anew each time, for a printer can be changed. */
  async function follow(id: string, tries: number): Promise<void> {
    const row = printerById(core.db, { id })
    if (row === undefined) {
      followed.delete(id)
      return
    }
    followed.set(id, null)
    const status = await statusOf(core, row).catch((error: unknown): PrinterStatus => ({
      kind: 'absent',
      reason: String(error),
    }))
    if (!running) return
    if (changed.delete(id)) return follow(id, 0)
    // A question broken off says nothing; of a way that has nothing to say it is news once, and ends what was said before.
    const before = heard.get(id)?.status
    const isNews = status.kind !== 'unasked' || before === undefined || isUnwell(before)
    if (status.kind !== 'interrupted' && isNews) saw(id, status)
    const still = isUnwell(status)
    const pause = still
      ? (paces.trouble[Math.min(tries, paces.trouble.length - 1)] ?? paces.idle)
      : paces.idle
    followed.set(id, setTimeout(() => void follow(id, still ? tries + 1 : 0), pause).unref())
  }

  function start(): void {
    running = true
    for (const { id } of printers(core.db, {})) if (!followed.has(id)) void follow(id, 0)
  }

  /** Asks soon: a job has just met trouble, and its end should be seen. */
  function askSoon(printer: string): void {
    const timer = followed.get(printer)
    if (!running || timer === null || timer === undefined) return
    clearTimeout(timer)
    followed.set(printer, setTimeout(() => void follow(printer, 0), paces.trouble[0]).unref())
  }

  return {
    known: (printer) => heard.get(printer),
    told: (printer, outcome) => {
      // One task was refused: that says nothing of the printer.
      if (outcome.kind === 'notSent' && outcome.refused === true) return
      const troubles = 'troubles' in outcome ? outcome.troubles : undefined
      if (troubles !== undefined && troubles.length > 0) saw(printer, { kind: 'trouble', troubles })
      else if (outcome.kind === 'printed') saw(printer, { kind: 'ready' })
      // Its queue cannot hand the job on: away, until the next answer says what else it is.
      else if (outcome.kind === 'unknown' && queueOfWaiting(outcome.reason) !== undefined)
        saw(printer, { kind: 'absent', reason: outcome.reason })
      else if (outcome.kind === 'notSent') saw(printer, { kind: 'absent', reason: outcome.reason })
      // A job that was taken says that the printer is there, not that it is well.
      else if (outcome.kind === 'sent' && heard.get(printer)?.status.kind === 'absent')
        saw(printer, { kind: 'silent' })
      if (outcome.kind !== 'printed') askSoon(printer)
    },
    moved: (printer) => {
      heard.delete(printer)
      if (running) {
        const timer = followed.get(printer)
        if (timer !== undefined && timer !== null) clearTimeout(timer)
        if (timer === null) changed.add(printer)
        else void follow(printer, 0)
      }
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start,
    close: () => {
      running = false
      for (const timer of followed.values()) if (timer !== null) clearTimeout(timer)
      followed.clear()
    },
  }
}

/** Asks a printer, whatever kind it is. */
async function statusOf(core: AreaContext, row: PrinterRow): Promise<PrinterStatus> {
  const { transport, address, language } = row
  if (transport !== 'component') return core.openPrinter({ transport, address, language }).status()
  const place = readComponentAddress(address)
  if (place === undefined) return { kind: 'absent', reason: address }
  const answer = await core.openComponent(place.platform, place.url).printers()
  if (answer.kind === 'absent') return answer
  const printer = answer.printers.find(({ name }) => name === row.component_printer)
  return printer?.enabled === true ? { kind: 'ready' } : { kind: 'trouble', troubles: ['other'] }
}
