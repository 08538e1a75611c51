import type { DeviceBinding } from '#shared/domain/devices/binding.ts'
import { late } from '#electron/devices/print/late.ts'

/** What is used of a device of the package `usb`, whose own types need those of a browser. */
export interface UsbDevice {
  readonly vendorId: number
  readonly productId: number
  readonly manufacturerName: string | null
  readonly productName: string | null
  /** Null where it has none or may not be asked. */
  readonly serialNumber: string | null
  /** Linux: its number, `001`; other systems have names of their own. */
  readonly bus: string
  /** Of the hubs on the way, and the last of them its own. */
  readonly ports: readonly number[]
  readonly configuration: UsbConfiguration | undefined
  readonly configurations: readonly UsbConfiguration[]
  open(): Promise<void>
  close(): Promise<void>
  selectConfiguration(value: number): Promise<void>
  claimInterface(number: number): Promise<void>
  releaseInterface(number: number): Promise<void>
  selectAlternateInterface(number: number, setting: number): Promise<void>
  detachKernelDriver(number: number): Promise<void>
  attachKernelDriver(number: number): Promise<void>
  nativeTransferIn(endpoint: number, timeout: number, length: number): Promise<Uint8Array | null>
  nativeTransferOut(endpoint: number, timeout: number, data: Uint8Array): Promise<number>
  nativeControlTransferIn(
    setup: {
      readonly requestType: 'class' | 'standard'
      readonly recipient: 'interface'
      readonly request: number
      readonly value: number
      readonly index: number
    },
    timeout: number,
    length: number,
  ): Promise<Uint8Array | null>
}

export interface UsbConfiguration {
  readonly configurationValue: number
  readonly interfaces: readonly {
    readonly interfaceNumber: number
    readonly alternates: readonly UsbAlternate[]
  }[]
}

interface UsbAlternate {
  readonly alternateSetting: number
  readonly interfaceClass: number
  readonly interfaceProtocol: number
  readonly endpoints: readonly {
    readonly endpointNumber: number
    readonly direction: 'in' | 'out'
    readonly type: string
    readonly packetSize: number
  }[]
}

interface UsbPackage {
  readonly usb: {
    getDevices(): Promise<readonly UsbDevice[]>
    addEventListener(name: 'connect' | 'disconnect', listener: () => void): void
    removeEventListener(name: 'connect' | 'disconnect', listener: () => void): void
  }
}

const usb = late<UsbPackage>('usb')

export type UsbList = { readonly devices: readonly UsbDevice[] } | { readonly reason: string }

/** Every device on the bus; a reason where it cannot be asked. */
export async function listUsb(): Promise<UsbList> {
  const driver = usb()
  if ('reason' in driver) return driver
  try {
    return { devices: await driver.loaded.usb.getDevices() }
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) }
  }
}

/** Calls when something is plugged in or out, where the system tells; returns how to stop. */
export function watchUsb(changed: () => void): () => void {
  const driver = usb()
  if ('reason' in driver) return () => undefined
  const bus = driver.loaded.usb
  let stopped = false
  let stop = () => undefined as void
  // Listening asks for the list too, and a list that cannot be had there would end the process.
  void listUsb().then((list) => {
    if ('reason' in list || stopped) return
    bus.addEventListener('connect', changed)
    bus.addEventListener('disconnect', changed)
    stop = () => {
      bus.removeEventListener('connect', changed)
      bus.removeEventListener('disconnect', changed)
    }
  })
  return () => {
    stopped = true
    stop()
  }
}

export const bindingOf = (device: UsbDevice): DeviceBinding => ({
  vendor: device.vendorId,
  product: device.productId,
  serial: device.serialNumber ?? '',
  socket: `${device.bus.replace(/^0+(?=\d)/, '')}-${device.ports.join('.')}`,
})

export const nameOf = (device: UsbDevice): string =>
  [device.manufacturerName, device.productName].filter((part) => part !== null).join(' ')
