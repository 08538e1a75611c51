import { bindingAmong, type DeviceBinding } from '#shared/domain/devices/binding.ts'
import type { DeviceFinder, FoundDevice } from '#electron/ports/device-finder.ts'
import { driverOf, listCupsQueues } from '#electron/devices/print/cups-printer.ts'
import { hasDriver } from '#electron/devices/print/status/cups.ts'
import { printerPort } from '#electron/devices/print/usb-session.ts'
import { winspool } from '#electron/devices/print/winspool.ts'
import { listSerialPorts } from '#electron/devices/serial/serial-ports.ts'
import { patiently } from '#electron/devices/find/patiently.ts'
import { lookAgain } from '#electron/devices/find/look-again.ts'
import { bindingOf, listUsb, nameOf } from './usb-devices.ts'
import { listUsbLp } from './usb-lp.ts'

type FoundPrinter = Extract<FoundDevice, { kind: 'printer' }>

/** One way to look for printers. Rejects where it cannot be asked. */
export type Look = () => Promise<readonly FoundPrinter[]>

/**
 * Printers by every way in, each once for a way: which of two ways to one printer is used a person decides, because both
 * at a time cannot be.
 */
export function createPrinterFinder(looks: readonly Look[] = usualLooks, pause?: number): DeviceFinder {
  const ways = looks.map((look) => patiently(look))
  const find = async () => {
    const found = await Promise.all(ways.map((way) => way()))
    return found.flat()
  }
  return {
    find,
    watch: (changed) => lookAgain(find, changed, pause === undefined ? {} : { pause }),
  }
}

const usualLooks: readonly Look[] = [
  usbLpPrinters,
  usbPrinters,
  serialPrinters,
  cupsPrinters,
  () => spoolerPrinters(),
]

async function usbLpPrinters(): Promise<FoundPrinter[]> {
  const all = listUsbLp()
  return all.map(({ path, name, deviceId, usb }) => ({
    kind: 'printer',
    transport: 'usbLp',
    name: name === '' ? path : name,
    address: addressAmong(path, usb, all),
    ...(deviceId === '' ? {} : { deviceId }),
    ...(usb === undefined ? {} : { usb }),
  }))
}

async function usbPrinters(): Promise<FoundPrinter[]> {
  const list = await listUsb()
  if ('reason' in list) return []
  const printers = list.devices.filter((device) => printerPort(device) !== undefined)
  const all = printers.map(bindingOf)
  return printers.map((device) => {
    const usb = bindingOf(device)
    const name = nameOf(device)
    const address = bindingAmong(usb, all)
    return { kind: 'printer', transport: 'usb', name: name === '' ? address : name, address, usb }
  })
}

async function serialPrinters(): Promise<FoundPrinter[]> {
  const all = await listSerialPorts()
  return all.map(({ path, name, usb }) => ({
    kind: 'printer',
    transport: 'serial',
    name: name === '' ? path : name,
    address: addressAmong(path, usb, all),
    ...(usb === undefined ? {} : { usb }),
  }))
}

const addressAmong = (
  path: string,
  usb: DeviceBinding | undefined,
  all: readonly { readonly usb?: DeviceBinding }[],
) =>
  usb === undefined
    ? path
    : bindingAmong(
        usb,
        all.flatMap((other) => other.usb ?? []),
      )

/** Milliseconds for one queue to tell its driver: it may lie on another machine, and must not hide all others. */
const driverPatience = 1500

async function cupsPrinters(): Promise<FoundPrinter[]> {
  if (process.platform === 'win32') return []
  const names = await listCupsQueues()
  const drivers = await Promise.all(names.map((name) => driverOf(name, driverPatience)))
  return names.map((name, index) => {
    const driver = drivers[index] ?? ''
    return {
      kind: 'printer',
      transport: 'cups',
      name,
      address: name,
      ...(hasDriver(driver) ? { driver } : {}),
    }
  })
}

/** Windows' ports that make files, faxes or notes and would ask the packer for a file's name. */
const paperless = new Set(['PORTPROMPT:', 'FILE:', 'SHRFAX:', 'NUL:'])

export async function spoolerPrinters(connect: typeof winspool = winspool): Promise<FoundPrinter[]> {
  const spooler = connect()
  if ('reason' in spooler) return []
  return (await spooler.queues())
    .filter(({ port }) => !paperless.has(port.toUpperCase()))
    .map(({ name, driver }) => ({ kind: 'printer', transport: 'spooler', name, address: name, driver }))
}
