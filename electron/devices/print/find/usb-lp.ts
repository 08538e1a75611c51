import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DeviceBinding } from '#shared/domain/devices/binding.ts'
import { usbSocketOf } from '#electron/devices/find/usb-socket.ts'

export interface UsbLpPlaces {
  /** sysfs' folder with a folder for each `lp*`. */
  readonly nodes: string
  readonly devices: string
}

export const usualUsbLpPlaces: UsbLpPlaces = { nodes: '/sys/class/usbmisc', devices: '/dev/usb' }

export interface UsbLp {
  readonly path: string
  readonly name: string
  /** IEEE 1284 device id, as the printer says it; empty where it says none. */
  readonly deviceId: string
  readonly usb?: DeviceBinding
}

/** The printers that Linux' own driver holds; none on other systems. */
export function listUsbLp({ nodes, devices }: UsbLpPlaces = usualUsbLpPlaces): UsbLp[] {
  return orElse([], () => readdirSync(nodes))
    .filter((name) => /^lp\d+$/.test(name))
    .sort()
    .map((name) => {
      const port = orElse('', () => realpathSync(join(nodes, name, 'device')))
      const device = dirname(port)
      const text = (...path: string[]) => orElse('', () => readFileSync(join(...path), 'utf8').trim())
      const vendor = Number.parseInt(text(device, 'idVendor'), 16)
      const product = Number.parseInt(text(device, 'idProduct'), 16)
      const place = {
        path: join(devices, name),
        name: `${text(device, 'manufacturer')} ${text(device, 'product')}`.trim(),
        deviceId: text(port, 'ieee1284_id'),
      }
      return Number.isNaN(vendor + product)
        ? place
        : { ...place, usb: { vendor, product, serial: text(device, 'serial'), ...usbSocketOf(port) } }
    })
}

function orElse<T>(instead: T, read: () => T): T {
  try {
    return read()
  } catch {
    return instead
  }
}
