import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { findRuntime, launchSwitches } from '#scripts/electron-runtime.ts'

export const root = join(import.meta.dirname, '../../..')

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
  const app = await _electron.launch({
    executablePath: runtime.binary,
    args: [...launchSwitches(true), root, '--data', dataDir],
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

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
