import { setTimeout as sleep } from 'node:timers/promises'
import type { PrinterStatus } from '#shared/domain/devices/printer-status.ts'
import { waitsInQueue } from '#shared/domain/labels/waits-in-queue.ts'
import type { SendOutcome } from '#electron/ports/label-printer.ts'

/** A job that a queue of the system has taken. */
export interface QueuedJob {
  readonly queue: string
  isListed(): Promise<boolean>
  status(): Promise<PrinterStatus>
}

/** Milliseconds. */
export interface QueueTimes {
  readonly poll: number
  /** That a job has to leave its queue before we stop looking. */
  readonly confirm: number
}

export const usualQueueTimes: QueueTimes = { poll: 300, confirm: 5000 }

/**
 * Looks whether a job leaves its queue. One that stays comes out whenever its printer is back, so nobody knows; a printer
 * that seems away at first may only be on the way to it.
 */
export async function followJob(job: QueuedJob, times: QueueTimes): Promise<SendOutcome> {
  const end = performance.now() + times.confirm
  while (await job.isListed()) {
    const status = await job.status()
    if (status.kind === 'trouble') return { kind: 'sent', troubles: status.troubles }
    if (performance.now() >= end) return waiting(job.queue)
    await sleep(times.poll)
  }
  return { kind: 'sent' }
}

export const waiting = (queue: string): SendOutcome => ({
  kind: 'unknown',
  reason: waitsInQueue(queue),
})
