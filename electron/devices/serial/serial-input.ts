import type { SerialPort } from 'serialport'
import type { LinkState, OpenInput, SerialSettings } from '#electron/ports/scanner.ts'
import { keepOpen, type NotOpened, type Opened, reasonOf } from '#electron/devices/input/keep-open.ts'
import { findSerialPort } from './serial-ports.ts'

export interface SerialInputOptions {
  /** A binding or a path. */
  readonly address: string
  readonly settings?: SerialSettings
  /** Called for each opening, with the way to answer; gives what the bytes are handed to. */
  readonly reader: (write: (bytes: Uint8Array) => void) => SerialReader
  readonly pauses?: readonly number[]
}

export interface SerialReader {
  data(bytes: Uint8Array): void
  /** The port is gone or let go: no timer may outlive it. */
  stop(): void
}

/** Reads a serial port for as long as it is there, and again when it is back. */
export function openSerialInput(options: SerialInputOptions, tell: (state: LinkState) => void): OpenInput {
  return keepOpen(
    async (lost) => {
      const path = await findSerialPort(options.address)
      if (path === undefined) return { kind: 'absent', reason: 'not plugged in' }
      const { SerialPort } = await import('serialport')
      const { baud = 9600, dataBits = 8, parity = 'none', stopBits = 1 } = options.settings ?? {}
      const port = new SerialPort({ path, baudRate: baud, dataBits, parity, stopBits, autoOpen: false })
      return await opened(port, options.reader, lost)
    },
    tell,
    options.pauses,
  )
}

function opened(
  port: SerialPort,
  reader: SerialInputOptions['reader'],
  lost: (reason: string) => void,
): Promise<Opened | NotOpened> {
  return new Promise((resolve) => {
    port.on('error', (error) => lost(reasonOf(error))) // an error without a listener would end the process
    port.open((error) => {
      if (error !== null) {
        resolve({ kind: 'absent', reason: reasonOf(error) })
        return
      }
      const read = reader((bytes) => void (port.isOpen && port.write(bytes)))
      port.on('data', (bytes: Uint8Array) => read.data(bytes))
      port.on('close', () => lost('unplugged'))
      resolve({
        kind: 'opened',
        async close() {
          read.stop()
          if (port.isOpen) await new Promise<void>((done) => port.close(() => done()))
        },
      })
    })
  })
}
