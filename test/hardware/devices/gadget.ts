import { mkdirSync, readdirSync, rmdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { textOf } from './wait.ts'

/** Who a USB device says that it is. */
export interface UsbIdentity {
  readonly vendorId: number
  readonly productId: number
  readonly maker: string
  readonly product: string
  readonly serial: string
}

export interface Gadget {
  /** The folder of its function in configfs, whose attributes tell the device's own end. */
  readonly folder: string
  /** Puts the device into a free socket of the emulated bus. */
  plug(): void
  /** Pulls it out. */
  unplug(): void
  /** Unplugs and forgets the device. */
  remove(): void
}

const gadgets = '/sys/kernel/config/usb_gadget'

/**
 * A USB device with one function, built over configfs (kernel documentation: usb/gadget_configfs). `attributes` are
 * those of the function, see ABI/testing/configfs-usb-gadget-*.
 */
export function createGadget(
  identity: UsbIdentity,
  kind: 'hid' | 'acm' | 'printer',
  attributes: Readonly<Record<string, string | Buffer>>,
): Gadget {
  const root = join(gadgets, identity.serial)
  const folder = join(root, 'functions', `${kind}.only`)
  const config = join(root, 'configs/c.1')
  for (const made of [root, join(root, 'strings/0x409'), folder, config]) mkdirSync(made)
  const write = (where: string, name: string, content: string | Buffer) =>
    writeFileSync(join(where, name), content)
  write(root, 'idVendor', hex(identity.vendorId))
  write(root, 'idProduct', hex(identity.productId))
  write(root, 'bcdUSB', '0x0200')
  write(root, 'strings/0x409/manufacturer', identity.maker)
  write(root, 'strings/0x409/product', identity.product)
  write(root, 'strings/0x409/serialnumber', identity.serial)
  for (const [name, content] of Object.entries(attributes)) write(folder, name, content)
  symlinkSync(folder, join(config, `${kind}.only`))

  const socket = join(root, 'UDC')
  const unplug = () => {
    if (textOf(socket) !== '') writeFileSync(socket, '\n')
  }
  return {
    folder,
    plug: () => writeFileSync(socket, freeSocket()),
    unplug,
    remove() {
      unplug()
      unlinkSync(join(config, `${kind}.only`))
      for (const made of [config, folder, join(root, 'strings/0x409'), root]) rmdirSync(made)
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
