import { connect } from 'node:net'
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
}

const usualTimes: TcpTimes = { connect: 3000, stall: 10_000, linger: 1500 }

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
  let hungUp = false
  const whenGone: (() => void)[] = []
  const gone = () => {
    inbox.end()
    for (const tell of whenGone.splice(0)) tell()
  }
  socket.setNoDelay(true)
  socket.on('data', (bytes) => inbox.put(bytes))
  socket.on('end', () => {
    hungUp = true
    gone()
  })
  socket.on('error', (fault) => {
    broken ??= `${address}: ${faultWords(fault)}`
    gone()
  })
  socket.on('close', () => {
    hungUp = true
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
      if (broken !== undefined || hungUp) tell()
      else whenGone.push(tell)
    })

  const session: PrinterSession = {
    read: (milliseconds) => inbox.read(milliseconds),
    write: (bytes) =>
      new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined
        const settle = (reason?: string) => {
          clearTimeout(timer)
          const fault: WriteFault | undefined =
            reason === undefined
              ? undefined
              : { reason: broken ?? `${address}: ${reason}`, nothingLeft: false }
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
        if (broken !== undefined || hungUp) return settle(early)
        whenGone.push(() => settle(early))
        return next(0)
      }),
    async close(parting) {
      if (parting === 'brokenOff') {
        // A reset is the only end that a printer need not read up to.
        socket.resetAndDestroy()
        return broken
      }
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
