import type { LabelPrinter } from '#electron/ports/label-printer.ts'

/**
 * Hands jobs on in the order they came, the next only when the one before has its outcome: printers take one
 * session at a time.
 */
export function inTurn(printer: LabelPrinter): LabelPrinter {
  let last: Promise<unknown> = Promise.resolve()
  const next = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined) // a fault of one job is told to its caller and must not stop the next
    return turn
  }
  return {
    send: (job, options) => next(() => printer.send(job, options)),
    status: () => next(() => printer.status()),
  }
}
