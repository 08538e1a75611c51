/** Cells as marketplaces and spreadsheets write them, turned into what they mean. Pure text work, no field knowledge. */

/** Why a cell cannot be taken; `code` names the text in both languages, `params` fill it. */
export interface CellFault {
  readonly code: CellFaultCode
  readonly params: Readonly<Record<string, string | number>>
}

export type CellFaultCode =
  | 'missing'
  | 'tooLong'
  | 'controlCharacter'
  /** A blank or a character outside ASCII where only printable ASCII works. */
  | 'characterNotAllowed'
  /** A number that the bench would take for one of its own codes. */
  | 'ownCode'
  /** An identifier that a spreadsheet turned into a rounded number (`1.23457E+17`): its last digits are gone. */
  | 'digitsLost'
  | 'numberUnreadable'
  | 'numberNegative'
  | 'quantityNotInteger'
  | 'quantityNotPositive'
  | 'quantityTooLarge'
  | 'moneyUnreadable'
  | 'yesOrNo'
  | 'wordUnknown'
  | 'jsonUnreadable'
  /** Sealed data of a waybill without the order that it was made for. */
  | 'sealedForNobody'
  | 'timeUnreadable'
  | 'pairIncomplete'
  | 'kitOfItself'

export type CellResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: CellFault }

export const cellFault = (
  code: CellFaultCode,
  params: Readonly<Record<string, string | number>> = {},
): { readonly ok: false; readonly fault: CellFault } => ({ ok: false, fault: { code, params } })

/** A cell's text as it may be shown in a message: short, on one line. */
export const shown = (text: string): string => {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 40 ? `${line.slice(0, 40)}…` : line
}

/**
 * A cell without its wrapping: blanks and tabs around it, `="…"`, and the apostrophe that marks text in a
 * spreadsheet (before a digit or before what would start a formula, so that a quoted word keeps its own).
 */
export function cleanCell(raw: string | undefined): string {
  if (raw === undefined || raw === '') return ''
  let text = raw
  if (isEdge(text.charCodeAt(0)) || isEdge(text.charCodeAt(text.length - 1))) text = text.trim()
  const first = text.charCodeAt(0)
  if (first === 61 /* = */ && text.length >= 3 && text.charCodeAt(1) === 34 && text.endsWith('"')) {
    return text.slice(2, -1).replaceAll('""', '"').trim()
  }
  if (first === 39 /* ' */ && apostropheMark.test(text)) return text.slice(1).trimStart()
  return text
}

/** Where blanks of any kind may be; `trim` then decides. Chinese characters and ASCII, the common case, are outside. */
const isEdge = (code: number) => code <= 32 || (code >= 0xa0 && code <= 0x3000) || code === 0xfeff

const apostropheMark = /^'[\s"']*[\d=+\-@＝＋－＠]/

/** A header as it is compared: letters and digits only in lower case, full-width forms made plain. */
export const headerKey = (header: string): string =>
  cleanCell(header)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-./:'"()[\]]+/g, '')

/** A word of a closed list as it is compared: full-width commas and brackets made plain, no blanks, lower case. */
export const wordKey = (word: string): string => word.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

/** Whether a spreadsheet has rounded what should be an identifier. */
export const lostDigits = (text: string): boolean => text.includes('+') && /^\d(?:\.\d+)?e\+\d+$/i.test(text)

/** Finds control characters, which neither barcodes nor identifiers may hold; they would steer printers and scanners. */
export function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < 32 || (code >= 127 && code < 160)) return true
  }
  return false
}

/** An identifier (order number, SKU, waybill): printable, at most `max` characters, digits intact. Empty is null. */
export function readIdentifier(text: string, max: number): CellResult<string | null> {
  if (text === '') return { ok: true, value: null }
  if (text.length > max) return cellFault('tooLong', { max, length: text.length })
  if (hasControls(text)) return cellFault('controlCharacter', { text: shown(text) })
  if (lostDigits(text)) return cellFault('digitsLost', { text })
  return { ok: true, value: text }
}

export const maxQuantity = 1_000_000

/** A count of units: a whole number above zero. `2.0` and `1,000` are read, since spreadsheets write them. */
export function readQuantity(text: string): CellResult<number> {
  const value = readWhole(text)
  if (value === null) return cellFault('quantityNotInteger', { text: shown(text) })
  if (value <= 0) return cellFault('quantityNotPositive', { text: shown(text) })
  if (value > maxQuantity) return cellFault('quantityTooLarge', { text: shown(text), max: maxQuantity })
  return { ok: true, value }
}

/** A whole number, or null. */
export function readWhole(text: string): number | null {
  if (text.length <= 7 && isDigits(text)) return Number(text)
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.0*)?$/.exec(text.normalize('NFKC'))
  if (match === null) return null
  const value = Number(`${match[1] ?? ''}${(match[2] ?? '').replaceAll(',', '')}`)
  return Number.isSafeInteger(value) ? value : null
}

function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < 48 || code > 57) return false
  }
  return text !== ''
}
