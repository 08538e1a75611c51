import type { DeviceFinder } from '#electron/ports/device-finder.ts'
import { findInputs } from './inputs.ts'
import { lookAgain } from './look-again.ts'

/** Scanners and scales by every way in. */
export const createInputFinder = (): DeviceFinder => ({
  find: () => findInputs(),
  watch: (changed) => lookAgain(findInputs, changed),
})
