import type { Pace } from './key-injector.ts'
import type { Heard, Sight } from './scan-watch.ts'

export interface Scanned {
  readonly where: string
  readonly code: string
  readonly ms: number
  readonly pace: Pace
  readonly before: Sight
  readonly heard: Heard
}

/** Counts what went wrong, with the story of each. */
export function createCount() {
  const sums = { scans: 0, lost: 0, split: 0, typed: 0, changes: 0 }
  const stories: string[] = []
  const gaps = new Map<number, { scans: number; readonly all: number[] }>()
  return {
    sums,
    stories,
    /** Whether it went as it should. */
    add({ where, code, ms, pace, before, heard }: Scanned): boolean {
      const { codes, commands, sight } = heard
      const lost = !codes.includes(code)
      const wrong = {
        lost,
        split: codes.length > 1 || (lost && codes.length > 0),
        typed: !same(before.fields, sight.fields),
        changes:
          commands.length > 0 ||
          before.place !== sight.place ||
          before.dialogs !== sight.dialogs ||
          !same(before.marks, sight.marks),
      }
      sums.scans += 1
      const paced = gaps.get(ms) ?? { scans: 0, all: [] }
      paced.scans += 1
      paced.all.push(...pace.gaps)
      gaps.set(ms, paced)
      const faults = (['lost', 'split', 'typed', 'changes'] as const).filter((fault) => wrong[fault])
      if (faults.length === 0) return true
      for (const fault of faults) sums[fault] += 1
      stories.push(
        `${faults.join()} at ${where}, ${ms} ms: ${JSON.stringify({ code, codes, commands })}` +
          ` ${before.fields.join(' ')} ${before.marks.join(' ')} ${before.place} → ${sight.fields.join(' ')} ${sight.marks.join(' ')} ${sight.place}`,
      )
      return false
    },
    /** How fast the keys really came, and how many scans there were at each pace. */
    paces: (): PaceFigures[] =>
      [...gaps]
        .toSorted(([a], [b]) => a - b)
        .map(([ms, { scans, all }]) => {
          const sorted = all.toSorted((a, b) => a - b)
          const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0
          return { ms, scans, p50: at(0.5), p95: at(0.95), max: at(1) }
        }),
  }
}

/** Milliseconds from key to key. */
export interface PaceFigures {
  readonly ms: number
  readonly scans: number
  readonly p50: number
  readonly p95: number
  readonly max: number
}

const same = (a: readonly string[], b: readonly string[]) => a.join('\n') === b.join('\n')
