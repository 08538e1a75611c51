import { printableMm } from '#shared/domain/labels/receipt-roll.ts'
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

/**
 * What a label is drawn on: the paper as the reader holds it, which a quarter turn lays on its side. Of a receipt printer's
 * roll it is what lies under the head: a label begins at its first dot.
 */
export function mediaOf(row: Settings & Pick<PrinterRow, 'language'>): LabelMedia {
  const { rotation, media, language, dpi, width_mm, height_mm } = row
  const turned = rotation === 90 || rotation === 270
  const isEndless = media === 'continuous'
  const across = isEndless && language === 'escpos' ? printableMm(width_mm, dpi) : width_mm
  return {
    widthMm: turned ? height_mm : across,
    heightMm: turned ? across : height_mm,
    dpi,
    ...(isEndless ? { endless: turned ? 'width' : 'height' } : {}),
  }
}
