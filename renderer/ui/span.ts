import type { TFunction } from 'i18next'

/** 42 min, 3 h 10 min, 2 days: short enough for a bar, exact enough to hurry. */
export function span(minutes: number, t: TFunction): string {
  if (minutes < 60) return t('time.minutes', { minutes })
  if (minutes < 24 * 60) return t('time.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
  return t('time.days', { count: Math.floor(minutes / 1440) })
}
