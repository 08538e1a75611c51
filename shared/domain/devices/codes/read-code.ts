import { cleanCode, type OwnCode, ownCodeIn } from '#shared/domain/packing/codes.ts'
import type { Result } from '#shared/support/result.ts'
import { aimSaysGs1, splitAim, symbologyOf } from './aim.ts'
import { parseDigitalLink } from './digital-link.ts'
import { type Gs1Element, type Gs1Fault, parseBracketed, parseElementString } from './gs1.ts'
import { goodsInside, type Gs1Facts, gs1Facts } from './gs1-facts.ts'
import { gtinForms, readGtins } from './gtin.ts'
import { type CourierGuess, courierOfWaybill, waybillOfParcel } from './waybills.ts'

/**
 * What a scan may be by its form alone. `candidates` are the texts to look for in the catalogue and among waybills and
 * order numbers, in this order and without repeats; the text as it was printed is among them except for our own codes.
 */
export type ReadCode =
  /** One of our own codes: a command, a wave, a slot, a choice, a badge. */
  | { readonly kind: 'command'; readonly own: OwnCode; readonly candidates: readonly string[] }
  | {
      readonly kind: 'gtin'
      /** Canonical, 14 digits; the likelier one where eight digits can be two. */
      readonly gtin: string
      /** Plain digits may be a waybill as well, unless the symbol was an EAN. */
      readonly couriers: readonly CourierGuess[]
      readonly candidates: readonly string[]
    }
  | {
      readonly kind: 'gs1'
      readonly facts: Gs1Facts
      /** How many of the item that a candidate finds this code stands for. */
      readonly units: number
      readonly candidates: readonly string[]
    }
  | {
      readonly kind: 'waybill'
      /** Never empty, the surest first. */
      readonly couriers: readonly CourierGuess[]
      readonly candidates: readonly string[]
    }
  | {
      readonly kind: 'plain'
      /** Why a code that calls itself GS1 was not read as one. */
      readonly fault?: Gs1Fault
      readonly candidates: readonly string[]
    }

/** `aim` may also stand at the front of `text`. `year` is the running one, for two-digit years. */
export function readCode(scan: { readonly text: string; readonly aim?: string }, year: number): ReadCode {
  const { text, aim } = scan.aim === undefined ? splitAim(scan.text) : { text: scan.text, aim: scan.aim }
  const code = cleanCode(text)
  const own = ownCodeIn(text)
  if (own !== null) return { kind: 'command', own, candidates: [] }
  const claimed = aim !== undefined && aimSaysGs1(aim)
  const elements = readElements(text.replaceAll(around, ''), claimed)
  if (elements?.ok === true) {
    const facts = gs1Facts(elements.value, year)
    const goods = goodsInside(facts)
    return { kind: 'gs1', facts, units: goods?.units ?? 1, candidates: gs1Candidates(goods, facts, code) }
  }
  const plain = readPlain(code, aim === undefined ? undefined : symbologyOf(aim))
  // Label programs mark waybills as GS1-128 that are none: only what is nothing else is told as a fault.
  if (claimed && plain.kind === 'plain' && elements !== undefined) return { ...plain, fault: elements.error }
  return plain
}

/** Blanks and control characters at both ends, but for the separator, with which some scanners begin. */
// oxlint-disable-next-line no-control-regex -- control characters are what this takes out
const around = /^[\s\u0000-\u001C\u001E\u001F\u007F]+|[\s\u0000-\u001C\u001E\u001F\u007F]+$/g

/** Undefined where nothing says that this is GS1; a fault counts only where the symbol itself said so. */
function readElements(text: string, claimed: boolean): Result<readonly Gs1Element[], Gs1Fault> | undefined {
  const read = parseElements(text, claimed)
  if (read?.ok !== true || read.value.every(isSaidOnce)) return read
  return { ok: false, error: { reason: 'contradicts', at: 0 } }
}

/**
 * Two labels read as one, or two dates on one label: which of them holds, nobody knows. GS1 General Specifications: an
 * element string that is repeated has the same value each time.
 */
const isSaidOnce = ({ ai, value }: Gs1Element, _at: number, all: readonly Gs1Element[]): boolean =>
  all.every((other) => other.ai !== ai || other.value === value)

function parseElements(text: string, claimed: boolean): Result<readonly Gs1Element[], Gs1Fault> | undefined {
  const link = parseDigitalLink(text)
  if (link !== undefined) return link
  if (text.startsWith('(')) return parseBracketed(text)
  // Some scanners send FNC1 in first position as a separator; some send no identifier at all, and then a code is only
  // taken for GS1 when it begins with a number that its check digit proves.
  if (claimed || text.includes('\u001D') || /^(?:00\d{18}|0[12]\d{14})/.test(text))
    return parseElementString(text)
  return undefined
}

function readPlain(code: string, symbology: ReturnType<typeof symbologyOf>): ReadCode {
  const isEan = symbology === 'ean' || symbology === 'ean8'
  const couriers = isEan ? [] : courierOfWaybill(code)
  // EAN-8 is told apart from UPC-E by its identifier; a scanner that names it has not expanded it.
  const [gtin, other] = readGtins(code)
  if (gtin !== undefined) {
    const forms = [gtin, ...(other === undefined || symbology === 'ean8' ? [] : [other])].flatMap(gtinForms)
    return { kind: 'gtin', gtin, couriers, candidates: unique([code, ...forms]) }
  }
  // A magazine's or a book's number with two or five digits of its own behind it (`]E3`).
  const [base = ''] = symbology === 'ean' ? (/^\d{13}(?=\d{2}$|\d{5}$)/.exec(code) ?? []) : []
  const [whole] = readGtins(base)
  if (whole !== undefined)
    return { kind: 'gtin', gtin: whole, couriers, candidates: unique([code, ...gtinForms(whole)]) }
  if (couriers.length > 0) return { kind: 'waybill', couriers, candidates: [code] }
  const parcelOf = waybillOfParcel(code)
  const shared = parcelOf === undefined ? [] : courierOfWaybill(parcelOf)
  if (parcelOf !== undefined && shared.length > 0) {
    return { kind: 'waybill', couriers: shared, candidates: [code, parcelOf] }
  }
  return { kind: 'plain', candidates: [code] }
}

/** The item's number first: the whole text is different for every lot. */
function gs1Candidates(goods: ReturnType<typeof goodsInside>, facts: Gs1Facts, code: string): string[] {
  return unique([
    ...(goods === null ? [] : gtinForms(goods.gtin)),
    ...(facts.sscc === null ? [] : [facts.sscc, `00${facts.sscc}`]),
    code,
  ])
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)]
