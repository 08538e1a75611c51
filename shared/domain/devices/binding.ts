/** What a device is known by, whatever port it is plugged into: vendor, product and, where it has one, serial number. */
export interface DeviceBinding {
  /** 0..65535. */
  readonly vendor: number
  readonly product: number
  /** Empty where the device has none: then any device of this kind answers to the binding. */
  readonly serial: string
  /**
   * The socket of the bus, `1-1.4`, where the system tells it. A binding that names one is of the device in this socket
   * only: another of its kind could not be told from it otherwise.
   */
  readonly socket?: string
}

/** `usb:0c2e:0b61`, `usb:0c2e:0b61:SERIAL`, `usb:0c2e:0b61@1-1.4` or `usb:0c2e:0b61@1-1.4:SERIAL`. */
export function bindingText({ vendor, product, serial, socket }: DeviceBinding): string {
  const hex = (value: number) => value.toString(16).padStart(4, '0')
  const at = socket === undefined ? '' : `@${socket}`
  return `usb:${hex(vendor)}:${hex(product)}${at}${serial === '' ? '' : `:${serial}`}`
}

/** Reads what `bindingText` writes; undefined for anything else. */
export function readBinding(text: string): DeviceBinding | undefined {
  const [, vendor, product, socket, serial = ''] =
    /^usb:([0-9a-f]{4}):([0-9a-f]{4})(?:@([^:]+))?(?::(.+))?$/i.exec(text) ?? []
  if (vendor === undefined || product === undefined) return undefined
  return {
    vendor: Number.parseInt(vendor, 16),
    product: Number.parseInt(product, 16),
    serial,
    ...(socket !== undefined && { socket }),
  }
}

/** The same device, or one that nobody could tell from it. */
export function isBoundTo(binding: DeviceBinding, found: DeviceBinding): boolean {
  return (
    binding.vendor === found.vendor &&
    binding.product === found.product &&
    (binding.serial === '' || binding.serial === found.serial) &&
    (binding.socket === undefined || binding.socket === found.socket)
  )
}

const isOfOneKind = (one: DeviceBinding, other: DeviceBinding) =>
  one.vendor === other.vendor && one.product === other.product && one.serial === other.serial

/** How to bind a device that was found beside others: by its socket too where another cannot be told from it. */
export function bindingAmong(device: DeviceBinding, found: readonly DeviceBinding[]): string {
  const { vendor, product, serial } = device
  const isAlone = found.every((other) => !isOfOneKind(device, other) || other.socket === device.socket)
  return bindingText(isAlone ? { vendor, product, serial } : device)
}

/**
 * Two addresses that the same device would answer to: one names a socket and the other takes any device of the kind, so
 * that both would open one device.
 */
export function areMixedUp(one: string, other: string): boolean {
  const [first, second] = [readBinding(one), readBinding(other)]
  if (first === undefined || second === undefined || !isOfOneKind(first, second)) return false
  return (first.socket === undefined) !== (second.socket === undefined)
}

/** A serial printer's address has its speed behind it (`@115200`), which no port is known by. */
export const portOf = ({ transport, address }: { readonly transport: string; readonly address: string }) =>
  transport === 'serial' ? address.replace(/@\d+$/, '') : address

/**
 * The address of a device that was found, beside what is set up: where one of its kind is known by its socket, this one
 * is too, also while it is alone. Else the one in that socket would be new as soon as the other is pulled out.
 */
export function addressBeside(address: string, device: DeviceBinding, setUp: readonly string[]): string {
  const isTaken = (one: DeviceBinding | undefined) => one?.socket !== undefined && isOfOneKind(one, device)
  return setUp.some((one) => isTaken(readBinding(one))) ? bindingText(device) : address
}

/** What an address knows its device by. */
export function knownBy(address: string): 'device' | 'socket' | 'model' | 'place' {
  const binding = readBinding(address)
  if (binding === undefined) return 'place'
  if (binding.socket !== undefined) return 'socket'
  return binding.serial === '' ? 'model' : 'device'
}
