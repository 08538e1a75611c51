import {
  findHeader,
  OrderCollector,
  OrderRowReader,
  planColumns,
  type CollectedOrders,
  type ColumnMapping,
  type PresetId,
  type RowRejection,
} from '#shared/domain/orders/import/index.ts'

export interface ReadOrders extends CollectedOrders {
  readonly presets: readonly PresetId[]
  readonly rejections: readonly RowRejection[]
}

/** Reads whole files, given as rows of cells, the way an import does. */
export function readOrders(
  files: readonly (readonly (readonly string[])[])[],
  options: { zone?: string; currency?: string; mapping?: ColumnMapping } = {},
): ReadOrders {
  const collector = new OrderCollector()
  const rejections: RowRejection[] = []
  const presets: PresetId[] = []
  files.forEach((rows, file) => {
    const header = findHeader(rows)
    if (header === null) throw new Error('no header')
    presets.push(header.detection.preset.id)
    const plan = planColumns(header.detection.preset, rows[header.index] ?? [], options.mapping)
    const reader = new OrderRowReader(plan, { zone: 'Asia/Shanghai', ...options })
    for (const [at, cells] of rows.entries()) {
      if (at <= header.index) continue
      const result = reader.read(cells, at + 1)
      if (!result.ok) {
        rejections.push(result.rejection)
        collector.reject(result.rejection, file)
      } else if (result.row !== null) collector.add(result.row, file)
    }
  })
  return { ...collector.finish(), presets, rejections }
}

/** A file's rows from its header line and rows that name only the filled cells. */
export function fileWith(
  headers: string,
  rows: readonly Readonly<Record<string, string>>[],
  separator = ',',
): readonly (readonly string[])[] {
  const names = headers.split(separator)
  const unknown = rows.flatMap((row) => Object.keys(row)).find((name) => !names.includes(name))
  if (unknown !== undefined) throw new Error(`no header ${unknown}`)
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))]
}
