import { connect, type Socket } from 'node:net'
import type { LabelPrinter, SendOutcome } from '#electron/ports/label-printer.ts'
import { parseTcpAddress } from './tcp-address.ts'

export interface TcpPrinterTimes {
  /** Milliseconds from the call to an open connection. */
  readonly connect: number
  /** Milliseconds without the printer taking another slice of the job. */
  readonly stall: number
  /** Milliseconds that the printer has to close the session after the last byte; many never do. */
  readonly linger: number
}

const usualTimes: TcpPrinterTimes = { connect: 3000, stall: 10_000, linger: 1500 }

/** Slices only make progress visible: the job still leaves in one burst. */
const slice = 64 * 1024

/**
 * A printer's raw socket (TCP 9100): connect, one burst, half-close, wait for the printer's close, one session a job.
 * Before the connection stands no byte can have left, so every fault until then is `notSent`; every fault after it is
 * `unknown`. Silence after the last byte was taken is `sent`: the transport did all it can tell.
 */
export function createTcpPrinter(address: string, times: Partial<TcpPrinterTimes> = {}): LabelPrinter {
  const target = parseTcpAddress(address)
  const limits = { ...usualTimes, ...times }
  return {
    status: () => Promise.resolve({ kind: 'unasked' }),
    send(job) {
      if (target !== undefined) return sendOnce(connect(target), job, address, limits)
      return Promise.resolve({ kind: 'notSent', reason: `not a network address: ${address}` })
    },
  }
}

function sendOnce(
  socket: Socket,
  job: Uint8Array,
  address: string,
  limits: TcpPrinterTimes,
): Promise<SendOutcome> {
  return new Promise((resolve) => {
    let stage: 'connecting' | 'sending' | 'flushed' = 'connecting'
    let timer: NodeJS.Timeout | undefined

    const settle = (outcome: SendOutcome) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(outcome)
    }
    const fail = (reason: string) => {
      const told = `${address}: ${reason}`
      settle(stage === 'connecting' ? { kind: 'notSent', reason: told } : { kind: 'unknown', reason: told })
    }
    const within = (milliseconds: number, late: () => void) => {
      clearTimeout(timer)
      timer = setTimeout(late, milliseconds)
    }
    const write = (from: number) => {
      if (from >= job.length) {
        socket.end()
        return
      }
      within(limits.stall, () => fail(`took no more after ${from} of ${job.length} bytes`))
      socket.write(job.subarray(from, from + slice), (fault) => {
        if (fault === undefined || fault === null) write(from + slice)
      })
    }

    socket.setNoDelay(true)
    socket.resume() // unread answers would turn our close into a reset, which discards what the printer has not read
    socket.once('connect', () => {
      stage = 'sending'
      write(0)
    })
    socket.once('finish', () => {
      stage = 'flushed'
      within(limits.linger, () => settle({ kind: 'sent' }))
    })
    // Without 'finish' the printer hung up before it had the whole job.
    socket.once('end', () => {
      if (stage !== 'flushed') fail('closed the connection before the end of the job')
    })
    socket.once('error', (fault) => fail(describe(fault)))
    socket.once('close', () => {
      if (stage === 'flushed') settle({ kind: 'sent' })
      else fail('closed the connection before the end of the job')
    })
    within(limits.connect, () => fail(`no connection within ${limits.connect} ms`))
  })
}

/** A host with several addresses fails with one error for each: the last one tells why. */
function describe(fault: Error): string {
  const last: unknown = fault instanceof AggregateError ? fault.errors.at(-1) : fault
  const code: unknown = last instanceof Error && 'code' in last ? last.code : undefined
  return typeof code === 'string' ? `${words[code] ?? 'failed'} (${code})` : fault.message
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'broke the connection off',
  EPIPE: 'broke the connection off',
  ETIMEDOUT: 'does not answer',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  ENOTFOUND: 'has no such name in the network',
  EAI_AGAIN: 'its name cannot be looked up now',
}
