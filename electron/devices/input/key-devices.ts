import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DeviceBinding, isBoundTo, readBinding } from '#shared/domain/devices/binding.ts'
import { usbSocketOf } from '#electron/devices/find/usb-socket.ts'

export interface KeyDevice extends DeviceBinding {
  /** `/dev/input/event5` */
  readonly path: string
  readonly name: string
}

/** Keys that every scanner in keyboard mode types with: the digits and Enter (linux/input-event-codes.h). */
const neededKeys = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 28]

/** The devices that can type, from Linux's own list; none on other systems. */
export function listKeyDevices(folder = '/sys/class/input'): KeyDevice[] {
  return namesIn(folder)
    .filter((name) => /^event\d+$/.test(name))
    .flatMap((name) => {
      const device = join(folder, name, 'device')
      const keys = keysOf(textOf(join(device, 'capabilities', 'key')))
      if (!neededKeys.every((key) => keys.has(key))) return []
      return [
        {
          path: join('/dev/input', name),
          name: textOf(join(device, 'name')),
          vendor: Number.parseInt(textOf(join(device, 'id', 'vendor')) || '0', 16),
          product: Number.parseInt(textOf(join(device, 'id', 'product')) || '0', 16),
          serial: textOf(join(device, 'uniq')),
          ...usbSocketOf(device),
        },
      ]
    })
}

/** Where the device of an address is now; undefined while it is nowhere. A path stands for itself. */
export function findKeyDevice(address: string, folder?: string): string | undefined {
  const binding = readBinding(address)
  if (binding === undefined) return address
  return listKeyDevices(folder).find((device) => isBoundTo(binding, device))?.path
}

/** A bitmap in hexadecimal words, the highest first, each of the kernel's word size without leading zeros. */
function keysOf(bitmap: string): Set<number> {
  const keys = new Set<number>()
  const words = bitmap
    .split(/\s+/)
    .filter((word) => /^[0-9a-f]{1,16}$/i.test(word))
    .toReversed()
  for (const [at, word] of words.entries()) {
    const bits = BigInt(`0x${word}`)
    for (let bit = 0; bit < 64; bit += 1) {
      if (((bits >> BigInt(bit)) & 1n) === 1n) keys.add(at * 64 + bit)
    }
  }
  return keys
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)))
  } catch {
    return []
  }
}
