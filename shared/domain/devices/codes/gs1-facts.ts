import type { Gs1Element } from './gs1.ts'
import { gs1Date } from './gs1-date.ts'

/** What a packing bench wants to know of a GS1 code; null where the code does not say it. */
export interface Gs1Facts {
  /** Of the item itself (01), 14 digits. */
  readonly gtin: string | null
  /** Of what is inside this carton (02), 14 digits; `count` says how many. */
  readonly contentGtin: string | null
  /** Number of a parcel or pallet (00), 18 digits. */
  readonly sscc: string | null
  readonly lot: string | null
  readonly serial: string | null
  /** YYYY-MM-DD: not to be used after (17, or 7003 without its hour). */
  readonly expiry: string | null
  /** YYYY-MM-DD: best before (15). */
  readonly bestBefore: string | null
  /** YYYY-MM-DD: made (11). */
  readonly produced: string | null
  /** Net weight, whole grams. */
  readonly weightGrams: number | null
  /** Items in it: 37 with `contentGtin`, else 30. */
  readonly count: number | null
  /** Identifiers of dates that are none: read past, because the item is known all the same. */
  readonly wrongDates: readonly string[]
  readonly elements: readonly Gs1Element[]
}

/** More than any carton holds: a count above this is a misread. */
const mostInside = 10_000

/**
 * The item that a code speaks of, and how many of it one scan stands for: (01) is one, (01) with (30) and (02) with (37)
 * say how many. Null where no item is named, where the count is missing or nonsense, and where both kinds are named, which
 * the standard forbids. GS1 General Specifications, application identifiers (01), (02), (30), (37).
 */
export function goodsInside({
  gtin,
  contentGtin,
  count,
}: Gs1Facts): { readonly gtin: string; readonly units: number } | null {
  const named = gtin === null ? contentGtin : contentGtin === null ? gtin : null
  const units = count ?? (gtin === null ? 0 : 1)
  return named === null || units < 1 || units > mostInside ? null : { gtin: named, units }
}

/** Grams of one unit: kilogram, international pound, troy ounce, ounce. */
const weights: Readonly<Record<string, number>> = {
  '310': 1000,
  '320': 453.59237,
  '356': 31.1034768,
  '357': 28.349523125,
}

/** `year` is the running one: dates of two-digit years are read around it. */
export function gs1Facts(elements: readonly Gs1Element[], year: number): Gs1Facts {
  const value = (ai: string) => elements.find((one) => one.ai === ai)?.value ?? null
  const wrongDates: string[] = []
  const date = (ai: string): string | null => {
    const text = value(ai)
    if (text === null) return null
    const day = gs1Date(text.slice(0, 6), year)
    if (day === undefined) wrongDates.push(ai)
    return day ?? null
  }
  const number = (ai: string) => {
    const text = value(ai)
    return text === null ? null : Number(text)
  }
  const weighed = elements.find((one) => weights[one.ai.slice(0, 3)] !== undefined)
  return {
    gtin: value('01'),
    contentGtin: value('02'),
    sscc: value('00'),
    lot: value('10'),
    serial: value('21'),
    expiry: date('17') ?? date('7003'),
    bestBefore: date('15'),
    produced: date('11'),
    weightGrams:
      weighed === undefined
        ? null
        : Math.round(
            (Number(weighed.value) / 10 ** weighed.decimals) * (weights[weighed.ai.slice(0, 3)] ?? 0),
          ),
    count: number(value('02') === null ? '30' : '37'),
    wrongDates,
    elements,
  }
}
