/** A colour that belongs to a SKU for ever: the same on every bench, today and next year. */
export interface Tint {
  readonly ground: string
  readonly shade: string
  readonly ink: string
}

/** 24 hues × 3 depths; dark ink on light grounds keeps at least 7:1 for all of them. */
export function tintOf(sku: string): Tint {
  let hash = 2_166_136_261
  for (const char of sku) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619) >>> 0
  const hue = (hash % 24) * 15
  const depth = Math.floor(hash / 24) % 3
  const light = [88, 82, 78][depth] ?? 84
  return {
    ground: `oklch(${light}% 0.09 ${hue})`,
    shade: `oklch(${light - 6}% 0.1 ${hue})`,
    ink: `oklch(22% 0.06 ${hue})`,
  }
}
