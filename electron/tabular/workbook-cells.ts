/** Texts of a workbook's typed cells (ECMA-376 part 1, 18.3.1.4 and 18.8.30). */

/** Number formats that show dates or times without saying so: the built-in ones, Chinese ones (27-36, 50-58) included. */
const isBuiltInDate = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** Whether a number format shows a date: it has date letters outside quotes, escapes and brackets. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isBuiltInDate(id)
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  return /[ymdhs]/i.test(bare.replace(/General/gi, ''))
}

/**
 * A number as people read it: at most 15 digits, as in Excel, so 19.899999999999999 is 19.9. Beyond 15 digits a
 * number is written like `1.23456789012346E+17`, because its last digits are lost: whoever reads an identifier
 * must see that.
 */
export function numberText(raw: string): string {
  if (/^-?(?:0|[1-9]\d{0,14})$/.test(raw)) return raw
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return raw
  if (Math.abs(value) < 1e15) return String(Number(value.toPrecision(15)))
  return value.toPrecision(15).replace(/\.?0*e/, 'E')
}

const dayMs = 86_400_000

/** A date serial as `YYYY-MM-DD HH:mm:ss`, a bare time of day as `HH:mm:ss`, what is no date as the number. */
export function dateText(raw: string, epoch1904: boolean): string {
  const serial = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(serial) || serial < 0 || serial >= 2_958_466)
    return numberText(raw)
  const seconds = Math.round(serial * 86_400) * 1000
  if (serial < 1) return new Date(seconds).toISOString().slice(11, 19)
  // Excel believes in a 29 February 1900, so serials before it are a day off.
  const epoch = epoch1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30) + (serial < 60 ? dayMs : 0)
  return new Date(epoch + seconds).toISOString().slice(0, 19).replace('T', ' ')
}

/** Zero-based column of a reference like `AB12`; -1 where it has no letters. */
export function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at) & ~32
    if (code < 65 || code > 90) break
    column = column * 26 + (code - 64)
  }
  return column - 1
}
