import type { FoundDevice } from '#shared/contract/devices.ts'
import {
  addressBeside,
  type DeviceBinding,
  isBoundTo,
  knownBy,
  plainAddress,
  portOf,
  readBinding,
} from '#shared/domain/devices/binding.ts'
import { guessPrinter, type PrinterProfile, readDeviceId } from '#shared/domain/devices/printer-profiles.ts'
import type { FoundDevice as Found } from '#electron/ports/device-finder.ts'

type FoundPrinter = Extract<Found, { kind: 'printer' }>
type FoundInput = Exclude<Found, FoundPrinter>

/** What is set up already. */
export interface SetUp {
  readonly printers: readonly {
    readonly name: string
    readonly transport: string
    readonly address: string
  }[]
  readonly inputs: readonly { readonly name: string; readonly way: string; readonly address: string }[]
}

/**
 * What was found as a person sees it: each thing once, by its name, with what it may speak and what it is already. A
 * finder tells every way to a thing; a USB printer has two on Linux, and a serial port may be anything.
 */
export function describeFound(
  all: readonly Found[],
  { printers, inputs }: SetUp,
  profiles: readonly PrinterProfile[],
): FoundDevice[] {
  // One way may see fewer of a kind than another: the system's driver lets go of a printer that the bus is spoken to for.
  const taken = [...printers.map(portOf), ...[...inputs, ...all].map(({ address }) => address)]
  const found = all.map((one) =>
    one.usb === undefined ? one : { ...one, address: addressBeside(one.address, one.usb, taken) },
  )
  const heard = found.filter((one): one is FoundInput => one.kind !== 'printer')
  const setUpPrinters = printers.map((row) => ({ name: row.name, way: row.transport, address: portOf(row) }))
  const setUpInputs = inputs.map((row) => ({ ...row, address: plainAddress(row.way, row.address) }))
  const knownPrinter = (one: FoundPrinter) => nameOfSetUp(one, setUpPrinters, found)
  const knownInput = (one: Found) => nameOfSetUp(one, setUpInputs, found)

  const described = found
    .filter((one): one is FoundPrinter => one.kind === 'printer')
    .filter((one, _, all) => bestOf(waysTo(one, all), knownPrinter) === one)
    .flatMap((one): FoundDevice[] => {
      const clue = {
        name: one.name,
        ...(one.deviceId !== undefined && { deviceId: one.deviceId }),
        ...(one.usb !== undefined && { usb: one.usb }),
        ...(one.driver !== undefined && { driver: one.driver }),
      }
      const { profile, languages } = guessPrinter(profiles, clue)
      // The same port is heard of from both sides: a scanner's maker says what it is, as a printer's does.
      const twin = one.transport === 'serial' ? heard.find((other) => isSamePort(other, one)) : undefined
      if (twin?.kind === 'scanner' || twin?.kind === 'scale') return []
      return [
        {
          kind: one.transport === 'serial' && profile === undefined ? 'input' : 'printer',
          name: nameOf(one),
          way: one.transport,
          address: one.address,
          bound: knownBy(one.address),
          guesses: [...languages],
          profile: profile?.id ?? null,
          known: knownPrinter(one) ?? knownInput(one),
        },
      ]
    })
  const isDescribed = (one: FoundInput) =>
    one.kind === 'input' && described.some(({ way, address }) => way === one.way && address === one.address)
  const others = heard
    .filter((one) => !isDescribed(one))
    .map((one): FoundDevice => ({
      kind: one.kind,
      name: one.name,
      way: one.way,
      address: one.address,
      bound: knownBy(one.address),
      guesses: [],
      profile: null,
      known: knownInput(one),
    }))
  return [...described, ...others]
}

const wayOf = (one: Found) => (one.kind === 'printer' ? one.transport : one.way)

/**
 * What a thing is set up as: by its very address, or by another that it answers to. Where two that are plugged in answer
 * to one address, neither is known by it.
 */
function nameOfSetUp(
  one: Found,
  setUp: readonly { readonly name: string; readonly way: string; readonly address: string }[],
  found: readonly Found[],
): string | null {
  const way = wayOf(one)
  const rows = setUp.filter((row) => row.way === way)
  const plugged = found.flatMap((other) => (wayOf(other) === way ? (other.usb ?? []) : []))
  const isMeant = (binding: DeviceBinding | undefined, { usb } = one) =>
    binding !== undefined &&
    usb !== undefined &&
    isBoundTo(binding, usb) &&
    plugged.every((other) => !isBoundTo(binding, other) || isSameDevice(other, usb))
  const row =
    rows.find(({ address }) => address === one.address) ??
    rows.find(({ address }) => isMeant(readBinding(address)))
  return row?.name ?? null
}

const isSameDevice = (one: DeviceBinding, other: DeviceBinding) =>
  one.serial === other.serial && one.socket === other.socket

const isSamePort = (input: FoundInput, printer: FoundPrinter) =>
  input.way === 'serial' && input.address === printer.address

/** Linux' own driver and the bus itself both lead to a USB printer; two of one kind without numbers look like one. */
const waysTo = (one: FoundPrinter, all: readonly FoundPrinter[]) =>
  all.filter(({ transport, address }) =>
    transport === one.transport
      ? address === one.address
      : isUsb(transport) && isUsb(one.transport) && address === one.address,
  )

const isUsb = (transport: string) => transport === 'usb' || transport === 'usbLp'

/** The way that is in use already, else the system's own driver, which need not be pushed aside. */
const bestOf = (ways: readonly FoundPrinter[], known: (one: FoundPrinter) => string | null) =>
  ways.find((one) => known(one) !== null) ?? ways.find(({ transport }) => transport === 'usbLp') ?? ways[0]

/** Maker and model. Where the system has no name for it, the printer's own words do. */
function nameOf({ name, address, deviceId = '' }: FoundPrinter): string {
  if (name !== address && !name.startsWith('/dev/') && !name.startsWith('usb:')) return name
  const { maker, model } = readDeviceId(deviceId)
  const own = `${model.startsWith(maker) ? '' : maker} ${model}`.trim()
  return own === '' ? name : own
}
