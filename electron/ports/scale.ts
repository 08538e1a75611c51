import type { LinkState, OpenInput, SerialSettings } from './scanner.ts'

/** Listens to a scale, and keeps listening: an unplugged one is looked for until `close`. */
export type OpenScale = (settings: ScaleSettings, heard: ScaleListener) => OpenInput

export interface ScaleSettings {
  readonly way: 'serial' | 'hidScale'
  readonly address: string
  /** toledo and cas speak by themselves; the others are asked (`request`). `hid` is the USB scale page. */
  readonly protocol: ScaleProtocol
  readonly serial?: SerialSettings
}

export type ScaleProtocol = 'toledo' | 'cas' | 'request' | 'hid'

export interface ScaleListener {
  /** Every reading as it comes, some a second. */
  reading(reading: ScaleReading): void
  link(state: LinkState): void
}

export type ScaleReading =
  /** Net grams, whole; `stable` as the scale says. */
  | { readonly kind: 'weight'; readonly grams: number; readonly stable: boolean; readonly tareGrams: number }
  /** It moves, and the scale tells no weight until it stands still. */
  | { readonly kind: 'moving' }
  | { readonly kind: 'overload' }
  | { readonly kind: 'underload' }
  /** The scale speaks, but says that it cannot weigh (fault, no zero). */
  | { readonly kind: 'fault'; readonly reason: string }
