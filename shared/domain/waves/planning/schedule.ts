import { compareTimes } from '#shared/domain/waves/due.ts'
import type { PlannedWave } from './walk-wave.ts'

export interface Schedule {
  /** Seconds from now until each wave is back, in the order of the waves given. */
  readonly doneSeconds: readonly number[]
  /** Orders of each wave that come too late. */
  readonly late: readonly number[]
  /** Sum of the lateness of all orders. */
  readonly lateMinutes: number
}

/** Waves in their turn: whoever is free takes the next one that is due. `now` is ISO-8601 UTC. */
export function scheduleWaves(
  waves: readonly Pick<PlannedWave, 'due' | 'orders' | 'seconds'>[],
  pickers: number,
  now: string,
): Schedule {
  const turn = waves
    .map((wave, at) => ({ wave, at }))
    .sort((a, b) => compareTimes(a.wave.due, b.wave.due) || a.at - b.at)
  const free = Array.from({ length: pickers }, () => 0)
  const doneSeconds = waves.map(() => 0)
  const late = waves.map(() => 0)
  let lateMs = 0
  const start = Date.parse(now)
  for (const { wave, at } of turn) {
    const next = free.indexOf(Math.min(...free))
    const done = (free[next] ?? 0) + wave.seconds
    free[next] = done
    doneSeconds[at] = done
    for (const { due } of wave.orders) {
      const over = due === null ? 0 : start + done * 1000 - Date.parse(due)
      if (over <= 0) continue
      late[at] = (late[at] ?? 0) + 1
      lateMs += over
    }
  }
  return { doneSeconds, late, lateMinutes: Math.round(lateMs / 60_000) }
}
