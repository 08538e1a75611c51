import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from './support/electron.ts'

const main = join(import.meta.dirname, '../../electron/hosts/cli/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'packbench-cancel-'))
const data = join(folder, 'data')
const orders = join(folder, 'orders.csv')
const all = 60_000

beforeAll(() => {
  const rows = Array.from({ length: all }, (_, index) => `C-${index},SKU-${index % 50},2`)
  writeFileSync(orders, `order number,sku,quantity\n${rows.join('\n')}\n`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const start = (...args: string[]): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, [main, '--data', data, '--json', ...args])
const ended = (child: ChildProcessWithoutNullStreams) =>
  new Promise<{ code: number | null; out: string; err: string }>((done) => {
    let [out, err] = ['', '']
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString()))
    child.stderr.on('data', (piece: Buffer) => (err += piece.toString()))
    child.on('close', (code) => done({ code, out, err }))
  })
function saved(): number {
  if (!existsSync(join(data, 'packbench.sqlite'))) return 0
  const db = new Sqlite(join(data, 'packbench.sqlite'), { readonly: true })
  try {
    return (db.prepare('SELECT count(*) AS n FROM "order"').get() as { n: number }).n
  } catch {
    return 0 // the tables are not made yet
  } finally {
    db.close()
  }
}

/** Imports until something is saved, then does what Ctrl-C does. */
async function cancelImport() {
  const before = saved()
  const child = start('import', orders, '--shop', 'Shop')
  const end = ended(child)
  child.stdin.end()
  await eventually(saved, (count) => count > before)
  child.kill('SIGINT')
  return end
}

describe('Ctrl-C', () => {
  it('cancels an import in this process: what was saved stays, and the reason is told', async () => {
    expect((await ended(start('init'))).code).toBe(0)
    const { code, out, err } = await cancelImport()
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^Cancelled; [^\n]+\n$/)
    expect(saved()).toBeGreaterThan(0)
    expect(saved()).toBeLessThan(all)
  })

  it('cancels an import that another process runs for us, and that process goes on', async () => {
    const owner = start('pack', '--bench', 'B')
    const gone = ended(owner)
    const answers: string[] = []
    owner.stdout.on('data', (piece: Buffer) => answers.push(piece.toString()))
    owner.stdin.write('one\n')
    await eventually(
      () => answers.length,
      (count) => count === 1,
    )
    const before = saved()
    const { code, err } = await cancelImport()
    expect([code, err]).toEqual([1, expect.stringMatching(/^Cancelled; /) as string])
    expect(saved()).toBeGreaterThan(before)
    expect(saved()).toBeLessThan(all)
    owner.stdin.end('two\n')
    expect((await gone).code).toBe(0)
    expect(answers.join('').trim().split('\n').length).toBe(2)
  })
})
