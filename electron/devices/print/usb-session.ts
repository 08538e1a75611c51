import { setTimeout as sleep } from 'node:timers/promises'
import { isBoundTo, readBinding } from '#shared/domain/devices/binding.ts'
import { bindingOf, listUsb, type UsbDevice } from './find/usb-devices.ts'
import { within } from './late.ts'
import type { OpenSession, PrinterSession } from './session.ts'

export interface UsbTimes {
  /** Milliseconds without the printer taking another slice of the job. */
  readonly stall: number
}

const slice = 16 * 1024

/**
 * USB printer class (7) spoken to directly, for systems whose own driver cannot be used. Linux' driver is put aside for
 * as long as a session lasts and given the printer back.
 */
export function usbSession(address: string, times: Partial<UsbTimes> = {}): OpenSession {
  const { stall = 10_000 } = times
  return async () => {
    const binding = readBinding(address)
    if (binding === undefined) return { reason: `not a USB device: ${address}` }
    const found = await listUsb()
    if ('reason' in found) return found
    const device = found.devices.find((one) => isBoundTo(binding, bindingOf(one)))
    if (device === undefined) return { reason: `${address}: is not plugged in` }
    const port = printerPort(device)
    if (port === undefined) return { reason: `${address}: is no printer` }
    try {
      await claim(device, port)
      return sessionOn(device, port, address, stall)
    } catch (error) {
      await letGo(device, port)
      return { reason: `${address}: ${wordsOf(error)}` }
    }
  }
}

export interface PrinterPort {
  readonly number: number
  readonly setting: number
  readonly out: number
  /** Absent where the printer cannot speak. */
  readonly in: number | undefined
  readonly packet: number
}

/** Printer class, 1.1: protocol 2 is two-way, 1 takes only; 3 (IEEE 1284.4) needs a protocol of its own. */
const protocols = [2, 1]

/** The interface to print through, the most talkative first; undefined where the device is no printer. */
export function printerPort(device: Pick<UsbDevice, 'configurations'>): PrinterPort | undefined {
  const settings = (device.configurations[0]?.interfaces ?? []).flatMap(({ interfaceNumber, alternates }) =>
    alternates.map((alternate) => ({ number: interfaceNumber, alternate })),
  )
  for (const protocol of protocols) {
    for (const { number, alternate } of settings) {
      if (alternate.interfaceClass !== 7 || alternate.interfaceProtocol !== protocol) continue
      const bulk = alternate.endpoints.filter(({ type }) => type === 'bulk')
      const out = bulk.find(({ direction }) => direction === 'out')
      const back = bulk.find(({ direction }) => direction === 'in')
      if (out === undefined) continue
      return {
        number,
        setting: alternate.alternateSetting,
        out: out.endpointNumber,
        in: back?.endpointNumber,
        packet: back?.packetSize ?? 64,
      }
    }
  }
  return undefined
}

async function claim(device: UsbDevice, port: PrinterPort): Promise<void> {
  await device.open()
  if (device.configuration === undefined) await device.selectConfiguration(1)
  // Fails where no driver holds the printer and on systems that have no such call.
  await device.detachKernelDriver(port.number).catch(() => undefined)
  await device.claimInterface(port.number)
  if (port.setting !== 0) await device.selectAlternateInterface(port.number, port.setting)
}

async function letGo(device: UsbDevice, port: PrinterPort): Promise<void> {
  for (const step of [
    () => device.releaseInterface(port.number),
    () => device.attachKernelDriver(port.number),
    () => device.close(),
  ]) {
    await within(
      2000,
      undefined,
      step().catch(() => undefined),
    )
  }
}

function sessionOn(device: UsbDevice, port: PrinterPort, address: string, stall: number): PrinterSession {
  let broken: string | undefined
  return {
    async write(bytes) {
      let taken = 0
      while (taken < bytes.length) {
        if (broken !== undefined) return { reason: broken, nothingLeft: false }
        try {
          const part = Uint8Array.from(bytes.subarray(taken, taken + slice))
          const count = await device.nativeTransferOut(port.out, stall, part)
          if (count <= 0) throw new Error(`took no more after ${taken} of ${bytes.length} bytes`)
          taken += count
        } catch (error) {
          broken = `${address}: ${wordsOf(error)}`
        }
      }
      return undefined
    },
    async read(milliseconds) {
      if (broken !== undefined || port.in === undefined) return undefined
      try {
        const wait = Math.max(5, Math.round(milliseconds))
        const bytes = await device.nativeTransferIn(port.in, wait, port.packet)
        if (bytes !== null && bytes.length > 0) return bytes
        await sleep(Math.min(10, milliseconds)) // a printer that has nothing to say says that at once
        return new Uint8Array()
      } catch (error) {
        if (isLate(error)) return new Uint8Array()
        broken = `${address}: ${wordsOf(error)}`
        return undefined
      }
    },
    async portStatus() {
      const setup = { requestType: 'class', recipient: 'interface', request: 1, value: 0 } as const
      const bytes = await device
        .nativeControlTransferIn({ ...setup, index: port.number }, 1000, 1)
        .catch(() => null)
      return bytes?.[0]
    },
    async close() {
      await letGo(device, port)
      return broken
    },
  }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
/** The driver ends a transfer that took too long by cancelling it. */
const isLate = (error: unknown) => /cancel|time[d -]?out/i.test(wordsOf(error))
