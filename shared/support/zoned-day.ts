/** Making one costs a hundred times its use. */
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone)
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    clocks.set(zone, clock)
  }
  return clock
}

/** Offset of a zone at an instant, in minutes east of UTC. */
export function zoneOffset(instantMs: number, zone: string): number {
  const parts = clockOf(zone).formatToParts(instantMs)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return Math.round((local - Math.floor(instantMs / 1000) * 1000) / 60_000)
}

/** The calendar day (YYYY-MM-DD) of an instant in a zone. */
export function dayIn(zone: string, instant: string): string {
  const ms = Date.parse(instant)
  return new Date(ms + zoneOffset(ms, zone) * 60_000).toISOString().slice(0, 10)
}

/** First and first-after instant (ISO UTC) of a calendar day in a zone; right across changes of summer time. */
export function dayBounds(zone: string, day: string): { readonly from: string; readonly until: string } {
  const midnight = (text: string): string => {
    const utc = Date.parse(`${text}T00:00:00.000Z`)
    const guess = utc - zoneOffset(utc, zone) * 60_000
    return new Date(utc - zoneOffset(guess, zone) * 60_000).toISOString()
  }
  const next = new Date(Date.parse(`${day}T00:00:00.000Z`) + 86_400_000).toISOString().slice(0, 10)
  return { from: midnight(day), until: midnight(next) }
}
