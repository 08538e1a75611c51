import type { DeviceFinder } from '#electron/ports/device-finder.ts'

/** One finder of many: what every one of them finds, and a call whenever one of them saw a change. */
export function createDeviceFinder(finders: readonly DeviceFinder[]): DeviceFinder {
  return {
    async find() {
      const found = await Promise.all(finders.map((finder) => finder.find().catch(() => [])))
      return found.flat()
    },
    watch(changed) {
      const stops = finders.map((finder) => finder.watch(changed))
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}
