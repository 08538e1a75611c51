import type { PrinterStatus } from '#shared/domain/devices/printer-status.ts'
import type { LabelPrinter } from '#electron/ports/label-printer.ts'

/** An adapter, which breaks a question off when it is no longer wanted: then its status is `interrupted`. */
export interface AskedPrinter extends LabelPrinter {
  status(isWanted?: () => boolean): Promise<PrinterStatus>
}

/**
 * Jobs and questions of one printer, one after the other in the order they came, because printers take one session at a
 * time. A job waits for no question: one that is under way is broken off.
 */
export interface PrintQueue {
  job<T>(work: () => Promise<T>): Promise<T>
  question<T>(work: (isWanted: () => boolean) => Promise<T>): Promise<T>
}

export function createPrintQueue(): PrintQueue {
  let last: Promise<unknown> = Promise.resolve()
  let jobs = 0
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined) // a fault of one job is told to its caller and must not stop the next
    return turn
  }
  return {
    job(work) {
      jobs += 1
      return inTurn(work).finally(() => {
        jobs -= 1
      })
    },
    question: (work) => inTurn(() => work(() => jobs === 0)),
  }
}

/** The printer as everybody sees it: whoever has it, its jobs and questions stand in one queue. */
export const queued = (printer: AskedPrinter, queue: PrintQueue): LabelPrinter => ({
  send: (job, options) => queue.job(() => printer.send(job, options)),
  status: () =>
    queue.question(async (isWanted) => (isWanted() ? printer.status(isWanted) : { kind: 'interrupted' })),
})
