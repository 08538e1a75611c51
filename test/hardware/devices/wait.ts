import { readFileSync, readSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Milliseconds that anything in the guest may take. Its processor is emulated and shared with whatever else this
 * machine does, so what a station does in 20 ms can take a second here: these limits find what never comes, not what
 * is slow.
 */
export const patience = 60_000

/** Polls until `look` finds something. Throws with `what` when it never does. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  limit = patience,
): Promise<T> {
  const end = performance.now() + limit
  do {
    const found = await look()
    if (found !== undefined) return found
    await sleep(5)
  } while (performance.now() < end)
  throw new Error(`${what}: not within ${limit / 1000} s`)
}

/** What a file says, without its line end; undefined when there is no such file. */
export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trimEnd()
  } catch {
    return undefined
  }
}

/** The error code (`EAGAIN`, `ENODEV` …) with which `act` failed; undefined when it did not. */
export function codeOf(act: () => unknown): string | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

/** What a non-blocking file has now; undefined when that is nothing. Other errors are thrown. */
export const readNow = (fd: number, most = 4096): Buffer | undefined =>
  orBusy(() => {
    const bytes = Buffer.alloc(most)
    return bytes.subarray(0, readSync(fd, bytes))
  })

/** How many bytes a non-blocking file takes now; undefined when it has no room. Other errors are thrown. */
export const writeNow = (fd: number, bytes: Buffer): number | undefined => orBusy(() => writeSync(fd, bytes))

function orBusy<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return undefined
    throw error
  }
}
