/** Opens a connection to one printer for one job or one status. Never throws. */
export type OpenSession = () => Promise<PrinterSession | NoSession>

/** Nothing could be opened, and so nothing has left. */
export interface NoSession {
  readonly reason: string
}

/** A way to a printer while it is open: bytes out, bytes in. No call throws; after a break every call says so. */
export interface PrinterSession {
  /** Puts all bytes out; undefined when the transport has taken the last one. */
  write(bytes: Uint8Array): Promise<WriteFault | undefined>
  /** What the printer says, as it comes: empty after `milliseconds` of silence, undefined when nothing more can come. */
  read(milliseconds: number): Promise<Uint8Array | undefined>
  /** The USB printer class' status byte; undefined where it cannot be had. */
  readonly portStatus?: () => Promise<number | undefined>
  /** Lets the printer go; a reason when the connection broke since the last `write`: bytes that were taken may be lost. */
  close(parting: Parting): Promise<string | undefined>
}

/** `answered`: it said something behind all that was written, so that has arrived. `brokenOff`: a job wants the way, now. */
export type Parting = 'answered' | 'unanswered' | 'brokenOff'

export interface WriteFault {
  readonly reason: string
  /** Certain: the printer got no byte. */
  readonly nothingLeft: boolean
}

/** Milliseconds after which it is seen that an answer is no longer wanted. */
const glance = 10

/**
 * One question: what came until the answer was whole or the time was over; undefined when the session is over instead, or
 * the answer no longer wanted.
 */
export async function ask(
  session: PrinterSession,
  question: { readonly bytes: Uint8Array; isWhole(answer: Uint8Array): boolean },
  milliseconds: number,
  isWanted: () => boolean = () => true,
): Promise<Uint8Array | undefined> {
  let answer = Buffer.alloc(0)
  // What came unasked, or too late for the question before, is no answer to this one.
  await session.read(0)
  if ((await session.write(question.bytes)) !== undefined) return undefined
  const end = performance.now() + milliseconds
  for (let left = milliseconds; left > 0 && !question.isWhole(answer); left = end - performance.now()) {
    const part = await session.read(Math.min(left, glance))
    if (part === undefined || !isWanted()) return undefined
    answer = Buffer.concat([answer, part])
  }
  return answer
}
