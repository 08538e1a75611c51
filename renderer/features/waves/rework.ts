import { useCallback, useState } from 'react'
import type { Wave } from './WavePage.tsx'

/** What somebody says of a list that is out before its rest is planned anew. */
export interface Rework {
  readonly active: boolean
  /** Stops from the top that are on the cart. */
  readonly upTo: number
  /** By the index of the stop: how many were found there. */
  readonly shorts: ReadonlyMap<number, number>
  begin(): void
  leave(): void
  pickedTo(count: number): void
  short(index: number, found: number | null): void
  /** By the number on the list. */
  readonly isPicked: (number: number) => boolean
}

/** How far a list is picked without a gap, as the core knows it. */
export function pickedFromTop(stops: readonly { readonly picked: boolean }[]): number {
  const open = stops.findIndex(({ picked }) => !picked)
  return open < 0 ? stops.length : open
}

export function useRework(wave: Wave): Rework {
  const known = pickedFromTop(wave.stops)
  const [active, setActive] = useState(false)
  const [said, setUpTo] = useState(0)
  const [shorts, setShorts] = useState<ReadonlyMap<number, number>>(new Map())
  const upTo = Math.max(known, said)
  const { stops } = wave
  const isPicked = useCallback(
    (number: number) => (active && number <= upTo) || stops[number - 1]?.picked === true,
    [active, upTo, stops],
  )
  return {
    active,
    upTo,
    shorts,
    isPicked,
    begin: () => setActive(true),
    leave: () => {
      setActive(false)
      setUpTo(0)
      setShorts(new Map())
    },
    // A second click on the last stop takes it back.
    pickedTo: (count) => setUpTo(count === upTo ? count - 1 : count),
    short: (index, found) =>
      setShorts((now) => {
        const next = new Map(now)
        if (found === null) next.delete(index)
        else next.set(index, found)
        return next
      }),
  }
}
