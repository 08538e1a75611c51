import loadHighs, { type Highs, type ModelData } from 'highs'

/** A batch that may be chosen. */
export interface Column {
  readonly members: readonly number[]
  readonly metres: number
}

export interface PartitionWish {
  /** Units are 0 to `units` - 1; each must be in one chosen column. */
  readonly units: number
  readonly columns: readonly Column[]
  /** A plan has at least so many batches, whatever it is: a bound that cuts what half batches would do. */
  readonly fewest: number
  /** Metres of the best plan known: only a shorter one is of use. */
  readonly below: number
  readonly seconds: number
  readonly isStopped?: () => boolean
}

export interface Partitioner {
  /** The columns of a plan shorter than `below`, the shortest that was found in the time; null where none was. */
  choose(wish: PartitionWish): readonly Column[] | null
}

/** So many columns can be chosen among in seconds; with more, those that look best go in. */
const mostColumns = 4_000
const optimal = 7
const slack = 1e-6

/**
 * Chooses among batches that a search has met: set partitioning with the HiGHS solver. The relaxation tells what each
 * unit is worth; a column that costs more than its units are worth by the whole gap to the best plan is in no better one.
 */
export async function loadPartitioner(): Promise<Partitioner> {
  const highs = await loadHighs()
  return { choose: (wish) => choose(highs, wish) }
}

function choose(highs: Highs, wish: PartitionWish): readonly Column[] | null {
  const began = performance.now()
  const left = () => wish.seconds - (performance.now() - began) / 1000
  const relaxed = solve(highs, wish, wish.columns, false, left())
  if (relaxed === null || relaxed.status !== optimal) return null
  const gap = wish.below - relaxed.metres
  if (gap < slack) return null
  const costs = wish.columns.map((column, index) => ({ column, over: relaxed.over[index] ?? 0 }))
  const worthwhile = costs
    .filter(({ over }) => over < gap)
    .sort((a, b) => a.over - b.over)
    .slice(0, mostColumns)
    .map(({ column }) => column)
  const whole = left() > 0 ? solve(highs, wish, worthwhile, true, left()) : null
  if (whole === null || !(whole.metres < wish.below - slack)) return null
  return worthwhile.filter((_, index) => (whole.value[index] ?? 0) > 0.5)
}

interface Solved {
  readonly status: number
  readonly metres: number
  readonly value: Float64Array
  /** Reduced costs; only of a relaxation. */
  readonly over: Float64Array
}

function solve(
  highs: Highs,
  wish: PartitionWish,
  columns: readonly Column[],
  isWhole: boolean,
  seconds: number,
): Solved | null {
  using model = highs.createModel(modelOf(wish, columns, isWhole))
  model.options.set('time_limit', seconds)
  model.options.set('mip_rel_gap', 0)
  const isStopped = wish.isStopped ?? (() => false)
  const stop = (event: { interrupt(): void }): undefined => {
    if (isStopped()) event.interrupt()
  }
  const { mipInterrupt, simplexInterrupt } = highs.constants.callbackType
  model.run({ [mipInterrupt]: stop, [simplexInterrupt]: stop })
  const { colValue, colDual } = model.getSolution()
  const metres = columns.reduce((sum, { metres }, index) => sum + metres * (colValue[index] ?? 0), 0)
  const isPlan = !isWhole || coversEach(wish.units, columns, colValue)
  return isPlan ? { status: model.getModelStatus(), metres, value: colValue, over: colDual } : null
}

/** A solver that ran out of time may have nothing to show. */
function coversEach(units: number, columns: readonly Column[], value: Float64Array): boolean {
  const times = new Int32Array(units)
  for (const [index, { members }] of columns.entries())
    if ((value[index] ?? 0) > 0.5) for (const unit of members) times[unit] = (times[unit] ?? 0) + 1
  return times.every((time) => time === 1)
}

function modelOf({ units, fewest }: PartitionWish, columns: readonly Column[], isWhole: boolean): ModelData {
  const count = columns.length
  const rows = units + 1
  const starts = [0]
  const indices: number[] = []
  for (const { members } of columns) {
    indices.push(...members.toSorted((a, b) => a - b), units)
    starts.push(indices.length)
  }
  const lower = new Float64Array(rows).fill(1)
  const upper = new Float64Array(rows).fill(1)
  lower[units] = fewest
  upper[units] = units
  return {
    numCols: count,
    numRows: rows,
    colCost: columns.map(({ metres }) => metres),
    colLower: new Float64Array(count),
    colUpper: new Float64Array(count).fill(isWhole ? 1 : Infinity),
    rowLower: lower,
    rowUpper: upper,
    matrix: {
      format: 'csc',
      numRows: rows,
      numCols: count,
      starts,
      indices,
      values: new Float64Array(indices.length).fill(1),
    },
    ...(isWhole ? { integrality: new Int32Array(count).fill(1) } : {}),
  }
}
