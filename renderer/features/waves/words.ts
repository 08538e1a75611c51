import type { i18n as I18n, TFunction } from 'i18next'
import { builtInStrategies } from '#shared/domain/waves/strategy.ts'
import { span } from '#renderer/ui/span.ts'

export const waveName = (number: number): string => `W-${String(number).padStart(4, '0')}`

/** Acts of somebody who did not sign in are kept under what they were done with, which is nobody's name. */
const unsigned = ['page', 'cli', 'import']
export const whoWords = (who: string): string => (unsigned.includes(who) ? '' : who)

export const metres = (mm: number): number => Math.round(mm / 1000)

/** Work in minutes and hours, never in seconds: it is an estimate. */
export const workWords = (seconds: number, t: TFunction): string =>
  span(Math.max(1, Math.round(seconds / 60)), t)

/** `1:05` under a header that says hours and minutes. */
export function hoursMinutes(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

const themes = ['identical', 'hot', 'zone', 'urgent'] as const

/** What the orders of a wave have in common; empty where nothing. A theme that has no word here shows as it is. */
export function themeWords(theme: string, t: TFunction): string {
  const [first = '', ...rest] = theme.split(' ')
  const known = themes.find((one) => one === first)
  if (known === undefined) return theme
  return known === 'zone' ? t('waves.theme.zone', { zone: rest.join(' ') }) : t(`waves.theme.${known}`)
}

const builtIn = builtInStrategies.map(({ name }) => name)

/** A strategy that came with the app is named by a key, one of the warehouse's own by what somebody called it. */
export function strategyWords(name: string, i18n: I18n): string {
  return builtIn.includes(name) ? String(i18n.t(`plan.strategy.${name}` as never)) : name
}

interface Reason {
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>> | undefined
}

export function reasonWords({ code, params }: Reason, i18n: I18n): string {
  const key = `plan.reason.${code}`
  return i18n.exists(key) ? String(i18n.t(key as never, (params ?? {}) as never)) : code
}
