import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { buildRectangle, type Depots, type Floor, type Stop } from '#shared/domain/waves/routing/floor.ts'

/** A list of the single picker routing problem with its published length (Heßler & Irnich, SPRP and SPRP-SS). */
export interface SprpInstance {
  readonly name: string
  readonly floor: Floor
  readonly depots: Depots
  /** For each article of the order how many of it, and where it lies. */
  readonly articles: readonly SprpArticle[]
  readonly published: number
}

export interface SprpArticle {
  readonly quantity: number
  readonly places: readonly { readonly stop: Stop; readonly available: number }[]
}

export interface SprpSet {
  /** `one block`, `two blocks, scattered` … */
  readonly name: string
  readonly instances: readonly SprpInstance[]
  /** Rows of the results whose instance file is not in the folder. */
  readonly missing: number
  /** Whether articles lie at several places, so that a choice is part of the problem. */
  readonly scattered: boolean
}

/** What a row of a results file says. */
interface Published {
  readonly file: string
  readonly length: number
  readonly scattered: boolean
}

/**
 * Everything of this format below a folder: results*.csv, and beside or below each of them the instance files, plain or
 * in a tar archive. Throws where a file of the format cannot be read.
 */
export function readSprpSets(folder: string): SprpSet[] {
  const unpacked = mkdtempSync(join(tmpdir(), 'packbench-sprp-'))
  try {
    const files = listFiles(folder)
    const results = files.filter((file) => /^results.*\.csv$/i.test(basename(file)))
    if (results.length === 0) return []
    for (const archive of files.filter((file) => /\.(?:tar|tgz|tar\.\w+)$/i.test(file)))
      unpack(archive, unpacked)
    const instances = new Map(
      [...listFiles(unpacked), ...files]
        .filter((file) => file.endsWith('.txt'))
        .map((file) => [basename(file), file]),
    )
    const seen = new Set<string>()
    return results.flatMap((file) => readResults(file, instances, seen))
  } finally {
    rmSync(unpacked, { recursive: true })
  }
}

const listFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

function unpack(archive: string, into: string): void {
  const done = spawnSync('tar', ['-xf', archive, '-C', into], { encoding: 'utf8' })
  if (done.status !== 0)
    throw new Error(`${archive} cannot be unpacked: ${done.error?.message ?? done.stderr}`)
}

/** Rows that another results file had already (`seen`) are left out: the one of scattered storage repeats those without. */
function readResults(file: string, instances: ReadonlyMap<string, string>, seen: Set<string>): SprpSet[] {
  const blocks = /two_block/i.test(basename(file)) ? 2 : 1
  const rows = parseResults(readFileSync(file, 'latin1')).filter((row) => {
    const key = `${blocks} ${row.file}`
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
  return [false, true].flatMap((scattered): SprpSet[] => {
    const wanted = rows.filter((row) => row.scattered === scattered)
    const found = wanted.flatMap((row) => {
      const path = instances.get(row.file)
      return path === undefined ? [] : [readInstance(readFileSync(path, 'latin1'), row, blocks)]
    })
    const name = `${blocks === 1 ? 'one block' : 'two blocks'}${scattered ? ', scattered' : ''}`
    return found.length === 0
      ? []
      : [{ name, instances: found, missing: wanted.length - found.length, scattered }]
  })
}

/** Columns are found by name; a row without a length is left out. */
function parseResults(text: string): Published[] {
  const [header = '', ...lines] = text.trim().split(/\r?\n/)
  const columns = header.split(',').map((name) => name.trim())
  const length = ['DP cost', 'objective', 'Netw MIP cost', 'GS MIP cost'].find((name) =>
    columns.includes(name),
  )
  if (length === undefined) return []
  return lines.flatMap((line): Published[] => {
    const cells = line.split(',')
    const cell = (name: string) => cells[columns.indexOf(name)]?.trim() ?? ''
    if (cell(length) === '' || !Number.isFinite(Number(cell(length)))) return []
    const demand = cell('unit demand') === 'false' ? 'varying' : 'unit'
    const built = `${demand}_F${cell('alpha')}_m${cell('num aisles')}_C${cell('num cells')}_a${cell('num articles')}_${cell('random seed')}.txt`
    return [
      {
        file: columns.includes('filename') ? cell('filename') : built,
        length: Number(cell(length)),
        scattered: Number(cell('alpha')) > 1,
      },
    ]
  })
}

/** Lines `KEY : value`, and one line for each place and each article of the order. */
export function readInstance(text: string, { file, length }: Published, blocks: 1 | 2): SprpInstance {
  const valueOf = (key: string): string => {
    const value = new RegExp(`^${key}\\s*:\\s*(.*\\S)`, 'm').exec(text)?.[1]
    if (value === undefined) throw new Error(`${file} has no ${key}`)
    return value
  }
  const numberOf = (key: string): number => {
    const value = Number(valueOf(key))
    if (!Number.isFinite(value)) throw new Error(`${file}: ${key} is no number`)
    return value
  }
  const cells = numberOf('NUM_CELLS')
  const cell = numberOf('DISTANCE_CELL_TO_CELL')
  const top = numberOf('DISTANCE_TOP_TO_CELL')
  const bottom = numberOf('DISTANCE_BOTTOM_TO_CELL')
  // The middle cross aisle is 1 wide: half a cell to its edge and half of its width on either side.
  const middle = 0.5 + 0.5
  const upper = cells / 2
  const lengths =
    blocks === 1
      ? [top + cell * (cells - 1) + bottom]
      : [top + cell * (upper - 1) + middle, middle + cell * (cells - upper - 1) + bottom]
  const stopAt = (aisle: number, k: number): Stop =>
    blocks === 1 || k < upper
      ? { aisle, block: 0, offset: top + cell * k }
      : { aisle, block: 1, offset: middle + cell * (k - upper) }

  const places = new Map<string, { stop: Stop; available: number }[]>()
  for (const match of text.matchAll(/^ID (\d+) AISLE (\d+) CELL (\d+) QUANTITY (\d+)/gm)) {
    const [, id = '', aisle, k, quantity] = match
    const known = places.get(id) ?? []
    known.push({ stop: stopAt(Number(aisle), Number(k)), available: Number(quantity) })
    places.set(id, known)
  }
  const order = text.slice(text.indexOf('ORDER_SECTION'))
  const articles = [...order.matchAll(/^ID (\d+) QUANTITY (\d+)/gm)].map(
    ([, id = '', quantity]): SprpArticle => ({ quantity: Number(quantity), places: places.get(id) ?? [] }),
  )
  const depot = {
    aisle: numberOf('DEPOT_AISLE'),
    cross: valueOf('DEPOT_LOCATION') === 'top' ? 0 : blocks,
    access: numberOf('DISTANCE_TOP_OR_BOTTOM_TO_DEPOT'),
  }
  return {
    name: file,
    floor: buildRectangle(numberOf('NUM_AISLES'), lengths, numberOf('DISTANCE_AISLE_TO_AISLE')),
    depots: { start: depot, drop: depot },
    articles,
    published: length,
  }
}
