/**
 * `npm run test:windows`: the checks of test/windows, in which a Node for Windows runs the real spooler adapter in Wine
 * and a private CUPS takes its jobs. Ends with 0 when every check passed, and where Wine cannot be had, which it says.
 */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureSystemPackages } from '#scripts/system-packages.ts'
import { buildProgramme, endWine, fetchWindowsNode, makePrefix, wineAnswers } from './wine.ts'

/** Seconds for everything but what is fetched. */
const lifetime = 170

const root = join(import.meta.dirname, '../..')
const cacheDir = join(root, '.cache/windows')
const say = (line: string) => console.error(`packbench: ${line}`)
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`

/** Why this machine cannot run Windows programmes; undefined when it can. */
function whatIsMissing(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'It takes Linux on x86-64.'
  try {
    ensureSystemPackages(['wine'])
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return wineAnswers() ? undefined : 'There is no wine on this machine.'
}

async function run(): Promise<boolean> {
  const node = fetchWindowsNode(cacheDir, say)
  const began = performance.now()
  const workDir = mkdtempSync(join(tmpdir(), 'packbench-windows-'))
  chmodSync(workDir, 0o755) // the scheduler of CUPS, which has a folder in there, gives up its rights
  try {
    const programme = await buildProgramme(root, node)
    const prefix = makePrefix(workDir, 60_000)
    console.log(`Windows made: ${seconds(began)}`)
    const station = { PACKBENCH_WINDOWS: JSON.stringify({ node: node.program, programme, env: prefix }) }
    const left = lifetime * 1000 - (performance.now() - began)
    const end = await runChecks({ ...process.env, ...station, TMPDIR: workDir }, left)
    if (typeof end === 'string') console.log(`FAILED: ${end}`)
    console.log(`windows: ${end === 0 ? 'passed' : 'failed'}, ${seconds(began)}`)
    return end === 0
  } finally {
    endWine(workDir)
    rmSync(workDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

/** The checks' exit code, or why they were stopped: after `limit` milliseconds, or with this process. */
async function runChecks(env: NodeJS.ProcessEnv, limit: number): Promise<number | string> {
  const checks = spawn(process.execPath, ['--test-force-exit', join(root, 'test/windows/checks.ts')], {
    env,
    stdio: 'inherit',
    detached: true, // a group of its own, which is ended as a whole
  })
  let stopped: string | undefined
  const stop = (why: string) => {
    stopped = why
    endGroup(checks.pid)
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const limiter = setTimeout(() => stop(`more than ${lifetime} s`), limit)
  const code = await new Promise<number>((resolve) => {
    checks.once('error', () => resolve(1))
    checks.once('exit', (exit) => resolve(exit ?? 1))
  })
  clearTimeout(limiter)
  process.off('SIGINT', stop).off('SIGTERM', stop)
  endGroup(checks.pid) // whatever a check left behind
  return stopped ?? code
}

function endGroup(leader: number | undefined): void {
  if (leader === undefined) return
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // ended already
  }
}

try {
  const missing = whatIsMissing()
  if (missing === undefined) process.exitCode = (await run()) ? 0 : 1
  else console.log(`SKIPPED: no Windows check ran, because Wine cannot be had here. ${missing}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
