import { headerKey } from '#shared/domain/orders/import/cells.ts'
import { presets, type OrderField, type OrderPreset } from '#shared/domain/orders/import/presets.ts'

export interface Detection {
  readonly preset: OrderPreset
  /** 0 to 1: the share of the preset's telling headers that are there; the generic preset never exceeds 0.5. */
  readonly confidence: number
  /** Required fields that no header was found for; of alternatives the first. Empty when the file can be read. */
  readonly missing: readonly OrderField[]
}

/** Believed without asking from here on. */
export const sureConfidence = 0.75

/**
 * Which kind of order file has these headers. A preset that can be read wins over one that cannot, then the one
 * with most of its telling headers; the generic preset is the answer when no platform is believable.
 */
export function detectPreset(headers: readonly string[]): Detection {
  const keys = headerKeys(headers)
  let best: Detection | null = null
  for (const preset of presets) {
    const detection = detectOne(preset, keys)
    const believable = preset.markers.length === 0 || detection.confidence >= 0.6
    if (believable && (best === null || rank(detection) > rank(best))) best = detection
  }
  if (best === null) throw new Error('The generic preset is missing.')
  return best
}

/** How well headers fit one preset, for a preset that a person chose. */
export const detectFor = (preset: OrderPreset, headers: readonly string[]): Detection =>
  detectOne(preset, headerKeys(headers))

/**
 * Finds the header row among a file's first rows: eBay writes a row of bare commas before it, people write titles.
 * `index` is the position in `rows`. Null when `rows` holds no text.
 */
export function findHeader(
  rows: readonly (readonly string[])[],
): { readonly index: number; readonly detection: Detection } | null {
  let best: { index: number; detection: Detection } | null = null
  for (const [index, row] of rows.slice(0, 10).entries()) {
    if (row.every((cell) => cell.trim() === '')) continue
    const detection = detectPreset(row)
    if (best === null || rank(detection) > rank(best.detection)) best = { index, detection }
  }
  return best
}

const rank = (detection: Detection) => (detection.missing.length === 0 ? 1 : 0) + detection.confidence

function detectOne(preset: OrderPreset, keys: ReadonlySet<string>): Detection {
  const has = (name: string) => keys.has(headerKey(name))
  const missing = preset.required
    .filter((group) => !group.some((field) => preset.columns[field]?.some(has) === true))
    .flatMap((group) => group.slice(0, 1))
  const known = preset.markers.filter((names) => names.some(has)).length
  const confidence =
    preset.markers.length > 0
      ? known / preset.markers.length
      : ((preset.required.length - missing.length) / preset.required.length) * 0.5
  return { preset, confidence, missing }
}

const headerKeys = (headers: readonly string[]) => new Set(headers.map(headerKey))
