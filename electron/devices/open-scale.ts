import type { OpenScale } from '#electron/ports/scale.ts'
import { type HidAccess, systemHid } from './hid/hid-access.ts'
import { keepOpen } from './input/keep-open.ts'
import { openHidScale } from './scale/hid-scale.ts'
import { openSerialScale } from './scale/serial-scale.ts'

/** Opens scales. A scale on the USB scale page speaks that whatever its protocol is set to, and no other scale does. */
export function createOpenScale(options: { readonly hid?: HidAccess } = {}): OpenScale {
  const { hid = systemHid() } = options
  return ({ way, address, protocol, serial }, heard) => {
    if (way === 'hidScale') return openHidScale({ hid, address }, heard)
    if (protocol !== 'hid') {
      return openSerialScale(
        { address, protocol, ...(serial === undefined ? {} : { settings: serial }) },
        heard,
      )
    }
    return keepOpen(
      () =>
        Promise.resolve({
          kind: 'absent',
          reason: 'a scale on a serial port does not speak the USB scale page',
        }),
      (state) => heard.link(state),
    )
  }
}
