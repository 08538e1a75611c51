interface Cutoff {
  readonly at: string
  readonly orders: number
}

export interface HourOfCutoffs {
  /** The soonest of the hour: who keeps it is late for none of them. */
  readonly at: string
  readonly last: string
  readonly orders: number
}

const hourMs = 3_600_000

/** Shops promise by the second: what leaves within one hour is one thing to do. */
export function byHour(cutoffs: readonly Cutoff[]): HourOfCutoffs[] {
  const hours = Map.groupBy(cutoffs, ({ at }) => Math.floor(Date.parse(at) / hourMs))
  return [...hours.values()].flatMap((all) => {
    const [first] = all
    const last = all.at(-1)
    return first === undefined || last === undefined
      ? []
      : [{ at: first.at, last: last.at, orders: all.reduce((sum, { orders }) => sum + orders, 0) }]
  })
}
