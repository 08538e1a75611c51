import { mkdirSync, readdirSync, rmdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { textOf } from './wait.ts'

/** Who a USB device says that it is. */
export interface UsbIdentity {
  readonly vendorId: number
  readonly productId: number
  readonly maker: string
  readonly product: string
  /** Empty for a device that says none. */
  readonly serial: string
}

export interface Gadget {
  /** The folder of its function in configfs, whose attributes tell the device's own end; there while plugged in. */
  readonly folder: string
  /** Builds the device and puts it into a free socket of the emulated bus. */
  plug(): void
  /** Pulls it out, and leaves nothing of it: the kernel has room for four HID gadgets. No error when it is out. */
  unplug(): void
}

const gadgets = '/sys/kernel/config/usb_gadget'
let gadgetsMade = 0

/**
 * A USB device with one function, built over configfs (kernel documentation: usb/gadget_configfs). `attributes` are
 * those of the function, see ABI/testing/configfs-usb-gadget-*.
 */
export function createGadget(
  identity: UsbIdentity,
  kind: 'hid' | 'acm' | 'printer',
  attributes: Readonly<Record<string, string | Buffer>>,
): Gadget {
  gadgetsMade += 1
  const root = join(gadgets, `${gadgetsMade}-${identity.serial}`)
  const folder = join(root, 'functions', `${kind}.only`)
  const config = join(root, 'configs/c.1')
  const link = join(config, `${kind}.only`)
  const strings = join(root, 'strings/0x409')
  const socket = join(root, 'UDC')
  const files: Readonly<Record<string, string>> = {
    idVendor: hex(identity.vendorId),
    idProduct: hex(identity.productId),
    bcdUSB: '0x0200',
    'strings/0x409/manufacturer': identity.maker,
    'strings/0x409/product': identity.product,
    ...(identity.serial !== '' && { 'strings/0x409/serialnumber': identity.serial }),
  }
  return {
    folder,
    plug() {
      for (const made of [root, strings, folder, config]) mkdirSync(made)
      for (const [name, content] of Object.entries(files)) writeFileSync(join(root, name), content)
      for (const [name, content] of Object.entries(attributes)) writeFileSync(join(folder, name), content)
      symlinkSync(folder, link)
      writeFileSync(socket, freeSocket())
    },
    unplug() {
      if (textOf(socket) === undefined) return
      if (textOf(socket) !== '') writeFileSync(socket, '\n')
      unlinkSync(link)
      for (const made of [config, folder, strings, root]) rmdirSync(made)
    },
  }
}

function freeSocket(): string {
  const taken = new Set(readdirSync(gadgets).map((name) => textOf(join(gadgets, name, 'UDC'))))
  const free = readdirSync('/sys/class/udc').find((name) => !taken.has(name))
  if (free === undefined) throw new Error('every USB socket of the guest is taken')
  return free
}

/** The file of the device's own end whose `major:minor` stands in the function's attribute `dev`. */
export function ownEnd(gadget: Gadget): string {
  const link = `/sys/dev/char/${textOf(join(gadget.folder, 'dev')) ?? ''}/uevent`
  const name = /^DEVNAME=(\S+)$/m.exec(textOf(link) ?? '')?.[1]
  if (name === undefined) throw new Error(`${basename(gadget.folder)} has no device file of its own`)
  return `/dev/${name}`
}

const hex = (value: number) => `0x${value.toString(16).padStart(4, '0')}`
