import { join } from 'node:path'
import { createApp, type Session } from '#electron/app/create-app.ts'
import { openDatabase } from '#electron/db/open.ts'
import type { Reader } from '#electron/db/query.ts'
import { orderFacts, ordersByNumber, productsByBarcode } from '#electron/features/packing/repository.ts'
import type { ScanAnswer } from '#shared/contract/packing.ts'
import { slotCode } from '#shared/domain/packing/codes.ts'
import type { Result } from '#shared/support/result.ts'
import { atMost, percentile, type Figure } from './figure.ts'
import { recordStatements, replayer, type Step } from './record.ts'
import { barcode, bigWarehouse, ordersOfWave, scratchFolder, size } from './warehouse.ts'

const warmUp = 400
const measured = 2_000
const lookups = 4_000

interface Scan {
  readonly gesture: string
  readonly code: string
}

/** What the real path did for one scan: what its answer waited for, and what came after (a label's way). */
interface Recorded {
  readonly answered: readonly Step[]
  readonly after: readonly Step[]
}

/** TARGETS V2, in a warehouse of 1,000,000 order lines. */
export async function benchScan(): Promise<Figure[]> {
  using scratch = scratchFolder()
  const folder = (name: string) => join(scratch.path, name)
  for (const name of ['recorded', 'ours', 'raw']) await bigWarehouse(folder(name))
  const scans = someScans(warmUp + measured)
  const recorded = await recordScans(folder('recorded'), scans)
  return [await wholeScan(folder('ours'), folder('raw'), scans, recorded), await hotQueries(folder('raw'))]
}

/** Whole orders, slot by slot: the slot's code, then each unit. */
function someScans(count: number): Scan[] {
  const scans: Scan[] = []
  for (let wave = 1; scans.length < count; wave += 1) {
    for (const order of ordersOfWave(wave)) {
      for (const code of [slotCode(order.wave, order.slot), ...order.codes]) {
        scans.push({ gesture: `gesture-${String(scans.length).padStart(8, '0')}`, code })
      }
    }
  }
  return scans.slice(0, count)
}

async function scanOnce(session: Session, { gesture, code }: Scan): Promise<ScanAnswer> {
  const result = (await session.dispatch('packing.scan', {
    bench: 'bench-1',
    mode: 'pack',
    gesture,
    code,
  })) as Result<ScanAnswer>
  if (!result.ok) throw new Error(`scan: ${result.error.message}`)
  return result.value
}

/** Lets a label that a scan asked for go its way before the next scan; without a printer that is quick. */
const settled = () => new Promise<void>((resolve) => void setTimeout(resolve, 0))

async function recordScans(folder: string, scans: readonly Scan[]): Promise<Recorded[]> {
  let steps: Step[] = []
  const recorded: Recorded[] = []
  const verdicts = new Map<string, number>()
  const record = async () => {
    const app = await createApp({ dataDir: folder })
    const session = app.connect()
    for (const scan of scans) {
      steps = []
      const { verdict } = await scanOnce(session, scan)
      const answered = steps
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
      steps = []
      if (verdict === 'complete') await settled()
      recorded.push({ answered, after: steps })
    }
    await app.close()
  }
  await recordStatements((step) => steps.push(step), record)
  // Scans that go wrong are short: they must not make the figure look better.
  const good = ['opened', 'right', 'complete'].reduce((sum, name) => sum + (verdicts.get(name) ?? 0), 0)
  if (good < scans.length) throw new Error(`not all scans were right: ${JSON.stringify([...verdicts])}`)
  return recorded
}

async function wholeScan(
  ourFolder: string,
  rawFolder: string,
  scans: readonly Scan[],
  recorded: readonly Recorded[],
): Promise<Figure> {
  const app = await createApp({ dataDir: ourFolder })
  const session = app.connect()
  const db = openDatabase(join(rawFolder, 'packbench.sqlite')) // the same pragmas
  const replay = replayer(db.connection.raw)
  const ready = recorded.map(({ answered, after }) => ({ answered: replay(answered), after: replay(after) }))

  const ours: number[] = []
  const raw: number[] = []
  for (const [index, scan] of scans.entries()) {
    const other = ready[index]
    if (other === undefined) throw new Error('a scan was not recorded')
    const byUs = async () => {
      const start = performance.now()
      const { verdict } = await scanOnce(session, scan)
      const took = performance.now() - start
      if (verdict === 'complete') await settled()
      if (index >= warmUp) ours.push(took)
    }
    const byHand = () => {
      const start = performance.now()
      other.answered()
      const took = performance.now() - start
      other.after()
      if (index >= warmUp) raw.push(took)
    }
    // Who goes second finds the processor's caches filled by the other: take turns.
    if (index % 2 === 0) {
      await byUs()
      byHand()
    } else {
      byHand()
      await byUs()
    }
  }
  await app.close()
  db.close()
  const statements = recorded.reduce((sum, { answered }) => sum + answered.length, 0) / recorded.length
  const us = (values: readonly number[], share: number) => (percentile(values, share) * 1000).toFixed(0)
  return atMost(
    'V2.p50',
    percentile(ours, 0.5) / percentile(raw, 0.5),
    'x',
    1.3,
    `the same ${statements.toFixed(1)} steps a scan through raw prepared statements, durable:` +
      ` ${us(raw, 0.5)} us p50, ${us(raw, 0.99)} p99 (ours from call to answer ${us(ours, 0.5)} p50, ${us(ours, 0.99)} p99;` +
      ` ${measured} scans, 1,000,000 lines)`,
  )
}

/** Barcode to product, and all that a decision may know of an order: ours gives it as objects of the domain. */
async function hotQueries(folder: string): Promise<Figure> {
  const file = join(folder, 'packbench.sqlite')
  const db = openDatabase(file, { readonly: true })
  const other = openDatabase(file, { readonly: true })
  const numbers = db.connection.raw.prepare('SELECT number FROM "order" LIMIT 1 OFFSET ?').pluck()
  const ids = Array.from({ length: 400 }, (_, index) => {
    const number = String(numbers.get((index * 7919) % size.orders))
    return ordersByNumber(db, { number })[0]?.id ?? ''
  })
  const queries = {
    barcode: (index: number) => productsByBarcode(db, { code: barcode((index * 7919) % size.products) }),
    order: (index: number) => orderFacts(db, ids[index % ids.length] ?? ''),
  }
  const ratios: { name: string; ours: number; raw: number; ratio: number }[] = []
  for (const [name, query] of Object.entries(queries)) {
    const steps = await recordQueries(file, (recording) => {
      if (name === 'barcode') productsByBarcode(recording, { code: barcode(0) })
      else orderFacts(recording, ids[0] ?? '')
    })
    const statements = steps.map(({ kind, sql, parameters }) => {
      if (kind === 'run') throw new Error('a lookup writes')
      return { kind, statement: other.connection.raw.prepare<unknown[]>(sql), parameters }
    })
    const byHand = (index: number) => {
      const first = name === 'barcode' ? barcode((index * 7919) % size.products) : ids[index % ids.length]
      for (const { kind, statement, parameters } of statements) {
        if (kind === 'all') statement.all([first, ...parameters.slice(1)])
        else statement.get([first, ...parameters.slice(1)])
      }
    }
    const [ours, raw] = takeTurns(query, byHand)
    ratios.push({ name, ours, raw, ratio: ours / raw })
  }
  db.close()
  other.close()
  const us = (ms: number) => (ms * 1000).toFixed(1)
  return atMost(
    'V2.query',
    Math.max(...ratios.map(({ ratio }) => ratio)),
    'x',
    1.2,
    `raw prepared, p50: ${ratios.map(({ name, ours, raw, ratio }) => `${name} ${us(raw)} us (ours ${us(ours)}, ${ratio.toFixed(2)}x)`).join(', ')}; the worse counts`,
  )
}

async function recordQueries(file: string, ask: (db: Reader) => void): Promise<Step[]> {
  let steps: Step[] = []
  await recordStatements(
    (step) => steps.push(step),
    () => {
      const db = openDatabase(file, { readonly: true })
      steps = []
      ask(db)
      db.close()
    },
  )
  return steps
}

/** Medians of both, call by call in turns. */
function takeTurns(
  ours: (index: number) => unknown,
  raw: (index: number) => unknown,
): readonly [ours: number, raw: number] {
  const times: [number[], number[]] = [[], []]
  const clock = (into: number[], work: (index: number) => unknown, index: number) => {
    const start = performance.now()
    work(index)
    const took = performance.now() - start
    if (index >= lookups / 4) into.push(took)
  }
  for (let index = 0; index < lookups; index += 1) {
    if (index % 2 === 0) {
      clock(times[0], ours, index)
      clock(times[1], raw, index)
    } else {
      clock(times[1], raw, index)
      clock(times[0], ours, index)
    }
  }
  return [percentile(times[0], 0.5), percentile(times[1], 0.5)]
}
