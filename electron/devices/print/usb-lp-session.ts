import { constants, type promises } from 'node:fs'
import { open } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { isBoundTo, readBinding } from '#shared/domain/devices/binding.ts'
import { faultWords } from './fault-words.ts'
import { listUsbLp, type UsbLpPlaces, usualUsbLpPlaces } from './find/usb-lp.ts'
import { printerCalls } from './libc.ts'
import type { OpenSession, PrinterSession, WriteFault } from './session.ts'

export interface UsbLpOptions {
  /** Milliseconds without the printer taking another piece of the job. */
  readonly stall?: number
  readonly places?: UsbLpPlaces
}

/**
 * Linux' USB printer driver, `/dev/usb/lp*`. The file is never waited for, which would hold a thread of the pool: it is
 * asked again. `fsync` is no call of this driver, and closing it throws away what it took and has not put out.
 */
export function usbLpSession(address: string, options: UsbLpOptions = {}): OpenSession {
  const { stall = 10_000, places = usualUsbLpPlaces } = options
  return async () => {
    const path = findUsbLp(address, places)
    if (path === undefined) return { reason: `${address}: is not plugged in` }
    try {
      const file = await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY)
      if (await isPort(file)) return sessionOn(file, address, stall)
      await file.close()
      return { reason: `${address}: is no printer port` }
    } catch (error) {
      return { reason: `${address}: ${faultWords(error)}` }
    }
  }
}

/** Linux' number for memory and what stands for nothing (`/dev/mem`, `/dev/null`): Documentation/admin-guide/devices.txt. */
const memoryDevices = 1

/** A file or a disk under this name would be written over, and `/dev/null` would take every label for sent. */
async function isPort(file: promises.FileHandle): Promise<boolean> {
  const facts = await file.stat()
  return facts.isCharacterDevice() && ((facts.rdev >> 8) & 0xfff) !== memoryDevices
}

function findUsbLp(address: string, places: UsbLpPlaces): string | undefined {
  const binding = readBinding(address)
  if (binding === undefined) return address
  return listUsbLp(places).find(({ usb }) => usb !== undefined && isBoundTo(binding, usb))?.path
}

function sessionOn(file: promises.FileHandle, address: string, stall: number): PrinterSession {
  let broken: string | undefined
  const fault = (error: unknown) => {
    broken ??= `${address}: ${faultWords(error)}`
    return broken
  }

  async function put(bytes: Uint8Array): Promise<WriteFault | undefined> {
    if (broken !== undefined) return { reason: broken, nothingLeft: false }
    let taken = 0
    let progress = performance.now()
    while (taken < bytes.length) {
      try {
        const { bytesWritten } = await file.write(bytes, taken)
        taken += bytesWritten
        if (bytesWritten > 0) progress = performance.now()
      } catch (error) {
        if (!isLater(error)) return { reason: fault(error), nothingLeft: false }
        if (performance.now() - progress > stall) {
          const reason = `${address}: took no more after ${taken} of ${bytes.length} bytes`
          return { reason, nothingLeft: taken === 0 }
        }
        await sleep(2)
      }
    }
    return (await emptied())
      ? undefined
      : { reason: `${address}: took the job and kept it`, nothingLeft: false }
  }

  /** What was taken may still lie in the driver. */
  async function emptied(): Promise<boolean> {
    const calls = printerCalls() // loaded here at the earliest: the first byte has left
    if (calls === undefined) {
      await sleep(300)
      return true
    }
    const end = performance.now() + stall
    while (!calls.isIdle(file.fd)) {
      if (performance.now() > end) return false
      await sleep(2)
    }
    return true
  }

  return {
    write: put,
    async read(milliseconds) {
      const end = performance.now() + milliseconds
      const bytes = Buffer.alloc(4096)
      for (;;) {
        if (broken !== undefined) return undefined
        try {
          const { bytesRead } = await file.read(bytes, 0, bytes.length, null)
          if (bytesRead > 0) return bytes.subarray(0, bytesRead)
        } catch (error) {
          if (isOneWay(error)) return undefined
          if (!isLater(error)) {
            fault(error)
            return undefined
          }
        }
        const left = end - performance.now()
        if (left <= 0) return Buffer.alloc(0)
        await sleep(Math.min(10, left))
      }
    },
    portStatus: async () => printerCalls()?.portStatus(file.fd),
    async close() {
      await file.close().catch(() => undefined)
      return broken
    },
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)
const isLater = (error: unknown) => codeOf(error) === 'EAGAIN'
const isOneWay = (error: unknown) => codeOf(error) === 'EINVAL'
