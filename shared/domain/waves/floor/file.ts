import type { FloorPlan, PlanDepot, Way } from './plan.ts'
import { aisleName, inOrder } from './plan.ts'

/** A row of a floor file; what a row of its kind does not need is null. */
export interface FloorRow {
  readonly row: number
  readonly what: 'crossAisle' | 'aisle' | 'passage' | 'start' | 'drop' | 'both' | 'lift'
  readonly name: string | null
  readonly zone: string | null
  readonly xMm: number | null
  readonly yMm: number | null
  /** Names of cross aisles (of an aisle's stretch) or of aisles (of a passage). */
  readonly from: string | null
  readonly to: string | null
  readonly way: Way | null
}

/** What is wrong with a file as a whole; the plan is then not taken at all. */
export interface FloorFileProblem {
  readonly row: number
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}

export type FloorFile =
  | { readonly ok: true; readonly plan: FloorPlan }
  | { readonly ok: false; readonly problems: readonly FloorFileProblem[] }

/** Puts the rows of a file together into a plan. */
export function readFloor(rows: readonly FloorRow[]): FloorFile {
  const problems: FloorFileProblem[] = []
  const wrong = (row: number, code: string, params: FloorFileProblem['params'] = {}) =>
    void problems.push({ row, code, params })
  const need = (row: FloorRow, field: 'name' | 'xMm' | 'yMm'): boolean => {
    if (row[field] !== null) return true
    wrong(row.row, 'floorCellMissing', { field: field === 'xMm' ? 'x_m' : field === 'yMm' ? 'y_m' : 'name' })
    return false
  }

  const crossAisles = rows
    .filter((row) => row.what === 'crossAisle' && need(row, 'name') && need(row, 'yMm'))
    .map(({ name, yMm }) => ({ name: name ?? '', yMm: yMm ?? 0 }))
    .sort((a, b) => a.yMm - b.yMm)
  if (crossAisles.length < 2)
    wrong(rows[0]?.row ?? 1, 'floorCrossAisles', { crossAisles: crossAisles.length })
  const crossOf = (name: string | null, row: number): number => {
    const at = crossAisles.findIndex((one) => one.name === name)
    if (at < 0) wrong(row, 'floorNoCrossAisle', { name: name ?? '' })
    return at
  }

  const aisles = aislesOf(rows, crossAisles.length - 1, { need, wrong, crossOf })
  if (aisles.length === 0) wrong(rows[0]?.row ?? 1, 'floorNoAisles')
  const aisleOf = (name: string | null, zone: string | null, row: number): number => {
    const at = aisles.findIndex(({ names }) =>
      names.some(
        (one) => one === aisleName(zone ?? '', name ?? '') || (zone === null && one.endsWith(`/${name}`)),
      ),
    )
    if (at < 0) wrong(row, 'floorNoAisle', { name: name ?? '' })
    return at
  }
  const crossWays = rows
    .filter(({ what }) => what === 'passage')
    .flatMap((row) => {
      const cross = crossOf(row.name, row.row)
      const ends = [aisleOf(row.from, row.zone, row.row), aisleOf(row.to, row.zone, row.row)]
      const [first = -1, last = -1] = ends.sort((a, b) => a - b)
      if (cross < 0 || first < 0) return []
      const way = row.way ?? 'closed'
      return Array.from({ length: last - first }, (_, at) => ({ cross, aisle: first + at, way }))
    })
  const depots = rows.flatMap((row): PlanDepot[] =>
    (row.what === 'start' || row.what === 'drop' || row.what === 'both') &&
    need(row, 'xMm') &&
    need(row, 'yMm')
      ? [{ name: row.name ?? '', xMm: row.xMm ?? 0, yMm: row.yMm ?? 0, role: row.what }]
      : [],
  )
  if (depots.length === 0) wrong(rows[0]?.row ?? 1, 'floorNoDepot')
  const lift = rows.find(({ what }) => what === 'lift')
  const liftMmPerLevel = lift?.xMm ?? 0
  if (liftMmPerLevel < 0) wrong(lift?.row ?? 1, 'floorLiftNegative', { value: liftMmPerLevel / 1000 })
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, plan: inOrder({ crossAisles, aisles, crossWays, depots, liftMmPerLevel }) }
}

interface Reading {
  readonly need: (row: FloorRow, field: 'name' | 'xMm' | 'yMm') => boolean
  readonly wrong: (row: number, code: string, params?: FloorFileProblem['params']) => void
  readonly crossOf: (name: string | null, row: number) => number
}

/** Rows of one x are one aisle, whatever the blocks call it; one that names its ends is there between them only. */
function aislesOf(rows: readonly FloorRow[], blocks: number, { need, wrong, crossOf }: Reading) {
  const columns = new Map<number, { names: string[]; xMm: number; ways: Way[] }>()
  const xOf = new Map<string, number>()
  for (const row of rows) {
    if (row.what !== 'aisle' || !need(row, 'name')) continue
    const name = aisleName(row.zone ?? '', row.name ?? '')
    const x = row.xMm ?? xOf.get(name)
    if (x === undefined) {
      need(row, 'xMm')
      continue
    }
    if ((xOf.get(name) ?? x) !== x) {
      wrong(row.row, 'floorAisleMoved', { name: row.name ?? '' })
      continue
    }
    xOf.set(name, x)
    const column = columns.get(x) ?? { names: [], xMm: x, ways: Array<Way>(blocks).fill('closed') }
    columns.set(x, column)
    if (!column.names.includes(name)) column.names.push(name)
    const from = row.from === null ? 0 : crossOf(row.from, row.row)
    const to = row.to === null ? blocks : crossOf(row.to, row.row)
    if (from < 0 || to < 0) continue
    if (from >= to && blocks > 0)
      wrong(row.row, 'floorStretchEmpty', { from: row.from ?? '', to: row.to ?? '' })
    for (let block = from; block < to; block += 1) column.ways[block] = row.way ?? 'both'
  }
  return [...columns.values()].sort((a, b) => a.xMm - b.xMm)
}

/** Words of the `what` column. */
export const floorWhats: ReadonlyMap<string, FloorRow['what']> = new Map([
  ...['cross aisle', 'cross', '横通道', '主通道'].map((word) => [word, 'crossAisle'] as const),
  ...['aisle', '巷道', '通道'].map((word) => [word, 'aisle'] as const),
  ...['passage', '通路', '路段'].map((word) => [word, 'passage'] as const),
  ...['start', '起点'].map((word) => [word, 'start'] as const),
  ...['drop', '终点', '放货点'].map((word) => [word, 'drop'] as const),
  ...['depot', 'bench', '打包台', '起终点'].map((word) => [word, 'both'] as const),
  ...['lift', '提升', '登高'].map((word) => [word, 'lift'] as const),
])

/** Words of the `way` column. */
export const floorWays: ReadonlyMap<string, Way> = new Map([
  ...['both', '双向'].map((word) => [word, 'both'] as const),
  ...['forward', 'up', '正向', '单向'].map((word) => [word, 'forward'] as const),
  ...['backward', 'down', '反向'].map((word) => [word, 'backward'] as const),
  ...['closed', '关闭', '封闭', '禁行'].map((word) => [word, 'closed'] as const),
])
