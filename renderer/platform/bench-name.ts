import { useSyncExternalStore } from 'react'
import i18next from 'i18next'

const key = 'packbench.bench'
const listeners = new Set<() => void>()

const read = (): string => localStorage.getItem(key) ?? i18next.t('bench.defaultName')

/** Which bench this machine is. Kept on the machine: the data folder may be shared, the bench is not. */
export function useBenchName(): readonly [string, (name: string) => void] {
  const name = useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, read)
  return [
    name,
    (next) => {
      localStorage.setItem(key, next)
      for (const listener of listeners) listener()
    },
  ]
}
