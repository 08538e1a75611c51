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

const isOfOneKind = (one: DeviceBinding, other: DeviceBinding) =>
  one.vendor === other.vendor && one.product === other.product && one.serial === other.serial

/** How to bind a device that was found beside others: by its socket too where another cannot be told from it. */
export function bindingAmong(device: DeviceBinding, found: readonly DeviceBinding[]): string {
  const { vendor, product, serial } = device
  const isAlone = found.every((other) => !isOfOneKind(device, other) || other.socket === device.socket)
  return bindingText(isAlone ? { vendor, product, serial } : device)
}

/** A serial printer's address without its speed (`@115200`), which no device is known by. */
export const withoutSpeed = (address: string): string => address.replace(/@\d{3,7}$/, '')

/** Whether what is bound by this address has to be in one socket. */
export const isInSocket = (address: string): boolean => bindingIn(address)?.socket !== undefined

const bindingIn = (address: string) => readBinding(withoutSpeed(address))

/**
 * How to bind a found device beside what is set up: by its socket too where one of its kind is, because the other may
 * only be unplugged.
 */
export function addressBeside(
  found: { readonly address: string; readonly usb?: DeviceBinding },
  setUp: readonly string[],
): string {
  const { address, usb } = found
  return usb !== undefined && setUp.some((other) => areMixedUp(address, other)) ? bindingText(usb) : address
}

/**
 * Two addresses that the same device would answer to: one names a socket and the other takes any device of the kind, so
 * that both would open one device.
 */
export function areMixedUp(one: string, other: string): boolean {
  const [first, second] = [bindingIn(one), bindingIn(other)]
  if (first === undefined || second === undefined || !isOfOneKind(first, second)) return false
  return (first.socket === undefined) !== (second.socket === undefined)
}

/** What an address knows its device by. */
export function knownBy(address: string): 'device' | 'socket' | 'model' | 'place' {
  const binding = bindingIn(address)
  if (binding === undefined) return 'place'
  if (binding.socket !== undefined) return 'socket'
  return binding.serial === '' ? 'model' : 'device'
}
