import type { Bitmap, PrinterLanguage, PrintOptions } from '#electron/ports/label-press.ts'
import { encodeZpl } from './zpl.ts'

/** A whole job in a printer's language: pure, one file a language. */
export type LanguageEncoder = (bitmap: Bitmap, options: PrintOptions) => Uint8Array

export const languages: Readonly<Record<PrinterLanguage, LanguageEncoder>> = {
  zpl: encodeZpl,
}
