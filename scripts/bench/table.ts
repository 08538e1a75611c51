import type { Figure } from './figure.ts'

/** Rows of cells as lines of text, the columns below each other. */
export function layTable(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

export function layFigures(figures: readonly Figure[]): string[] {
  const rows = figures.map(({ id, value, unit, bound, ok, against }) => [
    id,
    `${rounded(value)} ${unit}`,
    `${bound} ${unit}`,
    ok ? 'ok' : 'OVER',
    against,
  ])
  return layTable([['figure', 'value', 'bound', '', 'against'], ...rows])
}

function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
