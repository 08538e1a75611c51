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

/** Reads what `bindingText` writes; undefined for anything else. A bus and its socket are never a number only. */
export function readBinding(text: string): DeviceBinding | undefined {
  const [, vendor, product, socket, serial = ''] =
    /^usb:([0-9a-f]{4}):([0-9a-f]{4})(?:@(?!\d+(?::|$))([^:@]+))?(?::(.+))?$/i.exec(text) ?? []
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

/** Nothing in what they say shows that two devices are meant. */
const mayBeOne = (one: DeviceBinding, other: DeviceBinding) =>
  one.vendor === other.vendor &&
  one.product === other.product &&
  (one.serial === '' || other.serial === '' || one.serial === other.serial) &&
  (one.socket === undefined || other.socket === undefined || one.socket === other.socket)

const anywhere = ({ vendor, product, serial }: DeviceBinding): DeviceBinding => ({ vendor, product, serial })

/** How to bind a device that was found beside others: by its socket too where another cannot be told from it. */
export function bindingAmong(device: DeviceBinding, found: readonly DeviceBinding[]): string {
  const free = anywhere(device)
  const isAlone = found.every((other) => other.socket === device.socket || !mayBeOne(free, other))
  return bindingText(isAlone ? free : device)
}

/** Two addresses, not the same, that one device would answer to: both would open it. */
export function areMixedUp(one: string, other: string): boolean {
  const [first, second] = [readBinding(one), readBinding(other)]
  if (first === undefined || second === undefined) return false
  return mayBeOne(first, second) && bindingText(first) !== bindingText(second)
}

/** A serial printer's address has its speed behind it (`@115200`), which no port is known by. */
const speedOf = (way: string, address: string) => (way === 'serial' ? (/@\d+$/.exec(address)?.[0] ?? '') : '')

/** The one spelling of an address: `usb:0C2E:0B61`, as Windows shows it, is `usb:0c2e:0b61`, and its port `com3` is `COM3`. */
export function plainAddress(way: string, address: string): string {
  const speed = speedOf(way, address)
  const port = address.slice(0, address.length - speed.length)
  const binding = readBinding(port)
  if (binding !== undefined) return bindingText(binding) + speed
  return way === 'serial' && /^com\d+$/i.test(port) ? port.toUpperCase() + speed : address
}

/** What a printer's address names, in its one spelling. */
export function portOf({ transport, address }: { readonly transport: string; readonly address: string }) {
  const plain = plainAddress(transport, address)
  return plain.slice(0, plain.length - speedOf(transport, plain).length)
}

/**
 * The address of a device that was found, beside what is set up: where one that it cannot be told from is known by its
 * socket, this one is too, also while it is alone. Else the one in that socket would be new as soon as the other is
 * pulled out.
 */
export function addressBeside(address: string, device: DeviceBinding, setUp: readonly string[]): string {
  const free = anywhere(device)
  const isTaken = (one: DeviceBinding | undefined) => one?.socket !== undefined && mayBeOne(one, free)
  return setUp.some((one) => isTaken(readBinding(one))) ? bindingText(device) : address
}

/** Whether what has this address has to be in one socket. */
export const isInSocket = (address: string): boolean => readBinding(address)?.socket !== undefined

/** What an address knows its device by. */
export function knownBy(address: string): 'device' | 'socket' | 'model' | 'place' {
  const binding = readBinding(address)
  if (binding === undefined) return 'place'
  if (binding.socket !== undefined) return 'socket'
  return binding.serial === '' ? 'model' : 'device'
}
