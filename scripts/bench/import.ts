import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createApp } from '#electron/app/create-app.ts'
import { openDatabase } from '#electron/db/open.ts'
import type { ImportResult } from '#shared/contract/orders.ts'
import type { Result } from '#shared/support/result.ts'
import { atMost, percentile, type Figure } from './figure.ts'
import { linesPerOrder, writeOrderFile } from './order-file.ts'
import { bigWarehouse, scratchFolder } from './warehouse.ts'

const lines = 100_000
const fewLines = 10_000
const rounds = 7

/** TARGETS V3. */
export async function benchImport(): Promise<Figure[]> {
  using scratch = scratchFolder()
  const file = join(scratch.path, 'orders.csv')
  writeOrderFile(file, lines)
  const few = join(scratch.path, 'first.csv')
  writeOrderFile(few, 400, 'F')
  return [await againstRaw(scratch.path, few, file), await memory(scratch.path, file)]
}

/** The tables that an import of orders writes, in the order in which one order goes in. */
const tables = ['order', 'order_line', 'receiver', 'receiver_key'] as const
type Row = Readonly<Record<string, unknown>>

async function againstRaw(scratch: string, few: string, file: string): Promise<Figure> {
  const ours: number[] = []
  const raw: number[] = []
  const stalls: number[] = []
  let rows: readonly InsertRow[] | undefined
  for (let round = 0; round < rounds; round += 1) {
    const folder = join(scratch, `ours-${round}`)
    const own = await importOnce(folder, few, file)
    rows ??= rowsOf(folder)
    rmSync(folder, { recursive: true })
    const hand = await insertOnce(join(scratch, `raw-${round}`), rows)
    rmSync(join(scratch, `raw-${round}`), { recursive: true })
    if (round === 0) continue // both warm
    ours.push(own.took)
    stalls.push(own.stall)
    raw.push(hand)
  }
  const ms = (values: readonly number[]) => percentile(values, 0.5).toFixed(0)
  return atMost(
    'V3.ratio',
    percentile(ours, 0.5) / percentile(raw, 0.5),
    'x',
    1.5,
    `raw prepared inserts of the same ${rows?.length ?? 0} rows (${lines} lines, ${lines / linesPerOrder} orders, their` +
      ` sealed receivers), one durable transaction: ${ms(raw)} ms median (ours from call to answer ${ms(ours)} ms;` +
      ` the core was never busy longer than ${ms(stalls)} ms at a time); medians of ${rounds - 1} in turns`,
  )
}

/** A small file goes first, as the preview does at a desk: both sides have their code and statements ready. */
async function importOnce(
  folder: string,
  few: string,
  file: string,
): Promise<{ took: number; stall: number }> {
  const app = await createApp({ dataDir: folder })
  const session = app.connect('cli')
  const run = async (path: string) => {
    const source = { job: randomUUID(), kind: 'orders', files: [{ path }], shop: '一号店' }
    const result = (await session.dispatch('imports.run', source)) as Result<ImportResult>
    if (!result.ok) throw new Error(result.error.message)
    return result.value.created
  }
  await run(few)
  const delays = monitorEventLoopDelay({ resolution: 1 })
  delays.enable()
  const start = performance.now()
  const created = await run(file)
  const took = performance.now() - start
  delays.disable()
  await app.close()
  if (created !== lines / linesPerOrder) throw new Error(`${created} orders came in`)
  return { took, stall: delays.max / 1e6 }
}

interface InsertRow {
  readonly table: (typeof tables)[number]
  readonly values: readonly unknown[]
}

/** What the import wrote, order by order, as plain arrays: the other side has nothing left to do but insert. */
function rowsOf(folder: string): InsertRow[] {
  const db = openDatabase(join(folder, 'packbench.sqlite'), { readonly: true })
  const rows: InsertRow[] = []
  const byOrder = tables.map((table) => {
    const key = table === 'order' ? 'id' : 'order_id'
    const order = table === 'order_line' ? ' AND dropped = 0 ORDER BY position' : ''
    return {
      table,
      ask: db.connection.raw.prepare<unknown[]>(`SELECT * FROM "${table}" WHERE ${key} = ?${order}`),
    }
  })
  for (const id of db.connection.raw
    .prepare(`SELECT id FROM "order" WHERE number LIKE 'A%' ORDER BY rowid`)
    .pluck()
    .all()) {
    for (const { table, ask } of byOrder) {
      for (const row of ask.all(id) as Row[]) rows.push({ table, values: Object.values(row) })
    }
  }
  db.close()
  return rows
}

async function insertOnce(folder: string, rows: readonly InsertRow[]): Promise<number> {
  await (await createApp({ dataDir: folder })).close()
  const db = openDatabase(join(folder, 'packbench.sqlite')) // the same pragmas
  const { raw } = db.connection
  raw.exec(
    `INSERT INTO shop (id, name, platform, zone) SELECT '${shopOf(rows)}', 'bench', '', 'Asia/Shanghai'`,
  )
  const statements = Object.fromEntries(
    tables.map((table) => {
      const columns = (raw.pragma(`table_info("${table}")`) as unknown[]).map(() => '?')
      return [table, raw.prepare<unknown[]>(`INSERT INTO "${table}" VALUES (${columns.join(',')})`)]
    }),
  ) as Record<InsertRow['table'], ReturnType<typeof raw.prepare<unknown[]>>>
  const start = performance.now()
  raw.exec('BEGIN IMMEDIATE')
  for (const { table, values } of rows) statements[table].run(values)
  raw.exec('COMMIT')
  const took = performance.now() - start
  db.close()
  return took
}

const shopOf = (rows: readonly InsertRow[]): string => String(rows[0]?.values[1])

/**
 * "Memory flat": a file ten times as long may not need ten times the memory. Each import runs in a process of its
 * own, into the big warehouse, after another import that loaded the code and filled SQLite's page cache (which has its
 * own bound, whatever is imported); the figure is how much further the longer file drives the peak of resident memory
 * above where it started.
 */
async function memory(scratch: string, file: string): Promise<Figure> {
  const few = join(scratch, 'few.csv')
  writeOrderFile(few, fewLines)
  const warm = join(scratch, 'warm.csv')
  writeOrderFile(warm, fewLines * 2, 'W')
  const grown = async (csv: string) => {
    const folder = join(scratch, 'memory')
    mkdirSync(folder)
    await bigWarehouse(folder)
    const program = join(import.meta.dirname, 'import-memory.ts')
    const answer = execFileSync(process.execPath, [program, folder, warm, csv], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    return JSON.parse(answer) as { before: number; peak: number }
  }
  const short: number[] = []
  const long: number[] = []
  for (let round = 0; round < 3; round += 1) {
    const [one, other] = [await grown(few), await grown(file)]
    short.push(one.peak - one.before)
    long.push(other.peak - other.before)
  }
  const mb = (values: readonly number[]) => percentile(values, 0.5) / 2 ** 20
  return atMost(
    'V3.memory',
    mb(long) - mb(short),
    'MB',
    64,
    `peak of resident memory above the start of the import, ${lines} lines ${mb(long).toFixed(0)} MB less ${fewLines} lines` +
      ` ${mb(short).toFixed(0)} MB; own processes, into 1,000,000 lines, after an import of ${fewLines * 2} others; medians of 3`,
  )
}
