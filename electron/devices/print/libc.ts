import { promisify } from 'node:util'
import { late } from './late.ts'

type Koffi = typeof import('koffi')
const koffi = late<Koffi>('koffi')

export interface PrinterCalls {
  /** Whether the driver has put out everything that it took. */
  isIdle(fd: number): boolean
  /** The USB printer class' status byte; undefined where the driver has none. */
  portStatus(fd: number): Promise<number | undefined>
}

let calls: PrinterCalls | undefined

/** Calls of Linux that Node has no name for; undefined where they cannot be made. */
export function printerCalls(): PrinterCalls | undefined {
  const driver = process.platform === 'linux' ? koffi() : undefined
  if (driver === undefined || 'reason' in driver) return undefined
  calls ??= bind(driver.loaded)
  return calls
}

/** linux/lp.h: LPGETSTATUS. */
const lpGetStatus = 0x060b
/** poll.h: POLLOUT. */
const pollOut = 4

function bind(native: Koffi): PrinterCalls {
  const libc = native.load(null)
  const pollFd = native.struct({ fd: 'int', events: 'short', revents: 'short' })
  const poll = libc.func('poll', 'int', [native.inout(native.pointer(pollFd)), 'ulong', 'int'])
  const ioctl = libc.func('ioctl', 'int', ['int', 'ulong', native.out(native.pointer('int'))])
  // On a thread: it asks the device, which may take its time.
  const ask = promisify<number, number, number[], number>(ioctl.async)
  return {
    isIdle(fd) {
      const asked = { fd, events: pollOut, revents: 0 }
      poll(asked, 1, 0)
      return asked.revents !== 0
    },
    async portStatus(fd) {
      const status = [0]
      const failed = await ask(fd, lpGetStatus, status).catch(() => -1)
      return failed === 0 ? status[0] : undefined
    },
  }
}
