import { createRequire } from 'node:module'

/**
 * A package with native code, loaded at its first use so that the core starts without it. A reason where this machine
 * cannot load it: then the ways in that need it find nothing, and everything else goes on.
 */
export function late<T>(name: string): () => { readonly loaded: T } | { readonly reason: string } {
  const require = createRequire(import.meta.url)
  let known: { readonly loaded: T } | { readonly reason: string } | undefined
  return () => {
    try {
      known ??= { loaded: require(name) as T }
    } catch (error) {
      const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
      known = { reason: `${name} cannot be loaded on this machine: ${line}` }
    }
    return known
  }
}

/** What `work` gives, or `instead` when it takes longer: a driver that never answers must not hold a queue for ever. */
export async function within<T>(milliseconds: number, instead: T, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(instead), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
