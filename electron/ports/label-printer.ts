import type { PrinterStatus, PrinterTrouble } from '#shared/domain/devices/printer-status.ts'
import type { PrinterLanguage } from '#shared/domain/devices/printer-languages.ts'

/** A way to put bytes on a label printer, and to hear of it what it can tell. */
export interface LabelPrinter {
  /**
   * Sends one whole job in one burst, then asks how it went where the language has an answer. Never throws: what went
   * wrong is a value. Jobs of one printer go one after the other, the next when the one before has its outcome.
   */
  send(job: Uint8Array, options?: SendOptions): Promise<SendOutcome>
  /** Asks now. Waits for its turn behind jobs; never throws. */
  status(): Promise<PrinterStatus>
}

export interface SendOptions {
  /** What the job is called where a transport shows a list of jobs; letters, digits and `-`. */
  readonly name?: string
  /** Called once, when the transport has taken every byte: that proves nothing about paper. */
  readonly onSent?: () => void
}

export type SendOutcome =
  /** The printer itself said that the label is out. */
  | { readonly kind: 'printed' }
  /** Every byte was taken; the printer said nothing more, or that it stands still for `troubles`. */
  | { readonly kind: 'sent'; readonly troubles?: readonly PrinterTrouble[] }
  /** No byte left this machine (refused, unreachable, name unknown): trying again cannot print twice. */
  | {
      readonly kind: 'notSent'
      readonly reason: string
      readonly troubles?: readonly PrinterTrouble[]
      /** It was there and would not take this very job: sent again, the same job meets the same answer. */
      readonly refused?: true
    }
  /** Some or all bytes may have arrived: never repeated by itself. */
  | { readonly kind: 'unknown'; readonly reason: string }

export interface PrinterAddress {
  readonly transport: PrinterTransport
  /**
   * tcp: `host:port` · serial: a port's path or a `DeviceBinding` text, with `@baud` behind it where it is no 9600 ·
   * usbLp: `/dev/usb/lp0` or a binding · usb: a binding · spooler, cups: the queue's name · simulated: any name.
   */
  readonly address: string
  /**
   * Decides how the printer is asked for its status. `driver`: the job goes through the driver of a queue (spooler, cups);
   * no other way has one.
   */
  readonly language: PrinterLanguage
}

export type PrinterTransport = 'tcp' | 'serial' | 'usbLp' | 'usb' | 'spooler' | 'cups' | 'simulated'

/** Opens the adapter for an address. The same address is always the same queue, whoever opens it. */
export type OpenPrinter = (address: PrinterAddress) => LabelPrinter
