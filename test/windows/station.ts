import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Errand, inWine } from './errand.ts'

/** What scripts/hardware/windows.ts made. */
interface Made {
  readonly node: string
  readonly programme: string
  readonly env: NodeJS.ProcessEnv
}

/** A Windows in Wine. */
export interface WindowsStation {
  /** Does the errands in one new process of Windows; the answers in the same order. Throws with all that it said. */
  run(...errands: readonly Errand[]): Promise<unknown[]>
  /** Writes values of Windows' registry, numbers and texts. */
  register(key: string, values: Readonly<Record<string, number | string>>): Promise<void>
}

/** `cups` is where Wine's spooler finds its scheduler; `more` is added to its environment. */
export function windowsStation(cups: string, more: NodeJS.ProcessEnv = {}): WindowsStation {
  const made = JSON.parse(process.env['PACKBENCH_WINDOWS'] ?? 'null') as Made | null
  if (made === null) throw new Error('start with npm run test:windows')
  const env = { ...made.env, CUPS_SERVER: cups, ...more }

  async function wine(args: (dir: string) => readonly string[], dir: string): Promise<void> {
    // Node for Windows cannot write to a pipe of Wine's (EBADF), but to a file it can.
    const log = openSync(join(dir, 'log'), 'w')
    const running = spawn('wine', args(dir), { env, stdio: ['ignore', log, log] })
    closeSync(log)
    const code = await new Promise<number | null>((resolve, reject) => {
      running.once('error', reject)
      running.once('exit', resolve)
    })
    if (code !== 0) throw new Error(`ended with ${code}:\n${readFileSync(join(dir, 'log'), 'utf8')}`)
  }

  async function inFolder<T>(work: (dir: string) => Promise<T>): Promise<T> {
    const dir = mkdtempSync(join(tmpdir(), 'errand-'))
    try {
      return await work(dir)
    } finally {
      rmSync(dir, { recursive: true, force: true })
    }
  }

  return {
    run: (...errands) =>
      inFolder(async (dir) => {
        const [asked, answered] = [join(dir, 'asked'), join(dir, 'answered')]
        writeFileSync(asked, JSON.stringify(errands))
        const command = [made.node, '--expose-gc', inWine(made.programme), inWine(asked), inWine(answered)]
        await wine(() => command, dir)
        return JSON.parse(readFileSync(answered, 'utf8')) as unknown[]
      }),
    register: (key, values) =>
      inFolder(async (dir) => {
        const file = join(dir, 'values.reg')
        const lines = Object.entries(values).map(([name, value]) => `"${name}"=${registered(value)}`)
        const text = ['Windows Registry Editor Version 5.00', '', `[${key}]`, ...lines, ''].join('\r\n')
        writeFileSync(file, `\uFEFF${text}`, 'utf16le')
        await wine(() => ['regedit', '/S', inWine(file)], dir)
      }),
  }
}

const registered = (value: number | string) =>
  typeof value === 'number' ? `dword:${value.toString(16).padStart(8, '0')}` : JSON.stringify(value)
