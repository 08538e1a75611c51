/**
 * `npm run test:hardware [-- WORD]`: the checks of test/hardware on real kernel devices, in a QEMU guest with Debian's
 * stock kernel. WORD runs only the checks that have it in their name. Ends with 0 when every check passed, and where
 * QEMU cannot be had, which it says.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureSystemPackages } from '#scripts/system-packages.ts'
import { runGuest } from './guest.ts'
import { buildInitramfs, resultsInGuest } from './initramfs.ts'
import { findKernel } from './kernel.ts'

/** What the guest's reporter (test/hardware/reporter.ts) writes, one a line. */
type Line =
  | {
      readonly kind: 'check'
      readonly name: string
      readonly passed: boolean
      readonly milliseconds: number
      readonly fault?: string
    }
  /** A figure that the check before it measured. */
  | { readonly kind: 'note'; readonly text: string }

/** Seconds for everything in the guest: a suite that takes longer is nobody's habit any more. */
const lifetime = 4 * 60

const root = join(import.meta.dirname, '../..')
const cacheDir = join(root, '.cache/hardware')
const release = '/etc/os-release'
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`
const say = (line: string) => console.error(`packbench: ${line}`)

/** Why this machine cannot run the guest; undefined when it can. */
function whatIsMissing(): string | undefined {
  const isDebian = existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'))
  if (!isDebian || process.arch !== 'x64') return 'It takes Debian on x86-64, for its kernel.'
  try {
    ensureSystemPackages(['hardware'])
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/**
 * Node itself falls now and then while it starts on an emulated processor, in its own book-keeping of compiled code
 * ("it->second.Size() > offset") and before a line of ours has run: such a boot says nothing, and another one is made.
 */
const boots = 3

async function runUntilSomethingWasChecked(): Promise<boolean> {
  for (let boot = 1; ; boot += 1) {
    const { green, checked } = await run()
    if (green || checked > 0 || boot === boots) return green
    console.log(
      `Nothing was checked: the guest fell while it started. Booting again (${boot + 1} of ${boots}).`,
    )
  }
}

async function run(): Promise<{ readonly green: boolean; readonly checked: number }> {
  const began = performance.now()
  const kernel = findKernel(cacheDir, say)
  const workDir = mkdtempSync(join(tmpdir(), 'packbench-hardware-'))
  try {
    const guest = {
      image: kernel.image,
      initramfs: join(workDir, 'initramfs.cpio'),
      results: join(workDir, 'results'),
      console: join(workDir, 'console.log'),
    }
    mkdirSync(guest.results)
    buildInitramfs(kernel, { command: programme(process.argv[2]), lifetime }, workDir, guest.initramfs)

    let passed = 0
    let failed = 0
    const booted = performance.now()
    const end = await runGuest(
      guest,
      'checks',
      (text) => {
        const line = JSON.parse(text) as Line
        if (passed + failed === 0) console.log(`guest up, first check done: ${seconds(booted)}`)
        if (line.kind === 'check' && line.passed) passed += 1
        if (line.kind === 'check' && !line.passed) failed += 1
        print(line)
      },
      (lifetime + 20) * 1000,
    )
    const green = end === 0 && failed === 0 && passed > 0
    if (!green) console.log(`console of the guest, its end:\n${tail(guest.console)}`)
    if (typeof end === 'string') console.log(`FAILED: ${end}`)
    console.log(`hardware: ${passed} passed, ${failed} failed, ${seconds(began)}`)
    return { green, checked: passed + failed }
  } finally {
    rmSync(workDir, { recursive: true, force: true })
  }
}

const programme = (word: string | undefined) => [
  process.execPath,
  '--test-force-exit',
  `--test-reporter=${join(root, 'test/hardware/reporter.ts')}`,
  `--test-reporter-destination=${resultsInGuest}/checks`,
  ...(word === undefined ? [] : [`--test-name-pattern=${word}`]),
  join(root, 'test/hardware/main.ts'),
]

function print(line: Line): void {
  if (line.kind === 'note') return console.log(`                ${line.text}`)
  const time = `${(line.milliseconds / 1000).toFixed(2)} s`
  console.log(`${line.passed ? 'ok  ' : 'FAIL'} ${time.padStart(9)}  ${line.name}`)
  if (line.fault !== undefined) console.log(line.fault.replaceAll(/^/gm, '       '))
}

const tail = (file: string) =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-40).join('\n') : '(nothing)'

try {
  const missing = whatIsMissing()
  if (missing === undefined) process.exitCode = (await runUntilSomethingWasChecked()) ? 0 : 1
  else console.log(`SKIPPED: no hardware check ran, because QEMU cannot be had here. ${missing}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
