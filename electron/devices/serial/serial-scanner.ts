import type { OpenInput, ScannerListener, SerialSettings } from '#electron/ports/scanner.ts'
import { afterSilence } from '#electron/devices/input/after-silence.ts'
import { createScanFramer, scanSilence } from './scan-framer.ts'
import { openSerialInput } from './serial-input.ts'

export interface SerialScannerOptions {
  /** A binding or a path. */
  readonly address: string
  readonly settings?: SerialSettings
  readonly pauses?: readonly number[]
}

const ack = Uint8Array.of(0x06)
const nak = Uint8Array.of(0x15)

/** A scanner on a serial port, RS-232 or USB-COM. */
export function openSerialScanner(options: SerialScannerOptions, heard: ScannerListener): OpenInput {
  const { settings = {} } = options
  return openSerialInput(
    {
      ...options,
      reader(write) {
        const framer = createScanFramer(settings.end)
        const answer = (bytes: Uint8Array) => {
          if (settings.acknowledge === true) write(bytes)
        }
        const quiet = afterSilence(scanSilence, () => {
          const { scan, lost } = framer.silence()
          if (scan !== undefined) {
            answer(ack)
            heard.scan(scan)
          } else if (lost) {
            answer(nak) // the scanner sends it again
          }
        })
        return {
          data(bytes) {
            for (const scan of framer.push(bytes)) {
              answer(ack)
              heard.scan(scan)
            }
            if (framer.open) quiet.heard()
            else quiet.stop()
          },
          stop: quiet.stop,
        }
      },
    },
    (state) => heard.link(state),
  )
}
