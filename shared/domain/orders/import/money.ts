import { cellFault, shown, type CellResult } from '#shared/domain/orders/import/cells.ts'

/** Money as a marketplace writes it. */
export interface ReadMoney {
  /** In units of 10^-`scale`, rounded half away from zero; never through floating point. */
  readonly units: number
  /** ISO 4217 where the text names a currency beyond doubt, else null (`$` and `¥` stand for several). */
  readonly currency: string | null
}

/** Digits of a currency's minor unit (ISO 4217); 2 unless listed. */
export const minorDigits = (currency: string): number => currencyDigits[currency] ?? 2

const currencyDigits: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  VND: 0,
  CLP: 0,
  ISK: 0,
  UGX: 0,
  XAF: 0,
  XOF: 0,
  KWD: 3,
  BHD: 3,
  OMR: 3,
  JOD: 3,
  TND: 3,
}

const symbols: Readonly<Record<string, string>> = {
  元: 'CNY',
  '£': 'GBP',
  '€': 'EUR',
  us$: 'USD',
  au$: 'AUD',
  a$: 'AUD',
  c$: 'CAD',
  ca$: 'CAD',
  hk$: 'HKD',
  nt$: 'TWD',
  s$: 'SGD',
}

const form =
  /^([+-]?)([a-z]{0,3} ?[$¥£€]|[a-z]{3} )? ?([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d*))? ?(元|[a-z]{3}|[€£¥])?$/i

/** Reads `1,234.50`, `¥12`, `US $5.00`, `12.5元`, `EUR 3`. A decimal comma is refused: it could be thousands. */
export function readMoney(text: string, scale: number): CellResult<ReadMoney> {
  const plain = plainUnits(text, scale)
  if (plain >= 0) return { ok: true, value: { units: plain, currency: null } }
  const match = form.exec(text.includes('￥') || text.includes('，') ? text.normalize('NFKC') : text)
  const whole = match?.[4]
  const decimals = match?.[5]
  if (match === null || (whole === undefined && (decimals === undefined || decimals === ''))) {
    return cellFault('moneyUnreadable', { text: shown(text) })
  }
  const kept = `${whole === undefined ? '0' : whole.replaceAll(',', '')}${(decimals ?? '').slice(0, scale).padEnd(scale, '0')}`
  const units = Number(kept) + ((decimals ?? '').charCodeAt(scale) >= 53 /* 5 */ ? 1 : 0)
  if (!Number.isSafeInteger(units)) return cellFault('moneyUnreadable', { text: shown(text) })
  const negative = (match[1] === '-') !== (match[3] === '-')
  return { ok: true, value: { units: negative ? -units : units, currency: currencyOf(match[2] ?? match[6]) } }
}

/** Digits with at most `scale` decimals, the common case, without the regular expression; -1 for all else. */
function plainUnits(text: string, scale: number): number {
  if (text.length === 0 || text.length > 10 || scale > 5) return -1
  let units = 0
  let decimals = -1
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 46 /* . */ && decimals < 0 && at > 0) decimals = 0
    else if (code < 48 || code > 57 || decimals === scale) return -1
    else {
      units = units * 10 + code - 48
      if (decimals >= 0) decimals += 1
    }
  }
  for (let at = Math.max(decimals, 0); at < scale; at += 1) units *= 10
  return units
}

function currencyOf(sign: string | undefined): string | null {
  if (sign === undefined) return null
  const word = sign.replace(' ', '').toLowerCase()
  return symbols[word] ?? (/^[a-z]{3}$/.test(word) ? word.toUpperCase() : null)
}
