import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSessionPrinter } from '#electron/devices/print/session-printer.ts'
import { dialects } from '#electron/devices/print/status/index.ts'
import { tcpSession } from '#electron/devices/print/tcp-session.ts'

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

/** Starts the script; gives a printer on its port, its further lines and its standard input. */
async function startPrinter(language: 'raw' | 'zpl', ...args: string[]) {
  const script = join(root, 'scripts/simulate.ts')
  const options = [
    '--port',
    '0',
    '--host',
    '127.0.0.1',
    '--out',
    out,
    '--language',
    language,
    '--label-ms',
    '50',
  ]
  running = spawn(process.execPath, [script, 'printer', ...options, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const { stdout, stdin } = running
  if (stdout === null || stdin === null) throw new Error('no output')
  const lines: string[] = []
  const reader = createInterface(stdout).on('line', (line) => lines.push(line))
  await new Promise((resolve) => reader.once('line', resolve))
  const address = `127.0.0.1:${/port (\d+)/.exec(lines[0] ?? '')?.[1] ?? ''}`
  const printer = createSessionPrinter(
    tcpSession(address, { stall: 3000 }),
    language === 'raw' ? undefined : dialects[language],
    {
      poll: 20,
    },
  )
  return { printer, lines, stdin }
}

it('the simulated printer keeps each job as one file and prints a line for it', async () => {
  const { printer, lines } = await startPrinter('raw')
  const job = Buffer.alloc(100_000, '^XA^XZ')
  expect(await printer.send(job)).toEqual({ kind: 'sent' })
  expect(await printer.send(job.subarray(0, 12))).toEqual({ kind: 'sent' })
  await expect.poll(() => lines.length).toBe(3)
  expect(lines[1]).toContain('label 1: 100000 bytes')
  expect(readdirSync(out)).toEqual(['0001.bin', '0002.bin'])
  expect(readFileSync(join(out, '0001.bin')).equals(job)).toBe(true)
})

it('its paper runs out and comes back on a line of input', async () => {
  const { printer, lines, stdin } = await startPrinter('zpl')
  const job = Buffer.from('^XA^FD1^FS^XZ')
  expect(await printer.send(job)).toEqual({ kind: 'printed' })
  stdin.write('paper-out\n')
  await expect.poll(() => lines).toContain('fault: paper-out')
  expect(await printer.status()).toEqual({ kind: 'trouble', troubles: ['paperOut'] })
  expect(await printer.send(job)).toEqual({ kind: 'sent', troubles: ['paperOut'] })
  expect(readdirSync(out)).toEqual(['0001.bin'])
  stdin.write('ok\n')
  await expect.poll(() => readdirSync(out)).toEqual(['0001.bin', '0002.bin'])
  expect(await printer.status()).toEqual({ kind: 'ready' })
})

it.each([
  [['--fault', 'reset-after=10'], 'unknown'],
  [['--fault', 'refuse'], 'notSent'],
  [['--fault', 'stall'], 'unknown'],
  [['--fault', 'slow'], 'sent'],
] as const)('%j makes a job end as %j', async (args, kind) => {
  const { printer } = await startPrinter('raw', ...args)
  const job = Buffer.alloc(kind === 'sent' ? 200_000 : 16 * 1024 * 1024)
  expect((await printer.send(job)).kind).toBe(kind)
})

it('does not start with what it does not understand, and says what it does', () => {
  const script = join(root, 'scripts/simulate.ts')
  for (const args of [['printer', '--fault', 'fire'], ['printer', '--language', 'latin'], ['kettle'], []]) {
    const child = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
    expect([child.status, child.stderr]).toEqual([2, expect.stringContaining('paper-out')])
  }
})
