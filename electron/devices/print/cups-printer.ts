import { setTimeout as sleep } from 'node:timers/promises'
import type { PrinterStatus } from '#shared/domain/devices/printer-status.ts'
import type { LabelPrinter, SendOutcome } from '#electron/ports/label-printer.ts'
import { runTool } from './run-tool.ts'
import { isListed, readCupsQueue } from './status/cups.ts'

/** Milliseconds. */
export interface CupsTimes {
  /** For one program to end. */
  readonly tool: number
  readonly poll: number
  /** That a job has to leave its queue before we stop looking. */
  readonly confirm: number
}

const usualTimes: CupsTimes = { tool: 10_000, poll: 300, confirm: 5000 }

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
      sendToCups({ queue, name, bytes, options: ['raw'] }, limits, onSent),
    status: () => statusOfQueue(queue, limits),
  }
}

/** Hands a job to its queue, and looks for a while whether it leaves it. */
export async function sendToCups(
  job: CupsJob,
  times: CupsTimes = usualTimes,
  onSent?: () => void,
): Promise<SendOutcome> {
  const { queue, name, bytes, options } = job
  const given = await runTool(
    'lp',
    ['-d', queue, '-t', name, ...options.flatMap((option) => ['-o', option])],
    times.tool,
    bytes,
  )
  if (given.kind === 'late')
    return { kind: 'unknown', reason: `${queue}: CUPS did not say that it took the job` }
  if (given.kind === 'missing') return { kind: 'notSent', reason: given.reason }
  if (given.code !== 0) return { kind: 'notSent', reason: `${queue}: ${given.err || 'CUPS refused the job'}` }
  onSent?.()
  const id = /request id is (\S+)/.exec(given.out)?.[1]
  if (id === undefined) return { kind: 'sent' }
  const end = performance.now() + times.confirm
  while (performance.now() < end) {
    const listed = await runTool('lpstat', ['-W', 'not-completed', '-o', queue], times.tool)
    if (listed.kind !== 'ended' || !isListed(listed.out, id)) break
    const status = await statusOfQueue(queue, times)
    if (status.kind === 'trouble') return { kind: 'sent', troubles: status.troubles }
    await sleep(times.poll)
  }
  return { kind: 'sent' }
}

async function statusOfQueue(queue: string, times: CupsTimes): Promise<PrinterStatus> {
  const told = await runTool('lpstat', ['-l', '-p', queue], times.tool)
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
