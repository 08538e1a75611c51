import type { LabelMedia, PrintOptions } from '#electron/ports/label-press.ts'
import type { PrinterRow } from './repository.ts'

type Settings = Pick<
  PrinterRow,
  | 'width_mm'
  | 'height_mm'
  | 'dpi'
  | 'darkness'
  | 'speed'
  | 'compression'
  | 'gap_mm'
  | 'offset_x_mm'
  | 'offset_y_mm'
  | 'rotation'
> & {
  /** Null: the printer finds the next label as it is set. */
  readonly media: PrinterRow['media'] | null
}

/** What a printer's row says of each job. */
export function printOptions(row: Settings): PrintOptions {
  return {
    copies: 1,
    dpi: row.dpi,
    compression: row.compression,
    ...(row.media === null ? {} : { media: row.media, gapMm: row.gap_mm }),
    offsetXMm: row.offset_x_mm,
    offsetYMm: row.offset_y_mm,
    rotation: row.rotation,
    ...(row.darkness === null ? {} : { darkness: row.darkness }),
    ...(row.speed === null ? {} : { speed: row.speed }),
  }
}

/** What a label is drawn on: the paper as the reader holds it, which a quarter turn lays on its side. */
export function mediaOf(row: Settings): LabelMedia {
  const turned = row.rotation === 90 || row.rotation === 270
  return {
    widthMm: turned ? row.height_mm : row.width_mm,
    heightMm: turned ? row.width_mm : row.height_mm,
    dpi: row.dpi,
  }
}
