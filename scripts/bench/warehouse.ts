import { createHash } from 'node:crypto'
import {
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { createApp } from '#electron/app/create-app.ts'
import { fileSecrets } from '#electron/app/file-secrets.ts'
import { migrate } from '#electron/db/migrate.ts'
import { openDatabase } from '#electron/db/open.ts'
import { openMasterKey, sealReceiver } from '#electron/features/orders/receiver.ts'
import { sampleLabels } from './sample-labels.ts'

const cache = join(import.meta.dirname, '../../.cache/bench')

/** What the big warehouse holds. The newest orders are open, in waves of 20 slots; the older ones have left. */
export const size = {
  products: 50_000,
  shelves: 5_000,
  orders: 250_000,
  linesPerOrder: 4,
  waves: 400,
  slots: 20,
  waybills: 20_000,
} as const

export interface Order {
  readonly wave: number
  readonly slot: number
  /** The barcode of every unit, in line order. */
  readonly codes: readonly string[]
}

/** A folder in the system's place for temporary things, deleted when the benchmark ends. */
export function scratchFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'packbench-bench-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** Copies the big warehouse into `folder`, which becomes a data folder. It is made once and kept under .cache. */
export async function bigWarehouse(folder: string): Promise<void> {
  const made = join(cache, `warehouse-${version()}`)
  if (!existsSync(made)) {
    console.error('bench: making a warehouse with 1,000,000 order lines (once)')
    const unfinished = `${made}.new`
    rmSync(unfinished, { recursive: true, force: true })
    mkdirSync(unfinished, { recursive: true })
    await fill(unfinished)
    renameSync(unfinished, made)
  }
  cpSync(made, folder, { recursive: true, mode: constants.COPYFILE_FICLONE })
}

/** Another schema or another filling makes another warehouse. */
function version(): string {
  const hash = createHash('sha256')
  for (const file of ['../../electron/db/migrations/lock.json', 'warehouse.ts']) {
    hash.update(readFileSync(join(import.meta.dirname, file)))
  }
  return hash.digest('hex').slice(0, 12)
}

export const waveId = (wave: number): string => `wave-${String(wave).padStart(6, '0')}`
const orderId = (order: number): string => `019a0000-0000-7000-8000-${String(order).padStart(12, '0')}`
const sku = (product: number): string => `SKU-${String(product).padStart(6, '0')}`
export const barcode = (product: number): string => ean13(690_000_000_000 + product)

function ean13(digits: number): string {
  const text = String(digits)
  let sum = 0
  for (let at = 0; at < 12; at += 1) sum += Number(text[at]) * (at % 2 === 0 ? 1 : 3)
  return `${text}${(10 - (sum % 10)) % 10}`
}

/** Popular goods and rare ones, the same for the same line on every machine. */
function productOf(order: number, line: number): number {
  let mixed = Math.imul(order * size.linesPerOrder + line + 1, 2_654_435_761) >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 15), 2_246_822_519) >>> 0
  return Math.floor((mixed / 2 ** 32) ** 2 * size.products)
}

const unitsOf = (order: number, line: number): number => 1 + (((order + line) % 5) >> 2)

const firstOpen = size.orders - size.waves * size.slots

/** The orders of a wave (numbered from 1) as a packer meets them. */
export function ordersOfWave(wave: number): Order[] {
  return Array.from({ length: size.slots }, (_, index) => {
    const order = firstOpen + (wave - 1) * size.slots + index
    const codes = Array.from({ length: size.linesPerOrder }, (_, line) =>
      Array.from({ length: unitsOf(order, line) }, () => barcode(productOf(order, line))),
    )
    return { wave, slot: index + 1, codes: codes.flat() }
  })
}

async function fill(folder: string): Promise<void> {
  const app = await createApp({ dataDir: folder }) // makes the schema, the key and what a new folder has
  await app.close()
  const db = openDatabase(join(folder, 'packbench.sqlite'))
  await migrate(db, folder, '')
  const { raw } = db.connection
  raw.pragma('synchronous = OFF')
  raw.pragma('foreign_keys = OFF') // everything below belongs together by construction
  const key = fileSecrets(folder).masterKey()
  raw.transaction(() => fillTables(raw, key))()
  raw.pragma('wal_checkpoint(TRUNCATE)')
  raw.exec('ANALYZE')
  raw.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

function fillTables(raw: Sqlite.Database, key: Uint8Array): void {
  const times = (count: number, make: (index: number) => void) => {
    for (let index = 0; index < count; index += 1) make(index)
  }
  const into = (table: string, columns: string) => {
    const marks = columns.split(',').map(() => '?')
    return raw.prepare<unknown[]>(`INSERT INTO "${table}" (${columns}) VALUES (${marks.join(',')})`)
  }
  const at = '2026-09-01T01:00:00.000Z'
  into('courier', 'id,name').run('courier', '顺丰速运')
  const shop = into('shop', 'id,name,platform,zone,courier_id,fresh_minutes')
  shop.run('shop', '一号店', 'taobao', 'Asia/Shanghai', 'courier', 100_000_000)
  const waybills = into('waybill', 'courier_id,number')
  times(size.waybills, (index) => waybills.run('courier', `SF${String(1_000_000_000_000 + index)}`))
  const bench = into('bench', 'id,name')
  bench.run('bench-1', 'bench-1')
  bench.run('old', 'old')

  const shelves = into('location', 'code,zone,aisle,bay,level')
  times(size.shelves, (index) => {
    const [aisle, bay, level] = [Math.floor(index / 100), Math.floor((index % 100) / 5), index % 5]
    shelves.run(`A-${aisle}-${bay}-${level}`, 'A', String(aisle), String(bay), String(level))
  })
  const products = into('product', 'id,sku,name,weight_g,cost_fen')
  const barcodes = into('barcode', 'code,product_id,units')
  const stock = into('stock', 'product_id,location_id,quantity')
  times(size.products, (index) => {
    products.run(index + 1, sku(index), `儿童雨鞋 墨绿 ${index}`, 100 + (index % 900), 990)
    barcodes.run(barcode(index), index + 1, 1)
    stock.run(index + 1, 1 + (index % size.shelves), 100)
  })

  const orders = into(
    'order',
    'id,shop_id,number,state,platform_status,known_at,paid_at,ship_by,courier_id,currency,amount_minor,buyer_note,' +
      'seller_note,receiver_masked,receiver_hash,content_hash,created_at',
  )
  const lines = into('order_line', 'order_id,position,external_id,sku,title,spec,quantity')
  const receivers = into('receiver', 'order_id,sealed')
  const keys = into('receiver_key', 'order_id,wrapped')
  const parcels = into('parcel', 'id,order_id,bench_id,state,opened_at,packed_at,handed_over_at')
  const master = openMasterKey(key)
  const people = sampleLabels(997)
  const gone = { sealed: Buffer.alloc(150, 7), wrapped: Buffer.alloc(60, 7) }
  times(size.orders, (index) => {
    const id = orderId(index)
    const open = index >= firstOpen
    const number = `35153${String(10_000_000_000_000 + index)}`
    const hash = `${String(index).padStart(10, '0')}abcdefghijklmnopqrstuvwxyz0123456`
    orders.run(
      id,
      'shop',
      number,
      open ? 'open' : 'handedOver',
      '待发货',
      at,
      at,
      '2026-12-24T16:00:00.000Z',
      'courier',
      'CNY',
      5980,
      '',
      '',
      '张** · 138****1234',
      hash,
      hash,
      at,
    )
    for (let line = 0; line < size.linesPerOrder; line += 1) {
      const product = productOf(index, line)
      lines.run(id, line, '', sku(product), `儿童雨鞋 墨绿 ${product}`, '均码', unitsOf(index, line))
    }
    const person = people[index % people.length]?.receiver
    const { sealed, wrapped } = open && person !== undefined ? sealReceiver(master, person) : gone
    receivers.run(id, sealed)
    keys.run(id, wrapped)
    if (!open) parcels.run(`parcel-${index}`, id, 'old', 'handedOver', at, at, at)
  })

  const waves = into('wave', 'id,number,kind,state,created_at,ship_by,strategy')
  const waveOrders = into('wave_order', 'order_id,wave_id,slot,position')
  const picks = into('pick', 'wave_id,position,location_id,product_id,order_id,quantity')
  times(size.waves, (index) => {
    const id = waveId(index + 1)
    waves.run(id, index + 1, 'multi', 'open', at, '2026-12-24T16:00:00.000Z', 'bench')
    times(size.slots, (slot) => {
      const order = firstOpen + index * size.slots + slot
      waveOrders.run(orderId(order), id, slot + 1, slot)
      times(size.linesPerOrder, (line) => {
        const product = productOf(order, line)
        const position = slot * size.linesPerOrder + line
        picks.run(
          id,
          position,
          1 + (product % size.shelves),
          product + 1,
          orderId(order),
          unitsOf(order, line),
        )
      })
    })
  })
}
