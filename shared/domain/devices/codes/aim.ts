/** What kind of symbol was read, as far as a bench cares. */
export type Symbology =
  | 'ean'
  | 'ean8'
  | 'code128'
  | 'gs1-128'
  | 'code39'
  | 'itf'
  | 'codabar'
  | 'code93'
  | 'gs1-databar'
  | 'datamatrix'
  | 'gs1-datamatrix'
  | 'qr'
  | 'gs1-qr'
  | 'pdf417'
  | 'aztec'
  | 'hanxin'
  | 'dotcode'
  | 'gs1-dotcode'
  | 'other'

/**
 * AIM symbology identifiers: `]`, a code letter, a modifier (ISO/IEC 15424). A modifier that is named stands before the
 * letter alone.
 */
const symbologies: Readonly<Record<string, Symbology>> = {
  E: 'ean',
  E4: 'ean8',
  C: 'code128',
  C1: 'gs1-128',
  A: 'code39',
  I: 'itf',
  F: 'codabar',
  G: 'code93',
  e: 'gs1-databar',
  d: 'datamatrix',
  d2: 'gs1-datamatrix',
  d5: 'gs1-datamatrix',
  Q: 'qr',
  Q3: 'gs1-qr',
  Q4: 'gs1-qr',
  L: 'pdf417',
  z: 'aztec',
  h: 'hanxin',
  J: 'dotcode',
  J1: 'gs1-dotcode',
  // Telepen, Code 11, Code 16K, MSI, Plessey, both 2 of 5, Code 49, MaxiCode, and what has no letter of its own.
  B: 'other',
  H: 'other',
  K: 'other',
  M: 'other',
  P: 'other',
  R: 'other',
  S: 'other',
  T: 'other',
  U: 'other',
  X: 'other',
}

/** The symbology that an identifier such as `]C1` names; undefined for one that is not known here. */
export function symbologyOf(aim: string): Symbology | undefined {
  const [, letter = '', modifier = ''] = /^\]([A-Za-z])([0-9A-Za-z])$/.exec(aim) ?? []
  return symbologies[letter + modifier] ?? symbologies[letter]
}

/** Whether a symbol of this identifier holds GS1 element strings by its own word (FNC1 in first position). */
export const aimSaysGs1 = (aim: string): boolean => symbologyOf(aim)?.startsWith('gs1-') ?? false

/** Takes an AIM identifier off the front of what a scanner sent, where there is one. */
export function splitAim(text: string): { readonly text: string; readonly aim?: string } {
  const aim = text.slice(0, 3)
  return symbologyOf(aim) === undefined ? { text } : { text: text.slice(3), aim }
}

/** What a scan that does not tell its identifier apart may be, never empty: as it came, and without what was typed before it. */
export const asTyped = (text: string): readonly string[] =>
  [...new Set([text, splitAim(text).text])].filter((one) => one !== '')
