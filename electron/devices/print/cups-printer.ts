import type { PrinterStatus } from '#shared/domain/devices/printer-status.ts'
import type { LabelPrinter, SendOutcome } from '#electron/ports/label-printer.ts'
import { followJob, type QueueTimes, usualQueueTimes } from './queued-job.ts'
import { runTool } from './run-tool.ts'
import { isListed, readCupsQueue } from './status/cups.ts'

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
    async send(bytes, { name = 'label', onSent } = {}) {
      const given = await giveToCups({ queue, name, bytes, options: ['raw'] }, limits.tool)
      if (given.kind !== 'given') return given
      onSent?.()
      const { id } = given
      if (id === undefined) return { kind: 'sent' }
      const isStill = () => isInQueue(queue, id, limits.tool)
      return followJob({ queue, isListed: isStill, status: () => statusOfQueue(queue, limits.tool) }, limits)
    },
    status: () => statusOfQueue(queue, limits.tool),
  }
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

async function isInQueue(queue: string, id: string, patience: number): Promise<boolean> {
  const listed = await runTool('lpstat', ['-W', 'not-completed', '-o', queue], patience)
  return listed.kind === 'ended' && isListed(listed.out, id)
}

async function statusOfQueue(queue: string, patience: number): Promise<PrinterStatus> {
  const told = await runTool('lpstat', ['-l', '-p', queue], patience)
  if (told.kind === 'missing') return { kind: 'absent', reason: told.reason }
  if (told.kind === 'late') return { kind: 'silent' }
  return told.code === 0
    ? readCupsQueue(told.out)
    : { kind: 'absent', reason: `${queue}: ${told.err || 'there is no such queue'}` }
}

/** The queues of this machine; none where CUPS is not there. */
export async function listCupsQueues(): Promise<string[]> {
  const told = await runTool('lpstat', ['-e'], usualTimes.tool)
  if (told.kind !== 'ended' || told.code !== 0) return []
  return told.out.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
}
