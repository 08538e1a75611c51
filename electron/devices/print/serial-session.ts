import type { SerialPort } from 'serialport'
import { findSerialPort } from '#electron/devices/serial/serial-ports.ts'
import { faultWords } from './fault-words.ts'
import { createInbox } from './inbox.ts'
import { late, within } from './late.ts'
import type { NoSession, OpenSession, PrinterSession } from './session.ts'

/** Milliseconds. */
export interface SerialTimes {
  readonly open: number
  /** Without the port taking another slice of the job, which is a second's worth at its speed. */
  readonly stall: number
}

const usualTimes: SerialTimes = { open: 5000, stall: 10_000 }

const serialport = late<typeof import('serialport')>('serialport')

/** A path or a binding, and bits a second behind an `@`: 9600 where nothing is said. */
export function parseSerialAddress(
  text: string,
): { readonly port: string; readonly baud: number } | undefined {
  const [, port = '', baud = '9600'] = /^(.+?)(?:@(\d{3,7}))?$/.exec(text.trim()) ?? []
  return port === '' ? undefined : { port, baud: Number(baud) }
}

/** A printer on RS-232 or USB-COM, 8N1 without flow control. The port is held for one job and let go. */
export function serialSession(address: string, times: Partial<SerialTimes> = {}): OpenSession {
  const limits = { ...usualTimes, ...times }
  return async () => {
    const target = parseSerialAddress(address)
    if (target === undefined) return { reason: `not a serial port: ${address}` }
    const driver = serialport()
    if ('reason' in driver) return driver
    const path = await findSerialPort(target.port).catch(() => undefined)
    if (path === undefined) return { reason: `${address}: is not plugged in` }
    const port = new driver.loaded.SerialPort({ path, baudRate: target.baud, autoOpen: false })
    const opening = openPort(port, address, target.baud, limits)
    const tooLate: NoSession = { reason: `${address}: did not open within ${limits.open} ms` }
    const session = await within<PrinterSession | NoSession>(limits.open, tooLate, opening)
    // A port that opens after all would be held for ever, and no later job could open it.
    if (session === tooLate)
      void opening.then((one) => ('reason' in one ? undefined : one.close('unanswered')))
    return session
  }
}

function openPort(
  port: SerialPort,
  address: string,
  baud: number,
  limits: SerialTimes,
): Promise<PrinterSession | NoSession> {
  const inbox = createInbox()
  let broken: string | undefined
  const whenGone: (() => void)[] = []
  const gone = (reason: string) => {
    broken ??= `${address}: ${reason}`
    inbox.end()
    for (const tell of whenGone.splice(0)) tell()
  }
  port.on('data', (bytes: Buffer) => inbox.put(bytes))
  port.on('error', (error: Error) => gone(faultWords(error)))
  // Our own close has no error with it.
  port.on('close', (error: Error | null) => {
    if (error !== null) gone(lost)
  })
  const slice = Math.max(64, Math.floor(baud / 10))

  const session: PrinterSession = {
    read: (milliseconds) => inbox.read(milliseconds),
    write: (bytes) =>
      new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined
        const settle = (reason?: string) => {
          clearTimeout(timer)
          // The driver may tell a write that the port is lost before it tells the port.
          if (reason !== undefined) gone(reason)
          resolve(broken === undefined ? undefined : { reason: broken, nothingLeft: false })
        }
        const stalled = (from: number) => {
          clearTimeout(timer)
          timer = setTimeout(
            () => settle(`took no more after ${from} of ${bytes.length} bytes`),
            limits.stall,
          )
        }
        const next = (from: number) => {
          stalled(from)
          if (from >= bytes.length) {
            port.drain((error) => settle(error === null ? undefined : faultWords(error)))
            return
          }
          port.write(bytes.subarray(from, from + slice), (error) => {
            if (error === null || error === undefined) next(from + slice)
            else settle(faultWords(error))
          })
        }
        if (!port.isOpen) gone(lost)
        if (broken !== undefined) return settle(lost)
        whenGone.push(() => settle(lost))
        return next(0)
      }),
    async close() {
      // A port that is lost is closed by the driver before it tells.
      if (!port.isOpen) gone(lost)
      const reason = broken
      if (port.isOpen) await within(2000, undefined, new Promise<void>((done) => port.close(() => done())))
      return reason
    },
  }
  return new Promise((resolve) => {
    port.open((error) => {
      resolve(error === null ? session : { reason: `${address}: ${openWords(error)}` })
    })
  })
}

const lost = 'was unplugged or switched off'

/** The driver puts the system's words into a sentence of its own. */
function openWords({ message }: Error): string {
  if (/no such file|file not found|cannot find|unknown error code (?:2|3)\b/i.test(message))
    return 'is not plugged in'
  if (/inappropriate ioctl|is a directory/i.test(message)) return 'is no serial port'
  if (/lock|access|busy|permission/i.test(message)) return `cannot be opened: ${message}`
  return message
}
