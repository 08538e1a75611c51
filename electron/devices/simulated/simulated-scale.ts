import type { OpenScale, ScaleListener, ScaleReading } from '#electron/ports/scale.ts'
import { createSimulatedInputs } from './simulated-inputs.ts'

/** Scales without hardware, known by any address. */
export interface SimulatedScales {
  readonly open: OpenScale
  weigh(address: string, reading: ScaleReading): void
  plug(address: string): void
  unplug(address: string): void
}

export function createSimulatedScales(): SimulatedScales {
  const { open, say, plug, unplug } = createSimulatedInputs<ScaleListener>()
  return {
    open: ({ address }, heard) => open(address, heard),
    weigh: (address, reading) => say(address, (heard) => heard.reading(reading)),
    plug,
    unplug,
  }
}
