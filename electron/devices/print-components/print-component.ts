import { randomUUID } from 'node:crypto'
import type { SendOutcome } from '#electron/ports/label-printer.ts'
import type { ComponentPrinters, ComponentTask, PrintComponent } from '#electron/ports/print-component.ts'
import { createConnection } from './connection.ts'
import { type Fields, isFields } from './fields.ts'
import { createMailbox, type Mailbox } from './mailbox.ts'
import type { Platform, Saying } from './platform.ts'

export interface ComponentTimes {
  /** Milliseconds from the call to an open connection. */
  readonly connect: number
  /** Milliseconds from a request to its answer; for a task, to its being taken. */
  readonly answer: number
  /** Milliseconds from a task's being taken to the word that it is out. */
  readonly finish: number
  /** Milliseconds in which a task whose end was not heard of is asked for. */
  readonly settle: number
  /** Milliseconds before it is asked for again; doubled each time. */
  readonly retry: number
}

/** A longer message is read by nobody: our answers are short, and previews are never asked for. */
const longest = 1_000_000

type News = Saying | { readonly kind: 'lost' } | { readonly kind: 'closed' }

/**
 * A task is written once and never again. Before it was written every fault is `notSent`; afterwards only the
 * component's own word about this very task settles it, and whatever leaves a doubt about paper is `unknown`.
 */
export function createPrintComponent(
  platform: Platform,
  address: string,
  times: ComponentTimes,
  note: (text: string) => void,
): PrintComponent {
  const waiting = new Map<string, { readonly mailbox: Mailbox<News>; readonly waybill?: string }>()
  const turns = new Map<string, Promise<unknown>>()
  let closed = false

  const tellAll = (news: News) => {
    for (const { mailbox } of waiting.values()) mailbox.put(news)
  }
  const connection = createConnection(address, times.connect, {
    text: hear,
    binary: () => note(`${address}: ignored a message that is no text`),
    lost: () => tellAll({ kind: 'lost' }),
  })

  function hear(text: string): void {
    const message = text.length > longest ? undefined : readJson(text)
    const answers = message === undefined ? [] : platform.read(message, (task) => waiting.get(task)?.waybill)
    if (answers.length === 0) note(`${address}: ignored a message of ${text.length} characters`)
    for (const { about, says } of answers) {
      const mailbox = waiting.get(about)?.mailbox
      if (mailbox === undefined) note(`${address}: ignored "${says.kind}" about something else`)
      else mailbox.put(says)
    }
  }

  async function awaiting<T>(
    { id, waybill }: { readonly id: string; readonly waybill?: string },
    work: (mailbox: Mailbox<News>) => Promise<T>,
  ): Promise<T> {
    const mailbox = createMailbox<News>()
    waiting.set(id, { mailbox, ...(waybill !== undefined && { waybill }) })
    try {
      return await work(mailbox)
    } finally {
      waiting.delete(id)
    }
  }

  /** Why there is no connection, or undefined. */
  async function open(): Promise<string | undefined> {
    const fault = closed ? undefined : await connection.open()
    return closed ? closedReason : fault // closed while it connected, perhaps
  }
  const write = (message: Fields): boolean => connection.send(JSON.stringify(message))

  async function printOne(task: ComponentTask, onAccepted?: () => void): Promise<SendOutcome> {
    const asked = platform.askPrint(task)
    if (!asked.ok) return { kind: 'notSent', reason: asked.reason, refused: true }
    const fault = await open()
    if (fault !== undefined) return { kind: 'notSent', reason: fault }
    // From here on nothing is awaited before the task is written: what is heard then is about this connection.
    return awaiting(task, async (mailbox) => {
      if (!write(asked.message)) return { kind: 'notSent', reason: `${address}: the connection broke off` }
      let accepted = false
      let rendered: Rendered = 'unheard'
      let until = performance.now() + times.answer
      for (;;) {
        const news = await mailbox.next(until - performance.now())
        if (news === undefined) return settle(task.id, mailbox, rendered, accepted ? silent : unanswered)
        if (news.kind === 'lost') return settle(task.id, mailbox, rendered, brokenOff)
        if (news.kind === 'rendered') rendered = 'heard'
        if (!accepted && meansAccepted.has(news.kind)) {
          accepted = true
          until = performance.now() + times.finish
          onAccepted?.()
        }
        const outcome = outcomeOf(news, rendered)
        if (outcome !== undefined) return outcome
      }
    })
  }

  /** Asks what became of a task, over a new connection where the old one is gone; the task itself is not sent again. */
  async function settle(
    task: string,
    mailbox: Mailbox<News>,
    before: Rendered,
    why: string,
  ): Promise<SendOutcome> {
    const unknown: SendOutcome = { kind: 'unknown', reason: `${address}: ${why}` }
    if (platform.askStatus === undefined) return unknown
    const until = performance.now() + times.settle
    let rendered: Rendered = before === 'heard' ? before : 'perhaps' // drawn while nobody heard
    let pause = times.retry
    let askAgain = 0
    while (performance.now() < until) {
      if (performance.now() >= askAgain) {
        if ((await open()) === undefined) write(platform.askStatus(randomUUID(), task))
        askAgain = performance.now() + pause
        pause *= 2
      }
      const news = await mailbox.next(Math.min(askAgain, until) - performance.now())
      if (news?.kind === 'rendered') rendered = 'heard'
      const outcome = news === undefined ? undefined : outcomeOf(news, rendered)
      if (outcome !== undefined) return outcome
    }
    return unknown
  }

  return {
    async printers(): Promise<ComponentPrinters> {
      const request = randomUUID()
      const fault = await open()
      if (fault !== undefined) return { kind: 'absent', reason: fault }
      return awaiting({ id: request }, async (mailbox) => {
        if (!write(platform.askPrinters(request)))
          return { kind: 'absent', reason: `${address}: the connection broke off` }
        const news = await mailbox.next(times.answer)
        if (news?.kind === 'printers') return { kind: 'printers', printers: news.printers }
        const reason = news?.kind === 'noPrinters' ? news.reason : 'does not say which printers it has'
        return { kind: 'absent', reason: `${address}: ${reason}` }
      })
    },
    print(task, onAccepted) {
      const key = platform.oneTaskAt === 'connection' ? '' : task.printer
      const turn = (turns.get(key) ?? Promise.resolve()).then(() => printOne(task, onAccepted))
      turns.set(
        key,
        turn.catch(() => undefined), // a fault of one task is told to its caller and must not stop the next
      )
      return turn
    },
    close() {
      closed = true
      tellAll({ kind: 'closed' })
      connection.close()
    },
  }
}

const unanswered = 'the print component does not answer the task'
const silent = 'the print component took the task and says no more'
const brokenOff = 'the connection broke off after the task had left'
const meansAccepted: ReadonlySet<News['kind']> = new Set(['accepted', 'rendered', 'printed', 'taken'])
const closedReason = 'the connection to the print component was closed here'

/** Whether the component has said of a task that its label is drawn, or may have said it when nobody heard. */
type Rendered = 'unheard' | 'perhaps' | 'heard'

/** Undefined while the task is still under way. What was drawn may be out, whatever is said of it afterwards. */
function outcomeOf(news: News, rendered: Rendered): SendOutcome | undefined {
  switch (news.kind) {
    case 'printed':
      return { kind: 'printed' }
    case 'taken':
      return { kind: 'sent' }
    case 'failed': {
      const nothingOut =
        (news.paper === 'none' && rendered !== 'heard') ||
        (news.paper === 'ifRendered' && rendered === 'unheard')
      const { reason } = news
      return nothingOut ? { kind: 'notSent', reason, refused: true } : { kind: 'unknown', reason }
    }
    case 'closed':
      return { kind: 'unknown', reason: closedReason }
    default:
      return undefined
  }
}

function readJson(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isFields(value) ? value : undefined
  } catch {
    return undefined
  }
}
