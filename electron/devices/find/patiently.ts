import { within } from '#electron/devices/print/late.ts'

/** Milliseconds for one way to tell what it has: a bus that was pulled at while it was asked may never answer. */
const patience = 4000

/**
 * Looks, and finds nothing where the look fails or takes too long. One that has not come back is asked no second time
 * beside it: each would hold a thread that files need too.
 */
export function patiently<T>(
  look: () => Promise<readonly T[]>,
  most = patience,
): () => Promise<readonly T[]> {
  let owed: Promise<readonly T[]> | undefined
  return async () => {
    owed ??= look()
      .catch((): readonly T[] => [])
      .finally(() => {
        owed = undefined
      })
    return within<readonly T[]>(most, [], owed)
  }
}
