import type { Bitmap, PrinterLanguage, PrintOptions } from '#electron/ports/label-press.ts'
import { decodeZpl, encodeZpl } from './zpl.ts'

/** A whole job in a printer's language, and back: pure, one file a language. */
export interface Language {
  encode(bitmap: Bitmap, options: PrintOptions): Uint8Array
  decode(job: Uint8Array): Bitmap | undefined
}

export const languages: Readonly<Record<PrinterLanguage, Language>> = {
  zpl: { encode: encodeZpl, decode: decodeZpl },
}
