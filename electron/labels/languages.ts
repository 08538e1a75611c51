import type { Bitmap, PrintOptions } from '#electron/ports/label-press.ts'
import type { PrinterLanguage } from '#shared/domain/devices/printer-languages.ts'
import { decodeCpcl, encodeCpcl } from './cpcl.ts'
import { decodeDots, encodeDots } from './dots-page.ts'
import { decodeEpl, encodeEpl } from './epl.ts'
import { decodeEscPos, encodeEscPos } from './escpos.ts'
import { decodeTspl, encodeTspl } from './tspl.ts'
import { decodeZpl, encodeZpl } from './zpl.ts'

/** A whole job in a printer's language, and back: pure, one file a language. The bitmap is placed already. */
export interface Language {
  encode(bitmap: Bitmap, options: PrintOptions): Uint8Array
  decode(job: Uint8Array): Bitmap | undefined
}

export const languages: Readonly<Record<PrinterLanguage, Language>> = {
  zpl: { encode: encodeZpl, decode: decodeZpl },
  tspl: { encode: encodeTspl, decode: decodeTspl },
  epl: { encode: encodeEpl, decode: decodeEpl },
  cpcl: { encode: encodeCpcl, decode: decodeCpcl },
  escpos: { encode: encodeEscPos, decode: decodeEscPos },
  driver: { encode: encodeDots, decode: decodeDots },
}
