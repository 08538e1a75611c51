import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { build } from 'vite'
import type { desktopTransport } from '#renderer/platform/transport.ts'
import { findRuntime, launchSwitches } from '#scripts/electron-runtime.ts'

export const root = join(import.meta.dirname, '../../..')

/**
 * Holds the app back until Playwright watches it, else a window may open unseen. Playwright adds it by itself only
 * where it chooses the Electron.
 */
const loader = join(
  dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
  'lib/server/electron/loader.js',
)

export interface LaunchedApp {
  readonly app: ElectronApplication
  readonly page: Page
  readonly dataDir: string
  /** Where files land that the page downloads. */
  readonly downloads: string
  close(): Promise<void>
}

/** Starts the built app on a data folder of its own, or on the one given, which is then kept. */
export async function launchApp(
  options: { dataDir?: string; env?: Record<string, string> } = {},
): Promise<LaunchedApp> {
  const runtime = await findRuntime()
  const scratch = mkdtempSync(join(tmpdir(), 'packbench-e2e-'))
  const dataDir = options.dataDir ?? join(scratch, 'data')
  const downloads = join(scratch, 'downloads')
  mkdirSync(downloads)
  const app = await _electron.launch({
    executablePath: runtime.binary,
    args: ['-r', loader, ...launchSwitches(true), root, '--data', dataDir],
    env: {
      ...inherited(),
      PACKBENCH_NODE: process.execPath,
      PACKBENCH_DOWNLOADS: downloads,
      ...options.env,
    },
  })
  const page = await app.firstWindow()
  await page.waitForLoadState()
  return {
    app,
    page,
    dataDir,
    downloads,
    async close() {
      await app.close()
      rmSync(scratch, { recursive: true, force: true })
    },
  }
}

/** What `testTransport` leaves in a page. */
export interface TransportInPage {
  readonly transport: ReturnType<typeof desktopTransport>
  /** Each `up` and `down` of its connection, from the first. */
  readonly states: string[]
}

/** Puts the page's own transport, and nothing else of the screens, on a page that has no script of its own. */
export async function testTransport(page: Page): Promise<void> {
  const bundle = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      lib: { entry: 'renderer/platform/transport.ts', formats: ['iife'], name: 'underTest', fileName: 'x' },
    },
  })
  const [output] = Array.isArray(bundle) ? bundle : []
  await page.evaluate(`${output?.output[0].code}
    window.transport = underTest.desktopTransport(window)
    window.states = []
    transport.subscribe((event) => event.type === 'connection' && states.push(event.state))`)
}

/** The process of the core, whichever kind the runtime has. */
export async function corePid({ app, dataDir }: LaunchedApp): Promise<number> {
  const utility = await app.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Packbench core')?.pid,
  )
  const pid = utility ?? nodeProcessOn(dataDir)
  if (pid === undefined) throw new Error('No core is running')
  return pid
}

function nodeProcessOn(dataDir: string): number | undefined {
  const commandLine = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    } catch {
      return [] // it ended meanwhile
    }
  }
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const found = pids.find((pid) => {
    const words = commandLine(pid)
    return words.includes(dataDir) && words.some((word) => word.endsWith('core.cjs'))
  })
  return found === undefined ? undefined : Number(found)
}

/** Asks again until the answer is there, for what no event announces. */
export async function eventually<T>(ask: () => Promise<T> | T, isThere: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 15_000
  for (;;) {
    const answer = await ask()
    if (isThere(answer)) return answer
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(answer)} after 15 s`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
