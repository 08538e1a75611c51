/**
 * `npm start [-- --data DIR]`: gets what is missing, builds, and opens the app. Without a display it serves the same
 * screens to a browser on this machine and prints the address.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build } from './build.ts'
import { findRuntime, launchSwitches } from './electron-runtime.ts'
import { ensureSystemPackages } from './system-packages.ts'

const root = join(import.meta.dirname, '..')
const { DISPLAY, WAYLAND_DISPLAY } = process.env

async function start(args: readonly string[]): Promise<void> {
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) {
    console.error('packbench: no display here, serving the screens to a browser instead')
    await build()
    return follow(process.execPath, [join(root, 'electron/hosts/loopback/main.ts'), ...args])
  }
  ensureSystemPackages(['electron'])
  const runtime = await findRuntime()
  await build()
  follow(runtime.binary, [...launchSwitches(false), root, ...args])
}

/** Runs the app in this terminal: its output, our signals, its exit code. */
function follow(command: string, args: readonly string[]): void {
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: { ...process.env, PACKBENCH_NODE: process.execPath },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  child.once('exit', (code) => process.exit(code ?? 1))
}

try {
  await start(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
