/** Grams of one unit, by the names that scales print. The pound is the international one. */
const units: Readonly<Record<string, number>> = {
  mg: 0.001,
  g: 1,
  kg: 1000,
  t: 1_000_000,
  lb: 453.59237,
  lbs: 453.59237,
  oz: 28.349523125,
}

/** Whole grams of `value` in `unit`; undefined for a unit that is none of weight. */
export function gramsOf(value: number, unit: string): number | undefined {
  const one = units[unit.toLowerCase()]
  if (one === undefined || !Number.isFinite(value)) return undefined
  // Away from the dust of binary fractions first (1.0005 kg is 1000.5 g), and never -0.
  return Math.round(Number((value * one).toFixed(6))) + 0
}
