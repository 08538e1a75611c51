import type { InputWay } from './device-finder.ts'

/** Listens to a scanner that is driven directly, and keeps listening: an unplugged one is looked for until `close`. */
export type OpenScanner = (settings: ScannerSettings, heard: ScannerListener) => OpenInput

export interface OpenInput {
  /** Lets the device go. */
  close(): Promise<void>
}

export interface ScannerSettings {
  readonly way: Exclude<InputWay, 'hidScale'>
  /** A `DeviceBinding` text, or a path where the device has none. */
  readonly address: string
  readonly serial?: SerialSettings
}

/** 9600 8N1 and a scan that ends with CR, LF or ETX or with silence, where nothing is said. */
export interface SerialSettings {
  readonly baud?: number
  readonly dataBits?: 7 | 8
  readonly parity?: 'none' | 'even' | 'odd'
  readonly stopBits?: 1 | 2
  /** How a scan ends; `silence`: the scanner sends no suffix. */
  readonly end?: 'cr' | 'lf' | 'crlf' | 'etx' | 'silence' | 'any'
  /** The scanner waits for ACK (06) and sends a scan again after NAK (15). */
  readonly acknowledge?: boolean
}

export interface ScannerListener {
  scan(scan: RawScan): void
  /** The first call tells how it stands now. */
  link(state: LinkState): void
}

export interface RawScan {
  /** What was read, control characters (GS) kept, without AIM identifier, prefix and suffix. */
  readonly text: string
  /** The AIM identifier, `]C0`, where the scanner gives one. */
  readonly aim?: string
}

export type LinkState = { readonly kind: 'open' } | { readonly kind: 'gone'; readonly reason: string }
