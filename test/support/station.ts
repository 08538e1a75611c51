/** A whole core over a temporary data folder, with a clock, a printer and a label press that a test holds in its hands. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { CallName, Input, Output } from '#shared/contract/index.ts'
import type { ImportKind, ImportResult } from '#shared/contract/orders.ts'
import type { ScanAnswer } from '#shared/contract/packing.ts'
import type { PrinterStatus } from '#shared/domain/devices/printer-status.ts'
import type { Result } from '#shared/support/result.ts'
import { type App, type AppOptions, createApp, type Session } from '#electron/app/create-app.ts'
import { exampleLabel } from '#electron/labels/examples.ts'
import { readyLayouts } from '#electron/labels/ready-layouts.ts'
import type { LabelPress } from '#electron/ports/label-press.ts'
import type { SendOutcome } from '#electron/ports/label-printer.ts'
import type { ScaleListener, ScaleReading } from '#electron/ports/scale.ts'

export interface FakePrinter {
  /** The waybill of every job that reached it, in order. */
  readonly jobs: string[]
  /** What the next jobs come to; `sent` when it is empty. */
  readonly next: SendOutcome[]
  /** While set, jobs wait for it before they are answered. */
  gate: Promise<void> | null
  /** What it says when it is asked how it is. */
  status: PrinterStatus
}

export interface FakeScale {
  /** Stands still at so many grams; `moving` shows them on the way. */
  stands(grams: number): void
  moving(grams: number): void
  says(reading: ScaleReading): void
  unplug(): void
}

export interface Station {
  readonly dataDir: string
  readonly printer: FakePrinter
  /** The scale of every bench that has one. */
  readonly scale: FakeScale
  /** What stands at an address; `printer` is all of them that have none of their own. */
  printerAt(address: string): FakePrinter
  readonly clock: { now(): string; forward(minutes: number): void }
  readonly app: App
  /** The command line's session: everything is allowed to it. */
  readonly desk: Caller
  /** Opens a page's session, with nobody signed in. */
  page(): Caller
  sql<Row = Record<string, unknown>>(text: string, ...parameters: (string | number)[]): Row[]
  restart(): Promise<void>
  close(): Promise<void>
}

export interface Caller {
  readonly session: Session
  /** @throws when the core says no */
  call<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>>
  ask<N extends CallName>(name: N, input: Input<N>): Promise<Result<Output<N>>>
}

export interface StationOptions {
  /** The real label press instead of one that writes the waybill in plain text. */
  readonly labelPress?: LabelPress
  /** The real adapters instead of a printer that the test holds in its hands. */
  readonly realPrinters?: boolean
  /** Where its data folder is made, instead of the system's folder for such things. */
  readonly parent?: string
  /** Parts of the outside that the test makes itself. */
  readonly outside?: Partial<
    Pick<
      AppOptions,
      | 'deviceFinder'
      | 'documentPrinter'
      | 'openComponent'
      | 'openPrinter'
      | 'openScale'
      | 'openScanner'
      | 'watchPaces'
    >
  >
}

export async function openStation(options: StationOptions = {}): Promise<Station> {
  const dataDir = mkdtempSync(join(options.parent ?? tmpdir(), 'packbench-station-'))
  let nowMs = Date.parse('2026-11-22T01:00:00.000Z')
  const clock = {
    now: () => {
      nowMs += 1
      return new Date(nowMs).toISOString()
    },
    forward: (minutes: number) => {
      nowMs += minutes * 60_000
    },
  }
  const fresh = (): FakePrinter => ({ jobs: [], next: [], gate: null, status: { kind: 'ready' } })
  const printer = fresh()
  const others = new Map<string, FakePrinter>()
  const scales = new Set<ScaleListener>()
  const start = () =>
    createApp({
      dataDir,
      clock,
      checkAnswers: true,
      labelPress: options.labelPress ?? plainPress,
      openScale: (_settings, heard) => {
        scales.add(heard)
        queueMicrotask(() => heard.link({ kind: 'open' }))
        return { close: async () => void scales.delete(heard) }
      },
      ...(options.realPrinters !== true && {
        openPrinter: ({ address }) => {
          const at = others.get(address) ?? printer
          return {
            status: () => Promise.resolve(at.status),
            send: async (job) => {
              if (at.gate !== null) await at.gate
              const outcome = at.next.shift() ?? { kind: 'sent' }
              if (outcome.kind !== 'notSent') at.jobs.push(Buffer.from(job).toString('utf8'))
              return outcome
            },
          }
        },
      }),
      ...options.outside,
    })
  let app = await start()
  let desk = caller(app.connect('cli'))
  return {
    dataDir,
    printer,
    scale: fakeScale(scales),
    printerAt: (address) => {
      const known = others.get(address) ?? fresh()
      others.set(address, known)
      return known
    },
    clock,
    get app() {
      return app
    },
    get desk() {
      return desk
    },
    page: () => caller(app.connect('page')),
    sql: <Row>(text: string, ...parameters: (string | number)[]) => {
      // A second connection of another's making: what it reads is what is in the file.
      const db = new Sqlite(join(dataDir, 'packbench.sqlite'), { readonly: true })
      try {
        return db.prepare(text).all(...parameters) as Row[]
      } finally {
        db.close()
      }
    },
    restart: async () => {
      await app.close()
      app = await start()
      desk = caller(app.connect('cli'))
    },
    close: async () => {
      await app.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function fakeScale(listeners: ReadonlySet<ScaleListener>): FakeScale {
  const says = (reading: ScaleReading) => {
    for (const listener of listeners) listener.reading(reading)
  }
  return {
    says,
    stands: (grams) => says({ kind: 'weight', grams, stable: true, tareGrams: 0 }),
    moving: (grams) => says({ kind: 'weight', grams, stable: false, tareGrams: 0 }),
    unplug: () => {
      for (const listener of listeners) listener.link({ kind: 'gone', reason: 'unplugged' })
    },
  }
}

function caller(session: Session): Caller {
  const ask = async <N extends CallName>(name: N, input: Input<N>) =>
    (await session.dispatch(name, input)) as Result<Output<N>>
  return {
    session,
    ask,
    call: async (name, input) => {
      const result = await ask(name, input)
      if (!result.ok) throw new Error(`${name}: ${result.error.code} ${result.error.message}`)
      return result.value
    },
  }
}

/** The waybill as plain bytes where a label's dots would be: fast, and read without any code of ours. */
export const plainPress: LabelPress = {
  warm: () => undefined,
  render: (label) => {
    const text = 'waybill' in label ? label.waybill : 'sku' in label ? label.sku : label.code
    return {
      bitmap: { width: 8, height: 1, bytesPerRow: 1, data: Buffer.from(text) },
      missing: [],
      cut: [],
      ...(text.length > 40 && { refused: 'waybillTooLong' as const }),
    }
  },
  readyLayouts,
  example: exampleLabel,
  canDraw: () => true,
  place: (bitmap) => bitmap,
  encode: (bitmap) => bitmap.data,
  decode: (job) => ({ width: 8, height: 1, bytesPerRow: 1, data: job }),
  toPng: (bitmap) => bitmap.data,
}

// --- files -----------------------------------------------------------------------------------------------------

const quoted = (cell: string | number): string => `"${String(cell).replaceAll('"', '""')}"`
export const csv = (rows: readonly (readonly (string | number)[])[]): string =>
  `${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`

/** One order of a file; every line is `[sku, quantity]`. */
export interface FileOrder {
  readonly number: string
  readonly lines: readonly (readonly [string, number])[]
  readonly status?: string
  readonly refund?: string
  readonly address?: string
  readonly shipBy?: string
  readonly courier?: string
}

export const orderFile = (orders: readonly FileOrder[]): string =>
  csv([
    [
      'order number',
      'status',
      'refund',
      'paid',
      'ship by',
      'sku',
      'title',
      'quantity',
      'recipient',
      'phone',
      'address',
      'courier',
    ],
    ...orders.flatMap((order) =>
      order.lines.map(([sku, quantity]) => [
        order.number,
        order.status ?? '',
        order.refund ?? '',
        '2026-11-21 10:00:00',
        order.shipBy ?? '2026-11-23 18:00:00',
        sku,
        `goods ${sku}`,
        quantity,
        'Lin Xiaoman',
        '13000000001',
        order.address ?? `1 Sample Road, room ${order.number}`,
        order.courier ?? '',
      ]),
    ),
  ])

export async function importText(
  station: Station,
  kind: ImportKind,
  text: string,
  more: { shop?: string; courier?: string } = {},
): Promise<ImportResult> {
  const file = join(station.dataDir, `${randomUUID()}.csv`)
  writeFileSync(file, text)
  const result = await station.desk.call('imports.run', {
    job: randomUUID(),
    kind,
    files: [{ path: file }],
    ...(kind === 'orders' && { shop: more.shop ?? 'Shop' }),
    ...(kind === 'waybills' && { courier: more.courier ?? 'SF' }),
  })
  rmSync(file)
  return result
}

/** Kits, every row `[kit, part, quantity]`. */
export const importKits = (station: Station, rows: readonly (readonly [string, string, number | string])[]) =>
  importText(station, 'kits', csv([['kit', 'part', 'quantity'], ...rows]))

export const importOrders = (station: Station, orders: readonly FileOrder[], shop = 'Shop') =>
  importText(station, 'orders', orderFile(orders), { shop })

/** Barcodes of the goods below. */
export const codes = {
  red: '6900000000011',
  red6: '16900000000018',
  blue: '6900000000028',
  tea: '6900000000035',
  sock: '6900000000042',
} as const

/** RED (also in packs of six), BLUE, TEA, and SOCK-M and SOCK-L which share one barcode; shelves, stock, a printer. */
export async function stockWarehouse(station: Station, waybills = 200): Promise<void> {
  await importText(
    station,
    'catalog',
    csv([
      ['sku', 'name', 'barcode', 'units', 'weight_g'],
      ['RED', 'Red cup', codes.red, 1, 382],
      ['RED', '', codes.red6, 6, ''],
      ['BLUE', 'Blue cup', codes.blue, 1, 382],
      ['TEA', 'Green tea', codes.tea, 1, 318],
      ['SOCK-M', 'Socks M', codes.sock, 1, 126],
      ['SOCK-L', 'Socks L', codes.sock, 1, 134],
    ]),
  )
  await importText(
    station,
    'layout',
    csv([
      ['location', 'zone', 'aisle', 'bay', 'level'],
      ['A-01-01', 'A', '01', '01', '1'],
      ['A-01-02', 'A', '01', '02', '1'],
      ['A-02-01', 'A', '02', '01', '1'],
      ['A-02-02', 'A', '02', '02', '1'],
      ['B-01-01', 'B', '01', '01', '1'],
    ]),
  )
  await importText(
    station,
    'stock',
    csv([
      ['sku', 'location', 'quantity'],
      ['RED', 'A-01-01', 500],
      ['BLUE', 'A-01-02', 500],
      ['TEA', 'A-02-01', 500],
      ['SOCK-M', 'A-02-02', 500],
      ['SOCK-L', 'B-01-01', 500],
    ]),
  )
  await addWaybills(station, waybills)
  await station.desk.call('devices.savePrinter', {
    name: 'P1',
    transport: 'tcp',
    address: '127.0.0.1:9100',
    language: 'zpl',
    widthMm: 100,
    heightMm: 150,
    dpi: 203,
  })
}

let waybillsMade = 0
export async function addWaybills(station: Station, count: number, courier = 'SF'): Promise<string[]> {
  const numbers = Array.from({ length: count }, () => {
    waybillsMade += 1
    return `SF${String(waybillsMade).padStart(12, '0')}`
  })
  if (count > 0)
    await importText(station, 'waybills', csv([['waybill'], ...numbers.map((one) => [one])]), { courier })
  return numbers
}

// --- scans -----------------------------------------------------------------------------------------------------

export const scan = (
  station: Station,
  code: string,
  more: { bench?: string; mode?: 'pack' | 'handover'; gesture?: string; as?: Caller } = {},
): Promise<ScanAnswer> =>
  (more.as ?? station.desk).call('packing.scan', {
    bench: more.bench ?? 'Bench 1',
    mode: more.mode ?? 'pack',
    gesture: more.gesture ?? randomUUID(),
    code,
    waitForLabel: true,
  })

export async function scanAll(
  station: Station,
  scanned: readonly string[],
  more: Parameters<typeof scan>[2] = {},
): Promise<ScanAnswer[]> {
  const answers: ScanAnswer[] = []
  for (const code of scanned) answers.push(await scan(station, code, more))
  return answers
}

/** What a scan came to, in one line: `stopped hold`, `right`. */
export const told = (answer: ScanAnswer): string =>
  answer.reason === null ? answer.verdict : `${answer.verdict} ${answer.reason.code}`

export const handOver = (station: Station, waybill: string, bench = 'Dock') =>
  scan(station, waybill, { mode: 'handover', bench })

export async function orderByNumber(station: Station, number: string) {
  const { rows } = await station.desk.call('orders.list', { find: number, offset: 0, limit: 10 })
  const row = rows.find((one) => one.number === number)
  if (row === undefined) throw new Error(`no order ${number}`)
  return row
}

export const plan = (station: Station, more: { slots?: number; singles?: boolean } = {}) =>
  station.desk.call('waves.plan', { job: randomUUID(), ...more })

// --- what must hold whatever was done --------------------------------------------------------------------------

/** Faults of the database as a whole; empty when every rule of the bench holds. Reads nothing but the file. */
export function faults(station: Station): string[] {
  const found: string[] = []
  const none = (what: string, text: string) => {
    for (const row of station.sql(text)) found.push(`${what}: ${JSON.stringify(row)}`)
  }
  none('broken reference', 'PRAGMA foreign_key_check')
  none(
    'two live labels',
    "SELECT parcel_id FROM label WHERE state <> 'void' GROUP BY parcel_id HAVING count(*) > 1",
  )
  none(
    'two live parcels',
    "SELECT order_id FROM parcel WHERE state IN ('open', 'packed') GROUP BY 1 HAVING count(*) > 1",
  )
  none('a parcel shipped twice', 'SELECT parcel_id FROM shipment GROUP BY 1 HAVING count(*) > 1')
  none(
    'a shipment without its outbox row or with two',
    'SELECT id FROM shipment s WHERE (SELECT count(*) FROM outbox o WHERE o.parcel_id = s.parcel_id) <> 1',
  )
  none(
    'units in a box that no scan put there',
    `SELECT line.parcel_id, line.line_id, line.quantity, coalesce(scanned.units, 0) AS scanned
     FROM parcel_line line LEFT JOIN (
       SELECT scan.parcel_id, json_extract(put.value, '$[0]') AS line_id, sum(json_extract(put.value, '$[1]')) AS units
       FROM scan, json_each(scan.puts) put GROUP BY 1, 2) scanned
     ON scanned.parcel_id = line.parcel_id AND scanned.line_id = line.line_id
     WHERE line.quantity <> coalesce(scanned.units, 0)`,
  )
  none(
    'more of a line in boxes than was ordered', // what has left already may have been more than is asked for now
    `SELECT order_line.id FROM order_line JOIN parcel_line ON parcel_line.line_id = order_line.id
     JOIN parcel ON parcel.id = parcel_line.parcel_id
     WHERE order_line.dropped = 0 AND parcel.state IN ('open', 'packed', 'handedOver')
     GROUP BY order_line.id HAVING sum(parcel_line.quantity) > order_line.quantity
       AND sum(parcel_line.quantity * (parcel.state <> 'handedOver')) > 0`,
  )
  none(
    'a waybill spent twice or live while free',
    `SELECT waybill FROM label JOIN waybill ON waybill.courier_id = label.courier_id AND waybill.number = label.waybill
     WHERE waybill.state <> CASE label.state WHEN 'void' THEN 'void' ELSE 'used' END`,
  )
  none(
    'a bench with a box that is not live',
    `SELECT bench.name, parcel.state FROM bench JOIN parcel ON parcel.id = bench.parcel_id
     WHERE parcel.state NOT IN ('open', 'packed')`,
  )
  none(
    'a box on two benches',
    'SELECT parcel_id FROM bench WHERE parcel_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1',
  )
  return found
}
