/**
 * Rolls of receipt printers, mm from and to, and how much of them lies under the head, over the middle: 576 dots of 80 mm
 * (Cognitive A799 and NCR 7169 manuals), 384 of 58 mm (Toshiba B-EP2DL manual), half as many more at 300 dpi.
 */
const rolls = [
  { from: 76, to: 80, printable: { 203: 72, 300: 73.152 } },
  { from: 57, to: 58, printable: { 203: 48, 300: 48.768 } },
] as const

/** Mm that every receipt printer can print, whatever roll is in it. */
export const narrowestHeadMm = 48

/** Mm of a roll that a receipt printer prints; the whole of paper that is none of its rolls. */
export const printableMm = (rollMm: number, dpi: 203 | 300): number =>
  rolls.find(({ from, to }) => rollMm >= from && rollMm <= to)?.printable[dpi] ?? rollMm
