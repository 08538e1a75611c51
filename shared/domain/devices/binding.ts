/** What a device is known by, whatever port it is plugged into: vendor, product and, where it has one, serial number. */
export interface DeviceBinding {
  /** 0..65535. */
  readonly vendor: number
  readonly product: number
  /** Empty where the device has none: then any device of this kind answers to the binding. */
  readonly serial: string
}

/** `usb:0c2e:0b61` or `usb:0c2e:0b61:SERIAL`. */
export function bindingText({ vendor, product, serial }: DeviceBinding): string {
  const hex = (value: number) => value.toString(16).padStart(4, '0')
  return `usb:${hex(vendor)}:${hex(product)}${serial === '' ? '' : `:${serial}`}`
}

/** Reads what `bindingText` writes; undefined for anything else. */
export function readBinding(text: string): DeviceBinding | undefined {
  const [, vendor, product, serial = ''] = /^usb:([0-9a-f]{4}):([0-9a-f]{4})(?::(.+))?$/i.exec(text) ?? []
  if (vendor === undefined || product === undefined) return undefined
  return { vendor: Number.parseInt(vendor, 16), product: Number.parseInt(product, 16), serial }
}

/** The same device, or one that nobody could tell from it. */
export function isBoundTo(binding: DeviceBinding, found: DeviceBinding): boolean {
  return (
    binding.vendor === found.vendor &&
    binding.product === found.product &&
    (binding.serial === '' || binding.serial === found.serial)
  )
}
