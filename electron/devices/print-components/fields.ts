/** Reading of what somebody else sent: nothing of its shape is sure. */
export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const fieldsIn = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.filter(isFields) : []

/** Ids come back as they were sent, but some components turn them into numbers. */
export const idIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined

/** A word of a protocol; one component ends its `failed ` with a blank. */
export const wordIn = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** A component's own words, short enough for a reason. */
export function reasonIn(...values: readonly unknown[]): string {
  const told = values.map(wordIn).find((word) => word !== '')
  return told === undefined
    ? 'the component gave no reason'
    : told
        .replaceAll(/[\p{C}\s]+/gu, ' ')
        .trim()
        .slice(0, 200)
}
