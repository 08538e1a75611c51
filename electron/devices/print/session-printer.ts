import { setTimeout as sleep } from 'node:timers/promises'
import type { PrinterStatus, PrinterTrouble } from '#shared/domain/devices/printer-status.ts'
import type { SendOutcome } from '#electron/ports/label-printer.ts'
import type { AskedPrinter } from './print-queue.ts'
import { ask, type OpenSession, type PrinterSession } from './session.ts'
import { type PrinterAnswer, type StatusDialect, statusOf, type StatusQuestion } from './status/dialect.ts'
import { readPortStatus } from './status/usb-port.ts'

/** Milliseconds. */
export interface AskTimes {
  /** That a printer has for an answer. */
  readonly answer: number
  /** From one question to the next while a job comes out. */
  readonly poll: number
  /** That a job has to come out before we stop asking: it stays `sent`. */
  readonly confirm: number
  /** That a printer may stand still, or seem to have nothing to do, before we stop asking. */
  readonly still: number
  /** That a printer has to get over a question that was broken off, when it lets no job in at once. */
  readonly settle: number
}

export const usualAskTimes: AskTimes = { answer: 1000, poll: 120, confirm: 5000, still: 1000, settle: 250 }

/**
 * A printer that is reached through sessions: one for each job and for each status. Nothing is asked before a job, so
 * that its first byte leaves at once; how it went is asked behind it, in the same session. A printer that has never said
 * anything is not asked behind every job, which would only wait for it, until it answers to `status`; the silence of one
 * that does answer is news, and is waited for.
 */
export function createSessionPrinter(
  open: OpenSession,
  dialect: StatusDialect | undefined,
  times: Partial<AskTimes> = {},
): AskedPrinter {
  const limits = { ...usualAskTimes, ...times }
  let answered = false
  let wasSilent = false
  /** The session before ended within a question, of which a printer that takes one session may not know yet. */
  let brokeOff = false

  async function openForJob(): ReturnType<OpenSession> {
    const session = await open()
    const isEarly = brokeOff && 'reason' in session
    brokeOff = false
    if (!isEarly) return session
    await sleep(limits.settle)
    return open()
  }

  return {
    async send(job, { onSent } = {}) {
      const session = await openForJob()
      if ('reason' in session) return { kind: 'notSent', reason: session.reason }
      const fault = await session.write(job)
      if (fault !== undefined) {
        await session.close('unanswered')
        return { kind: fault.nothingLeft ? 'notSent' : 'unknown', reason: fault.reason }
      }
      onSent?.()
      const seen = await watch(session, answered || !wasSilent ? dialect : undefined, limits)
      const broken = await session.close(seen.heard ? 'answered' : 'unanswered')
      answered ||= seen.heard
      wasSilent ||= seen.silent && broken === undefined
      return outcomeOf(seen, broken)
    },
    async status(isWanted = () => true) {
      const session = await open()
      if ('reason' in session) return { kind: 'absent', reason: session.reason }
      const status = isWanted() ? await inquire(session, dialect, limits, isWanted) : interrupted
      answered ||= status.kind === 'ready' || status.kind === 'busy' || status.kind === 'trouble'
      brokeOff = status.kind === 'interrupted'
      const broken = await session.close(brokeOff ? 'brokenOff' : 'answered')
      return status.kind === 'silent' && broken !== undefined ? { kind: 'absent', reason: broken } : status
    },
  }
}

const interrupted: PrinterStatus = { kind: 'interrupted' }

interface Seen {
  /** The printer said something, so the job before it has arrived. */
  readonly heard: boolean
  /** It was asked, had its time and said nothing. */
  readonly silent: boolean
  readonly printed: boolean
  readonly troubles: readonly PrinterTrouble[]
}

function outcomeOf({ heard, printed, troubles }: Seen, broken: string | undefined): SendOutcome {
  if (printed) return { kind: 'printed' }
  if (broken !== undefined && !heard) return { kind: 'unknown', reason: broken }
  return troubles.length > 0 ? { kind: 'sent', troubles } : { kind: 'sent' }
}

/**
 * Asks until the job is out, something stops it, or the time is over. A printer that never said that it was busy has
 * proved nothing by being idle: clones exist that always say so. Idle counts when it is said twice: between the label
 * before and ours a printer can be idle for a moment.
 */
async function watch(
  session: PrinterSession,
  dialect: StatusDialect | undefined,
  times: AskTimes,
): Promise<Seen> {
  const nothing = { heard: false, silent: false, printed: false, troubles: [] }
  if (dialect === undefined) return { ...nothing, troubles: await portTroubles(session) }
  const [question, ...others] = dialect.questions
  const start = performance.now()
  let heard = false
  let wasBusy = false
  let idle = 0
  /** Since when the printer neither printed nor was ready. */
  let still = start
  for (;;) {
    const first = await ask(session, question, times.answer)
    if (first === undefined) return { ...nothing, heard }
    let answer = dialect.read([first])
    // Silence may be what a printer says when it stands still; ESC/POS spreads its troubles over several answers.
    if (answer === undefined || !dialect.provesPrint) {
      answer = dialect.read([first, ...(await askEach(session, others, times))])
      heard ||= answer !== undefined
      const troubles = answer?.troubles ?? (await portTroubles(session))
      return { ...nothing, heard, silent: !heard, troubles }
    }
    heard = true
    const troubles = answer.troubles.filter((trouble) => trouble !== 'takeLabel') // that label is out
    wasBusy ||= answer.busy
    idle = wasBusy && !answer.busy && troubles.length === 0 ? idle + 1 : 0
    if (idle === 2) return { ...nothing, heard, printed: true }
    const now = performance.now()
    if (answer.busy && troubles.length === 0) still = now
    if (now - still > times.still || now - start > times.confirm) {
      return { ...nothing, heard, troubles: answer.troubles }
    }
    await sleep(times.poll)
  }
}

async function inquire(
  session: PrinterSession,
  dialect: StatusDialect | undefined,
  times: AskTimes,
  isWanted: () => boolean,
): Promise<PrinterStatus> {
  const answers = dialect === undefined ? [] : await askEach(session, dialect.questions, times, isWanted)
  const answer = dialect?.read(answers)
  if (answer !== undefined) return statusOf(answer)
  if (!isWanted()) return interrupted
  const port = await portAnswer(session)
  // The port says that no error is known to it: health only where nobody else can be asked.
  if (port !== undefined && (port.troubles.length > 0 || dialect === undefined)) return statusOf(port)
  return dialect === undefined ? { kind: 'unasked' } : { kind: 'silent' }
}

async function askEach(
  session: PrinterSession,
  questions: readonly StatusQuestion[],
  times: AskTimes,
  isWanted?: () => boolean,
): Promise<Uint8Array[]> {
  const answers: Uint8Array[] = []
  for (const question of questions) {
    const answer = await ask(session, question, times.answer, isWanted)
    if (answer === undefined) break
    answers.push(answer)
  }
  return answers
}

const portTroubles = async (session: PrinterSession) => (await portAnswer(session))?.troubles ?? []

async function portAnswer(session: PrinterSession): Promise<PrinterAnswer | undefined> {
  const byte = await session.portStatus?.()
  return byte === undefined ? undefined : readPortStatus(byte)
}
