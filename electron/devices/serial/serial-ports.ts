import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type DeviceBinding, isBoundTo, readBinding } from '#shared/domain/devices/binding.ts'
import { usbSocketOf } from '#electron/devices/find/usb-socket.ts'

export interface SerialPlace {
  readonly path: string
  /** What the USB device calls itself; empty where there is none. */
  readonly name: string
  /** Absent for a port that is part of the computer. */
  readonly usb?: DeviceBinding
}

/** The serial ports of this machine. Rejects where the driver is missing. */
export async function listSerialPorts(): Promise<SerialPlace[]> {
  if (process.platform === 'linux') return listFrom('/sys/class/tty')
  const { SerialPort } = await import('serialport')
  return (await SerialPort.list()).map((port) => {
    const usb = {
      vendor: Number.parseInt(port.vendorId ?? '', 16),
      product: Number.parseInt(port.productId ?? '', 16),
      serial: port.serialNumber ?? '',
    }
    const named = 'friendlyName' in port && typeof port.friendlyName === 'string' ? port.friendlyName : ''
    const place = { path: port.path, name: named === '' ? (port.manufacturer ?? '') : named }
    return Number.isNaN(usb.vendor) || Number.isNaN(usb.product) ? place : { ...place, usb }
  })
}

/** Linux: the ports of `/sys/class/tty` that something is behind, without the help of udev. */
export function listFrom(folder: string): SerialPlace[] {
  return namesIn(folder)
    .filter((name) => /^tty(?:S|USB|ACM|AMA|MXUSB|XRUSB)\d+$/.test(name))
    .flatMap((name) => {
      const device = realPath(join(folder, name, 'device'))
      if (device === undefined) return []
      const usb = usbAbove(device)
      // Empty sockets of the board are listed too: a UART that was found has a type.
      if (usb === undefined && /^0$/.test(textOf(join(folder, name, 'type')))) return []
      return [
        {
          path: join('/dev', name),
          name: usb?.name ?? '',
          ...(usb === undefined ? {} : { usb: usb.binding }),
        },
      ]
    })
}

/** The path to open for an address: itself, or where the bound device is now; undefined while it is nowhere. */
export async function findSerialPort(
  address: string,
  list: () => Promise<readonly SerialPlace[]> = listSerialPorts,
): Promise<string | undefined> {
  const binding = readBinding(address)
  if (binding === undefined) return address
  return (await list()).find((place) => place.usb !== undefined && isBoundTo(binding, place.usb))?.path
}

/** The USB device that a node of sysfs hangs on, some folders up. */
function usbAbove(node: string): { readonly binding: DeviceBinding; readonly name: string } | undefined {
  for (let folder = node, steps = 0; steps < 6; folder = dirname(folder), steps += 1) {
    const vendor = textOf(join(folder, 'idVendor'))
    if (vendor === '') continue
    return {
      binding: {
        vendor: Number.parseInt(vendor, 16),
        product: Number.parseInt(textOf(join(folder, 'idProduct')), 16),
        serial: textOf(join(folder, 'serial')),
        ...usbSocketOf(node),
      },
      name: [textOf(join(folder, 'manufacturer')), textOf(join(folder, 'product'))].join(' ').trim(),
    }
  }
  return undefined
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
