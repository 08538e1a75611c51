import type { Spot } from '#renderer/features/waves/floor/floor-view.ts'

export interface Numbered extends Spot {
  readonly number: number
  readonly done: boolean
}

/** Stops that are drawn as one mark, because their numbers would lie on each other. */
export interface Cluster extends Spot {
  readonly numbers: readonly number[]
  readonly done: 'all' | 'some' | 'none'
  readonly text: string
  readonly width: number
}

export const markHeight = 24
const digitWidth = 8.6
const padding = 12
/** Air between two marks. */
const apart = 2
const longest = 9

const widthOf = (text: string): number => Math.max(markHeight, Math.ceil(text.length * digitWidth + padding))

/** `3–5, 9` where that is short, else how many follow the first. */
export function numbersText(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b)
  const ranges: string[] = []
  for (let at = 0; at < sorted.length; at += 1) {
    const from = sorted[at] ?? 0
    while (sorted[at + 1] === (sorted[at] ?? 0) + 1) at += 1
    const to = sorted[at] ?? from
    ranges.push(to === from ? String(from) : to === from + 1 ? `${from},${to}` : `${from}–${to}`)
  }
  const text = ranges.join(',')
  return text.length <= longest ? text : `${sorted[0] ?? ''}+${sorted.length - 1}`
}

function together(members: readonly Numbered[]): Cluster {
  const text = numbersText(members.map(({ number }) => number))
  const done = members.filter((one) => one.done).length
  return {
    x: members.reduce((sum, one) => sum + one.x, 0) / members.length,
    y: members.reduce((sum, one) => sum + one.y, 0) / members.length,
    numbers: members.map(({ number }) => number).sort((a, b) => a - b),
    done: done === 0 ? 'none' : done === members.length ? 'all' : 'some',
    text,
    width: widthOf(text),
  }
}

export const overlap = (a: Cluster, b: Cluster): boolean =>
  Math.abs(a.y - b.y) < markHeight + apart && Math.abs(a.x - b.x) < (a.width + b.width) / 2 + apart

/** Puts stops together until no two marks lie on each other. */
export function clusterStops(stops: readonly Numbered[]): Cluster[] {
  let groups = stops.map((stop) => ({ members: [stop], mark: together([stop]) }))
  for (;;) {
    const next: typeof groups = []
    for (const group of groups) {
      const near = next.find(({ mark }) => overlap(mark, group.mark))
      if (near === undefined) next.push({ ...group })
      else {
        near.members = [...near.members, ...group.members]
        near.mark = together(near.members)
      }
    }
    if (next.length === groups.length) return next.map(({ mark }) => mark)
    groups = next
  }
}
