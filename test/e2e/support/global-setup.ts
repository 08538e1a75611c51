import { build } from '#scripts/build.ts'
import { findRuntime } from '#scripts/electron-runtime.ts'
import { ensureSystemPackages } from '#scripts/system-packages.ts'
import { openDisplay } from './display.ts'

/** What every end-to-end test stands on: system packages, a runtime, the built app, a display. */
export default async function setUp(): Promise<() => void> {
  ensureSystemPackages(['electron', 'test', 'wedge'])
  await findRuntime()
  await build()
  if (process.platform !== 'linux') return () => undefined
  const display = await openDisplay()
  process.env.DISPLAY = display.name // the workers inherit it
  delete process.env.WAYLAND_DISPLAY
  return () => display.close()
}
