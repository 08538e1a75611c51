import type { PaperWork } from './document-press.ts'
import type { SendOutcome } from './label-printer.ts'

/** Prints finished documents through the system's own driver, without a window. */
export interface DocumentPrinter {
  /**
   * Never throws, and never says `printed`: a driver does not know. Cancelled by its signal, it says `notSent` where nothing
   * can come out, and else `unknown`.
   */
  print(pdf: Uint8Array, options: DocumentPrintOptions, work?: PaperWork): Promise<SendOutcome>
}

export interface DocumentPrintOptions {
  /** The queue's name, as the system has it. */
  readonly queue: string
  /** What the job is called in the queue's list. */
  readonly name: string
  /** Of the paper, in millimetres: the document is put on it in its own size, never fitted. */
  readonly widthMm: number
  readonly heightMm: number
  readonly copies?: number
}
