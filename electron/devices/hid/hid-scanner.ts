import type { OpenInput, ScannerListener } from '#electron/ports/scanner.ts'
import type { ScannerMaker } from '#electron/devices/scanner-makers.ts'
import type { HidAccess, HidPlace } from './hid-access.ts'
import { openHidInput } from './hid-input.ts'
import { createScanJoiner } from './scan-joiner.ts'
import { placesFromDescriptor, readAt, readByGuess, type ReadReport, scannerPage } from './scanner-layout.ts'

export interface HidScannerOptions {
  readonly hid: HidAccess
  readonly makers: readonly ScannerMaker[]
  /** A binding or a path. */
  readonly address: string
  readonly pauses?: readonly number[]
}

/** A scanner in HID POS mode: it says which bytes are the scan, so that no keyboard layout or IME changes them. */
export function openHidScanner(options: HidScannerOptions, heard: ScannerListener): OpenInput {
  const { hid, makers, address, pauses } = options
  const makerOf = (place: HidPlace) => makers.find((maker) => maker.vendor === place.vendor)
  return openHidInput(
    {
      hid,
      address,
      page: scannerPage,
      missing: 'plugged in, but not in HID POS mode',
      reader(place) {
        const join = createScanJoiner(readerOf(place, makerOf(place)))
        return (report) => {
          const scan = join(report)
          if (scan !== undefined) heard.scan(scan)
        }
      },
      wake: (place) => makerOf(place)?.wake,
      ...(pauses === undefined ? {} : { pauses }),
    },
    (state) => heard.link(state),
  )
}

/** What the device says of itself is believed first, then its maker's manual, then the look of the report. */
function readerOf(place: HidPlace, maker: ScannerMaker | undefined): ReadReport {
  const described = place.descriptor === undefined ? undefined : placesFromDescriptor(place.descriptor)
  const places = described ?? maker?.report
  return places === undefined ? readByGuess : readAt(places)
}
