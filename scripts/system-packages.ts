/**
 * `node scripts/system-packages.ts GROUP…`: what the project needs from the operating system.
 * Installs what is missing where it may (root on Debian and its children), else prints the one command and stops.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** A need is met by any one of these names: Debian 13 and Ubuntu 24.04 renamed some libraries (time_t in 64 bits). */
type Need = readonly string[]

export type Group = 'electron' | 'test' | 'wedge' | 'hardware' | 'wine'

const groups: Readonly<Record<Group, readonly Need[]>> = {
  electron: [
    ['libgtk-3-0', 'libgtk-3-0t64'],
    ['libnss3'],
    ['libgbm1'],
    ['libasound2', 'libasound2t64'],
    ['fonts-noto-cjk'],
  ],
  test: [
    ['xvfb'],
    ['xauth'],
    ['zbar-tools'],
    ['poppler-utils'],
    ['xz-utils'],
    ['cups'],
    ['ghostscript'],
    ['cups-filters-core-drivers'],
    ['socat'],
  ],
  /** A desk that types Chinese, and a keyboard to type on it. */
  wedge: [
    ['dbus'],
    ['openbox'],
    ['fcitx5'],
    ['fcitx5-chinese-addons'],
    ['fcitx5-frontend-gtk3'],
    ['libxtst6'],
  ],
  hardware: [['qemu-system-x86'], ['busybox-static'], ['cpio'], ['kmod'], ['udev']],
  wine: [['wine'], ['wine64'], ['cups'], ['ghostscript'], ['poppler-utils'], ['zbar-tools']],
}

export interface Machine {
  readonly isDebian: boolean
  readonly isRoot: boolean
  /** Which of these packages are installed. */
  installed(names: readonly string[]): ReadonlySet<string>
  /** Which of these packages could be installed, after the lists were refreshed. */
  available(names: readonly string[]): ReadonlySet<string>
  install(names: readonly string[]): void
  say(line: string): void
}

/** Returns when everything is there; throws with the command to run when a person has to act. */
export function ensureSystemPackages(wanted: readonly Group[], machine: Machine = thisMachine): void {
  if (!machine.isDebian) return // Elsewhere a desktop has these libraries, and only the tests need the tools.
  const needs: readonly Need[] = wanted.flatMap((group) => groups[group])
  const installed = machine.installed(needs.flat())
  const missing = needs.filter((need) => !need.some((name) => installed.has(name)))
  if (missing.length === 0) return
  if (!machine.isRoot) {
    const names = missing.map(([first]) => first).join(' ')
    throw new Error(
      `Some system packages are missing. Install them and start again:\n  sudo apt-get install ${names}`,
    )
  }
  machine.say(`installing system packages: ${missing.map(([first]) => first).join(' ')}`)
  const available = machine.available(missing.flat())
  machine.install(missing.map((need) => need.find((name) => available.has(name)) ?? need[0] ?? ''))
}

const thisMachine: Machine = {
  isDebian:
    process.platform === 'linux' && existsSync('/usr/bin/dpkg-query') && existsSync('/usr/bin/apt-get'),
  isRoot: process.getuid?.() === 0,
  installed: (names) =>
    captured(
      run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names]),
      /^(\S+) installed$/gm,
    ),
  available(names) {
    mustRun('apt-get', ['update', '-qq'])
    return captured(run('apt-cache', ['show', ...names]), /^Package: (\S+)$/gm)
  },
  install: (names) => mustRun('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names]),
  say: (line) => console.error(`packbench: ${line}`),
}

const captured = (done: { readonly stdout: string }, name: RegExp): ReadonlySet<string> =>
  new Set([...done.stdout.matchAll(name)].map((match) => match[1] ?? ''))

const run = (command: string, args: readonly string[]) =>
  spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
  })

function mustRun(command: string, args: readonly string[]): void {
  const done = run(command, args)
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${done.stderr}`)
}

if (import.meta.main) {
  try {
    const isGroup = (name: string): name is Group => name in groups
    ensureSystemPackages(process.argv.slice(2).filter(isGroup))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
