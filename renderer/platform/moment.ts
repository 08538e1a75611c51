import { useSyncExternalStore } from 'react'

const tick = { now: Date.now(), listeners: new Set<() => void>() }
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  tick.listeners.add(listener)
  timer ??= setInterval(() => {
    tick.now = Date.now()
    for (const one of tick.listeners) one()
  }, 1000)
  return () => {
    tick.listeners.delete(listener)
    if (tick.listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** The wall clock, once a second, shared by everything that shows time passing. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => tick.now)

const slowStepMs = 15_000
/** The same clock for boards of many cards: they need not draw themselves every second to count minutes. */
export const useSlowNow = (): number =>
  useSyncExternalStore(subscribe, () => tick.now - (tick.now % slowStepMs))

const formats = new Map<string, Intl.DateTimeFormat>()
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options)
  const made = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', options)
  formats.set(key, made)
  return made
}

let zone: string | undefined
/** The warehouse's zone: every bench shows the same clock, whatever its machine is set to. */
export function setZone(name: string): void {
  zone = name
  formats.clear()
}
const inZone = () => (zone === undefined ? {} : { timeZone: zone })

export const clock = (at: string | number): string =>
  format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...inZone() }).format(new Date(at))

export const clockSeconds = (at: string | number): string =>
  format({
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...inZone(),
  }).format(new Date(at))

/** 2026-03-05, in the warehouse's zone. */
export function dayOf(at: string | number): string {
  const parts = format({ year: 'numeric', month: '2-digit', day: '2-digit', ...inZone() }).formatToParts(
    new Date(at),
  )
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** `14:02` today, `03-05 14:02` on another day. */
export function when(at: string, now: number = Date.now()): string {
  const day = dayOf(at)
  return day === dayOf(now) ? clock(at) : `${day.slice(5)} ${clock(at)}`
}

/** Whole minutes until an instant; negative when it has passed. */
export const minutesUntil = (at: string, now: number): number => Math.floor((Date.parse(at) - now) / 60_000)

/** When a courier's daily cut-off (HH:MM in the warehouse's zone) comes next today, as minutes from now. */
export function minutesUntilClock(time: string, now: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const [nowHours = 0, nowMinutes = 0] = clock(now).split(':').map(Number)
  return hours * 60 + minutes - (nowHours * 60 + nowMinutes)
}
