import { setTimeout as sleep } from 'node:timers/promises'
import type { LinkState, OpenInput } from '#electron/ports/scanner.ts'

export type Attempt = (lost: (reason: string) => void) => Promise<Opened | NotOpened>

export interface Opened {
  readonly kind: 'opened'
  /** Lets go. Never throws. */
  close(): Promise<void>
}

export interface NotOpened {
  readonly kind: 'absent'
  /** Plain English, for logs and the settings page. */
  readonly reason: string
}

/**
 * Milliseconds before the next attempt, by the number of attempts that failed in a row. The last one is how long a
 * replugged device may wait: with it and the slowest opening seen (0.5 s) it works again within two seconds.
 */
const usualPauses = [100, 250, 500, 1000] as const

/** What a close waits for at most, when a driver does not come back. */
const patience = 2000

/**
 * Opens a device and keeps it open: one that is gone, or not there yet, is tried again until `close`. There is one
 * attempt at a time and none while the device is open, because a second handle to one device breaks both. `tell` hears
 * each change once, and how it stands at the beginning.
 */
export function keepOpen(
  attempt: Attempt,
  tell: (state: LinkState) => void,
  pauses: readonly number[] = usualPauses,
): OpenInput {
  const over = new AbortController()
  const end = new Promise<undefined>((resolve) => {
    over.signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  let told = ''
  const say = (state: LinkState) => {
    const text = state.kind === 'open' ? 'open' : `gone: ${state.reason}`
    if (text === told || over.signal.aborted) return
    told = text
    tell(state)
  }

  const run = async () => {
    let failures = 0
    while (!over.signal.aborted) {
      const gone = Promise.withResolvers<string>()
      const tried = await attempt(gone.resolve).catch((error: unknown): NotOpened => ({
        kind: 'absent',
        reason: reasonOf(error),
      }))
      if (tried.kind === 'opened') {
        failures = 0
        say({ kind: 'open' })
        const reason = await Promise.race([gone.promise, end])
        await tried.close()
        if (reason !== undefined) say({ kind: 'gone', reason })
      } else {
        say({ kind: 'gone', reason: tried.reason })
      }
      const pause = pauses[Math.min(failures, pauses.length - 1)] ?? 1000
      failures += 1
      // An aborted pause is no fault: the loop sees it.
      await sleep(pause, undefined, { signal: over.signal }).catch(() => undefined)
    }
  }
  const running = run()
  return {
    async close() {
      over.abort()
      await Promise.race([running, sleep(patience)])
    },
  }
}

/** What drivers say in many ways, said in one. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/ENOENT|ENODEV|No such (?:file|device)|File not found/i, 'not plugged in'],
  // A file, a folder or another kind of device.
  [/inappropriate ioctl|is a directory/i, 'is no serial port'],
  [/EACCES|EPERM|permission denied/i, 'this user may not open it'],
  [
    /EBUSY|lock port|resource busy|temporarily unavailable|access (?:is )?denied/i,
    'another program holds it',
  ],
]

/** Why a device could not be opened or was lost, in plain English. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  return (
    reasons.find(([form]) => form.test(message))?.[1] ?? (message === '' ? 'the device is gone' : message)
  )
}
