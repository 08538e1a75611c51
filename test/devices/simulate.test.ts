import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTcpPrinter } from '#electron/devices/print/tcp-printer.ts'

const root = join(import.meta.dirname, '../..')
let out: string
let running: ChildProcess | undefined
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'packbench-simulate-'))
})
afterEach(() => {
  running?.kill()
  rmSync(out, { recursive: true, force: true })
})

/** Starts the script and gives its port and its further lines. */
async function startPrinter(...args: string[]) {
  const script = join(root, 'scripts/simulate.ts')
  running = spawn(process.execPath, [script, 'printer', '--port', '0', '--out', out, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (running.stdout === null) throw new Error('no output')
  const lines: string[] = []
  const reader = createInterface(running.stdout).on('line', (line) => lines.push(line))
  await new Promise((resolve) => reader.once('line', resolve))
  return { address: `127.0.0.1:${/port (\d+)/.exec(lines[0] ?? '')?.[1] ?? ''}`, lines }
}

it('the simulated TCP printer keeps each job and prints a line for it', async () => {
  const { address, lines } = await startPrinter()
  const job = Buffer.alloc(100_000, '^XA^XZ')
  expect(await createTcpPrinter(address).send(job)).toEqual({ kind: 'sent' })
  expect(await createTcpPrinter(address).send(job.subarray(0, 12))).toEqual({ kind: 'sent' })
  await expect.poll(() => lines.length).toBe(3)
  expect(lines[1]).toContain('job 1: 100000 bytes')
  expect(readdirSync(out)).toEqual(['0001.bin', '0002.bin'])
  expect(readFileSync(join(out, '0001.bin')).equals(job)).toBe(true)
})

it.each([
  [['--fault', 'reset-after=10'], ['unknown']],
  // A script cannot refuse before it accepts; who hears of the reset before the connection handed over nothing yet.
  [
    ['--fault', 'refuse'],
    ['unknown', 'notSent'],
  ],
  [['--fault', 'silent'], ['unknown']],
  [['--fault', 'slow'], ['sent']],
] as const)('%j makes a job end as %j', async (args, kinds: readonly string[]) => {
  const { address } = await startPrinter(...args)
  const job = Buffer.alloc(kinds.includes('sent') ? 200_000 : 16 * 1024 * 1024)
  expect(kinds).toContain((await createTcpPrinter(address, { stall: 3000 }).send(job)).kind)
})
