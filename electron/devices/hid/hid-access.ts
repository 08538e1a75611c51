import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DeviceBinding } from '#shared/domain/devices/binding.ts'
import { usbSocketOf } from '#electron/devices/find/usb-socket.ts'
import { parseReportDescriptor } from './report-descriptor.ts'

export interface HidPlace extends DeviceBinding {
  readonly path: string
  /** As the device calls itself; may be empty. */
  readonly name: string
  /** Usage pages of what is behind this path. */
  readonly pages: readonly number[]
  /** The report descriptor, where the system shows it. */
  readonly descriptor?: Uint8Array
}

/** An open device; node-hid's `HIDAsync` is one. */
export interface HidHandle {
  on(event: 'data', heard: (report: Uint8Array) => void): unknown
  on(event: 'error', heard: (error: unknown) => void): unknown
  sendFeatureReport(data: number[]): Promise<number>
  close(): Promise<void>
}

/** The way to HID devices. Both reject where the system's part is missing; `open` also where the device is gone. */
export interface HidAccess {
  list(): Promise<readonly HidPlace[]>
  open(path: string): Promise<HidHandle>
}

/** The devices of this machine. node-hid is loaded at the first use. */
export function systemHid(): HidAccess {
  return {
    list: async () => (process.platform === 'linux' ? listFrom('/sys/class/hidraw') : await listByDriver()),
    async open(path) {
      const { HIDAsync } = await import('node-hid')
      return await HIDAsync.open(path)
    },
  }
}

async function listByDriver(): Promise<HidPlace[]> {
  const { devicesAsync } = await import('node-hid')
  const places = new Map<string, HidPlace>()
  for (const found of await devicesAsync()) {
    if (found.path === undefined) continue
    const known = places.get(found.path)?.pages ?? []
    places.set(found.path, {
      path: found.path,
      vendor: found.vendorId,
      product: found.productId,
      serial: found.serialNumber ?? '',
      name: found.product ?? '',
      pages: [...known, found.usagePage ?? 0],
    })
  }
  return [...places.values()]
}

/**
 * Linux tells of its hidraw devices in files, descriptor included: some reads instead of opening each device, so that
 * looking twice a second for one that was unplugged costs nothing.
 */
export function listFrom(folder: string): HidPlace[] {
  return namesIn(folder).flatMap((node) => {
    const device = join(folder, node, 'device')
    try {
      const about = readFileSync(join(device, 'uevent'), 'utf8')
      const [, vendor = '', product = ''] =
        /^HID_ID=[0-9A-F]+:0*([0-9A-F]{4}):0*([0-9A-F]{4})$/im.exec(about) ?? []
      const descriptor = new Uint8Array(readFileSync(join(device, 'report_descriptor')))
      return [
        {
          path: join('/dev', node),
          vendor: Number.parseInt(vendor, 16),
          product: Number.parseInt(product, 16),
          serial: /^HID_UNIQ=(.*)$/m.exec(about)?.[1] ?? '',
          ...usbSocketOf(device),
          name: /^HID_NAME=(.*)$/m.exec(about)?.[1] ?? '',
          pages: parseReportDescriptor(descriptor).tops.map((usage) => Math.floor(usage / 0x1_0000)),
          descriptor,
        },
      ]
    } catch {
      return [] // unplugged while we looked
    }
  })
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
