import { useCallback, useState } from 'react'
import type { Wave } from './WavePage.tsx'

/** What somebody says of a list that is out before its rest is planned anew. */
export interface Rework {
  readonly active: boolean
  /** Lines from the top of the list that is out which are on the cart. */
  readonly upTo: number
  /** Whether a line can be marked: what was on the cart before this list is on it no more. */
  readonly isOut: (index: number) => boolean
  /** By the index of the stop: how many were found there. */
  readonly shorts: ReadonlyMap<number, number>
  begin(): void
  leave(): void
  /** On the cart up to this line; a second time takes the line back. */
  pickedTo(index: number): void
  short(index: number, found: number | null): void
  readonly isPicked: (index: number) => boolean
}

/** How far a list is picked without a gap, as the core knows it. */
export function pickedFromTop(stops: readonly { readonly picked: boolean }[]): number {
  const open = stops.findIndex(({ picked }) => !picked)
  return open < 0 ? stops.length : open
}

export function useRework(wave: Wave, from: number): Rework {
  const { stops } = wave
  const known = Math.max(0, pickedFromTop(stops) - from)
  const [active, setActive] = useState(false)
  const [said, setUpTo] = useState(0)
  const [shorts, setShorts] = useState<ReadonlyMap<number, number>>(new Map())
  const upTo = Math.max(known, said)
  const isPicked = useCallback(
    (index: number) => (active && index < from + upTo) || stops[index]?.picked === true,
    [active, from, upTo, stops],
  )
  return {
    active,
    upTo,
    shorts,
    isPicked,
    isOut: (index) => index >= from,
    begin: () => setActive(true),
    leave: () => {
      setActive(false)
      setUpTo(0)
      setShorts(new Map())
    },
    pickedTo: (index) => setUpTo(index + 1 - from === upTo ? index - from : index + 1 - from),
    short: (index, found) =>
      setShorts((now) => {
        const next = new Map(now)
        if (found === null) next.delete(index)
        else next.set(index, found)
        return next
      }),
  }
}
