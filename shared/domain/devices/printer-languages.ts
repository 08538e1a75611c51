/** The languages that printers of labels speak themselves. */
export const spokenLanguages = ['zpl', 'tspl', 'epl', 'cpcl', 'escpos'] as const

export type SpokenLanguage = (typeof spokenLanguages)[number]

/**
 * What labels are sent in. `driver`: nothing but the dots, for the driver of a queue of the system, which makes of them
 * what its printer wants. `test/unit/labels/languages.test.ts` runs over this list.
 */
export const printerLanguages = [...spokenLanguages, 'driver'] as const

export type PrinterLanguage = (typeof printerLanguages)[number]

/** Only queues of the system have a driver; the simulated printer understands everything. */
export const canSpeak = (transport: string, language: PrinterLanguage): boolean =>
  language !== 'driver' || transport === 'cups' || transport === 'spooler' || transport === 'simulated'

/** Whole numbers, both ends included. */
export interface Scale {
  readonly lowest: number
  readonly highest: number
}

export interface LanguageScales {
  /** What the language lets a job ask for; null where it has no command for it. */
  readonly darkness: Scale | null
  readonly speed: Scale | null
}

/**
 * Darkness and speed are kept on the printer's own scale, as its manual and its own menu count them, and kept within it
 * here: a percentage would move every darkness that a bench has found by trying. One model may take less than its language.
 *
 * ZPL `~SD` and `^PR` (ZPL II programming guide), TSPL `DENSITY` and `SPEED` (TSPL/TSPL2 programming manual), EPL2 `D`
 * and `S` (EPL programming guide 14245L-003), CPCL `TONE` and `SPEED` (CPCL programming guide). ZPL and TSPL count inches
 * a second, EPL2 and CPCL steps. ESC/POS has neither in common, and a driver has settings of its own.
 */
export const languageScales: Readonly<Record<PrinterLanguage, LanguageScales>> = {
  zpl: { darkness: { lowest: 0, highest: 30 }, speed: { lowest: 1, highest: 14 } },
  tspl: { darkness: { lowest: 0, highest: 15 }, speed: { lowest: 1, highest: 14 } },
  epl: { darkness: { lowest: 0, highest: 15 }, speed: { lowest: 1, highest: 6 } },
  cpcl: { darkness: { lowest: 0, highest: 200 }, speed: { lowest: 0, highest: 5 } },
  escpos: { darkness: null, speed: null },
  driver: { darkness: null, speed: null },
}

/** The value that a printer of this scale is sent: the nearest one it has. */
export function onScale(value: number, scale: Scale): number {
  return Math.min(scale.highest, Math.max(scale.lowest, Math.round(value)))
}
