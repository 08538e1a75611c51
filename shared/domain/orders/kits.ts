/** Kits in orders: one SKU that the shop sells and that is packed as several parts. */

export interface ShopLine {
  readonly externalId: string
  readonly sku: string
  readonly title: string
  readonly spec: string
  readonly quantity: number
}

export interface KitPart {
  readonly sku: string
  /** Units in one kit. */
  readonly quantity: number
}

/** What the shop sold, where the lines to pack are its parts. */
export interface SoldKit {
  readonly sku: string
  readonly title: string
  readonly spec: string
  readonly quantity: number
  /** How many different parts it has. */
  readonly parts: number
}

/** A line as it is picked, scanned and put into the box. */
export interface PackLine extends ShopLine {
  /** One object for all parts of one line of the shop; `units` of this part are in one kit. */
  readonly kit: { readonly sold: SoldKit; readonly units: number } | null
}

/**
 * The lines to pack of the lines that the shop sold. Kits that left as themselves before anybody knew their parts
 * (`gone`, units by SKU) stay lines of their own: those units are not to be packed again.
 */
export function explodeKits(
  lines: readonly ShopLine[],
  partsOf: (sku: string) => readonly KitPart[],
  gone: ReadonlyMap<string, number> = new Map(),
): PackLine[] {
  const left = new Map(gone)
  return lines.flatMap((line): PackLine[] => {
    const parts = partsOf(line.sku)
    if (parts.length === 0) return [{ ...line, kit: null }]
    const whole = Math.min(line.quantity, left.get(line.sku) ?? 0)
    left.set(line.sku, (left.get(line.sku) ?? 0) - whole)
    const { externalId, sku, title, spec } = line
    const sold: SoldKit = { sku, title, spec, quantity: line.quantity - whole, parts: parts.length }
    const itself: PackLine[] = whole === 0 ? [] : [{ ...line, quantity: whole, kit: null }]
    if (sold.quantity === 0) return itself
    return [
      ...itself,
      ...parts.map((part) => ({
        externalId,
        sku: part.sku,
        // The shop's title and variant are the kit's; the part has its own in the catalogue.
        title: part.sku,
        spec: '',
        quantity: part.quantity * sold.quantity,
        kit: { sold, units: part.quantity },
      })),
    ]
  })
}

/** A line of which units have left. */
export interface ShippedLine {
  readonly id: number
  readonly sku: string
  /** SKU of the kit that it was a part of. */
  readonly kit: string | null
  readonly units: number
}

/** A line to be written: `id` names the line that goes on as this one, null makes a new one. */
export interface PlacedLine {
  readonly id: number | null
  readonly line: PackLine
  readonly quantity: number
}

/**
 * Lines of which units have left already go on: what has left counts for the new lines too, unit for unit of a SKU,
 * whichever of its lines it left for. Each such line keeps what it shipped, the last of them takes the rest.
 */
export function placeLines(lines: readonly PackLine[], shipped: readonly ShippedLine[]): PlacedLine[] {
  if (shipped.length === 0) return lines.map((line) => ({ id: null, line, quantity: line.quantity }))
  const left = [...shipped]
  /** Units that left beyond what earlier lines of the SKU ask for. */
  const ahead = new Map<string, number>()
  return lines.flatMap((line, index): PlacedLine[] => {
    const { sku } = line
    const over = ahead.get(sku) ?? 0
    let wanted = line.quantity - over
    ahead.set(sku, Math.max(0, -wanted))
    if (wanted <= 0) return []
    const later = lines.some((other, at) => at > index && other.sku === sku)
    const placed: PlacedLine[] = []
    while (wanted > 0) {
      const one = takeShipped(left, line)
      if (one === undefined) {
        placed.push({ id: null, line, quantity: wanted })
        break
      }
      const more = left.some((other) => other.sku === sku)
      if (one.units > wanted && later) ahead.set(sku, one.units - wanted)
      const quantity = (one.units > wanted ? later : more) ? one.units : wanted
      placed.push({ id: one.id, line, quantity })
      wanted -= quantity
    }
    return placed
  })
}

/** Whether exactly what these lines ask for has left already. */
export function hasAllLeft(lines: readonly PackLine[], shipped: readonly ShippedLine[]): boolean {
  const open = new Map<string, number>()
  for (const { sku, quantity } of lines) open.set(sku, (open.get(sku) ?? 0) + quantity)
  for (const { sku, units } of shipped) open.set(sku, (open.get(sku) ?? 0) - units)
  return [...open.values()].every((units) => units === 0)
}

/** The next line of this SKU of which units have left, one of the same kit first. */
function takeShipped(left: ShippedLine[], { sku, kit }: PackLine): ShippedLine | undefined {
  const own = left.findIndex((one) => one.sku === sku && one.kit === (kit?.sold.sku ?? null))
  const at = own >= 0 ? own : left.findIndex((one) => one.sku === sku)
  return at < 0 ? undefined : left.splice(at, 1)[0]
}
