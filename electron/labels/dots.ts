import type { LabelMedia } from '#electron/ports/label-press.ts'

/** 203 dpi heads have 8 dots a mm by their makers' count; 300 dpi heads are sold as 11.8. */
export const dotsPerMm: Readonly<Record<LabelMedia['dpi'], number>> = { 203: 8, 300: 300 / 25.4 }
