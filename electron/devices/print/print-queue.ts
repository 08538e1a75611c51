import type { LabelPrinter } from '#electron/ports/label-printer.ts'

/** Runs one piece of work after the other, in the order they came. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    last = turn.catch(() => undefined) // a fault of one job is told to its caller and must not stop the next
    return turn
  }
}

/** The next job or question only when the one before has its outcome: printers take one session at a time. */
export const inTurn = (printer: LabelPrinter, turns: Turns): LabelPrinter => ({
  send: (job, options) => turns(() => printer.send(job, options)),
  status: () => turns(() => printer.status()),
})
