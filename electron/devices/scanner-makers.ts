import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What is known of a maker of scanners, from `resources/devices/scanners.json`. */
export interface ScannerMaker {
  /** USB vendor id. */
  readonly vendor: number
  readonly name: string
  /** How its HID POS reports are laid out, where its manuals say so and no report descriptor can be read. */
  readonly report?: ReportPlaces
  /** Sent once after opening: the feature report that makes it speak HID POS. Failure means that it need not be told. */
  readonly wake?: readonly number[]
}

/** Places in a report by bytes, the report's number being byte 0. */
export interface ReportPlaces {
  readonly id: number
  readonly length: number
  /** Where the three bytes of the AIM identifier stand; absent: none are sent. */
  readonly aim?: number
  readonly data: number
  /** How many bytes of data a report has. */
  readonly capacity: number
  /** The byte whose lowest bit says that the scan goes on in the next report. */
  readonly more: number
}

interface MakerRow {
  readonly vendor: string
  readonly name: string
  readonly report?: ReportPlaces
  readonly wake?: readonly number[]
}

/** Reads the table that comes with the app. It lies two folders up from here in the sources as in what is built. */
export function loadScannerMakers(
  file = join(import.meta.dirname, '../../resources/devices/scanners.json'),
): readonly ScannerMaker[] {
  const { makers } = JSON.parse(readFileSync(file, 'utf8')) as { readonly makers: readonly MakerRow[] }
  return makers.map(({ vendor, ...maker }) => ({ ...maker, vendor: Number.parseInt(vendor, 16) }))
}
