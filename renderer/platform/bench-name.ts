import { useSyncExternalStore } from 'react'
import i18next from 'i18next'

const key = 'packbench.bench'
const listeners = new Set<() => void>()

/** Whether this machine's bench has a name of its own; until then it has the one that the screen's language gives it. */
export const isBenchNamed = (): boolean => localStorage.getItem(key) !== null

/** Which bench this machine is now. */
export const benchName = (): string => localStorage.getItem(key) ?? i18next.t('bench.defaultName')

/**
 * With its first scan, and with the first thing that is set up for it, this machine's bench keeps the name it has: another
 * language of the screen is not another bench. Other benches' names are none of its.
 */
export function keepBenchName(name: string): void {
  if (!isBenchNamed() && name === benchName()) localStorage.setItem(key, name)
}

/** Which bench this machine is. Kept on the machine: the data folder may be shared, the bench is not. */
export function useBenchName(): readonly [string, (name: string) => void] {
  const name = useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, benchName)
  return [
    name,
    (next) => {
      localStorage.setItem(key, next)
      for (const listener of listeners) listener()
    },
  ]
}
