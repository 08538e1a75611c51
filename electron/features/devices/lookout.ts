import type { AreaContext } from '#electron/features/area.ts'
import type { FoundDevice } from '#electron/ports/device-finder.ts'

/** Looks for devices, and tells the pages when something is plugged in or out while one of them shows what is there. */
export interface Lookout {
  find(): Promise<readonly FoundDevice[]>
  /** From now on, for a while, a change is announced. */
  keepWatch(): void
  close(): void
}

/** Milliseconds: asking the system again and again costs, so it ends when nobody looks. A page asks twice in it. */
const watchMs = 60_000

export function createLookout(core: Pick<AreaContext, 'deviceFinder' | 'announce'>): Lookout {
  let stop: (() => void) | null = null
  let end: NodeJS.Timeout | undefined
  const close = () => {
    clearTimeout(end)
    stop?.()
    stop = null
  }
  return {
    find: () => core.deviceFinder.find(),
    keepWatch: () => {
      stop ??= core.deviceFinder.watch(() => core.announce('devices'))
      clearTimeout(end)
      end = setTimeout(close, watchMs).unref()
    },
    close,
  }
}
