import { closeSync, constants, openSync } from 'node:fs'
import { makeRaw } from './usb-serial.ts'
import { codeOf, readNow } from './wait.ts'

/** Those who get the keys of every keyboard: the screen in front, and any other program that reads the device. */
export interface Bystanders {
  /** What reached the screen, and how many events another reader of the device saw, since the last call. */
  saw(): { readonly screen: string; readonly events: number }
  close(): void
}

const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY

/** Open from the start: a screen that nobody has open keeps what is typed and hands it out later. */
const screen = openSync('/dev/tty1', flags)
makeRaw('/dev/tty1')

/** @param node The wedge's /dev/input/event file. */
export function watchAside(node: string): Bystanders {
  const events = openSync(node, flags)
  readAll(screen)
  return {
    saw: () => ({
      screen: readAll(screen).toString(),
      // An unplugged device has nothing more to tell.
      events: codeOf(() => readNow(events, 0)) === 'ENODEV' ? 0 : readAll(events).length / 24,
    }),
    close: () => closeSync(events),
  }
}

function readAll(fd: number): Buffer {
  const pieces: Buffer[] = []
  for (let piece = readNow(fd); piece !== undefined && piece.length > 0; piece = readNow(fd))
    pieces.push(piece)
  return Buffer.concat(pieces)
}
