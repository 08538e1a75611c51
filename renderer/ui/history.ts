/** What is being edited, with the way back and forth. */
export interface History<T> {
  readonly past: readonly T[]
  readonly now: T
  readonly future: readonly T[]
  /** The gesture whose steps are undone as one; null between gestures. */
  readonly gesture: string | null
}

const mostSteps = 200

export const beginHistory = <T>(now: T): History<T> => ({ past: [], now, future: [], gesture: null })

/** Steps with the same `gesture` (one drag, one field that is typed in) count as one; a step that changes nothing is none. */
export function step<T>(history: History<T>, next: T, gesture: string | undefined): History<T> {
  const { past, now } = history
  if (next === now) return history
  const goesOn = gesture !== undefined && gesture === history.gesture
  return {
    past: goesOn ? past : [...past, now].slice(-mostSteps),
    now: next,
    future: [],
    gesture: gesture ?? null,
  }
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  const { past, now, future } = history
  return { past: past.slice(0, -1), now: before, future: [now, ...future], gesture: null }
}

export function redo<T>(history: History<T>): History<T> {
  const [after, ...future] = history.future
  if (after === undefined) return history
  return { past: [...history.past, history.now], now: after, future, gesture: null }
}
