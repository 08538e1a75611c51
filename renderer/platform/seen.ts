import { useSyncExternalStore } from 'react'

/** Small things that this machine remembers having done, for the first steps. */
export type Seen = 'pickList' | 'export' | 'firstRunHidden'

const listeners = new Set<() => void>()

export function markSeen(what: Seen, seen = true): void {
  if (seen) localStorage.setItem(`packbench.seen.${what}`, 'yes')
  else localStorage.removeItem(`packbench.seen.${what}`)
  for (const listener of listeners) listener()
}

export const useSeen = (what: Seen): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => localStorage.getItem(`packbench.seen.${what}`) === 'yes',
  )
