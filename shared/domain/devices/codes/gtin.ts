/** The last digit of a GS1 number (GTIN, SSCC, GLN) from those before it: weights 3 and 1 from the right. */
export function checkDigit(digits: string): number {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    sum += Number(digits[digits.length - 1 - at]) * (at % 2 === 0 ? 3 : 1)
  }
  return (10 - (sum % 10)) % 10
}

/** Digits whose last one is the check digit of the others. */
export const isChecked = (digits: string): boolean =>
  /^\d{2,}$/.test(digits) && checkDigit(digits.slice(0, -1)) === Number(digits.at(-1))

/**
 * The GTINs, in their canonical 14 digits, that this text may be: one for EAN-13, UPC-A and GTIN-14, and up to two for
 * eight digits, which EAN-8 and UPC-E share. None where no check digit is right.
 */
export function readGtins(text: string): string[] {
  if (!/^(?:\d{8}|\d{12,14})$/.test(text)) return []
  const plain = isChecked(text) ? [text] : []
  const upcA = text.length === 8 ? expandUpcE(text) : undefined
  return [...plain, ...(upcA !== undefined && isChecked(upcA) ? [upcA] : [])].map((one) =>
    one.padStart(14, '0'),
  )
}

/**
 * Every text under which a catalogue may hold this GTIN-14, the likeliest first: as EAN-13, UPC-A, EAN-8, with all its
 * zeros, zero-suppressed as UPC-E prints it, and as a spreadsheet leaves a UPC-A that it took for a number.
 */
export function gtinForms(gtin14: string): string[] {
  const upcE = gtin14.startsWith('00') ? compressUpcE(gtin14.slice(2)) : undefined
  const bare = gtin14.replace(/^0+/, '')
  return [
    ...(gtin14.startsWith('0') ? [gtin14.slice(1)] : []),
    ...(gtin14.startsWith('00') ? [gtin14.slice(2)] : []),
    ...(gtin14.startsWith('000000') ? [gtin14.slice(6)] : []),
    gtin14,
    ...(upcE === undefined ? [] : [upcE]),
    ...(bare.length === 10 || bare.length === 11 ? [bare] : []),
  ]
}

/** Every text that stands for the number that this text is, itself first: two of them in one catalogue are one code twice. */
export function spellings(text: string): readonly string[] {
  const [gtin] = readGtins(text)
  return gtin === undefined ? [text] : [...new Set([text, ...gtinForms(gtin)])]
}

/** UPC-A of an eight-digit UPC-E (number system, six digits, check digit); GS1 General Specifications §5.2.2.4. */
export function expandUpcE(text: string): string | undefined {
  const [, system, body = '', check] = /^([01])(\d{6})(\d)$/.exec(text) ?? []
  if (system === undefined || check === undefined) return undefined
  const last = Number(body[5])
  const company = last <= 2 ? `${body.slice(0, 2)}${last}00` : body.slice(0, Math.min(last, 5))
  const item = last <= 2 ? body.slice(2, 5) : last <= 4 ? body.slice(last, 5) : String(last)
  return `${system}${company.padEnd(5, '0')}${item.padStart(5, '0')}${check}`
}

/** The UPC-E of a UPC-A, where it has one: of the ways to leave zeros out, the one that expands to the same number. */
function compressUpcE(upcA: string): string | undefined {
  const [, system, company = '', item = '', check] = /^([01])(\d{5})(\d{5})(\d)$/.exec(upcA) ?? []
  if (system === undefined || check === undefined) return undefined
  const bodies = [
    `${company.slice(0, 2)}${item.slice(2)}${company[2] ?? ''}`,
    `${company.slice(0, 3)}${item.slice(3)}3`,
    `${company.slice(0, 4)}${item.slice(4)}4`,
    `${company}${item.slice(4)}`,
  ]
  return bodies.map((body) => `${system}${body}${check}`).find((text) => expandUpcE(text) === upcA)
}
