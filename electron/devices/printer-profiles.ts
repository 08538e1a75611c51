import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { printerProfiles } from '#shared/contract/printer-profiles.ts'
import type { PrinterProfile } from '#shared/domain/devices/printer-profiles.ts'

/**
 * Reads the table of printers that comes with the app, which lies two folders up from here in the sources as in what is
 * built. Throws what is wrong with it: the table is part of the product.
 */
export function loadPrinterProfiles(
  file = join(import.meta.dirname, '../../resources/devices/printers.json'),
): readonly PrinterProfile[] {
  return printerProfiles.parse(JSON.parse(readFileSync(file, 'utf8'))).profiles
}
