const before = 'waits in the queue of '

/** What the ledger says of a label that its system's queue still holds: it comes out when the printer is back. */
export const waitsInQueue = (queue: string): string => `${before}${queue}`

/** The queue that holds a label of which this is said; undefined where something else is said. */
export const queueOfWaiting = (reason: string): string | undefined =>
  reason.startsWith(before) ? reason.slice(before.length) : undefined
