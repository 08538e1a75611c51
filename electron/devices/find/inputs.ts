import { bindingAmong, type DeviceBinding } from '#shared/domain/devices/binding.ts'
import { type HidAccess, type HidPlace, systemHid } from '#electron/devices/hid/hid-access.ts'
import { scannerPage } from '#electron/devices/hid/scanner-layout.ts'
import { type KeyDevice, listKeyDevices } from '#electron/devices/input/key-devices.ts'
import { loadScannerMakers, type ScannerMaker } from '#electron/devices/scanner-makers.ts'
import { scalePage } from '#electron/devices/scale/hid-report.ts'
import { listSerialPorts, type SerialPlace } from '#electron/devices/serial/serial-ports.ts'
import { patiently } from './patiently.ts'
import type { FoundDevice } from '#electron/ports/device-finder.ts'

type FoundInput = Extract<FoundDevice, { readonly kind: 'scanner' | 'scale' | 'input' }>

export interface InputPlaces {
  readonly hid: readonly HidPlace[]
  readonly serial: readonly SerialPlace[]
  readonly keyboards: readonly KeyDevice[]
}

/** Everything on this machine that could be a scanner or a scale. A way that cannot be asked finds nothing. */
export async function findInputs(hid: HidAccess = systemHid()): Promise<FoundDevice[]> {
  const [hidPlaces, serial] = await Promise.all([patiently(hid.list)(), patiently(listSerialPorts)()])
  return describeInputs({ hid: hidPlaces, serial, keyboards: listKeyDevices() }, loadScannerMakers())
}

/** Names and addresses of what was found. A serial port is a scanner where its maker makes nothing else. */
export function describeInputs(places: InputPlaces, makers: readonly ScannerMaker[]): FoundInput[] {
  const maker = (vendor: number) => makers.find((one) => one.vendor === vendor)?.name ?? ''
  const named = (name: string, usb: DeviceBinding | undefined, other: string) => {
    const by = usb === undefined ? '' : maker(usb.vendor)
    const own = name === '' ? other : name
    return by === '' || own.toLowerCase().includes(by.toLowerCase()) ? own : `${by} ${own}`
  }
  const hidEntry = (place: HidPlace): FoundInput[] => {
    const usb = bindingOf(place)
    const entry = (kind: 'scanner' | 'scale', way: 'hidPos' | 'hidScale', other: string): FoundInput => ({
      kind,
      name: named(place.name, usb, other),
      way,
      address: usb === undefined ? place.path : bindingAmong(usb, places.hid),
      ...(usb === undefined ? {} : { usb }),
    })
    if (place.pages.includes(scannerPage)) return [entry('scanner', 'hidPos', 'HID POS')]
    return place.pages.includes(scalePage) ? [entry('scale', 'hidScale', 'USB')] : []
  }
  const serialEntry = ({ path, name, usb }: SerialPlace): FoundInput => ({
    kind: usb !== undefined && maker(usb.vendor) !== '' ? 'scanner' : 'input',
    name: named(name, usb, path),
    way: 'serial',
    address:
      usb === undefined
        ? path
        : bindingAmong(
            usb,
            places.serial.flatMap((other) => other.usb ?? []),
          ),
    ...(usb === undefined ? {} : { usb }),
  })
  const keyboardEntry = (device: KeyDevice): FoundInput[] => {
    const usb = bindingOf(device)
    // A person's keyboard must never be offered for being taken away.
    if (maker(device.vendor) === '' && !looksLikeScanner.test(device.name)) return []
    return [
      {
        kind: 'scanner',
        name: named(device.name, usb, device.path),
        way: 'keyboard',
        address: usb === undefined ? device.path : bindingAmong(usb, places.keyboards),
        ...(usb === undefined ? {} : { usb }),
      },
    ]
  }
  const found = [
    ...places.hid.flatMap(hidEntry),
    ...places.serial.map(serialEntry),
    ...places.keyboards.flatMap(keyboardEntry),
  ]
  // One device can show several interfaces of one kind under one address.
  return found.filter(
    (one, at) => found.findIndex((other) => other.way === one.way && other.address === one.address) === at,
  )
}

const looksLikeScanner = /scan|bar ?code|二维码|扫码|扫描/i

function bindingOf({ vendor, product, serial, socket }: DeviceBinding): DeviceBinding | undefined {
  if (vendor === 0 || Number.isNaN(vendor) || Number.isNaN(product)) return undefined
  return { vendor, product, serial, ...(socket !== undefined && { socket }) }
}
