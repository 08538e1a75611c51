import { late } from './late.ts'

export type Koffi = typeof import('koffi')
type Library = ReturnType<Koffi['load']>

const koffi = late<Koffi>('koffi')

/** What `bind` makes of Windows' libraries, at its first use; a reason where this machine has none of them. */
export function onWindows<T>(
  what: string,
  bind: (native: Koffi) => T,
): () => T | { readonly reason: string } {
  let bound: { readonly calls: T } | undefined
  return () => {
    if (process.platform !== 'win32') return { reason: `only Windows has this ${what}` }
    const driver = koffi()
    if ('reason' in driver) return driver
    try {
      bound ??= { calls: bind(driver.loaded) }
    } catch (error) {
      return { reason: `the ${what} of Windows cannot be loaded on this machine: ${String(error)}` }
    }
    return bound.calls
  }
}

/**
 * What calls under way were given. koffi passes memory on by its place and keeps none of it for a call on a thread: what
 * nobody else knows would be collected and written over before Windows reads it.
 */
const held = new Set<readonly unknown[]>()

/** A function of a library, each call of which runs on a thread; BOOL is an int. */
export function threaded(library: Library, declaration: string): (...values: unknown[]) => Promise<unknown> {
  const start = library.func(declaration)
  return (...values) =>
    new Promise((resolve, reject) => {
      held.add(values)
      start.async(...values, (error: unknown, value: unknown) => {
        held.delete(values)
        if (error === null) resolve(value)
        else reject(error instanceof Error ? error : new Error(String(error)))
      })
    })
}
