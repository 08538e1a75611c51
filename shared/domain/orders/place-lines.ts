/** A line as the shop asks for it now. */
export interface WantedLine {
  readonly externalId: string
  readonly sku: string
  readonly quantity: number
}

/** A stored line of which units have left in a parcel. */
export interface ShippedLine {
  readonly id: number
  readonly externalId: string
  readonly sku: string
  readonly units: number
}

/** A line to store: in the place of a shipped one, or anew where `id` is null. */
export interface PlacedLine<T extends WantedLine> {
  readonly id: number | null
  readonly line: T
  readonly quantity: number
}

/** Whether exactly what the shop asks for has left already. */
export function hasAllLeft(wanted: readonly WantedLine[], shipped: readonly ShippedLine[]): boolean {
  const skus = new Set([...wanted, ...shipped].map(({ sku }) => sku))
  return [...skus].every((sku) => asked(wanted, sku) === left(shipped, sku))
}

const asked = (wanted: readonly WantedLine[], sku: string) =>
  wanted.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0)
const left = (shipped: readonly ShippedLine[], sku: string) =>
  shipped.reduce((sum, line) => (line.sku === sku ? sum + line.units : sum), 0)

interface Place<T> {
  readonly line: T
  readonly rows: ShippedLine[]
  quantity: number
}

/**
 * Stores a changed order over the lines of which units have left, so that line by line what is asked minus what has
 * left is what is still to be packed, and no more of a SKU than the whole order still wants. A shipped line goes on as
 * itself. Where more of it has left than it now asks for, the surplus stands for other lines of its SKU, which ask for
 * so much less; a shipped line that nothing stands for any more is left out.
 */
export function placeLines<T extends WantedLine>(
  wanted: readonly T[],
  shipped: readonly ShippedLine[],
): PlacedLine<T>[] {
  const places: Place<T>[] = wanted.map((line) => ({ line, rows: [], quantity: line.quantity }))
  for (const row of shipped) bestPlace(places, row)?.rows.push(row)
  if (shipped.length > 0) for (const place of places) lend(place, places)
  return places.flatMap(divide)
}

const gone = ({ rows }: Place<unknown>): number => rows.reduce((sum, row) => sum + row.units, 0)
const wants = (place: Place<unknown>): number => place.quantity - gone(place)

/** The line that the shop calls the same, among those that still want something; the first, if none is called so. */
function bestPlace<T extends WantedLine>(
  places: readonly Place<T>[],
  row: ShippedLine,
): Place<T> | undefined {
  const rank = (place: Place<T>) =>
    (wants(place) > 0 ? 0 : 2) + (place.line.externalId === row.externalId ? 0 : 1)
  return places
    .filter(({ line }) => line.sku === row.sku)
    .toSorted((one, other) => rank(one) - rank(other))[0]
}

function lend<T extends WantedLine>(from: Place<T>, places: readonly Place<T>[]): void {
  for (const to of places) {
    const units = Math.min(-wants(from), wants(to))
    if (to.line.sku !== from.line.sku || units <= 0) continue
    from.quantity += units
    to.quantity -= units
  }
}

/** Several shipped lines that have become one keep what they shipped; the last takes the rest. */
function divide<T extends WantedLine>({ line, rows, quantity }: Place<T>): PlacedLine<T>[] {
  if (rows.length === 0) return quantity > 0 ? [{ id: null, line, quantity }] : []
  let rest = quantity
  return rows
    .map(({ id, units }, index) => {
      const takes = index === rows.length - 1 ? rest : Math.min(units, rest)
      rest -= takes
      return { id, line, quantity: takes }
    })
    .filter((placed) => placed.quantity > 0)
}
