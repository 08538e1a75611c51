/**
 * What keeps a CSV cell from being run or bent by a spreadsheet (OWASP "CSV Injection"; DESIGN: exports are opened
 * in Excel by the warehouse and by couriers).
 *
 * - A text that would start a formula (`= + - @`, their full-width twins, TAB, CR, also behind blanks or quotes)
 *   gets a leading apostrophe: it is shown, and the cell stays text.
 * - A number-like text that Excel would round (12 digits and more, leading zeros, `12E5`) gets a trailing TAB. A
 *   tab is not shown and makes the cell text; Pinduoduo's own exports do the same, and every reader trims it.
 *   Not `="123"`, which is itself a formula, and not a leading tab, which is one of OWASP's six.
 */
export function neutralised(text: string): string {
  if (formulaLead.test(text)) return `'${text}`
  return roundedDigits.test(text) ? `${text}\t` : text
}

const formulaLead = /^[\s"'\u200b-\u200f\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/
const roundedDigits = /^(?:\d{12,}|0\d+|\d+(?:\.\d+)?[eE][+-]?\d+)$/
