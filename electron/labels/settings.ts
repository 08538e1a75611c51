import type { PrintOptions } from '#electron/ports/label-press.ts'
import {
  languageScales,
  onScale,
  type PrinterLanguage,
  type Scale,
} from '#shared/domain/devices/printer-languages.ts'

/** The gap of common label rolls, for printers that want one and were told none. */
const usualGapMm = 3

export const gapOf = (options: PrintOptions): number => options.gapMm ?? usualGapMm

/** Darkness and speed as a job says them: within the language's scale, undefined where nothing is to be said. */
export function settingsFor(
  language: PrinterLanguage,
  { darkness, speed }: PrintOptions,
): { readonly darkness: number | undefined; readonly speed: number | undefined } {
  const scales = languageScales[language]
  return { darkness: said(darkness, scales.darkness), speed: said(speed, scales.speed) }
}

const said = (value: number | undefined, scale: Scale | null) =>
  value === undefined || scale === null ? undefined : onScale(value, scale)
