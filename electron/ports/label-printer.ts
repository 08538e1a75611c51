/** A way to put bytes on a label printer: TCP 9100 today, serial, USB and spooler later. */
export interface LabelPrinter {
  /**
   * Sends one whole job in one burst. Resolves when the transport has taken every byte, which proves nothing
   * about paper. Never throws: what went wrong is a value.
   *
   * @param name What the job is called where a transport shows a list of jobs; letters, digits and `-`.
   */
  send(job: Uint8Array, name?: string): Promise<SendOutcome>
}

export type SendOutcome =
  | { readonly kind: 'sent' }
  /** No byte left this machine (refused, unreachable, name unknown): trying again cannot print twice. */
  | { readonly kind: 'notSent'; readonly reason: string }
  /** Some or all bytes may have arrived: never repeated by itself. */
  | { readonly kind: 'unknown'; readonly reason: string }

export interface PrinterAddress {
  readonly transport: 'tcp' | 'simulated'
  /** `host:port` for tcp; the printer's name for the simulated one. */
  readonly address: string
}

/** Opens the adapter for an address. */
export type OpenPrinter = (address: PrinterAddress) => LabelPrinter
