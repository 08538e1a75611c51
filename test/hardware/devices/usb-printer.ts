import { closeSync, constants, openSync, readdirSync, writeSync } from 'node:fs'
import { createGadget, type UsbIdentity } from './gadget.ts'
import { ioctl } from './ioctl.ts'
import { codeOf, eventually, readNow } from './wait.ts'

export interface PrinterDevice {
  /** Resolves when the host has set the printer up. */
  plug(): Promise<void>
  unplug(): void
  /** All bytes that came through the cable since it was made or `forget` was called, across replugs. */
  printed(): Buffer
  forget(): void
  /** Takes no byte more than `bytes` in all; the host's writes then wait. Undefined takes all. */
  takeUpTo(bytes: number | undefined): void
  /** Sends bytes back to the host. */
  answer(bytes: Buffer): void
  setPaperOut(isOut: boolean): void
}

/** From include/uapi/linux/usb/g_printer.h: GADGET_SET_PRINTER_STATUS; the value is the printer class's port status. */
const setStatus = 0xc0016722
const ready = 0x18 // selected, no error
const paperOut = 0x30 // selected, paper empty, error

/** A two-way printer of the USB printer class. */
export function createUsbPrinter(identity: UsbIdentity, ieee1284: string): PrinterDevice {
  // This gadget counts its two length bytes as text, so the last two characters never arrive: give it two to lose.
  const gadget = createGadget(identity, 'printer', {
    pnp_string: `${ieee1284}\n\n`,
    q_len: '2', // buffers for 16 KB, so that a job can be caught half way
  })
  const pieces: Buffer[] = []
  let size = 0
  let most: number | undefined
  let fd: number | undefined
  let reading: NodeJS.Timeout | undefined

  const open = () => {
    if (fd === undefined) throw new Error('the printer is not plugged in')
    return fd
  }
  const read = () => {
    for (;;) {
      const room = Math.min((most ?? Infinity) - size, 8192)
      const piece = room > 0 ? readNow(open(), room) : undefined
      if (piece === undefined || piece.length === 0) return
      size += piece.length
      pieces.push(piece)
    }
  }
  const stop = () => {
    clearInterval(reading)
    if (fd !== undefined) closeSync(fd)
    fd = undefined
  }
  return {
    async plug() {
      const others = ownEnds()
      gadget.plug()
      const file = [...ownEnds()].find((end) => !others.has(end))
      if (file === undefined) throw new Error('the printer has no device file of its own')
      // The printer's own end opens once the host has set it up.
      fd = await eventually(`${file} to open`, () => {
        let opened: number | undefined
        const code = codeOf(() => (opened = openSync(file, constants.O_RDWR | constants.O_NONBLOCK)))
        if (code !== undefined && code !== 'ENODEV') throw new Error(`${file}: ${code}`)
        return opened
      })
      ioctl(fd, setStatus, ready)
      reading = setInterval(read, 5)
    },
    unplug() {
      stop()
      gadget.unplug()
    },
    printed: () => Buffer.concat(pieces),
    forget() {
      pieces.length = 0
      size = 0
    },
    takeUpTo(bytes) {
      most = bytes
    },
    answer: (bytes) => void writeSync(open(), bytes),
    setPaperOut: (isOut) => void ioctl(open(), setStatus, isOut ? paperOut : ready),
  }
}

/** The files of the printers' own ends; each is there while its printer is plugged in. */
const ownEnds = () =>
  new Set(
    readdirSync('/dev')
      .filter((name) => name.startsWith('g_printer'))
      .map((name) => `/dev/${name}`),
  )
