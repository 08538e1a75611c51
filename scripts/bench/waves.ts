import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CallName, Input, Output } from '#shared/contract/index.ts'
import { builtInStrategies } from '#shared/domain/waves/strategy.ts'
import type { Result } from '#shared/support/result.ts'
import { createApp, type Session } from '#electron/app/create-app.ts'
import { atMost, type Figure, percentile } from './figure.ts'
import { scratchFolder } from './warehouse.ts'

/** A floor of the size that the batching literature uses: 10 aisles with 45 bays on each face. */
const aisles = 10
const bays = 45
const products = aisles * bays * 2

/** TARGETS V7 (time) and what a board of 30,000 open orders asks for. */
export async function benchWaves(): Promise<Figure[]> {
  return [...(await hundredOrders()), ...(await manyOrders())]
}

async function hundredOrders(): Promise<Figure[]> {
  using scratch = scratchFolder()
  const { call, close } = await openCore(scratch.path)
  await fillWarehouse(call, scratch.path, { orders: 100, lines: [4, 24], perDue: 100 })
  // A first plan, of nothing but the tool's own start: threads and fonts are there when somebody plans.
  await call('waves.compare', { strategies: ['byHand'], job: randomUUID() })
  const [warm] = (await call('waves.compare', { strategies: ['shortest'], job: randomUUID() })).plans
  const byHand = await walkOf(call, 'byHand')
  const alone = await walkOf(call, {
    name: 'one by one',
    strategy: { ...plain('byHand'), singles: false, slots: 1 },
  })

  const start = performance.now()
  const { waves } = await call('waves.plan', { strategy: 'shortest', singles: false, job: randomUUID() })
  const planned = performance.now()
  await call('waves.pickLists', { ids: waves.map(({ id }) => id), job: randomUUID() })
  const took = (performance.now() - start) / 1000
  const walk = waves.reduce((sum, { distanceMm }) => sum + (distanceMm ?? 0), 0)
  await close()
  return [
    atMost(
      'V7.total',
      took,
      's',
      2,
      `${waves.length} waves of 100 orders, searched for 1 s, planned and released in ${((planned - start) / 1000).toFixed(2)} s and` +
        ` their lists set as one A4 file; they walk ${metres(walk)} m: ${(walk / byHand).toFixed(3)}x of first-come lists by location code (${metres(byHand)} m),` +
        ` ${(walk / alone).toFixed(3)}x of order by order (${metres(alone)} m); tried before: ${warm?.waves.length ?? 0} waves`,
    ),
  ]
}

async function manyOrders(): Promise<Figure[]> {
  using scratch = scratchFolder()
  const { call, close } = await openCore(scratch.path)
  await fillWarehouse(call, scratch.path, { orders: 30_000, lines: [1, 6], perDue: 7_500 })
  // Somebody packs meanwhile: a wave of the first orders.
  const { cutoffs } = await call('waves.open', {})
  const [next, second] = cutoffs
  if (next === undefined || second === undefined) throw new Error('no cut-offs')
  const opened: number[] = []
  for (let round = 0; round < 12; round += 1) {
    const start = performance.now()
    await call('waves.list', {})
    await call('waves.open', {})
    if (round > 1) opened.push(performance.now() - start)
  }
  const packed = await packer(call, next.at)
  await call('waves.compare', { strategies: ['byHand'], before: next.at, job: randomUUID() })
  packed.start()
  const start = performance.now()
  const [plan] = (
    await call('waves.compare', { strategies: ['shortest'], before: next.at, job: randomUUID() })
  ).plans
  const took = (performance.now() - start) / 1000
  const whilePlanning = packed.split()
  await call('waves.release', { plan: plan?.plan ?? '', job: randomUUID() })
  const whileReleasing = await packed.stop()
  await close()
  const scans = [...whilePlanning, ...whileReleasing]
  return [
    atMost(
      'V11.board',
      percentile(opened, 0.5),
      'ms',
      300,
      `waves.list and waves.open, which the board asks for, with 30,000 open orders; slowest ${Math.max(...opened).toFixed(0)} ms`,
    ),
    atMost(
      'V11.plan',
      took,
      's',
      3,
      `${plan?.orders ?? 0} of 30,000 open orders, all that are due by the next cut-off, in ${plan?.waves.length ?? 0} waves (${plan?.leftOutCount ?? 0} left out)`,
    ),
    atMost(
      'V11.scan',
      percentile(scans, 0.95),
      'ms',
      25,
      `core's answer to ${scans.length} scans while that was planned and released; slowest ${Math.max(...scans).toFixed(0)} ms` +
        ` (planning alone p95 ${percentile(whilePlanning, 0.95).toFixed(1)} ms of ${whilePlanning.length})`,
    ),
  ]
}

type Call = <N extends CallName>(name: N, input: Input<N>) => Promise<Output<N>>

async function openCore(dataDir: string): Promise<{ call: Call; close: () => Promise<void> }> {
  const app = await createApp({ dataDir })
  const session: Session = app.connect('cli')
  return {
    call: async (name, input) => {
      const result = (await session.dispatch(name, input)) as Result<Output<typeof name>>
      if (!result.ok) throw new Error(`${name}: ${result.error.message}`)
      return result.value
    },
    close: () => app.close(),
  }
}

const plain = (name: string) => {
  const found = builtInStrategies.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no strategy ${name}`)
  return found.strategy
}

async function walkOf(call: Call, strategy: Input<'waves.compare'>['strategies'][number]): Promise<number> {
  const wish =
    typeof strategy === 'string'
      ? { name: strategy, strategy: { ...plain(strategy), singles: false } }
      : strategy
  const { plans } = await call('waves.compare', { strategies: [wish], job: randomUUID() })
  return plans[0]?.distanceMm ?? Number.NaN
}

const metres = (mm: number): string => Math.round(mm / 1000).toLocaleString('en')

/** Goods by popularity (the first aisles sell most), shelves, stock, and orders that are due by a few cut-offs. */
async function fillWarehouse(
  call: Call,
  folder: string,
  {
    orders,
    lines: [fewest, most],
    perDue,
  }: { orders: number; lines: readonly [number, number]; perDue: number },
): Promise<void> {
  const roll = dice(7)
  const rows: Record<'catalog' | 'layout' | 'floor' | 'stock' | 'orders', string[]> = {
    catalog: ['sku,name,barcode,weight_g'],
    layout: ['location,zone,aisle,bay,level,x_m,y_m'],
    floor: ['what,name,zone,x_m,y_m', 'cross aisle,1,,,0', `cross aisle,2,,,${bays + 2}`, 'bench,1,,0,0'],
    stock: ['sku,location,quantity'],
    orders: ['order number,sku,quantity,ship by,courier'],
  }
  for (let aisle = 0; aisle < aisles; aisle += 1) rows.floor.push(`aisle,${aisle + 1},Z,${aisle * 5},`)
  for (let product = 0; product < products; product += 1) {
    const aisle = Math.floor(product / (bays * 2))
    const bay = Math.floor((product % (bays * 2)) / 2)
    const face = product % 2
    const code = `Z-${aisle + 1}-${bay + 1}-${face + 1}`
    rows.catalog.push(`P${product},商品 ${product},${2_000_000_000_000 + product},200`)
    rows.layout.push(`${code},Z,${aisle + 1},${bay + 1},1,${aisle * 5 + (face === 0 ? -1 : 1)},${bay + 1.5}`)
    rows.stock.push(`P${product},${code},1000000`)
  }
  // Half of what is sold lies in the first fifth of the floor.
  const popular = () => (roll(2) === 0 ? roll(products / 5) : roll(products))
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  for (let order = 0; order < orders; order += 1) {
    const count = fewest + roll(most - fewest + 1)
    const chosen = new Set(Array.from({ length: count }, popular))
    for (const product of chosen)
      rows.orders.push(`N${order},P${product},1,${day(1 + Math.floor(order / perDue))} 23:00:00,顺丰速运`)
  }
  const bring = async (
    kind: 'catalog' | 'layout' | 'stock' | 'orders',
    file: string,
    text: readonly string[],
  ) => {
    const path = join(folder, file)
    writeFileSync(path, text.join('\n'))
    const more = kind === 'orders' ? { shop: '一号店' } : {}
    const done = await call('imports.run', { kind, files: [{ path }], job: randomUUID(), ...more })
    if (done.rejectedCount > 0) throw new Error(`${file}: ${JSON.stringify(done.rejected[0])}`)
  }
  await bring('catalog', 'goods.csv', rows.catalog)
  await bring('layout', 'shelves.csv', rows.layout)
  await bring('layout', 'floor.csv', rows.floor)
  await bring('stock', 'stock.csv', rows.stock)
  await bring('orders', 'orders.csv', rows.orders)
  const courier = (await call('settings.couriers', {})).couriers.find(({ name }) => name === '顺丰速运')
  await call('settings.saveCourier', { id: courier?.id, name: '顺丰速运', cutoff: '16:30' })
}

/** Packs a wave of the first orders, scan after scan, and notes how long each answer took. */
async function packer(call: Call, before: string) {
  const { waves } = await call('waves.plan', {
    strategy: 'firstCome',
    before,
    singleOrders: 1,
    slots: 200,
    job: randomUUID(),
  }).then(
    // Only as many as a bench packs in that time; the others go back to the queue.
    async (made) => {
      const [first, ...others] = made.waves.filter(({ kind }) => kind === 'multi')
      for (const { id } of [...others, ...made.waves.filter(({ kind }) => kind === 'single')])
        await call('waves.dissolve', { id })
      return { waves: first === undefined ? [] : [first] }
    },
  )
  const wave = await call('waves.get', { id: waves[0]?.id ?? '' })
  const codes: string[] = []
  for (const { code, orderId } of wave?.slots ?? []) {
    codes.push(code)
    for (const { sku } of (await call('orders.story', { id: orderId }))?.orderLines ?? [])
      codes.push(String(2_000_000_000_000 + Number(sku.slice(1))))
  }
  let took: number[] = []
  let running = false
  let done: Promise<void> = Promise.resolve()
  const work = async () => {
    for (const code of codes) {
      if (!running) return
      const start = performance.now()
      await call('packing.scan', { bench: 'B', mode: 'pack', gesture: randomUUID(), code })
      took.push(performance.now() - start)
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
  }
  return {
    start() {
      running = true
      done = work()
    },
    /** What was noted until now. */
    split(): number[] {
      const noted = took
      took = []
      return noted
    },
    async stop(): Promise<number[]> {
      running = false
      await done
      return took
    },
  }
}

/** Whole numbers from 0 up to `below`, the same in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
}
