import type { ScaleListener } from '#electron/ports/scale.ts'
import type { OpenInput } from '#electron/ports/scanner.ts'
import type { HidAccess } from '#electron/devices/hid/hid-access.ts'
import { openHidInput } from '#electron/devices/hid/hid-input.ts'
import { readWeighing, reportFromDescriptor, scalePage, usualReport } from './hid-report.ts'

export interface HidScaleOptions {
  readonly hid: HidAccess
  /** A binding or a path. */
  readonly address: string
  readonly pauses?: readonly number[]
}

/** A scale that speaks the USB scale page. */
export function openHidScale({ hid, address, pauses }: HidScaleOptions, heard: ScaleListener): OpenInput {
  return openHidInput(
    {
      hid,
      address,
      page: scalePage,
      missing: 'plugged in, but not as a scale',
      reader(place) {
        const described = place.descriptor === undefined ? undefined : reportFromDescriptor(place.descriptor)
        return (bytes) => {
          const reading = readWeighing(bytes, described ?? usualReport)
          if (reading !== undefined) heard.reading(reading)
        }
      },
      ...(pauses === undefined ? {} : { pauses }),
    },
    (state) => heard.link(state),
  )
}
