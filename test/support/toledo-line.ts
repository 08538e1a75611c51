/** Mettler Toledo's continuous output: STX, three status characters, weight, tare, CR; kilograms with three decimals. */
export const toledoLine = (grams: number, inMotion = false): string =>
  `\u0002\u002d${inMotion ? '\u0038' : '\u0030'}\u0020${String(grams).padStart(6, '0')}000000\r`
