import type { PrinterStatus } from '#shared/domain/devices/printer-status.ts'
import type { LabelPrinter, SendOptions, SendOutcome } from '#electron/ports/label-printer.ts'
import { type Drawn, drawWork } from './driver-job.ts'
import { dotsAnInch, paperOf, readDriverPage } from './driver-page.ts'
import { gdi } from './gdi.ts'
import { within } from './late.ts'
import { followJob, type QueueTimes, usualQueueTimes, waiting } from './queued-job.ts'
import { readSpoolerStatus } from './status/spooler.ts'
import { type SpoolerHandle, type Winspool, winspool } from './winspool.ts'

export interface SpoolerTimes extends QueueTimes {
  /** Milliseconds that the spooler has for a job or an answer. */
  readonly answer: number
}

const usualTimes: SpoolerTimes = { ...usualQueueTimes, answer: 15_000 }
/** A driver has more to do, and its job is longer on its way. */
const drawingTimes: SpoolerTimes = { ...usualQueueTimes, confirm: 20_000, answer: 60_000 }

/**
 * A Windows queue that hands bytes on as they are (datatype RAW). Only one-way: what comes back is what the queue knows,
 * and a job that left it proves nothing. A queue opens although its printer is unplugged, and keeps a job until it is
 * plugged in again: one that says it is offline gets none.
 */
export function createSpoolerPrinter(
  queue: string,
  connect: typeof winspool = winspool,
  times: SpoolerTimes = usualTimes,
  put: PutJob = putRaw,
): LabelPrinter {
  /**
   * Calls that the spooler has not come back from. It gets none beside them: each holds one of the few threads that
   * files need too, and a queue on a dead server would soon hold them all.
   */
  let owed = 0
  async function ask<T>(work: Promise<T>, late: () => T): Promise<T> {
    owed += 1
    const answer = work.finally(() => {
      owed -= 1
    })
    const told = answer.then((value) => ({ value }))
    const inTime = await within<{ readonly value: T } | undefined>(times.answer, undefined, told)
    return inTime === undefined ? late() : inTime.value
  }
  const silence = `${queue}: the spooler does not answer`

  return {
    async send(job, options = {}) {
      const spooler = connect()
      if ('reason' in spooler) return { kind: 'notSent', reason: spooler.reason }
      if (owed > 0) return { kind: 'notSent', reason: silence }
      const attempt: Attempt = { queue, job, options, isBegun: false, isGivenUp: false }
      const failed = (reason: string): SendOutcome => ({
        kind: attempt.isBegun ? 'unknown' : 'notSent',
        reason,
      })
      const sending = sendJob(spooler, attempt, times, put).catch((error: unknown) =>
        failed(`${queue}: ${String(error)}`),
      )
      return ask(sending, () => {
        attempt.isGivenUp = true
        return failed(silence)
      })
    },
    async status() {
      const spooler = connect()
      if ('reason' in spooler) return { kind: 'absent', reason: spooler.reason }
      if (owed > 0) return { kind: 'silent' }
      const failed = (error: unknown): PrinterStatus => ({
        kind: 'absent',
        reason: `${queue}: ${String(error)}`,
      })
      return ask(askQueue(spooler, queue).catch(failed), () => ({ kind: 'silent' }))
    },
  }
}

/** A Windows queue whose driver draws the label. A driver proves no more of paper than a raw queue does. */
export const createSpoolerDriver = (
  queue: string,
  connect: typeof winspool = winspool,
  draw: typeof gdi = gdi,
  times: SpoolerTimes = drawingTimes,
): LabelPrinter => createSpoolerPrinter(queue, connect, times, putLabel(draw))

/** A job on its way. Until it is begun nothing of it can come out, and once it is given up it is not begun. */
interface Attempt {
  readonly queue: string
  readonly job: Uint8Array
  readonly options: SendOptions
  isBegun: boolean
  isGivenUp: boolean
}

/** Hands a job to a queue that is open; `drawn` when the queue has it whole. */
type PutJob = (spooler: Winspool, printer: SpoolerHandle, attempt: Attempt) => Promise<Drawn>

async function sendJob(
  spooler: Winspool,
  attempt: Attempt,
  times: QueueTimes,
  put: PutJob,
): Promise<SendOutcome> {
  const { queue, options } = attempt
  const printer = await spooler.open(queue)
  if (printer === undefined) return { kind: 'notSent', reason: `${queue}: ${noSuchQueue}` }
  try {
    const taken = await put(spooler, printer, attempt)
    if (taken.kind !== 'drawn') return taken
    const number = taken.job
    if (!attempt.isGivenUp) options.onSent?.()
    const askStatus = () => statusOf(spooler, printer)
    const isListed = () => isWaiting(spooler, printer, number)
    const outcome = await followJob({ queue, isListed, status: askStatus }, times)
    if (outcome.kind !== 'sent') return outcome
    const status = await askStatus()
    if (status.kind === 'absent') return waiting(queue)
    return status.kind === 'trouble' ? { kind: 'sent', troubles: status.troubles } : outcome
  } finally {
    await spooler.close(printer)
  }
}

/** Windows' one answer to a wrong name, to missing rights and to a spooler that is switched off. */
const noSuchQueue = 'the spooler opens no queue of this name'

async function putRaw(spooler: Winspool, printer: SpoolerHandle, attempt: Attempt): Promise<Drawn> {
  const { queue, job, options } = attempt
  const notSent = (reason: string): Drawn => ({ kind: 'notSent', reason: `${queue}: ${reason}` })
  const before = await statusOf(spooler, printer)
  if (before.kind === 'absent') return notSent(before.reason)
  if (attempt.isGivenUp) return notSent('given up')
  attempt.isBegun = true
  const number = await spooler.startDocument(printer, options.name ?? 'label')
  if (number === 0) return notSent('the spooler takes no job')
  const fault = await putPage(spooler, printer, job)
  // Ended in any case: a document that stays open holds up all behind it.
  const ended = await spooler.endDocument(printer)
  if (fault === undefined && ended) return { kind: 'drawn', job: number }
  return {
    kind: 'unknown',
    reason: `${queue}: ${fault ?? 'the spooler did not take the end of the job'}`,
  }
}

/** The dots of a label, drawn by the queue's driver on paper of the label's size. */
const putLabel =
  (connect: typeof gdi): PutJob =>
  async (spooler, printer, attempt) => {
    const { queue, job, options } = attempt
    const drawing = connect()
    if ('reason' in drawing) return { kind: 'notSent', reason: drawing.reason }
    const page = readDriverPage(job)
    if (page === undefined) return { kind: 'notSent', reason: `${queue}: this job is no label for a driver` }
    const { width, height, bits } = page
    return drawWork(drawing, spooler, printer, {
      queue,
      name: options.name ?? 'label',
      ...paperOf(page),
      pages: page.copies,
      page: async (_, dpi) => ({ width, height, bits: 1, data: bits, dpi: dotsAnInch(page.dpi, dpi) }),
      isWanted: () => !attempt.isGivenUp,
      onBegin: () => {
        attempt.isBegun = true
      },
    })
  }

async function putPage(
  spooler: Winspool,
  printer: SpoolerHandle,
  job: Uint8Array,
): Promise<string | undefined> {
  if (!(await spooler.startPage(printer))) return 'the spooler begins no page'
  for (let taken = 0; taken < job.length;) {
    const count = await spooler.write(printer, job.subarray(taken))
    if (count === 0) return `took no more after ${taken} of ${job.length} bytes`
    taken += count
  }
  return (await spooler.endPage(printer)) ? undefined : 'the spooler did not take the end of the page'
}

async function askQueue(spooler: Winspool, queue: string): Promise<PrinterStatus> {
  const printer = await spooler.open(queue)
  if (printer === undefined) return { kind: 'absent', reason: `${queue}: ${noSuchQueue}` }
  try {
    return await statusOf(spooler, printer)
  } finally {
    await spooler.close(printer)
  }
}

/** PRINTER_ATTRIBUTE_KEEPPRINTEDJOBS: in such a queue every job is listed for ever. */
const keepsPrintedJobs = 0x100

async function isWaiting(spooler: Winspool, printer: SpoolerHandle, number: number): Promise<boolean> {
  const attributes = (await spooler.describe(printer))?.attributes ?? 0
  return (attributes & keepsPrintedJobs) === 0 && spooler.isListed(printer, number)
}

async function statusOf(spooler: Winspool, printer: SpoolerHandle): Promise<PrinterStatus> {
  const known = await spooler.describe(printer)
  return known === undefined ? { kind: 'unasked' } : readSpoolerStatus(known.status, known.attributes)
}
