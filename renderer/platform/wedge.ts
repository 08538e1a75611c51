import { useSyncExternalStore } from 'react'
import { usualWedge, type Wedge } from './scan-capture.ts'

const key = 'packbench.wedge'
const listeners = new Set<() => void>()
let known: { readonly from: string | null; readonly wedge: Wedge } = { from: null, wedge: usualWedge }

/** Kept on the machine, as its scanners are. */
export function currentWedge(): Wedge {
  const from = localStorage.getItem(key)
  if (from !== known.from) known = { from, wedge: from === null ? usualWedge : parse(from) }
  return known.wedge
}

function parse(text: string): Wedge {
  try {
    const { prefix, suffix, places } = JSON.parse(text) as Partial<Record<keyof Wedge, unknown>>
    const isSuffix = suffix === 'none' || (typeof suffix === 'string' && suffix.length === 1)
    return {
      prefix: typeof prefix === 'string' ? prefix : '',
      suffix: isSuffix ? suffix : 'key',
      places: places === 'us' ? 'us' : 'typed',
    }
  } catch {
    return usualWedge // somebody else wrote it
  }
}

export function useWedge(): readonly [Wedge, (part: Partial<Wedge>) => void] {
  const wedge = useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, currentWedge)
  return [
    wedge,
    (part) => {
      localStorage.setItem(key, JSON.stringify({ ...currentWedge(), ...part }))
      for (const listener of listeners) listener()
    },
  ]
}
