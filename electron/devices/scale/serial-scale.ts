import type { ScaleListener, ScaleProtocol } from '#electron/ports/scale.ts'
import type { OpenInput, SerialSettings } from '#electron/ports/scanner.ts'
import { afterSilence } from '#electron/devices/input/after-silence.ts'
import { openSerialInput } from '#electron/devices/serial/serial-input.ts'
import { createLineReader, readCasLine } from './lines.ts'
import { createAsker } from './requests.ts'
import { createToledoReader } from './toledo.ts'

export interface SerialScaleOptions {
  /** A binding or a path. */
  readonly address: string
  readonly protocol: Exclude<ScaleProtocol, 'hid'>
  readonly settings?: SerialSettings
  readonly pauses?: readonly number[]
}

/** Milliseconds between two questions: a weight is seen four times a second. */
const askEvery = 250

/** Milliseconds after which a scale that should be heard is told to be silent: switched off, or another protocol. */
const silence = 3000

/** So many readings within that time come by themselves, not from a key that somebody presses. */
const regular = 5

/** A scale on a serial port. The port can stand while the scale behind it is off: that is a fault and no lost link. */
export function openSerialScale(options: SerialScaleOptions, heard: ScaleListener): OpenInput {
  const { protocol } = options
  return openSerialInput(
    {
      ...options,
      reader(write) {
        const asker = createAsker(write)
        const asking = protocol === 'request' ? setInterval(asker.ask, askEvery) : undefined
        const read =
          protocol === 'toledo'
            ? createToledoReader()
            : protocol === 'cas'
              ? createLineReader(readCasLine)
              : asker.read
        // CAS scales can be set to speak only when their key is pressed: silence is a fault of one that spoke by itself.
        let speaks = protocol !== 'cas'
        let newest: number[] = []
        const quiet = afterSilence(silence, () => {
          speaks = protocol !== 'cas'
          newest = []
          heard.reading({ kind: 'fault', reason: 'says nothing' })
        })
        if (speaks) quiet.heard()
        return {
          data(bytes) {
            const readings = read(bytes)
            for (const reading of readings) heard.reading(reading)
            if (readings.length === 0) return
            const now = performance.now()
            newest = [...newest, ...readings.map(() => now)].slice(-regular)
            speaks ||= newest.length === regular && now - (newest[0] ?? now) <= silence
            if (speaks) quiet.heard()
          },
          stop() {
            clearInterval(asking)
            quiet.stop()
          },
        }
      },
    },
    (state) => heard.link(state),
  )
}
