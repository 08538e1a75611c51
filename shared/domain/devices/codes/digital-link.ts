import type { Result } from '#shared/support/result.ts'
import { type Gs1Element, type Gs1Fault, readElement } from './gs1.ts'

/** Identifiers that a path may begin with: what the link is about. */
const keys = new Set([
  '00',
  '01',
  '253',
  '255',
  '401',
  '402',
  '414',
  '417',
  '8003',
  '8004',
  '8006',
  '8010',
  '8013',
  '8017',
  '8018',
])

/**
 * A GS1 Digital Link, `https://any.example/any/path/01/06901234567892/10/A-7?17=261231`: the key and what narrows it in
 * the path, the rest in the query. A GTIN of 8, 12 or 13 digits is filled up. Links that are compressed, or hold nothing
 * of GS1, are undefined: any other web address. GS1 Digital Link URI syntax 1.4.
 */
export function parseDigitalLink(text: string): Result<readonly Gs1Element[], Gs1Fault> | undefined {
  const [, path = '', query = ''] = /^https?:\/\/[^/?#]+(\/[^?#]*)(?:\?([^#]*))?/i.exec(text) ?? []
  const parts = path.replace(/\/$/, '').split('/')
  const starts = parts.flatMap((part, at) => (keys.has(part) && (parts.length - at) % 2 === 0 ? [at] : []))
  // A shop's own path may look like a key; what follows a key is its value.
  const start = starts.find((at) => readPair(parts[at] ?? '', decoded(parts[at + 1] ?? '')).ok) ?? starts[0]
  if (start === undefined) return undefined
  const pairs: (readonly [string, string])[] = []
  for (let at = start; at < parts.length; at += 2) {
    pairs.push([parts[at] ?? '', decoded(parts[at + 1] ?? '')])
  }
  for (const part of query.split(/[&;]/)) {
    const [, name, value] = /^(\d{2,4})=(.*)$/.exec(part) ?? []
    // Other names (`linkType`) are not GS1's.
    if (name !== undefined && value !== undefined) pairs.push([name, decoded(value)])
  }
  const elements: Gs1Element[] = []
  for (const [ai, value] of pairs) {
    const element = readPair(ai, value)
    if (!element.ok) return { ok: false, error: { reason: element.error, at: text.indexOf(ai) } }
    elements.push(element.value)
  }
  return { ok: true, value: elements }
}

function readPair(ai: string, value: string): ReturnType<typeof readElement> {
  const full = ai === '01' && /^(?:\d{8}|\d{12,13})$/.test(value) ? value.padStart(14, '0') : value
  return readElement(ai, full)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
