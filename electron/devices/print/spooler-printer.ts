import type { PrinterStatus } from '#shared/domain/devices/printer-status.ts'
import type { LabelPrinter, SendOutcome } from '#electron/ports/label-printer.ts'
import { within } from './late.ts'
import { followJob, type QueueTimes, usualQueueTimes, waiting } from './queued-job.ts'
import { readSpoolerStatus } from './status/spooler.ts'
import { type SpoolerHandle, type Winspool, winspool } from './winspool.ts'

/** Milliseconds that the spooler has for a job or an answer. */
const patience = 15_000

/**
 * A Windows queue that hands bytes on as they are (datatype RAW). Only one-way: what comes back is what the queue knows,
 * and a job that left it proves nothing. A queue opens although its printer is unplugged.
 */
export function createSpoolerPrinter(
  queue: string,
  connect: typeof winspool = winspool,
  times: QueueTimes = usualQueueTimes,
): LabelPrinter {
  return {
    async send(job, { name = 'label', onSent } = {}) {
      const spooler = connect()
      if ('reason' in spooler) return { kind: 'notSent', reason: spooler.reason }
      const late: SendOutcome = { kind: 'unknown', reason: `${queue}: the spooler does not answer` }
      const failed = (error: unknown): SendOutcome => ({
        kind: 'unknown',
        reason: `${queue}: ${String(error)}`,
      })
      const sending = sendRaw(spooler, { queue, job, name }, times, () => onSent?.()).catch(failed)
      return within(patience, late, sending)
    },
    async status() {
      const spooler = connect()
      if ('reason' in spooler) return { kind: 'absent', reason: spooler.reason }
      const failed = (error: unknown): PrinterStatus => ({
        kind: 'absent',
        reason: `${queue}: ${String(error)}`,
      })
      return within(patience, { kind: 'silent' }, askQueue(spooler, queue).catch(failed))
    },
  }
}

async function sendRaw(
  spooler: Winspool,
  { queue, job, name }: { readonly queue: string; readonly job: Uint8Array; readonly name: string },
  times: QueueTimes,
  onSent: () => void,
): Promise<SendOutcome> {
  const printer = await spooler.open(queue)
  if (printer === undefined) return { kind: 'notSent', reason: `${queue}: there is no such queue` }
  try {
    const number = await spooler.startDocument(printer, name)
    if (number === 0) {
      return { kind: 'notSent', reason: `${queue}: the spooler takes no job` }
    }
    const fault = await putPage(spooler, printer, job)
    // Ended in any case: a document that stays open holds up all behind it.
    const ended = await spooler.endDocument(printer)
    if (fault !== undefined || !ended) {
      return {
        kind: 'unknown',
        reason: `${queue}: ${fault ?? 'the spooler did not take the end of the job'}`,
      }
    }
    onSent()
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
  if (printer === undefined) return { kind: 'absent', reason: `${queue}: there is no such queue` }
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
