import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lockDataFolder } from '#electron/db/data-folder-lock.ts'
import { eventually } from './support/electron.ts'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'packbench-together-'))
const data = join(folder, 'data')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const start = (args: readonly string[]): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, [join(root, 'electron/hosts/cli/main.ts'), '--data', data, ...args])

function run(args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((done) => {
    const child = start(args)
    let [out, err] = ['', '']
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString()))
    child.stderr.on('data', (piece: Buffer) => (err += piece.toString()))
    child.on('close', (code) => done({ code, out, err }))
    child.stdin.end()
  })
}

function query<Row>(text: string): Row[] {
  const db = new Sqlite(join(data, 'packbench.sqlite'), { readonly: true })
  try {
    return db.prepare(text).all() as Row[]
  } finally {
    db.close()
  }
}

interface Answer {
  readonly verdict: string
  readonly order: string | null
  readonly label: { readonly waybill: string } | null
}

/** A command line that stays: a line in, its answer out. */
interface Desk {
  readonly child: ChildProcessWithoutNullStreams
  /** Null when the process ended before it answered. */
  scan(gesture: string, code: string): Promise<Answer | null>
  /** Closes its stdin and waits for its end. */
  end(): Promise<{ code: number | null; err: string }>
  kill(): Promise<void>
}

function openDesk(mode: 'pack' | 'handover', bench: string): Desk {
  const child = start([mode, '--bench', bench])
  const waiting: ((answer: Answer | null) => void)[] = []
  let err = ''
  child.stderr.on('data', (piece: Buffer) => (err += piece.toString()))
  child.stdin.on('error', () => undefined) // it was killed while we wrote
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(JSON.parse(line) as Answer))
  const gone = new Promise<number | null>((done) => {
    child.on('close', (code) => {
      for (const answer of waiting.splice(0)) answer(null)
      done(code)
    })
  })
  return {
    child,
    scan: (gesture, code) =>
      new Promise((answer) => {
        if (child.exitCode !== null || child.signalCode !== null) return answer(null)
        waiting.push(answer)
        child.stdin.write(`${gesture}\t${code}\n`)
      }),
    end: async () => {
      child.stdin.end()
      return { code: await gone, err }
    },
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}

interface Order {
  readonly number: string
  readonly codes: readonly string[]
}

function demoOrders(): Order[] {
  return query<{ number: string; codes: string }>(`
    SELECT number, group_concat(code || '*' || quantity, ' ') AS codes FROM (
      SELECT "order".id, "order".number, order_line.quantity,
        (SELECT code FROM barcode JOIN product ON product.id = barcode.product_id
          WHERE product.sku = order_line.sku AND barcode.units = 1
          AND (SELECT count(*) FROM barcode other WHERE other.code = barcode.code) = 1) AS code
      FROM "order" JOIN order_line ON order_line.order_id = "order".id WHERE "order".stop IS NULL)
    GROUP BY id HAVING count(code) = count(*) AND sum(quantity) <= 8`).map(({ number, codes }) => ({
    number,
    codes: codes.split(' ').flatMap((part) => {
      const [code = '', times = '1'] = part.split('*')
      return Array.from({ length: Number(times) }, () => code)
    }),
  }))
}

describe('two command lines on one data folder', () => {
  const acknowledged = new Map<string, string>()
  const labels = new Map<string, string>()
  let sent = 0

  /** Scans until it is answered: a new process takes the place of one that is gone, as a person would start it. */
  function bench(mode: 'pack' | 'handover', name: string) {
    let desk = openDesk(mode, name)
    let restarts = 0
    return {
      get desk() {
        return desk
      },
      restarts: () => restarts,
      async scan(code: string): Promise<Answer> {
        sent += 1
        const gesture = `${name}-${sent}`
        for (;;) {
          const answer = await desk.scan(gesture, code)
          if (answer !== null) {
            acknowledged.set(gesture, answer.verdict)
            return answer
          }
          desk = openDesk(mode, name)
          restarts += 1
        }
      },
      end: () => desk.end(),
    }
  }

  async function pack(at: ReturnType<typeof bench>, order: Order): Promise<void> {
    const opened = await at.scan(order.number)
    if (opened.verdict !== 'opened') return
    await at.scan('NO-SUCH-CODE')
    for (const code of order.codes) {
      const { verdict, label } = await at.scan(code)
      if (verdict === 'complete' && label !== null) labels.set(order.number, label.waybill)
    }
  }

  beforeAll(async () => {
    expect(await run(['demo', '--orders', '150'])).toMatchObject({ code: 0 })
  })

  it('loses no scan and doubles none while the owner ends, is killed and comes back', async () => {
    const orders = demoOrders()
    const shared = orders.slice(0, 10)
    const halves = [
      orders.filter((_, index) => index % 2 === 0),
      orders.filter((_, index) => index % 2 === 1),
    ]
    const benches = [bench('pack', 'Bench 1'), bench('pack', 'Bench 2')] as const
    let done = 0
    const all = 2 * shared.length + (orders.length - shared.length)
    /** Ends whichever process owns the folder, by its own will and by force in turn. */
    const troubleOwner = async () => {
      for (let time = 0; time < 12; time += 1) {
        const before = done
        await eventually(
          () => done,
          (now) => now > before + 2 || now === all,
        )
        const { desk } = benches[time % 2 === 0 ? 0 : 1]
        if (done === all) return
        if (time % 4 < 2) await desk.kill()
        else await desk.end()
      }
    }
    const others: Promise<{ code: number | null; err: string }>[] = []
    await Promise.all([
      ...benches.map(async (at, index) => {
        // Both want the first ones; only one may have each.
        const mine = [...shared, ...(halves[index] ?? []).filter((order) => !shared.includes(order))]
        for (const order of mine) {
          await pack(at, order)
          done += 1
          if (done % 25 === 0) others.push(run(['waves', 'list', '--json']), run(['doctor', '--json']))
        }
      }),
      troubleOwner(),
    ])
    for (const at of benches) expect(await at.end()).toMatchObject({ code: 0, err: '' })
    expect((await Promise.all(others)).filter(({ code, err }) => code !== 0 || err !== '')).toEqual([])
    expect(benches.reduce((sum, at) => sum + at.restarts(), 0)).toBeGreaterThanOrEqual(8)

    const docks = [bench('handover', 'Dock 1'), bench('handover', 'Dock 2')] as const
    const waybills = [...labels.values()]
    const verdicts = await Promise.all(
      docks.map(async (dock) => {
        const told: string[] = []
        for (const waybill of waybills) told.push((await dock.scan(waybill)).verdict) // each parcel at both docks
        return told
      }),
    )
    for (const dock of docks) expect(await dock.end()).toMatchObject({ code: 0, err: '' })
    waybills.forEach((_, index) =>
      expect(verdicts.map((told) => told[index]).toSorted()).toEqual(['alreadyShipped', 'handedOver']),
    )

    const rows = query<{ gesture: string; verdict: string; bench: string }>(
      'SELECT gesture, verdict, bench_id AS bench FROM scan ORDER BY seq',
    )
    expect(new Set(rows.map(({ gesture }) => gesture)).size).toBe(rows.length)
    expect(rows.length).toBe(sent)
    expect(rows.filter(({ gesture, verdict }) => acknowledged.get(gesture) !== verdict)).toEqual([])
    // They did work at the same time.
    const turns = rows.filter(({ bench }, index) => index > 0 && bench !== rows[index - 1]?.bench).length
    expect(turns).toBeGreaterThan(orders.length)

    expect(labels.size).toBe(orders.length)
    const count = (text: string) => query<{ n: number }>(text)[0]?.n
    expect(count('SELECT count(*) AS n FROM shipment')).toBe(orders.length)
    expect(count('SELECT count(DISTINCT order_id) AS n FROM shipment')).toBe(orders.length)
    expect(count('SELECT count(*) AS n FROM outbox')).toBe(orders.length)
    expect(
      query("SELECT parcel_id FROM label WHERE state <> 'void' GROUP BY parcel_id HAVING count(*) <> 1"),
    ).toEqual([])
    expect(
      query(`SELECT line.id FROM order_line line WHERE line.quantity <> (
        SELECT coalesce(sum(parcel_line.quantity), 0) FROM parcel_line JOIN parcel ON parcel.id = parcel_line.parcel_id
        WHERE parcel_line.line_id = line.id AND parcel.state = 'handedOver')
        AND line.order_id IN (SELECT order_id FROM shipment)`),
    ).toEqual([])
    expect(query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    console.log(
      `cli-together: ${rows.length} scans by two processes at once, ${turns} turns, ` +
        `${benches.reduce((sum, at) => sum + at.restarts(), 0)} ends of a process, 0 lost, 0 doubled`,
    )
  }, 300_000)

  it('lets one of several that start at once own the folder, and the rest go to it', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => run(['waves', 'list', '--json'])))
    expect(all.map(({ code, err }) => [code, err])).toEqual(all.map(() => [0, '']))
    expect(new Set(all.map(({ out }) => out)).size).toBe(1)
  })

  it('is refused in words when the folder is taken and nobody answers for it', async () => {
    const unlock = lockDataFolder(data)
    try {
      const { code, out, err } = await run(['waves', 'list'])
      expect([code, out, err]).toEqual([1, '', `Another Packbench is using ${data}\n`])
    } finally {
      unlock()
    }
  })
})
