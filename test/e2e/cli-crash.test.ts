import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { inflateSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulatedPrinter, type SimulatedPrinter } from '#scripts/simulate/printer.ts'
import { readByZbar } from '#test/support/label-reader.ts'

const root = join(import.meta.dirname, '../..')
const kills = 100

/** Same sequence every run, so that a failure can be looked at again. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

/** The dots of a ZPL job with a Z64 graphic, as a PNG: read from Zebra's programming guide, not from our encoder. */
function pngOf(job: Buffer): Uint8Array {
  const found = /\^GFA,(\d+),\d+,(\d+),:Z64:([A-Za-z0-9+/=]+):/.exec(job.toString('latin1'))
  if (found === null) throw new Error('a job without a graphic')
  const bytesPerRow = Number(found[2])
  const bits = inflateSync(Buffer.from(found[3] ?? '', 'base64'))
  const height = Number(found[1]) / bytesPerRow
  const png = new PNG({ width: bytesPerRow * 8, height })
  for (let index = 0; index < png.width * height; index += 1) {
    const black = ((bits[index >> 3] ?? 0) >> (7 - (index & 7))) & 1
    png.data.fill(black === 1 ? 0 : 255, index * 4, index * 4 + 3)
    png.data[index * 4 + 3] = 255
  }
  return PNG.sync.write(png)
}

describe('a core that is killed at any moment of the main job', () => {
  const folder = mkdtempSync(join(tmpdir(), 'packbench-crash-'))
  const data = join(folder, 'data')
  let printer: SimulatedPrinter

  const start = (args: readonly string[]): ChildProcessWithoutNullStreams =>
    spawn(process.execPath, [join(root, 'electron/hosts/cli/main.ts'), '--data', data, ...args])
  const run = (args: readonly string[]) =>
    new Promise<void>((done, broken) => {
      const child = start(args)
      let err = ''
      child.stderr.on('data', (piece: Buffer) => (err += piece.toString()))
      child.on('close', (code) => (code === 0 ? done() : broken(new Error(`${args.join(' ')}: ${err}`))))
      child.stdin.end()
    })
  const query = <Row>(text: string): Row[] => {
    const db = new Sqlite(join(data, 'packbench.sqlite'), { readonly: true })
    try {
      return db.prepare(text).all() as Row[]
    } finally {
      db.close()
    }
  }

  beforeAll(async () => {
    // It answers how far it is: a core may die before its label is confirmed, too.
    printer = await startSimulatedPrinter({ language: 'zpl', labelMs: 20 })
    // Enough that a fast machine is not through before it was killed often enough.
    await run(['demo', '--orders', '250'])
    const db = new Sqlite(join(data, 'packbench.sqlite'))
    db.prepare("UPDATE printer SET transport = 'tcp', address = ?").run(printer.address)
    db.close()
  })
  afterAll(async () => {
    await printer.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it(`loses no acknowledged scan, doubles none, and keeps one live label a parcel over ${kills} kills`, async () => {
    const random = randomFrom(20_261_122)
    // Orders of a few units with a stray wrong scan here and there; every line is a gesture of its own.
    const orders = query<{ number: string; codes: string }>(`
      SELECT number, group_concat(code || '*' || quantity, ' ') AS codes FROM (
        SELECT "order".id, "order".number, order_line.quantity,
          (SELECT code FROM barcode JOIN product ON product.id = barcode.product_id
            WHERE product.sku = order_line.sku AND barcode.units = 1
            AND (SELECT count(*) FROM barcode other WHERE other.code = barcode.code) = 1) AS code
        FROM "order" JOIN order_line ON order_line.order_id = "order".id WHERE "order".stop IS NULL)
      GROUP BY id HAVING count(code) = count(*) AND sum(quantity) <= 8`)
    const script: string[] = []
    for (const { number, codes } of orders) {
      script.push(number)
      if (random() < 0.3) script.push('NO-SUCH-CODE')
      for (const part of codes.split(' ')) {
        const [code = '', times = '1'] = part.split('*')
        for (let unit = 0; unit < Number(times); unit += 1) script.push(code)
      }
    }
    const acknowledged = new Map<string, string>()
    const labels: string[] = []
    let killed = 0

    /** Feeds the scans from the first unanswered one on, kills after a few answers, and begins again. */
    async function work(mode: 'pack' | 'handover', codes: readonly string[], until: number): Promise<void> {
      let next = 0
      while (next < codes.length) {
        const mercy = killed >= until
        const answersBefore = mercy
          ? Number.POSITIVE_INFINITY
          : Math.floor(random() * (mode === 'pack' ? 5 : 2))
        const delay = random() * (answersBefore === 0 ? 300 : mode === 'pack' ? 60 : 8)
        const child = start([mode, '--bench', 'Bench 1'])
        const from = next
        let answered = 0
        const kill = () => {
          if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) killed += 1
        }
        if (answersBefore === 0) setTimeout(kill, delay)
        child.stdin.on('error', () => undefined) // it was killed while we wrote
        child.stdin.end(
          codes
            .slice(from)
            .map((code, index) => `${mode}-${from + index}\t${code}\n`)
            .join(''),
        )
        const lines = createInterface({ input: child.stdout })
        lines.on('line', (line) => {
          let answer: { verdict: string; label: { waybill: string } | null }
          try {
            answer = JSON.parse(line) as typeof answer
          } catch {
            return // cut off in the middle: not acknowledged
          }
          acknowledged.set(`${mode}-${from + answered}`, answer.verdict)
          if (mode === 'pack' && answer.verdict === 'complete' && answer.label !== null)
            labels.push(answer.label.waybill)
          answered += 1
          if (answered === answersBefore) setTimeout(kill, delay)
        })
        await new Promise<void>((gone) => void child.on('close', () => gone()))
        next = from + answered
      }
    }
    await work('pack', script, Math.floor(kills * 0.85))
    await work('handover', labels, kills)
    // What a kill left on its way is settled by the next start.
    await run(['waves', 'list'])

    expect(killed).toBeGreaterThanOrEqual(kills)
    const rows = query<{ gesture: string; verdict: string; times: number }>(
      'SELECT gesture, verdict, count(*) AS times FROM scan GROUP BY gesture',
    )
    const saved = new Map(rows.map((row) => [row.gesture, row.verdict]))
    const lost = [...acknowledged].filter(([gesture, verdict]) => saved.get(gesture) !== verdict)
    expect(lost).toEqual([])
    expect(rows.filter((row) => row.times !== 1)).toEqual([])
    expect(saved.size).toBe(script.length + labels.length)

    expect(
      query("SELECT parcel_id FROM label WHERE state <> 'void' GROUP BY parcel_id HAVING count(*) <> 1"),
    ).toEqual([])
    expect(
      query(`SELECT parcel_line.parcel_id FROM parcel_line WHERE quantity <> (
      SELECT sum(json_extract(put.value, '$[1]')) FROM scan, json_each(scan.puts) AS put
      WHERE scan.parcel_id = parcel_line.parcel_id AND json_extract(put.value, '$[0]') = parcel_line.line_id)`),
    ).toEqual([])
    expect(query('SELECT order_id FROM shipment GROUP BY order_id HAVING count(*) > 1')).toEqual([])
    expect(query<{ n: number }>('SELECT count(*) AS n FROM shipment')).toEqual([{ n: orders.length }])
    expect(query<{ n: number }>('SELECT count(*) AS n FROM outbox')).toEqual([{ n: orders.length }])
    expect(query('PRAGMA foreign_key_check')).toEqual([])
    expect(query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])

    // The printer's side of it: no label came out twice, and each one that did not come out once is marked unknown.
    const read = await readByZbar(printer.labels.map(pngOf))
    const printed = new Map<string, number>()
    for (const codes of read) {
      const waybill = codes.find(({ kind }) => kind === 'code128')?.text ?? ''
      printed.set(waybill, (printed.get(waybill) ?? 0) + 1)
    }
    expect([...printed].filter(([waybill, times]) => waybill === '' || times > 1)).toEqual([])
    const ledger = query<{ waybill: string; unsure: number; sendings: number }>(`
      SELECT waybill,
        (SELECT count(*) FROM label_event WHERE label_id = label.id AND label_event.state = 'unknown') AS unsure,
        (SELECT count(*) FROM label_event WHERE label_id = label.id AND label_event.state = 'sending') AS sendings
      FROM label`)
    expect(ledger.filter((label) => label.sendings > 1)).toEqual([])
    expect(ledger.filter((label) => label.unsure === 0 && printed.get(label.waybill) !== 1)).toEqual([])
    console.log(
      `cli-crash: ${killed} kills, ${acknowledged.size} acknowledged scans, 0 lost, ${ledger.length} labels, ` +
        `${ledger.filter((label) => label.unsure > 0).length} marked unknown`,
    )
  }, 240_000)
})
