import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { NoSession, OpenSession, PrinterSession, WriteFault } from './session.ts'
import { createInbox } from './inbox.ts'
import { parseTcpAddress } from './tcp-address.ts'
import { faultWords } from './fault-words.ts'

/** Milliseconds. */
export interface TcpTimes {
  /** From the call to an open connection. */
  readonly connect: number
  /** Without the printer taking another slice of the job. */
  readonly stall: number
  /** That a printer which said nothing has to close the session after the last byte; many never do. */
  readonly linger: number
  /** After the last byte in which a printer that hangs up without a word has not read it, perhaps: a reset follows then. */
  readonly doubt: number
}

const usualTimes: TcpTimes = { connect: 3000, stall: 10_000, linger: 1500, doubt: 300 }

/**
 * Milliseconds after the last byte in which it shows that a printer had hung up before it came. No more: the next label's
 * first byte waits as long.
 */
const glance = 15

/** Slices only make progress visible: the job still leaves in one burst. */
const slice = 64 * 1024

/**
 * A printer's raw socket (TCP 9100). Before the connection stands no byte can have left; after it every fault may have
 * come behind some of them. The half-close comes last, behind all questions: some printers hang up on it.
 */
export function tcpSession(address: string, times: Partial<TcpTimes> = {}): OpenSession {
  const target = parseTcpAddress(address)
  const limits = { ...usualTimes, ...times }
  if (target === undefined) return () => Promise.resolve({ reason: `not a network address: ${address}` })
  return () => openTcp(target, address, limits)
}

function openTcp(
  target: { readonly host: string; readonly port: number },
  address: string,
  limits: TcpTimes,
): Promise<PrinterSession | NoSession> {
  const socket = connect({ ...target, allowHalfOpen: true })
  const inbox = createInbox()
  let connected = false
  /** Why the connection is gone; the printer's own close is no fault once it has the job. */
  let broken: string | undefined
  let hungUp: number | undefined
  /** When the first that was written, which is the job, had left. */
  let written: number | undefined
  let spoke = false
  const whenGone: (() => void)[] = []
  const gone = () => {
    inbox.end()
    for (const tell of whenGone.splice(0)) tell()
  }
  socket.setNoDelay(true)
  socket.on('data', (bytes) => {
    spoke = true
    inbox.put(bytes)
  })
  socket.on('end', () => {
    hungUp ??= performance.now()
    gone()
  })
  socket.on('error', (fault) => {
    broken ??= `${address}: ${faultWords(fault)}`
    gone()
  })
  socket.on('close', () => {
    hungUp ??= performance.now()
    gone()
  })

  /** True when the printer hung up or the connection broke before the time was over. */
  const goneWithin = (milliseconds: number) =>
    new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), milliseconds)
      const tell = () => {
        clearTimeout(timer)
        resolve(true)
      }
      if (broken !== undefined || hungUp !== undefined) tell()
      else whenGone.push(tell)
    })

  /**
   * One that had hung up before the job came answers it with a reset, of which the system tells the next write only: the
   * end of what can be read came first. One that took the job and hung up does not.
   */
  async function awaitReset(from: number): Promise<void> {
    const left = (milliseconds: number) => Math.max(0, from + milliseconds - performance.now())
    await goneWithin(left(glance))
    if (broken !== undefined || hungUp === undefined || hungUp - from > limits.doubt) return
    await sleep(left(limits.doubt))
    await new Promise<void>((resolve) => {
      socket.write('', (fault) => {
        if (fault !== undefined && fault !== null) broken ??= `${address}: ${faultWords(fault)}`
        resolve()
      })
    })
  }

  const session: PrinterSession = {
    read: (milliseconds) => inbox.read(milliseconds),
    write: (bytes) =>
      new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined
        const settle = (reason?: string, nothingLeft = false) => {
          clearTimeout(timer)
          if (reason === undefined) written ??= performance.now()
          const fault: WriteFault | undefined =
            reason === undefined ? undefined : { reason: broken ?? `${address}: ${reason}`, nothingLeft }
          resolve(fault)
        }
        const early = 'closed the connection before the end of the job'
        const next = (from: number) => {
          if (from >= bytes.length) return settle()
          clearTimeout(timer)
          timer = setTimeout(
            () => settle(`took no more after ${from} of ${bytes.length} bytes`),
            limits.stall,
          )
          socket.write(bytes.subarray(from, from + slice), (fault) => {
            if (fault === undefined || fault === null) next(from + slice)
          })
          return undefined
        }
        if (broken !== undefined || hungUp !== undefined) return settle(early, true)
        whenGone.push(() => settle(early))
        return next(0)
      }),
    async close(parting) {
      if (parting === 'brokenOff') {
        // A reset is the only end that a printer need not read up to.
        socket.resetAndDestroy()
        return broken
      }
      if (parting === 'unanswered' && !spoke && written !== undefined) await awaitReset(written)
      socket.end()
      // One that takes a single session takes the next when it has seen the end of this one.
      await goneWithin(parting === 'answered' ? Math.min(200, limits.linger) : limits.linger)
      socket.destroy()
      return broken
    },
  }

  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      broken ??= `${address}: no connection within ${limits.connect} ms`
      gone()
    }, limits.connect)
    whenGone.push(() => {
      clearTimeout(timer)
      if (connected) return
      socket.destroy()
      resolve({ reason: broken ?? `${address}: closed the connection` })
    })
    socket.once('connect', () => {
      clearTimeout(timer)
      connected = true
      resolve(session)
    })
  })
}
