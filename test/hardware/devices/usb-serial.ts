import { spawnSync } from 'node:child_process'
import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createGadget, type UsbIdentity } from './gadget.ts'
import { readNow, textOf } from './wait.ts'

export interface SerialDevice {
  plug(): void
  unplug(): void
  /** Sends bytes as they are; a scanner sends its suffix too. */
  say(bytes: string | Buffer): void
  /** What the host has sent since the last call. */
  heard(): Buffer
}

/** A device with a USB-COM port (CDC ACM): a scanner or a scale. */
export function createUsbSerial(identity: UsbIdentity): SerialDevice {
  const gadget = createGadget(identity, 'acm', {})
  let fd: number | undefined
  const close = () => {
    if (fd !== undefined) closeSync(fd)
    fd = undefined
  }
  const open = () => {
    if (fd === undefined) throw new Error('the device is not plugged in')
    return fd
  }
  return {
    plug() {
      gadget.plug()
      const file = `/dev/ttyGS${textOf(join(gadget.folder, 'port_num')) ?? ''}`
      fd = openSync(file, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
      makeRaw(file)
    },
    unplug() {
      close()
      gadget.unplug()
    },
    say: (bytes) => void writeSync(open(), typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes),
    heard() {
      const pieces: Buffer[] = []
      for (let piece = readNow(open()); piece !== undefined && piece.length > 0; piece = readNow(open()))
        pieces.push(piece)
      return Buffer.concat(pieces)
    },
  }
}

/** Without this a terminal echoes what it gets and changes line ends. */
export function makeRaw(file: string): void {
  const done = spawnSync('stty', ['-F', file, 'raw', '-echo'], { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`stty ${file}: ${done.stderr}`)
}
