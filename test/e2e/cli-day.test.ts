import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readByZbar, renderZpl } from '#test/support/label-reader.ts'

const root = join(import.meta.dirname, '../..')
const day = join(root, '../shared/data/online-retail-uci/2011-11-14.csv')

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function packbench(data: string, args: readonly string[], stdin = ''): Promise<Ran> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [
      join(root, 'electron/hosts/cli/main.ts'),
      '--data',
      data,
      '--json',
      ...args,
    ])
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (piece: Buffer) => out.push(piece))
    child.stderr.on('data', (piece: Buffer) => err.push(piece))
    child.on('close', (code) =>
      done({ code, out: Buffer.concat(out).toString('utf8'), err: Buffer.concat(err).toString('utf8') }),
    )
    child.stdin.end(stdin)
  })
}

/** A printer that shares nothing with the product: it keeps what arrives, one job a connection. */
async function paperPrinter() {
  const jobs: Buffer[] = []
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const pieces: Buffer[] = []
    socket.on('data', (piece: Buffer) => pieces.push(piece))
    socket.on('end', () => {
      jobs.push(Buffer.concat(pieces))
      socket.end()
    })
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening))
  return { jobs, port: (server.address() as AddressInfo).port, close: () => void server.close() }
}

interface Answer {
  readonly verdict: string
  readonly order: string | null
  readonly remaining: number
  readonly label: { readonly waybill: string; readonly state: string } | null
}
const answersOf = (ran: Ran): Answer[] =>
  ran.out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer)

/**
 * The data has no barcodes and no shelves. By a fixed rule: the n-th SKU of the file has the barcode B and n in eight
 * digits for one unit and K and n for a carton of 24, and lies in aisle 1 + n % 12, bay n / 12. Quantities above 24 are
 * scanned as cartons first.
 */
interface Line {
  readonly order: string
  readonly sku: string
  readonly quantity: number
}
const carton = 24
const barcode = (n: number) => `B${String(n).padStart(8, '0')}`
const cartonCode = (n: number) => `K${String(n).padStart(8, '0')}`

describe.skipIf(!existsSync(day))('a real day of a shop, whole, through the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'packbench-day-'))
  const data = join(folder, 'data')
  const file = (name: string) => join(folder, name)
  let printer: Awaited<ReturnType<typeof paperPrinter>>
  let lines: Line[]
  let numberOf: Map<string, number>

  const run = async (args: readonly string[], stdin?: string): Promise<Ran> => {
    const ran = await packbench(data, args, stdin)
    expect(ran.err).toBe('')
    expect(ran.code).toBe(0)
    return ran
  }

  beforeAll(async () => {
    printer = await paperPrinter()
    const rows = parse<Record<string, string>>(readFileSync(day), { columns: true, relax_quotes: true })
    numberOf = new Map(
      [...new Set(rows.map((row) => row.StockCode ?? ''))].map((sku, index) => [sku, index + 1]),
    )
    lines = rows.map((row) => ({
      order: row.InvoiceNo ?? '',
      sku: row.StockCode ?? '',
      quantity: Number(row.Quantity),
    }))
    const skus = [...numberOf]
    const table = (name: string, header: string, body: readonly string[]) =>
      writeFileSync(file(name), [header, ...body, ''].join('\n'))
    const shelf = (n: number) => `A-${1 + (n % 12)}-${Math.floor(n / 12)}`
    table('goods.csv', 'sku,name,barcode,units', [
      ...skus.map(([sku, n]) => `${sku},Item ${sku},${barcode(n)},1`),
      ...skus.map(([sku, n]) => `${sku},Item ${sku},${cartonCode(n)},${carton}`),
    ])
    table(
      'shelves.csv',
      'location,zone,aisle,bay,level',
      skus.map(([, n]) => `${shelf(n)},A,${1 + (n % 12)},${Math.floor(n / 12)},1`),
    )
    table(
      'stock.csv',
      'sku,location,quantity',
      skus.map(([sku, n]) => `${sku},${shelf(n)},100000`),
    )
    table(
      'waybills.csv',
      'waybill',
      Array.from({ length: 200 }, (_, index) => `SF13${String(900_000_000_007 + index * 9_973)}`),
    )
  })
  afterAll(() => {
    printer.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Orders that can be shipped: every row of theirs takes something. */
  const shippable = () => {
    const orders = new Map<string, Line[]>()
    for (const line of lines) orders.set(line.order, [...(orders.get(line.order) ?? []), line])
    return new Map(
      [...orders].filter(
        ([number, rows]) => !number.startsWith('C') && rows.every((row) => row.quantity > 0),
      ),
    )
  }

  it('is imported, once', async () => {
    await run(['init'])
    await run(['catalog', 'import', file('goods.csv')])
    await run(['layout', 'import', file('shelves.csv')])
    await run(['stock', 'import', file('stock.csv')])
    await run(['waybills', 'import', file('waybills.csv'), '--courier', 'SF'])
    await run([
      'printer',
      'add',
      'P1',
      '--transport',
      'tcp',
      '--address',
      `127.0.0.1:${printer.port}`,
      '--language',
      'zpl',
      '--size',
      '100x150',
      '--dpi',
      '203',
    ])

    const first = JSON.parse((await run(['import', day, '--shop', 'UCI'])).out) as Record<string, unknown>
    expect(first).toMatchObject({ created: shippable().size, updated: 0, unchanged: 0, held: 0 })
    // Every row is in an order or told, with file, row and reason.
    const told = first.rejected as { file: string; row: number; column: string; reason: string }[]
    const negative = lines.flatMap((line, index) => (line.quantity <= 0 ? [index + 2] : []))
    expect(negative.filter((row) => !told.some((one) => one.row === row))).toEqual([])
    expect(told.every((one) => one.file === '2011-11-14.csv' && one.reason !== '')).toBe(true)

    const again = JSON.parse((await run(['import', day, '--shop', 'UCI'])).out) as Record<string, unknown>
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: shippable().size, held: 0 })
  })

  it('is waved and listed: every order in one wave, every list a PDF', async () => {
    const plan = JSON.parse((await run(['waves', 'plan'])).out) as {
      waves: { number: number; orders: number }[]
      leftOut: unknown[]
    }
    expect(plan.leftOut).toEqual([])
    expect(plan.waves.reduce((sum, wave) => sum + wave.orders, 0)).toBe(shippable().size)
    for (const wave of plan.waves) {
      await run(['waves', 'pick-list', String(wave.number), '--out', file(`w${wave.number}.pdf`)])
      expect(
        readFileSync(file(`w${wave.number}.pdf`))
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-')
    }
  })

  it('is packed by scans, labelled on the printer, handed over and exported', async () => {
    const orders = shippable()
    const scans: string[] = []
    for (const [number, rows] of orders) {
      scans.push(number)
      const units = new Map<string, number>()
      for (const row of rows) units.set(row.sku, (units.get(row.sku) ?? 0) + row.quantity)
      for (const [sku, quantity] of units) {
        const n = numberOf.get(sku) ?? 0
        const cartons = Math.floor(quantity / carton)
        for (let index = 0; index < cartons; index += 1) scans.push(cartonCode(n))
        for (let index = 0; index < quantity % carton; index += 1) scans.push(barcode(n))
      }
    }
    const answers = answersOf(await run(['pack', '--bench', 'Bench 1'], `${scans.join('\n')}\n`))
    expect(answers).toHaveLength(scans.length)
    const complete = answers.filter((answer) => answer.verdict === 'complete')
    expect(answers.filter(({ verdict }) => !['opened', 'right', 'complete'].includes(verdict))).toEqual([])
    expect(complete.map((answer) => answer.order).sort()).toEqual([...orders.keys()].sort())
    expect(complete.every((answer) => answer.label?.state === 'sent')).toBe(true)
    const waybills = complete.map((answer) => answer.label?.waybill ?? '')
    expect(new Set(waybills).size).toBe(orders.size)

    // What reached the printer, seen from outside: as many jobs as parcels, and each sample says its parcel's number.
    expect(printer.jobs).toHaveLength(orders.size)
    const every = Math.floor(orders.size / 12)
    for (let index = 0; index < orders.size; index += every) {
      const drawn = await renderZpl(printer.jobs[index] ?? Buffer.alloc(0), {
        widthMm: 100,
        heightMm: 150,
        dpi: 203,
      })
      const [codes = []] = await readByZbar(drawn)
      expect(codes.filter(({ kind }) => kind === 'code128').map(({ text }) => text)).toEqual([
        waybills[index],
      ])
    }

    const handed = answersOf(await run(['handover', '--bench', 'Bench 1'], `${waybills.join('\n')}\n`))
    expect(handed.every((answer) => answer.verdict === 'handedOver')).toBe(true)
    expect(
      answersOf(await run(['handover', '--bench', 'Bench 1'], `${waybills[0] ?? ''}\n`))[0]?.verdict,
    ).toBe('alreadyShipped')

    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now())
    for (const format of ['csv', 'xlsx', 'pdf']) {
      await run([
        'export',
        'shipments',
        '--day',
        today,
        '--format',
        format,
        '--out',
        file(`day.${format}`),
        '--language',
        'en',
      ])
    }
    const exported = parse<Record<string, string>>(readFileSync(file('day.csv')), {
      columns: true,
      bom: true,
    })
    expect(exported.map((row) => row.waybill?.trim()).sort()).toEqual([...waybills].sort())
    expect(readFileSync(file('day.xlsx')).subarray(0, 2).toString()).toBe('PK')
    expect(readFileSync(file('day.pdf')).subarray(0, 5).toString()).toBe('%PDF-')
    console.log(
      `cli-day: ${orders.size} orders, ${scans.length} scans, ${printer.jobs.length} labels, ${exported.length} exported`,
    )
  })
})

if (!existsSync(day)) console.log('cli-day: skipped, the public data folder ../shared/data is not here')
