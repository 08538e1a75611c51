import type { Result } from '#shared/support/result.ts'
import { isChecked } from './gtin.ts'
import { type Gs1Format, identifierAt } from './gs1-table.ts'

export interface Gs1Element {
  /** The application identifier, two to four digits. */
  readonly ai: string
  readonly value: string
  /** Decimals of a numeric value; 0 for all others. */
  readonly decimals: number
}

export interface Gs1Fault {
  readonly reason:
    | 'unknownAi'
    | 'tooShort'
    | 'tooLong'
    | 'notDigits'
    | 'character'
    | 'checkDigit'
    | 'contradicts'
    | 'empty'
  /** Where in the text, from 0; 0 where the text as a whole is at fault. */
  readonly at: number
}

type Parsed = Result<readonly Gs1Element[], Gs1Fault>

/** FNC1 inside a symbol reaches us as this control character. */
const separator = '\u001D'

const fault = (reason: Gs1Fault['reason'], at: number): { readonly ok: false; readonly error: Gs1Fault } => ({
  ok: false,
  error: { reason, at },
})

/**
 * Reads GS1 element strings as a symbol holds them: identifier and value without brackets, a separator (1D) behind each
 * value whose length the identifier does not fix. A separator too many is forgiven, as printers leave it; a value that
 * breaks its format is not. GS1 General Specifications §7.8.
 */
export function parseElementString(text: string): Parsed {
  const elements: Gs1Element[] = []
  let at = 0
  while (at < text.length) {
    if (text[at] === separator) {
      at += 1
      continue
    }
    const found = identifierAt(text.slice(at, at + 4))
    if (found === undefined) return fault('unknownAi', at)
    const start = at + found.ai.length
    const end = found.format.least === found.format.most ? start + found.format.most : endOfValue(text, start)
    const value = text.slice(start, end)
    const wrong = wrongWith(value, found.format)
    if (wrong !== undefined) return fault(wrong, start)
    elements.push({ ai: found.ai, value, decimals: found.format.decimals })
    at = end
  }
  return elements.length === 0 ? fault('empty', 0) : { ok: true, value: elements }
}

/**
 * Reads the form for people, `(01)06901234567892(10)A-7`: brackets around known identifiers part the values, and blanks
 * may stand around these: GS1's own characters have none.
 */
export function parseBracketed(text: string): Parsed {
  if (!text.startsWith('(')) return fault('unknownAi', 0)
  const marks = [...text.matchAll(/\((\d{2,4})\)/g)].filter(([, ai = '']) => identifierAt(ai)?.ai === ai)
  if (marks[0]?.index !== 0) return fault('unknownAi', 0)
  const elements: Gs1Element[] = []
  for (const [turn, mark] of marks.entries()) {
    const [brackets, ai = ''] = mark
    const element = readElement(ai, text.slice(mark.index + brackets.length, marks[turn + 1]?.index).trim())
    if (!element.ok) return fault(element.error, mark.index)
    elements.push(element.value)
  }
  return { ok: true, value: elements }
}

/** One element whose identifier and value are known apart. */
export function readElement(ai: string, value: string): Result<Gs1Element, Gs1Fault['reason']> {
  const found = identifierAt(ai)
  if (found?.ai !== ai) return { ok: false, error: 'unknownAi' }
  const wrong = wrongWith(value, found.format)
  if (wrong !== undefined) return { ok: false, error: wrong }
  return { ok: true, value: { ai, value, decimals: found.format.decimals } }
}

function endOfValue(text: string, start: number): number {
  const end = text.indexOf(separator, start)
  return end === -1 ? text.length : end
}

/** Any printable ASCII passes: makers print signs into lots that the standard's character set leaves out. */
function wrongWith(value: string, format: Gs1Format): Gs1Fault['reason'] | undefined {
  if (value.length < format.least) return 'tooShort'
  if (value.length > format.most) return 'tooLong'
  if (!/^\d*$/.test(value.slice(0, format.digits))) return 'notDigits'
  if (!/^[ -~]*$/.test(value)) return 'character'
  if (format.checked > 0 && !isChecked(value.slice(0, format.checked))) return 'checkDigit'
  return undefined
}
