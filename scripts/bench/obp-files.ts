import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { BatchingProblem, OrderToBatch } from '#shared/domain/waves/batching/problem.ts'
import { buildRectangle, type Depot } from '#shared/domain/waves/routing/floor.ts'

/** An instance of order batching (Henn & Wäscher) with its best known length. */
export interface ObpInstance {
  readonly name: string
  /** The folder that it lies in. */
  readonly set: string
  readonly problem: BatchingProblem
  /** Null where no table of the folder names one. */
  readonly best: { readonly metres: number; readonly isProven: boolean } | null
}

/** `<setting><s|l>-<orders>-<capacity>-<instance>.txt` */
const orderFile = /^(?<setting>\d+)[a-z]-\d+-(?<capacity>\d+)-\d+\.txt$/i

/** What the reference values were computed with; the instances themselves tell no more than rows of cells. */
const geometry = { aisles: 10, cells: 45, betweenAisles: 5, cell: 1, toFirstCell: 1.5 }

/** Everything of this format below a folder: order files, and tables with the columns `file` and `best_known`. */
export function readObpInstances(folder: string): ObpInstance[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const best = new Map(files.filter((file) => file.endsWith('.csv')).flatMap(readBest))
  return files.flatMap((file): ObpInstance[] => {
    const named = orderFile.exec(basename(file))?.groups
    if (named === undefined) return []
    const orders = readOrders(readFileSync(file, 'utf8'))
    if (orders.length === 0) return []
    const set = basename(dirname(file))
    return [
      {
        name: `${set}/${basename(file)}`,
        set,
        problem: problemOf(
          orders,
          Number(named['capacity']),
          join(dirname(file), `sett${named['setting']}.txt`),
          files,
        ),
        best: best.get(`${set}/${basename(file)}`) ?? best.get(basename(file)) ?? null,
      },
    ]
  })
}

/** Cells without their quotes; none of these tables has a comma within a cell. */
const cellsOf = (line: string): string[] =>
  line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))

/** Rows of a table by the last two parts of the file's path, or the only one. */
function readBest(file: string): [string, NonNullable<ObpInstance['best']>][] {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  const columns = cellsOf(header)
  if (!columns.includes('file') || !columns.includes('best_known')) return []
  return lines.flatMap((line) => {
    const cells = cellsOf(line)
    const cell = (name: string) => cells[columns.indexOf(name)] ?? ''
    const metres = Number(cell('best_known'))
    if (!(metres > 0)) return []
    const key = cell('file').split(/[\\/]/).slice(-2).join('/')
    return [[key, { metres, isProven: /^true$/i.test(cell('proven_optimal')) }]]
  })
}

/** Lines `Order n number of articles k`, each with k lines `i Aisle a Location p`; a counts half aisles. */
function readOrders(text: string): OrderToBatch[] {
  const orders: { id: string; stops: { aisle: number; block: number; offset: number }[] }[] = []
  for (const line of text.split(/\r?\n/)) {
    const order = /^\s*Order\s+(\d+)/i.exec(line)
    if (order !== null) orders.push({ id: order[1] ?? '', stops: [] })
    const article = /Aisle\s+(\d+)\s+Location\s+(\d+)/i.exec(line)
    if (article === null) continue
    orders.at(-1)?.stops.push({
      aisle: Math.floor(Number(article[1]) / 2),
      block: 0,
      offset: geometry.toFirstCell + geometry.cell * Number(article[2]),
    })
  }
  return orders.map(({ id, stops }) => ({ id, stops, loads: [stops.length] }))
}

function problemOf(
  orders: readonly OrderToBatch[],
  capacity: number,
  settingFile: string,
  files: readonly string[],
): BatchingProblem {
  const setting = files.includes(settingFile) ? readFileSync(settingFile, 'utf8') : ''
  const told = (key: string, otherwise: number) =>
    Number(new RegExp(`^${key}_*\\s*:\\s*(\\d+)`, 'm').exec(setting)?.[1] ?? otherwise)
  const length = 2 * geometry.toFirstCell + geometry.cell * (told('no_cells', geometry.cells) - 1)
  const bench: Depot = { aisle: 0, cross: 0, access: 0 }
  return {
    orders,
    capacities: [capacity],
    floor: buildRectangle(told('no_aisles', geometry.aisles), [length], geometry.betweenAisles),
    depots: { start: bench, drop: bench },
    pace: { pickers: 1, metresPerMinute: 60, minutesPerStop: 0, minutesPerUnit: 0, minutesPerBatch: 0 },
  }
}
