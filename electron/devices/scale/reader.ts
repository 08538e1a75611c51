import type { ScaleReading } from '#electron/ports/scale.ts'

/** Takes what a scale sent, cut anywhere; gives the readings that are whole. */
export type ReadScale = (bytes: Uint8Array) => ScaleReading[]

export const weight = (grams: number, stable: boolean, tareGrams = 0): ScaleReading => ({
  kind: 'weight',
  grams,
  stable,
  tareGrams,
})
