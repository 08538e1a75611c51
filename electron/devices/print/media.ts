/** Names that every driver knows, in millimetres; any other size is a custom one. */
const named: readonly (readonly [string, number, number])[] = [
  ['A4', 210, 297],
  ['A5', 148, 210],
  ['A6', 105, 148],
]

export function mediaName(widthMm: number, heightMm: number): string {
  const known = named.find(([, width, height]) => width === widthMm && height === heightMm)
  return known?.[0] ?? `Custom.${widthMm}x${heightMm}mm`
}

/**
 * `lp -o` options: a page is put on paper of this size in its own size, never fitted. CUPS takes the driver's own name for
 * the size where it has one.
 */
export const paperOptions = (widthMm: number, heightMm: number): readonly string[] => [
  `media=${mediaName(widthMm, heightMm)}`,
  'print-scaling=none',
  'fit-to-page=false',
]
