import type { PrinterStatus } from '#shared/domain/devices/printer-status.ts'
import type { LabelPrinter, SendOutcome } from '#electron/ports/label-printer.ts'
import { driverPdf, paperOf, readDriverPage } from './driver-page.ts'
import { paperOptions } from './media.ts'
import { followJob, type QueueTimes, usualQueueTimes } from './queued-job.ts'
import { runTool } from './run-tool.ts'
import { hasDriver, isGivenUp, isListed, readCupsQueue, readDriver } from './status/cups.ts'

/** Milliseconds. */
export interface CupsTimes extends QueueTimes {
  /** For one program to end. */
  readonly tool: number
}

const usualTimes: CupsTimes = { tool: 10_000, ...usualQueueTimes }

/** What goes to `lp`, and how it is called in the queue's list. */
export interface CupsJob {
  readonly queue: string
  readonly name: string
  readonly bytes: Uint8Array
  /** `-o` options. */
  readonly options: readonly string[]
}

/** A queue of CUPS that hands bytes on as they are: macOS and Linux. What it says is of the queue more than of paper. */
export function createCupsPrinter(queue: string, times: Partial<CupsTimes> = {}): LabelPrinter {
  const limits = { ...usualTimes, ...times }
  return {
    send: (bytes, { name = 'label', onSent } = {}) =>
      giveAndFollow({ queue, name, bytes, options: ['raw'] }, limits, onSent),
    status: () => statusOfQueue(queue, limits.tool),
  }
}

/** That a driver has to draw a label and its printer to take it. */
const drawing: Partial<CupsTimes> = { confirm: 20_000 }

/**
 * A queue of CUPS whose driver draws the label: its dots go there as a PDF in the label's own size. A driver proves no
 * more of paper than a raw queue does.
 */
export function createCupsDriver(queue: string, times: Partial<CupsTimes> = {}): LabelPrinter {
  const limits = { ...usualTimes, ...drawing, ...times }
  return {
    async send(job, { name = 'label', onSent } = {}) {
      const page = readDriverPage(job)
      if (page === undefined)
        return { kind: 'notSent', reason: `${queue}: this job is no label for a driver` }
      // The pages of a PDF would come out of a raw queue as letters.
      const driver = await driverOf(queue, limits.tool)
      if (!hasDriver(driver)) {
        // Of a queue that is not there, or that cannot be asked, nothing is said either.
        const status = driver === '' ? await statusOfQueue(queue, limits.tool) : undefined
        const reason = status?.kind === 'absent' ? status.reason : `${queue}: this queue has no driver`
        return { kind: 'notSent', reason }
      }
      const { widthMm, heightMm } = paperOf(page)
      return giveAndFollow(
        { queue, name, bytes: driverPdf(page), options: paperOptions(widthMm, heightMm) },
        limits,
        onSent,
      )
    },
    status: () => statusOfQueue(queue, limits.tool),
  }
}

async function giveAndFollow(
  job: CupsJob,
  limits: CupsTimes,
  onSent: (() => void) | undefined,
): Promise<SendOutcome> {
  const given = await giveToCups(job, limits.tool)
  if (given.kind !== 'given') return given
  onSent?.()
  const { queue } = job
  const { id } = given
  if (id === undefined) return { kind: 'sent' }
  let waiting = ''
  const isStill = async () => {
    waiting = await jobsOf(queue, 'not-completed', limits.tool)
    return isListed(waiting, id) && !isGivenUp(waiting, id)
  }
  const status = () => statusOfQueue(queue, limits.tool)
  const outcome = await followJob({ queue, isListed: isStill, status }, limits)
  if (outcome.kind !== 'sent' || outcome.troubles !== undefined) return outcome
  // A job that is on its way no more may have been broken off, and then stays listed or does not.
  const isLost = isGivenUp(waiting, id) || isGivenUp(await jobsOf(queue, 'completed', limits.tool), id)
  return isLost ? { kind: 'unknown', reason: `${queue}: the queue gave the job up` } : outcome
}

/** Hands a job to its queue; the id is what the queue calls it. */
export async function giveToCups(
  job: CupsJob,
  patience: number = usualTimes.tool,
): Promise<SendOutcome | { readonly kind: 'given'; readonly id: string | undefined }> {
  const { queue, name, bytes, options } = job
  const given = await runTool(
    'lp',
    ['-d', queue, '-t', name, ...options.flatMap((option) => ['-o', option])],
    patience,
    bytes,
  )
  if (given.kind === 'late')
    return { kind: 'unknown', reason: `${queue}: CUPS did not say that it took the job` }
  if (given.kind === 'missing') return { kind: 'notSent', reason: given.reason }
  if (given.code !== 0) return { kind: 'notSent', reason: `${queue}: ${given.err || 'CUPS refused the job'}` }
  return { kind: 'given', id: /request id is (\S+)/.exec(given.out)?.[1] }
}

async function jobsOf(
  queue: string,
  which: 'completed' | 'not-completed',
  patience: number,
): Promise<string> {
  const listed = await runTool('lpstat', ['-l', '-W', which, '-o', queue], patience)
  return listed.kind === 'ended' ? listed.out : ''
}

async function statusOfQueue(queue: string, patience: number): Promise<PrinterStatus> {
  const told = await runTool('lpstat', ['-l', '-p', queue], patience)
  if (told.kind === 'missing') return { kind: 'absent', reason: told.reason }
  if (told.kind === 'late') return { kind: 'silent' }
  return told.code === 0
    ? readCupsQueue(told.out)
    : { kind: 'absent', reason: `${queue}: ${saidOf(told.err)}` }
}

/** `lpstat` has words of its own for a queue that is not there. */
const saidOf = (fault: string) =>
  fault === '' || /invalid destination name/i.test(fault) ? 'there is no such queue' : fault

/** What the queue's driver is called; empty where there is no such queue or it cannot be asked. */
export async function driverOf(queue: string, patience: number = usualTimes.tool): Promise<string> {
  const told = await runTool('lpoptions', ['-p', queue], patience)
  return told.kind === 'ended' && told.code === 0 ? readDriver(told.out) : ''
}

/** The queues of this machine; none where CUPS is not there. */
export async function listCupsQueues(): Promise<string[]> {
  const told = await runTool('lpstat', ['-e'], usualTimes.tool)
  if (told.kind !== 'ended' || told.code !== 0) return []
  return told.out.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
}
