import { realpathSync } from 'node:fs'

/**
 * The socket of the USB device that a node of Linux' sysfs hangs on: its interface's folder is named `1-1.4:1.0` (kernel
 * documentation: usb/device names). Undefined for what is on no bus, and where there is no such node.
 */
export function usbSocketOf(node: string): { readonly socket: string } | undefined {
  try {
    const socket = /\/(\d+-\d+(?:\.\d+)*):\d+\.\d+(?:\/|$)/.exec(realpathSync(node))?.[1]
    return socket === undefined ? undefined : { socket }
  } catch {
    return undefined
  }
}
