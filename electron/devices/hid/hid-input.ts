import { isBoundTo, readBinding } from '#shared/domain/devices/binding.ts'
import type { LinkState, OpenInput } from '#electron/ports/scanner.ts'
import { keepOpen } from '#electron/devices/input/keep-open.ts'
import type { HidAccess, HidPlace } from './hid-access.ts'

export interface HidInputOptions {
  readonly hid: HidAccess
  /** A binding or a path. */
  readonly address: string
  /** The usage page that the right one of a device's interfaces has. */
  readonly page: number
  /** What a device without that page is told to be. */
  readonly missing: string
  /** Called for each device that was opened; gives what its reports are handed to. */
  readonly reader: (place: HidPlace) => (report: Uint8Array) => void
  /** A feature report to send after opening. */
  readonly wake?: (place: HidPlace) => readonly number[] | undefined
  readonly pauses?: readonly number[]
}

/** Reads the reports of one HID device for as long as it is plugged in, and again when it is back. */
export function openHidInput(options: HidInputOptions, tell: (state: LinkState) => void): OpenInput {
  const { hid, address, page } = options
  return keepOpen(
    async (lost) => {
      const ours = matching(await hid.list(), address)
      const place = ours.find((one) => one.pages.includes(page))
      if (place === undefined) {
        return { kind: 'absent', reason: ours.length === 0 ? 'not plugged in' : options.missing }
      }
      const handle = await hid.open(place.path)
      // Before all else: an error without a listener would end the process.
      handle.on('error', () => lost('unplugged'))
      handle.on('data', options.reader(place))
      const wake = options.wake?.(place)
      // Devices that have no such report refuse it, some after seconds, and need none: nobody waits for it.
      if (wake !== undefined) handle.sendFeatureReport([...wake]).catch(() => undefined)
      return { kind: 'opened', close: () => handle.close().catch(() => undefined) }
    },
    tell,
    options.pauses,
  )
}

function matching(places: readonly HidPlace[], address: string): HidPlace[] {
  const binding = readBinding(address)
  return places.filter((place) =>
    binding === undefined ? place.path === address : isBoundTo(binding, place),
  )
}
