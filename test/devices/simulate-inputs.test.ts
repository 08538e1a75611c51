import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOpenScale } from '#electron/devices/open-scale.ts'
import { createOpenScanner } from '#electron/devices/open-scanner.ts'
import type { ScaleProtocol, ScaleReading } from '#electron/ports/scale.ts'
import type { LinkState, RawScan, SerialSettings } from '#electron/ports/scanner.ts'

const root = join(import.meta.dirname, '../..')
let folder: string
let running: ChildProcess | undefined
let input: { close(): Promise<void> } | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulate-'))
})
afterEach(async () => {
  await input?.close()
  running?.kill()
  rmSync(folder, { recursive: true, force: true })
})

/** Starts the script as a person would; gives its port, its lines and a way to type. */
async function start(device: 'scanner' | 'scale', ...args: string[]) {
  const port = join(folder, 'port')
  const child = spawn(
    process.execPath,
    [join(root, 'scripts/simulate.ts'), device, '--port', port, ...args],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  running = child
  const lines: string[] = []
  createInterface(child.stdout).on('line', (line) => lines.push(line))
  await vi.waitFor(() => expect(lines[0]).toContain(port), 10_000)
  return { port, lines, type: (line: string) => void child.stdin.write(`${line}\n`) }
}

describe('the simulated scanner', () => {
  async function listen(port: string, serial?: SerialSettings) {
    const scans: RawScan[] = []
    const links: LinkState[] = []
    input = createOpenScanner()(
      { way: 'serial', address: port, ...(serial === undefined ? {} : { serial }) },
      { scan: (scan) => void scans.push(scan), link: (state) => void links.push(state) },
    )
    await vi.waitFor(() => expect(links.at(-1)).toEqual({ kind: 'open' }), 15_000)
    return { scans, links }
  }

  it('says what is typed, as slowly as it is told, and hears that it was understood', async () => {
    const { port, type, lines } = await start(
      'scanner',
      '--end',
      'cr',
      '--aim',
      ']C1',
      '--ack',
      '--fault',
      'slow=5',
    )
    const { scans } = await listen(port, { end: 'cr', acknowledge: true })
    type('0106901234567892\\x1d10A')
    await vi.waitFor(() => expect(scans).toEqual([{ text: '0106901234567892\u001D10A', aim: ']C1' }]), 15_000)
    await vi.waitFor(() => expect(lines).toContain('acknowledged'))
  })

  it('pulls its own plug in the middle of a scan: the half is not taken for a scan, and the next one is heard', async () => {
    const { port, type } = await start('scanner', '--end', 'cr', '--fault', 'disconnect=4')
    const { scans, links } = await listen(port, { end: 'cr' })
    type('SF1234567890123')
    await vi.waitFor(() => expect(links.at(-1)?.kind).toBe('gone'), 15_000)
    await vi.waitFor(() => expect(links.at(-1)?.kind).toBe('open'), 15_000)
    type('\\x0dSF7')
    await vi.waitFor(() => expect(scans.at(-1)?.text).toBe('SF7'), 15_000)
    expect(scans.some((scan) => scan.text === 'SF1234567890123')).toBe(false)
  })

  it('does not start with a fault that nobody knows', async () => {
    running = spawn(process.execPath, [join(root, 'scripts/simulate.ts'), 'scanner', '--fault', 'magic'], {
      stdio: 'ignore',
    })
    expect(await new Promise((resolve) => running?.once('exit', resolve))).toBe(2)
  })
})

describe('the simulated scale', () => {
  function listen(port: string, protocol: ScaleProtocol) {
    const readings: ScaleReading[] = []
    const links: LinkState[] = []
    input = createOpenScale()(
      { way: 'serial', address: port, protocol },
      { reading: (reading) => void readings.push(reading), link: (state) => void links.push(state) },
    )
    return { readings, links }
  }

  it.each(['toledo', 'cas', 'request'] as const)(
    '%s: stable, moving, tare, too much, unplugged',
    async (protocol) => {
      const { port, type } = await start('scale', '--protocol', protocol)
      const { readings, links } = listen(port, protocol)
      const tareGrams = protocol === 'toledo' ? 250 : 0 // the others tell the net weight alone
      const becomes = (reading: ScaleReading) =>
        vi.waitFor(() => expect(readings.at(-1)).toEqual(reading), 15_000)
      type('1250')
      await becomes({ kind: 'weight', grams: 1250, stable: true, tareGrams: 0 })
      type('1300?')
      await becomes({ kind: 'weight', grams: 1300, stable: false, tareGrams: 0 })
      type('1250')
      type('tare 250')
      await becomes({ kind: 'weight', grams: 1000, stable: true, tareGrams })
      type('over')
      await becomes({ kind: 'overload' })
      type('under')
      await becomes({ kind: 'underload' })
      type('unplug')
      await vi.waitFor(() => expect(links.at(-1)?.kind).toBe('gone'), 15_000)
      type('plug')
      type('500')
      await becomes({ kind: 'weight', grams: 250, stable: true, tareGrams })
    },
  )

  it('is told to be silent when it is off behind a port that stands', async () => {
    const { port, type } = await start('scale')
    const { readings, links } = listen(port, 'toledo')
    await vi.waitFor(() => expect(readings.length).toBeGreaterThan(0), 15_000)
    type('off')
    await vi.waitFor(() => expect(readings.at(-1)).toEqual({ kind: 'fault', reason: 'says nothing' }), 15_000)
    expect(links).toEqual([{ kind: 'open' }])
  })

  it('noise and lost bytes make no weight that was never there', async () => {
    const { port, type } = await start('scale', '--fault', 'noise', '--fault', 'drop=37')
    const { readings } = listen(port, 'toledo')
    type('1250')
    await vi.waitFor(() => expect(readings.length).toBeGreaterThan(10), 15_000)
    const weights = new Set(
      readings.map((reading) => (reading.kind === 'weight' ? reading.grams : reading.kind)),
    )
    expect([...weights].filter((grams) => grams !== 0 && grams !== 1250)).toEqual([])
  })
})
